package recorder

import (
	"context"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
)

// What pages show of persons, by the names that the steps give them.
type (
	Person    = identify.Person
	Harmed    = identify.Harmed
	Guard     = identify.Guard
	Family    = identify.Family
	Agreement = identify.Agreement
)

// HarmedOf proposes which of people are victims of which incidents.
func (r *Recorder) HarmedOf(ctx context.Context, p People) (Harmed, error) {
	accounts, err := r.accounts(ctx, r.view)
	return identify.Appear(p.Persons, accounts, p.Decided), err
}

// Guards returns what about identifiers and rows wants a person's eyes.
func (p People) Guards() []Guard { return identify.Guards(p.Persons) }

// Families proposes which persons are of one family.
func (p People) Families() []Family { return identify.Families(p.Persons) }

// ToLabel returns the pairs that somebody is to look at, those that they labelled
// already left out; all that are doubtful where who is empty.
func (p People) ToLabel(labels []cairn.Label, who string) []cairn.Match {
	return identify.ToLabel(p.Matches, p.Decided, labels, who)
}

// Contested returns the pairs on which labels differ and nobody decided.
func (p People) Contested(labels []cairn.Label) [][]cairn.Label {
	return identify.Contested(labels, p.Decided)
}

// A Calibration is what the linkage promised of pairs of like probability, and what
// came of it.
type Calibration struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	Pairs    int     `json:"pairs"`
	Promised float64 `json:"promised"`
	Same     int     `json:"same"`
}

// Calibrated holds what the linkage promises of pairs against what people say of
// them.
func (p People) Calibrated(labels []cairn.Label) []Calibration {
	var all []Calibration
	for _, c := range identify.Calibrated(p.Matches, identify.Taught(labels, p.Decided)) {
		all = append(all, Calibration{c.From, c.To, c.Pairs, c.Promised, c.Matches})
	}
	return all
}

// Agreements returns how far each two who labelled pairs in common agree.
func Agreements(labels []cairn.Label) []Agreement { return identify.Agreements(labels) }

// Entry returns the entry that list/key names, and whether there is one.
func (p People) Entry(ref string) (cairn.Entry, bool) {
	for _, person := range p.Persons {
		for _, e := range person.Entries {
			if e.Ref() == ref {
				return e, true
			}
		}
	}
	return cairn.Entry{}, false
}

// Showings returns how much of each person may be seen in public, by identifier.
func (r *Recorder) Showings(p People) map[string]Shown { return r.showings(p, r.project) }
