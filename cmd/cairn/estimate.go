package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
)

// estimateCommand says how many people no list names, and keeps what it said.
type estimateCommand struct {
	Of       estimateOf       `cmd:"" default:"withargs" help:"Estimate from a file of capture histories (what cairn estimate alone does)."`
	Keep     estimateKeep     `cmd:"" help:"Estimate, and keep it in the record with every run, refused ones too."`
	List     estimateList     `cmd:"" help:"Print the estimates that the record keeps."`
	Show     estimateShow     `cmd:"" help:"Print one with all its runs."`
	Propose  estimatePropose  `cmd:"" help:"Put answers of a run forward, to be signed."`
	Sign     estimateSign     `cmd:"" help:"Sign what is put forward; two different people must."`
	Withdraw estimateWithdraw `cmd:"" help:"Say that an estimate stands no more."`
	Recheck  estimateRecheck  `cmd:"" help:"Compute every number of a kept estimate again."`
	Report   estimateReport   `cmd:"" help:"Write the report of a kept estimate, as HTML or PDF."`
	Draws    estimateDraws    `cmd:"" help:"Write the draws of a run of a kept estimate."`
}

// reckoning is the flags that an answer depends on, as [cairn.EstimateSettings].
type reckoning struct {
	Method      string   `default:"" enum:"lcmcr,dga,loglinear,sparse,coverage,chao,all," placeholder:"METHOD" help:"One of lcmcr, dga, loglinear, sparse, coverage, chao, all; all answers one line a method."`
	Model       string   `placeholder:"12,3,4" help:"loglinear: fit this model alone, its generators as numbers of lists."`
	Criterion   string   `default:"bic" enum:"bic,aic" help:"loglinear: what models are compared by: ${enum} (${default})."`
	MaxMissing  string   `default:"5n" placeholder:"M" help:"dga: the most unobserved considered, a number or a multiple of the observed (${default})."`
	Grid        string   `default:"all" placeholder:"K|all" help:"dga: consider K numbers spread evenly from 1 to M (${default}: every one from 0)."`
	Delta       float64  `placeholder:"D" help:"dga: prior of each cell (2^-lists unless told)."`
	Threshold   float64  `default:"0.02" placeholder:"P" help:"sparse: an interaction enters below this p-value (${default})."`
	Bootstrap   int      `placeholder:"B" help:"sparse: the interval from B tables drawn anew (Wald's unless told)."`
	By          []string `placeholder:"COLUMN,…" help:"One answer a stratum, and one for their sum."`
	Linkages    string   `placeholder:"COLUMN|none" help:"The column that numbers drawn linkages, over which estimates are combined (draw, where there is one)."`
	Covers      []string `sep:"none" placeholder:"LIST=COLUMN:VALUE,…" help:"The list could only name people with these values; said again for another list."`
	DrawsOn     []string `placeholder:"LIST=LIST,…" help:"The first list draws on the second."`
	Pool        bool     `help:"Beside each stratum of --by and their sum, what they are when strata learn from each other."`
	Trend       string   `placeholder:"COLUMN" help:"By this column, which has an order such as year or month, and beside each stratum the smooth through all."`
	Sensitivity bool     `help:"Leave each list out, take each pair as one, move priors and orders: one answer a variant, the baseline first."`
	Consistency bool     `help:"Predict how many each list has from the other lists."`
	Simulate    string   `placeholder:"SCENARIO" help:"Draw tables of known truth from sim1 to sim5 or a scenario such as \"1800:.1,.2,.3 200:.5,.6,.7 12=0.8\", and score the methods."`
	Like        bool     `help:"The same with models that are fitted to the histories."`
	Tables      int      `default:"200" placeholder:"N" help:"How many tables are drawn (${default})."`
	Seed        uint64   `default:"1" placeholder:"N" help:"Of all that is drawn at random (${default})."`
}

