package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type originsCommand struct {
	record
	JSON     bool   `name:"json" help:"As JSON Lines, one an original."`
	Incident string `arg:"" help:"The code of the incident."`
}

// Run prints which documents of an incident repeat one original.
func (c *originsCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	origins, err := r.Origins(ctx, c.Incident)
	if err != nil {
		return err
	}
	for _, o := range origins {
		if c.JSON {
			if err := json.NewEncoder(w.stdout).Encode(o); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintln(w.stdout, strings.Join(o.Documents, ", "))
		for _, j := range o.Joinings {
			fmt.Fprintf(w.stdout, "  %s with %s: %s\n", j.Document, j.With, j.Reason)
		}
	}
	return nil
}

// repeating are documents that a person judges to be copies or not.
type repeating struct {
	deciding
	Document string   `arg:"" help:"A document."`
	Others   []string `arg:"" help:"The others."`
}

type copiesCommand struct{ repeating }

// Run says that documents repeat one original.
func (c *copiesCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Copies(ctx, c.Document, c.Others, c.Why)
	})
}

type independentCommand struct{ repeating }

// Run says that documents do not repeat one another.
func (c *independentCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Independent(ctx, c.Document, c.Others, c.Why)
	})
}

type outcomeCommand struct {
	deciding
	Document string `arg:"" help:"A document."`
	Outcome  string `arg:"" help:"What came: fetched where it is a report."`
}

// Run says what the capture of a document brought.
func (c *outcomeCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Overrule(ctx, c.Document, cairn.Outcome(c.Outcome), c.Why)
	})
}
