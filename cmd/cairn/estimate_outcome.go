package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/cairn-recorder/cairn"
)

// An outcome is everything that settings have to say of lists.
type outcome struct {
	answers []answer
	scores  []scored
	sums    []summed
}

// stamp says of every part what it was computed from.
func (o *outcome) stamp(s settings, input string) {
	from := provenance{input, cairn.Version, s}
	for i := range o.answers {
		o.answers[i].Seed, o.answers[i].provenance = s.Seed, from
	}
	for i := range o.scores {
		o.scores[i].provenance = from
	}
	for i := range o.sums {
		o.sums[i].provenance = from
	}
}

// lines are the parts as JSON prints them, one a line.
func (o outcome) lines() []any {
	var all []any
	for _, a := range o.answers {
		all = append(all, a)
	}
	for _, s := range o.scores {
		all = append(all, s)
	}
	for _, s := range o.sums {
		all = append(all, s)
	}
	return all
}

// print writes the outcome as JSON Lines or in words.
func (c *estimateCommand) print(out io.Writer, o outcome) error {
	switch {
	case c.JSON:
		return printLines(out, o.lines())
	case c.Sensitivity:
		return printVariants(out, o.answers)
	case c.Consistency:
		return printPredictions(out, o)
	case len(o.scores) > 0:
		return printScores(out, o.scores)
	}
	for _, a := range o.answers {
		if _, err := fmt.Fprintln(out, a.Result); err != nil {
			return err
		}
	}
	return nil
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
