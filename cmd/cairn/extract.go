package main

import (
	"context"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type extractCommand struct {
	step
	asking
	Explain bool     `help:"Print in words why each claim was read as it was, with its sentence in brackets."`
	JSON    bool     `name:"json" help:"With --explain: the claims as JSON Lines, each with its explanation."`
	Spans   []string `placeholder:"when,where,says,figures" enum:"when,where,says,figures" help:"Add every expression of these kinds, claim or not."`
}

// Run answers documents with their claims.
func (c *extractCommand) Run(ctx context.Context, w *world) error {
	if c.Explain && len(c.Spans) > 0 {
		return cairn.Invalid{Field: "--explain", Reason: "explains claims, and --spans shows what is none; ask for one of them"}
	}
	return c.run(ctx, w, func(ctx context.Context, s recorder.Step, in []recorder.Input) (int, error) {
		var err error
		if s.Second, err = c.of(s); err != nil {
			return 0, err
		}
		s.Explain, s.JSON, s.Spans = c.Explain, c.JSON, c.Spans
		return s.Extract(ctx, in, w.stdout)
	})
}
