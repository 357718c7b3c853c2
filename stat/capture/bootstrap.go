package capture

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// bootstrap replaces the interval by the bias-corrected and accelerated one of
// Efron (1987): tables are drawn from the one at hand and the model selected
// anew for each; the acceleration is from leaving out one member at a time.
func (s *stepwise) bootstrap(t Table, m Sparse, r *Result) {
	counts := t.counts()
	draws := make([]float64, m.Bootstrap)
	parallel(m.Bootstrap, func(b int) {
		dice := rand.New(rand.NewPCG(m.Seed, uint64(b)))
		draws[b] = s.population(t.with(multinomial(dice, r.Observed, counts)))
	})
	slices.Sort(draws)
	point := *r.Estimate.Point
	below := 0
	for _, d := range draws {
		if d < point {
			below++
		}
	}
	share := float64(max(1, min(below, m.Bootstrap-1))) / float64(m.Bootstrap)
	bias, a := normalQuantile(share), s.acceleration(t)
	at := func(p float64) float64 {
		q := bias + normalQuantile(p)
		return quantile(draws, normalBelow(bias+q/(1-a*q)))
	}
	r.Estimate.Low, r.Estimate.High = finite(at((1-Level)/2)), finite(at((1+Level)/2))
	r.Draws = &m.Bootstrap
	without := 0
	for _, d := range draws {
		if math.IsInf(d, 1) {
			without++
		}
	}
	if without > 0 {
		r.warn(Notice{NotIdentifiable, fmt.Sprintf("%d of %d tables drawn from this one carry no estimate, and count as infinite", without, m.Bootstrap), "merge lists that share nobody"})
	}
}

// finite is nil for what is no number.
func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return &v
}

// population is the estimate for t, infinite where there is none.
func (s *stepwise) population(t Table) float64 {
	best, ok := s.fit(t.dense())
	if !ok {
		return math.Inf(1)
	}
	return float64(t.Observed()) + math.Exp(best.fit.beta[0])
}

// acceleration is Efron's, from the jackknife: members of one cell are alike, so
// that one is left out for each cell, and counts as often as the cell has
// members.
func (s *stepwise) acceleration(t Table) float64 {
	left := make([]float64, len(t.Cells))
	counts := make([]int, len(t.Cells))
	for i, c := range t.Cells {
		counts[i] = c.Count
	}
	parallel(len(left), func(i int) {
		fewer := slices.Clone(counts)
		fewer[i]--
		left[i] = s.population(t.with(fewer))
	})
	mean, n := 0.0, 0.0
	for i, v := range left {
		if !math.IsInf(v, 0) {
			mean += v * float64(counts[i])
			n += float64(counts[i])
		}
	}
	mean /= n
	squares, cubes := 0.0, 0.0
	for i, v := range left {
		if d := mean - v; !math.IsInf(v, 0) {
			squares += d * d * float64(counts[i])
			cubes += d * d * d * float64(counts[i])
		}
	}
	if squares == 0 {
		return 0
	}
	return cubes / (6 * math.Pow(squares, 1.5))
}
