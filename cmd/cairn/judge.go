package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// judgeCommand is what a person decides about incidents. Every decision can be
// taken back.
type judgeCommand struct {
	Pairs       pairsCommand       `cmd:"" help:"Propose incidents that may be one, the likeliest first, with what speaks for it."`
	Merge       mergeCommand       `cmd:"" help:"Take incidents into another: one event was recorded several times."`
	Split       splitCommand       `cmd:"" help:"Take claims out of an incident, to another or to a new one."`
	Apart       apartCommand       `cmd:"" help:"Keep incidents apart that are not the same: they are proposed as one no more."`
	Origins     originsCommand     `cmd:"" help:"Show which documents of an incident repeat one original, and why."`
	Copies      copiesCommand      `cmd:"" help:"Say that documents repeat one original, whatever their texts show."`
	Independent independentCommand `cmd:"" help:"Say that documents do not repeat one another."`
	Outcome     outcomeCommand     `cmd:"" help:"Say what the capture of a document brought, whatever it was taken for: fetched, consent_wall, soft_gone and so on."`
	Graphic     graphicCommand     `cmd:"" help:"Say whether a picture or film is not to be shown to anybody unawares."`
	Accept      acceptCommand      `cmd:"" help:"Take a claim of another reading, such as a second reader's, into an incident, where it then counts."`
	Correct     correctCommand     `cmd:"" help:"Have a claim of an incident count as a person reads it."`
	Reject      rejectCommand      `cmd:"" help:"Have a claim of an incident count no more."`
	Corrections correctionsCommand `cmd:"" help:"Write what persons corrected, as marked reports for the tests of the extractor."`
	Override    overrideCommand    `cmd:"" help:"Set a grading, strike status or figure over the computed one, with the reason."`
	Relate      relateCommand      `cmd:"" help:"Say what incidents have to do with one another that stay several."`
	Rate        rateCommand        `cmd:"" help:"Say how credible a claim is, from 1 to 6."`
	Position    positionCommand    `cmd:"" help:"Record what a party itself says of an incident, and what it concedes."`
	Refer       referCommand       `cmd:"" help:"Record that a work of others refers to an incident: a judgment, a report, an article."`
	Suppress    suppressCommand    `cmd:"" help:"Take an incident, a document, a sentence of it or a source out of everything that is published."`
	Clear       clearCommand       `cmd:"" help:"Let the names in a document be published."`
	Undo        undoCommand        `cmd:"" help:"Take a decision back, as if it had never been taken."`
	List        judgedCommand      `cmd:"" help:"List the decisions, the last first."`
}

// deciding is what every decision is told.
type deciding struct {
	writing
	Why string `placeholder:"TEXT" help:"Why it is so; it is shown wherever the decision is."`
}

// decide takes one decision and prints its identifier and what it is about.
func (d deciding) decide(ctx context.Context, w *world, take func(*recorder.Recorder) (cairn.Judgement, error)) error {
	r, err := d.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := take(r)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w.stdout, sentence(j))
	return err
}

