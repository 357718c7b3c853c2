package estimate

import (
	"html/template"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Sheet is an estimate laid out to be read: the three numbers kept apart, every
// method beside the others, and what speaks against each.
type Sheet struct {
	Overlaps Overlaps `json:"overlaps"`
	Rows     []Row    `json:"answers"` // of the run that is put forward, of the first one where none is
	Run      int      `json:"run"`
	Bounds   Row      `json:"-"` // of all answers put forward together: the lowest and the highest end
	Runs     []RunOf  `json:"-"`
}

// A Row is one answer about everybody: the three numbers.
type Row struct {
	cairn.MethodAnswer
	Documented int             `json:"documented"`
	Unseen     *cairn.Interval `json:"undocumented"` // estimated; nil where it was refused
	Together   *cairn.Interval `json:"together"`
	Chosen     bool            `json:"chosen"`
	Means      Meaning         `json:"-"`
}

// Bound says that the row is a lower bound and no estimate.
func (r Row) Bound() bool { return r.Method == "chao" && r.Together != nil }

// A RunOf is a run with its answers in the groups in which they are read.
type RunOf struct {
	cairn.EstimateRun
	Kind    string // plain, sensitivity, consistency or simulation
	Chosen  bool
	Strata  []Row
	Groups  []Group
	Columns []string
}

// A Group is the answers of one method in a sensitivity analysis, or in a check of
// the lists against each other, with the picture of them.
type Group struct {
	Method string
	Rows   []cairn.MethodAnswer
	Bars   []Bar
}

// SheetOf lays an estimate out.
func SheetOf(e cairn.Estimate) (Sheet, error) {
	s := Sheet{Run: 1}
	var err error
	if s.Overlaps, err = OverlapsIn(e); err != nil {
		return s, err
	}
	if e.Choice != nil {
		s.Run = e.Choice.Run
	}
	for _, r := range e.Runs {
		of := RunOf{EstimateRun: r, Kind: kindOf(r), Chosen: e.Choice != nil && e.Choice.Run == r.Number}
		switch of.Kind {
		case "plain":
			for _, a := range r.Answers {
				row := rowOf(a, of.Chosen && len(a.Stratum) == 0 && slices.Contains(e.Choice.Methods, a.Method))
				if len(a.Stratum) > 0 {
					of.Strata = append(of.Strata, row)
				} else if r.Number == s.Run {
					s.Rows = append(s.Rows, row)
				}
			}
		case "sensitivity", "consistency":
			of.Groups = groupsOf(r)
		}
		s.Runs = append(s.Runs, of)
	}
	return s, nil
}

func kindOf(r cairn.EstimateRun) string {
	switch {
	case r.Settings.Sensitivity:
		return "sensitivity"
	case r.Settings.Consistency:
		return "consistency"
	case !r.Plain():
		return "simulation"
	}
	return "plain"
}

func rowOf(a cairn.MethodAnswer, chosen bool) Row {
	row := Row{MethodAnswer: a, Documented: a.Observed, Together: a.Estimate, Chosen: chosen, Means: Meanings[a.Method]}
	if a.Estimate != nil {
		row.Unseen = less(*a.Estimate, float64(a.Observed))
	}
	return row
}

// less is an interval with n people taken off.
func less(i cairn.Interval, n float64) *cairn.Interval {
	for _, end := range []**float64{&i.Point, &i.Median, &i.Mean, &i.Low, &i.High} {
		if *end != nil {
			*end = new(max(0, **end-n))
		}
	}
	return &i
}

// groupsOf are the answers of a run by method.
func groupsOf(r cairn.EstimateRun) []Group {
	var all []Group
	for _, a := range r.Answers {
		if len(all) == 0 || all[len(all)-1].Method != a.Method {
			all = append(all, Group{Method: a.Method})
		}
		g := &all[len(all)-1]
		g.Rows = append(g.Rows, a)
		label := a.Variant
		if a.List != "" {
			label = a.List
		}
		g.Bars = append(g.Bars, Bar{Label: label, Interval: a.Estimate, Refused: "refused", Strong: a.Variant == "baseline"})
	}
	return all
}

// Bars are the rows as a picture shows them.
func (s Sheet) Bars(refused string) []Bar {
	var all []Bar
	for _, r := range s.Rows {
		all = append(all, Bar{Label: r.Method, Interval: r.Together, Refused: refused, Strong: r.Chosen})
	}
	return all
}

// Picture draws the answers beside each other.
func (s Sheet) Picture(name, refused string) template.HTML {
	return Intervals(name, s.Bars(refused), s.Overlaps.Observed)
}

// Posterior is the picture of a method's posterior in the run that is shown; empty
// where it has none.
func (s Sheet) Posterior(method, name string) template.HTML {
	if s.Run < 1 || s.Run > len(s.Runs) {
		return ""
	}
	for _, p := range s.Runs[s.Run-1].Posteriors {
		if p.Method != method {
			continue
		}
		for _, r := range s.Rows {
			if r.Method == method {
				return PosteriorPicture(name, p, r.Together)
			}
		}
	}
	return ""
}

// A Meaning is what a method does, what it takes for granted, its papers, and how it
// is set where no flag says otherwise.
type Meaning struct{ Name, Does, Assumes, Papers, Set string }

// Meanings says of each method what it is.
var Meanings = map[string]Meaning{
	"lcmcr": {"Bayesian latent classes (LCMCR)",
		"The people are a mixture of classes, within each of which the lists are independent; how many classes there are is learned from the lists.",
		"Within a class no list draws on another or avoids whom another names.",
		"Manrique-Vallier, D. (2016), Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72. Vehtari and others (2021), Rank-normalization, folding, and localization: an improved R-hat, Bayesian Analysis 16.",
		"At most 10 classes, sticks broken with alpha gamma(0.25, 0.25), chances of being listed uniform, 1/N for the population; 4 chains from starts far apart, the first 3 of 8 parts left out as burn-in, run until R-hat is under 1.01 and they are worth 1,500 draws, and refused at 1.05 or above."},
	"dga": {"Bayesian averaging over decomposable graphs",
		"Every decomposable graph of dependence between lists is weighed by how well it fits, and the estimates averaged by these weights.",
		"People are alike in how easily they are listed, but for what the graph says of the lists.",
		"Madigan, D. and York, J. (1997), Bayesian methods for estimation of the size of a closed population, Biometrika 84.",
		"A Dirichlet prior of 2^-lists on each cell, 1/N for the population, every number unseen from 0 to 5 times the observed; all decomposable graphs up to 5 lists."},
	"loglinear": {"Log-linear models",
		"Hierarchical models of interactions between lists are fitted and compared; the interval is by profile likelihood.",
		"The interaction of all lists together is none, and the model that is chosen is the right one.",
		"Fienberg, S. (1972), The multiple recapture census for closed populations and incomplete 2^k contingency tables, Biometrika 59. Cormack, R. (1992), Interval estimation for mark-recapture studies of closed populations, Biometrics 48.",
		"All hierarchical models without the interaction of all lists, up to 5 lists; the best BIC with n the number observed."},
	"sparse": {"Stepwise log-linear model for sparse tables",
		"Interactions of pairs of lists enter one by one while they are significant and the model still has one maximum.",
		"No three lists interact, and the pairs that did not enter are independent.",
		"Chan, L., Silverman, B. and Vincent, K. (2021), Multiple systems estimation for sparse capture data, JASA 116.",
		"An interaction enters at p < 0.02; Wald's interval unless a bootstrap is asked for."},
	"coverage": {"Sample coverage",
		"How much of the population the lists cover is estimated from how they overlap, pair by pair.",
		"Dependence is of pairs of lists, and the coverage is not small.",
		"Chao, A. and Tsay, P. (1998), A sample coverage approach to multiple-system estimation with application to census undercount, JASA 93.",
		"The one-step form where the estimated coverage is under 55 %; the interval from 1,000 bootstrap tables, symmetric in the logarithm of the unseen."},
	"chao": {"Chao's lower bound",
		"A lower bound of the population where people differ in how easily they are listed.",
		"No list avoids whom another names; it is no estimate but a bound.",
		"Chao, A. (1987), Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43. Rivest, L.-P. and Baillargeon, S. (2007), Applications and extensions of Chao's moment estimator, Biometrics 63.",
		"Terms of negative heterogeneity removed one by one; the interval is symmetric in the logarithm of the unseen."},
}

// Shown is the number of an interval that stands for it, its thousands apart, and
// its ends.
func Shown(i *cairn.Interval) string {
	if i == nil {
		return ""
	}
	return i.String()
}

// StratumOf names a stratum in words.
func StratumOf(values map[string]string, columns []string) string {
	var parts []string
	for _, c := range columns {
		if v, has := values[c]; has {
			parts = append(parts, c+" "+v)
		}
	}
	return strings.Join(parts, ", ")
}

// Pooled reports whether a stratum of the run has an estimate that learned from
// the others.
func (r RunOf) Pooled() bool {
	return slices.ContainsFunc(r.Strata, func(s Row) bool { return s.Pooled != nil || s.Smooth != nil })
}

// Refusals are how many of the answers of a run are none.
func (r RunOf) Refusals() int {
	n := 0
	for _, a := range r.Answers {
		if a.Estimate == nil {
			n++
		}
	}
	return n
}
