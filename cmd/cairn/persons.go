package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/recorder"
)

// personsCommand is who stands on the lists of victims.
type personsCommand struct {
	Link      personsLink      `cmd:"" help:"Weigh anew which entries of the lists are one person."`
	Show      personsShow      `cmd:"" default:"withargs" help:"Print the persons as JSON Lines. They are private."`
	Pairs     personsPairs     `cmd:"" help:"Print the pairs that a person's word would help most with, each with its evidence as a waterfall."`
	Label     personsLabel     `cmd:"" help:"Say whether the two of a pair are one person, without seeing what others say; two who agree decide."`
	Agreement personsAgreement `cmd:"" help:"Print how far those who label pairs agree, and the pairs on which they do not."`
	Same      personsSame      `cmd:"" help:"Say that entries or persons are one."`
	Apart     personsApart     `cmd:"" help:"Say that entries or persons are not one."`
	Families  personsFamilies  `cmd:"" help:"Propose families: one name, one day, one place."`
	Incidents personsIncidents `cmd:"" help:"Propose which persons are victims of which incidents; name those of none."`
	Victim    personsVictim    `cmd:"" help:"Say that a person is a victim of an incident, or is none of it."`
	Alive     personsAlive     `cmd:"" help:"Say that a person was found to be alive: no figure rests on them."`
	Consent   personsConsent   `cmd:"" help:"Say how much of a person may be seen in public, and by whose authority."`
	Suppress  personsSuppress  `cmd:"" help:"Take a person out of everything that was and will be published."`
	Requests  personsRequests  `cmd:"" help:"Print what people ask about persons: that something is wrong, that somebody is alive, that it be taken down."`
	Answer    personsAnswer    `cmd:"" help:"Record who asks, and decide what is asked about a person."`
	Histories personsHistories `cmd:"" help:"Write which lists have each person, for cairn estimate."`
}

type personsLink struct{ writing }

// Run links the lists.
func (c *personsLink) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	people, err := r.LinkPersons(ctx, func(s string) { fmt.Fprintln(w.stderr, s) })
	if err != nil {
		return err
	}
	entries := 0
	for _, p := range people.Persons {
		entries += len(p.Entries)
	}
	doubts := identify.Doubts(people.Matches, people.Decided)
	_, err = fmt.Fprintf(w.stdout, "%d entries, %s, %s to look at\n", entries, many(len(people.Persons), "person"), many(len(doubts), "pair"))
	return err
}

type personsShow struct{ record }

