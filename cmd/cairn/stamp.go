package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/stamp"
)

type stampCommand struct {
	writing
	Authority    []string `placeholder:"URL" help:"Have an authority of RFC 3161 sign that the log was there; give it again for several."`
	Calendar     []string `placeholder:"URL" help:"Have a calendar of OpenTimestamps take it into a block of Bitcoin; give it again for several."`
	Via          string   `placeholder:"ADDRESS" help:"The way out: direct, socks5://host:port or http://host:port."`
	AllowPrivate bool     `help:"Ask on private and loopback addresses too."`
	Show         bool     `help:"Ask nobody: print the stamps there are."`
	Save         string   `type:"existingdir" placeholder:"DIR" help:"Ask nobody: write the checkpoints and their stamps there, as other programs read them."`
	JSON         bool     `name:"json" help:"Print the stamps as JSON Lines."`
}

// Run has the log stamped, and prints each stamp that was asked for.
func (c *stampCommand) Run(ctx context.Context, w *world) error {
	if c.Show || c.Save != "" {
		return c.had(ctx, w)
	}
	client, err := collect.Client(collect.Options{Via: c.Via, AllowPrivate: c.AllowPrivate})
	if err != nil {
		return err
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	stamps, err := r.Stamp(ctx, recorder.Stampers{Authorities: c.Authority, Calendars: c.Calendar}, stamp.Client{HTTP: client, Random: rand.Reader})
	if err != nil {
		return err
	}
	queued := 0
	for _, s := range stamps {
		if s.State == cairn.QueuedStamp {
			queued++
		}
		if err := c.print(w, s); err != nil {
			return err
		}
	}
	switch {
	case len(stamps) == 0:
		fmt.Fprintln(w.stderr, "nothing to stamp: the log has not grown, or no authority and no calendar is named")
	case queued > 0:
		fmt.Fprintf(w.stderr, "%s in the queue; the next cairn stamp asks again\n", many(queued, "stamp"))
		return exitStatus(partly)
	}
	return nil
}

// had prints the stamps there are, or writes them to a folder.
func (c *stampCommand) had(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	stamps, err := r.Stamps(ctx)
	for _, s := range stamps {
		if err == nil && c.Save != "" {
			err = c.save(w, s)
		} else if err == nil {
			err = c.print(w, s.Stamp)
		}
	}
	return err
}

func (c *stampCommand) save(w *world, s recorder.Stamped) error {
	if s.Proof == nil {
		return nil
	}
	path := filepath.Join(c.Save, s.FileName())
	checkpoint := filepath.Join(c.Save, s.CheckpointName())
	for name, content := range map[string][]byte{checkpoint: s.Checkpoint, path: s.Proof} {
		if err := replaceFile(name, func(out io.Writer) error { _, err := out.Write(content); return err }); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w.stdout, path)
	return err
}

func (c *stampCommand) print(w *world, s cairn.Stamp) error {
	if c.JSON {
		return json.NewEncoder(w.stdout).Encode(s)
	}
	line := fmt.Sprintf("%s  %d acts  %s  %s", s.State, s.Acts, s.Kind, s.From)
	switch {
	case s.Block > 0:
		line += fmt.Sprintf("  block %d of Bitcoin", s.Block)
	case !s.At.IsZero():
		line += "  " + s.At.Format("2006-01-02 15:04:05 MST")
	case s.Note != "":
		line += "  (" + s.Note + ")"
	}
	_, err := fmt.Fprintln(w.stdout, line)
	return err
}
