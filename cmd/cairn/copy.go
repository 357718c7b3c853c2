package main

import (
	"context"
	"encoding/json"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/recorder"
)

type copyCommand struct {
	record
	To         string   `placeholder:"DIR" help:"The folder of the copy."`
	ToDatabase string   `placeholder:"postgres://…" help:"Keep what is recorded in this database, in place of DIR/cairn.db."`
	ToArchive  string   `placeholder:"DIR|s3://…" help:"Keep the archive in this folder or bucket, in place of DIR/archive."`
	Encrypt    []string `placeholder:"RECIPIENT" help:"Encrypt the archive of the copy to this public key of age; several can each read it alone."`
}

// Run copies the record, and checks the copy from beginning to end.
func (c *copyCommand) Run(ctx context.Context, w *world) error {
	to, err := c.place(w)
	if err != nil {
		return err
	}
	faults := faultPrinter{w: w}
	bars := map[string]*progress{"files": newProgress(w, "files"), "rows": newProgress(w, "rows")}
	copied, err := recorder.Copy(ctx, c.settings(w, ""), to, recorder.CopyOptions{Recipients: c.Encrypt, Report: faults.fault,
		Progress: func(what string, n int) { bars[what].at(n) }})
	for _, bar := range bars {
		bar.end()
	}
	if err != nil {
		return err
	}
	checked, err := recorder.Verify(ctx, to, nil, faults.fault)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w.stdout).Encode(copied); err != nil {
		return err
	}
	return faults.end(checked)
}

// place is where the copy goes.
func (c *copyCommand) place(w *world) (recorder.Settings, error) {
	to := recorder.Settings{Data: c.To, Database: c.ToDatabase, Archive: c.ToArchive, Keys: keys(c.Identity), Now: w.now}
	apart := c.ToDatabase != "" && c.ToArchive != "" && archive.IsFolder(c.ToArchive)
	if c.To == "" && !apart {
		return to, cairn.Hint{Err: cairn.Invalid{Field: "--to", Reason: "says where the copy goes"},
			Hint: "--to DIR is a whole record in a folder; --to-database with --to-archive a folder needs none"}
	}
	return to, nil
}
