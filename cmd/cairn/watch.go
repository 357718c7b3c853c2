package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// watchCommand is the sources that are looked at again and again.
type watchCommand struct {
	Show   watchShow   `cmd:"" default:"withargs" help:"Print what is watched, and how each source stands."`
	Add    watchAdd    `cmd:"" help:"Watch a feed, a sitemap, the links of a page, one page or a folder."`
	Remove watchRemove `cmd:"" help:"Watch it no longer; what it brought stays."`
	Edits  watchEdits  `cmd:"" help:"Print the forms that a watched page had, and what differs."`
	Run    watchRun    `cmd:"" help:"Look at every source whose time has come, and go on doing so."`
}

type watchShow struct {
	record
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run prints the lookouts.
func (c *watchShow) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := r.Lookouts(ctx)
	if err != nil {
		return err
	}
	return printSights(w, all, c.JSON)
}

func printSights(w *world, all []recorder.Sight, asJSON bool) error {
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, s := range all {
		if asJSON {
			if err := encoder.Encode(s); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", s.Name, s.Kind, s.Address, stands(s))
	}
	return table.Flush()
}

// stands says in words how a source stands.
func stands(s recorder.Sight) string {
	day := func(t time.Time) string { return t.Format("2006-01-02 15:04") }
	st := s.State
	switch {
	case st.At.IsZero():
		return "not looked at yet"
	case st.Failures > 0:
		return fmt.Sprintf("%s since %s (%d looks): %s; next %s", st.Outcome, day(st.Since), st.Failures, st.Note, day(st.Next))
	case s.Silent:
		return "silent since " + day(st.New)
	case st.Moved != "":
		return "well, moved to " + st.Moved + "; next " + day(st.Next)
	}
	return "well; next " + day(st.Next)
}

type watchAdd struct {
	writing
	Kind     string        `default:"feed" enum:"feed,sitemap,links,page,folder" help:"What it is: ${enum} (${default})."`
	Selector string        `placeholder:"CSS" help:"For links: which of the page, such as '.news a'."`
	Every    time.Duration `default:"1h" help:"The time between two looks (${default})."`
	Capture  bool          `help:"Capture its pages as web archives, with a browser where there is one."`
	Via      string        `placeholder:"WAY" help:"The way out for this source: direct, socks5://host:port or http://host:port."`
	Agent    string        `placeholder:"TEXT" help:"The User-Agent shown to this source."`
	Source   string        `placeholder:"NAME" help:"Who publishes there, where the documents do not say."`
	Place    string        `placeholder:"NAME" help:"Where they are written or are about, where they do not say."`
	Language string        `placeholder:"TAG" help:"Their language, where they do not say."`
	Why      string        `placeholder:"TEXT" help:"Why, for the history."`
	Name     string        `arg:"" help:"A short name for it."`
	Address  string        `arg:"" name:"url|dir" help:"Where it stands."`
}

// Run records a lookout.
func (c *watchAdd) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.PutLookout(ctx, cairn.Lookout{Name: c.Name, Kind: cairn.LookoutKind(c.Kind), Address: c.Address, Selector: c.Selector, Minutes: int(c.Every / time.Minute),
		Capture: c.Capture, Via: c.Via, Agent: c.Agent, Given: cairn.Given{Source: c.Source, Place: c.Place, Language: c.Language}}, c.Why)
}

type watchRemove struct {
	writing
	Why  string `placeholder:"TEXT" help:"Why, for the history."`
	Name string `arg:"" help:"Its name."`
}

// Run ends a lookout.
func (c *watchRemove) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.DropLookout(ctx, c.Name, c.Why)
}

type watchEdits struct {
	record
	JSON bool   `name:"json" help:"As JSON Lines."`
	Name string `arg:"" help:"The name of a page that is watched."`
}

// Run prints the forms of a page.
func (c *watchEdits) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	editions, err := r.Editions(ctx, c.Name)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	for n, e := range editions {
		if c.JSON {
			if err := encoder.Encode(e); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w.stdout, "%s  form %d, document %s\n", e.At.Format("2006-01-02 15:04"), n+1, e.Document)
		for _, change := range e.Changes {
			fmt.Fprintf(w.stdout, "%s %s\n", map[bool]string{true: "+", false: "-"}[change.Added], change.Sentence)
		}
	}
	return c.since(ctx, w, r)
}

// since says since when the page no longer comes.
func (c *watchEdits) since(ctx context.Context, w *world, r *recorder.Recorder) error {
	sights, err := r.Lookouts(ctx)
	for _, s := range sights {
		if s.Name == c.Name && s.State.Failures > 0 && !c.JSON {
			fmt.Fprintf(w.stdout, "%s  %s: %s\n", s.State.Since.Format("2006-01-02 15:04"), s.State.Outcome, s.State.Note)
		}
	}
	return err
}

type watchRun struct {
	writing
	online
	Once         bool `help:"Look once at what is due, and end."`
	AllowPrivate bool `help:"Go to private and loopback addresses too."`
	IgnoreRobots bool `help:"Fetch what robots.txt forbids, and still note it."`
}

// Run looks around until it is stopped, and prints a line for each look that
// found something or went wrong.
func (c *watchRun) Run(ctx context.Context, w *world) error {
	settings := c.settings(w, c.Who)
	c.apply(&settings.Collect)
	settings.Collect.AllowPrivate, settings.Collect.IgnoreRobots = c.AllowPrivate, c.IgnoreRobots
	r, err := recorder.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		looked, sum, next, err := r.LookAround(ctx, recorder.Progress{Fault: func(err error) { w.say(err) }})
		failed := 0
		for _, s := range looked {
			if s.State.Failures > 0 {
				failed++
			}
			if s.Found > 0 || s.State.Failures > 0 {
				fmt.Fprintf(w.stderr, "%s: %d new, %s\n", s.Name, s.Found, stands(s))
			}
		}
		if printed := json.NewEncoder(w.stdout).Encode(struct {
			Looked int `json:"looked"`
			Failed int `json:"failed"`
			recorder.Summary
		}{len(looked), failed, sum}); printed != nil {
			return printed
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
		if c.Once && failed > 0 {
			return exitStatus(partly)
		}
		if c.Once || next.IsZero() || wait(ctx, max(time.Second, next.Sub(w.now()))) != nil {
			return nil
		}
	}
}

// wait waits, or returns why it did not.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
