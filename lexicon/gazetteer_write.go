package lexicon

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// A NamedPlace is a place with every name that it is looked up under, its own
// among them.
type NamedPlace struct {
	Place
	Names []string
}

// Abbreviated returns the name under which a short form is written, to be found
// by [ShortForm].
func Abbreviated(short string) string { return abbreviated + " " + short }

// homesPerName is how many slots the table has for a name and the beginning of
// one; more would cost bytes, fewer time.
const homesPerName = 1.35

// WriteGazetteer writes the file that [OpenGazetteer] reads. The order of places
// does not matter. It fails where two names share a key, a place has no
// identifier or two have one, or a string is too long.
func WriteGazetteer(w io.Writer, places []NamedPlace) error {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b NamedPlace) int {
		return cmp.Or(cmp.Compare(b.Population, a.Population), strings.Compare(a.ID, b.ID))
	})
	f := gazetteerFile{shared: map[string]int{}}
	f.share("")
	for _, p := range places {
		if err := f.place(p.Place); err != nil {
			return err
		}
	}
	if err := f.identifiers(places); err != nil {
		return err
	}
	names, err := gatherNames(places)
	if err != nil {
		return err
	}
	f.table(names)
	_, err = w.Write(f.bytes())
	return err
}

// A gazetteerFile is the sections of the file as they grow.
type gazetteerFile struct {
	places, slots, answers, ids, words, text []byte
	shared                                   map[string]int
	probe                                    int
}

// share returns the number of a string that many places share.
func (f *gazetteerFile) share(s string) int {
	n, ok := f.shared[s]
	if !ok {
		n = len(f.shared)
		f.shared[s] = n
		f.words = binary.LittleEndian.AppendUint32(f.words, uint32(len(f.text)))
		f.words = binary.LittleEndian.AppendUint32(f.words, uint32(len(s)))
		f.text = append(f.text, s...)
	}
	return n
}

func (f *gazetteerFile) place(p Place) error {
	if p.ID == "" || len(p.ID) > math.MaxUint8 || len(p.Name) > math.MaxUint8 {
		return fmt.Errorf("place %q (%s): an identifier and a name have 1 to 255 bytes", p.ID, p.Name)
	}
	if p.Population < 0 || p.Population > math.MaxUint32 {
		return fmt.Errorf("place %s: a population of %d", p.ID, p.Population)
	}
	shared := []string{p.Country, p.Admin1, p.Admin1Code, p.Feature, p.Zone}
	numbers := make([]int, len(shared))
	for i, s := range shared {
		if numbers[i] = f.share(s); numbers[i] > math.MaxUint16 {
			return fmt.Errorf("place %s: more than %d countries, areas, features and zones", p.ID, math.MaxUint16)
		}
	}
	f.places = binary.LittleEndian.AppendUint32(f.places, uint32(len(f.text)))
	f.places = append(f.places, byte(len(p.ID)), byte(len(p.Name)))
	for _, n := range numbers {
		f.places = binary.LittleEndian.AppendUint16(f.places, uint16(n))
	}
	f.places = binary.LittleEndian.AppendUint32(f.places, uint32(int32(math.Round(p.Lat*1e5))))
	f.places = binary.LittleEndian.AppendUint32(f.places, uint32(int32(math.Round(p.Lon*1e5))))
	f.places = binary.LittleEndian.AppendUint32(f.places, uint32(p.Population))
	f.text = append(append(f.text, p.ID...), p.Name...)
	return nil
}

// identifiers makes the table from identifier to place.
func (f *gazetteerFile) identifiers(places []NamedPlace) error {
	seen := map[string]bool{}
	slots := make([]uint32, len(places)*3/2+1)
	for i, p := range places {
		if seen[p.ID] {
			return fmt.Errorf("place %s: two places have this identifier", p.ID)
		}
		seen[p.ID] = true
		at := idHome(p.ID, len(slots))
		for slots[at] != 0 {
			at = (at + 1) % len(slots)
		}
		slots[at] = uint32(i + 1)
	}
	for _, numbered := range slots {
		f.ids = binary.LittleEndian.AppendUint32(f.ids, numbered)
	}
	return nil
}

