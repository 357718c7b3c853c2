package main

import (
	"context"

	"github.com/cairn-recorder/cairn/recorder"
)

type incidentsCommand struct{ step }

// Run answers documents with the incidents they report and the originals they
// repeat.
func (c *incidentsCommand) Run(ctx context.Context, w *world) error {
	return c.run(ctx, w, func(ctx context.Context, s recorder.Step, in []recorder.Input) (int, error) {
		return s.Incidents(ctx, in, w.stdout)
	})
}
