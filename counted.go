package cairn

import (
	"cmp"
	"slices"
)

// A Counted is one figure of one incident as a total adds it up: everything that
// a total chooses and groups by, resolved. An incident whose assessment has no
// figure at all is one Counted without a Harm.
type Counted struct {
	Code     string
	Grade    Grade
	Recorder string // whose incident it is; empty for the project's own
	Harm     Harm
	Class    Class
	Range    Range
	First    Date // the day, month or year on which the incident began
	When     Period
	Place    string
	Admin1   string
	Country  string
	Means    MeansClass
	Parties  []string // to whom it is ascribed, each once; nobody who is only denied to have done it
}

// Counts returns what i gives a total under the assessment a.
func (i Incident) Counts(a Assessment) []Counted {
	c := Counted{Code: i.Code, Grade: a.Grade, First: cmp.Or(i.When.From, i.When.To), When: i.When, Means: i.Means, Parties: i.accused()}
	if i.Elsewhere != nil {
		c.Recorder = i.Elsewhere.Recorder
	}
	if w := i.Where; w != nil {
		c.Place, c.Admin1, c.Country = cmp.Or(w.Name, w.Words), w.Admin1, w.Country
	}
	if len(a.Tallies) == 0 {
		return []Counted{c}
	}
	var all []Counted
	for _, t := range a.Tallies {
		c.Harm, c.Class, c.Range = t.Harm, t.Class, t.Range
		all = append(all, c)
	}
	return all
}

// accused returns the parties that an incident is ascribed to, each once.
func (i Incident) accused() []string {
	var names []string
	for _, by := range i.By {
		name := cmp.Or(by.Name, by.Words)
		if name != "" && by.Strength != Denied && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
