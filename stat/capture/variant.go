package capture

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// A Variant is one thing done otherwise than in an analysis, and what came of it.
type Variant struct {
	Name   string
	Result Result
	Moved  *float64 // the estimate over the baseline's, less 1; nil where either is refused
}

// Baseline is the name of the first variant, which is the analysis itself.
const Baseline = "baseline"

// How long chains run in a sensitivity analysis, at most. Variants run shorter
// than the baseline, since there are many; those that have not come to agree by
// then are refused.
const (
	baselineIterations = 320_000
	variantIterations  = 160_000
)

// Sensitivity estimates t by m, then with each list left out, each pair of
// lists merged, and m's own settings moved: the prior of [Graphs] and of
// [LatentClasses] half and twice as strong, the order of interactions of
// [LogLinear], the threshold of [Sparse]. The baseline is first.
//
// Two lists as one are the natural variant where one draws on the other, and an
// estimate that one list moves far rests on that list. Why an assumption that
// the table cannot test should be moved: Gerritse, van der Heijden and Bakker
// (2015).
func Sensitivity(m Method, t Table) []Variant {
	all := []Variant{{Name: Baseline, Result: hurried(m, baselineIterations).Estimate(t)}}
	m = hurried(m, variantIterations)
	for j, name := range t.Lists {
		all = append(all, Variant{Name: "without " + name, Result: onOtherLists(m, t.Without(j))})
	}
	t.pairs(func(i, j int, _ History) {
		all = append(all, Variant{Name: t.Lists[i] + " and " + t.Lists[j] + " as one", Result: onOtherLists(m, t.Merge(i, j))})
	})
	for _, o := range settings(m, t) {
		all = append(all, Variant{Name: o.name, Result: o.method.Estimate(t)})
	}
	for k := range all {
		all[k].Moved = moved(all[0].Result, all[k].Result)
	}
	return all
}

func moved(from, to Result) *float64 {
	if from.Estimate == nil || to.Estimate == nil {
		return nil
	}
	return new(to.Estimate.center()/from.Estimate.center() - 1)
}

// hurried is m with chains of at most so many iterations.
func hurried(m Method, iterations int) Method {
	if latent, is := m.(LatentClasses); is {
		latent.Iterations = min(cmp.Or(latent.Iterations, iterations), iterations)
		return latent
	}
	return m
}

// onOtherLists estimates a table that has not the lists that m was set for.
func onOtherLists(m Method, t Table) Result {
	if l, is := m.(LogLinear); is && l.Model != nil {
		return begin(m.Name(), t, 0).refuse(Notice{ModelUnfit, "the model " + l.Model.String() + " is of other lists", "let the models be compared instead"})
	}
	return m.Estimate(t)
}

// An otherwise is a method with one setting moved.
type otherwise struct {
	name   string
	method Method
}

// settings are those of m that a reader may ask about, each moved.
func settings(m Method, t Table) []otherwise {
	switch m := m.(type) {
	case Graphs:
		return graphSettings(m, t)
	case LatentClasses:
		return latentSettings(m)
	case LogLinear:
		return orders(m, t)
	case Sparse:
		var all []otherwise
		for _, factor := range []float64{0.5, 2} {
			other := m
			other.Threshold = min(0.5, factor*cmp.Or(m.Threshold, 0.02))
			all = append(all, otherwise{fmt.Sprintf("threshold %g", other.Threshold), other})
		}
		return all
	}
	return nil
}

func graphSettings(m Graphs, t Table) []otherwise {
	var all []otherwise
	for _, factor := range []float64{0.5, 2} {
		other := m
		other.Delta = factor * cmp.Or(m.Delta, math.Pow(2, -float64(len(t.Lists))))
		all = append(all, otherwise{fmt.Sprintf("delta %g", other.Delta), other})
	}
	return all
}

func latentSettings(m LatentClasses) []otherwise {
	var all []otherwise
	for _, factor := range []float64{0.5, 2} {
		other := m
		other.A, other.B = factor*cmp.Or(m.A, 0.25), factor*cmp.Or(m.B, 0.25)
		all = append(all, otherwise{fmt.Sprintf("a = %g, b = %g", other.A, other.B), other})
	}
	return all
}

// orders are the highest interactions that can be compared, from 1 list, which
// is independence, to 3.
func orders(m LogLinear, t Table) []otherwise {
	var all []otherwise
	for order := 1; order <= min(3, len(t.Lists)-1); order++ {
		other := m
		other.Model, other.Order = nil, order
		name := "no interactions"
		if order > 1 {
			name = fmt.Sprintf("interactions of %d lists at most", order)
		}
		all = append(all, otherwise{name, other})
	}
	return all
}

// Without is t as it would be without the list at j.
func (t Table) Without(j int) Table {
	var cells []Cell
	for _, c := range t.Cells {
		cells = append(cells, Cell{c.History.without(j), c.Count})
	}
	return NewTable(slices.Delete(slices.Clone(t.Lists), j, j+1), cells)
}

// Merge is t with the lists at i and j as one, at i, that names whoever either
// names.
func (t Table) Merge(i, j int) Table {
	var cells []Cell
	for _, c := range t.Cells {
		h := c.History
		if h.On(j) {
			h |= 1 << i
		}
		cells = append(cells, Cell{h.without(j), c.Count})
	}
	lists := slices.Clone(t.Lists)
	lists[i] += "+" + lists[j]
	return NewTable(slices.Delete(lists, j, j+1), cells)
}

// without is h with the list at j taken out, and those after it moved up.
func (h History) without(j int) History {
	low := History(1)<<j - 1
	return h&low | h>>1&^low
}

// Linked are the variants of a sensitivity analysis that take another linkage than
// the baseline does: the one with the fewest people, and the one with the most.
func Linked(m Method, baseline Result, fewest, most Table) []Variant {
	m = hurried(m, variantIterations)
	all := []Variant{{Name: "the drawn linkage with the fewest people", Result: m.Estimate(fewest)},
		{Name: "the drawn linkage with the most people", Result: m.Estimate(most)}}
	for k := range all {
		all[k].Moved = moved(baseline, all[k].Result)
	}
	return all
}
