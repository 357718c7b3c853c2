package linkage

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// A pattern is the grades of pairs of one kind, and how many such there are.
type pattern struct {
	kind  int
	v     vector
	pairs float64
}

type patternKey struct {
	kind int
	v    vector
}

// A gathering counts patterns of the pairs that it visits. Counts add up the
// same in any order.
type gathering struct {
	*comparer
	table  *table
	every  uint64 // one in how many is counted
	counts map[patternKey]int64
	all    []int64 // the pairs seen, by kind
}

func (g *gathering) pair(a, b int) {
	kind := 0
	if len(g.table.lists) > 1 {
		kind = g.table.kindOfPair(a, b)
	}
	g.all[kind]++
	if g.every > 1 && stir(uint64(a)<<32|uint64(b))%g.every != 0 {
		return
	}
	g.counts[patternKey{kind, g.vector(a, b)}]++
}

// gather counts the patterns of the candidates.
func (l *linker) gather(ctx context.Context) ([]pattern, []float64, error) {
	pairs := int64(0)
	for _, r := range l.plan.Rules {
		pairs += r.Pairs
	}
	var all []*gathering
	err := l.candidates(ctx, func() visitor {
		g := l.gathering(max(1, uint64(pairs/mostLearned)))
		all = append(all, g)
		return g
	})
	if err != nil || len(all) == 0 {
		return nil, make([]float64, len(l.total)), err
	}
	counts, seen := map[patternKey]int64{}, make([]float64, len(l.total))
	for _, g := range all {
		for k, n := range g.counts {
			counts[k] += n
		}
		for kind, n := range g.all {
			seen[kind] += float64(n)
		}
	}
	return patterns(counts, float64(all[0].every)), seen, nil
}

func (l *linker) gathering(every uint64) *gathering {
	return &gathering{comparer: newComparer(l.table.features), table: l.table, every: every, counts: map[patternKey]int64{}, all: make([]int64, len(l.total))}
}

// patterns is counts in a fixed order, each worth so many pairs.
func patterns(counts map[patternKey]int64, worth float64) []pattern {
	all := make([]pattern, 0, len(counts))
	for k, n := range counts {
		all = append(all, pattern{k.kind, k.v, float64(n) * worth})
	}
	slices.SortFunc(all, func(a, b pattern) int {
		if c := cmp.Compare(a.kind, b.kind); c != 0 {
			return c
		}
		return cmp.Compare(a.v, b.v)
	})
	return all
}

// random counts the patterns of pairs taken at random from those that are no
// candidates, each worth as many as it stands for.
func (l *linker) random(seen []float64) []pattern {
	if l.plan.All {
		return nil
	}
	const draws, chunks = 512_000, 64
	n, all := uint64(l.table.len()), make([]*gathering, chunks)
	var wait sync.WaitGroup
	limit := make(chan struct{}, l.options.workers())
	for c := range chunks {
		wait.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			g := l.gathering(1)
			for i := range draws / chunks {
				x := stir(seed + uint64(c*draws+i)*2)
				a, b := int(x%n), int(stir(x+1)%n)
				if a != b && !l.isCandidate(a, b) {
					g.pair(min(a, b), max(a, b))
				}
			}
			all[c] = g
		})
	}
	wait.Wait()
	counts, drawn := map[patternKey]int64{}, make([]float64, len(l.total))
	for _, g := range all {
		for k, n := range g.counts {
			counts[k] += n
			drawn[k.kind] += float64(n)
		}
	}
	found := patterns(counts, 1)
	for i := range found {
		kind := found[i].kind
		found[i].pairs *= max(0, l.total[kind]-seen[kind]) / drawn[kind]
	}
	return found
}

func (l *linker) isCandidate(a, b int) bool {
	for i := range l.plan.rules {
		if l.plan.rules[i].shares(a, b) {
			return true
		}
	}
	return false
}
