package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/recorder"
)

type estimateList struct {
	record
	JSON bool `name:"json" help:"As JSON Lines, each with all its runs."`
}

// Run prints the estimates of the record.
func (c *estimateList) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	all, err := recorder.EstimatesIn(ctx, r.View(), r.Project().Name)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	for _, e := range all {
		if c.JSON {
			if err := printLines(w.stdout, []any{e}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", e.ID, e.State(), cairn.DayOf(e.At), many(len(e.Runs), "run"), e.Title)
	}
	return table.Flush()
}

type estimateShow struct {
	record
	JSON bool   `name:"json" help:"As one JSON object."`
	ID   string `arg:"" name:"estimate" help:"The estimate."`
}

// Run prints an estimate with all its runs.
func (c *estimateShow) Run(ctx context.Context, w *world) error {
	return c.one(ctx, w, c.ID, func(_ *recorder.Recorder, e cairn.Estimate) error {
		if c.JSON {
			return printLines(w.stdout, []any{e})
		}
		return tellEstimate(w.stdout, e)
	})
}

// one opens the record and hands an estimate of it to do.
func (c *record) one(ctx context.Context, w *world, id string, do func(*recorder.Recorder, cairn.Estimate) error) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	e, err := recorder.EstimateOf(ctx, r.View(), r.Project().Name, id)
	if err != nil {
		return err
	}
	return do(r, e)
}

// tellEstimate writes an estimate in words: how far it has come, the three numbers by every
// method, and every run.
func tellEstimate(out io.Writer, e cairn.Estimate) error {
	sheet, err := estimate.SheetOf(e)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s\n%s; about %s\n", e.ID, e.Title, state(e), strings.Join(estimate.SubjectOf(e.About), ", "))
	if e.Choice != nil {
		fmt.Fprintf(out, "put forward by %s: %s of run %d: %s\n", e.Choice.Who, strings.Join(e.Choice.Methods, ", "), e.Choice.Run, e.Choice.Why)
	}
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "method\tdocumented\testimated, undocumented\tboth together\t")
	for _, row := range sheet.Rows {
		mark := ""
		if row.Chosen {
			mark = "put forward"
		}
		if row.Together == nil {
			fmt.Fprintf(table, "%s\t%s\tnot estimable\t\t%s\n", row.Method, cairn.Grouped(float64(row.Documented)), mark)
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", row.Method, cairn.Grouped(float64(row.Documented)), row.Unseen, row.Together, mark)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, row := range sheet.Rows {
		if row.NotEstimable != nil {
			fmt.Fprintf(out, "%s: not estimable: %s\n", row.Method, *row.NotEstimable)
		}
		for _, warning := range row.Warnings {
			fmt.Fprintf(out, "%s: warning: %s\n", row.Method, warning)
		}
	}
	fmt.Fprintln(out)
	for _, r := range sheet.Runs {
		fmt.Fprintf(out, "run %d, %s by %s, version %s: %s, %d refused: %s\n", r.Number, cairn.DayOf(r.At), r.Who, r.Version, many(len(r.Answers), "answer"), r.Refusals(), estimate.CommandOf(r.Settings))
	}
	return nil
}

// state says how far an estimate has come, and by whom.
func state(e cairn.Estimate) string {
	var signers []string
	for _, s := range e.Signatures {
		signers = append(signers, s.Who)
	}
	by := ""
	if len(signers) > 0 {
		by = ", signed by " + strings.Join(signers, " and ")
	}
	switch e.State() {
	case cairn.EstimateWithdrawn:
		return fmt.Sprintf("withdrawn by %s: %s", e.Withdrawn.Who, e.Withdrawn.Why)
	case cairn.EstimateKept:
		return "kept, nothing put forward"
	case cairn.EstimateProposed:
		return "proposed" + by + fmt.Sprintf(", %d of %d signatures", len(signers), cairn.Signers)
	}
	return "signed by " + strings.Join(signers, " and ") + "; the next release publishes it"
}

