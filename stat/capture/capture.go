// Package capture estimates how many members of a population no list has named,
// from how the lists that there are overlap: capture-recapture, or multiple
// systems estimation.
//
// A [Table] counts the members by capture history, the lists that each is on.
// A [Method] answers a table with a [Result], which is an estimate or the reason
// why the table cannot carry one; both are results, and neither is an error.
// The methods rest on different assumptions and often disagree, so none should
// be read alone: see [All]. What an estimate rests on is shown by [Sensitivity],
// how far a method can be trusted by [Simulate] and [InternalConsistency].
//
// The same table, options and seed give the same Result on any number of
// processors.
package capture

import (
	"math"
	"slices"
)

// Level is the level of every interval.
const Level = 0.95

// z is the normal quantile that Level leaves a fortieth above.
const z = 1.959963984540054

// A Method estimates a population from a table.
type Method interface {
	Name() string
	Estimate(Table) Result
}

// An Interval is an estimate of the whole population, the observed and the
// unobserved together. A part that the method does not give is nil; a nil High
// beside a Low means that the table sets no upper bound.
type Interval struct {
	Point  *float64 `json:"point"`  // the method's own point estimate
	Median *float64 `json:"median"` // of the posterior
	Mean   *float64 `json:"mean"`   // of the posterior
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Level  float64  `json:"level"`
}

// A Weight is what one model counts for among those that were compared.
type Weight struct {
	Model  string   `json:"model"` // its generators, as in [123,14,34]
	Weight float64  `json:"weight"`
	Point  *float64 `json:"point"` // the population under this model alone
}

// Diagnostics say how far an estimate can be trusted as a computation. A part
// that does not apply is nil.
type Diagnostics struct {
	Chains     *int      `json:"chains"`
	RHat       *float64  `json:"r_hat"` // the larger of the rank-normalised and the folded split R-hat
	ESS        *float64  `json:"ess"`   // the smaller of bulk and tail
	Iterations *int      `json:"iterations,omitempty"`
	Medians    []float64 `json:"chain_medians,omitempty"`
	Model      string    `json:"model,omitempty"`
	Compared   int       `json:"compared,omitempty"` // how many models were
	Models     []Weight  `json:"models,omitempty"`   // the heaviest, heaviest first
	Coverage   *float64  `json:"sample_coverage,omitempty"`
	Imputed    *float64  `json:"imputation_share,omitempty"` // of the variance, by members of whom the stratum is not known
	Linked     *float64  `json:"linkage_share,omitempty"`    // of the variance, by doubt who is who
}

// A Result is what a method makes of a table: an Estimate, or NotEstimable, and
// never both.
type Result struct {
	Stratum      map[string]string `json:"stratum,omitempty"` // nil for a whole table
	Method       string            `json:"method"`
	Lists        int               `json:"lists"`
	Observed     int               `json:"observed"`
	Estimate     *Interval         `json:"estimate"`
	Diagnostics  *Diagnostics      `json:"diagnostics"`
	NotEstimable *Notice           `json:"not_estimable"`
	Warnings     []Notice          `json:"warnings"`
	Seed         uint64            `json:"seed"`
	Draws        *int              `json:"draws"`
	Pooled       *Interval         `json:"pooled,omitempty"` // by [Pool]
	Smooth       *Interval         `json:"smooth,omitempty"` // by [Trend]
	Spread       *float64          `json:"spread,omitempty"` // of a sum: median of the standard deviation between strata, of [Pool]
	Step         *float64          `json:"step,omitempty"`   // of a sum: median of that of a step, of [Trend]

	Sample []float64 `json:"-"` // draws of the population, where the method makes them
}

// begin is the Result of a method before it has looked.
func begin(name string, t Table, seed uint64) Result {
	return Result{Method: name, Lists: len(t.Lists), Observed: t.Observed(), Warnings: []Notice{}, Seed: seed}
}

// refuse makes r a refusal.
func (r Result) refuse(n Notice) Result {
	r.Estimate, r.NotEstimable, r.Sample, r.Draws = nil, &n, nil, nil
	return r
}

// warn adds notices.
func (r *Result) warn(notices ...Notice) { r.Warnings = append(r.Warnings, notices...) }

// center is the number that stands for the estimate: the point, or the median.
func (i *Interval) center() float64 {
	if i.Point != nil {
		return *i.Point
	}
	return *i.Median
}

// All are the methods with their defaults, the most general first.
func All(seed uint64) []Method {
	return []Method{LatentClasses{Seed: seed}, Graphs{Seed: seed}, LogLinear{}, Sparse{Seed: seed}, Coverage{Seed: seed}, LowerBound{}}
}

// posterior summarises draws, which it sorts a copy of.
func posterior(draws []float64) *Interval {
	sorted := slices.Clone(draws)
	slices.Sort(sorted)
	mean := 0.0
	for _, d := range sorted {
		mean += d
	}
	return &Interval{Median: new(quantile(sorted, 0.5)), Mean: new(mean / float64(len(sorted))),
		Low: new(quantile(sorted, (1-Level)/2)), High: new(quantile(sorted, (1+Level)/2)), Level: Level}
}

// quantile of sorted draws, linear between neighbours.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := int(at)
	if k+1 >= len(sorted) || sorted[k] == sorted[k+1] {
		return sorted[min(k, len(sorted)-1)]
	}
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}

// unseenInterval is the interval of Chao (1987) about a number unseen with a
// standard error: symmetric in its logarithm, so that it never falls below what
// was observed.
func unseenInterval(observed, unseen, stderr float64) (low, high float64) {
	if unseen <= 0 {
		return observed, observed
	}
	c := math.Exp(z * math.Sqrt(math.Log1p(stderr*stderr/(unseen*unseen))))
	return observed + unseen/c, observed + unseen*c
}

// normalQuantile is the inverse of the normal distribution function.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// normalBelow is the normal distribution function.
func normalBelow(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
