package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/recorder"
)

// listsCommand is the lists of victims of a project.
type listsCommand struct {
	Show   listsShow   `cmd:"" default:"withargs" help:"Print the lists with their releases."`
	Diff   listsDiff   `cmd:"" help:"Print what the newest release of a list changed."`
	Covers listsCovers `cmd:"" help:"Say of whom a list can know, and which lists it draws on."`
	Guards listsGuards `cmd:"" help:"Print identifiers and rows that want a person's eyes."`
}

type listsShow struct {
	record
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run prints the lists.
func (c *listsShow) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	lists, err := r.Lists(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, l := range lists {
		if c.JSON {
			if err := json.NewEncoder(w.stdout).Encode(l); err != nil {
				return err
			}
			continue
		}
		for _, release := range l.Releases {
			fmt.Fprintf(table, "%s\trelease %d\t%s\t%s\t%d added\t%d changed\t%d removed\n", l.ID, release.Number, cairn.DayOf(release.At), many(release.Rows, "row"), release.Added, release.Changed, release.Removed)
		}
	}
	return table.Flush()
}

type listsDiff struct {
	record
	JSON bool   `name:"json" help:"As JSON Lines, with what the entries say."`
	List string `arg:"" help:"The list."`
}

// Run prints the differences of the newest release. Names stay out of the plain
// form, which may be shown to others.
func (c *listsDiff) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := r.ListDifferences(ctx, c.List)
	if err != nil {
		return err
	}
	for _, d := range all {
		if err := printDifference(w, d, c.JSON); err != nil {
			return err
		}
	}
	return nil
}

func printDifference(w *world, d identify.Difference, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(d)
	}
	line := d.Change + " " + d.Entry.Ref()
	if len(d.Fields) > 0 {
		line += ": " + strings.Join(d.Fields, ", ")
	}
	_, err := fmt.Fprintln(w.stdout, line)
	return err
}

type listsCovers struct {
	writing
	Only    map[string]string `mapsep:";" placeholder:"STRATUM=VALUE,…" help:"It can only know of people with these values of place, month, year, sex or age."`
	Harm    string            `enum:",killed,injured,missing,detained" placeholder:"HARM" default:"" help:"What was done to those who stand on it: killed (unless told), injured, missing or detained."`
	DrawsOn []string          `placeholder:"LIST" help:"It draws on this list."`
	Why     string            `placeholder:"TEXT" help:"Why, for the history."`
	List    string            `arg:"" help:"The list."`
}

// Run records what a list covers.
func (c *listsCovers) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	var covers map[string][]string
	for stratum, values := range c.Only {
		if covers == nil {
			covers = map[string][]string{}
		}
		covers[stratum] = strings.Split(values, ",")
	}
	list, err := r.DeclareList(ctx, c.List, recorder.Declared{Covers: covers, DrawsOn: c.DrawsOn, Harm: cairn.Harm(c.Harm)}, c.Why)
	if err != nil {
		return err
	}
	for _, covered := range list.Covers {
		fmt.Fprintf(w.stdout, "%s covers %s: %s\n", list.ID, covered.Stratum, strings.Join(covered.Values, ", "))
	}
	for _, other := range list.DrawsOn {
		fmt.Fprintf(w.stdout, "%s draws on %s\n", list.ID, other)
	}
	return nil
}

type listsGuards struct {
	record
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run prints what the guards found.
func (c *listsGuards) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	people, err := r.People(ctx)
	if err != nil {
		return err
	}
	for _, g := range identify.Guards(people.Persons) {
		if c.JSON {
			if err := json.NewEncoder(w.stdout).Encode(g); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w.stdout, "%s %s: %s (%s)\n", g.Kind, g.List, g.Says, strings.Join(g.Entries, ", "))
	}
	return nil
}

// importList brings releases of a list of victims in.
func (c *importCommand) importList(ctx context.Context, r *recorder.Recorder, p recorder.Progress) (recorder.Summary, error) {
	return r.ImportList(ctx, c.Targets, recorder.Roll{Of: c.Source, Columns: c.Columns, Sheet: c.Sheet, Dry: c.DryRun}, p)
}
