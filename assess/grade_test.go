package assess

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

var known = []cairn.Belligerent{
	{ID: "naf", Name: "Northern Air Force", Aliases: []string{"the northern jets"}, Of: []cairn.Membership{{Coalition: "Alliance"}}},
	{ID: "alliance", Name: "Alliance"},
	{ID: "river", Name: "River Front"},
}

func TestTheTwoAxesAreComputedApart(t *testing.T) {
	p := airwars(t)
	for _, test := range []struct {
		name, claims string
		origins      [][]string
		grade        cairn.Grade
		strike       cairn.StrikeStatus
		reason       string
	}{
		{"two origins, one party by two of its names", "A: killed 2 by=Northern_Air_Force\nB: killed 2 by=the_northern_jets", nil, cairn.Fair, cairn.Likely, "two independent origins name Northern Air Force"},
		{"a member and its coalition are one side", "A: killed 2 by=Northern_Air_Force\nB: killed 2 by=Alliance", nil, cairn.Fair, cairn.Likely, ""},
		{"two parties at once are one attack", "A: killed 2 by=Alliance,River_Front\nB: killed 2 by=Alliance,River_Front", nil, cairn.Fair, cairn.Likely, ""},
		{"two parties, each from one source", "A: killed 2 by=Alliance\nB: killed 2 by=River_Front", nil, cairn.Contested, cairn.ContestedStrike, "sources name different parties"},
		{"three copies of one original", "A: killed 2 by=Alliance\nB: killed 2 by=Alliance\nC: killed 2 by=Alliance", [][]string{{"A", "B", "C"}}, cairn.Weak, cairn.SingleSource, "one origin alone reports harm (A)"},
		{"one of two origins says who", "A: killed 2 by=Alliance\nB: killed 2", nil, cairn.Fair, cairn.SingleSource, ""},
		{"nobody says who, one source", "A: killed 2", nil, cairn.Weak, cairn.ContestedStrike, "no source says who did it"},
		{"the party accepts it", "A: killed 2 by=Alliance\nB: killed 3 civilians says=Alliance by=Alliance:admitted placed", nil, cairn.Confirmed, cairn.Declared, "Alliance accepts that it harmed civilians"},
		{"the party reports its strike and nobody hurt", "A: killed 2 by=Alliance\nB: killed 3 by=Alliance\nC: killed zero says=Alliance by=Alliance timed", nil, cairn.Fair, cairn.Declared, ""},
		{"the party denies it", "A: killed 2 by=Alliance\nB: killed 3 by=Alliance\nC: killed 3 says=Alliance:denies by=Alliance:denied", nil, cairn.Fair, cairn.Likely, "Alliance denies it"},
		{"only fighters", "A: killed 9 combatants by=Alliance\nB: killed 9 combatants by=Alliance", nil, cairn.Discounted, cairn.Likely, "all who are said to be harmed are stated combatants"},
		{"a party accuses the other", "A: killed 2 says=Alliance by=River_Front\nB: killed 2 by=Alliance", nil, cairn.Weak, cairn.ContestedStrike, ""},
		{"no harm to people", "A: damaged 4", nil, "", cairn.ContestedStrike, "no source reports harm to people"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := Incident(cairn.Incident{}, reports(t, p, test.claims), test.origins, p, known)
			if a.Grade != test.grade || a.Strike != test.strike {
				t.Errorf("%s and %s, want %s and %s", a.Grade, a.Strike, test.grade, test.strike)
			}
			if reasons := strings.Join(a.Reasons, "\n"); !strings.Contains(reasons, test.reason) {
				t.Errorf("the reasons lack %q:\n%s", test.reason, reasons)
			}
		})
	}
}

func TestAPartysOwnFigureIsKeptBesideTheRange(t *testing.T) {
	p := airwars(t)
	a := Incident(cairn.Incident{}, reports(t, p, "A: killed 7 by=Alliance\nB: killed 14 by=Alliance\nC: killed 1 says=Alliance by=Alliance:admitted timed"), nil, p, known)
	if tally, _ := a.Tally(cairn.Killed, cairn.Civilian); tally.Range.String() != "7–14" {
		t.Errorf("killed %s, want 7–14", tally.Range)
	}
	if reasons := strings.Join(a.Reasons, "\n"); !strings.Contains(reasons, "Alliance itself says 1 killed (C)") {
		t.Errorf("the conceded figure is not told:\n%s", reasons)
	}
}
