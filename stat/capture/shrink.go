package capture

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// pooledDraws is how many draws a pooled or smoothed estimate is made of.
const pooledDraws = 10000

// A measure is what a stratum says of a parameter: a normal mean and variance.
// One of a stratum that says nothing has an infinite variance.
type measure struct{ mean, variance float64 }

func (m measure) speaks() bool { return !math.IsInf(m.variance, 1) }

// leastMeasures is how many strata must speak for the spread between them to be
// estimated: with a flat prior on it two leave no proper posterior.
const leastMeasures = 3

// spreads is how many values of the spread between strata are summed over, from
// 0 up to widestSpread times the measures' own.
const (
	spreads      = 400
	widestSpread = 10
)

// A spreadPosterior is the posterior of the standard deviation between strata, or
// of a step from one to the next, under a flat prior (Gelman 2006), which is
// proper for three measures or more.
type spreadPosterior struct{ values, weights []float64 }

// spreadOf weighs the values of the spread by their marginal likelihood.
func spreadOf(measures []measure, logLikelihood func(spread float64) float64) spreadPosterior {
	var means []float64
	scale := 0.0
	for _, m := range measures {
		if m.speaks() {
			means = append(means, m.mean)
			scale = max(scale, math.Sqrt(m.variance))
		}
	}
	_, variance := moments(means)
	scale = max(scale, math.Sqrt(variance))
	s := spreadPosterior{make([]float64, spreads), make([]float64, spreads)}
	top := math.Inf(-1)
	for k := range s.values {
		s.values[k] = widestSpread * scale * (float64(k) + 0.5) / spreads
		s.weights[k] = logLikelihood(s.values[k])
		top = max(top, s.weights[k])
	}
	sum := 0.0
	for k, l := range s.weights {
		s.weights[k] = math.Exp(l - top)
		sum += s.weights[k]
	}
	for k := range s.weights {
		s.weights[k] /= sum
	}
	return s
}

// draw draws a spread.
func (s spreadPosterior) draw(dice *rand.Rand) float64 {
	u := dice.Float64()
	for k, w := range s.weights {
		if u -= w; u < 0 {
			return s.values[k]
		}
	}
	return s.values[len(s.values)-1]
}

// median is the middle of the posterior.
func (s spreadPosterior) median() float64 {
	below := 0.0
	for k, w := range s.weights {
		if below += w; below >= 0.5 {
			return s.values[k]
		}
	}
	return s.values[len(s.values)-1]
}

// measured is what r says of a function of its population, from its draws.
func (r Result) measured(dice *rand.Rand, f func(population float64) float64) measure {
	nothing := measure{0, math.Inf(1)}
	if r.Estimate == nil || r.Estimate.Low == nil || r.Estimate.High == nil {
		return nothing
	}
	draws := r.draws(dice, pooledDraws)
	for k, d := range draws {
		draws[k] = f(d)
	}
	mean, variance := moments(draws)
	if !(variance > 1e-12) { // an interval that is one number, which no method is that sure of
		return nothing
	}
	return measure{mean, variance}
}

func speaking(measures []measure) int {
	n := 0
	for _, m := range measures {
		if m.speaks() {
			n++
		}
	}
	return n
}

// tooFew is the warning that strata are too few to learn from each other.
func tooFew(measures []measure) Notice {
	return Notice{StratumRefused, fmt.Sprintf("%s an estimate with both ends, and %d are the least from which the spread between strata can be told", count(speaking(measures), "stratum has", "strata have"), leastMeasures), "take fewer, larger strata"}
}
