package estimate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// leastLists is how many lists a sensitivity analysis and a check of the lists
// against each other need.
const leastLists = 3

// Whole estimates as settings ask, and beside it tells how far the answers move
// with the lists and settings, and how well each list is predicted from the
// others, as runs of one estimate. It returns the draws of its runs by their
// numbers. It says to note what it is at.
//
// Of the file only the histories are kept: which lists have how many people, by
// strata and drawn linkages.
func Whole(asked cairn.EstimateSettings, from Source, note func(string)) (cairn.Estimate, map[int]Draws, error) {
	e, err := Begin(asked, from)
	if err != nil {
		return e, nil, err
	}
	draws := map[int]Draws{}
	note("estimating")
	if err := Add(&e, asked, draws); err != nil {
		return e, nil, err
	}
	if !e.Runs[0].Plain() || len(e.Lists) < leastLists {
		return e, draws, nil
	}
	note("moving lists and settings")
	beside := whole(e.Runs[0].Settings)
	beside.Sensitivity = true
	if err := Add(&e, beside, draws); err != nil {
		return e, nil, err
	}
	note("predicting each list from the others")
	beside.Sensitivity, beside.Consistency = false, true
	return e, draws, Add(&e, beside, draws)
}

// whole are settings without what is of strata.
func whole(s cairn.EstimateSettings) cairn.EstimateSettings {
	s.By, s.Pool, s.Trend, s.Covers, s.Bootstrap = nil, false, "", nil, 0
	return s
}

// Begin is an estimate without a run: the histories, apart by all that settings
// ask for.
func Begin(asked cairn.EstimateSettings, from Source) (cairn.Estimate, error) {
	s := settings(asked)
	s.fill(from)
	if s.Simulate != "" {
		return cairn.Estimate{}, cairn.Invalid{Field: "--simulate", Reason: "reads no lists of which an estimate could be kept"}
	}
	h, err := from.read(s.apart())
	if err != nil {
		return cairn.Estimate{}, err
	}
	covers, _, err := s.known(h.Lists)
	if err != nil {
		return cairn.Estimate{}, err
	}
	by := s.apart()
	for _, c := range covers {
		if !slices.Contains(by, c.Column) {
			by = append(by, c.Column)
		}
	}
	if h, err = from.read(by); err != nil {
		return cairn.Estimate{}, err
	}
	var text bytes.Buffer
	err = h.Write(&text)
	return cairn.Estimate{Histories: text.String(), Columns: h.By, Lists: h.Lists, Input: Hash(from.Content)}, err
}

// Add makes a run on the lists of an estimate. Its draws, if it has any, are put
// into draws by its number.
func Add(e *cairn.Estimate, asked cairn.EstimateSettings, draws map[int]Draws) error {
	from := SourceOf(*e)
	o, err := Of(asked, from)
	if err != nil {
		return err
	}
	run, err := o.Run(Hash(from.Content))
	if err != nil {
		return err
	}
	run.Number = len(e.Runs) + 1
	if d := o.Draws(); d.Any() && run.Plain() {
		draws[run.Number], run.Draws, run.Posteriors = d, true, d.posteriors()
	}
	e.Runs = append(e.Runs, run)
	return nil
}

// Proposable reports why answers of an estimate cannot be put forward, if they
// cannot.
func Proposable(e cairn.Estimate, c cairn.EstimateChoice) error {
	if c.Run < 1 || c.Run > len(e.Runs) {
		return cairn.Invalid{Field: "run", Reason: fmt.Sprintf("want one from 1 to %d, not %d", len(e.Runs), c.Run)}
	}
	run := e.Runs[c.Run-1]
	if !run.Plain() {
		return cairn.Invalid{Field: "run", Reason: fmt.Sprintf("run %d looks at how far answers can be trusted, and is no estimate itself", c.Run)}
	}
	asked := map[string]bool{}
	var estimated []string
	for _, a := range run.Whole() {
		asked[a.Method] = true
		if a.Estimate != nil {
			estimated = append(estimated, a.Method)
		}
	}
	switch {
	case len(asked) < 2:
		return cairn.Invalid{Field: "run", Reason: fmt.Sprintf("run %d asked %s alone, and methods disagree: no one stands without others beside it; add a run with --method all", c.Run, strings.Join(slices.Sorted(maps.Keys(asked)), ""))}
	case len(c.Methods) == 0:
		return cairn.Invalid{Field: "methods", Reason: "say which answers are put forward, of " + strings.Join(estimated, ", ")}
	case strings.TrimSpace(c.Why) == "":
		return cairn.Invalid{Field: "why", Reason: "say why these answers and not others"}
	}
	for k, m := range c.Methods {
		if !slices.Contains(estimated, m) {
			return cairn.Invalid{Field: "methods", Reason: fmt.Sprintf("%s has no estimate in run %d; these have: %s", m, c.Run, strings.Join(estimated, ", "))}
		}
		if slices.Contains(c.Methods[:k], m) {
			return cairn.Invalid{Field: "methods", Reason: m + " is said twice"}
		}
	}
	return nil
}

// Digest is the SHA-256 of all that an estimate says: its subject, histories, runs
// and what is put forward. It is what a signature is of.
func Digest(e cairn.Estimate) (string, error) {
	e.Signatures, e.Withdrawn = nil, nil
	text, err := json.Marshal(e)
	return Hash(text), err
}

// posteriorSteps is how many steps a posterior is told in, and posteriorEnds which
// share of the draws lies beyond its ends.
const (
	posteriorSteps = 48
	posteriorEnds  = 0.005
)

// posteriors tell how the draws about everybody lie.
func (d Draws) posteriors() []cairn.Posterior {
	var all []cairn.Posterior
	for i, of := range d.of {
		if strings.Join(of[1:], "") != "" || len(d.samples[i]) == 0 {
			continue
		}
		sorted := slices.Sorted(slices.Values(d.samples[i]))
		n := len(sorted)
		p := cairn.Posterior{Method: of[0], From: sorted[int(posteriorEnds*float64(n))], To: sorted[n-1-int(posteriorEnds*float64(n))], Shares: make([]float64, posteriorSteps)}
		if p.To <= p.From {
			continue
		}
		for _, v := range sorted {
			if k := int((v - p.From) / (p.To - p.From) * posteriorSteps); v >= p.From && v <= p.To {
				p.Shares[min(k, posteriorSteps-1)] += 1 / float64(n)
			}
		}
		all = append(all, p)
	}
	return all
}

// methodsInOrder are the names of the methods, the most general first.
func methodsInOrder() []string {
	var all []string
	for _, m := range capture.All(0) {
		all = append(all, m.Name())
	}
	return all
}
