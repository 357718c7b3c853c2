package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type signCommand struct {
	writing
	Why      string   `placeholder:"TEXT" help:"Why it is signed as it stands."`
	Of       string   `placeholder:"RECORDER" help:"Sign every incident that was taken over from this recorder, as one act."`
	Incident []string `arg:"" optional:"" help:"The codes of incidents."`
}

// Run signs the newest assessments of incidents.
func (c *signCommand) Run(ctx context.Context, w *world) error {
	if (c.Of == "") == (len(c.Incident) == 0) {
		return cairn.Invalid{Field: "incident", Reason: "say which: the codes of incidents, or --of RECORDER"}
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if c.Of != "" {
		n, err := r.Adopt(ctx, c.Of, c.Why)
		if err == nil {
			_, err = fmt.Fprintf(w.stdout, "%s of %s signed\n", many(n, "incident"), c.Of)
		}
		return err
	}
	for _, code := range c.Incident {
		if err := c.sign(ctx, w, r, code); err != nil {
			return err
		}
	}
	return nil
}

// sign signs one incident and says what was signed.
func (c *signCommand) sign(ctx context.Context, w *world, r *recorder.Recorder, code string) error {
	a, err := r.Sign(ctx, code, c.Why)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s, revision %d, signed by %s: %s", a.Incident, a.Revision, a.Signed.Who, a.Grade)
	for _, t := range a.Tallies {
		fmt.Fprintf(w.stdout, ", %s %s", t.Key(), t.Range)
	}
	fmt.Fprintln(w.stdout)
	return sayJoined(ctx, w, r, a.Incident)
}

// sayJoined names the reports that nobody but cairn put to the incident, and
// for which the signature now answers.
func sayJoined(ctx context.Context, w *world, r *recorder.Recorder, code string) error {
	i, err := r.View().Incident(ctx, r.Project().Name, code)
	if err != nil {
		return err
	}
	for _, j := range recorder.Joined(i) {
		if _, err := fmt.Fprintf(w.stdout, "  answers for %s, joined by cairn: %s\n", j.Document, strings.Join(j.Reasons, "; ")); err != nil {
			return err
		}
	}
	return nil
}
