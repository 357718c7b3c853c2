package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

type estimateCommand struct {
	settings
	JSON     bool   `name:"json" help:"Print one JSON object a line."`
	DrawsOut string `placeholder:"FILE.csv|FILE.parquet" help:"Write the posterior draws of lcmcr and dga here."`
	Check    string `placeholder:"FILE" help:"Compute every number of these answers, which --json printed, again from the histories, and name those that differ."`

	File string `arg:"" optional:"" name:"histories.csv" help:"One column of 0 and 1 a list, and count or one row a person; - is standard input."`
}

// Run estimates how many there are, those on no list with them.
func (c *estimateCommand) Run(w *world) error {
	if c.Check != "" {
		return c.check(w)
	}
	c.fill()
	content, name, err := c.content(w)
	if err != nil {
		return err
	}
	o, err := c.outcome(content, name)
	if err != nil {
		return err
	}
	if c.DrawsOut != "" {
		if err := c.writeDraws(o.answers); err != nil {
			return err
		}
	}
	return c.print(w.stdout, o)
}

// overlapping are the lists of a file, with the hash of its bytes.
type overlapping struct {
	capture.Histories
	sha256 string
}

// content is the file of histories and its name.
func (c *estimateCommand) content(w *world) (content []byte, name string, err error) {
	switch c.File {
	case "":
		return nil, "", nil
	case "-":
		content, err = io.ReadAll(w.stdin)
		return content, "standard input", err
	}
	content, err = os.ReadFile(c.File)
	return content, c.File, err
}

// outcome is everything that these settings have to say of the content of a
// file of histories.
func (s settings) outcome(content []byte, name string) (o outcome, err error) {
	if err := s.check(); err != nil {
		return o, err
	}
	if s.Simulate != "" {
		o, err = s.simulate(overlapping{})
		o.stamp(s, "")
		return o, err
	}
	lists, err := histories(content, name, s.columns())
	if err != nil {
		return o, err
	}
	switch {
	case s.Like:
		o, err = s.simulate(lists)
	case s.Consistency:
		o, err = s.predict(lists)
	default:
		o.answers, err = s.answer(lists)
	}
	if err == nil && len(s.Covers)+len(s.DrawsOn) > 0 {
		err = s.caution(o.answers, content, name, lists)
	}
	o.stamp(s, lists.sha256)
	return o, err
}

// histories reads the content of a file; a fault in it names the file.
func histories(content []byte, name string, by []string) (overlapping, error) {
	if name == "" {
		return overlapping{}, cairn.Invalid{Reason: "a file of histories is needed; - is standard input"}
	}
	h, err := capture.Read(bytes.NewReader(content), by...)
	var fault capture.Invalid
	if errors.As(err, &fault) {
		err = cairn.Invalid{File: name, Line: fault.Line, Field: fault.Field, Reason: fault.Reason}
	}
	return overlapping{h, hashed(content)}, err
}

func hashed(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// answer estimates by the methods asked for.
func (s settings) answer(lists overlapping) ([]answer, error) {
	methods, err := s.methods(len(lists.Lists))
	if err != nil {
		return nil, err
	}
	var all []answer
	for _, m := range methods {
		switch {
		case s.Sensitivity:
			all = append(all, variants(m, lists)...)
		case len(s.columns()) > 0:
			all = append(all, plain(s.strata(m, lists)...)...)
		default:
			all = append(all, plain(m.Estimate(lists.Table()))...)
		}
	}
	return all, nil
}

// strata estimates each stratum and their sum, pooled and smoothed where asked.
func (s settings) strata(m capture.Method, lists overlapping) []capture.Result {
	results := capture.ByStratum(m, lists.Histories, s.Seed)
	if s.Pool {
		results = capture.Pool(results, s.Seed)
	}
	if s.Trend != "" {
		results = capture.Trend(results, s.Trend, s.Seed)
	}
	return results
}
