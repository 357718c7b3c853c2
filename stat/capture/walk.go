package capture

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// The walks over graphs: how many, and of how many steps.
const (
	walks     = 4
	walkSteps = 15000
)

// candidates are the graphs to average over: all up to six lists, else those
// that random walks meet. Graphs that count for nothing are left out; top is the
// score of the best.
func (s *marginals) candidates(missing []int, seed uint64, r *Result) (graphs []candidate, top float64) {
	var all []candidate
	if s.lists <= everyGraphLists {
		for _, g := range decomposable(s.lists) {
			factors, _ := g.factors(s.lists)
			all = append(all, candidate{g, factors})
		}
	} else {
		all = s.walk(missing, seed)
		r.warn(Notice{Searched, fmt.Sprintf("the graphs on %d lists are too many to sum over; %d that random walks met were taken", s.lists, len(all)), "merge lists to six for the exact posterior"})
	}
	return s.worthwhile(all, missing)
}

// walk collects the graphs that Metropolis walks meet (the MC3 of Madigan and
// York 1995): each step joins or parts two lists, where what comes of it is
// decomposable, and is taken by the ratio of the posteriors at their highest.
func (s *marginals) walk(missing []int, seed uint64) []candidate {
	h := newHeights(s, missing, histories(s.lists))
	found := make([]map[graph]candidate, walks)
	parallel(walks, func(w int) {
		found[w] = s.walkOnce(rand.New(rand.NewPCG(seed, 0xd6a+uint64(w))), h)
	})
	all := map[graph]candidate{}
	for _, f := range found {
		for g, c := range f {
			all[g] = c
		}
	}
	var graphs []candidate
	for _, c := range all {
		graphs = append(graphs, c)
	}
	slices.SortFunc(graphs, func(a, b candidate) int { return cmp.Compare(a.graph, b.graph) })
	return graphs
}

func (s *marginals) walkOnce(dice *rand.Rand, h heights) map[graph]candidate {
	found, scores := map[graph]candidate{}, map[graph]float64{}
	score := func(g graph) (float64, bool) {
		if l, known := scores[g]; known {
			return l, !math.IsInf(l, -1)
		}
		factors, ok := g.factors(s.lists)
		if !ok {
			scores[g] = math.Inf(-1)
			return 0, false
		}
		c := candidate{g, factors}
		found[g] = c
		scores[g] = h.peak(c)
		return scores[g], true
	}
	at := graph(0)
	here, _ := score(at)
	for range walkSteps {
		next := at ^ 1<<dice.IntN(s.lists*(s.lists-1)/2)
		there, ok := score(next)
		if u := dice.ExpFloat64(); ok && here-there < u {
			at, here = next, there
		}
	}
	return found
}
