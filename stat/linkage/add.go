package linkage

import (
	"context"
	"fmt"
	"slices"
)

// A past is what a linkage knew, for lists that come later.
type past struct {
	lists        int
	names        []string // of the features
	match, other *class
	corrected    correction
	prior        []float64
	once         []bool
}

func (l *linker) remember() *past {
	p := &past{lists: len(l.table.lists), match: l.match, other: l.other, corrected: l.corrected, prior: l.prior, once: l.once}
	for _, f := range l.table.features {
		p.names = append(p.names, f.name)
	}
	return p
}

// Add links lists that came since to those linked before, by the model that was
// learned then. lists is all of them, those of before first and unchanged. The
// pairs are those of new records. Persons keep their numbers, and no person is
// split or joined with another: a new record joins one, or makes a new one, whose
// number follows.
func Add(ctx context.Context, lists []*List, before *Linkage, o Options) (*Linkage, error) {
	known := before.past
	if known == nil || len(lists) < known.lists {
		return nil, fmt.Errorf("add lists: %d given, fewer than were linked before", len(lists))
	}
	t := prepare(lists)
	t.features = known.pick(t.features)
	if len(t.features) != len(known.names) {
		return nil, fmt.Errorf("add lists: the lists linked before are not those given")
	}
	l := &linker{table: t, options: o, plan: planOf(t, o.workers()), since: t.starts[known.lists], before: before}
	if o.Plan != nil {
		o.Plan(l.plan.Plan)
	}
	if err := l.take(ctx, known); err != nil {
		return nil, err
	}
	edges, err := l.edges(ctx)
	if err != nil {
		return nil, err
	}
	return l.answer(ctx, edges)
}

// pick is the features that were known, in their order.
func (p *past) pick(features []*feature) (picked []*feature) {
	for _, name := range p.names {
		if i := slices.IndexFunc(features, func(f *feature) bool { return f.name == name }); i >= 0 {
			picked = append(picked, features[i])
		}
	}
	return picked
}

// take takes the model over, and learns of the new lists only how common matches
// are with them.
func (l *linker) take(ctx context.Context, known *past) error {
	l.match, l.other, l.corrected = known.match, known.other, known.corrected
	l.total = l.totals()
	l.reference()
	l.priors()
	copy(l.prior, known.prior)
	l.once = append(slices.Clone(known.once), make([]bool, len(l.table.lists)-known.lists)...)
	if len(l.table.features) == 0 {
		return nil
	}
	candidates, _, err := l.gather(ctx)
	if err != nil {
		return err
	}
	for range 10 {
		found := make([]float64, len(l.prior))
		for _, p := range candidates {
			found[p.kind] += p.pairs * l.probability(p.kind, l.evidence(p.v))
		}
		l.settle(found)
		copy(l.prior, known.prior)
	}
	return nil
}

// former is the person of before that each record of before is of, by its place
// among them, and one; 0 where it was of none with others.
func (l *linker) former() []int32 {
	person := make([]int32, l.since)
	if l.before == nil {
		return person
	}
	for p, rows := range l.before.Persons {
		for _, r := range rows {
			person[l.table.starts[r.List]+r.Number] = int32(p + 1)
		}
	}
	return person
}

// withFormer is edges with pairs between the records of the persons of before
// that they touch, so that these come together.
func (l *linker) withFormer(edges []edge, odds []float64) ([]edge, []float64) {
	if l.since == 0 {
		return edges, odds
	}
	const certain = 1e9
	touched := map[int32]bool{}
	edges, odds = slices.Clone(edges), slices.Clone(odds)
	for _, e := range edges {
		if int(e.a) >= l.since || l.person[e.a] == 0 || touched[l.person[e.a]] {
			continue
		}
		touched[l.person[e.a]] = true
		rows := l.before.Persons[l.person[e.a]-1]
		for i := 1; i < len(rows); i++ {
			a, b := l.table.starts[rows[0].List]+rows[0].Number, l.table.starts[rows[i].List]+rows[i].Number
			edges, odds = append(edges, edge{a: uint32(min(a, b)), b: uint32(max(a, b))}), append(odds, certain)
		}
	}
	return edges, odds
}
