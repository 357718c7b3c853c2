package assess

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

func TestContradictionsOfSources(t *testing.T) {
	conv, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, claims, want string }{
		{"they agree", "A: killed 7 by=air_force\nB: killed 7 by=air_force", ""},
		{"at least five takes seven in", "A: killed at_least 5\nB: killed 7", ""},
		{"figures that exclude each other", "A: killed 7 by=air_force\nB: killed 9 by=air_force\nC: killed 9 by=air_force", "killed: 7 [A], 9 [B C]"},
		{"one party and another", "A: killed 7 by=air_force\nB: killed 7 by=army_group", "by: air force [A], army group [B]"},
		{"a sub-group is no whole", "A: killed 7\nB: killed 2 child", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			testimonies := reports(t, conv, test.claims)
			a := Incident(cairn.Incident{Code: "i1"}, testimonies, nil, conv, nil)
			var got []string
			for _, c := range a.Contradictions {
				var sides []string
				for _, s := range c.Sides {
					sides = append(sides, fmt.Sprintf("%s %v", s.Says, s.Documents))
				}
				got = append(got, c.About+": "+strings.Join(sides, ", "))
			}
			if strings.Join(got, "; ") != test.want {
				t.Errorf("contradictions are %q, want %q", strings.Join(got, "; "), test.want)
			}
		})
	}
}

func TestDaysAndPlacesThatExcludeEachOther(t *testing.T) {
	span := cairn.Span{Start: 0, End: 4}
	at := func(name, id string, lat float64) *cairn.Where {
		lon := 50.0
		return &cairn.Where{Phrase: cairn.Phrase{Words: name, Span: &span}, Name: name, ID: id, Lat: &lat, Lon: &lon}
	}
	on := func(day string) *cairn.When {
		return &cairn.When{Phrase: cairn.Phrase{Words: day, Span: &span}, Period: cairn.Period{From: cairn.Date(day), To: cairn.Date(day)}}
	}
	say := func(document string, where *cairn.Where, when *cairn.When) cairn.Testimony {
		return cairn.Testimony{Ref: cairn.ClaimRef{Document: document, N: 1}, Claim: cairn.Claim{N: 1, Harm: cairn.Killed, Where: where, When: when}}
	}
	all := []cairn.Testimony{say("A", at("Selm", "p:1", 40), on("2031-05-03")), say("B", at("Orvane", "p:2", 41), on("2031-05-04")), say("C", at("Selm Bridge", "p:3", 40.02), on("2031-05-09"))}
	if got, want := fmt.Sprint(placesOf(all)), "[{Selm [A C]} {Orvane [B]}]"; got != want {
		t.Errorf("places are %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(daysOf(all)), "[{2031-05-03 [A B]} {2031-05-09 [C]}]"; got != want {
		t.Errorf("days are %s, want %s: a night is of either of its days", got, want)
	}
}

func TestPartsAboveTheirWhole(t *testing.T) {
	tally := func(c cairn.Class, r cairn.Range) cairn.Tally {
		return cairn.Tally{Harm: cairn.Killed, Class: c, Range: r}
	}
	for _, test := range []struct {
		name    string
		tallies []cairn.Tally
		want    string
	}{
		{"they fit", []cairn.Tally{tally(cairn.Civilian, cairn.Between(3, 5)), tally(cairn.Child, cairn.Exactly(2)), tally(cairn.Woman, cairn.Exactly(3))}, ""},
		{"one is larger", []cairn.Tally{tally(cairn.Civilian, cairn.Exactly(3)), tally(cairn.Medic, cairn.Exactly(4))}, "medics killed: 4 at least, which is more than 3 in all"},
		{"together they are more", []cairn.Tally{tally(cairn.Civilian, cairn.Exactly(4)), tally(cairn.Child, cairn.Exactly(2)), tally(cairn.Woman, cairn.Exactly(3))},
			"killed: children, women and men are 5 at least, which is more than 4 in all"},
		{"the whole is open", []cairn.Tally{tally(cairn.Civilian, cairn.AtLeast(3)), tally(cairn.Child, cairn.Exactly(4))}, ""},
	} {
		if got := strings.Join(parts(test.tallies), "; "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
