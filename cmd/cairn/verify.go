package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/recorder"
)

type verifyCommand struct {
	record
	Checkpoint  string `type:"existingfile" placeholder:"FILE" help:"A checkpoint of the log that was kept elsewhere: show that the log has grown out of it."`
	Key         string `placeholder:"KEY" help:"Of a dossier: the public key of the record, as it was had from elsewhere, or a file that holds it."`
	Authorities string `type:"existingfile" placeholder:"FILE" help:"Root certificates (PEM) that vouch for authorities of time stamps, beside those of this machine."`
	JSON        bool   `name:"json" help:"Print each fault as a JSON object, and the count as the last."`
	Keep        bool   `help:"Keep in the record when it was checked and what was found."`
	Past        bool   `help:"Check nothing: print the checks that were kept, the last first."`
	watching
	Dossier string `arg:"" optional:"" type:"existingfile" help:"A dossier to check, in place of a record."`
}

// Run checks the record, or a dossier, and prints each fault.
func (c *verifyCommand) Run(ctx context.Context, w *world) error {
	roots, err := c.roots()
	if err != nil {
		return err
	}
	if c.Dossier != "" {
		return c.dossier(w, roots)
	}
	switch {
	case c.Past:
		return c.past(ctx, w)
	case c.Every > 0:
		return c.watch(ctx, w, c.settings(w, ""))
	case c.Keep:
		return c.keep(ctx, w)
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
	if !c.JSON {
		tellStamps(w, checked.Stamps, roots)
	}
	if err := p.end(checked); err != nil || outside != nil || c.Witness != "" {
		return err
	}
	fmt.Fprintln(w.stderr, "hint: record and log taken back together would not show without a --witness or --checkpoint")
	return nil
}

func (c *verifyCommand) outside() ([]byte, error) {
	if c.Checkpoint == "" {
		return nil, nil
	}
	return os.ReadFile(c.Checkpoint)
}

// roots are those of this machine and of --authorities; nil are the former alone.
func (c *verifyCommand) roots() (*x509.CertPool, error) {
	if c.Authorities == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(c.Authorities)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, cairn.Invalid{File: c.Authorities, Reason: "holds no certificate: want PEM"}
	}
	return roots, nil
}

// tellStamps says what the stamps of a record prove.
func tellStamps(w *world, stamps []recorder.Stamped, roots *x509.CertPool) {
	for _, s := range stamps {
		if attested, err := dossier.Attest(s.Stamp, s.Checkpoint, roots); err == nil && attested.Words() != "" {
			fmt.Fprintln(w.stdout, attested.Words())
		} else if s.State == cairn.QueuedStamp {
			fmt.Fprintf(w.stdout, "In the queue: a stamp of %d acts by %s; cairn stamp asks again.\n", s.Acts, s.From)
		}
	}
}

// dossier checks a dossier, and says in words what that proves.
func (c *verifyCommand) dossier(w *world, roots *x509.CertPool) error {
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
	checked := dossier.Check(f, info.Size(), dossier.Known{Key: known, Roots: roots}, func(f ledger.Finding) { p.fault(recorder.Fault(f)) })
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
