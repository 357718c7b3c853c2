package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// A Standing is a row as it stands in its table, with the act that made it and
// the one that ended it, 0 where none did.
type Standing struct {
	Row
	Made, Ended int
}

// A Finding is something that is not as the log has it. What is wrong is
// "damaged", "missing", "altered" or "unknown"; Of is a table, or "leaf", "hash",
// "tree"; ID says which.
type Finding struct {
	Kind, Of, ID, Reason string
}

// Kept is a leaf as it is kept.
type Kept struct {
	Act          int
	Lines, Salts string
}

// A Tombstone excuses a line: what the line is the hash of was taken out, by the
// act By.
type Tombstone struct {
	Act  int // of the line
	Mark Mark
	Hash Hash
	By   int
}

// A Record is what an audit reads. Each is handed to do in any order; Rows is
// read twice where something is wrong.
type Record struct {
	Leaves     func(do func(Kept) error) error
	Hashes     func(do func(n int64, hash string) error) error
	Rows       func(do func(Standing) error) error
	Tombstones []Tombstone
}

// An Audit holds the rows of a record against their leaves and the leaves
// against the tree, and says what is not as the log has it.
type Audit struct {
	record  Record
	report  func(Finding)
	secret  [32]byte // of this audit, so that nobody makes rows whose sums agree
	acts    []*auditedAct
	stored  map[int64]Hash
	excused map[excuse]Hash
	cut     map[Mark][]int // the acts that cut the row of a Made mark
	rows    int
	tree    Tree // as it is found to be
}

type excuse struct {
	act  int
	mark Mark
}

// auditedAct is what is known of one act. The sums are of its lines and of the
// rows there are; where they differ, something is wrong.
type auditedAct struct {
	kept        bool
	salts       *Salts
	seeded      Hash // as the lines say, or, where that line is spoilt, by the seed
	unseeded    bool // the seed is not to be had, so that no row can be checked
	spoilt      int  // lines that are none
	unsure      bool // nothing tells what its leaf is
	slip        bool // something of the leaf is not as it was written
	head        Hash // the hash of the leaf that its lines make
	lines, rows sum
	leaf        Leaf          // read again where something is wrong
	found       map[Mark]Hash // of the rows there are, likewise
}

// NewAudit returns an audit of a record of so many acts.
func NewAudit(acts int, record Record, report func(Finding)) *Audit {
	a := &Audit{record: record, report: report, acts: make([]*auditedAct, acts), stored: map[int64]Hash{}, excused: map[excuse]Hash{}, cut: map[Mark][]int{}}
	_, _ = rand.Read(a.secret[:]) // never fails
	for i := range a.acts {
		a.acts[i] = &auditedAct{}
	}
	for _, t := range record.Tombstones {
		a.excused[excuse{t.Act, t.Mark}] = t.Hash
		if t.Mark.Kind != Ended {
			m := Mark{Made, t.Mark.Table, t.Mark.Key}
			a.cut[m] = append(a.cut[m], t.By)
		}
	}
	return a
}

// Run makes the audit and returns how many rows, leaves and hashes it looked at.
func (a *Audit) Run() (checked int, err error) {
	if err := a.record.Leaves(a.takeLeaf); err != nil {
		return 0, err
	}
	if err := a.record.Hashes(a.takeHash); err != nil {
		return 0, err
	}
	if err := a.record.Rows(a.takeRow); err != nil {
		return 0, err
	}
	if err := a.again(); err != nil {
		return 0, err
	}
	a.judge()
	return a.rows + len(a.acts) + len(a.stored), nil
}

// Tree returns the tree as the audit found it to be.
func (a *Audit) Tree() Tree { return a.tree }

// act returns what is known of an act, nil where there is none of the number.
func (a *Audit) act(number int) *auditedAct {
	if number < 1 || number > len(a.acts) {
		return nil
	}
	return a.acts[number-1]
}

