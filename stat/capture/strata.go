package capture

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// sumDraws is how many draws a sum over strata is made of.
const sumDraws = 10000

// ByStratum estimates each stratum by itself, and last the sum over them.
//
// The sum's interval is joint: one draw of each stratum makes a draw of the sum,
// because strata are estimated apart. Where the method makes no draws, they are
// from a curve through the ends of the stratum's interval and its point, normal
// in the logarithm of the number unseen. Where a stratum carries no estimate the
// sum carries none either, but its Low is said in the reason.
//
// Members of whom the stratum is not known are dealt to strata by multiple
// imputation (Rubin 1987): the shares of the strata are drawn, for each history,
// from a Dirichlet distribution of the known, then the members by these shares.
// Each stratum is estimated from every deal, and the estimates pooled; what the
// deals differ by is part of the interval. So is the sum, added up within each
// deal: whom a deal gives to one stratum it does not give to another.
func ByStratum(m Method, h Histories, seed uint64) []Result {
	deals := []Histories{h}
	unknown := h.unknown()
	if unknown > 0 {
		deals = impute(h, seed)
	}
	of, sums := make([][]Result, len(deals[0].Strata)), make([]Result, len(deals))
	for k, d := range deals {
		var strata []Result
		for i, s := range d.Strata {
			r := m.Estimate(s.Table)
			r.Stratum = map[string]string{}
			for c, name := range h.By {
				r.Stratum[name] = s.Values[c]
			}
			of[i], strata = append(of[i], r), append(strata, r)
		}
		sums[k] = sum(m, d, strata, seed)
	}
	var results []Result
	for i := range of {
		r := pool(of[i], missingStrata, seed+uint64(i))
		if unknown > 0 {
			r.warn(Notice{StrataMissing, fmt.Sprintf("of %s the stratum is not known; the missing were dealt out %d times by what is known of those with the same history", count(unknown, "member", "members"), len(deals)), "read the records again"})
		}
		results = append(results, r)
	}
	return append(results, pool(sums, missingStrata, seed+uint64(len(of))))
}

// unknown is how many members have no known stratum.
func (h Histories) unknown() int {
	n := 0
	for _, s := range h.Strata {
		if slices.Contains(s.Values, "") {
			n += s.Table.Observed()
		}
	}
	return n
}

// draws are draws of r's population: its own, or from a curve through its
// interval.
func (r Result) draws(dice *rand.Rand, n int) []float64 {
	out := make([]float64, n)
	i := r.Estimate
	observed := float64(r.Observed)
	for k := range out {
		if r.Sample != nil {
			out[k] = r.Sample[dice.IntN(len(r.Sample))]
			continue
		}
		unseen := i.center() - observed
		if unseen <= 0 || i.Low == nil || i.High == nil {
			out[k] = i.center()
			continue
		}
		x := dice.NormFloat64()
		end := *i.High
		if x < 0 {
			end = *i.Low
		}
		out[k] = observed + unseen*math.Exp(math.Abs(x)/z*math.Log(max(end-observed, 1e-3)/unseen))
	}
	return out
}

// sum adds the strata up.
func sum(m Method, h Histories, strata []Result, seed uint64) Result {
	r := begin(m.Name(), h.Table(), seed)
	dice := rand.New(rand.NewPCG(seed, 0x50))
	total, points, pointed := make([]float64, sumDraws), 0.0, true
	var refused, unbounded []string
	atLeast := 0.0
	for _, s := range strata {
		if s.NotEstimable != nil {
			refused = append(refused, s.label())
			atLeast += float64(s.Observed)
			continue
		}
		if s.Estimate.High == nil {
			unbounded = append(unbounded, s.label())
		}
		for k, d := range s.draws(dice, sumDraws) {
			total[k] += d
		}
		pointed = pointed && s.Estimate.Point != nil
		if pointed {
			points += *s.Estimate.Point
		}
	}
	i := posterior(total)
	if len(refused) > 0 {
		reason := strings.Join(refused, " and ") + " carry no estimate"
		if len(refused) == 1 {
			reason = refused[0] + " carries no estimate"
		}
		if len(refused) < len(strata) {
			reason += fmt.Sprintf(", so that the sum has only a lower bound: the others' low end with those observed here, %.0f", *i.Low+atLeast)
		}
		return r.refuse(Notice{StratumRefused, reason, "join these strata with others"})
	}
	if pointed {
		i.Point, i.Median, i.Mean = &points, nil, nil
	}
	if len(unbounded) > 0 {
		i.High = nil
		r.warn(Notice{NoUpperBound, strings.Join(unbounded, " and ") + " has no upper bound, and so the sum has none", "join it with other strata"})
	}
	r.Estimate, r.Sample, r.Draws = i, total, new(sumDraws)
	r.warn(ofStrata(strata)...)
	r.warn(Notice{Bound, "lists that depend on each other by stratum alone are allowed for in this sum, but not in the estimate of the whole table", "show both"})
	return r
}

// ofStrata are the warnings of the strata, one of a kind: a sum is as doubtful as
// what it adds up.
func ofStrata(strata []Result) []Notice {
	var all []Notice
	in := map[Kind][]string{}
	for _, s := range strata {
		seen := map[Kind]bool{}
		for _, n := range s.Warnings {
			if !seen[n.Kind] {
				if in[n.Kind] = append(in[n.Kind], s.label()); len(in[n.Kind]) == 1 {
					all = append(all, n)
				}
			}
			seen[n.Kind] = true
		}
	}
	for k, n := range all {
		where := "in " + in[n.Kind][0]
		if many := len(in[n.Kind]); many > 1 {
			where = fmt.Sprintf("in %d of %d strata, first in %s", many, len(strata), in[n.Kind][0])
		}
		all[k].Reason = where + ": " + n.Reason
	}
	return all
}

// label names a stratum, as in "sex woman, region north".
func (r Result) label() string {
	var parts []string
	for name, value := range r.Stratum {
		parts = append(parts, name+" "+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}
