package link

import (
	"fmt"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// reading is a report as the reading of its document.
func reading(t testing.TB, id, notes string) cairn.Reading {
	t.Helper()
	r := report(t, "A", "2031-05-05: "+notes)
	return cairn.Reading{ID: id, Document: "A", Claims: r.Claims}
}

func TestReread(t *testing.T) {
	former := reading(t, "r1", "killed 7 at=Old_Mill on=2031-05-03\ninjured 9 at=Old_Mill on=2031-05-03")
	i := cairn.Incident{Code: "i1", Claims: []cairn.ClaimRef{{Document: "B", N: 1, Reading: "rB"}, {Document: "A", N: 1, Reading: "r1"}, {Document: "A", N: 2, Reading: "r1"}, {Document: "C", N: 1, Reading: "rC"}}}
	for _, test := range []struct {
		name, now, want string
	}{
		{"the same claims, another figure", "killed 8 at=Old_Mill on=2031-05-03\ninjured 9 at=Old_Mill on=2031-05-03", "B1 A1 A2 C1"},
		{"one is no longer read", "killed 7 at=Old_Mill on=2031-05-03", "B1 A1 C1"},
		{"one is read as another harm", "killed 7 at=Old_Mill on=2031-05-03\nmissing 9 at=Old_Mill on=2031-05-03", "B1 A1 C1"},
		{"one is now a campaign toll", "killed 7 at=Old_Mill on=2031-05-03\ninjured 9 at=Old_Mill scope=cumulative", "B1 A1 C1"},
		{"nothing is read", "population 5", "B1 C1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			now, kept := Reread(i, former, reading(t, "r2", test.now))
			got := ""
			for k, c := range now.Claims {
				if k > 0 {
					got += " "
				}
				got += fmt.Sprint(c.Document, c.N)
				if c.Document == "A" && c.Reading != "r2" {
					t.Errorf("claim %d is of reading %s", c.N, c.Reading)
				}
			}
			if got != test.want || len(kept) != len(now.Claims)-2 {
				t.Errorf("the claims are %q (%d kept), want %q", got, len(kept), test.want)
			}
		})
	}
	if len(i.Claims) != 4 || i.Claims[1].Reading != "r1" {
		t.Errorf("the incident itself was changed: %v", i.Claims)
	}
}

func TestUnionIsWhatLinksMake(t *testing.T) {
	k := known(t, "i1", "2031-05-04: killed 7 at=Orvane on=2031-05 by=Air_force\nkilled 7 at=Old_Mill on=2031-05-03 by=Air_force means=airstrike\ninjured 2 by=Rebels")
	var grown cairn.Incident
	for _, testimony := range k.Testimonies {
		r := Report{Document: testimony.Ref.Document, Claims: []cairn.Claim{testimony.Claim}}
		for _, l := range Incidents(nil, r) {
			grown = l.Into(grown)
		}
	}
	whole := Union(k)
	if whole.Where.Name != "Old Mill" || whole.When.From != "2031-05-03" || whole.Means != cairn.Airstrike || len(whole.By) != 2 {
		t.Errorf("the union is %+v", whole)
	}
	if *grown.Where.Lat != *whole.Where.Lat || grown.When != whole.When || grown.Means != whole.Means || len(grown.By) != len(whole.By) {
		t.Errorf("link by link it is %+v, at once %+v", grown, whole)
	}
}

func TestAreas(t *testing.T) {
	for _, test := range []struct{ name, report, want string }{
		{"a day and a quarter", "2031-05-20: killed 7 at=Old_Mill on=2031-05-10", "2031-05-06 to 2031-05-14 in [p:mill Old Mill] box"},
		{"no day: around publication", "2031-05-20: killed 7 at=Old_Mill", "2031-05-16 to 2031-05-24 in [p:mill Old Mill] box"},
		{"a month", "2031-05-20: killed 7 at=Old_Mill on=2031-05", "2031-04-27 to 2031-06-04 in [p:mill Old Mill] box"},
		{"no place: anywhere", "2031-05-20: killed 7 on=2031-05-10", "2031-05-06 to 2031-05-14 in []"},
		{"neither a day nor a day of publication: nowhere", ": killed 7 at=Old_Mill", ""},
		{"two days", "2031-05-20: killed 7 at=Old_Mill on=2031-05-10\nkilled 2 at=Old_Mill on=2031-05-12", "2031-05-06 to 2031-05-14 in [p:mill Old Mill] box; 2031-05-08 to 2031-05-16 in [p:mill Old Mill] box"},
		{"a campaign", "2031-05-20: killed 900 at=Orvane on=2031-05-10 scope=cumulative", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for k, a := range Areas(report(t, "A", test.report)) {
				if k > 0 {
					got += "; "
				}
				got += fmt.Sprintf("%s to %s in %v", a.From, a.To, a.Places)
				if a.Box != nil {
					got += " box"
				}
			}
			if got != test.want {
				t.Errorf("areas are %q, want %q", got, test.want)
			}
		})
	}
}

func TestABoxMayCrossTheAntimeridian(t *testing.T) {
	if b := around(-17, 179.9, 30); b.West < b.East || b.West < 179 || b.East > -179 {
		t.Errorf("around Fiji the box is %+v", b)
	}
}