type estimatePropose struct {
	writing
	Which   int      `name:"run" default:"1" placeholder:"N" help:"The run whose answers they are (${default})."`
	Methods []string `required:"" placeholder:"METHOD,…" help:"Which of its answers; the others stand beside them."`
	Why     string   `required:"" placeholder:"TEXT" help:"Why these; it is published with them."`
	ID      string   `arg:"" name:"estimate" help:"The estimate."`
}

// Run puts answers forward.
func (c *estimatePropose) Run(ctx context.Context, w *world) error {
	return c.judged(ctx, w, c.ID, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.ProposeEstimate(ctx, c.ID, cairn.EstimateChoice{Run: c.Which, Methods: c.Methods, Why: c.Why})
	})
}

type estimateSign struct {
	writing
	Why string `placeholder:"TEXT" help:"Why you stand behind it."`
	ID  string `arg:"" name:"estimate" help:"The estimate."`
}

// Run signs what an estimate says now.
func (c *estimateSign) Run(ctx context.Context, w *world) error {
	return c.judged(ctx, w, c.ID, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.SignEstimate(ctx, c.ID, "", c.Why)
	})
}

type estimateWithdraw struct {
	writing
	Why string `required:"" placeholder:"TEXT" help:"Why it stands no more; the public is told."`
	ID  string `arg:"" name:"estimate" help:"The estimate."`
}

// Run says that an estimate stands no more.
func (c *estimateWithdraw) Run(ctx context.Context, w *world) error {
	return c.judged(ctx, w, c.ID, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.WithdrawEstimate(ctx, c.ID, c.Why)
	})
}

// judged records a judgement of an estimate and says its identifier, by which it is
// undone, and how far the estimate has come.
func (c *writing) judged(ctx context.Context, w *world, id string, judge func(*recorder.Recorder) (cairn.Judgement, error)) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := judge(r)
	if err != nil {
		return err
	}
	e, err := recorder.EstimateOf(ctx, r.View(), r.Project().Name, id)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: %s %s: %s\n", j.ID, j.Decision, e.ID, state(e))
	}
	return err
}

type estimateRecheck struct {
	record
	ID string `arg:"" name:"estimate" help:"The estimate."`
}

// Run computes every number of a kept estimate again, its draws with them.
func (c *estimateRecheck) Run(ctx context.Context, w *world) error {
	return c.one(ctx, w, c.ID, func(r *recorder.Recorder, e cairn.Estimate) error {
		checked, err := estimate.CheckEstimate(e, w.stdout)
		return said(w, checked, err)
	})
}

type estimateReport struct {
	record
	Out string `short:"o" required:"" placeholder:"FILE.html|FILE.pdf" help:"The file to write."`
	ID  string `arg:"" name:"estimate" help:"The estimate."`
}

// Run writes the report of a kept estimate.
func (c *estimateReport) Run(ctx context.Context, w *world) error {
	return c.one(ctx, w, c.ID, func(_ *recorder.Recorder, e cairn.Estimate) error {
		return writeReport(ctx, c.Out, "-o", e)
	})
}

type estimateDraws struct {
	record
	Which int    `name:"run" default:"1" placeholder:"N" help:"The run (${default})."`
	Out   string `short:"o" required:"" placeholder:"FILE.csv|FILE.parquet" help:"The file to write."`
	ID    string `arg:"" name:"estimate" help:"The estimate."`
}

// Run writes the draws of a run.
func (c *estimateDraws) Run(ctx context.Context, w *world) error {
	return c.one(ctx, w, c.ID, func(r *recorder.Recorder, e cairn.Estimate) error {
		text, err := r.View().EstimateDraws(ctx, r.Project().Name, e.ID, c.Which)
		if errors.Is(err, cairn.ErrNotFound) {
			return cairn.Invalid{Field: "--run", Reason: fmt.Sprintf("run %d of %s has no draws: only estimates by lcmcr and dga do", c.Which, e.ID)}
		}
		if err != nil {
			return err
		}
		d, err := estimate.ReadDraws(bytes.NewReader([]byte(text)))
		if err != nil {
			return err
		}
		return writeDraws(c.Out, "-o", d)
	})
}