type estimateOf struct {
	reckoning
	JSON     bool   `name:"json" help:"Print one JSON object a line."`
	DrawsOut string `placeholder:"FILE.csv|FILE.parquet" help:"Write the posterior draws of lcmcr and dga here."`
	Report   string `placeholder:"FILE.html|FILE.pdf" help:"Write a report of it here, with sensitivity and consistency."`
	Check    string `placeholder:"FILE" help:"Compute every number of these answers, which --json printed, again from the histories, or of a report or a kept estimate from those within it, and name those that differ."`

	File string `arg:"" optional:"" name:"histories.csv" help:"One column of 0 and 1 a list, and count or one row a person; - is standard input."`
}

// Run estimates how many there are, those on no list with them.
func (c *estimateOf) Run(ctx context.Context, w *world) error {
	from, err := source(w, c.File)
	if err != nil {
		return err
	}
	if c.Check != "" {
		return c.check(w, from)
	}
	if c.Report != "" {
		return c.report(ctx, w, from)
	}
	o, err := estimate.Of(cairn.EstimateSettings(c.reckoning), from)
	if err != nil {
		return err
	}
	if c.DrawsOut != "" {
		if c.Method != "all" && !estimate.Drawn(c.Method) {
			return cairn.Invalid{Field: "--draws-out", Reason: "only lcmcr and dga draw from a posterior, not " + c.Method}
		}
		if err := writeDraws(c.DrawsOut, "--draws-out", o.Draws()); err != nil {
			return err
		}
	}
	if c.JSON {
		return printLines(w.stdout, o.Lines())
	}
	return o.Write(w.stdout)
}

// source is a file of histories.
func source(w *world, file string) (from estimate.Source, err error) {
	switch file {
	case "":
		return from, nil
	case "-":
		from.Name = "standard input"
		from.Content, err = io.ReadAll(w.stdin)
	default:
		from.Name = file
		from.Content, err = os.ReadFile(file)
	}
	return from, err
}

// check computes the answers of a file again.
func (c *estimateOf) check(w *world, from estimate.Source) error {
	content, err := os.ReadFile(c.Check)
	if err != nil {
		return err
	}
	var checked estimate.Checked
	var kept cairn.Estimate
	switch {
	case bytes.HasPrefix(bytes.TrimSpace(content), []byte("<")):
		checked, err = estimate.CheckReport(content, c.Check, w.stdout)
	case json.Unmarshal(content, &kept) == nil && len(kept.Runs) > 0:
		checked, err = estimate.CheckEstimate(kept, w.stdout)
	default:
		checked, err = estimate.Check(content, c.Check, from, w.stdout)
	}
	return said(w, checked, err)
}

// said writes what checking came to; the exit status says whether anything differs.
func said(w *world, checked estimate.Checked, err error) error {
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, checked)
	if checked.Differed > 0 {
		return exitStatus(partly)
	}
	return nil
}

// report writes the report of an estimate that no record keeps.
func (c *estimateOf) report(ctx context.Context, w *world, from estimate.Source) error {
	if c.Method == "" {
		c.Method = "all"
	}
	e, _, err := estimate.Whole(cairn.EstimateSettings(c.reckoning), from, func(what string) { fmt.Fprintln(w.stderr, what) })
	if err != nil {
		return err
	}
	e.Title, e.From = "Estimate from "+filepath.Base(from.Name), filepath.Base(from.Name)
	return writeReport(ctx, c.Report, "--report", e)
}

// writeDraws writes draws to a file, in the format of its ending.
func writeDraws(path, flag string, d estimate.Draws) (err error) {
	write := d.CSV
	switch filepath.Ext(path) {
	case ".csv":
	case ".parquet":
		write = d.Parquet
	default:
		return cairn.Invalid{Field: flag, Reason: "want a file that ends in .csv or .parquet, not " + strconv.Quote(path)}
	}
	return create(path, write)
}

// create writes a file.
func create(path string, write func(io.Writer) error) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	return write(file)
}

// printLines writes each as JSON on a line of its own.
func printLines(out io.Writer, all []any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, a := range all {
		if err := encoder.Encode(a); err != nil {
			return err
		}
	}
	return nil
}
