package main

import (
	"context"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type overrideCommand struct {
	deciding
	Incident string `arg:"" help:"The code of the incident."`
	Field    string `arg:"" help:"grading, strike_status, or a figure: killed, children_injured, …"`
	Value    string `arg:"" help:"The value: fair, likely, 3–5."`
}

// Run overrides a value of an assessment.
func (c *overrideCommand) Run(ctx context.Context, w *world) error {
	if c.Why == "" {
		return cairn.Invalid{Field: "--why", Reason: "a value that is set over a computed one needs its reason"}
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Override(ctx, c.Incident, c.Field, c.Value, c.Why)
	})
}

type rateCommand struct {
	deciding
	Incident    string `arg:"" help:"The code of the incident."`
	Claim       string `arg:"" help:"The claim, as DOCUMENT#NUMBER."`
	Credibility int    `arg:"" help:"1 confirmed by others, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 nobody can tell."`
}

// Run rates a claim.
func (c *rateCommand) Run(ctx context.Context, w *world) error {
	claim, err := claimOf(c.Claim)
	if err == nil && claim.N == 0 {
		err = cairn.Invalid{Field: c.Claim, Reason: "want DOCUMENT#NUMBER"}
	}
	if err != nil {
		return err
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Rate(ctx, c.Incident, claim, c.Credibility, c.Why)
	})
}

type relateCommand struct {
	deciding
	As        string            `required:"" placeholder:"RELATION" help:"same_attack, overlapping_toll, part_of or double_strike."`
	Toll      map[string]string `mapsep:"," placeholder:"killed=12,…" help:"What accounts give for all of them together; a total counts it once."`
	Incidents []string          `arg:"" help:"The codes of the incidents."`
}

// Run relates incidents.
func (c *relateCommand) Run(ctx context.Context, w *world) error {
	toll, err := figures("--toll", c.Toll)
	if err != nil {
		return err
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Relate(ctx, cairn.Related{As: cairn.Relation(c.As), Incidents: c.Incidents, Toll: toll}, c.Why)
	})
}

// figures reads ranges by the keys of their tallies; nil where there are none.
func figures(flag string, given map[string]string) (map[string]cairn.Range, error) {
	var all map[string]cairn.Range
	for key, text := range given {
		figure, err := cairn.ParseRange(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", flag, key, err)
		}
		if all == nil {
			all = map[string]cairn.Range{}
		}
		all[key] = figure
	}
	return all, nil
}

type positionCommand struct {
	deciding
	Conceded  map[string]string `mapsep:"," placeholder:"killed=1,…" help:"What it concedes, as ranges."`
	On        string            `placeholder:"DATE" help:"When it said so."`
	Statement string            `placeholder:"TEXT" help:"Its words."`
	Link      string            `placeholder:"URL" help:"Where it says so."`
	Incident  string            `arg:"" help:"The code of the incident."`
	Party     string            `arg:"" help:"The belligerent, by identifier or name."`
	Result    string            `arg:"" help:"Of its own assessment: not_assessed, non_credible, credible, duplicate."`
}

// Run records the position of a party.
func (c *positionCommand) Run(ctx context.Context, w *world) error {
	on, err := cairn.ParseDate(c.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	p := cairn.Position{Party: c.Party, Result: cairn.PositionResult(c.Result), On: on, Statement: c.Statement, Link: c.Link}
	if p.Conceded, err = figures("--conceded", c.Conceded); err != nil {
		return err
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.TakePosition(ctx, c.Incident, p, c.Why)
	})
}

type referCommand struct {
	deciding
	As       string `required:"" placeholder:"KIND" help:"What refers to it: court, inquiry, united_nations, parliament, government, research, organisation, press."`
	By       string `required:"" placeholder:"NAME" help:"Who published the work."`
	On       string `placeholder:"DATE" help:"When it was published."`
	Where    string `placeholder:"TEXT" help:"Where in it: a page, a paragraph."`
	Link     string `placeholder:"URL" help:"Where it is found."`
	Incident string `arg:"" help:"The code of the incident."`
	Title    string `arg:"" help:"How the work is called."`
}

// Run records a reference.
func (c *referCommand) Run(ctx context.Context, w *world) error {
	on, err := cairn.ParseDate(c.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	ref := cairn.Reference{Kind: cairn.ReferenceKind(c.As), Title: c.Title, By: c.By, On: on, Where: c.Where, Link: c.Link}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Refer(ctx, c.Incident, ref, c.Why)
	})
}

type graphicCommand struct {
	deciding
	Of      string `arg:"" name:"document" help:"A picture or film by its hash, or by a document."`
	Graphic string `arg:"" enum:"yes,no" help:"yes or no; the last word stands, with those before it."`
}

// Run records whether a picture or film is graphic.
func (c *graphicCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	return flagGraphic(ctx, w, r, c.Of, c.Graphic == "yes", c.Why)
}
