package estimate

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// mostTables is how many tables are drawn at most.
const mostTables = 100_000

// A scored is how a method did in a simulation.
type scored struct {
	capture.Score
	provenance
}

// simulate draws tables, from the scenario or from what was fitted to lists,
// and scores the methods asked for.
func (s settings) simulate(lists overlapping) (Outcome, error) {
	if s.Tables < 1 || s.Tables > mostTables {
		return Outcome{}, cairn.Invalid{Field: "--tables", Reason: fmt.Sprintf("want from 1 to %d", mostTables)}
	}
	scenarios, refused, err := s.scenarios(lists)
	if err != nil {
		return Outcome{}, err
	}
	var o Outcome
	for _, scenario := range scenarios {
		methods, err := s.methods(len(scenario.Lists))
		if err != nil {
			return o, err
		}
		for _, score := range capture.Simulate(scenario, methods, s.Tables, s.Seed) {
			o.scores = append(o.scores, scored{Score: score})
		}
	}
	if refused != nil {
		t := lists.one()
		o.answers = plain(capture.Result{Method: s.Method, Lists: len(t.Lists), Observed: t.Observed(), NotEstimable: refused, Warnings: []capture.Notice{}})
	}
	return o, nil
}

func (s settings) scenarios(lists overlapping) ([]capture.Scenario, *capture.Notice, error) {
	if s.Like {
		all, refused := capture.Like(lists.one(), s.Seed)
		return all, refused, nil
	}
	scenario, err := capture.ParseScenario(s.Simulate)
	if err != nil {
		return nil, nil, cairn.Hint{Err: cairn.Invalid{Field: "--simulate", Reason: err.Error()},
			Hint: `groups and their chance of each list, and what lists interact, as in "1800:.1,.2,.3 200:.5,.6,.7 12=0.8"`}
	}
	return []capture.Scenario{scenario}, nil, nil
}

// printScores writes a table a scenario.
func printScores(out io.Writer, scores []scored) error {
	var table *tabwriter.Writer
	for i, s := range scores {
		if i == 0 || s.Scenario != scores[i-1].Scenario {
			if table != nil {
				table.Flush()
				fmt.Fprintln(out)
			}
			fmt.Fprintf(out, "%s: %d people, %d tables; what follows ± is the Monte Carlo standard error\n", s.Scenario, s.Truth, s.Tables)
			table = tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
			fmt.Fprintln(table, "  method\tRMSE %\tbias %\tcoverage\tmean width\trefused\twarned of, in % of the estimates")
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\t%d\t%s\n", s.Method, measured(1, s.RMSE, s.RMSEError), measured(1, s.Bias, s.BiasError),
			measured(2, s.Coverage, s.CoverageError), measured(0, s.Width, nil), s.Refused, warned(s.Warned))
	}
	if table == nil {
		return nil
	}
	return table.Flush()
}

// measured is a number to so many decimals, with its error where there is one.
func measured(decimals int, v, stderr *float64) string {
	switch {
	case v == nil:
		return "-"
	case stderr == nil:
		return fmt.Sprintf("%.*f", decimals, *v)
	}
	return fmt.Sprintf("%.*f ± %.*f", decimals, *v, decimals, *stderr)
}

func warned(shares map[capture.Kind]float64) string {
	var all []string
	for _, kind := range slices.Sorted(maps.Keys(shares)) {
		all = append(all, fmt.Sprintf("%s %.0f", kind, 100*shares[kind]))
	}
	if all == nil {
		return "-"
	}
	return strings.Join(all, ", ")
}
