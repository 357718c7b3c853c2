package capture

import (
	"math"
	"math/rand/v2"
)

// A Score is how a method did on tables whose population is known. What is of
// people is in percent of the truth. A part that no table gave is nil, and so
// is a Monte Carlo error of fewer than two tables.
type Score struct {
	Scenario       string           `json:"scenario"`
	Method         string           `json:"method"`
	Truth          int              `json:"truth"`
	Tables         int              `json:"tables"`
	Refused        int              `json:"refused"` // of the tables; the rest is about the others
	RMSE           *float64         `json:"rmse_percent"`
	RMSEError      *float64         `json:"rmse_error"` // Monte Carlo standard errors
	Bias           *float64         `json:"bias_percent"`
	BiasError      *float64         `json:"bias_error"`
	Coverage       *float64         `json:"coverage"` // share of intervals that hold the truth
	CoverageError  *float64         `json:"coverage_error"`
	Width          *float64         `json:"mean_width"` // in people, of the intervals that end
	Unbounded      int              `json:"unbounded"`  // intervals without an upper end
	Warned         map[Kind]float64 `json:"warned"`     // share of the estimates that carry each kind of warning
	RefusedBecause map[Kind]int     `json:"refused_because,omitempty"`
}

// Simulate draws tables from a scenario and has each method estimate each. An
// estimate is its point, or its posterior median. Chains run as long as in a
// variant of [Sensitivity] at most.
//
// The measures and their Monte Carlo errors are those of Morris, White and
// Crowther (2019).
func Simulate(s Scenario, methods []Method, tables int, seed uint64) []Score {
	results := make([][]Result, tables)
	parallel(tables, func(k int) {
		t := s.Draw(rand.New(rand.NewPCG(seed, 0x51a0+uint64(k))))
		for _, m := range methods {
			r := hurried(seeded(m, seed+uint64(k)), variantIterations).Estimate(t)
			r.Sample = nil
			results[k] = append(results[k], r)
		}
	})
	var all []Score
	for i, m := range methods {
		of := make([]Result, tables)
		for k := range of {
			of[k] = results[k][i]
		}
		all = append(all, score(s, m.Name(), of))
	}
	return all
}

// seeded is m with another seed.
func seeded(m Method, seed uint64) Method {
	switch m := m.(type) {
	case LatentClasses:
		m.Seed = seed
		return m
	case Graphs:
		m.Seed = seed
		return m
	case Sparse:
		m.Seed = seed
		return m
	case Coverage:
		m.Seed = seed
		return m
	}
	return m
}

// score measures the results of one method.
func score(s Scenario, method string, results []Result) Score {
	sc := Score{Scenario: s.Name, Method: method, Truth: s.Population(), Tables: len(results), Warned: map[Kind]float64{}}
	truth := float64(sc.Truth)
	var errors, squares, holds, widths []float64
	for _, r := range results {
		if r.NotEstimable != nil {
			sc.refuse(r.NotEstimable.Kind)
			continue
		}
		e := 100 * (r.Estimate.center()/truth - 1)
		errors, squares = append(errors, e), append(squares, e*e)
		for kind := range kinds(r.Warnings) {
			sc.Warned[kind]++
		}
		if r.Estimate.Low == nil {
			continue
		}
		holds = append(holds, indicator(r.Estimate.holds(truth)))
		if r.Estimate.High == nil {
			sc.Unbounded++
			continue
		}
		widths = append(widths, *r.Estimate.High-*r.Estimate.Low)
	}
	for kind := range sc.Warned {
		sc.Warned[kind] /= float64(len(errors))
	}
	sc.Bias, sc.BiasError = meanWithError(errors)
	sc.Coverage, sc.CoverageError = meanWithError(holds)
	sc.Width, _ = meanWithError(widths)
	sc.RMSE, sc.RMSEError = rootWithError(squares)
	return sc
}

func (s *Score) refuse(kind Kind) {
	if s.RefusedBecause == nil {
		s.RefusedBecause = map[Kind]int{}
	}
	s.RefusedBecause[kind]++
	s.Refused++
}

func kinds(notices []Notice) map[Kind]bool {
	all := map[Kind]bool{}
	for _, n := range notices {
		all[n.Kind] = true
	}
	return all
}

// holds reports whether the interval, which has a low end, holds a population.
func (i *Interval) holds(population float64) bool {
	return *i.Low <= population && (i.High == nil || population <= *i.High)
}

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// meanWithError is a mean and its standard error.
func meanWithError(v []float64) (mean, stderr *float64) {
	if len(v) == 0 {
		return nil, nil
	}
	m, variance := moments(v)
	if len(v) == 1 {
		return &m, nil
	}
	return &m, new(math.Sqrt(variance / float64(len(v))))
}

// rootWithError is the root of a mean and its standard error, by the delta
// method.
func rootWithError(squares []float64) (root, stderr *float64) {
	mean, e := meanWithError(squares)
	if mean == nil {
		return nil, nil
	}
	root = new(math.Sqrt(*mean))
	if e == nil || *root == 0 {
		return root, nil
	}
	return root, new(*e / (2 * *root))
}
