package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cairn-recorder/cairn/recorder"
)

// step is the flags and files of a step that runs alone, as a filter.
type step struct {
	Policy  string   `placeholder:"NAME|FILE" help:"The convention that says what words amount to: airwars, acled, aoav, iso, or a file (that of the project, or else airwars)."`
	Data    string   `placeholder:"DIR" help:"Read with the places, belligerents and policy of the project recorded there."`
	Project string   `placeholder:"NAME" help:"The project; needed only where there are several."`
	Places  []string `type:"existingfile" placeholder:"FILE" help:"Know the places of this file too, as cairn places import reads it."`
	Files   []string `arg:"" optional:"" name:"file" help:"JSON Lines; - or none is standard input."`
}

// run opens the files and lets answer do the work. Each bad line is said.
func (s step) run(ctx context.Context, w *world, answer func(context.Context, recorder.Step, []recorder.Input) (bad int, err error)) error {
	with, err := s.step(ctx, w)
	if err != nil {
		return err
	}
	inputs, shut, err := s.open(w)
	if err != nil {
		return err
	}
	defer shut()
	with.Bad = func(err error) { fmt.Fprintf(w.stderr, "cairn: %v\n", err) }
	bad, err := answer(ctx, with, inputs)
	if err != nil {
		return err
	}
	if bad > 0 {
		return exitStatus(partly)
	}
	return nil
}

// step returns what the step reads with: what is built in, or what a project
// adds to it, so that filter and walk answer alike.
func (s step) step(ctx context.Context, w *world) (recorder.Step, error) {
	var with recorder.Step
	name := s.Policy
	if s.Data != "" {
		r, err := record{Data: s.Data, Project: s.Project}.read(ctx, w)
		if err != nil {
			return with, err
		}
		with, err = r.Step(ctx)
		if err := errors.Join(err, r.Close()); err != nil {
			return with, err
		}
	}
	if len(s.Places) > 0 {
		pack, err := recorder.PackFiles(s.Places, recorder.SurveyOptions{}, w.say)
		if err != nil {
			return with, err
		}
		with.Packs = append(with.Packs, pack)
	}
	if name == "" && s.Data != "" {
		return with, nil // that of the project
	}
	var err error
	with.Policy, err = recorder.Policy(cmp.Or(name, "airwars"))
	return with, err
}

// open opens every file before any is read, so that a name that is wrong costs
// nothing.
func (s step) open(w *world) ([]recorder.Input, func(), error) {
	names := s.Files
	if len(names) == 0 {
		names = []string{"-"}
	}
	var inputs []recorder.Input
	var closers []io.Closer
	shut := func() {
		for _, c := range closers {
			c.Close()
		}
	}
	for _, name := range names {
		if name == "-" {
			inputs = append(inputs, recorder.Input{Name: "standard input", Reader: w.stdin})
			continue
		}
		file, err := os.Open(name)
		if err != nil {
			shut()
			return nil, nil, err
		}
		inputs, closers = append(inputs, recorder.Input{Name: name, Reader: file}), append(closers, file)
	}
	return inputs, shut, nil
}
