package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
)

type personsLabel struct {
	writing
	Why  string `placeholder:"TEXT" help:"Why, for the history."`
	A    string `arg:"" help:"An entry as list/key."`
	B    string `arg:"" help:"The other."`
	Says string `arg:"" enum:"same,other,unsure" help:"One of ${enum}."`
}

// Run records a label.
func (c *personsLabel) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := r.LabelPair(ctx, c.A, c.B, cairn.LabelSays(c.Says), c.Why)
	switch {
	case err != nil:
		return err
	case j.ID == "":
		_, err = fmt.Fprintln(w.stdout, "labelled")
	default:
		_, err = fmt.Fprintf(w.stdout, "labelled; %s agree, and %s decides: %s\n", j.Value, j.ID, j.Decision)
	}
	return err
}

type personsAgreement struct {
	record
	JSON bool `name:"json" help:"As JSON Lines: an agreement a line."`
}

// Run prints how far labellers agree.
func (c *personsAgreement) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	labels, err := r.Labels(ctx)
	if err != nil {
		return err
	}
	people, err := r.People(ctx)
	if err != nil {
		return err
	}
	for _, a := range identify.Agreements(labels) {
		if c.JSON {
			if err := json.NewEncoder(w.stdout).Encode(a); err != nil {
				return err
			}
			continue
		}
		said := "kappa cannot be told: both always say the same one thing"
		if a.Kappa != nil {
			said = fmt.Sprintf("kappa %.2f (%.2f to %.2f)", *a.Kappa, a.Low, a.High)
		}
		fmt.Fprintf(w.stdout, "%s and %s: %d of %d pairs alike, %s\n", a.Who[0], a.Who[1], a.Agreed, a.Pairs, said)
	}
	if c.JSON {
		return nil
	}
	for _, c := range people.Calibrated(labels) {
		fmt.Fprintf(w.stdout, "promised %.0f to %.0f %%: %s looked at, %d of them one person\n", 100*c.From, 100*c.To, many(c.Pairs, "pair"), c.Same)
	}
	for _, pair := range identify.Contested(labels, people.Decided) {
		fmt.Fprintf(w.stdout, "%s %s:", pair[0].A, pair[0].B)
		for _, l := range pair {
			fmt.Fprintf(w.stdout, " %s by %s", l.Says, l.Who)
		}
		fmt.Fprintln(w.stdout)
	}
	return nil
}
