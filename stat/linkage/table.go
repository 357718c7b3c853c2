package linkage

import (
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// A table is all lists as one, each field of a record as the number of a value
// that is made ready for comparison.
type table struct {
	lists    []*List
	starts   []int // of each list's records, and the end
	features []*feature
}

func (t *table) len() int { return t.starts[len(t.lists)] }

// list is the list that record r stands in.
func (t *table) list(r int) int { return sort.SearchInts(t.starts, r+1) - 1 }

func (t *table) row(r int) Row {
	l := t.list(r)
	return Row{List: l, Number: r - t.starts[l]}
}

// kindOfPair is the number of the pair of lists that a pair of records is of.
func (t *table) kindOfPair(a, b int) int {
	return pairNumber(t.list(a), t.list(b))
}

// pairNumber numbers pairs of lists, i up to j.
func pairNumber(i, j int) int {
	if i > j {
		i, j = j, i
	}
	return j*(j+1)/2 + i
}

// mostFeatures is how many fields are compared: their grades stand in one word.
const mostFeatures = 16

// prepare makes the lists ready for comparison.
func prepare(lists []*List) *table {
	t := &table{lists: lists, starts: []int{0}}
	for _, l := range lists {
		t.starts = append(t.starts, t.starts[len(t.starts)-1]+l.rows)
	}
	b := &builder{table: t, phrases: newPhrases()}
	for _, build := range []func(){b.names, b.birth, b.ages, b.sexes, b.places, b.days, b.identifiers, b.texts} {
		build()
	}
	for _, f := range t.features {
		f.count()
	}
	t.features = informative(t.features)
	return t
}

// informative is the features that say something of more than one record, at
// most mostFeatures of them: those that tell most records apart.
func informative(all []*feature) []*feature {
	var some []*feature
	for _, f := range all {
		if f.distinct > 1 {
			some = append(some, f)
		}
	}
	if len(some) > mostFeatures {
		order := append([]*feature(nil), some...)
		sort.SliceStable(order, func(i, j int) bool { return order[i].telling() > order[j].telling() })
		kept := map[*feature]bool{}
		for _, f := range order[:mostFeatures] {
			kept[f] = true
		}
		some = keep(some, func(f *feature) bool { return kept[f] })
	}
	return some
}

func keep[T any](all []T, which func(T) bool) []T {
	var some []T
	for _, v := range all {
		if which(v) {
			some = append(some, v)
		}
	}
	return some
}

// A builder makes features of columns.
type builder struct {
	*table
	phrases *phrases
}

// columns is the columns of a kind in list l.
func (b *builder) columns(l int, kinds ...Kind) (found []int) {
	for i, c := range b.lists[l].columns {
		for _, k := range kinds {
			if c.Kind == k {
				found = append(found, i)
			}
		}
	}
	return found
}

// has reports whether any list has a column of one of the kinds.
func (b *builder) has(kinds ...Kind) bool {
	for l := range b.lists {
		if len(b.columns(l, kinds...)) > 0 {
			return true
		}
	}
	return false
}

// values gives set, for each record of list l, the values of its columns joined
// by spaces, each distinct one made once by ready.
func values[T any](b *builder, l int, columns []int, ready func(string) T, set func(record int, v T)) {
	list := b.lists[l]
	if len(columns) == 0 {
		return
	}
	made := map[string]T{}
	var single []T
	if len(columns) == 1 {
		single = make([]T, len(list.values[columns[0]].distinct))
		for i, s := range list.values[columns[0]].distinct {
			single[i] = ready(s)
		}
	}
	for row := range list.rows {
		r := b.starts[l] + row
		if single != nil {
			set(r, single[list.values[columns[0]].of[row]])
			continue
		}
		s := joined(list, row, columns)
		v, ok := made[s]
		if !ok {
			v = ready(s)
			made[s] = v
		}
		set(r, v)
	}
}

func joined(list *List, row int, columns []int) string {
	var stated []string
	for _, c := range columns {
		if v := strings.TrimSpace(list.Value(row, c)); v != "" {
			stated = append(stated, v)
		}
	}
	return strings.Join(stated, " ")
}

// phrases is the parts of names that occur, each made ready once.
type phrases struct {
	number map[string]uint32
	parts  []names.Part
}

func newPhrases() *phrases {
	return &phrases{number: map[string]uint32{"": 0}, parts: make([]names.Part, 1)}
}

func (p *phrases) of(text string) uint32 {
	n, ok := p.number[text]
	if !ok {
		n = uint32(len(p.parts))
		p.number[text] = n
		p.parts = append(p.parts, names.Prepare(text))
	}
	return n
}
