package capture

import (
	"fmt"
	"math"
	"slices"
)

// Sparse is the stepwise method of Chan, Silverman and Vincent (2021) for lists
// that overlap little: a log-linear model to which interactions of two lists are
// added one by one, the most significant first, as long as one is significant
// and the model that it makes can be fitted and told from the table.
//
// How significant a pair is: under the model without it the number on both lists
// is a Poisson count, and its one-sided tail is the p-value. A pair that nobody
// is on has the coefficient minus infinity, and its cells are left out. The
// interval is that of Wald for the logarithm of the number unseen, or with
// Bootstrap that of Efron (1987), bias-corrected and accelerated, over tables
// drawn anew with the selection made anew.
type Sparse struct {
	Threshold float64 // p-value under which a pair enters; 0.02 for 0
	Bootstrap int     // tables drawn for the interval; none for 0
	Seed      uint64
}

// Name is sparse.
func (Sparse) Name() string { return "sparse" }

// Estimate returns the estimate as the point.
func (m Sparse) Estimate(t Table) Result {
	r := begin(m.Name(), t, m.Seed)
	if n, refused := needsThree(t); refused {
		return r.refuse(n)
	}
	if len(t.Lists) > exactListLimit {
		return r.refuse(Notice{ManyLists, fmt.Sprintf("%d lists are more than the %d that this method takes", len(t.Lists), exactListLimit), "merge lists that come from one maker"})
	}
	if m.Threshold == 0 {
		m.Threshold = 0.02
	}
	s := newStepwise(len(t.Lists), m.Threshold)
	best, ok := s.fit(t.dense())
	if !ok {
		return r.refuse(Notice{NotIdentifiable, "not even independent lists can be fitted to this table, because too many overlaps are empty", "leave out lists that share nobody with the others"})
	}
	n, unseen := float64(r.Observed), math.Exp(best.fit.beta[0])
	half := z * math.Sqrt(best.fit.variance)
	r.Estimate = &Interval{Point: new(n + unseen), Low: new(n + unseen*math.Exp(-half)), High: new(n + unseen*math.Exp(half)), Level: Level}
	r.Diagnostics = &Diagnostics{Model: best.model.String(), Compared: best.compared}
	if m.Bootstrap > 0 {
		s.bootstrap(t, m, &r)
	}
	if best.refused > 0 {
		r.warn(Notice{NotIdentifiable, fmt.Sprintf("%s significant, but the model with it cannot be told from the table, and it was left out", count(best.refused, "pair of lists is", "pairs of lists are")), "compare with these lists merged"})
	}
	r.warn(s.rests(t, best)...)
	r.judge(t)
	return r
}

// A stepwise selection over as many lists. It keeps no state between tables.
type stepwise struct {
	lists     int
	threshold float64
	all       []History
	pairs     []History
	full      design // main effects, then every pair
}

func newStepwise(lists int, threshold float64) *stepwise {
	s := &stepwise{lists: lists, threshold: threshold, all: histories(lists)}
	for _, h := range s.all {
		if h.Lists() == 2 {
			s.pairs = append(s.pairs, h)
		}
	}
	s.full = NewModel(lists, s.pairs...).design(s.all)
	return s
}

// A selected model, with its fit.
type selected struct {
	model             Model
	pairs             []int
	fit               fit
	compared, refused int
}

// fit selects and fits. It reports false where independent lists cannot be
// fitted.
func (s *stepwise) fit(counts []float64) (selected, bool) {
	totals := s.totals(counts)
	best := selected{compared: 1}
	f, rows, ok := s.try(counts, totals, nil)
	if !ok {
		return best, false
	}
	best.fit = f
	refused := map[int]bool{}
	for {
		enter := s.mostSignificant(best, rows, totals, refused)
		if enter < 0 {
			break
		}
		best.compared++
		wider := append(slices.Clone(best.pairs), enter)
		f, r, ok := s.try(counts, totals, wider)
		if !ok {
			refused[enter] = true
			continue
		}
		best.fit, best.pairs, rows = f, wider, r
	}
	best.refused = len(refused)
	best.model = s.model(best.pairs)
	return best, true
}

