package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
)

type belligerentsCommand struct {
	Show   belligerentsShow   `cmd:"" default:"withargs" help:"Print the register."`
	Import belligerentsImport `cmd:"" help:"Bring belligerents in, from JSON or tables."`
}

type belligerentsShow struct {
	record
	On   string `placeholder:"DATE" help:"As each stood on this day, month or year."`
	JSON bool   `name:"json" help:"Print each whole, as JSON Lines."`
}

// Run prints the belligerents that the project reads by.
func (c *belligerentsShow) Run(ctx context.Context, w *world) error {
	on, err := cairn.ParseDate(c.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := r.Belligerents(ctx)
	if err != nil {
		return err
	}
	if on.Known() {
		all = standing(all, cairn.Period{From: on, To: on})
	}
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		for _, b := range all {
			if err := encoder.Encode(b); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, b := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\n", b.ID, b.Name, strings.Join(nonEmpty(string(b.Kind), b.Country, days(b.Active)), ", "))
		for _, line := range about(b) {
			fmt.Fprintf(table, "\t  %s\t\n", line)
		}
	}
	return table.Flush()
}

// standing returns the belligerents that were one in a period, as they stood.
func standing(all []cairn.Belligerent, in cairn.Period) []cairn.Belligerent {
	var out []cairn.Belligerent
	for _, b := range all {
		if then, was := b.On(in); was {
			then.Names = nil // among its aliases
			out = append(out, then)
		}
	}
	return out
}

// about writes what else is known of b, a line each.
func about(b cairn.Belligerent) []string {
	var lines []string
	names := slices.Clone(b.Aliases)
	for _, lang := range slices.Sorted(maps.Keys(b.Names)) {
		names = append(names, b.Names[lang]+" ("+lang+")")
	}
	if len(names) > 0 {
		lines = append(lines, "also "+strings.Join(names, ", "))
	}
	for _, r := range b.Roles {
		line := "on the side of " + r.Side
		if r.Name != "" {
			line = "called " + r.Name
			if r.Side != "" {
				line += ", on the side of " + r.Side
			}
		}
		lines = append(lines, strings.Join(nonEmpty(line, days(r.Period)), " "))
	}
	for _, m := range b.Of {
		lines = append(lines, strings.Join(nonEmpty("member of "+m.Coalition, days(m.Period)), " "))
	}
	return lines
}

func days(p cairn.Period) string {
	switch {
	case p.From.Known() && p.To.Known():
		return "from " + string(p.From) + " to " + string(p.To)
	case p.From.Known():
		return "from " + string(p.From)
	case p.To.Known():
		return "until " + string(p.To)
	}
	return ""
}

type belligerentsImport struct {
	writing
	Files []string `arg:"" name:"file" help:"JSON or tables; - is standard input."`
}

// Run brings belligerents in and prints what became of them.
func (c *belligerentsImport) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	done, err := r.ImportBelligerents(ctx, c.Files, w.say)
	if err != nil && done.Faults == 0 {
		return err
	}
	if printed := json.NewEncoder(w.stdout).Encode(done); printed != nil {
		return printed
	}
	switch some := done.New+done.Changed+done.Again > 0; {
	case err != nil || done.Faults > 0 && !some:
		return exitStatus(nothing)
	case done.Faults > 0:
		return exitStatus(partly)
	}
	return nil
}