func (a *Audit) takeLeaf(k Kept) error {
	act := a.act(k.Act)
	if act == nil {
		a.report(Finding{"unknown", "leaf", fmt.Sprint(k.Act), "the log has no such act"})
		return nil
	}
	leaf, spoilt := ParseLeaf(k.Act, k.Lines)
	salts, err := ParseSalts(k.Salts, leaf.Seeded)
	seed, whole := salts.Seed()
	if leaf.Seeded == (Hash{}) && whole {
		leaf.Seeded = seed.Sealed()
	}
	*act = auditedAct{kept: true, salts: salts, seeded: leaf.Seeded, spoilt: spoilt, slip: spoilt > 0 || err != nil,
		unseeded: whole && seed.Sealed() != leaf.Seeded}
	for _, line := range leaf.Lines {
		act.lines.add(a.secret, line)
	}
	act.head = leaf.Head().Hash()
	return nil
}

func (a *Audit) takeHash(n int64, text string) error {
	hash, err := ParseHash(text)
	if err != nil {
		hash = Hash{} // which is the hash of nothing
	}
	a.stored[n] = hash
	return nil
}

func (a *Audit) takeRow(s Standing) error {
	a.rows++
	a.eachLine(s, func(act int, line Line) {
		if of := a.act(act); of != nil {
			of.rows.add(a.secret, line)
			return
		}
		a.report(Finding{"unknown", s.Table, s.Key, fmt.Sprintf("it names act %d, which the log does not have", act)})
	})
	return nil
}

// eachLine hands over what the log has to say of a row: in the leaf of each act
// that had to do with it, a line.
func (a *Audit) eachLine(s Standing, do func(act int, line Line)) {
	do(s.Made, a.line(s.Made, s.Row))
	if s.Ended > 0 {
		do(s.Ended, a.line(s.Ended, Row{Mark: Mark{Ended, s.Table, s.Key}}))
	}
	for _, act := range a.cut[s.Mark] {
		row := s.Row
		row.Kind = Cut
		do(act, a.line(act, row))
	}
}

// line returns the line of a row in the leaf of an act: that of its tombstone,
// where it has one.
func (a *Audit) line(act int, row Row) Line {
	line := Line{Mark: row.Mark}
	if hash, ok := a.excused[excuse{act, row.Mark}]; ok {
		line.Hash = hash
		return line
	}
	if of := a.act(act); of != nil && of.salts != nil {
		if salt := of.salts.Of(row.Mark); salt != nil {
			line.Hash = row.Hash(salt)
		}
	}
	return line
}

// again reads the rows and leaves of the acts in which something is wrong once
// more, whole.
func (a *Audit) again() error {
	wrong := false
	for i, act := range a.acts {
		if act.wrong(a.stored[levelZero(i)]) {
			act.found, wrong = map[Mark]Hash{}, true
		}
	}
	if !wrong {
		return nil
	}
	if err := a.record.Leaves(func(k Kept) error {
		if act := a.act(k.Act); act != nil && act.found != nil {
			act.leaf, _ = ParseLeaf(k.Act, k.Lines) // what is spoilt is known
		}
		return nil
	}); err != nil {
		return err
	}
	return a.record.Rows(func(s Standing) error {
		a.eachLine(s, func(number int, line Line) {
			if act := a.act(number); act != nil && act.found != nil {
				act.found[line.Mark] = line.Hash
			}
		})
		return nil
	})
}

func (act *auditedAct) wrong(stored Hash) bool {
	return !act.kept || act.slip || act.head != stored || act.lines != act.rows
}

// sum is of lines, whatever their order.
type sum struct {
	parts [4]uint64
	lines int
}

func (s *sum) add(secret [32]byte, l Line) {
	h := sha256.New()
	h.Write(secret[:])
	h.Write(l.Hash[:])
	h.Write([]byte(l.Kind))
	h.Write([]byte{0})
	h.Write([]byte(l.Table))
	h.Write([]byte{0})
	h.Write([]byte(l.Key))
	var digest [32]byte
	h.Sum(digest[:0])
	for i := range s.parts {
		s.parts[i] += binary.LittleEndian.Uint64(digest[8*i:])
	}
	s.lines++
}

// differing returns the marks of which the lines and the rows do not say the
// same, in order.
func (act *auditedAct) differing() []Mark {
	lines := act.hashes()
	var marks []Mark
	for mark, hash := range lines {
		if found, ok := act.found[mark]; !ok || found != hash {
			marks = append(marks, mark)
		}
	}
	for mark := range act.found {
		if _, ok := lines[mark]; !ok {
			marks = append(marks, mark)
		}
	}
	slices.SortFunc(marks, Mark.compare)
	return marks
}
