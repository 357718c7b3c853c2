package main

import (
	"context"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
	"github.com/cairn-recorder/cairn/stat/linkage/table"
)

type matchCommand struct {
	Threshold *float64 `placeholder:"P" help:"The least probability of a pair (1/3 unless told; 0 takes every candidate)."`
	Columns   []string `placeholder:"FIELD=HEADER" help:"What columns hold, where their headers do not say: name, given_name, family_name, father_name, date_of_birth, birth_year, birth_month, birth_day, age, sex, place, incident, date, id, text, or - for one that is not compared."`
	Clusters  string   `placeholder:"FILE" help:"Write the persons to this file: person, list, row."`
	Explain   bool     `help:"Add the weight of each compared field."`
	JSON      bool     `name:"json" help:"Answer JSON Lines instead of CSV."`
	Lists     []string `arg:"" name:"list" help:"Lists of victims: CSV files with a header row."`
}

// Run answers the pairs of rows that may be one person. Rows that cannot be read
// are reported, the others matched.
func (c *matchCommand) Run(ctx context.Context, w *world) error {
	columns, err := table.ParseMapping(c.Columns)
	if err != nil {
		return cairn.Invalid{Field: "--columns", Reason: err.Error()}
	}
	faults := 0
	m := table.Match{Files: c.Lists, Columns: columns, Options: linkage.Options{Explain: c.Explain}, JSON: c.JSON, Persons: c.Clusters,
		Fault: func(file string, f table.Fault) {
			faults++
			w.say(cairn.Invalid{File: file, Line: f.Line, Field: f.Field, Reason: f.Reason})
		},
		Note: func(s string) { fmt.Fprintln(w.stderr, s) },
	}
	if t := c.Threshold; t != nil {
		if *t < 0 || *t > 1 {
			return cairn.Invalid{Field: "--threshold", Reason: fmt.Sprintf("want a probability from 0 to 1, not %g", *t)}
		}
		m.Options.Threshold, m.Options.All = *t, *t == 0
	}
	if err := m.Run(ctx, w.stdout); err != nil {
		return fmt.Errorf("match: %w", err)
	}
	if faults > 0 {
		return exitStatus(partly)
	}
	return nil
}
