package total

import (
	"iter"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Figure is a [cairn.Counted] in numbers: its words are numbers of a [Words].
// It holds no pointer and takes less than a hundred bytes, so that millions cost
// the collector of garbage nothing and are compared without a look at memory
// elsewhere. 0 is no word; Low and High are -1 where they are unknown.
type Figure struct {
	Code, Grade, Recorder, Harm, Class            uint32
	First, Place, Admin1, Country, Means, Parties uint32
	Low, High                                     int32
	Open                                          bool
}

// Figures are what a total adds up, in the order of codes and in one part or
// several that are added up side by side, no incident in two of them. What a part
// yields is read and not kept. The zero Figures are none.
type Figures struct {
	Words *Words
	Parts []iter.Seq[*Figure]
}

// Numbered are figures in words, in one part, put into numbers as they are read.
func Numbered(all iter.Seq[*cairn.Counted]) Figures {
	words := new(Words)
	return Figures{words, []iter.Seq[*Figure]{func(yield func(*Figure) bool) {
		for c := range all {
			if f := words.Figure(c); !yield(&f) {
				return
			}
		}
	}}}
}

// Words keep the words of figures, each once. The zero Words are empty.
type Words struct {
	codes, words dictionary
	parties      Lists
}

// Figure puts c into numbers.
func (w *Words) Figure(c *cairn.Counted) Figure {
	d := &w.words
	return Figure{
		Code: w.codes.of(c.Code), Grade: d.of(string(c.Grade)), Recorder: d.of(c.Recorder), Harm: d.of(string(c.Harm)), Class: d.of(string(c.Class)),
		First: d.of(string(c.First)), Place: d.of(c.Place), Admin1: d.of(c.Admin1), Country: d.of(c.Country), Means: d.of(string(c.Means)),
		Parties: w.parties.Of(c.Parties), Low: numberOf(c.Range.Min), High: numberOf(c.Range.Max), Open: c.Range.Open,
	}
}

// Code returns the code of an incident by its number.
func (w *Words) Code(n uint32) string { return w.codes.word(n) }

// Counted puts f into words. What a total chooses and does not add up is not in
// it: how long the incident lasted.
func (w *Words) Counted(f *Figure) cairn.Counted {
	d := &w.words
	return cairn.Counted{
		Code: w.codes.word(f.Code), Grade: cairn.Grade(d.word(f.Grade)), Recorder: d.word(f.Recorder), Harm: cairn.Harm(d.word(f.Harm)), Class: cairn.Class(d.word(f.Class)),
		First: cairn.Date(d.word(f.First)), Place: d.word(f.Place), Admin1: d.word(f.Admin1), Country: d.word(f.Country), Means: cairn.MeansClass(d.word(f.Means)),
		Parties: w.parties.Words(f.Parties), Range: f.Range(),
	}
}

// Range returns the casualty range of f.
func (f *Figure) Range() cairn.Range {
	return cairn.Range{Min: boundOf(f.Low), Max: boundOf(f.High), Open: f.Open}
}

func numberOf(b cairn.Bound) int32 {
	if !b.Known {
		return -1
	}
	return int32(min(b.N, 1<<31-1))
}

func boundOf(n int32) cairn.Bound {
	if n < 0 {
		return cairn.Bound{}
	}
	return cairn.N(int(n))
}

// SortCodes numbers the codes anew by their order, and returns the new number of
// each old one.
func (w *Words) SortCodes() []uint32 {
	old := w.codes.words
	order := make([]uint32, len(old))
	for n := range order {
		order[n] = uint32(n)
	}
	slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(old[x], old[y]) })
	w.codes = dictionary{}
	number := make([]uint32, len(old))
	for _, n := range order {
		number[n] = w.codes.of(old[n])
	}
	return number
}

// A dictionary keeps each word once, by number; 0 is the empty word. The letters
// of many words stand in one page, so that few pieces of memory hold them all.
type dictionary struct {
	words  []string
	number map[string]uint32
	page   *strings.Builder
}

const pageSize = 1 << 13

func (d *dictionary) of(s string) uint32 {
	if s == "" {
		return 0
	}
	if n, ok := d.number[s]; ok {
		return n
	}
	if d.number == nil {
		d.words, d.number = []string{""}, map[string]uint32{}
	}
	s = d.kept(s)
	n := uint32(len(d.words))
	d.words, d.number[s] = append(d.words, s), n
	return n
}

func (d *dictionary) kept(s string) string {
	if d.page == nil || d.page.Cap()-d.page.Len() < len(s) {
		d.page = new(strings.Builder)
		d.page.Grow(max(pageSize, len(s)))
	}
	start := d.page.Len()
	d.page.WriteString(s)
	return d.page.String()[start:]
}

func (d *dictionary) word(n uint32) string {
	if n == 0 {
		return ""
	}
	return d.words[n]
}

// Lists keep each list of words once, by number; 0 is the empty list. The zero
// Lists are empty.
type Lists struct {
	joined dictionary
	all    [][]string
}

// Of returns the number of a list, which is kept where it is new.
func (l *Lists) Of(words []string) uint32 {
	n := l.joined.of(strings.Join(words, "\x1f"))
	for int(n) >= len(l.all) {
		l.all = append(l.all, nil)
	}
	if l.all[n] == nil && n > 0 {
		l.all[n] = slices.Clone(words)
	}
	return n
}

// Words returns a list by its number.
func (l *Lists) Words(n uint32) []string {
	if n == 0 {
		return nil
	}
	return l.all[n]
}

// All returns every list, by its number.
func (l *Lists) All() [][]string { return l.all }
