package capture

import (
	"fmt"
	"math"
	"slices"
)

// LowerBound is Chao's lower bound of the population for any number of lists:
// how many there are at least, if members may differ in how easily they are
// listed and lists in how much they list (the model M_th). A list that avoids
// those of another breaks it; one that draws on another leaves it a lower bound.
//
// Chao (1987) has the bound for lists alike. This is its form as a log-linear
// model by Rivest and Baillargeon (2007): a parameter for each list, and for
// each k from 3 on one that lets the members on k lists or more stand above the
// straight line of those on one and two. Terms that come out negative, which
// heterogeneity cannot make, are removed one by one, the first first. With two
// lists there is no such term, and the bound is that of Lincoln and Petersen.
type LowerBound struct{}

// Name is chao.
func (LowerBound) Name() string { return "chao" }

// mostBoundLists is how many lists LowerBound takes: it holds every history.
const mostBoundLists = 16

// Estimate returns the bound as the point.
func (m LowerBound) Estimate(t Table) Result {
	r := begin(m.Name(), t, 0)
	if n, refused := refusal(t); refused {
		return r.refuse(n)
	}
	if len(t.Lists) > mostBoundLists {
		return r.refuse(Notice{ManyLists, fmt.Sprintf("%d lists are more than the %d that this method takes", len(t.Lists), mostBoundLists), "merge lists that come from one maker"})
	}
	f, ok := fitBound(t)
	if !ok {
		return r.refuse(Notice{NoConvergence, "the likelihood of this table has no maximum", "leave out the smallest list"})
	}
	unseen := math.Exp(f.beta[0])
	low, high := unseenInterval(float64(r.Observed), unseen, math.Sqrt(unseen+unseen*unseen*f.variance))
	r.Estimate = &Interval{Point: new(float64(r.Observed) + unseen), Low: &low, High: &high, Level: Level}
	r.warn(Notice{Bound, "this is a lower bound and no estimate: the population is at least about this", "say \"at least\" with it"})
	if len(t.Lists) == 2 {
		r.warn(Notice{FewLists, "two lists cannot show whether one draws on the other or avoids it; the bound holds unless one avoids the other", "find a third list"})
	}
	r.judge(t)
	return r
}

// fitBound fits the model M_th, removing terms of negative heterogeneity.
func fitBound(t Table) (fit, bool) {
	lists := len(t.Lists)
	d, counts := boundDesign(lists), t.dense()
	for {
		rows, columns, unseen := support(d, counts)
		if !unseen {
			return fit{}, false
		}
		f := poisson(d.choose(rows, columns), choose(counts, rows))
		if !f.converged {
			return f, false
		}
		negative := -1
		for j := d.columns - 1; j > lists; j-- {
			if k := slices.Index(columns, j); k < 0 || f.beta[k] < 0 { // one not estimated is minus infinity
				negative = j
			}
		}
		if negative < 0 {
			return f, true
		}
		var kept, all []int
		for i := range d.rows {
			all = append(all, i)
		}
		for j := range d.columns {
			if j != negative {
				kept = append(kept, j)
			}
		}
		d = d.choose(all, kept)
	}
}

// boundDesign has the columns 1, each list, and how far the number of lists
// stands above 2, 3 and so on.
func boundDesign(lists int) design {
	d := newDesign(1<<lists-1, 1+lists+max(0, lists-2))
	for i := range d.rows {
		h, row := History(i+1), d.row(i)
		row[0] = 1
		for j := range lists {
			if h.On(j) {
				row[1+j] = 1
			}
		}
		for k := range lists - 2 {
			row[1+lists+k] = float64(max(0, h.Lists()-2-k))
		}
	}
	return d
}

func choose(all []float64, at []int) []float64 {
	chosen := make([]float64, len(at))
	for k, i := range at {
		chosen[k] = all[i]
	}
	return chosen
}

// unequal reports whether the table shows that some members are easier to list
// than others, or that lists draw on each other: whether M_th fits so much
// better than independent lists that chance makes it once in a hundred tables.
// bound is the lower bound under M_th.
func unequal(t Table) (bound float64, shown bool) {
	lists := len(t.Lists)
	if lists < 3 || lists > mostBoundLists {
		return 0, false
	}
	f, ok := fitBound(t)
	if !ok {
		return 0, false
	}
	var rows, columns []int
	d := boundDesign(lists)
	for i := range d.rows {
		rows = append(rows, i)
	}
	for j := range lists + 1 {
		columns = append(columns, j)
	}
	alone := poisson(d.choose(rows, columns), t.dense())
	extra := float64(len(f.beta) - len(alone.beta))
	if extra < 1 || !alone.converged {
		return 0, false
	}
	return float64(t.Observed()) + math.Exp(f.beta[0]), 2*(f.likelihood-alone.likelihood) > chiSquare(extra, 0.01)
}

// chiSquare is the quantile of the chi-square distribution that p lies above,
// by the cube root of Wilson and Hilferty (1931).
func chiSquare(degrees, p float64) float64 {
	c := 2 / (9 * degrees)
	return degrees * math.Pow(1-c+normalQuantile(1-p)*math.Sqrt(c), 3)
}
