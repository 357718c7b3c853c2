package capture

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// The walks over graphs: how many, of how many steps, and how many values of
// the number unseen stand for all of them in a score.
const (
	walks      = 4
	walkSteps  = 15000
	walkValues = 64
)

// candidates are the graphs to average over: all up to six lists, else those
// that random walks meet. Graphs that count for nothing are left out.
func (s *marginals) candidates(missing []int, seed uint64, r *Result) []candidate {
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
// decomposable, and is taken by the ratio of the posteriors.
func (s *marginals) walk(missing []int, seed uint64) []candidate {
	values := coarse(missing, walkValues)
	logs, common := make([][]float64, len(values)), make([]float64, len(values))
	for k, m := range values {
		logs[k] = make([]float64, 1<<s.lists)
		common[k] = s.at(m, histories(s.lists), logs[k])
		if k > 0 { // the stretch that the value stands for
			common[k] += math.Log(float64(m - values[k-1]))
		}
	}
	found := make([]map[graph]candidate, walks)
	parallel(walks, func(w int) {
		found[w] = s.walkOnce(rand.New(rand.NewPCG(seed, 0xd6a+uint64(w))), logs, common)
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

func (s *marginals) walkOnce(dice *rand.Rand, logs [][]float64, common []float64) map[graph]candidate {
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
		scores[g] = integrate(c, logs, common)
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

// integrate is the logarithm of the sum of a graph's scores over the values of
// the number unseen.
func integrate(c candidate, logs [][]float64, common []float64) float64 {
	sum, top := 0.0, math.Inf(-1)
	for k := range logs {
		l := c.score(logs[k]) + common[k]
		if l > top {
			sum, top = sum*math.Exp(top-l)+1, l
		} else {
			sum += math.Exp(l - top)
		}
	}
	return top + math.Log(sum)
}
