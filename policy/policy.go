// Package policy holds the published conventions of casualty recorders as
// versioned data: what "dozens" is, what becomes of "at least", which grades
// stand in a headline.
//
// Recorders disagree about vague figures on purpose, and cairn does not pick a
// winner: the words of a claim are kept as written, and a named policy says
// what they amount to. Each policy is a JSON file that names its source; a
// project may bring one of its own (see [Parse]).
package policy

import (
	"strconv"

	"github.com/cairn-recorder/cairn"
)

// A Policy is the convention of one recorder, in one version. The zero Policy
// bounds nothing.
type Policy struct {
	Name     string        `json:"name"`    // short, as on the command line
	Version  int           `json:"version"` // from 1
	Title    string        `json:"title"`
	Citation string        `json:"citation"` // where the convention is published, in words
	Grades   []cairn.Grade `json:"grades"`   // that a headline total takes in
	Closing  Closing       `json:"closing"`

	Ops      map[cairn.Op]Ends  `json:"ops"`      // what a figure with numbers amounts to
	Wordings map[string]Wording `json:"wordings"` // what a figure without numbers amounts to
	Families bool               `json:"families,omitempty"`

	Casualties Casualties         `json:"casualties"`
	Silent     map[cairn.Harm]int `json:"silent,omitempty"` // counted where an incident says nothing of the harm
}

// A Closing says how the claims of one incident become one floor and one
// ceiling.
type Closing string

// The closings.
const (
	Highest Closing = "highest" // lowest to highest figure named; an open end is closed by the highest (Airwars)
	Lowest  Closing = "lowest"  // one number, the lowest (ACLED)
	Latest  Closing = "latest"  // the stated number of the most recent report (AOAV)
	Literal Closing = "literal" // lowest to highest; an open end stays open
)

// Ends says which numbers of a figure are its two bounds. An empty End is a
// bound that nobody gave.
type Ends struct {
	Min End `json:"min,omitempty"`
	Max End `json:"max,omitempty"`
}

// An End is one number of a figure, or its neighbour.
type End string

// The ends. "More than 60" is bounded below by JustAbove, which is 61.
const (
	Low       End = "low"
	High      End = "high"
	JustAbove End = "low+1"
	JustBelow End = "high-1"
)

// A Wording is what words without a number amount to. A harm that stands in
// ByHarm is bounded there instead.
type Wording struct {
	Min    cairn.Bound                `json:"min"`
	Max    cairn.Bound                `json:"max"`
	ByHarm map[cairn.Harm]cairn.Range `json:"by_harm,omitempty"`
	Basis  Basis                      `json:"basis"`
	Note   string                     `json:"note,omitempty"`
}

// A Basis says where the bounds of a Wording come from.
type Basis string

// The bases. Refused marks words that the recorder will not turn into a number.
const (
	Published Basis = "published"
	Analogy   Basis = "analogy" // not published; drawn from a neighbouring rule
	Refused   Basis = "refused"
)

// Casualties says which harms a figure of casualties, dead and injured not told
// apart, is booked under. Alone is for the bare word; Unsplit for "dead and
// wounded" with one figure for both.
type Casualties struct {
	Alone   map[cairn.Harm]Share `json:"alone"`
	Unsplit map[cairn.Harm]Share `json:"unsplit"`
}

// A Share says how much of an unsplit figure one harm takes.
type Share string

// The shares. A harm that is not named takes none and stays unknown.
const (
	Whole  Share = "whole"
	NoneOf Share = "zero"
)

// ID returns the name and version of p, as "airwars/1".
func (p Policy) ID() string { return p.Name + "/" + strconv.Itoa(p.Version) }

// Plural is the wording of a noun in the plural with no number at all.
const Plural = "plural"

// family is the wording of an unnamed family, which also bounds a counted one.
const family = "family"

// Range returns what p makes of the figure of one claim of harm, and the rule
// that said so. The wording is the English key of words without a number, such
// as "dozens" or "a number of"; it is empty for figures with one. Ends that
// nobody gave stay unknown.
//
// The range is in the unit of the figure: shares stay shares, and families and
// households stay such, except that a policy with Families counts persons for
// families killed, injured or missing.
func (p Policy) Range(harm cairn.Harm, f cairn.Figure, wording string) (r cairn.Range, rule string) {
	switch f.Op {
	case cairn.OpZero:
		return cairn.Exactly(0), string(f.Op)
	case cairn.OpPlural, cairn.OpVague:
		return p.words(harm, f.Op, wording)
	}
	ends, ok := p.Ops[f.Op]
	if !ok {
		return cairn.Range{}, string(f.Op)
	}
	r = cairn.Range{Min: ends.Min.of(f), Max: ends.Max.of(f)}
	if !r.Valid() {
		return cairn.Range{}, string(f.Op)
	}
	if f.Unit == cairn.Families && p.Families && ofPersons(harm) {
		return p.families(harm, r), family
	}
	return r, string(f.Op)
}

func (p Policy) words(harm cairn.Harm, op cairn.Op, wording string) (cairn.Range, string) {
	if _, ok := p.Wordings[wording]; !ok && op == cairn.OpPlural {
		wording = Plural
	}
	w, ok := p.Wordings[wording]
	if !ok {
		return cairn.Range{}, string(op)
	}
	return w.of(harm), wording
}

func (p Policy) families(harm cairn.Harm, counted cairn.Range) cairn.Range {
	one := p.Wordings[family].of(harm)
	times := func(a, b cairn.Bound) cairn.Bound {
		if !a.Known || !b.Known {
			return cairn.Bound{}
		}
		return cairn.N(a.N * b.N)
	}
	return cairn.Range{Min: times(counted.Min, one.Min), Max: times(counted.Max, one.Max)}
}

func (w Wording) of(harm cairn.Harm) cairn.Range {
	if r, ok := w.ByHarm[harm]; ok {
		return r
	}
	return cairn.Range{Min: w.Min, Max: w.Max}
}

// of returns the bound that e names in f; a neighbour below zero is none.
func (e End) of(f cairn.Figure) cairn.Bound {
	b, by := f.Low, 0
	switch e {
	case Low:
	case High:
		b = f.High
	case JustAbove:
		by = 1
	case JustBelow:
		b, by = f.High, -1
	default:
		return cairn.Bound{}
	}
	if !b.Known || b.N+by < 0 {
		return cairn.Bound{}
	}
	return cairn.N(b.N + by)
}

func ofPersons(h cairn.Harm) bool {
	return h == cairn.Killed || h == cairn.Injured || h == cairn.Casualties || h == cairn.Missing
}
