package publish

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Changes returns what a later public form says otherwise than an earlier one.
func Changes(was, now cairn.Published) []cairn.Changed {
	var all []cairn.Changed
	note := func(field, from, to string) {
		if from != to {
			all = append(all, cairn.Changed{Field: field, From: from, To: to})
		}
	}
	note("grading", string(was.Grade), string(now.Grade))
	note("strike_status", string(was.Strike), string(now.Strike))
	note("place", was.Place.Name, now.Place.Name)
	note("when", span(was.When), span(now.When))
	note("by", strings.Join(was.Parties, ", "), strings.Join(now.Parties, ", "))
	note("means", string(was.Means), string(now.Means))
	for _, t := range tallies(was, now) {
		from, had := was.Figure(t.Harm, t.Class)
		to, has := now.Figure(t.Harm, t.Class)
		note(t.Key(), said(from, had), said(to, has))
	}
	for _, field := range retold(was, now) {
		all = append(all, cairn.Changed{Field: field})
	}
	note("tags", strings.Join(was.Tags, ", "), strings.Join(now.Tags, ", "))
	return all
}

func said(f cairn.Figured, is bool) string {
	if !is {
		return ""
	}
	return f.Range.String()
}

func span(p cairn.Period) string {
	if p.From == p.To || !p.To.Known() {
		return string(p.From)
	}
	return string(p.From) + "/" + string(p.To)
}

// tallies are the harms and classes that either form has a figure of.
func tallies(was, now cairn.Published) []cairn.Tally {
	var all []cairn.Tally
	for _, f := range append(slices.Clone(was.Figures), now.Figures...) {
		if !slices.ContainsFunc(all, func(t cairn.Tally) bool { return t.Harm == f.Harm && t.Class == f.Class }) {
			all = append(all, cairn.Tally{Harm: f.Harm, Class: f.Class})
		}
	}
	cairn.SortTallies(all)
	return all
}
