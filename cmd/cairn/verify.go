package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/recorder"
)

type verifyCommand struct {
	record
	Checkpoint string `type:"existingfile" placeholder:"FILE" help:"A checkpoint of the log that was kept elsewhere: show that the log has grown out of it."`
	Key        string `placeholder:"KEY" help:"Of a dossier: the public key of the record, as it was had from elsewhere, or a file that holds it."`
	JSON       bool   `name:"json" help:"Print each fault as a JSON object, and the count as the last."`
	Dossier    string `arg:"" optional:"" type:"existingfile" help:"A dossier to check, in place of a record."`
}

// Run checks the record, or a dossier, and prints each fault.
func (c *verifyCommand) Run(ctx context.Context, w *world) error {
	if c.Dossier != "" {
		return c.dossier(w)
	}
	outside, err := c.outside()
	if err != nil {
		return err
	}
	p := faultPrinter{w: w, json: c.JSON}
	checked, err := recorder.Verify(ctx, c.settings(w, ""), outside, p.fault)
	if err != nil {
		return err
	}
	return p.end(checked)
}

func (c *verifyCommand) outside() ([]byte, error) {
	if c.Checkpoint == "" {
		return nil, nil
	}
	return os.ReadFile(c.Checkpoint)
}

// dossier checks a dossier, and says in words what that proves.
func (c *verifyCommand) dossier(w *world) error {
	f, err := os.Open(c.Dossier)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	known := c.Key
	if text, err := os.ReadFile(known); err == nil {
		known = string(text)
	}
	p := faultPrinter{w: w, json: c.JSON}
	checked := dossier.Check(f, info.Size(), known, func(f ledger.Finding) { p.fault(recorder.Fault(f)) })
	if p.faults == 0 && !c.JSON {
		for _, words := range checked.Words() {
			fmt.Fprintln(w.stdout, words)
		}
	}
	return p.end(recorder.Verified{Items: checked.Items})
}

// faultPrinter prints faults as they are found.
type faultPrinter struct {
	w      *world
	json   bool
	faults int
}

func (p *faultPrinter) fault(f recorder.Fault) {
	p.faults++
	if p.json {
		_ = json.NewEncoder(p.w.stdout).Encode(f) // a stream that is gone fails at the end as well
		return
	}
	fmt.Fprintln(p.w.stdout, f)
}

// end prints what was checked, and turns faults into an exit status.
func (p *faultPrinter) end(v recorder.Verified) error {
	var err error
	if p.json {
		err = json.NewEncoder(p.w.stdout).Encode(struct {
			Faults     int `json:"faults"`
			Tombstones int `json:"tombstones,omitempty"`
			Verified   int `json:"verified"`
		}{p.faults, v.Tombstones, v.Items})
	} else {
		if v.Tombstones > 0 {
			fmt.Fprintf(p.w.stdout, "taken out under a tombstone: %s\n", many(v.Tombstones, "original"))
		}
		_, err = fmt.Fprintf(p.w.stdout, "verified %s, %s\n", many(v.Items, "item"), many(p.faults, "fault"))
	}
	if err == nil && p.faults > 0 {
		return exitStatus(partly)
	}
	return err
}
