package total

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A key is what a row adds up.
type key struct {
	by    string
	harm  cairn.Harm
	class cairn.Class
}

// rows are the rows of a total on their way. Each group has few of them, so that
// they are found faster one by one than by a hash of three words.
type rows struct {
	by     By
	groups map[string][]*Row
	shared []Shared
	held   held
}

func newRows(s Selection) rows {
	return rows{by: s.By, groups: map[string][]*Row{}, shared: s.Shared, held: held{}}
}

// add counts a figure once in each row it belongs to, and reports whether these
// are several groups.
func (r rows) add(c *cairn.Counted) bool {
	if c.Harm == "" {
		return false
	}
	if r.by != ByBelligerent || len(c.Parties) == 0 {
		r.count(cmp.Or(r.by.value(c), r.by.none()), c)
		return false
	}
	for _, party := range c.Parties {
		r.count(party, c)
	}
	return len(c.Parties) > 1
}

// row returns the row of a key, which is made where there is none.
func (r rows) row(k key) *Row {
	for _, row := range r.groups[k.by] {
		if row.Harm == k.harm && row.Class == k.class {
			return row
		}
	}
	row := &Row{By: Text(k.by), Harm: k.harm, Class: k.class}
	r.groups[k.by] = append(r.groups[k.by], row)
	return row
}

func (r rows) count(by string, c *cairn.Counted) {
	k := key{by, c.Harm, c.Class}
	row := r.row(k)
	if n := len(row.Codes); n > 0 && row.Codes[n-1] == c.Code {
		return
	}
	if len(r.shared) > 0 {
		r.held.add(r.shared, k, c.Code, c.Range)
	}
	row.Codes = append(row.Codes, c.Code)
	row.Incidents++
	if !c.Range.Known() {
		row.Unknown++
		return
	}
	if row.Incidents-row.Unknown == 1 {
		row.Min, row.Max = cairn.N(0), cairn.N(0)
	}
	row.plus(c.Range)
}

// plus adds a range that is known to the sum of a row.
func (r *Row) plus(figure cairn.Range) {
	r.Min = cairn.Bound{N: r.Min.N + figure.Min.N, Known: r.Min.Known && figure.Min.Known}
	r.Max = cairn.Bound{N: r.Max.N + figure.Max.N, Known: r.Max.Known && figure.Max.Known}
	r.Open = r.Open || figure.Open
}

// plus adds the rows of a later part.
func (r rows) plus(p rows) {
	for by, of := range p.groups {
		for _, later := range of {
			row := r.row(key{by, later.Harm, later.Class})
			known := later.Incidents - later.Unknown
			if row.Incidents == row.Unknown && known > 0 {
				row.Min, row.Max, row.Open = later.Min, later.Max, later.Open
			} else if known > 0 {
				row.plus(later.Range())
			}
			row.Codes = append(row.Codes, later.Codes...)
			row.Incidents, row.Unknown = row.Incidents+later.Incidents, row.Unknown+later.Unknown
		}
	}
	for k, of := range p.held {
		for code, figure := range of {
			r.held.add(r.shared, k, code, figure)
		}
	}
}

func (r rows) sorted() []Row {
	all := []Row{}
	for _, of := range r.groups {
		for _, row := range of {
			all = append(all, *row)
		}
	}
	slices.SortFunc(all, func(x, y Row) int {
		return cmp.Or(r.by.compare(string(x.By), string(y.By)),
			cmp.Compare(slices.Index(cairn.Harms, x.Harm), slices.Index(cairn.Harms, y.Harm)),
			cmp.Compare(slices.Index(cairn.Classes, x.Class), slices.Index(cairn.Classes, y.Class)),
			cmp.Compare(x.Harm, y.Harm), cmp.Compare(x.Class, y.Class))
	})
	return all
}
