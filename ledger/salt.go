package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"hash"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Seed is the secret of one act, from which the salts of its rows follow.
type Seed [32]byte

// Sealed returns the hash of a seed, which stands in the leaf, so that a seed
// that was changed can be told from a row that was.
func (s Seed) Sealed() Hash { return Hash(sha256.Sum256(append([]byte("cairn seed/1\n"), s[:]...))) }

// Salts gives the salts of an act: from its seed, or, where a row was taken out
// and the seed with it, from those that are left. They are for one goroutine.
type Salts struct {
	seed Seed
	mac  hash.Hash
	left map[Mark]string // by mark; nil where they follow from the seed
}

// NewSalts returns the salts that follow from a seed.
func NewSalts(seed Seed) *Salts { return &Salts{seed: seed, mac: hmac.New(sha256.New, seed[:])} }

// Seed returns the seed that the salts follow from, and whether it is still
// there.
func (s *Salts) Seed() (Seed, bool) { return s.seed, s.left == nil }

// Of returns the salt of what m is about; nil where it was taken out.
func (s *Salts) Of(m Mark) []byte {
	if s.left != nil {
		if salt, ok := s.left[m]; ok {
			return []byte(salt)
		}
		return nil
	}
	s.mac.Reset()
	s.mac.Write([]byte(m.Kind))
	s.mac.Write([]byte{0})
	s.mac.Write([]byte(m.Table))
	s.mac.Write([]byte{0})
	s.mac.Write([]byte(m.Key))
	return s.mac.Sum(nil)
}

// Without returns the salts of lines but for those of the marks that cut names,
// and no seed from which these could be had again.
func (s *Salts) Without(lines []Line, cut func(Mark) bool) *Salts {
	rest := &Salts{left: map[Mark]string{}}
	for _, line := range lines {
		if salt := s.Of(line.Mark); salt != nil && !cut(line.Mark) {
			rest.left[line.Mark] = string(salt)
		}
	}
	return rest
}

// Text writes the salts as they are kept: the seed, twice, since nothing can be
// checked without it, or a line for each that is left, of which there may be none.
func (s *Salts) Text() string {
	if s.left == nil {
		return Text(s.seed[:]) + " " + Text(s.seed[:])
	}
	marks := make([]Mark, 0, len(s.left))
	for m := range s.left {
		marks = append(marks, m)
	}
	slices.SortFunc(marks, Mark.compare)
	var b strings.Builder
	b.WriteString("cut\n")
	for _, m := range marks {
		b.WriteString(Text([]byte(s.left[m])) + " " + string(m.Kind) + " " + m.Table + " " + m.Key + "\n")
	}
	return b.String()
}

// ParseSalts reads what [Salts.Text] wrote, of the seed whose hash is seeded. Text
// in any other form is cairn.ErrDamaged; where one of two seeds is the right one,
// the salts are those that follow from it all the same.
func ParseSalts(text string, seeded Hash) (*Salts, error) {
	lines, cut := strings.CutPrefix(text, "cut\n")
	if !cut {
		return parseSeed(text, seeded)
	}
	s := &Salts{left: map[Mark]string{}}
	for line := range strings.Lines(lines) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
		if len(parts) != 4 {
			return s, fmt.Errorf("%w: want a salt, a kind, a table and a key", cairn.ErrDamaged)
		}
		salt, err := ParseHash(parts[0])
		if err != nil {
			return s, err
		}
		s.left[Mark{Kind(parts[1]), parts[2], parts[3]}] = string(salt[:])
	}
	return s, nil
}

func parseSeed(text string, seeded Hash) (*Salts, error) {
	damaged := fmt.Errorf("%w: its seed is not the one that the leaf was made with", cairn.ErrDamaged)
	one, other, _ := strings.Cut(text, " ")
	if one == other {
		damaged = nil
	}
	for _, digits := range []string{one, other} {
		seed, err := ParseHash(digits)
		if err == nil && (Seed(seed).Sealed() == seeded || seeded == Hash{}) {
			return NewSalts(Seed(seed)), damaged
		}
	}
	return NewSalts(Seed{}), fmt.Errorf("%w: its seed is not the one that the leaf was made with", cairn.ErrDamaged)
}
