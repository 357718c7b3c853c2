package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/site"
)

type publishCommand struct {
	writing
	Why     string `placeholder:"TEXT" help:"Why it is published now."`
	Release int    `placeholder:"NUMBER" help:"Write this release again, without what was suppressed since, in place of a new one."`
	Dir     string `arg:"" help:"The folder to write; it must be empty, not there yet, or a site that was written before."`
}

// Run freezes what is signed as a release, where it differs from the last, and
// writes the public pages of it to a folder.
func (c *publishCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	release, err := c.release(ctx, r)
	if err != nil {
		return err
	}
	pages, err := site.New(r.Public(), site.Settings{Release: c.Release, Static: true, Title: r.Project().Title, Credits: []string{recorder.Credits, site.Credits}, Basemap: r.Basemap})
	if err != nil {
		return err
	}
	paths, err := pages.Paths(ctx)
	if err != nil {
		return err
	}
	m, err := publish.Folder(ctx, c.Dir, pages, paths, release)
	if err != nil {
		return fmt.Errorf("publish %s: %w", c.Dir, err)
	}
	if m.Release == 0 {
		fmt.Fprintln(w.stderr, "nothing is signed yet, and the site says so: `cairn sign` signs an assessment")
	}
	_, err = fmt.Fprintf(w.stdout, "release %d of %s: %s, %s\n", m.Release, r.Project().Name, many(release.Incidents, "incident"), many(len(m.Files), "file"))
	if err != nil {
		return err
	}
	return c.streets(w, release, m)
}

// streets says how much of the folder the streets of its maps are.
func (c *publishCommand) streets(w *world, release cairn.Release, m publish.Manifest) error {
	for _, s := range release.Publicity.Basemap.Streets {
		n, bytes := 0, int64(0)
		for _, f := range m.Files {
			if strings.HasPrefix(f.Path, site.StreetsFolder(s)+"/") {
				n, bytes = n+1, bytes+f.Bytes
			}
		}
		if _, err := fmt.Fprintf(w.stdout, "streets %s: %s in %s\n", s.Name, sized(bytes), many(n, "file")); err != nil {
			return err
		}
	}
	return nil
}

func (c *publishCommand) release(ctx context.Context, r *recorder.Recorder) (cairn.Release, error) {
	if c.Release == 0 {
		return r.Publish(ctx, c.Why)
	}
	release, err := r.Public().Release(ctx, c.Release)
	if errors.Is(err, cairn.ErrNotFound) {
		return release, cairn.Invalid{Field: "release", Reason: fmt.Sprintf("there is no release %d", c.Release)}
	}
	return release, err
}

type suppressCommand struct {
	deciding
	What string `arg:"" help:"The code of an incident, DOCUMENT or DOCUMENT#NUMBER, or the name of a source."`
}

// Run takes something out of everything that is published.
func (c *suppressCommand) Run(ctx context.Context, w *world) error {
	what, err := claimOf(c.What)
	if err != nil {
		what = cairn.ClaimRef{Document: c.What}
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) { return r.Suppress(ctx, what, c.Why) })
}

type clearCommand struct {
	deciding
	Document string `arg:"" help:"The identifier of a document."`
}

// Run lets the names in a document be published.
func (c *clearCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.ClearNames(ctx, c.Document, c.Why)
	})
}
