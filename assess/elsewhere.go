package assess

import (
	"cmp"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

// Elsewhere returns the assessment of an incident that was taken over from
// another recorder: the ranges that its rows state, each harm and class for
// itself, and its own grade. Nothing is computed, and what documents of others
// say of the incident does not move it.
func Elsewhere(inc cairn.Incident, testimonies []cairn.Testimony) cairn.Assessment {
	from := inc.Elsewhere
	a := cairn.Assessment{Incident: inc.Code, Policy: "of " + from.Recorder}
	a.Grade, a.Strike = from.Grade, from.Strike
	a.Reasons = []string{fmt.Sprintf("as %s recorded it (%s); its range and grade are its own", from.Recorder, from.Code)}
	if from.Grade == "" {
		a.Reasons = append(a.Reasons, from.Recorder+" does not grade")
	}
	a.Reasons = append(a.Reasons, inc.Reasons...)
	a.Positions = from.Positions
	for _, t := range testimonies {
		if t.Document.Source != from.Recorder {
			continue
		}
		a.Origins = [][]string{{t.Ref.Document}}
		refs := []cairn.ClaimRef{t.Ref}
		tally := cairn.Tally{Harm: t.Claim.Harm, Class: cmp.Or(t.Claim.Victims.Class, cairn.All), Range: t.Claim.Range, MinFrom: refs}
		if tally.Range.Known() {
			tally.MaxFrom = refs
		}
		a.Tallies = append(a.Tallies, tally)
	}
	cairn.SortTallies(a.Tallies)
	return a
}
