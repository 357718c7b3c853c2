package main

import (
	"context"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

type personsVictim struct {
	writing
	Not      bool   `help:"The person is none of its victims."`
	Why      string `placeholder:"TEXT" help:"Why, for the history."`
	Person   string `arg:"" help:"A person, or an entry as list/key."`
	Incident string `arg:"" help:"The incident."`
}

// Run records whether somebody is a victim of an incident.
func (c *personsVictim) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	decision := cairn.Appears
	if c.Not {
		decision = cairn.Absent
	}
	j, err := r.JudgeVictim(ctx, decision, c.Person, c.Incident, c.Why)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: %s %s\n", j.ID, j.Decision, j.Others[0])
	}
	return err
}

type personsAlive struct {
	writing
	Why    string `required:"" placeholder:"TEXT" help:"How it is known."`
	Person string `arg:"" help:"A person, or an entry as list/key."`
}

// Run records that somebody is alive.
func (c *personsAlive) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := r.FoundAlive(ctx, c.Person, c.Why)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: %s\n", j.ID, j.Decision)
	}
	return err
}
