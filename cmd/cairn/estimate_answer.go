package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/cairn-recorder/cairn/stat/capture"
)

// An answer is a result with what it was computed from.
type answer struct {
	capture.Result
	Variant string   `json:"variant,omitempty"`
	Moved   *float64 `json:"moved,omitempty"` // over the baseline, less 1
	provenance
}

// A provenance is all that computing an answer again needs beside the file.
type provenance struct {
	Input    string   `json:"input_sha256"`
	Version  string   `json:"version"`
	Settings settings `json:"settings"`
}

func plain(results ...capture.Result) []answer {
	var all []answer
	for _, r := range results {
		all = append(all, answer{Result: r})
	}
	return all
}

// variants are the answers of a sensitivity analysis, the baseline first.
func variants(m capture.Method, lists overlapping) []answer {
	var all []answer
	for _, v := range capture.Sensitivity(m, lists.Table()) {
		all = append(all, answer{Result: v.Result, Variant: v.Name, Moved: v.Moved})
	}
	return all
}

// print writes answers as JSON Lines or in words.
func (c *estimateCommand) print(out io.Writer, answers []answer) error {
	switch {
	case c.JSON:
		return printLines(out, answers)
	case c.Sensitivity:
		return printVariants(out, answers)
	}
	for _, a := range answers {
		if _, err := fmt.Fprintln(out, a.Result); err != nil {
			return err
		}
	}
	return nil
}

// printLines writes each as JSON on a line of its own.
func printLines[T any](out io.Writer, all []T) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, a := range all {
		if err := encoder.Encode(a); err != nil {
			return err
		}
	}
	return nil
}
