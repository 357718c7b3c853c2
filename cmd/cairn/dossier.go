package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
)

type dossierCommand struct {
	writing
	For    string `enum:"staff,court,public" default:"public" help:"Whom it is for, which decides what it holds: ${enum} (${default})."`
	To     string `placeholder:"NAME" help:"Who is given it; this is recorded in the chain of custody of its documents."`
	Why    string `placeholder:"TEXT" help:"With --to: why."`
	Output string `required:"" short:"o" placeholder:"FILE" help:"The file to write."`
	ID     string `arg:"" help:"The code of an incident, or the identifier of a document."`
}

// Run writes the dossier.
func (c *dossierCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	err = replaceFile(c.Output, func(out io.Writer) error { return r.Dossier(ctx, c.ID, dossier.Audience(c.For), out) })
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, c.Output)
	if c.To == "" {
		return nil
	}
	return r.Exported(ctx, c.ID, cairn.Custody{What: cairn.Exported, Whom: c.To, Why: c.Why})
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // once renamed it is not there
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o640)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