// sentence says a decision in a line.
func sentence(j cairn.Judgement) string {
	others := strings.Join(j.Others, ", ")
	what := string(j.Decision) + " " + j.Incident
	switch {
	case j.Decision == cairn.Merge && j.Kind == cairn.OfDocuments:
		return j.ID + ": " + others + " repeats what " + j.Incident + " repeats"
	case j.Decision == cairn.NotSame && j.Kind == cairn.OfDocuments:
		return j.ID + ": " + others + " does not repeat " + j.Incident
	}
	switch j.Decision {
	case cairn.Appears:
		what = j.Incident + " is a victim of " + others
	case cairn.Absent:
		what = j.Incident + " is no victim of " + others
	case cairn.Alive:
		what = j.Incident + " was found to be alive"
	case cairn.Shows:
		what = "how much of " + j.Incident + " may be seen settled"
	case cairn.Merge:
		what = others + " merged into " + j.Incident
	case cairn.Split:
		what = j.Document + " split from " + j.Incident + " to " + others
	case cairn.NotSame:
		what = j.Incident + " is not " + others
	case cairn.Override:
		what = j.Incident + ": " + j.Field + " set to " + j.Value
	case cairn.Rates:
		what = "“" + j.Words + "” of " + j.Document + " rated " + j.Value
	case cairn.Relates:
		what = j.Incident + " and " + others + " related: " + strings.ReplaceAll(j.Field, "_", " ")
	case cairn.TakesPosition:
		what = "what " + j.Field + " says of " + j.Incident + " recorded"
	case cairn.Accept:
		what = "a claim of " + j.Document + " accepted into " + j.Incident
	case cairn.Correct:
		what = "“" + j.Words + "” of " + j.Document + " corrected in " + j.Incident
		if j.Value == "" {
			what = "“" + j.Words + "” of " + j.Document + " rejected in " + j.Incident
		}
	case cairn.Refers:
		what = "a reference to " + j.Incident + " recorded"
	case cairn.Suppress:
		what = j.Incident + " suppressed in everything that is published"
	case cairn.Clear:
		what = "the names in " + j.Document + " may be published"
	case cairn.Narrates:
		what = j.Incident + " told in " + j.Field
	case cairn.Locates:
		what = j.Incident + " located"
	case cairn.Tags:
		what = j.Incident + " tagged " + j.Value
	case cairn.Undo:
		what = j.Undoes + " undone"
	}
	return j.ID + ": " + what
}

type mergeCommand struct {
	deciding
	Into   string   `arg:"" help:"The code of the incident that stays."`
	Others []string `arg:"" help:"The codes of those that become part of it."`
}

// Run merges incidents.
func (c *mergeCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) { return r.Merge(ctx, c.Into, c.Others, c.Why) })
}

type splitCommand struct {
	deciding
	To       string   `placeholder:"CODE" help:"The incident that the claims are of; a new one unless told."`
	Incident string   `arg:"" help:"The code of the incident."`
	Parts    []string `arg:"" help:"Documents, or claims as DOCUMENT#NUMBER."`
}

// Run splits claims off an incident.
func (c *splitCommand) Run(ctx context.Context, w *world) error {
	var parts []cairn.ClaimRef
	for _, p := range c.Parts {
		part, err := claimOf(p)
		if err != nil {
			return err
		}
		parts = append(parts, part)
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Split(ctx, c.Incident, parts, c.To, c.Why)
	})
}

// claimOf reads DOCUMENT, whose N is 0, or DOCUMENT#NUMBER.
func claimOf(s string) (cairn.ClaimRef, error) {
	document, number, ok := strings.Cut(s, "#")
	if !ok {
		return cairn.ClaimRef{Document: s}, nil
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return cairn.ClaimRef{}, cairn.Invalid{Field: s, Reason: "want DOCUMENT or DOCUMENT#NUMBER"}
	}
	return cairn.ClaimRef{Document: document, N: n}, nil
}

type apartCommand struct {
	deciding
	Incident string   `arg:"" help:"The code of an incident."`
	Others   []string `arg:"" help:"The codes of those that it is not."`
}

// Run keeps incidents apart.
func (c *apartCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.NotSame(ctx, c.Incident, c.Others, c.Why)
	})
}

type undoCommand struct {
	deciding
	Judgement string `arg:"" help:"The identifier that the decision was answered with."`
}

// Run undoes a decision.
func (c *undoCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) { return r.Undo(ctx, c.Judgement, c.Why) })
}

type judgedCommand struct {
	record
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run lists the decisions, the last first.
func (c *judgedCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, stands, err := r.Judgements(ctx)
	if err != nil {
		return err
	}
	for k := len(all) - 1; k >= 0; k-- {
		j := all[k]
		if c.JSON {
			err = json.NewEncoder(w.stdout).Encode(j)
		} else {
			undone := ""
			if !stands(j) && j.Decision != cairn.Undo {
				undone = " (undone)"
			}
			_, err = fmt.Fprintf(w.stdout, "%s, %s, %s%s\n", sentence(j), j.Who, cairn.DayOf(j.At), undone)
			if err == nil && j.Why != "" {
				_, err = fmt.Fprintln(w.stdout, "  "+j.Why)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
