package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

type estimateCommand struct {
	Method     string   `required:"" enum:"lcmcr,dga,loglinear,sparse,coverage,chao,all" help:"One of ${enum}; all answers one line a method."`
	Model      string   `placeholder:"12,3,4" help:"loglinear: fit this model alone, its generators as numbers of lists."`
	Criterion  string   `default:"bic" enum:"bic,aic" help:"loglinear: what models are compared by: ${enum} (${default})."`
	MaxMissing string   `default:"5n" placeholder:"M" help:"dga: the most unobserved considered, a number or a multiple of the observed (${default})."`
	Grid       string   `default:"all" placeholder:"K|all" help:"dga: consider K numbers spread evenly from 1 to M (${default}: every one from 0)."`
	Delta      float64  `placeholder:"D" help:"dga: prior of each cell (2^-lists unless told)."`
	Threshold  float64  `default:"0.02" placeholder:"P" help:"sparse: an interaction enters below this p-value (${default})."`
	Bootstrap  int      `placeholder:"B" help:"sparse: the interval from B tables drawn anew (Wald's unless told)."`
	By         []string `placeholder:"COLUMN,…" help:"One answer a stratum, and one for their sum."`
	Seed       uint64   `default:"1" placeholder:"N" help:"Of all that is drawn at random (${default})."`
	JSON       bool     `name:"json" help:"Print one JSON object a line."`

	File string `arg:"" name:"histories.csv" help:"One column of 0 and 1 a list, and count or one row a person; - is standard input."`
}

// Run estimates how many there are, those on no list with them.
func (c *estimateCommand) Run(w *world) error {
	histories, err := c.read(w)
	if err != nil {
		return err
	}
	methods, err := c.methods(len(histories.Lists))
	if err != nil {
		return err
	}
	for _, m := range methods {
		answers := []capture.Result{m.Estimate(histories.Table())}
		if len(c.By) > 0 {
			answers = capture.ByStratum(m, histories, c.Seed)
		}
		for _, a := range answers {
			if err := c.print(w.stdout, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// read reads the file of histories; a fault in it names the file.
func (c *estimateCommand) read(w *world) (capture.Histories, error) {
	from, name := w.stdin, "standard input"
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return capture.Histories{}, err
		}
		defer file.Close()
		from, name = file, c.File
	}
	histories, err := capture.Read(from, c.By...)
	var fault capture.Invalid
	if errors.As(err, &fault) {
		return histories, cairn.Invalid{File: name, Line: fault.Line, Field: fault.Field, Reason: fault.Reason}
	}
	return histories, err
}

// methods are those asked for, with their flags.
func (c *estimateCommand) methods(lists int) ([]capture.Method, error) {
	loglinear, err := c.loglinear(lists)
	if err != nil {
		return nil, err
	}
	graphs, err := c.graphs()
	if err != nil {
		return nil, err
	}
	if !(c.Threshold > 0 && c.Threshold < 1) {
		return nil, cairn.Invalid{Field: "--threshold", Reason: "want a p-value between 0 and 1"}
	}
	if c.Bootstrap < 0 || c.Bootstrap > 0 && c.Bootstrap < 100 {
		return nil, cairn.Invalid{Field: "--bootstrap", Reason: "want 100 tables or more"}
	}
	all := []capture.Method{capture.LatentClasses{Seed: c.Seed}, graphs, loglinear,
		capture.Sparse{Threshold: c.Threshold, Bootstrap: c.Bootstrap, Seed: c.Seed}, capture.Coverage{Seed: c.Seed}, capture.LowerBound{}}
	for _, m := range all {
		if m.Name() == c.Method {
			return []capture.Method{m}, nil
		}
	}
	return all, nil
}

func (c *estimateCommand) loglinear(lists int) (capture.LogLinear, error) {
	m := capture.LogLinear{Criterion: capture.Criterion(c.Criterion)}
	if c.Model == "" {
		return m, nil
	}
	model, err := capture.ParseModel(c.Model, lists)
	if err != nil {
		return m, cairn.Invalid{Field: "--model", Reason: err.Error()}
	}
	m.Model = &model
	return m, nil
}

func (c *estimateCommand) graphs() (capture.Graphs, error) {
	m := capture.Graphs{Delta: c.Delta, Seed: c.Seed}
	number, multiple := strings.CutSuffix(c.MaxMissing, "n")
	most, err := strconv.ParseFloat(number, 64)
	if err != nil || !(most > 0) || math.IsInf(most, 0) {
		return m, cairn.Invalid{Field: "--max-missing", Reason: "want a number above 0, or a multiple of the observed such as 5n, not " + strconv.Quote(c.MaxMissing)}
	}
	m.MaxMissing, m.Multiple = most, multiple
	if c.Delta < 0 || math.IsInf(c.Delta, 0) || math.IsNaN(c.Delta) {
		return m, cairn.Invalid{Field: "--delta", Reason: "want a number above 0"}
	}
	if c.Grid == "all" {
		return m, nil
	}
	if m.Grid, err = strconv.Atoi(c.Grid); err != nil || m.Grid < 2 {
		return m, cairn.Invalid{Field: "--grid", Reason: "want all, or how many numbers to consider, 2 or more, not " + strconv.Quote(c.Grid)}
	}
	return m, nil
}

// print writes an answer as JSON or in words.
func (c *estimateCommand) print(out io.Writer, a capture.Result) error {
	a.Seed = c.Seed
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(a)
	}
	_, err := fmt.Fprintln(out, a)
	return err
}
