// Package estimate says how many people there are that no list names, or why that
// cannot be said: it reads capture histories, has the methods of stat/capture
// answer, keeps what an answer was computed from beside it, computes answers
// again, and writes the report that a statistician can sign.
//
// A refusal is an answer, and no method answers alone where several can.
package estimate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/capture"
)

// A Source is a file of capture histories, as comma-separated values.
type Source struct {
	Content []byte
	Name    string   // in faults; empty where there is no file
	Columns []string // that tell people apart and are no lists, where that is known already
}

// Of has the methods that settings ask for answer what from holds. An error is a
// fault of the settings or of the file; that lists carry no estimate is none.
func Of(asked cairn.EstimateSettings, from Source) (Outcome, error) {
	s := settings(asked)
	s.fill(from)
	if err := s.check(); err != nil {
		return Outcome{}, err
	}
	o, err := s.outcome(from)
	o.settings = s
	return o, err
}

// overlapping are the lists of a file, with the hash of its bytes.
type overlapping struct {
	capture.Histories // apart by strata and linkages
	sha256            string
	drawn             string // the column of linkages; empty where there is none
}

// one is the table to look at where methods are compared: of everybody, in the
// middle linkage where several were drawn.
func (o overlapping) one() capture.Table {
	if o.drawn != "" {
		return o.MiddleLinkage(o.drawn).Table()
	}
	return o.Table()
}

// outcome is everything that these settings have to say of histories.
func (s settings) outcome(from Source) (o Outcome, err error) {
	if s.Simulate != "" {
		o, err = s.simulate(overlapping{})
		o.stamp(s, "")
		return o, err
	}
	lists, err := s.read(from, s.apart())
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
		err = s.caution(o.answers, from, lists)
	}
	o.stamp(s, lists.sha256)
	return o, err
}

// read reads histories apart by columns; a fault in them names the file.
func (s settings) read(from Source, by []string) (overlapping, error) {
	h, err := from.read(by)
	return overlapping{h, Hash(from.Content), s.linkages()}, err
}

func (from Source) read(by []string) (capture.Histories, error) {
	if from.Name == "" {
		return capture.Histories{}, cairn.Invalid{Reason: "a file of histories is needed; - is standard input"}
	}
	apart := slices.Clone(by)
	for _, column := range from.Columns {
		if !slices.Contains(apart, column) {
			apart = append(apart, column)
		}
	}
	h, err := capture.Read(bytes.NewReader(from.Content), apart...)
	var fault capture.Invalid
	if errors.As(err, &fault) {
		return h, cairn.Invalid{File: from.Name, Line: fault.Line, Field: fault.Field, Reason: fault.Reason}
	}
	if err == nil && len(apart) > len(by) {
		h = h.Along(by...)
	}
	return h, err
}

// Hash is the SHA-256 of bytes, in hexadecimal digits.
func Hash(content []byte) string {
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
		case lists.drawn != "":
			all = append(all, plain(capture.ByLinkage(m, lists.Histories, lists.drawn, s.Seed)...)...)
		default:
			all = append(all, plain(m.Estimate(lists.Table()))...)
		}
	}
	return all, nil
}

// strata estimates each stratum and their sum, pooled and smoothed where asked.
func (s settings) strata(m capture.Method, lists overlapping) []capture.Result {
	var results []capture.Result
	if lists.drawn != "" {
		results = capture.ByLinkage(m, lists.Histories, lists.drawn, s.Seed)
	} else {
		results = capture.ByStratum(m, lists.Histories, s.Seed)
	}
	if s.Pool {
		results = capture.Pool(results, s.Seed)
	}
	if s.Trend != "" {
		results = capture.Trend(results, s.Trend, s.Seed)
	}
	return results
}
