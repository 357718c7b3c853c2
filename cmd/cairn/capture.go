package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/recorder"
)

// online is the flags that say how the web is gone to.
type online struct {
	Via     string        `default:"direct" placeholder:"WAY" help:"The way out: direct, socks5://host:port or http://host:port. There is no other where it refuses (${default})."`
	Agent   string        `placeholder:"TEXT" help:"The User-Agent shown; cairn's own unless told."`
	Browser string        `default:"auto" placeholder:"auto|none|PATH" help:"A Chromium to show pages with; auto takes the one that is installed (${default})."`
	Every   time.Duration `name:"interval" default:"1s" help:"The least time between two pages of one host (${default})."`
}

// apply says in options how the web is gone to.
func (o online) apply(options *collect.Options) {
	options.Via, options.Agent, options.Interval = o.Via, o.Agent, o.Every
	switch o.Browser {
	case "auto":
		options.Browser = collect.FindBrowser()
	case "none":
	default:
		options.Browser = o.Browser
	}
}

type captureCommand struct {
	writing
	online
	File         string        `placeholder:"LIST" help:"A file of addresses, one on each line; - is standard input."`
	Sitemap      string        `placeholder:"URL" help:"Every page that this sitemap names."`
	Recent       time.Duration `default:"24h" help:"With --file or --sitemap: leave out what was captured within this time, so that the same command goes on where it was (${default})."`
	Published    string        `placeholder:"DATE" help:"When it was published, where it does not say."`
	Source       string        `placeholder:"NAME" help:"Who published it, where it does not say."`
	Place        string        `placeholder:"NAME" help:"Where it was written or is about, where it does not say."`
	Language     string        `placeholder:"TAG" help:"Its language, where it does not say."`
	MaxBytes     int64         `default:"67108864" help:"The most bytes of one answer (${default})."`
	Timeout      time.Duration `default:"1m" help:"The most time for one page (${default})."`
	AllowPrivate bool          `help:"Go to private and loopback addresses too."`
	IgnoreRobots bool          `help:"Capture what robots.txt forbids, and still note it."`
	Addresses    []string      `arg:"" optional:"" name:"url" help:"Addresses to capture."`
}

// Run captures and prints what became of it.
func (c *captureCommand) Run(ctx context.Context, w *world) error {
	given := importCommand{Published: c.Published, Source: c.Source, Place: c.Place, Language: c.Language}
	about, err := given.given()
	if err != nil {
		return err
	}
	settings := c.settings(w, c.Who)
	c.apply(&settings.Collect)
	settings.Collect.MaxBytes, settings.Collect.Timeout = c.MaxBytes, c.Timeout
	settings.Collect.AllowPrivate, settings.Collect.IgnoreRobots = c.AllowPrivate, c.IgnoreRobots
	r, err := recorder.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer r.Close()
	addresses, recent, err := c.addresses(ctx, w, r)
	if err != nil {
		return err
	}
	if len(addresses) == 0 {
		return cairn.Hint{Err: cairn.Invalid{Field: "url", Reason: "there is nothing to capture"}, Hint: "name addresses, a --file of them or a --sitemap"}
	}
	bar := newProgress(w, "pages")
	n := 0
	sum, err := r.Capture(ctx, addresses, about, recent, recorder.Progress{
		Done: func(from string, _ recorder.Summary) {
			if n++; len(addresses) > 1 {
				fmt.Fprintf(w.stderr, "captured %s\n", from)
			}
		},
		Fault: func(err error) { bar.say(w, err) },
	})
	return given.report(w, sum, nil, err)
}

// addresses are those of the arguments, of the file and of the sitemap.
func (c *captureCommand) addresses(ctx context.Context, w *world, r *recorder.Recorder) ([]string, time.Duration, error) {
	all, recent := c.Addresses, time.Duration(0)
	if c.File != "" {
		recent = c.Recent
		var text []byte
		var err error
		if c.File == "-" {
			text, err = io.ReadAll(w.stdin)
		} else {
			text, err = os.ReadFile(c.File)
		}
		if err != nil {
			return nil, 0, err
		}
		all = append(all, collect.Listed(string(text))...)
	}
	if c.Sitemap != "" {
		recent = c.Recent
		named, err := r.Sitemap(ctx, c.Sitemap)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, named...)
	}
	return all, recent, nil
}
