package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/cairn-recorder/cairn/recorder"
)

type exportCommand struct {
	record
	selection
	Format string `required:"" enum:"csv,jsonl,geojson,parquet,hxl,sqlite,wacz" help:"The form: ${enum}."`
	Dir    string `arg:"" help:"The folder to write to; for wacz also a file."`
}

// Run writes the files and names them.
func (c *exportCommand) Run(ctx context.Context, w *world) error {
	r, q, err := c.chosen(ctx, w, c.selection)
	if err != nil {
		return err
	}
	defer r.Close()
	if c.Format == string(recorder.WACZ) {
		name, err := r.ExportWACZ(ctx, q, c.Dir)
		if err == nil {
			fmt.Fprintln(w.stdout, name)
		}
		return err
	}
	names, err := recorder.Export(ctx, r.View(), q, recorder.Format(c.Format), c.Dir)
	for _, name := range names {
		fmt.Fprintln(w.stdout, filepath.Join(c.Dir, name))
	}
	return err
}