// Run prints the persons.
func (c *personsShow) Run(ctx context.Context, w *world) error {
	return c.each(ctx, w, func(people recorder.People, encoder *json.Encoder) error {
		for _, p := range people.Persons {
			if err := encoder.Encode(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// each opens the record and hands its people to do.
func (c *record) each(ctx context.Context, w *world, do func(recorder.People, *json.Encoder) error) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	people, err := r.People(ctx)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	return do(people, encoder)
}

type personsPairs struct {
	record
	Limit int  `default:"20" help:"The most pairs (${default})."`
	JSON  bool `name:"json" help:"As JSON Lines, with what each field speaks."`
}

// Run prints the pairs that are worth a look, each with its evidence as a
// waterfall of bits.
func (c *personsPairs) Run(ctx context.Context, w *world) error {
	return c.each(ctx, w, func(people recorder.People, encoder *json.Encoder) error {
		doubts := identify.Doubts(people.Matches, people.Decided)
		for _, m := range doubts[:min(c.Limit, len(doubts))] {
			if c.JSON {
				if err := encoder.Encode(m); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(w.stdout, "%s %s, %.0f %%, %+.1f bits\n", m.A, m.B, 100*m.Probability, m.Weight)
			waterfall(w.stdout, m)
		}
		return nil
	})
}

// waterfall draws what each field speaks, each bar beginning where the one above it
// ended, to the left of the middle for what speaks against.
func waterfall(w io.Writer, m cairn.Match) {
	const half, scale = 24, 1.0
	at := 0.0
	for _, f := range m.Fields {
		from, to := at, at+f.Weight
		at = to
		line := []rune(strings.Repeat(" ", half) + "|" + strings.Repeat(" ", half))
		place := func(bits float64) int { return max(0, min(2*half, half+int(math.Round(bits/scale)))) }
		for i := min(place(from), place(to)); f.Weight != 0 && i <= max(place(from), place(to)); i++ {
			line[i] = map[bool]rune{true: '█', false: '░'}[f.Weight >= 0]
		}
		fmt.Fprintf(w, "  %-16s %-24s %+6.1f %s\n", f.Field, f.Agreement, f.Weight, strings.TrimRight(string(line), " "))
	}
}

type personsSame struct {
	writing
	Why    string   `placeholder:"TEXT" help:"Why, for the history."`
	Person []string `arg:"" help:"Entries as list/key, or persons."`
}

// Run joins persons.
func (c *personsSame) Run(ctx context.Context, w *world) error {
	return c.judge(ctx, w, cairn.Merge, c.Person, c.Why)
}

type personsApart struct {
	writing
	Why    string   `placeholder:"TEXT" help:"Why, for the history."`
	Person []string `arg:"" help:"Entries as list/key, or persons."`
}

// Run keeps persons apart.
func (c *personsApart) Run(ctx context.Context, w *world) error {
	return c.judge(ctx, w, cairn.NotSame, c.Person, c.Why)
}

// judge records a judgement of persons and says its identifier, by which it is
// undone.
func (c *writing) judge(ctx context.Context, w *world, decision cairn.Decision, who []string, why string) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := r.JudgePersons(ctx, decision, who, why)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: %s %s\n", j.ID, j.Decision, strings.Join(append([]string{j.Incident}, j.Others...), ", "))
	}
	return err
}

type personsFamilies struct{ record }

// Run prints the families that are proposed.
func (c *personsFamilies) Run(ctx context.Context, w *world) error {
	return c.each(ctx, w, func(people recorder.People, encoder *json.Encoder) error {
		for _, f := range identify.Families(people.Persons) {
			if err := encoder.Encode(f); err != nil {
				return err
			}
		}
		return nil
	})
}

type personsIncidents struct{ record }

// Run prints who appears in which incident, as one JSON object.
func (c *personsIncidents) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	harmed, err := r.PersonsAndIncidents(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(w.stdout).Encode(harmed)
}

type personsHistories struct {
	record
	By    []string `placeholder:"STRATUM,…" help:"Tell them apart by place, month, year, sex or age."`
	Draws int      `placeholder:"N" help:"Draw who is who N times from what is likely, with a column draw."`
	Seed  uint64   `default:"1" help:"Of the draws (${default})."`
	Out   string   `short:"o" default:"-" placeholder:"FILE.csv" help:"Where to; - is standard output."`
}

// Run writes the capture histories.
func (c *personsHistories) Run(ctx context.Context, w *world) error {
	for _, s := range c.By {
		if err := known(s); err != nil {
			return err
		}
	}
	return c.each(ctx, w, func(people recorder.People, _ *json.Encoder) error {
		out := w.stdout
		if c.Out != "-" {
			file, err := os.Create(c.Out)
			if err != nil {
				return err
			}
			defer file.Close()
			out = file
		}
		all := people.Histories(c.By, c.Draws, c.Seed)
		if err := identify.WriteHistories(out, all, c.Draws > 0); err != nil {
			return err
		}
		sayLeft(w.stderr, people.Lists, all[0])
		return nil
	})
}

func known(stratum string) error {
	for _, s := range identify.Strata {
		if s == stratum {
			return nil
		}
	}
	return cairn.Invalid{Field: "--by", Reason: fmt.Sprintf("there is no stratum %s; want one of %v", stratum, identify.Strata)}
}

// sayLeft says who did not enter, and what to tell the estimate of the lists.
func sayLeft(w io.Writer, lists []cairn.List, h identify.Histories) {
	for _, lacks := range []string{"current entry", "name", "date", "place"} {
		if n := h.Left[lacks]; n > 0 {
			fmt.Fprintf(w, "left out: %s without a %s\n", many(n, "person"), lacks)
		}
	}
	for _, l := range lists {
		for _, c := range l.Covers {
			fmt.Fprintf(w, "estimate with --covers %s=%s:%s\n", l.ID, c.Stratum, strings.Join(c.Values, ","))
		}
		if len(l.DrawsOn) > 0 {
			fmt.Fprintf(w, "estimate with --draws-on %s=%s\n", l.ID, strings.Join(l.DrawsOn, ","))
		}
	}
}
