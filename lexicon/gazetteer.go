package lexicon

import (
	"encoding/hex"
	"errors"
	"math/bits"
	"strings"
	"unicode"
)

// A Place is a populated place, an area of the first or second level or a country
// of a [Gazetteer]. The zero Place is nowhere.
type Place struct {
	ID         string  // geonames:172955, admin1:SY.04, admin2:US.FL.011, country:SY
	Name       string  // as the gazetteer calls it first
	Country    string  // ISO 3166-1 alpha-2
	Admin1     string  // name of the first-level area; "" where unknown
	Admin1Code string  // its code, SY.04; "" where unknown
	Feature    string  // the feature code of GeoNames: PPL, PPLC, PPLA, PPLX, …; ADM1, ADM2; PCLI
	Zone       string  // IANA name of the time zone; "" for areas
	Lat, Lon   float64 // degrees, WGS 84; of areas the mean of their places
	Population int     // people, as GeoNames has it, of areas the sum of their places; 0 is unknown
}

// A Gazetteer is a file of places and their names that is used in place: it is
// not loaded, and a lookup allocates nothing. Places are numbered from 0, the
// most populous first. The zero Gazetteer knows no place.
type Gazetteer struct {
	data    string
	places  section
	slots   section // of the table of names, in the order of their spread keys
	answers section // the places of names that several places bear
	ids     section // of the table of identifiers
	words   section // strings that many places share
	text    section
	probe   int // the longest way from where a name should be to where it is
}

// A section is a run of the file: count fields of width bytes from start.
type section struct{ start, count int }

// The widths of the fields of each section, and of the head of the file.
const (
	magic       = "cairnpl1"
	headWidth   = 96
	placeWidth  = 28
	slotWidth   = 12
	answerWidth = 4
	idWidth     = 4
	wordWidth   = 8
	textWidth   = 1
)

var errGazetteer = errors.New("not a gazetteer of this version, or broken")

// OpenGazetteer returns the gazetteer that data holds, as [WriteGazetteer] writes
// it. It looks at the head only. A damaged file answers wrongly or not at all,
// but it does not panic.
func OpenGazetteer(data string) (*Gazetteer, error) {
	if len(data) < headWidth || !strings.HasPrefix(data, magic) {
		return nil, errGazetteer
	}
	g := &Gazetteer{data: data, probe: min(int(u32(data, 88)), 1<<10)}
	for i, s := range []struct {
		section *section
		width   int
	}{{&g.places, placeWidth}, {&g.slots, slotWidth}, {&g.answers, answerWidth}, {&g.ids, idWidth}, {&g.words, wordWidth}, {&g.text, textWidth}} {
		start, count := u32(data, 40+8*i), u32(data, 44+8*i)
		if uint64(start)+uint64(count)*uint64(s.width) > uint64(len(data)) {
			return nil, errGazetteer
		}
		*s.section = section{int(start), int(count)}
	}
	return g, nil
}

