package recorder

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Joining is a report that was put to an incident without a person, with what
// spoke for it.
type Joining struct {
	Document string   `json:"document"`
	Reasons  []string `json:"reasons"`
}

// Joined returns the reports that were put to an incident without a person,
// after the one that it began with, in the order of their arrival. Whoever signs
// the incident answers for them.
func Joined(i cairn.Incident) []Joining {
	var all []Joining
	for _, line := range i.Reasons {
		document, why, ok := strings.Cut(line, ": ")
		if !ok || !holds(i, document) {
			continue
		}
		k := slices.IndexFunc(all, func(j Joining) bool { return j.Document == document })
		if k < 0 {
			k, all = len(all), append(all, Joining{Document: document})
		}
		all[k].Reasons = append(all[k].Reasons, why)
	}
	return all[min(1, len(all)):]
}

// holds reports whether a claim of the document is of the incident.
func holds(i cairn.Incident, document string) bool {
	return slices.ContainsFunc(i.Claims, func(c cairn.ClaimRef) bool { return c.Document == document })
}
