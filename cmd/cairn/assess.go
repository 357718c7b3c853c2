package main

import (
	"context"

	"github.com/cairn-recorder/cairn/recorder"
)

type assessCommand struct{ step }

// Run answers incidents with what the policy makes of them.
func (c *assessCommand) Run(ctx context.Context, w *world) error {
	return c.run(ctx, w, func(ctx context.Context, s recorder.Step, in []recorder.Input) (int, error) {
		return s.Assess(ctx, in, w.stdout)
	})
}
