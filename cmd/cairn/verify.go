package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn/recorder"
)

type verifyCommand struct {
	record
	JSON bool `name:"json" help:"Print each fault as a JSON object, and the count as the last."`
}

// Run checks the record and prints each fault.
func (c *verifyCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	encoder, faults := json.NewEncoder(w.stdout), 0
	checked, err := r.Verify(ctx, func(f recorder.Fault) {
		faults++
		if c.JSON {
			_ = encoder.Encode(f) // a stream that is gone fails below as well
			return
		}
		fmt.Fprintln(w.stdout, f)
	})
	if err != nil {
		return err
	}
	if c.JSON {
		err = encoder.Encode(map[string]int{"verified": checked, "faults": faults})
	} else {
		_, err = fmt.Fprintf(w.stdout, "verified %s, %s\n", many(checked, "item"), many(faults, "fault"))
	}
	if err == nil && faults > 0 {
		return exitStatus(partly)
	}
	return err
}
