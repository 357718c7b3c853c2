package capture

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// Trend adds to results of [ByStratum], by one column that has an order, the
// smooth that runs through them; nothing else in them moves. Years, months and
// days lie as far apart as they do; numbers too; other values follow the
// alphabet, one step each.
//
// The logarithm of the population is taken for a random walk that each stratum
// measures with its own error: the local level model of Harvey (1989) and of
// Durbin and Koopman (2012, 2), with the size of the steps under a flat prior and
// summed over. Draws are by forward filter and backward sampling (Carter and
// Kohn 1994). A stratum without an estimate is bridged. The smooth says how the
// population runs, not how many a single stratum has: it may lie below those
// observed there.
func Trend(results []Result, column string, seed uint64) []Result {
	dice := rand.New(rand.NewPCG(seed, 0x7e3d))
	smoothed := append([]Result{}, results...)
	strata := smoothed[:len(smoothed)-1]
	total := &smoothed[len(smoothed)-1]
	at := positions(strata, column)
	order := make([]int, len(strata))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	measures, gaps := make([]measure, len(order)), make([]float64, len(order))
	for k, i := range order {
		measures[k] = strata[i].measured(dice, math.Log)
		if k > 0 {
			gaps[k] = at[i] - at[order[k-1]]
		}
	}
	if speaking(measures) < leastMeasures {
		total.Warnings = append(slices.Clone(total.Warnings), tooFew(measures))
		return smoothed
	}
	w := newDrift(measures, gaps)
	draws := make([][]float64, len(order))
	for range pooledDraws {
		for k, level := range w.draw(dice) {
			draws[k] = append(draws[k], math.Exp(level))
		}
	}
	for k, i := range order {
		strata[i].Smooth = posterior(draws[k])
	}
	total.Step = new(w.spread.median())
	return smoothed
}

// positions are where the strata lie along the column.
func positions(strata []Result, column string) []float64 {
	for _, parse := range []func(string) (float64, error){number64, instant("2006-01"), instant("2006-01-02")} {
		at := make([]float64, len(strata))
		good := true
		for i, r := range strata {
			v, err := parse(r.Stratum[column])
			at[i], good = v, good && err == nil
		}
		if good {
			return at
		}
	}
	at := make([]float64, len(strata))
	for i := range at {
		at[i] = float64(i)
	}
	return at
}

func number64(text string) (float64, error) {
	v, err := strconv.Atoi(text)
	return float64(v), err
}

// instant reads a date by its layout as months, or days where it has some.
func instant(layout string) func(string) (float64, error) {
	return func(text string) (float64, error) {
		t, err := time.Parse(layout, text)
		if len(layout) == len("2006-01") {
			return float64(12*t.Year() + int(t.Month())), err
		}
		return float64(t.Unix()) / 86400, err
	}
}

// A drift is the posterior of a random walk that is measured here and there.
type drift struct {
	measures []measure
	gaps     []float64 // from the one before
	spread   spreadPosterior
}

func newDrift(measures []measure, gaps []float64) drift {
	w := drift{measures: measures, gaps: gaps}
	w.spread = spreadOf(measures, func(spread float64) float64 {
		_, l := w.filter(spread)
		return l
	})
	return w
}

// filter is the Kalman filter: what the measures up to each say of the level
// there, and the logarithm of the likelihood. Before the first that speaks
// nothing is known.
func (w drift) filter(spread float64) (levels []measure, logLikelihood float64) {
	level := measure{0, math.Inf(1)}
	for k, m := range w.measures {
		level.variance += spread * spread * w.gaps[k]
		switch {
		case !m.speaks():
		case !level.speaks():
			level = m
		default:
			apart, variance := m.mean-level.mean, level.variance+m.variance
			logLikelihood -= (math.Log(variance) + apart*apart/variance) / 2
			level = measure{level.mean + level.variance/variance*apart, level.variance * m.variance / variance}
		}
		levels = append(levels, level)
	}
	return levels, logLikelihood
}

// draw draws the level at every measure together.
func (w drift) draw(dice *rand.Rand) []float64 {
	spread := w.spread.draw(dice)
	levels, _ := w.filter(spread)
	drawn := make([]float64, len(levels))
	last := len(levels) - 1
	drawn[last] = levels[last].mean + math.Sqrt(levels[last].variance)*dice.NormFloat64()
	for k := last - 1; k >= 0; k-- {
		step := spread * spread * w.gaps[k+1]
		at, variance := drawn[k+1], step
		if l := levels[k]; l.speaks() {
			at = l.mean + l.variance/(l.variance+step)*(drawn[k+1]-l.mean)
			variance = l.variance * step / (l.variance + step)
		}
		drawn[k] = at + math.Sqrt(variance)*dice.NormFloat64()
	}
	return drawn
}
