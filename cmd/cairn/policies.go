package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn/recorder"
)

type policiesCommand struct {
	JSON bool `name:"json" help:"Print each whole, as JSON Lines."`
}

// Run lists the built-in policies.
func (c *policiesCommand) Run(w *world) error {
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		for _, p := range recorder.Policies() {
			if err := encoder.Encode(p); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, p := range recorder.Policies() {
		fmt.Fprintf(table, "%s\t%s\n\t%s\n", p.ID(), p.Title, p.Citation)
	}
	return table.Flush()
}
