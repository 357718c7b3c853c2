package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type sourcesCommand struct {
	Show  sourcesShow  `cmd:"" default:"withargs" help:"Print the sources that are known."`
	Put   sourcesPut   `cmd:"" help:"Record what is known of sources, from JSON Lines."`
	Merge sourcesMerge `cmd:"" help:"Make several sources one: what they publish is of one voice."`
}

type sourcesShow struct {
	record
	JSON bool `name:"json" help:"Print each whole, as JSON Lines."`
}

// Run prints the sources.
func (c *sourcesShow) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, into, err := r.Sources(ctx)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	if !c.JSON {
		fmt.Fprintf(table, "ID\tNAMES\tKIND\tSIDE\tRELIABILITY\n")
	}
	for _, s := range all {
		if c.JSON {
			if err := encoder.Encode(s); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", s.ID, strings.Join(s.Called(), ", "), s.Kind, s.Side, rating(s, into[s.ID]))
	}
	return table.Flush()
}

// rating says how reliable a source is held to be, or what it was merged into, and
// whether it is named outside the house.
func rating(s cairn.Source, into string) string {
	said := "not rated"
	switch {
	case into != "":
		said = "merged into " + into
	case s.Rating != nil:
		said = fmt.Sprintf("%s, by %s on %s: %s", s.Rating.Reliability, s.Rating.Who, cairn.DayOf(s.Rating.At), s.Rating.Why)
	}
	if s.Withheld() {
		said += "; not named outside"
	}
	return said
}

type sourcesPut struct {
	writing
	Why  string `placeholder:"TEXT" help:"Why, for the history."`
	File string `arg:"" help:"A file of JSON Lines, one source each; - is standard input."`
}

// Run records sources. A line that is wrong is told, and the others are
// recorded.
func (c *sourcesPut) Run(ctx context.Context, w *world) error {
	in := w.stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	put := 0
	bad, err := recorder.EachSource(ctx, recorder.Input{Name: c.File, Reader: in}, func(err error) { w.say(err) }, func(s cairn.Source) error {
		err := r.PutSource(ctx, s, c.Why)
		if err == nil {
			put++
		}
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%d sources recorded\n", put)
	switch {
	case bad > 0 && put == 0:
		return exitStatus(nothing)
	case bad > 0:
		return exitStatus(partly)
	}
	return nil
}

type sourcesMerge struct {
	deciding
	Into   string   `arg:"" help:"The source that stays, by identifier or name."`
	Others []string `arg:"" help:"Those that are the same."`
}

// Run merges sources.
func (c *sourcesMerge) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.MergeSources(ctx, c.Into, c.Others, c.Why)
	})
}
