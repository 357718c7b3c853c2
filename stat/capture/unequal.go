package capture

import (
	"fmt"
	"math"
	"slices"
)

// By how much the BIC of one model must be lower than another's for the table to
// speak for it: at all, and clearly (Raftery 1995: positive evidence).
const (
	atAll   = 0
	clearly = 2
)

// A rival is a model of members who differ in how easily they are listed.
type rival struct {
	words      string
	likelihood float64
	parameters int // beside the constant
	population float64
	bound      bool // the population is a lower bound
}

// criterion is the BIC, for as many observed.
func criterion(likelihood float64, parameters, observed int) float64 {
	return float64(parameters)*math.Log(float64(observed)) - 2*likelihood
}

// rivals are the models of members who differ that fit t best by their BIC: in
// which they differ by a degree, on all lists alike (M_th), or are of two classes
// or three, which differ by list.
func rivals(t Table) []rival {
	var all []rival
	lists := len(t.Lists)
	if lists < 3 || lists > exactListLimit {
		return nil
	}
	if f, ok := fitBound(t); ok {
		all = append(all, rival{"some members are easier to list than others", f.likelihood, len(f.beta) - 1, float64(t.Observed()) + math.Exp(f.beta[0]), true})
	}
	for k, words := range []string{"there are two classes of members, listed otherwise each", "there are three classes of members, listed otherwise each"} {
		if f, ok := fitClasses(t, k+2); ok {
			all = append(all, rival{words, f.likelihood, f.parameters, f.population, false})
		}
	}
	return all
}

// ahead is the rival whose BIC is lower than another model's by at least so much,
// the lowest of several, and by how much.
func ahead(all []rival, than float64, observed int, least float64) (best rival, by float64, is bool) {
	for _, r := range all {
		if lead := than - criterion(r.likelihood, r.parameters, observed); lead > least && lead > by {
			best, by, is = r, lead, true
		}
	}
	return best, by, is
}

// outdone are the warnings that models of members who differ, which r's method
// does not have, fit the table better than r's own.
func (r *Result) outdone(t Table) {
	if r.Method == (LatentClasses{}).Name() {
		r.dependent(t)
		return
	}
	all := rivals(t)
	switch r.Method {
	case "loglinear", "sparse", "dga":
		if own, ok := ownCriterion(t, r.Diagnostics.Model); ok && !kinds(r.Warnings)[Heterogeneous] {
			if best, by, is := ahead(all, own, r.Observed, atAll); is {
				r.warn(Notice{Heterogeneous, fmt.Sprintf("that %s fits this table better than the model %s (BIC lower by %.1f), and puts the population at about %.0f", best.words, r.Diagnostics.Model, by, best.population), "prefer methods that allow for it: lcmcr, coverage, chao"})
			}
		}
	case "coverage":
		s := newStepwise(len(t.Lists), 0.02)
		alike, ok := s.fit(t.dense())
		if !ok {
			return
		}
		own, _ := ownCriterion(t, alike.model.String())
		classes := slices.DeleteFunc(all, func(other rival) bool { return other.bound })
		best, by, is := ahead(classes, own, r.Observed, atAll)
		if !is || kinds(r.Warnings)[Heterogeneous] {
			return
		}
		where := "outside this interval"
		if r.Estimate.holds(best.population) {
			where = "inside this interval"
		}
		r.warn(Notice{Heterogeneous, fmt.Sprintf("that %s fits this table better than lists that depend on each other in pairs (BIC lower by %.1f), and puts the population at about %.0f, %s", best.words, by, best.population, where), "compare with lcmcr, which allows for classes"})
	case "chao":
		f, ok := fitBound(t)
		if !ok || len(all) == 0 {
			return
		}
		best, by, is := ahead(all, criterion(f.likelihood, len(f.beta)-1, r.Observed), r.Observed, clearly)
		if is && best.population < *r.Estimate.Low {
			r.warn(Notice{Heterogeneous, fmt.Sprintf("that %s fits this table better than members who differ on all lists alike (BIC lower by %.1f), and puts the population at about %.0f, below this: some lists avoid whom others name, and it may be no lower bound", best.words, by, best.population), "compare with lcmcr, which allows for classes"})
		}
	}
}

// dependent is the warning that lists which depend on each other in pairs fit the
// table clearly better than classes of members, within which they do not.
func (r *Result) dependent(t Table) {
	if len(t.Lists) > exactListLimit {
		return
	}
	own := math.Inf(1)
	for _, classes := range []int{1, 2, 3} {
		if f, ok := fitClasses(t, classes); ok {
			own = min(own, criterion(f.likelihood, f.parameters, r.Observed))
		} else if classes == 2 {
			return // the table cannot tell classes from lists that depend
		}
	}
	pairs, ok := newStepwise(len(t.Lists), 0.02).fit(t.dense())
	if !ok {
		return
	}
	other, ok := ownCriterion(t, pairs.model.String())
	if by := own - other; ok && by > clearly {
		population := float64(r.Observed) + math.Exp(pairs.fit.beta[0])
		r.warn(Notice{ListsDepend, fmt.Sprintf("that lists depend on each other in pairs (the model %s) fits this table better than classes of members within which lists are independent (BIC lower by %.1f), and puts the population at about %.0f", pairs.model, by, population), "compare with methods that allow for it: dga, loglinear, sparse, coverage"})
	}
}

// ownCriterion is the BIC of a log-linear model.
func ownCriterion(t Table, model string) (float64, bool) {
	lists := len(t.Lists)
	m, err := ParseModel(model, lists)
	if err != nil || lists < 3 {
		return 0, false
	}
	f := fitModel(m, histories(lists), t.dense())
	return criterion(f.fit.likelihood, len(m.terms), t.Observed()), f.ok
}