func (s *stepwise) model(pairs []int) Model {
	var generators []History
	for _, k := range pairs {
		generators = append(generators, s.pairs[k])
	}
	return NewModel(s.lists, generators...)
}

// totals are how many are on both lists of each pair, whatever others they are
// on.
func (s *stepwise) totals(counts []float64) []float64 {
	totals := make([]float64, len(s.pairs))
	for i, n := range counts {
		if n == 0 {
			continue
		}
		for k, both := range s.pairs {
			if s.all[i]&both == both {
				totals[k] += n
			}
		}
	}
	return totals
}

// mostSignificant is the pair not yet in with the smallest p-value under the
// threshold; -1 where there is none.
func (s *stepwise) mostSignificant(best selected, rows []int, totals []float64, refused map[int]bool) int {
	expected := make([]float64, len(s.pairs))
	for r, i := range rows {
		for k, both := range s.pairs {
			if s.all[i]&both == both {
				expected[k] += best.fit.mu[r]
			}
		}
	}
	enter, least := -1, s.threshold
	for k := range s.pairs {
		if refused[k] || slices.Contains(best.pairs, k) {
			continue
		}
		if p := poissonTail(totals[k], expected[k]); p < least {
			enter, least = k, p
		}
	}
	return enter
}

// try fits the model with these pairs. A pair of nobody takes its cells out
// with it; what is left must have a maximum of its likelihood, and only one.
func (s *stepwise) try(counts, totals []float64, pairs []int) (fit, []int, bool) {
	columns := make([]int, 1+s.lists, 1+s.lists+len(pairs))
	for j := range columns {
		columns[j] = j
	}
	var gone []History
	for _, k := range pairs {
		if totals[k] == 0 {
			gone = append(gone, s.pairs[k])
		} else {
			columns = append(columns, 1+s.lists+k)
		}
	}
	slices.Sort(columns)
	var rows []int
	for i, h := range s.all {
		if !slices.ContainsFunc(gone, func(both History) bool { return h&both == both }) {
			rows = append(rows, i)
		}
	}
	d, held := s.full.choose(rows, columns), choose(counts, rows)
	kept, free, unseen := support(d, held)
	if !unseen || len(kept) < d.rows || len(free) < d.columns {
		return fit{}, nil, false
	}
	f := poisson(d, held)
	return f, rows, f.converged
}

// poissonTail is the chance of a Poisson count as far from its mean as n, on
// the same side.
func poissonTail(n, mean float64) float64 {
	if mean <= 0 {
		return 1
	}
	if n <= mean {
		return poissonSum(n, mean, -1)
	}
	return poissonSum(n, mean, 1)
}

// poissonSum adds the chances of n, n+by and so on.
func poissonSum(n, mean, by float64) float64 {
	term := math.Exp(n*math.Log(mean) - mean - logFactorial(n))
	sum := 0.0
	for k := n; k >= 0 && term > 1e-18*sum; k += by {
		sum += term
		if by < 0 {
			term *= k / mean
		} else {
			term *= mean / (k + 1)
		}
	}
	return min(sum, 1)
}

// rests warns of a cell in which one member more moves the number unseen by a
// tenth, the model left as it is.
func (s *stepwise) rests(t Table, best selected) []Notice {
	counts := t.dense()
	most, at := 0.0, -1
	for i, n := range counts {
		if n == 0 {
			continue
		}
		counts[i]++
		if f, _, ok := s.try(counts, s.totals(counts), best.pairs); ok {
			if by := math.Abs(math.Exp(f.beta[0]-best.fit.beta[0]) - 1); by > most {
				most, at = by, i
			}
		}
		counts[i]--
	}
	if most <= mostByOne {
		return nil
	}
	return []Notice{oneCell(t, s.all[at], most)}
}
