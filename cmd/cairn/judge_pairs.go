package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn/recorder"
)

type pairsCommand struct {
	record
	selection
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run prints the pairs of incidents that may be one.
func (c *pairsCommand) Run(ctx context.Context, w *world) error {
	r, q, err := c.chosen(ctx, w, c.selection)
	if err != nil {
		return err
	}
	defer r.Close()
	pairs, err := recorder.Pairs(ctx, r.View(), q)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if c.JSON {
			err = json.NewEncoder(w.stdout).Encode(p)
		} else {
			_, err = fmt.Fprintf(w.stdout, "%s %s, %.1f: %s\n", p.A, p.B, p.Score, strings.Join(p.Reasons, "; "))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