// A named is a name or the beginning of one.
type named struct {
	phrase string // its folded words
	places []int32
	more   bool
}

// gatherNames returns what each key stands for. Two phrases of one key would
// answer for each other, so that they are an error.
func gatherNames(places []NamedPlace) (map[Key]*named, error) {
	names := map[Key]*named{}
	for i, p := range places {
		for _, name := range p.Names {
			if err := addName(names, name, int32(i)); err != nil {
				return nil, fmt.Errorf("place %s: %w", p.ID, err)
			}
		}
	}
	return names, nil
}

func addName(names map[Key]*named, name string, place int32) error {
	var k Key
	var phrase string
	var last *named
	for word := range strings.FieldsFuncSeq(name, partsWords) {
		folded := Fold(word)
		if folded == "" {
			continue
		}
		if last != nil {
			last.more = true
			phrase += " "
		}
		phrase += folded
		k = k.Then([]byte(folded))
		if last = names[k]; last == nil {
			last = &named{phrase: phrase}
			names[k] = last
		}
		if last.phrase != phrase {
			return fmt.Errorf("the names %q and %q have one key", last.phrase, phrase)
		}
	}
	if last != nil && (len(last.places) == 0 || last.places[len(last.places)-1] != place) {
		last.places = append(last.places, place)
	}
	return nil
}

// table makes the table from name to places. The keys stand in the order of
// their spread, each at its home or behind it, so that a search ends where a
// greater one stands.
func (f *gazetteerFile) table(names map[Key]*named) {
	keys := make([]Key, 0, len(names))
	for k := range names {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Compare(a.spread(), b.spread()) })
	homes := int(float64(len(keys)) * homesPerName)
	next := 0
	slots := make([]byte, homes*slotWidth, (homes+64)*slotWidth)
	for _, k := range keys {
		home, _ := bits.Mul64(k.spread(), uint64(homes))
		at := max(int(home), next)
		f.probe = max(f.probe, at-int(home))
		for (at+1)*slotWidth > len(slots) {
			slots = append(slots, make([]byte, slotWidth)...)
		}
		binary.LittleEndian.PutUint64(slots[at*slotWidth:], k.spread())
		binary.LittleEndian.PutUint32(slots[at*slotWidth+8:], f.answer(names[k]))
		next = at + 1
	}
	f.slots = append(slots, make([]byte, (homes+f.probe)*slotWidth-len(slots))...)
}

func (f *gazetteerFile) answer(n *named) uint32 {
	var answer uint32
	if n.more {
		answer = answerMore
	}
	switch len(n.places) {
	case 0:
		return answer
	case 1:
		return answer | answerOne | uint32(n.places[0])
	}
	answer |= answerMany | uint32(len(f.answers)/answerWidth)
	f.answers = binary.LittleEndian.AppendUint32(f.answers, uint32(len(n.places)))
	for _, p := range n.places {
		f.answers = binary.LittleEndian.AppendUint32(f.answers, uint32(p))
	}
	return answer
}

// bytes puts the sections behind a head that says where they are and, in a hash,
// what they hold.
func (f *gazetteerFile) bytes() []byte {
	file := make([]byte, headWidth)
	for i, s := range []struct {
		held  []byte
		width int
	}{{f.places, placeWidth}, {f.slots, slotWidth}, {f.answers, answerWidth}, {f.ids, idWidth}, {f.words, wordWidth}, {f.text, textWidth}} {
		for len(file)%4 != 0 {
			file = append(file, 0)
		}
		binary.LittleEndian.PutUint32(file[40+8*i:], uint32(len(file)))
		binary.LittleEndian.PutUint32(file[44+8*i:], uint32(len(s.held)/s.width))
		file = append(file, s.held...)
	}
	binary.LittleEndian.PutUint32(file[88:], uint32(f.probe))
	copy(file, magic)
	sum := sha256.Sum256(file[40:])
	copy(file[8:], sum[:])
	return file
}