// u32 and u64 read little-endian numbers; the compiler makes one load of each.
func u32(s string, at int) uint32 {
	s = s[at : at+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func u64(s string, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func u16(s string, at int) int { return int(s[at]) | int(s[at+1])<<8 }

// Built reports whether g knows any place.
func (g *Gazetteer) Built() bool { return g.places.count > 0 }

// Len returns the number of places.
func (g *Gazetteer) Len() int { return g.places.count }

// Version names the content of g: "places-" and twelve digits of its hash, or
// "places-none".
func (g *Gazetteer) Version() string {
	if !g.Built() {
		return "places-none"
	}
	return "places-" + hex.EncodeToString([]byte(g.data[8:14]))
}

// The numbers of the FNV-1a hash of 64 bits.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// A Key is the state of a lookup of words one after another. The zero Key is the
// start.
type Key uint64

// Then returns the state after one more word, which must be folded, see [Fold].
// An empty word changes nothing.
func (k Key) Then(folded []byte) Key {
	if len(folded) == 0 {
		return k
	}
	h := uint64(hashStart)
	if k != 0 {
		h = (uint64(k) ^ ' ') * hashPrime
	}
	for _, b := range folded {
		h = (h ^ uint64(b)) * hashPrime
	}
	return Key(max(h, 1))
}

// spread is k with its differences in the high bits too; no two keys share one.
func (k Key) spread() uint64 { return uint64(k) * 0x9E3779B97F4A7C15 }

// KeyOf returns the state after all words of a name: white space and hyphens
// part them.
func KeyOf(name string) Key {
	var k Key
	var folded []byte
	for word := range strings.FieldsFuncSeq(name, partsWords) {
		folded = AppendFold(folded[:0], word)
		k = k.Then(folded)
	}
	return k
}

// abbreviated stands before the abbreviations among the names of a gazetteer, so
// that no word of a text is taken for one unawares: "us" is a pronoun.
const abbreviated = "="

// ShortForm returns the key of the short form of an area or a country, which
// must be folded: "wva" of W.Va.
func ShortForm(folded []byte) Key { return Key(0).Then([]byte(abbreviated)).Then(folded) }

func partsWords(r rune) bool { return unicode.IsSpace(r) || r == '-' || unicode.Is(unicode.Pd, r) }

// A Match is what words stand for: the places of that name, and whether longer
// names begin with them.
type Match struct {
	g           *Gazetteer
	first, size int32 // a place, or where in answers the places stand
	more        bool
}

// How the answer of a slot is written: whether longer names follow, whether
// places bear the name, and whether the rest is one place or an index into
// answers.
const (
	answerMore = 1 << 31
	answerOne  = 1 << 30
	answerMany = 1 << 29
	answerRest = answerMany - 1
)

// Find returns what the words of k stand for. It reports false where they are
// neither a name nor the beginning of one.
func (g *Gazetteer) Find(k Key) (Match, bool) {
	want := k.spread()
	home, _ := bits.Mul64(want, uint64(g.homes()))
	for i := int(home); i <= int(home)+g.probe && i < g.slots.count; i++ {
		at := g.slots.start + i*slotWidth
		switch got := u64(g.data, at); {
		case got == 0 || got > want:
			return Match{}, false
		case got == want:
			return g.match(u32(g.data, at+8)), true
		}
	}
	return Match{}, false
}

// homes is the number of slots that a name may belong in; the others are for
// names that find theirs taken.
func (g *Gazetteer) homes() int { return max(0, g.slots.count-g.probe) }

func (g *Gazetteer) match(answer uint32) Match {
	m := Match{g: g, first: int32(answer & answerRest), more: answer&answerMore != 0}
	switch {
	case answer&answerOne != 0:
		m.size = 1
	case answer&answerMany != 0:
		if i := int(m.first); i < g.answers.count {
			n := int(u32(g.data, g.answers.start+i*answerWidth))
			m.size, m.first = int32(max(0, min(n, g.answers.count-i-1))), m.first+1
			if m.size < 2 {
				m.size = 0
			}
		}
	}
	return m
}

// Len returns how many places bear the name; 0 where the words are only the
// beginning of longer names.
func (m Match) Len() int { return int(m.size) }

// At returns the i-th place of the name, the most populous first; -1 where there
// is none.
func (m Match) At(i int) int32 {
	switch {
	case i < 0 || i >= int(m.size):
		return -1
	case m.size == 1:
		return m.first
	}
	return int32(u32(m.g.data, m.g.answers.start+(int(m.first)+i)*answerWidth))
}

// More reports whether longer names begin with the words.
func (m Match) More() bool { return m.more }

// PlaceOf returns the places that bear a whole name, the most populous first. A
// first-level area is often called as its town, and then stands before it.
func (g *Gazetteer) PlaceOf(name string) []int32 {
	m, _ := g.Find(KeyOf(name))
	var places []int32
	for i := range m.Len() {
		places = append(places, m.At(i))
	}
	return places
}
