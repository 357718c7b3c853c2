package link

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Into returns the incident with what l links to it: its claims after the ones
// that are there, the closest known place, the narrowest known period, every
// party, and why. What stands is not changed.
func (l Link) Into(i cairn.Incident) cairn.Incident {
	i.Claims, i.By, i.Reasons = slices.Clone(i.Claims), slices.Clone(i.By), slices.Clone(i.Reasons)
	for _, c := range l.Claims {
		if !slices.Contains(i.Claims, c) {
			i.Claims = append(i.Claims, c)
		}
	}
	if closer(l.Where, i.Where) {
		i.Where = l.Where
	}
	if l.When.From.Known() && narrower(l.When, i.When) {
		i.When = l.When
	}
	for _, by := range l.By {
		if !slices.ContainsFunc(i.By, func(o cairn.Attacker) bool { return partyOf(o) == partyOf(by) && o.Strength == by.Strength }) {
			i.By = append(i.By, by)
		}
	}
	i.Means = cmp.Or(i.Means, l.Means)
	for _, c := range l.Claims[:min(1, len(l.Claims))] {
		for _, why := range l.Reasons {
			i.Reasons = append(i.Reasons, c.Document+": "+why)
		}
	}
	return i
}
