package estimate

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// settings are all that an answer depends on beside the histories. Every answer
// names them, so that it can be computed again.
type settings cairn.EstimateSettings

// Defaults are the settings of every method where nobody says otherwise.
func Defaults() cairn.EstimateSettings {
	return cairn.EstimateSettings{Method: "all", Criterion: "bic", MaxMissing: "5n", Grid: "all", Threshold: 0.02, Tables: 200, Seed: 1}
}

// fill sets the method where none was asked for and all are meant, and finds the
// column of drawn linkages.
func (s *settings) fill(from Source) {
	if s.Method == "" && (s.Sensitivity || s.Consistency || s.Like || s.Simulate != "") {
		s.Method = "all"
	}
	if s.Linkages == "" && s.Simulate == "" && !slices.Contains(s.columns(), capture.DrawColumn) && capture.HasDraws(bytes.NewReader(from.Content), capture.DrawColumn) {
		s.Linkages = capture.DrawColumn
	}
}

// noLinkages says that a column draw is none of drawn linkages.
const noLinkages = "none"

// linkages is the column of drawn linkages; empty where there is none.
func (s settings) linkages() string {
	if s.Linkages == noLinkages {
		return ""
	}
	return s.Linkages
}

// apart are the columns by which histories are told apart: those of strata, and
// that of the linkages.
func (s settings) apart() []string {
	by := slices.Clone(s.columns())
	if column := s.linkages(); column != "" {
		by = append(by, column)
	}
	return by
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
	case s.linkages() != "" && slices.Contains(s.columns(), s.linkages()):
		return cairn.Invalid{Field: "--linkages", Reason: "drawn linkages are no strata: leave " + s.Linkages + " out of --by"}
	case s.Pool && len(s.columns()) == 0:
		return cairn.Invalid{Field: "--pool", Reason: "needs the strata of --by COLUMN"}
	case modes == 1 && len(s.columns()) > 0:
		return cairn.Invalid{Field: "--by", Reason: "--sensitivity, --consistency, --simulate and --like are of whole tables, not of strata"}
	}
	return nil
}

// columns are those that make strata, that of the drawn linkages aside.
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
