package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// WithPositions returns an assessment with what parties themselves say of the
// incident. One that concedes harm to people who are not combatants makes the
// harm confirmed (Airwars, harm grading: accepted by a belligerent), and its own
// strike declared; what it concedes stands beside the range and is no end of
// it. A party that finds it not credible moves nothing.
func WithPositions(a cairn.Assessment, positions []cairn.Position) cairn.Assessment {
	if len(positions) == 0 {
		return a
	}
	a.Positions, a.Reasons = append(slices.Clone(a.Positions), positions...), slices.Clone(a.Reasons)
	for _, p := range positions {
		said := fmt.Sprintf("%s itself: %s", p.Party, strings.ReplaceAll(string(p.Result), "_", " "))
		if len(p.Conceded) > 0 {
			said += ", conceding " + conceding(p)
		}
		if p.Admits() {
			a.Grade, a.Strike = cairn.Confirmed, cairn.Declared
			said += "; so the harm is confirmed"
		}
		a.Reasons = append(a.Reasons, said+", kept beside the range")
	}
	return a
}

// conceding writes what a party concedes: "killed 1–2, injured 4".
func conceding(p cairn.Position) string {
	var all []string
	for _, h := range cairn.Harms {
		for _, c := range cairn.Classes {
			t := cairn.Tally{Harm: h, Class: c}
			if r, ok := p.Conceded[t.Key()]; ok {
				all = append(all, label(t)+" "+r.String())
			}
		}
	}
	return strings.Join(all, ", ")
}
