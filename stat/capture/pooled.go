package capture

import (
	"math"
	"math/rand/v2"
	"strings"
)

// Pool adds to results of [ByStratum] what each is when strata learn from each
// other. Nothing else in them moves.
//
// The log odds that a member of a stratum is listed are taken to be normal about
// a common mean, with a spread between strata that is estimated too: strata that
// say little are drawn to the mean, those that say much stay, and where strata
// differ much none moves. It is the hierarchical model of Rubin (1981) and of
// Gelman et al. (2013, 5.4-5.5), with the spread under a flat prior and summed
// over, so that intervals hold what is not known of it. What a stratum says is
// taken as normal on that scale, from its draws.
//
// A stratum that is refused for being too small has the estimate that the others
// give it, with a warning; one refused for another reason has none, nor has then
// the sum. The sum is joint: draws of strata share their mean and spread.
func Pool(results []Result, seed uint64) []Result {
	dice := rand.New(rand.NewPCG(seed, 0xb1e55))
	strata := results[:len(results)-1]
	measures := make([]measure, len(strata))
	for i, r := range strata {
		observed := float64(r.Observed)
		measures[i] = r.measured(dice, func(population float64) float64 { return math.Log(observed / max(population-observed, 0.5)) })
	}
	pooled := append([]Result{}, results...)
	total := &pooled[len(pooled)-1]
	total.Warnings = append([]Notice{}, total.Warnings...)
	if speaking(measures) < leastMeasures {
		total.warn(tooFew(measures))
		return pooled
	}
	e := newExchange(measures)
	draws, sums := make([][]float64, len(strata)), make([]float64, pooledDraws)
	for k := range sums {
		for i, odds := range e.draw(dice) {
			n := float64(strata[i].Observed)
			draws[i] = append(draws[i], n+n*math.Exp(-odds))
			sums[k] += draws[i][k]
		}
	}
	var without []string
	for i := range strata {
		if !pooled[i].lends(measures[i], draws[i]) {
			without = append(without, pooled[i].label())
		}
	}
	total.Spread = new(e.spread.median())
	if len(without) > 0 {
		total.warn(Notice{StratumRefused, strings.Join(without, " and ") + " cannot be estimated from the other strata either, so that there is no pooled sum", "join it with others"})
		return pooled
	}
	total.Pooled = posterior(sums)
	return pooled
}

// lends sets the pooled estimate of a stratum, where there can be one.
func (r *Result) lends(m measure, draws []float64) bool {
	switch {
	case m.speaks():
		r.Pooled = posterior(draws)
	case r.NotEstimable != nil && r.NotEstimable.Kind == TooSmall && r.Observed > 0:
		r.Pooled = posterior(draws)
		r.Warnings = append(append([]Notice{}, r.Warnings...), Notice{Borrowed, "the pooled estimate rests on the other strata alone: that its members are listed as often as theirs is assumed", "join it with others"})
	}
	return r.Pooled != nil
}

// An exchange is the posterior of strata that are alike before they are seen.
type exchange struct {
	measures []measure
	spread   spreadPosterior
}

func newExchange(measures []measure) exchange {
	e := exchange{measures: measures}
	e.spread = spreadOf(measures, func(spread float64) float64 {
		mean, variance := e.center(spread)
		l := math.Log(variance) / 2
		for _, m := range measures {
			if m.speaks() {
				v := m.variance + spread*spread
				l -= math.Log(v)/2 + (m.mean-mean)*(m.mean-mean)/(2*v)
			}
		}
		return l
	})
	return e
}

// center is the posterior of the common mean, given the spread.
func (e exchange) center(spread float64) (mean, variance float64) {
	precision := 0.0
	for _, m := range e.measures {
		if m.speaks() {
			w := 1 / (m.variance + spread*spread)
			precision += w
			mean += w * m.mean
		}
	}
	return mean / precision, 1 / precision
}

// draw draws the parameter of every stratum together.
func (e exchange) draw(dice *rand.Rand) []float64 {
	spread := e.spread.draw(dice)
	mean, variance := e.center(spread)
	mean += math.Sqrt(variance) * dice.NormFloat64()
	all := make([]float64, len(e.measures))
	for i, m := range e.measures {
		at, v := mean, spread*spread
		if m.speaks() {
			keep := v / (v + m.variance)
			at, v = mean+keep*(m.mean-mean), keep*m.variance
		}
		all[i] = at + math.Sqrt(v)*dice.NormFloat64()
	}
	return all
}
