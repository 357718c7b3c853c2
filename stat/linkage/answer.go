package linkage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A Conflict is a person whose records speak against one another: it wants
// somebody's eyes.
type Conflict struct {
	Person int // in Persons
	Rows   [2]Row
	Reason string
}

// answer makes persons of the pairs, and says how probable each pair is once it
// is known what else its records may be.
func (l *linker) answer(ctx context.Context, edges []edge) (*Linkage, error) {
	out := &Linkage{Plan: l.plan.Plan, Model: l.describe()}
	l.person = l.former()
	odds := l.allOdds(edges)
	if len(l.table.lists) > 1 && l.since == 0 {
		l.findOnce(edges, odds)
		odds = l.allOdds(edges)
	}
	all, err := l.joinings(ctx, l.groups(l.withFormer(edges, odds)))
	if err != nil {
		return nil, err
	}
	grouped := make([]int32, l.table.len()) // the joining of each record, and one
	for i, j := range all {
		for _, r := range j.records {
			grouped[r] = int32(i + 1)
		}
	}
	l.considered(out, all)
	for i, e := range edges {
		if g := grouped[e.a]; g == 0 || g != grouped[e.b] {
			l.addPair(out, int(e.a), int(e.b), odds[i], odds[i])
		}
	}
	slices.SortFunc(out.Pairs, func(x, y Pair) int { return cmp.Or(x.A.compare(y.A), x.B.compare(y.B)) })
	l.explain(out)
	l.persons(out, all)
	out.past = l.remember()
	return out, nil
}

func (l *linker) allOdds(edges []edge) []float64 {
	odds := make([]float64, len(edges))
	for i, e := range edges {
		odds[i] = l.odds(l.kind(int(e.a), int(e.b)), float64(e.weight))
	}
	return odds
}

// leastJoined is the odds, in bits, from which a pair can bring records
// together to be joined.
const leastJoined = -3

// considered adds the pairs of all joinings, their odds what they are beside
// what the persons speak for one another.
func (l *linker) considered(out *Linkage, all []*joining) {
	for _, j := range all {
		for x, a := range j.records {
			for y := x + 1; y < len(j.records); y++ {
				o := j.odds[x][y]
				if max(a, j.records[y]) < l.since {
					continue
				}
				switch {
				case l.onceIn(a) != 0 && l.onceIn(a) == l.onceIn(j.records[y]):
				case j.assigned:
					o = min(o, j.joined[x][y])
				case j.person[x] == j.person[y]:
					o = max(o, j.joined[x][y])
				default:
					o = min(o, j.joined[x][y])
				}
				l.addPair(out, a, j.records[y], j.odds[x][y], o)
			}
		}
	}
}

// addPair adds a pair where it is probable enough: own is the odds of its own
// evidence, odds those beside all others.
func (l *linker) addPair(out *Linkage, a, b int, own, odds float64) {
	if p := probabilityOf(odds); p >= l.options.threshold() {
		weight := own - l.odds(l.kind(a, b), 0)
		out.Pairs = append(out.Pairs, Pair{A: l.table.row(a), B: l.table.row(b), Probability: p, Weight: weight})
	}
}

// explain weighs the pairs field by field, where that is asked for, and says how
// many matches are expected.
func (l *linker) explain(out *Linkage) {
	for i, row := range out.Model.Prior {
		for j, p := range row {
			out.Expected += p * l.total[pairNumber(i, j)]
		}
	}
	if !l.options.Explain {
		return
	}
	c := newComparer(l.table.features)
	for i := range out.Pairs {
		p := &out.Pairs[i]
		p.Fields = make([]Field, len(l.table.features))
		for k, f := range l.table.features {
			p.Fields[k] = Field{Name: f.name, Kind: f.kind, Agreement: f.labels[unstated]}
		}
		l.weigh(c, l.table.starts[p.A.List]+p.A.Number, l.table.starts[p.B.List]+p.B.Number, p.Fields)
	}
}

func (r Row) compare(s Row) int {
	return cmp.Or(cmp.Compare(r.List, s.List), cmp.Compare(r.Number, s.Number))
}

// persons sets the persons of more than one record, and lists what in them
// speaks against their being one.
func (l *linker) persons(out *Linkage, all []*joining) {
	c := newComparer(l.table.features)
	if l.before != nil {
		for _, rows := range l.before.Persons {
			out.Persons = append(out.Persons, slices.Clone(rows))
		}
	}
	for _, j := range all {
		members := map[int][]int{}
		for x, p := range j.person {
			members[p] = append(members[p], j.records[x])
		}
		for p := range j.records {
			if len(members[p]) < 2 {
				continue
			}
			number := l.number(out, members[p])
			out.Conflicts = append(out.Conflicts, l.conflicts(c, number, members[p])...)
		}
	}
}

// number sets the records of a person and is the place of that person: the one
// that it had before, or the next.
func (l *linker) number(out *Linkage, records []int) int {
	rows := make([]Row, len(records))
	for i, r := range records {
		rows[i] = l.table.row(r)
	}
	for _, r := range records {
		if r < l.since && l.person[r] > 0 {
			out.Persons[l.person[r]-1] = rows
			return int(l.person[r] - 1)
		}
	}
	out.Persons = append(out.Persons, rows)
	return len(out.Persons) - 1
}

// conflicts is the records of a person that state ids or sexes that differ.
func (l *linker) conflicts(c *comparer, person int, records []int) (found []Conflict) {
	for k, f := range l.table.features {
		if f.kind != ID && f.kind != Sex {
			continue
		}
		for x, a := range records {
			for _, b := range records[x+1:] {
				if g, _ := c.record(k, a, b); g == differ {
					found = append(found, Conflict{person, [2]Row{l.table.row(a), l.table.row(b)}, fmt.Sprintf("%s differs", f.name)})
				}
			}
		}
	}
	return found
}
