package identify

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Person is whoever some entries of lists are, in the order in which they came.
// ID is "p" and the number of the first of them.
type Person struct {
	ID      string        `json:"id"`
	Entries []cairn.Entry `json:"entries"`
}

// Name returns the whole name that the first current entry with one gives; "" where
// none does.
func (p Person) Name() string { return nameOf(p) }

// First returns what the first current entry that states a field says of it.
func (p Person) First(field string) string { return first(p, field) }

// Persons returns who the entries are: those that the lists alone join, unless
// a person keeps them apart, and those that a person joined. It depends on
// nothing else, so that a judgement that is undone leaves no trace. Where the
// matches of one person would join two entries that are kept apart, the surer
// matches stand.
func Persons(entries []cairn.Entry, matches []cairn.Match, judgements []cairn.Judgement) []Person {
	u := union{index: map[string]int{}, entries: entries}
	for i, e := range entries {
		u.index[e.Ref()] = i
		u.parent = append(u.parent, i)
	}
	u.keepApart(judgements)
	for _, j := range judgements {
		if j.Kind == cairn.OfPersons && j.Decision == cairn.Merge {
			for _, other := range j.Others {
				u.join(j.Incident, other)
			}
		}
	}
	sure := slices.Clone(matches)
	slices.SortStableFunc(sure, func(a, b cairn.Match) int {
		return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	for _, m := range sure {
		if m.Joined {
			u.join(m.A, m.B)
		}
	}
	return u.persons()
}

// A union joins entries, unless two of those that would be one are kept apart.
type union struct {
	entries []cairn.Entry
	index   map[string]int
	parent  []int
	apart   [][2]int
}

func (u *union) keepApart(judgements []cairn.Judgement) {
	for _, j := range judgements {
		if j.Kind != cairn.OfPersons || j.Decision != cairn.NotSame {
			continue
		}
		for _, other := range j.Others {
			a, known := u.index[j.Incident]
			b, too := u.index[other]
			if known && too {
				u.apart = append(u.apart, [2]int{a, b})
			}
		}
	}
}

func (u *union) root(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

// join makes two entries one person. Who is kept apart stays so, also through
// others.
func (u *union) join(a, b string) {
	i, known := u.index[a]
	j, too := u.index[b]
	if !known || !too {
		return
	}
	x, y := u.root(i), u.root(j)
	if x == y {
		return
	}
	for _, pair := range u.apart {
		p, q := u.root(pair[0]), u.root(pair[1])
		if p == x && q == y || p == y && q == x {
			return
		}
	}
	u.parent[max(x, y)] = min(x, y)
}

// persons returns the groups, by the entry that came first.
func (u *union) persons() []Person {
	of := map[int][]cairn.Entry{}
	for i, e := range u.entries {
		of[u.root(i)] = append(of[u.root(i)], e)
	}
	var all []Person
	for _, group := range of {
		slices.SortFunc(group, func(a, b cairn.Entry) int { return cmp.Compare(a.Number, b.Number) })
		all = append(all, Person{ID: group[0].Name(), Entries: group})
	}
	slices.SortFunc(all, func(a, b Person) int { return cmp.Compare(a.Entries[0].Number, b.Entries[0].Number) })
	return all
}

// Judged reports whether persons decided of two entries whether they are one.
func Judged(judgements []cairn.Judgement, a, b string) bool {
	return slices.ContainsFunc(judgements, func(j cairn.Judgement) bool {
		if j.Kind != cairn.OfPersons || j.Decision != cairn.Merge && j.Decision != cairn.NotSame {
			return false
		}
		said := append([]string{j.Incident}, j.Others...)
		return slices.Contains(said, a) && slices.Contains(said, b)
	})
}

// Doubts returns the matches that a person's word would help most with: those
// that are neither judged nor sure, the least sure first.
func Doubts(matches []cairn.Match, judgements []cairn.Judgement) []cairn.Match {
	judged := map[[2]string]bool{}
	for _, j := range judgements {
		if j.Kind == cairn.OfPersons {
			for _, other := range j.Others {
				judged[[2]string{j.Incident, other}], judged[[2]string{other, j.Incident}] = true, true
			}
		}
	}
	var all []cairn.Match
	for _, m := range matches {
		if !judged[[2]string{m.A, m.B}] && m.Probability >= Doubtful && m.Probability <= 1-Doubtful {
			all = append(all, m)
		}
	}
	half := func(m cairn.Match) float64 { return max(m.Probability-0.5, 0.5-m.Probability) }
	slices.SortStableFunc(all, func(a, b cairn.Match) int {
		return cmp.Or(cmp.Compare(half(a), half(b)), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return all
}
