package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/recorder"
)

type estimateKeep struct {
	writing
	reckoning
	About string `placeholder:"TEXT" help:"What is estimated, in words: the title."`
	Class string `placeholder:"CLASS" help:"Whose deaths: civilian, combatant, all, child, woman, man, …"`
	Dead  string `name:"deaths" default:"" enum:"direct,indirect,both," placeholder:"direct|indirect|both" help:"By violence itself, by what it led to, or both."`
	Harm  string `default:"killed" placeholder:"HARM" help:"What was done to them (${default})."`
	Named bool   `help:"Whoever is counted has a name, a date and a place; always so for the lists of the record."`
	Place string `placeholder:"NAME" help:"Where."`
	From  string `placeholder:"DATE" help:"From when on."`
	To    string `placeholder:"DATE" help:"Until when."`
	Whom  string `placeholder:"TEXT" help:"In words, whom the lists could have held, and who is left out."`
	Draws int    `default:"0" placeholder:"N" help:"Without a file: draw who is who N times from what is likely."`
	Added string `name:"of" placeholder:"ID" help:"Make a further run on the histories of this estimate, in place of a new one."`
	Bare  bool   `help:"Leave the sensitivity analysis and the prediction of the lists out, which take the most time where there are many lists."`
	Why   string `placeholder:"TEXT" help:"Why, for the history."`
	JSON  bool   `name:"json" help:"Print the estimate as JSON."`

	File string `arg:"" optional:"" name:"histories.csv" help:"Capture histories; those of the lists of the record without a file."`
}

// Run estimates and keeps what came of it.
func (c *estimateKeep) Run(ctx context.Context, w *world) error {
	if c.Method == "" {
		c.Method = "all"
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if c.Added != "" {
		return c.further(ctx, w, r)
	}
	e, err := c.subject()
	if err != nil {
		return err
	}
	settings := cairn.EstimateSettings(c.reckoning)
	from, err := source(w, c.File)
	if err != nil {
		return err
	}
	e.From = from.Name
	if c.File == "" {
		if from, err = c.ofRecord(ctx, w, r, &settings); err != nil {
			return err
		}
		e.From, e.About.Named = recorder.FromLists, true
	}
	made, draws, err := c.compute(w, settings, from)
	if err != nil {
		return err
	}
	e.Histories, e.Columns, e.Lists, e.Input, e.Runs = made.Histories, made.Columns, made.Lists, made.Input, made.Runs
	texts, err := estimate.DrawTexts(draws)
	if err != nil {
		return err
	}
	if e, err = r.KeepEstimate(ctx, e, texts, c.Why); err != nil {
		return err
	}
	if c.JSON {
		return printLines(w.stdout, []any{e})
	}
	return tellEstimate(w.stdout, e)
}

// compute makes the estimate, with what shows how far it can be trusted.
func (c *estimateKeep) compute(w *world, settings cairn.EstimateSettings, from estimate.Source) (cairn.Estimate, map[int]estimate.Draws, error) {
	if !c.Bare {
		return estimate.Whole(settings, from, func(what string) { fmt.Fprintln(w.stderr, what) })
	}
	draws := map[int]estimate.Draws{}
	e, err := estimate.Begin(settings, from)
	if err == nil {
		err = estimate.Add(&e, settings, draws)
	}
	return e, draws, err
}

// subject is which deaths it is about.
func (c *estimateKeep) subject() (cairn.Estimate, error) {
	e := cairn.Estimate{Title: strings.TrimSpace(c.About)}
	switch {
	case e.Title == "":
		return e, cairn.Invalid{Field: "--about", Reason: "say in words what is estimated"}
	case !slices.Contains(cairn.Classes, cairn.Class(c.Class)):
		return e, cairn.Invalid{Field: "--class", Reason: fmt.Sprintf("say whose deaths, one of %v", cairn.Classes)}
	case c.Dead == "":
		return e, cairn.Invalid{Field: "--deaths", Reason: "say whether by violence itself: direct, indirect or both"}
	case !slices.Contains(cairn.Harms, cairn.Harm(c.Harm)):
		return e, cairn.Invalid{Field: "--harm", Reason: fmt.Sprintf("want one of %v", cairn.Harms)}
	}
	when := cairn.Period{}
	for _, end := range []struct {
		flag, text string
		to         *cairn.Date
	}{{"--from", c.From, &when.From}, {"--to", c.To, &when.To}} {
		if *end.to = cairn.Date(end.text); end.text != "" && !end.to.Known() {
			return e, cairn.Invalid{Field: end.flag, Reason: "want a date such as 2031, 2031-05 or 2031-05-03, not " + end.text}
		}
	}
	e.About = cairn.EstimateSubject{Harm: cairn.Harm(c.Harm), Class: cairn.Class(c.Class), Direct: c.Dead, Named: c.Named, Place: c.Place, When: when, Words: c.Whom}
	return e, nil
}

// ofRecord are the histories of the lists of the record, and what these are known
// to cover and to draw on.
func (c *estimateKeep) ofRecord(ctx context.Context, w *world, r *recorder.Recorder, settings *cairn.EstimateSettings) (estimate.Source, error) {
	from, left, err := r.ListHistories(ctx, settings, c.Draws)
	for _, lacks := range []string{"current entry", "name", "date", "place"} {
		if n := left[lacks]; n > 0 {
			fmt.Fprintf(w.stderr, "left out: %s without a %s\n", many(n, "person"), lacks)
		}
	}
	return from, err
}

// further makes another run on the histories of an estimate.
func (c *estimateKeep) further(ctx context.Context, w *world, r *recorder.Recorder) error {
	if c.File != "" {
		return cairn.Invalid{Field: "--of", Reason: "a further run is on the histories that are kept; leave the file out"}
	}
	e, err := recorder.EstimateOf(ctx, r.View(), r.Project().Name, c.Added)
	if err != nil {
		return err
	}
	had, draws := len(e.Runs), map[int]estimate.Draws{}
	if err := estimate.Add(&e, cairn.EstimateSettings(c.reckoning), draws); err != nil {
		return err
	}
	texts, err := estimate.DrawTexts(draws)
	if err == nil {
		err = r.AddRuns(ctx, e.ID, e.Runs[had:], texts, c.Why)
	}
	if err != nil {
		return err
	}
	if e, err = recorder.EstimateOf(ctx, r.View(), r.Project().Name, c.Added); err != nil {
		return err
	}
	if c.JSON {
		return printLines(w.stdout, []any{e})
	}
	return tellEstimate(w.stdout, e)
}
