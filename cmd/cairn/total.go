package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// selection is the flags that choose incidents.
type selection struct {
	Place string   `placeholder:"NAME|ID" help:"At this place, or in it."`
	From  string   `placeholder:"DATE" help:"From this day, month or year on."`
	To    string   `placeholder:"DATE" help:"Up to this day, month or year."`
	Grade []string `placeholder:"confirmed,fair|all" help:"Of these gradings (those of the policy's headline unless told; all takes every one)."`
	Stage string   `default:"proposed" enum:"proposed,signed,published" help:"How far an assessment has come: ${enum} (${default})."`
	AsOf  string   `placeholder:"DATE" help:"As the record stood at the end of this day (UTC)."`
}

func (s selection) query(r *recorder.Recorder) (recorder.Query, error) {
	q := recorder.Query{Project: r.Project().Name, Place: s.Place, Stage: store.Stage(s.Stage)}
	for _, d := range []struct {
		flag, text string
		into       *cairn.Date
	}{{"from", s.From, &q.From}, {"to", s.To, &q.To}, {"as-of", s.AsOf, &q.AsOf}} {
		date, err := cairn.ParseDate(d.text)
		if err != nil {
			return q, fmt.Errorf("--%s: %w", d.flag, err)
		}
		*d.into = date
	}
	if q.From.Known() && q.To.Before(q.From) {
		return q, cairn.Invalid{Field: "--to", Reason: s.To + " lies before " + s.From}
	}
	for _, g := range s.Grade {
		switch {
		case g == "all":
			q.Grades = cairn.Grades
		case slices.Contains(cairn.Grades, cairn.Grade(g)):
			q.Grades = append(q.Grades, cairn.Grade(g))
		default:
			return q, cairn.Invalid{Field: "--grade", Reason: "want confirmed, fair, weak, contested, discounted or all, not " + g}
		}
	}
	return q, nil
}

type totalCommand struct {
	record
	selection
	By    string `placeholder:"year|month|…" help:"One row a year, month, week, day, grade, belligerent, place, admin1, country, class or means."`
	Since string `placeholder:"DATE" help:"Say line by line what changed since the end of this day (UTC), and why."`
	ID    string `name:"id" placeholder:"ID" help:"Make the total of this permanent identifier again."`
	Draws int    `placeholder:"N" help:"Beside each sum, simulate what it may be from the ranges, with so many draws."`
	Seed  uint64 `default:"1" help:"Of the draws (${default})."`
	JSON  bool   `name:"json" help:"Print one JSON object."`
}

