package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/demo"
	"github.com/cairn-recorder/cairn/recorder"
)

type demoCommand struct {
	writing
	Example string `arg:"" optional:"" default:"valley" enum:"valley,raqqa" help:"valley, which is invented, or raqqa, which is not (${default})."`
}

// Run loads an example into an empty record, as if it had come in on the day
// that it names, so that the record is the same everywhere.
func (c *demoCommand) Run(ctx context.Context, w *world) error {
	example, err := demo.Named(c.Example)
	if err != nil {
		return err
	}
	settings := c.settings(w, c.Who)
	settings.Now = func() time.Time { return demo.Collected }
	settings.Collect.Files = example.Files
	if c.Who == "" {
		settings.Who = "demo"
	}
	settings.Project = example.Project.Name
	r, err := c.open(ctx, settings, example.Project)
	if err != nil {
		return err
	}
	defer r.Close()
	bar := newProgress(w, "documents")
	sum, err := load(ctx, r, example, recorder.Progress{
		Done:  func(_ string, so recorder.Summary) { bar.at(so.Taken + so.Again + so.Problems) },
		Fault: func(err error) { bar.say(w, err) },
	})
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stderr, example.Note)
	return json.NewEncoder(w.stdout).Encode(sum)
}

// load brings an example in.
func load(ctx context.Context, r *recorder.Recorder, e demo.Example, p recorder.Progress) (recorder.Summary, error) {
	targets, err := e.Targets()
	if err != nil {
		return recorder.Summary{}, err
	}
	if e.As == "" {
		return r.Import(ctx, targets, cairn.Given{}, p)
	}
	return r.ImportRows(ctx, targets, recorder.Rows{As: e.As}, p)
}

// open makes the record of the demo where there is none.
func (c *demoCommand) open(ctx context.Context, settings recorder.Settings, project cairn.Project) (*recorder.Recorder, error) {
	taken := cairn.Hint{
		Err:  cairn.Invalid{Field: "data", Reason: "there is a record already"},
		Hint: "name another folder with --data",
	}
	if v, err := recorder.OpenView(ctx, settings); err == nil {
		return nil, errors.Join(taken, v.Close())
	} else if !errors.Is(err, cairn.ErrNotFound) {
		return nil, taken
	}
	r, err := recorder.Open(ctx, settings)
	if err != nil {
		return nil, err
	}
	if err := r.PutProject(ctx, project, "an example"); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}
