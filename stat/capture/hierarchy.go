package capture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Model is a hierarchical log-linear model: which sets of lists interact. Its
// terms are closed, so that with a set goes every part of it, and every list is
// in one. The zero Model has no lists.
type Model struct {
	terms []History // without the empty set; by size, then by value
}

// NewModel returns the model with these generators over as many lists: the
// terms are the generators and all their parts.
func NewModel(lists int, generators ...History) Model {
	in := map[History]bool{}
	for j := range lists {
		in[1<<j] = true
	}
	for _, g := range generators {
		for part := g; part > 0; part = (part - 1) & g {
			in[part] = true
		}
	}
	m := Model{}
	for h := range in {
		m.terms = append(m.terms, h)
	}
	slices.SortFunc(m.terms, bySize)
	return m
}

func bySize(a, b History) int {
	return cmp.Or(cmp.Compare(a.Lists(), b.Lists()), cmp.Compare(a, b))
}

// ParseModel reads a model as generators of list numbers from 1, as in
// "123,14,34" or "[12,3,4]". Lists named in no generator are by themselves.
func ParseModel(text string, lists int) (Model, error) {
	var generators []History
	for generator := range strings.SplitSeq(strings.Trim(text, "[] "), ",") {
		var g History
		for _, digit := range strings.TrimSpace(generator) {
			j := int(digit - '1')
			if digit < '1' || digit > '9' || j >= lists {
				return Model{}, fmt.Errorf("model %q: %q is no list from 1 to %d", text, digit, min(9, lists))
			}
			g |= 1 << j
		}
		if g == 0 {
			return Model{}, fmt.Errorf("model %q: a generator is empty", text)
		}
		generators = append(generators, g)
	}
	m := NewModel(lists, generators...)
	if slices.Contains(m.terms, 1<<lists-1) {
		return Model{}, fmt.Errorf("model %q: all lists interact, and then nothing says how many are on none", text)
	}
	return m, nil
}

// String writes the generators, as in "[123,14,34]".
func (m Model) String() string {
	var generators []string
	for _, h := range m.terms {
		if slices.ContainsFunc(m.terms, func(other History) bool { return other != h && other&h == h }) {
			continue
		}
		g := ""
		for j := range MostLists {
			if h.On(j) {
				g += listDigit(j)
			}
		}
		generators = append(generators, g)
	}
	slices.SortFunc(generators, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return "[" + strings.Join(generators, ",") + "]"
}

// listDigit names the list at j: 1 to 9, then a letter.
func listDigit(j int) string {
	if j < 9 {
		return string(rune('1' + j))
	}
	return string(rune('a' + j - 9))
}

// design is the matrix of m over the histories given.
func (m Model) design(histories []History) design {
	d := newDesign(len(histories), 1+len(m.terms))
	for i, h := range histories {
		row := d.row(i)
		row[0] = 1
		for k, term := range m.terms {
			if h&term == term {
				row[1+k] = 1
			}
		}
	}
	return d
}

// histories are all but that of no list.
func histories(lists int) []History {
	all := make([]History, 1<<lists-1)
	for i := range all {
		all[i] = History(i + 1)
	}
	return all
}

// hierarchies calls f with every hierarchical model whose interactions are of at
// most order lists, but that in which all lists interact.
func hierarchies(lists, order int, f func(Model)) {
	order = min(order, lists-1)
	var base []History
	for j := range lists {
		base = append(base, 1<<j)
	}
	extend(lists, order, 2, base, f)
}

// extend adds each choice of terms of one size to those smaller, and goes on to
// the next size.
func extend(lists, order, size int, terms []History, f func(Model)) {
	var may []History
	if size <= order {
		for _, h := range histories(lists) {
			if h.Lists() == size && closed(terms, h) {
				may = append(may, h)
			}
		}
	}
	if len(may) == 0 {
		f(Model{terms})
		return
	}
	for chosen := range 1 << len(may) {
		next := slices.Clone(terms)
		for k, h := range may {
			if chosen>>k&1 == 1 {
				next = append(next, h)
			}
		}
		if chosen == 0 {
			f(Model{next})
			continue
		}
		extend(lists, order, size+1, next, f)
	}
}

// closed reports whether every part of h that lacks one list is a term.
func closed(terms []History, h History) bool {
	for j := range MostLists {
		if h.On(j) && h.Lists() > 1 && !slices.Contains(terms, h&^(1<<j)) {
			return false
		}
	}
	return true
}
