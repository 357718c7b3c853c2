package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn/recorder"
)

type policiesCommand struct {
	JSON    bool     `name:"json" help:"Print each whole, as JSON Lines."`
	Data    string   `placeholder:"DIR" help:"Print that of the project recorded there too."`
	Project string   `placeholder:"NAME" help:"The project; needed only where there are several."`
	Files   []string `arg:"" optional:"" name:"file" help:"Check these files of policies and print them, in place of those built in."`
}

// Run lists the built-in policies and the project's own, or those of files.
func (c *policiesCommand) Run(ctx context.Context, w *world) error {
	all, err := recorder.Policies(c.Files...)
	if err != nil {
		return err
	}
	if c.Data != "" {
		r, err := record{Data: c.Data, Project: c.Project}.read(ctx, w)
		if err != nil {
			return err
		}
		defer r.Close()
		if own, err := recorder.PolicyOf(r.Project()); err != nil {
			return err
		} else if len(r.Project().Convention) > 0 {
			all = append(all, own)
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		for _, p := range all {
			if err := encoder.Encode(p); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, p := range all {
		fmt.Fprintf(table, "%s\t%s\n\t%s\n", p.ID(), p.Title, p.Citation)
	}
	return table.Flush()
}
