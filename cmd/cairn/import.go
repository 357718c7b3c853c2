package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type importCommand struct {
	writing
	asking
	As           string            `default:"documents" enum:"documents,links,victims,ucdp,acled,airwars,ibc,ydp,cairn,csv" help:"What is brought in: documents, a table of links to them, a list of victims of --source, or a table of another recorder whose rows are incidents (${enum})."`
	Columns      map[string]string `mapsep:"," placeholder:"FIELD=HEADER,…" help:"For a table: the header of a field or figure; kept with the source for the next time."`
	Sheet        string            `placeholder:"NAME" help:"For a workbook: the sheet (the first unless told)."`
	Dates        string            `enum:",dmy,mdy" default:"" help:"For a table or a chat: how to read 03/04/2017, dmy or mdy."`
	DryRun       bool              `help:"For a table: say what would be taken, and write nothing."`
	Published    string            `placeholder:"DATE" help:"When it was published, where it does not say."`
	Source       string            `placeholder:"NAME" help:"Who published it, where it does not say."`
	Place        string            `placeholder:"NAME" help:"Where it was written or is about, where it does not say."`
	Language     string            `placeholder:"TAG" help:"Its language, where it does not say (en, ar, …)."`
	MaxBytes     int64             `default:"67108864" help:"The most bytes of one document (${default})."`
	Timeout      time.Duration     `default:"1m" help:"The most time for one address (${default})."`
	AllowPrivate bool              `help:"Go to private and loopback addresses too."`
	IgnoreRobots bool              `help:"Fetch what robots.txt forbids, and still note it."`
	Targets      []string          `arg:"" name:"file|url|dir" help:"Files, folders and addresses; - is standard input."`
}

// Run brings the targets in and prints what became of them.
func (c *importCommand) Run(ctx context.Context, w *world) error {
	given, err := c.given()
	if err != nil {
		return err
	}
	settings := c.settings(w, c.Who)
	settings.Collect.MaxBytes, settings.Collect.Timeout = c.MaxBytes, c.Timeout
	settings.Collect.AllowPrivate, settings.Collect.IgnoreRobots = c.AllowPrivate, c.IgnoreRobots
	settings.Collect.DayFirst = c.dayFirst()
	settings.Collect.Skipped = func(path, why string) { fmt.Fprintf(w.stderr, "passed over %s: %s\n", path, why) }
	r, err := recorder.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer r.Close()
	bar := newProgress(w, "documents")
	progress := recorder.Progress{
		Done:  func(_ string, so recorder.Summary) { bar.at(so.Taken + so.Again + so.Problems + so.Originals) },
		Fault: func(err error) { bar.say(w, err) },
	}
	second, err := c.reader(ctx, r)
	if err != nil {
		return err
	}
	before, err := r.LastAct(ctx)
	if err != nil {
		return err
	}
	var sum recorder.Summary
	switch c.As {
	case "documents":
		sum, err = r.Import(ctx, c.Targets, given, progress)
	case "links":
		sum, err = r.ImportLinks(ctx, c.Targets, given, recorder.Links{Columns: c.Columns, Sheet: c.Sheet, DayFirst: c.dayFirst()}, progress)
	case "victims":
		sum, err = c.importList(ctx, r, progress)
	default:
		sum, err = r.ImportRows(ctx, c.Targets, c.rows(), progress)
	}
	bar.end()
	if err != nil || second == nil {
		return c.report(w, sum, nil, err)
	}
	outcomes, err := ask(ctx, w, r, second, before)
	return c.report(w, sum, outcomes, err)
}

func (c *importCommand) given() (cairn.Given, error) {
	published, err := cairn.ParseDate(c.Published)
	if err != nil {
		return cairn.Given{}, fmt.Errorf("--published: %w", err)
	}
	return cairn.Given{Published: published, Source: c.Source, Place: c.Place, Language: c.Language}, nil
}

// rows says how the table of another recorder is taken over.
func (c *importCommand) rows() recorder.Rows {
	return recorder.Rows{As: c.As, Of: c.Source, Columns: c.Columns, Sheet: c.Sheet, DayFirst: c.dayFirst(), Dry: c.DryRun}
}

// dayFirst is how dates of numbers are read; nil where nobody said it.
func (c *importCommand) dayFirst() *bool {
	if c.Dates == "" {
		return nil
	}
	first := c.Dates == "dmy"
	return &first
}

// report prints the summary as the last line, and turns what happened into an
// exit status.
func (c *importCommand) report(w *world, sum recorder.Summary, second map[cairn.SecondOutcome]int, err error) error {
	stopped := errors.Is(err, context.Canceled)
	switch {
	case stopped:
		fmt.Fprintln(w.stderr, "cairn: stopped; what was in hand is finished and kept")
		fmt.Fprintln(w.stderr, "hint: the same command goes on from there")
	case err != nil:
		w.say(err)
	}
	if printed := json.NewEncoder(w.stdout).Encode(struct {
		recorder.Summary
		Second map[cairn.SecondOutcome]int `json:"second,omitempty"`
	}{sum, second}); printed != nil {
		return printed
	}
	some := sum.Taken+sum.Again+sum.Originals > 0
	switch {
	case err != nil && !stopped && !some, sum.Problems > 0 && !some:
		return exitStatus(nothing)
	case err != nil, sum.Problems > 0:
		return exitStatus(partly)
	}
	return nil
}
