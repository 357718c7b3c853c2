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
}

// Run loads the invented project into an empty record, as if its reports had
// come in on the day that it names, so that the record is the same everywhere.
func (c *demoCommand) Run(ctx context.Context, w *world) error {
	project, err := demo.Project()
	if err != nil {
		return err
	}
	settings := c.settings(w, c.Who)
	settings.Now = func() time.Time { return demo.Collected }
	if settings.Collect.Files, err = demo.Reports(); err != nil {
		return err
	}
	if c.Who == "" {
		settings.Who = "demo"
	}
	settings.Project = project.Name
	r, err := c.open(ctx, settings, project)
	if err != nil {
		return err
	}
	defer r.Close()
	bar := newProgress(w, "documents")
	sum, err := r.Import(ctx, []string{"."}, cairn.Given{}, recorder.Progress{
		Done:  func(_ string, so recorder.Summary) { bar.at(so.Taken + so.Again + so.Problems) },
		Fault: func(err error) { bar.say(w, err) },
	})
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stderr, "two of the reports are a broken file and a page that asks for a password, as they come")
	return json.NewEncoder(w.stdout).Encode(sum)
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
	if err := r.PutProject(ctx, project, "the invented example"); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}
