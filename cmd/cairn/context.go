package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// contextCommand is what happened around incidents and is no harm.
type contextCommand struct {
	Show contextShow `cmd:"" default:"withargs" help:"Print what happened around the incidents, by day."`
	Add  contextAdd  `cmd:"" help:"Record that something happened."`
	Drop contextDrop `cmd:"" help:"Take it out again."`
}

type contextShow struct {
	record
	selection
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run prints the circumstances of a selection.
func (c *contextShow) Run(ctx context.Context, w *world) error {
	r, q, err := c.chosen(ctx, w, c.selection)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := recorder.Circumstances(ctx, r.View(), q)
	if err != nil {
		return err
	}
	return printCircumstances(w, all, c.JSON)
}

func printCircumstances(w *world, all []cairn.Circumstance, asJSON bool) error {
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, c := range all {
		if asJSON {
			if err := encoder.Encode(c); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", period(c.When.From, c.When.To), c.ID, c.Kind, c.Place, c.Title)
	}
	return table.Flush()
}

type contextAdd struct {
	writing
	Kind  string `required:"" help:"operation_begins, operation_ends, changes_hands, ceasefire, statement, sanction or blackout."`
	From  string `required:"" placeholder:"DATE" help:"The day, month or year, or the first of several."`
	To    string `placeholder:"DATE" help:"The last of several."`
	Place string `placeholder:"NAME|ID" help:"Where; everywhere unless told."`
	Claim string `placeholder:"DOCUMENT#NUMBER" help:"The claim that says so."`
	Link  string `placeholder:"URL" help:"Where it can be read."`
	Why   string `placeholder:"TEXT" help:"Why, for the history."`
	Title string `arg:"" help:"What happened, in words."`
}

// Run records a circumstance.
func (c *contextAdd) Run(ctx context.Context, w *world) error {
	what := cairn.Circumstance{Kind: cairn.CircumstanceKind(c.Kind), Title: c.Title, Place: c.Place, Link: c.Link}
	for _, d := range []struct {
		flag, text string
		into       *cairn.Date
	}{{"from", c.From, &what.When.From}, {"to", c.To, &what.When.To}} {
		date, err := cairn.ParseDate(d.text)
		if err != nil {
			return fmt.Errorf("--%s: %w", d.flag, err)
		}
		*d.into = date
	}
	if c.Claim != "" {
		claim, err := claimOf(c.Claim)
		if err != nil {
			return err
		}
		what.Claim = &claim
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	recorded, err := r.PutCircumstance(ctx, what, c.Why)
	if err != nil {
		return err
	}
	return printCircumstances(w, []cairn.Circumstance{recorded}, false)
}

type contextDrop struct {
	writing
	Why string `placeholder:"TEXT" help:"Why, for the history."`
	ID  string `arg:"" help:"Its identifier."`
}

// Run takes a circumstance out again.
func (c *contextDrop) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.DropCircumstance(ctx, c.ID, c.Why)
}
