package capture

import "math"

// heights say how high the score of a graph gets over the numbers unseen. Of
// large tables the scores are narrow peaks, which no grid of few numbers meets,
// so that the highest of the grid is climbed from.
type heights struct {
	of      *marginals
	missing []int
	few     []int // places in missing
	logs    [][]float64
	common  []float64
}

// fewValues is how many numbers unseen are looked at before climbing.
const fewValues = 64

func newHeights(s *marginals, missing []int, sets []History) heights {
	h := heights{of: s, missing: missing, few: coarse(len(missing), fewValues)}
	h.logs, h.common = make([][]float64, len(h.few)), make([]float64, len(h.few))
	for k, i := range h.few {
		h.logs[k] = make([]float64, 1<<s.lists)
		h.common[k] = s.at(missing[i], sets, h.logs[k])
	}
	return h
}

// coarse are few of n places, close together where they are early, the first
// and the last with them.
func coarse(n, many int) []int {
	var few []int
	for i := range many {
		k := int(math.Round(math.Pow(float64(n), float64(i)/float64(many-1)))) - 1
		if len(few) == 0 || k > few[len(few)-1] {
			few = append(few, k)
		}
	}
	return few
}

// peak is the largest score of a graph.
func (h heights) peak(c candidate) float64 {
	at, top := 0, math.Inf(-1)
	for k, logs := range h.logs {
		if l := c.score(logs) + h.common[k]; l > top {
			at, top = k, l
		}
	}
	low, high := h.few[max(at-1, 0)], h.few[min(at+1, len(h.few)-1)]
	for high-low > 2 {
		third := (high - low) / 3
		if h.score(c, low+third) < h.score(c, high-third) {
			low += third
		} else {
			high -= third
		}
	}
	for i := low; i <= high; i++ {
		top = max(top, h.score(c, i))
	}
	return top
}

// score is that of a graph where as many are unseen as stand at a place.
func (h heights) score(c candidate, at int) float64 {
	l, whole := h.of.whole(h.missing[at])
	for _, f := range c.factors {
		l += float64(f.times) * h.of.marginal(f.set, h.missing[at], whole)
	}
	return l
}

// peaks are those of all graphs, and the highest.
func (s *marginals) peaks(graphs []candidate, missing []int) (all []float64, top float64) {
	h := newHeights(s, missing, sets(s.lists, graphs))
	all, top = make([]float64, len(graphs)), math.Inf(-1)
	parallel(len(graphs), func(g int) { all[g] = h.peak(graphs[g]) })
	for _, l := range all {
		top = max(top, l)
	}
	return all, top
}

// negligible is how far below the best a graph's logarithm may lie and still
// count: what lies lower adds less than 1e-15 to any sum.
const negligible = 45

// worthwhile are the graphs that count for something, and the score of the best.
func (s *marginals) worthwhile(graphs []candidate, missing []int) (kept []candidate, top float64) {
	peaks, top := s.peaks(graphs, missing)
	for g, c := range graphs {
		if peaks[g] > top-negligible {
			kept = append(kept, c)
		}
	}
	return kept, top
}
