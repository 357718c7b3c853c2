package assess

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestPositionsOfParties(t *testing.T) {
	before := cairn.Assessment{Grading: cairn.Grading{Grade: cairn.Fair, Strike: cairn.Likely},
		Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(7, 14)}}}
	for _, test := range []struct {
		name     string
		position cairn.Position
		grade    cairn.Grade
		strike   cairn.StrikeStatus
		reason   string
	}{
		{"it concedes one death", cairn.Position{Party: "Federal Army", Result: cairn.Credible, Conceded: map[string]cairn.Range{"killed": cairn.Exactly(1)}}, cairn.Confirmed, cairn.Declared,
			"Federal Army itself: credible, conceding killed 1; so the harm is confirmed, kept beside the range"},
		{"it concedes that nobody was harmed", cairn.Position{Party: "Federal Army", Result: cairn.Credible, Conceded: map[string]cairn.Range{"killed": cairn.Exactly(0)}}, cairn.Fair, cairn.Likely,
			"Federal Army itself: credible, conceding killed 0, kept beside the range"},
		{"it concedes combatants alone", cairn.Position{Party: "Federal Army", Result: cairn.Credible, Conceded: map[string]cairn.Range{"combatants_killed": cairn.Exactly(2)}}, cairn.Fair, cairn.Likely,
			"Federal Army itself: credible, conceding combatants killed 2, kept beside the range"},
		{"it finds it not credible", cairn.Position{Party: "Federal Army", Result: cairn.NonCredible}, cairn.Fair, cairn.Likely, "Federal Army itself: non credible, kept beside the range"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := WithPositions(before, []cairn.Position{test.position})
			killed, _ := a.Tally(cairn.Killed, cairn.Civilian)
			if a.Grade != test.grade || a.Strike != test.strike || killed.Range.String() != "7–14" || a.Reasons[0] != test.reason {
				t.Errorf("%s, %s, killed %s, %q; want %s, %s, 7–14, %q", a.Grade, a.Strike, killed.Range, a.Reasons[0], test.grade, test.strike, test.reason)
			}
		})
	}
}
