package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn/recorder"
)

type redoCommand struct {
	writing
	DryRun bool `help:"Only say what would change."`
}

// Run says what reading the archive again would change, and then does it.
func (c *redoCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	would, err := c.redo(ctx, w, r, true)
	if err != nil {
		return err
	}
	changes := would.Reread > 0 || would.Incidents > 0
	fmt.Fprint(w.stdout, strings.Join(changed(would, changes), "\n"), "\n")
	if changes && !c.DryRun {
		if _, err := c.redo(ctx, w, r, false); err != nil {
			return err
		}
		fmt.Fprintln(w.stdout, "done")
	}
	if len(would.Missing)+len(would.Unfit) > 0 {
		return exitStatus(partly)
	}
	return nil
}

func (c *redoCommand) redo(ctx context.Context, w *world, r *recorder.Recorder, dry bool) (recorder.Redone, error) {
	bar := newProgress(w, "documents")
	defer bar.end()
	return r.Redo(ctx, dry, recorder.Progress{Done: func(_ string, so recorder.Summary) { bar.at(so.Again) }})
}

// changed writes what reading again changes, line by line.
func changed(d recorder.Redone, any bool) []string {
	lines := []string{fmt.Sprintf("%s, %d read otherwise than before", many(d.Documents, "document"), d.Reread)}
	if any {
		lines = append(lines, fmt.Sprintf("%s changed, %d new", many(d.Incidents, "incident"), d.Made), fmt.Sprintf("%s, none of which moves", many(d.Signed, "signed assessment")))
	}
	lines = append(lines, recorder.Differences(d.Before, d.After)...)
	for _, j := range d.Unfit {
		lines = append(lines, fmt.Sprintf("no longer fits: %s of %s by %s on %q (%s)", j.Decision, j.Incident, j.Who, j.Words, j.Document))
	}
	for _, id := range d.Missing {
		lines = append(lines, "its bytes are not in the archive: "+id)
	}
	return lines
}
