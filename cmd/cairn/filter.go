package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/cairn-recorder/cairn/recorder"
)

// step is the flags and files of a step that runs alone, as a filter.
type step struct {
	Policy string   `default:"airwars" placeholder:"NAME|FILE" help:"The convention that says what words amount to: airwars, acled, aoav, iso, or a file (${default})."`
	Files  []string `arg:"" optional:"" name:"file" help:"JSON Lines; - or none is standard input."`
}

// run opens the files and lets answer do the work. Each bad line is said.
func (s step) run(ctx context.Context, w *world, answer func(context.Context, recorder.Step, []recorder.Input) (bad int, err error)) error {
	p, err := recorder.Policy(s.Policy)
	if err != nil {
		return err
	}
	inputs, shut, err := s.open(w)
	if err != nil {
		return err
	}
	defer shut()
	bad, err := answer(ctx, recorder.Step{Policy: p, Bad: func(err error) { fmt.Fprintf(w.stderr, "cairn: %v\n", err) }}, inputs)
	if err != nil {
		return err
	}
	if bad > 0 {
		return exitStatus(partly)
	}
	return nil
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