// Run adds up and prints.
func (c *totalCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	q, err := c.chosen(r)
	if err != nil {
		return err
	}
	t, err := recorder.Total(ctx, r.View(), q)
	if err != nil {
		return err
	}
	answer := totalAnswer{Answer: t}
	if answer.Context, err = recorder.Circumstances(ctx, r.View(), q); err != nil {
		return err
	}
	if c.Since != "" {
		day, err := cairn.ParseDate(c.Since)
		if err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		if answer.Changes, err = recorder.Changes(ctx, r.View(), q, recorder.EndOf(day)); err != nil {
			return err
		}
	}
	if c.Draws != 0 {
		if answer.Distributions, err = recorder.Distributions(ctx, r.View(), q, c.Draws, c.Seed); err != nil {
			return err
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(answer)
	}
	return answer.print(w, c.Since)
}

// print writes a total, and below it what else was asked for.
func (a totalAnswer) print(w *world, since string) error {
	if err := print(w, a.Answer); err != nil {
		return err
	}
	if len(a.Context) > 0 {
		fmt.Fprint(w.stdout, "\nmeanwhile, and no part of the sums\n\n")
		if err := printCircumstances(w, a.Context, false); err != nil {
			return err
		}
	}
	if err := printDistributions(w, a); err != nil || since == "" {
		return err
	}
	return printChanges(w, since, a.Changes)
}

// printDistributions writes what each row may be, and under which assumptions.
func printDistributions(w *world, a totalAnswer) error {
	if len(a.Distributions) == 0 {
		return nil
	}
	fmt.Fprintf(w.stdout, "\nsimulated from the ranges, %d draws, seed %d: %s\n\n", a.Distributions[0].Draws, a.Distributions[0].Seed, a.Distributions[0].Method)
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for k, d := range a.Distributions {
		r := a.Rows[k]
		if d.Independent == nil {
			fmt.Fprintf(table, "%s\t%s\t%s\tunknown\n", r.By, r.Harm, r.Class)
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\tindependent %d (%d to %d)\ttogether %d (%d to %d)\n", r.By, r.Harm, r.Class,
			d.Independent.Median, d.Independent.Low, d.Independent.High, d.Together.Median, d.Together.Low, d.Together.High)
	}
	return table.Flush()
}

// totalAnswer is a total with what changed in it since a day.
type totalAnswer struct {
	recorder.Answer
	Context       []cairn.Circumstance    `json:"context,omitempty"`       // what happened meanwhile
	Distributions []recorder.Distribution `json:"distributions,omitempty"` // one a row
	Changes       []recorder.Change       `json:"changes,omitempty"`
}

// chosen is the query that the flags or a permanent identifier make.
func (c *totalCommand) chosen(r *recorder.Recorder) (recorder.Query, error) {
	if c.ID != "" {
		return recorder.Identified(c.ID)
	}
	q, err := c.query(r)
	q.By = c.By
	return q, err
}

func printChanges(w *world, since string, changes []recorder.Change) error {
	if len(changes) == 0 {
		_, err := fmt.Fprintf(w.stdout, "\nnothing changed since %s\n", since)
		return err
	}
	fmt.Fprintf(w.stdout, "\nchanged since %s:\n", since)
	for _, c := range changes {
		if _, err := fmt.Fprintln(w.stdout, "  "+c.String()); err != nil {
			return err
		}
	}
	return nil
}

// print writes a total as a table, with what stands beside it.
func print(w *world, t recorder.Answer) error {
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s, %s, of %s\n\n", t.Stage, t.Policy, grades(t.Grades))
	if len(t.Rows) == 0 {
		fmt.Fprintln(table, "no incident of these counts")
	}
	for _, r := range t.Rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", r.By, r.Harm, r.Class, r.Range(), many(r.Incidents, "incident"), unknown(r.Unknown))
	}
	for k, c := range t.Campaigns {
		if k == 0 {
			fmt.Fprint(table, "\nclaimed for a period or an area, and no part of the sums\n\n")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", c.Place, c.Harm, c.Class, unit(toll(c.Min, c.Max, c.Open), c.Unit), period(c.From, c.To), many(len(c.Claims), "claim"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return beside(w, t)
}

// toll is a range of which an open end at the floor itself is no ceiling.
func toll(least, most cairn.Bound, open bool) cairn.Range {
	if open && least == most {
		return cairn.Range{Min: least}
	}
	return cairn.Range{Min: least, Max: most, Open: open}
}

// unit writes a range with its unit, where that is not persons or things.
func unit(r cairn.Range, unit string) string {
	switch {
	case unit == cairn.Percent && r.Known():
		return r.String() + " %"
	case unit != "" && r.Known():
		return r.String() + " " + unit
	}
	return r.String()
}

// beside writes what was left out, and what was not watched.
func beside(w *world, t recorder.Answer) error {
	var left []string
	for _, g := range append(slices.Clone(cairn.Grades), recorder.Ungraded) {
		if n := t.Excluded[g]; n > 0 {
			left = append(left, fmt.Sprintf("%d %s", n, g))
		}
	}
	if len(left) > 0 {
		fmt.Fprintf(w.stdout, "\nleft out: %s\n", strings.Join(left, ", "))
	}
	if t.Watch != "" && t.Watch != cairn.Monitored {
		fmt.Fprintf(w.stdout, "\nthe period is %s, so that what is not here may yet have happened\n", t.Watch)
	}
	if len(t.Unmonitored) > 0 {
		fmt.Fprintf(w.stdout, "\nnot monitored: %s\n", strings.Join(t.Unmonitored, ", "))
	}
	if t.Note != "" {
		fmt.Fprintf(w.stdout, "\n%s\n", t.Note)
	}
	_, err := fmt.Fprintf(w.stdout, "\n%s collected, %s in review, %d published\n", many(t.Backlog.Collected, "document"), many(t.Backlog.InReview, "incident"), t.Backlog.Published)
	return err
}

func grades(all []cairn.Grade) string {
	if len(all) == len(cairn.Grades) {
		return "every grading"
	}
	names := make([]string, len(all))
	for i, g := range all {
		names[i] = string(g)
	}
	return strings.Join(names, " and ")
}

func many(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

func unknown(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d with no figure", n)
}

func period[T ~string](from, to T) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == to:
		return string(from)
	}
	return string(from) + " to " + string(to)
}
