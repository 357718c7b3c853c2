package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn/recorder"
)

type logCommand struct {
	record
	Key   bool `help:"Print the public key that checks the signatures."`
	From  int  `placeholder:"N" help:"Print what proves that the log of N acts has grown into the one that was signed last."`
	Prove int  `placeholder:"ACT" help:"Print what proves that this act is in the log that was signed last."`
}

// Run prints the newest checkpoint, or a proof.
func (c *logCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	var proof any
	switch {
	case c.Key:
		key, err := r.PublicKey()
		if err == nil {
			_, err = fmt.Fprintln(w.stdout, key)
		}
		return err
	case c.Prove > 0:
		proof, err = r.ProveAct(ctx, c.Prove)
	case c.From > 0:
		proof, err = r.ProveGrowth(ctx, c.From)
	default:
		var last recorder.Checkpoint
		if last, err = r.Checkpoint(ctx); err == nil {
			_, err = w.stdout.Write(last)
		}
		return err
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(w.stdout).Encode(proof)
}
