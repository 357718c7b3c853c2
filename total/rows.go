package total

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/cairn-recorder/cairn"
)

// rows are the rows of a total on their way. Which groups a figure falls in is
// asked once for each value that is grouped by; each heading has few rows, so that
// they are found one by one.
type rows struct {
	by       By
	words    *Words
	into     memo[[]*heading]
	headings map[string]*heading
	shares   memo[bool] // whether an incident shares a toll with others
	held     held
}

// A heading is a value that is grouped by, with its rows.
type heading struct {
	by   string
	rows []*adding
}

// An adding is a row on its way. Codes are numbers, in parts.
type adding struct {
	harm, class uint32
	last        uint32 // the code that was counted last
	unknown     int
	sum         cairn.Range
	codes       []uint32
	parts       [][]uint32
}

// newRows begins rows of s; sharers are the codes of incidents that share a toll.
func newRows(s Selection, sharers map[string]bool) *rows {
	r := &rows{by: s.By, words: s.Counted.Words, headings: map[string]*heading{}, held: held{}}
	r.into.ask = r.under
	if len(sharers) > 0 {
		r.shares.ask = func(code uint32) bool { return sharers[r.words.Code(code)] }
	}
	return r
}

// under returns the headings of a value that is grouped by.
func (r *rows) under(value uint32) []*heading {
	var of []*heading
	for _, name := range r.by.groups(r.words, value) {
		of = append(of, r.heading(name))
	}
	return of
}

func (r *rows) heading(name string) *heading {
	h := r.headings[name]
	if h == nil {
		h = &heading{by: name}
		r.headings[name] = h
	}
	return h
}

// add counts a figure once in each row it belongs to, and reports whether these
// are several groups.
func (r *rows) add(f *Figure) bool {
	if f.Harm == 0 {
		return false
	}
	of := r.into.at(r.by.number(f))
	for _, h := range of {
		r.count(h, f)
	}
	return len(of) > 1
}

// row returns the row of a harm and class, which is made where there is none.
func (h *heading) row(harm, class uint32) *adding {
	for _, a := range h.rows {
		if a.harm == harm && a.class == class {
			return a
		}
	}
	a := &adding{harm: harm, class: class}
	h.rows = append(h.rows, a)
	return a
}

func (r *rows) count(h *heading, f *Figure) {
	a := h.row(f.Harm, f.Class)
	if a.last == f.Code {
		return
	}
	if r.shares.ask != nil && r.shares.at(f.Code) {
		r.held.add(a, r.words.Code(f.Code), f.Range())
	}
	a.codes, a.last = append(a.codes, f.Code), f.Code
	if f.Low < 0 && f.High < 0 {
		a.unknown++
		return
	}
	a.plus(f.Range(), len(a.codes)-a.unknown == 1)
}

// tally is the harm and class of a row.
func (r *rows) tally(a *adding) cairn.Tally {
	return cairn.Tally{Harm: cairn.Harm(r.words.words.word(a.harm)), Class: cairn.Class(r.words.words.word(a.class))}
}

// plus adds a range that is known to the sum of a row, of which it may be the
// first.
func (a *adding) plus(figure cairn.Range, first bool) {
	if first {
		a.sum = figure
		return
	}
	a.sum.Min = cairn.Bound{N: a.sum.Min.N + figure.Min.N, Known: a.sum.Min.Known && figure.Min.Known}
	a.sum.Max = cairn.Bound{N: a.sum.Max.N + figure.Max.N, Known: a.sum.Max.Known && figure.Max.Known}
	a.sum.Open = a.sum.Open || figure.Open
}

// incidents is how many a row counts, in all its parts.
func (a *adding) incidents() int {
	n := len(a.codes)
	for _, p := range a.parts {
		n += len(p)
	}
	return n
}

// plus adds the rows of a later part.
func (r *rows) plus(p *rows) {
	for by, h := range p.headings {
		for _, later := range h.rows {
			a := r.heading(by).row(later.harm, later.class)
			if len(later.codes) > later.unknown {
				a.plus(later.sum, a.incidents() == a.unknown)
			}
			a.parts, a.unknown = append(a.parts, later.codes), a.unknown+later.unknown
			for code, figure := range p.held[later] {
				r.held.add(a, code, figure)
			}
		}
	}
}

// sorted returns the rows in their order, their codes in words.
func (r *rows) sorted() []Row {
	all := []Row{}
	var of []*adding
	for _, h := range r.headings {
		for _, a := range h.rows {
			tally, n := r.tally(a), a.incidents()
			all = append(all, Row{By: Text(h.by), Harm: tally.Harm, Class: tally.Class, Min: a.sum.Min, Max: a.sum.Max, Open: a.sum.Open, Incidents: n, Unknown: a.unknown, Codes: make([]string, n)})
			of = append(of, a)
		}
	}
	r.spell(all, of)
	slices.SortFunc(all, func(x, y Row) int {
		return cmp.Or(r.by.compare(string(x.By), string(y.By)),
			cmp.Compare(slices.Index(cairn.Harms, x.Harm), slices.Index(cairn.Harms, y.Harm)),
			cmp.Compare(slices.Index(cairn.Classes, x.Class), slices.Index(cairn.Classes, y.Class)),
			cmp.Compare(x.Harm, y.Harm), cmp.Compare(x.Class, y.Class))
	})
	return all
}

// spell writes the codes of rows in words.
func (r *rows) spell(all []Row, of []*adding) {
	var working sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for first := range workers {
		working.Go(func() {
			for k := first; k < len(all); k += workers {
				of[k].spell(r.words, all[k].Codes)
			}
		})
	}
	working.Wait()
}

func (a *adding) spell(words *Words, to []string) {
	for _, part := range append(a.parts, a.codes) {
		for k, code := range part {
			to[k] = words.Code(code)
		}
		to = to[len(part):]
	}
}
