package capture

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// A dealing says why there are several results of one population: what was drawn
// anew for each.
type dealing struct {
	kind Kind
	in   string // where one of them is spoken of
	what string // what makes the part of the variance
	keep func(d *Diagnostics, share float64)
}

var (
	missingStrata = dealing{StrataMissing, "deals of the missing", "the missing strata make", func(d *Diagnostics, share float64) { d.Imputed = &share }}
	drawnLinkages = dealing{LinkageDoubt, "drawn linkages", "the doubt who is who makes", func(d *Diagnostics, share float64) {
		d.Linked = &share
		if d.Imputed != nil {
			d.Imputed = new(*d.Imputed * (1 - share))
		}
	}}
)

// pool makes one result of those of several deals. Its draws are those of all
// deals, moved apart so that their variance is that of Rubin (1987): the mean
// variance within the deals, and that between their means times 1 + 1/deals.
func pool(of []Result, why dealing, seed uint64) Result {
	if len(of) == 1 {
		return of[0]
	}
	r := of[0]
	if n, refused := refusedDeals(of, why); refused {
		r.Diagnostics = nil
		return r.refuse(n)
	}
	dice := rand.New(rand.NewPCG(seed, 0x9001))
	draws, means := make([][]float64, len(of)), make([]float64, len(of))
	points, observed, within, bounded := 0.0, 0, 0.0, true
	for k, o := range of {
		draws[k] = o.draws(dice, sumDraws/len(of))
		var variance float64
		means[k], variance = moments(draws[k])
		within += variance / float64(len(of))
		points += o.Estimate.center() / float64(len(of))
		observed += o.Observed
		bounded = bounded && o.Estimate.High != nil
	}
	mean, between := moments(means)
	deals := float64(len(of))
	between *= 1 + 1/deals
	share := between / max(1e-300, between+within)
	var all []float64
	for k, o := range of {
		by := (means[k] - mean) * (math.Sqrt((deals+1)/(deals-1)) - 1)
		for _, d := range draws[k] {
			all = append(all, max(d+by, float64(o.Observed)))
		}
	}
	i := posterior(all)
	if r.Estimate.Point != nil {
		i.Point, i.Median, i.Mean = &points, nil, nil
	}
	if !bounded {
		i.High = nil
	}
	d := pooledDiagnostics(of)
	why.keep(&d, share)
	r.Estimate, r.Diagnostics, r.Sample, r.Draws = i, &d, all, new(len(all))
	r.Observed = (observed + len(of)/2) / len(of)
	r.Warnings = pooledWarnings(of, why)
	r.warn(Notice{why.kind, fmt.Sprintf("%s %.0f %% of the variance", why.what, 100*share), ""})
	return r
}

// refusedDeals is the refusal of the whole where a deal carries no estimate.
func refusedDeals(of []Result, why dealing) (Notice, bool) {
	var first *Notice
	refused := 0
	for _, o := range of {
		if o.NotEstimable != nil {
			if refused++; first == nil {
				first = o.NotEstimable
			}
		}
	}
	if first == nil {
		return Notice{}, false
	}
	n := *first
	if refused == len(of) {
		return n, true
	}
	n.Reason = fmt.Sprintf("in %d of %d %s, %s", refused, len(of), why.in, n.Reason)
	return n, true
}

// pooledDiagnostics are the worst of the chains, and the mean weights of models.
func pooledDiagnostics(of []Result) Diagnostics {
	d := Diagnostics{}
	weights := map[string]*Weight{}
	models := map[string]int{}
	var imputed, coverage []float64
	for k, o := range of {
		if o.Diagnostics == nil {
			continue
		}
		if k == 0 {
			d = *o.Diagnostics
			d.Medians, d.Models = nil, nil
		}
		d.RHat, d.ESS = farther(d.RHat, o.Diagnostics.RHat, 1), farther(d.ESS, o.Diagnostics.ESS, -1)
		models[o.Diagnostics.Model]++
		imputed, coverage = given(imputed, o.Diagnostics.Imputed), given(coverage, o.Diagnostics.Coverage)
		for _, w := range o.Diagnostics.Models {
			share := w.Weight / float64(len(of))
			if weights[w.Model] == nil {
				weights[w.Model] = &Weight{Model: w.Model}
			}
			sum := weights[w.Model]
			if w.Point != nil {
				sum.Point = new(w.weighted(sum.Point, sum.Weight, share))
			}
			sum.Weight += share
		}
	}
	d.Imputed, d.Coverage = meanOf(imputed), meanOf(coverage)
	for name, n := range models {
		if n > models[d.Model] || n == models[d.Model] && name < d.Model {
			d.Model = name
		}
	}
	for _, w := range weights {
		d.Models = append(d.Models, *w)
	}
	slices.SortFunc(d.Models, func(a, b Weight) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Model, b.Model)) })
	return d
}

// weighted is the mean of w's point and one that weighs before.
func (w Weight) weighted(point *float64, before, share float64) float64 {
	if point == nil || before+share <= 0 {
		return *w.Point
	}
	return (*point*before + *w.Point*share) / (before + share)
}

// farther is the one of two that lies farther in a direction; one that is not
// there says nothing.
func farther(a, b *float64, direction float64) *float64 {
	if a == nil || b != nil && direction*(*b-*a) > 0 {
		return b
	}
	return a
}

func given(all []float64, v *float64) []float64 {
	if v == nil {
		return all
	}
	return append(all, *v)
}

func meanOf(v []float64) *float64 {
	mean, _ := meanWithError(v)
	return mean
}

// pooledWarnings are the warnings of all deals, one of a kind, and in how many
// deals it was given where not in all.
func pooledWarnings(of []Result, why dealing) []Notice {
	all, counts := []Notice{}, map[Kind]int{}
	for _, o := range of {
		seen := map[Kind]bool{}
		for _, n := range o.Warnings {
			if !seen[n.Kind] {
				if counts[n.Kind]++; counts[n.Kind] == 1 {
					all = append(all, n)
				}
			}
			seen[n.Kind] = true
		}
	}
	for k, n := range all {
		if counts[n.Kind] < len(of) {
			all[k].Reason += fmt.Sprintf(" (in %d of %d %s)", counts[n.Kind], len(of), why.in)
		}
	}
	return all
}
