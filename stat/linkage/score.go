package linkage

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// An edge is a pair that may be a match, and the evidence for it in bits.
type edge struct {
	a, b   uint32
	weight float32
}

// A scorer weighs the pairs that it visits and keeps those that may matter.
type scorer struct {
	*comparer
	*linker
	least float64
	edges []edge
}

func (s *scorer) pair(a, b int) {
	w := s.weigh(s.comparer, a, b, nil)
	if s.least == 0 || s.linker.probability(s.kind(a, b), w) >= s.least {
		s.edges = append(s.edges, edge{uint32(a), uint32(b), float32(w)})
	}
}

func (l *linker) kind(a, b int) int {
	if len(l.table.lists) == 1 {
		return 0
	}
	return l.table.kindOfPair(a, b)
}

// weigh is the evidence that records a and b are one person, in bits, and by
// field where fields is given.
func (l *linker) weigh(c *comparer, a, b int, fields []Field) (bits float64) {
	var v vector
	var fine [mostFeatures]float32
	for k := range l.table.features {
		g, f := c.record(k, a, b)
		v |= vector(g) << (4 * k)
		fine[k] = f
	}
	for k, f := range l.table.features {
		g := v.grade(k)
		if g == unstated {
			continue
		}
		w := l.match.log2(v, k) - l.other.log2(v, k) + l.corrected.of(k, g) + l.finely(k, f.of[a], f.of[b], g, float64(fine[k]))
		bits += w
		if fields != nil {
			fields[k].Agreement, fields[k].Weight = f.labels[g], w
		}
	}
	return bits
}

// finely is what the rarity of the very value, and how near two values of one
// grade are, add to a grade.
func (l *linker) finely(k int, x, y uint32, g grade, fine float64) float64 {
	f := l.table.features[k]
	if f.exact[0] == 0 {
		return 0
	}
	if g >= f.exact[0] {
		bits, by := 0.0, 0
		if x != y {
			by = 1
		}
		if refer := l.refer[by][k][g]; refer > 0 {
			bits = max(-2, min(3, math.Log2(refer/float64(f.shareOf(x, y, g)))))
		}
		if x != y {
			bits += f.slope * fine
		}
		return bits
	}
	return f.slope * fine
}

// edges weighs every candidate, and keeps those that may matter in the order of
// their records.
func (l *linker) edges(ctx context.Context) ([]edge, error) {
	least := min(.01, l.options.threshold()/10)
	if l.options.All {
		least = 0
	}
	var all []*scorer
	err := l.candidates(ctx, func() visitor {
		s := &scorer{comparer: newComparer(l.table.features), linker: l, least: least}
		all = append(all, s)
		return s
	})
	var edges []edge
	for _, s := range all {
		edges = append(edges, s.edges...)
		s.edges = nil
	}
	slices.SortFunc(edges, func(x, y edge) int {
		if c := cmp.Compare(x.a, y.a); c != 0 {
			return c
		}
		return cmp.Compare(x.b, y.b)
	})
	return edges, err
}
