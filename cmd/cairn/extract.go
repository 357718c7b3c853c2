package main

import (
	"context"

	"github.com/cairn-recorder/cairn/recorder"
)

type extractCommand struct {
	step
	Explain bool     `help:"Add what else the words could stand for, and why they do not."`
	Spans   []string `placeholder:"when,where,says,figures" enum:"when,where,says,figures" help:"Add every expression of these kinds, claim or not."`
}

// Run answers documents with their claims.
func (c *extractCommand) Run(ctx context.Context, w *world) error {
	return c.run(ctx, w, func(ctx context.Context, s recorder.Step, in []recorder.Input) (int, error) {
		s.Explain, s.Spans = c.Explain, c.Spans
		return s.Extract(ctx, in, w.stdout)
	})
}
