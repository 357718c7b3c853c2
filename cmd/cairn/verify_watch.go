package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// watching is how a record is checked by the clock.
type watching struct {
	Every time.Duration `placeholder:"DURATION" help:"Check the record again and again, as 24h, and keep in it what was found, until this is interrupted."`
	Alarm string        `type:"existingfile" placeholder:"PROGRAM" help:"A program that is started where a check finds a fault, with the check as JSON on its standard input."`
}

// alarmTime is how long the program of an alarm may take.
const alarmTime = time.Minute

// watch checks a record by the clock and sounds the alarm.
func (c watching) watch(ctx context.Context, w *world, settings recorder.Settings) error {
	return recorder.WatchFixity(ctx, settings, c.Every, func(check cairn.FixityCheck) {
		if check.Faults == 0 {
			fmt.Fprintln(w.stdout, check)
			return
		}
		fmt.Fprintf(w.stderr, "cairn: ALARM: %s\n", check)
		for _, fault := range check.Told {
			fmt.Fprintln(w.stderr, "  "+fault)
		}
		if err := c.sound(ctx, check); err != nil {
			fmt.Fprintln(w.stderr, "cairn:", err)
		}
	})
}

// checkFixity checks the record that is served by the clock, where that is asked
// for. What it returns waits until the check of the moment has ended.
func (c *serveCommand) checkFixity(ctx context.Context, w *world) func() {
	if c.Fixity.Every <= 0 {
		return func() {}
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := c.Fixity.watch(ctx, w, c.settings(w, "")); err != nil {
			fmt.Fprintln(w.stderr, "cairn:", err)
		}
	}()
	return func() { stop(); <-ended }
}

// sound starts the program of the alarm.
func (c watching) sound(ctx context.Context, check cairn.FixityCheck) error {
	if c.Alarm == "" {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, alarmTime)
	defer stop()
	text, err := json.Marshal(check)
	if err != nil {
		return err
	}
	program := exec.CommandContext(ctx, c.Alarm)
	program.Stdin = bytes.NewReader(append(text, '\n'))
	if said, err := program.CombinedOutput(); err != nil {
		return fmt.Errorf("the alarm %s did not go off: %w: %s", c.Alarm, err, bytes.TrimSpace(said))
	}
	return nil
}

// keep makes one check that the record keeps.
func (c *verifyCommand) keep(ctx context.Context, w *world) error {
	p := faultPrinter{w: w, json: c.JSON}
	check, err := recorder.CheckFixity(ctx, c.settings(w, ""), p.fault)
	if err != nil {
		return err
	}
	return p.end(recorder.Verified{Items: check.Items, Tombstones: check.Tombstones})
}

// past prints the checks that were kept.
func (c *verifyCommand) past(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := r.View().FixityChecks(ctx, 0)
	if err != nil {
		return err
	}
	for _, check := range all {
		if c.JSON {
			err = json.NewEncoder(w.stdout).Encode(check)
		} else if _, err = fmt.Fprintln(w.stdout, check); err == nil {
			for _, fault := range check.Told {
				fmt.Fprintln(w.stdout, "  "+fault)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
