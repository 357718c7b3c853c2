package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type correctCommand struct {
	deciding
	Figure   *string `placeholder:"FIGURE" help:"7, 3–5, 5+, or words such as 'at least five'; empty where none is given."`
	Harm     *string `placeholder:"HARM" help:"What was done: killed, injured and so on."`
	Class    *string `placeholder:"CLASS" help:"To whom: civilian, child, combatant and so on."`
	Where    *string `placeholder:"PLACE" help:"Where, by a name or identifier of a place."`
	From     *string `placeholder:"DATE" help:"The first day, month or year."`
	To       *string `placeholder:"DATE" help:"The last."`
	By       *string `placeholder:"PARTY" help:"Who is said to have done it."`
	Says     *string `placeholder:"NAME" help:"Who says so."`
	Stance   *string `placeholder:"STANCE" help:"asserts, denies or doubts."`
	Incident string  `arg:"" help:"The code of the incident."`
	Claim    string  `arg:"" name:"document#n" help:"The claim, by its document and number."`
}

// Run has a claim count as a person reads it.
func (c *correctCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		t, err := claimOfIncident(ctx, r, c.Incident, c.Claim)
		if err != nil {
			return cairn.Judgement{}, err
		}
		e := recorder.EditOf(t.Claim)
		for _, part := range []struct {
			given *string
			into  *string
		}{{c.Figure, &e.Figure}, {c.Harm, &e.Harm}, {c.Class, &e.Class}, {c.Where, &e.Place}, {c.From, &e.From}, {c.To, &e.To}, {c.By, &e.Party}, {c.Says, &e.Says}, {c.Stance, &e.Stance}} {
			if part.given != nil {
				*part.into = *part.given
			}
		}
		now, faults := r.Edited(ctx, t.Claim, e)
		if len(faults) > 0 {
			return cairn.Judgement{}, faults[0]
		}
		return r.CorrectClaim(ctx, c.Incident, t.Ref, now, c.Why)
	})
}

type rejectCommand struct {
	deciding
	Incident string `arg:"" help:"The code of the incident."`
	Claim    string `arg:"" name:"document#n" help:"The claim, by its document and number."`
}

// Run has a claim count no more.
func (c *rejectCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		t, err := claimOfIncident(ctx, r, c.Incident, c.Claim)
		if err != nil {
			return cairn.Judgement{}, err
		}
		return r.RejectClaim(ctx, c.Incident, t.Ref, c.Why)
	})
}

// claimOfIncident returns the claim of an incident that DOCUMENT#NUMBER names.
func claimOfIncident(ctx context.Context, r *recorder.Recorder, code, claim string) (cairn.Testimony, error) {
	ref, err := claimOf(claim)
	if err != nil {
		return cairn.Testimony{}, err
	}
	i, err := r.View().Incident(ctx, r.Project().Name, code)
	if err != nil {
		return cairn.Testimony{}, err
	}
	testimonies, err := r.View().Testimonies(ctx, r.Project().Name, i.Code)
	if err != nil {
		return cairn.Testimony{}, err
	}
	for _, t := range testimonies {
		if t.Ref.Document == ref.Document && t.Ref.N == ref.N {
			return t, nil
		}
	}
	return cairn.Testimony{}, cairn.Invalid{Field: claim, Reason: "is no claim of " + i.Code}
}

type correctionsCommand struct {
	record
	As string `enum:"reports,json" default:"reports" help:"reports (marked, as the tests of the extractor take them) or json."`
}

// Run writes what persons corrected of what was read.
func (c *correctionsCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := recorder.Corrections(ctx, r.View(), r.Project().Name)
	if err != nil {
		return err
	}
	if c.As == "reports" {
		return recorder.WriteReports(w.stdout, all)
	}
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	for _, one := range all {
		err = errors.Join(err, encoder.Encode(struct {
			Judgement cairn.Judgement `json:"judgement"`
			Language  string          `json:"language,omitempty"`
			Was       *cairn.Claim    `json:"was"`
			Now       *cairn.Claim    `json:"now"`
		}{one.Judgement, one.Document.Language, one.Was, one.Now}))
	}
	if err != nil {
		return fmt.Errorf("corrections: %w", err)
	}
	return nil
}
