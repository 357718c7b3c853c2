package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/stat/agreement"
)

// codingCommand is documents that two code blind, and how far they agree.
type codingCommand struct {
	Assign    codingAssignCommand    `cmd:"" help:"Give documents to coders, who each read them without seeing what others or cairn read there."`
	List      codingListCommand      `cmd:"" help:"List the documents that are coded blind, with who codes them and how far they are."`
	Agreement codingAgreementCommand `cmd:"" help:"Say how far coders agree, by language and field, with cairn as one more coder."`
}

type codingAssignCommand struct {
	deciding
	Coder     []string `required:"" placeholder:"NAME" help:"An account that works on the project; at least two."`
	Documents []string `arg:"" help:"The identifiers of the documents."`
}

// Run gives documents to coders.
func (c *codingAssignCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.AssignCoding(ctx, c.Documents, c.Coder, c.Why); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "%d documents given to %s\n", len(c.Documents), strings.Join(c.Coder, ", "))
	return err
}

type codingListCommand struct {
	record
	JSON bool `name:"json" help:"As JSON Lines."`
}

// Run lists what is coded.
func (c *codingListCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := r.View().Codings(ctx, r.Project().Name, "", "")
	if err != nil {
		return err
	}
	for _, one := range all {
		if c.JSON {
			err = json.NewEncoder(w.stdout).Encode(one)
		} else {
			_, err = fmt.Fprintf(w.stdout, "%s\t%s\t%s\t%d claims\n", one.Document, one.Coder, stateOfCoding(one.State), len(one.Claims))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func stateOfCoding(s cairn.CodingState) string {
	return map[cairn.CodingState]string{cairn.Assigned: "not handed in", cairn.Coded: "handed in", cairn.Adjudicated: "decided"}[s]
}

type codingAgreementCommand struct {
	record
	JSON bool `name:"json" help:"As JSON."`
}

// Run says how far coders agree.
func (c *codingAgreementCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := recorder.AgreementIn(ctx, r.View(), r.Project().Name)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(w.stdout).Encode(all)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(w.stderr, "cairn: no document was handed in by two coders")
		return err
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "language\tfield\tcoded twice\tkappa\talpha\tkappa, cairn and a person\talpha, with cairn")
	for _, a := range all {
		language := a.Language
		if language == "" {
			language = "all"
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", language, a.Field, a.Units, estimated(a.Kappa), estimated(a.Alpha), estimated(a.CairnKappa), estimated(a.CairnAlpha))
	}
	return table.Flush()
}

func estimated(e agreement.Estimate) string {
	switch {
	case !e.Known:
		return "–"
	case !e.Bounded:
		return fmt.Sprintf("%.2f", e.Value)
	}
	return fmt.Sprintf("%.2f [%.2f, %.2f]", e.Value, e.Low, e.High)
}
