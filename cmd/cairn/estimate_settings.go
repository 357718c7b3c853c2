package main

import (
	"math"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// settings are the flags that an answer depends on. Every answer names them, so
// that it can be computed again.
type settings struct {
	Method      string   `json:"method" default:"" enum:"lcmcr,dga,loglinear,sparse,coverage,chao,all," placeholder:"METHOD" help:"One of lcmcr, dga, loglinear, sparse, coverage, chao, all; all answers one line a method."`
	Model       string   `json:"model,omitempty" placeholder:"12,3,4" help:"loglinear: fit this model alone, its generators as numbers of lists."`
	Criterion   string   `json:"criterion" default:"bic" enum:"bic,aic" help:"loglinear: what models are compared by: ${enum} (${default})."`
	MaxMissing  string   `json:"max_missing" default:"5n" placeholder:"M" help:"dga: the most unobserved considered, a number or a multiple of the observed (${default})."`
	Grid        string   `json:"grid" default:"all" placeholder:"K|all" help:"dga: consider K numbers spread evenly from 1 to M (${default}: every one from 0)."`
	Delta       float64  `json:"delta,omitempty" placeholder:"D" help:"dga: prior of each cell (2^-lists unless told)."`
	Threshold   float64  `json:"threshold" default:"0.02" placeholder:"P" help:"sparse: an interaction enters below this p-value (${default})."`
	Bootstrap   int      `json:"bootstrap,omitempty" placeholder:"B" help:"sparse: the interval from B tables drawn anew (Wald's unless told)."`
	By          []string `json:"by,omitempty" placeholder:"COLUMN,…" help:"One answer a stratum, and one for their sum."`
	Covers      []string `json:"covers,omitempty" sep:"none" placeholder:"LIST=COLUMN:VALUE,…" help:"The list could only name people with these values; said again for another list."`
	DrawsOn     []string `json:"draws_on,omitempty" placeholder:"LIST=LIST,…" help:"The first list draws on the second."`
	Pool        bool     `json:"pool,omitempty" help:"Beside each stratum of --by and their sum, what they are when strata learn from each other."`
	Trend       string   `json:"trend,omitempty" placeholder:"COLUMN" help:"By this column, which has an order such as year or month, and beside each stratum the smooth through all."`
	Sensitivity bool     `json:"sensitivity,omitempty" help:"Leave each list out, take each pair as one, move priors and orders: one answer a variant, the baseline first."`
	Consistency bool     `json:"consistency,omitempty" help:"Predict how many each list has from the other lists."`
	Simulate    string   `json:"simulate,omitempty" placeholder:"SCENARIO" help:"Draw tables of known truth from sim1 to sim5 or a scenario such as \"1800:.1,.2,.3 200:.5,.6,.7 12=0.8\", and score the methods."`
	Like        bool     `json:"like,omitempty" help:"The same with models that are fitted to the histories."`
	Tables      int      `json:"tables" default:"200" placeholder:"N" help:"How many tables are drawn (${default})."`
	Seed        uint64   `json:"seed" default:"1" placeholder:"N" help:"Of all that is drawn at random (${default})."`
}

// fill sets the method where none was asked for and all are meant.
func (s *settings) fill() {
	if s.Method == "" && (s.Sensitivity || s.Consistency || s.Like || s.Simulate != "") {
		s.Method = "all"
	}
}

// check reports flags that do not go together.
func (s settings) check() error {
	modes := 0
	for _, is := range []bool{s.Sensitivity, s.Consistency, s.Like, s.Simulate != ""} {
		if is {
			modes++
		}
	}
	switch {
	case modes > 1:
		return cairn.Invalid{Reason: "--sensitivity, --consistency, --simulate and --like are one at a time"}
	case s.Trend != "" && (len(s.By) > 1 || len(s.By) == 1 && s.By[0] != s.Trend):
		return cairn.Invalid{Field: "--trend", Reason: "runs over the whole population, with no other column in --by"}
	case s.Pool && len(s.columns()) == 0:
		return cairn.Invalid{Field: "--pool", Reason: "needs the strata of --by COLUMN"}
	case modes == 1 && len(s.columns()) > 0:
		return cairn.Invalid{Field: "--by", Reason: "--sensitivity, --consistency, --simulate and --like are of whole tables, not of strata"}
	}
	return nil
}

// columns are those that make strata.
func (s settings) columns() []string {
	if s.Trend != "" {
		return []string{s.Trend}
	}
	return s.By
}

// methods are those asked for, for tables of so many lists.
func (s settings) methods(lists int) ([]capture.Method, error) {
	loglinear, err := s.loglinear(lists)
	if err != nil {
		return nil, err
	}
	graphs, err := s.graphs()
	if err != nil {
		return nil, err
	}
	if !(s.Threshold > 0 && s.Threshold < 1) {
		return nil, cairn.Invalid{Field: "--threshold", Reason: "want a p-value between 0 and 1"}
	}
	if s.Bootstrap < 0 || s.Bootstrap > 0 && s.Bootstrap < 100 {
		return nil, cairn.Invalid{Field: "--bootstrap", Reason: "want 100 tables or more"}
	}
	all := []capture.Method{capture.LatentClasses{Seed: s.Seed}, graphs, loglinear,
		capture.Sparse{Threshold: s.Threshold, Bootstrap: s.Bootstrap, Seed: s.Seed}, capture.Coverage{Seed: s.Seed}, capture.LowerBound{}}
	for _, m := range all {
		if m.Name() == s.Method {
			return []capture.Method{m}, nil
		}
	}
	if s.Method != "all" {
		return nil, cairn.Invalid{Field: "--method", Reason: "want lcmcr, dga, loglinear, sparse, coverage, chao or all"}
	}
	return all, nil
}

func (s settings) loglinear(lists int) (capture.LogLinear, error) {
	m := capture.LogLinear{Criterion: capture.Criterion(s.Criterion)}
	if s.Model == "" {
		return m, nil
	}
	model, err := capture.ParseModel(s.Model, lists)
	if err != nil {
		return m, cairn.Invalid{Field: "--model", Reason: err.Error()}
	}
	m.Model = &model
	return m, nil
}

func (s settings) graphs() (capture.Graphs, error) {
	m := capture.Graphs{Delta: s.Delta, Seed: s.Seed}
	number, multiple := strings.CutSuffix(s.MaxMissing, "n")
	most, err := strconv.ParseFloat(number, 64)
	if err != nil || !(most > 0) || math.IsInf(most, 0) {
		return m, cairn.Invalid{Field: "--max-missing", Reason: "want a number above 0, or a multiple of the observed such as 5n, not " + strconv.Quote(s.MaxMissing)}
	}
	m.MaxMissing, m.Multiple = most, multiple
	if s.Delta < 0 || math.IsInf(s.Delta, 0) || math.IsNaN(s.Delta) {
		return m, cairn.Invalid{Field: "--delta", Reason: "want a number above 0"}
	}
	if s.Grid == "all" {
		return m, nil
	}
	if m.Grid, err = strconv.Atoi(s.Grid); err != nil || m.Grid < 2 {
		return m, cairn.Invalid{Field: "--grid", Reason: "want all, or how many numbers to consider, 2 or more, not " + strconv.Quote(s.Grid)}
	}
	return m, nil
}
