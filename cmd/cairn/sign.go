package main

import (
	"context"
	"fmt"
)

type signCommand struct {
	writing
	Why      string `placeholder:"TEXT" help:"Why it is signed as it stands."`
	Incident string `arg:"" help:"The code of the incident."`
}

// Run signs the newest assessment of an incident.
func (c *signCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	a, err := r.Sign(ctx, c.Incident, c.Why)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s, revision %d, signed by %s: %s", a.Incident, a.Revision, a.Signed.Who, a.Grade)
	for _, t := range a.Tallies {
		fmt.Fprintf(w.stdout, ", %s %s", t.Key(), t.Range)
	}
	_, err = fmt.Fprintln(w.stdout)
	return err
}
