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
	DrawsOut string `placeholder:"FILE.csv" help:"Write the posterior draws of lcmcr and dga here."`
	Check    string `placeholder:"FILE" help:"Compute every number of these answers, which --json printed, again from the histories, and name those that differ."`

	File string `arg:"" name:"histories.csv" help:"One column of 0 and 1 a list, and count or one row a person; - is standard input."`
}

// Run estimates how many there are, those on no list with them.
func (c *estimateCommand) Run(w *world) error {
	if c.Check != "" {
		return c.check(w)
	}
	content, name, err := c.content(w)
	if err != nil {
		return err
	}
	lists, err := histories(content, name, c.columns())
	if err != nil {
		return err
	}
	answers, err := c.answer(lists)
	if err != nil {
		return err
	}
	if c.DrawsOut != "" {
		if err := c.writeDraws(answers); err != nil {
			return err
		}
	}
	return c.print(w.stdout, answers)
}

// overlapping are the lists of a file, with the hash of its bytes.
type overlapping struct {
	capture.Histories
	sha256 string
}

// content is the file of histories and its name.
func (c *estimateCommand) content(w *world) (content []byte, name string, err error) {
	if c.File == "-" {
		content, err = io.ReadAll(w.stdin)
		return content, "standard input", err
	}
	content, err = os.ReadFile(c.File)
	return content, c.File, err
}

// histories reads the content of a file; a fault in it names the file.
func histories(content []byte, name string, by []string) (overlapping, error) {
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

// answer is everything that these settings have to say of lists.
func (s settings) answer(lists overlapping) ([]answer, error) {
	methods, err := s.methods(len(lists.Lists))
	if err != nil {
		return nil, err
	}
	if s.Sensitivity && len(s.By) > 0 {
		return nil, cairn.Invalid{Field: "--sensitivity", Reason: "is of the whole table, not of strata"}
	}
	var all []answer
	for _, m := range methods {
		switch {
		case s.Sensitivity:
			all = append(all, variants(m, lists)...)
		case len(s.By) > 0:
			all = append(all, plain(capture.ByStratum(m, lists.Histories, s.Seed)...)...)
		default:
			all = append(all, plain(m.Estimate(lists.Table()))...)
		}
	}
	for i := range all {
		all[i].Result.Seed = s.Seed
		all[i].provenance = provenance{lists.sha256, cairn.Version, s}
	}
	return all, nil
}
