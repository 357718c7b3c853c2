package ledger

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
)

// A Line is one row of an act by its hash.
type Line struct {
	Mark
	Hash Hash
}

// proved is the part of a line that the tree of the act is made of: what a row
// is called may be as telling as what it says, and so stands in its hash alone.
func (l Line) proved() []byte {
	return []byte(string(l.Kind) + " " + l.Table + " " + Text(l.Hash[:]))
}

// A Leaf is an act as the log has it: its number, the hash of its seed, and a
// line for each of its rows in the order of their marks.
type Leaf struct {
	Act    int
	Seeded Hash // of the seed
	Lines  []Line
}

// Sort puts the lines in the order of their marks.
func (l Leaf) Sort() { slices.SortFunc(l.Lines, func(a, b Line) int { return a.compare(b.Mark) }) }

// Head returns l without its lines, which is what the log is made of.
func (l Leaf) Head() Head {
	return Head{Act: l.Act, Seeded: l.Seeded, Rows: len(l.Lines), Root: l.tree().Root()}
}

// A Head is a leaf in short: Root is the root of the tree of its Rows lines.
type Head struct {
	Act    int
	Seeded Hash
	Rows   int
	Root   Hash
}

// Hash returns the hash of the leaf in the log.
func (h Head) Hash() Hash { return tlog.RecordHash([]byte(h.String())) }

// String writes h as the log hashes it.
func (h Head) String() string {
	return fmt.Sprintf("cairn act/1\n%d\nseed %s\n%d rows %s\n", h.Act, Text(h.Seeded[:]), h.Rows, Text(h.Root[:]))
}

// Text writes the lines as they are kept: the hash of the seed, and for each row
// its kind, table, hash and key.
func (l Leaf) Text() string {
	var b strings.Builder
	b.Grow(64 + 100*len(l.Lines))
	b.WriteString("seed " + Text(l.Seeded[:]) + "\n")
	for _, line := range l.Lines {
		b.Write(line.proved())
		b.WriteString(" " + line.Key + "\n")
	}
	return b.String()
}

// ParseLeaf reads what [Leaf.Text] wrote of an act. Text in any other form is
// cairn.ErrDamaged.
func ParseLeaf(act int, text string) (Leaf, error) {
	leaf := Leaf{Act: act}
	sealed, rest, ok := strings.Cut(text, "\n")
	digits, seeded := strings.CutPrefix(sealed, "seed ")
	hash, err := ParseHash(digits)
	if !ok || !seeded || err != nil {
		return leaf, fmt.Errorf("leaf %d: %w: no hash of a seed", act, cairn.ErrDamaged)
	}
	leaf.Seeded = hash
	for text := range strings.Lines(rest) {
		line, err := parseLine(text)
		if err != nil {
			return leaf, fmt.Errorf("leaf %d, line %d: %w", act, len(leaf.Lines)+1, err)
		}
		leaf.Lines = append(leaf.Lines, line)
	}
	if leaf.Text() != text {
		return leaf, fmt.Errorf("leaf %d: %w: not as it was written", act, cairn.ErrDamaged)
	}
	return leaf, nil
}

func parseLine(text string) (Line, error) {
	parts := strings.SplitN(strings.TrimSuffix(text, "\n"), " ", 4)
	if len(parts) != 4 {
		return Line{}, fmt.Errorf("%w: want a kind, a table, a hash and a key", cairn.ErrDamaged)
	}
	hash, err := ParseHash(parts[2])
	return Line{Mark{Kind(parts[0]), parts[1], parts[3]}, hash}, err
}

// ParseHash reads what [Text] wrote of a hash.
func ParseHash(s string) (Hash, error) {
	b, err := encoding.DecodeString(s)
	if err != nil || len(b) != len(Hash{}) {
		return Hash{}, fmt.Errorf("%w: want a hash, not %s", cairn.ErrDamaged, strconv.Quote(s))
	}
	return Hash(b), nil
}

// tree is the tree of the lines of an act.
func (l Leaf) tree() Tree {
	var t Tree
	for _, line := range l.Lines {
		t.Append(tlog.RecordHash(line.proved()))
	}
	return t
}

// A RowProof proves that a row is in a leaf: it is line Index of it, and Path
// leads from there to the root.
type RowProof struct {
	Index int    `json:"index"`
	Path  []Hash `json:"path"`
}

// Prover returns what proves each line of l.
func (l Leaf) Prover() func(index int) (RowProof, error) {
	t := l.tree()
	return func(index int) (RowProof, error) {
		path, err := tlog.ProveRecord(int64(len(l.Lines)), int64(index), t)
		return RowProof{index, path}, err
	}
}

// Check reports whether p proves that the leaf of head has a line of this kind
// and table whose row has this hash.
func (p RowProof) Check(head Head, kind Kind, table string, hash Hash) bool {
	line := Line{Mark{Kind: kind, Table: table}, hash}
	return tlog.CheckRecord(p.Path, int64(head.Rows), head.Root, int64(p.Index), tlog.RecordHash(line.proved())) == nil
}
