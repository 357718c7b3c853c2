package estimate

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/cairn-recorder/cairn"
)

// An Outcome is everything that settings have to say of lists.
type Outcome struct {
	settings settings
	answers  []answer
	scores   []scored
	sums     []summed
}

// stamp says of every part what it was computed from.
func (o *Outcome) stamp(s settings, input string) {
	from := provenance{input, cairn.Version, cairn.EstimateSettings(s)}
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

// Lines are the answers as JSON has them, one a line: what the command line
// contract says, each with what it was computed from.
func (o Outcome) Lines() []any {
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

// Run is the outcome as a noun, to be kept. It has no number yet, and nobody made
// it.
func (o Outcome) Run(input string) (cairn.EstimateRun, error) {
	r := cairn.EstimateRun{Settings: cairn.EstimateSettings(o.settings), Input: input, Version: cairn.Version}
	for _, a := range o.answers {
		if err := also(a, &r.Answers); err != nil {
			return r, err
		}
	}
	for _, s := range o.scores {
		if err := also(s, &r.Scores); err != nil {
			return r, err
		}
	}
	for _, s := range o.sums {
		if err := also(s, &r.Scores); err != nil {
			return r, err
		}
	}
	return r, nil
}

// also adds a value to others of a type with the same JSON.
func also[T any](v any, to *[]T) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep an answer: %w", err)
	}
	var noun T
	if err := json.Unmarshal(text, &noun); err != nil {
		return fmt.Errorf("keep an answer: %w", err)
	}
	*to = append(*to, noun)
	return nil
}

// Write writes the outcome in words.
func (o Outcome) Write(out io.Writer) error {
	switch {
	case o.settings.Sensitivity:
		return printVariants(out, o.answers)
	case o.settings.Consistency:
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

// Draws are the draws of the posteriors among the answers, none where they have
// none.
func (o Outcome) Draws() Draws { return drawsOf(o.settings, o.answers) }
