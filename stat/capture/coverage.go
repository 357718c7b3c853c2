package capture

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Coverage is the sample coverage approach of Chao and Tsay (1998) for three
// lists, and of Tsay and Chao (2001) for more: the part of the population, each
// member weighed by how easily it is listed, that a list shares with the others
// stands for what all lists together cover. It allows for lists that depend on
// each other two by two and for members that differ.
//
// Where the estimated coverage is under 55 % the equation for the population is
// badly conditioned, and its solution is replaced by the one-step form, which
// has less variance and some bias (Chao, Tsay, Lin, Shau and Chao 2001). The
// interval is of Chao (1987) with the standard error of a bootstrap.
type Coverage struct {
	Seed      uint64
	Bootstrap int // replicates; 1000 for 0
}

// lowCoverage is the coverage under which the one-step form is used.
const lowCoverage = 0.55

// Name is coverage.
func (Coverage) Name() string { return "coverage" }

// Estimate returns the estimate as the point.
func (m Coverage) Estimate(t Table) Result {
	r := begin(m.Name(), t, m.Seed)
	if n, refused := needsThree(t); refused {
		return r.refuse(n)
	}
	c := cover(t)
	if math.IsInf(c.population(), 0) || !(c.population() > float64(r.Observed)) {
		return r.refuse(Notice{NotIdentifiable, "the overlaps solve to no population larger than what was observed", "take the lower bound (chao), or methods that model the lists"})
	}
	replicates := m.Bootstrap
	if replicates == 0 {
		replicates = 1000
	}
	stderr, without := bootstrapError(t, c.population(), replicates, m.Seed, func(t Table) float64 {
		again := cover(t)
		again.low = c.low // the form chosen is part of what is asked
		return again.population()
	})
	observed := float64(r.Observed)
	low, high := unseenInterval(observed, c.population()-observed, stderr)
	r.Estimate = &Interval{Point: new(c.population()), Low: &low, High: &high, Level: Level}
	r.Diagnostics = &Diagnostics{Coverage: &c.coverage}
	if without > 0 {
		r.warn(Notice{NotIdentifiable, fmt.Sprintf("%d of %d tables drawn from this one solve to no population, so that the interval, which is of the others, is too short", without, replicates), "take the lower end as a bound, or methods that model the lists"})
	}
	if c.low {
		r.warn(Notice{Bound, fmt.Sprintf("the lists cover an estimated %.0f %% of the population, under 55 %%, so that the one-step form stands for the full one, and is likely too low where lists depend much on each other", 100*c.coverage), "read it as near a lower bound"})
	}
	r.judge(t)
	return r
}

// A covering is what the sample coverage approach takes from a table.
type covering struct {
	coverage, alone float64 // alone: the population if lists were independent
	average         float64 // members on some list beside one, averaged over that one
	lists           float64
	pairs           []overlap
	low             bool
}

// An overlap is one pair of lists: both over the product of their sizes, and
// how many are on one of them and on no third list.
type overlap struct{ ratio, near float64 }

// cover measures t. The average over lists k of the members on any list beside
// k is a part of the population that is the coverage, but for a term a pair:
// the pair's coefficient of covariation, for the members who are on one of the
// two and on no third list.
func cover(t Table) covering {
	c := covering{lists: float64(len(t.Lists)), average: float64(t.Observed()), coverage: 1}
	for j := range t.Lists {
		alone := float64(t.Count(1 << j))
		c.average -= alone / c.lists
		c.coverage -= alone / float64(max(1, t.Size(j))) / c.lists
	}
	c.alone, c.low = c.average/c.coverage, c.coverage < lowCoverage
	t.pairs(func(i, j int, both History) {
		near := 0
		for _, one := range []History{1 << i, 1 << j} {
			near += t.Count(one) + t.Count(both)
		}
		product := float64(max(1, t.Size(i))) * float64(max(1, t.Size(j)))
		c.pairs = append(c.pairs, overlap{float64(t.Overlap(both)) / product, float64(near)})
	})
	return c
}

// population solves for the population, or takes two steps towards it where
// coverage is low.
func (c covering) population() float64 {
	if c.low {
		return c.step(c.step(c.alone))
	}
	fixed, rising := c.alone, 0.0
	for _, p := range c.pairs {
		fixed -= p.near / (c.lists * c.coverage)
		rising += p.near * p.ratio / (c.lists * c.coverage)
	}
	if rising >= 1 {
		return math.Inf(1)
	}
	return fixed / (1 - rising)
}

// step is the population if the coefficients of covariation are those that the
// population n gives.
func (c covering) step(n float64) float64 {
	sum := 0.0
	for _, p := range c.pairs {
		sum += p.near * (n*p.ratio - 1)
	}
	return c.alone + sum/(c.lists*c.coverage)
}

// bootstrapError is the standard error of an estimator over tables drawn from
// the one at hand, the unseen drawn with it, and how many of these carry no
// estimate and are left out.
func bootstrapError(t Table, population float64, replicates int, seed uint64, estimate func(Table) float64) (stderr float64, without int) {
	dice := rand.New(rand.NewPCG(seed, 0xc0e7))
	counts, observed := t.counts(), float64(t.Observed())
	var n, mean, squares float64
	for range replicates {
		seen := binomial(dice, int(math.Round(population)), observed/population)
		v := estimate(t.with(multinomial(dice, seen, counts)))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			without++
			continue
		}
		n++
		squares += (v - mean) * (v - mean) * (n - 1) / n
		mean += (v - mean) / n
	}
	return math.Sqrt(squares / max(1, n-1)), without
}
