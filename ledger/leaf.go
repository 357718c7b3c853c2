package ledger

import (
	"fmt"
	"hash/crc32"
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
// its kind, table, hash and key, each after a checksum, so that a line that was
// spoilt by chance can be told from one that was rewritten.
func (l Leaf) Text() string {
	var b strings.Builder
	b.Grow(64 + 110*len(l.Lines))
	summed(&b, "seed "+Text(l.Seeded[:]))
	for _, line := range l.Lines {
		summed(&b, string(line.proved())+" "+line.Key)
	}
	return b.String()
}

func summed(b *strings.Builder, line string) {
	fmt.Fprintf(b, "%08x %s\n", crc32.ChecksumIEEE([]byte(line)), line)
}

// ParseLeaf reads what [Leaf.Text] wrote of an act. Lines that are spoilt are
// left out, and spoilt says how many they are, that of the seed included, of
// which Seeded is then the zero Hash.
func ParseLeaf(act int, text string) (leaf Leaf, spoilt int) {
	leaf.Act = act
	first := true
	for written := range strings.Lines(text) {
		sum, line, _ := strings.Cut(strings.TrimSuffix(written, "\n"), " ")
		parsed, seed, err := parseLine(line)
		if err != nil || sum != fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(line))) || !strings.HasSuffix(written, "\n") || seed != first {
			spoilt++
		} else if seed {
			leaf.Seeded = parsed.Hash
		} else {
			leaf.Lines = append(leaf.Lines, parsed)
		}
		first = false
	}
	if first {
		spoilt++
	}
	return leaf, spoilt
}

// parseLine reads a line, of a row or of the seed.
func parseLine(text string) (line Line, seed bool, err error) {
	if digits, ok := strings.CutPrefix(text, "seed "); ok {
		line.Hash, err = ParseHash(digits)
		return line, true, err
	}
	parts := strings.SplitN(text, " ", 4)
	if len(parts) != 4 {
		return line, false, fmt.Errorf("%w: want a kind, a table, a hash and a key", cairn.ErrDamaged)
	}
	hash, err := ParseHash(parts[2])
	return Line{Mark{Kind(parts[0]), parts[1], parts[3]}, hash}, false, err
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
