package link

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestIncidents(t *testing.T) {
	const strike = "2031-05-04: killed 7 at=Old_Mill on=2031-05-03 by=Air_force means=airstrike"
	for _, test := range []struct{ name, known, report, want string }{
		{"nothing is known", "", strike, "new: 1"},
		{"same place and day", strike, "2031-05-05: killed 9 at=Old_Mill on=2031-05-03", "i1: 1"},
		{"the city, where the other names the quarter", strike, "2031-05-05: killed 7 at=Orvane on=2031-05-03", "i1: 1"},
		{"a landmark in the quarter, known by its point alone", strike, "2031-05-05: killed 6–8 at=Mill_pump on=2031-05-03", "i1: 1"},
		{"a night, dated by the day after", strike, "2031-05-05: killed 7 at=Old_Mill on=2031-05-04", "i1: 1"},
		{"another quarter of the city", strike, "2031-05-05: killed 7 at=Saltgate on=2031-05-03", "new: 1"},
		{"a village far off", strike, "2031-05-05: killed 7 at=Selm on=2031-05-03", "new: 1"},
		{"the same place a week later", strike, "2031-05-12: killed 7 at=Old_Mill on=2031-05-10", "new: 1"},
		{"the same place in the next days", strike, "2031-05-06: killed 7 at=Old_Mill on=2031-05-05", "new: 1"},
		{"no day, published soon after, the same telling figure", strike, "2031-05-05: killed 7 at=Old_Mill", "i1: 1"},
		{"no day, published two months after", strike, "2031-07-02: killed 7 at=Old_Mill", "new: 1"},
		{"no day, published two months after, but a victim by name", strike + " named=Ana_Ro", "2031-07-02: killed 7 at=Old_Mill named=Ana_Ro", "i1: 1"},
		{"no day, published before it happened", strike, "2031-05-01: killed 7 at=Old_Mill", "new: 1"},
		{"only the month", strike, "2031-06-20: killed 7 at=Old_Mill on=2031-05", "i1: 1"},
		{"only the country and day", strike, "2031-05-05: killed 3 at=Xandria on=2031-05-03", "new: 1"},
		{"only the country and day, but a victim by name", strike + " named=Ana_Ro", "2031-05-05: killed 1 at=Xandria on=2031-05-03 named=Ana_Ro", "i1: 1"},
		{"the city and day, but another means and far other figures", "2031-05-04: killed 40 at=Orvane on=2031-05-03 means=airstrike", "2031-05-05: killed 2 at=Orvane on=2031-05-03 means=gun", "new: 1"},
		{"a toll that grew", strike, "2031-05-09: killed 12 at=Old_Mill on=2031-05-03", "i1: 1"},
		{"a campaign toll", strike, "2031-05-09: killed 1300 at=Orvane on=2031-05-03/2031-05-09 scope=cumulative", ""},
		{"another year", strike, "2031-05-09: killed 7 at=Old_Mill on=2031-05-03 scope=historical", ""},
		{"background", strike, "2031-05-09: killed 7 at=Old_Mill on=2031-05-03 scope=background", ""},
		{"what might be", strike, "2031-05-09: killed 7 at=Old_Mill on=2031-05-03 scope=conditional", ""},
		{"people present", strike, "2031-05-09: population 900 at=Old_Mill on=2031-05-03", ""},
		{"a denial joins what it denies", strike, "2031-05-05: killed unknown at=Old_Mill on=2031-05-03 by=Air_force scope=denied", "i1: 1"},
		{"a denial alone makes nothing", "", "2031-05-05: killed unknown at=Old_Mill on=2031-05-03 scope=denied", ""},
		{"two places in one report", strike, "2031-05-05: killed 7 at=Old_Mill on=2031-05-03\nkilled 2 at=Selm on=2031-05-03", "i1: 1, new: 2"},
		{"two days in one report", strike, "2031-05-12: killed 7 at=Old_Mill on=2031-05-03\nkilled 3 at=Old_Mill on=2031-05-10", "i1: 1, new: 2"},
		{"claims without place or day are of the main one", strike,
			"2031-05-05: killed 7 at=Old_Mill on=2031-05-03\ninjured 12\nkilled 2 at=Selm on=2031-05-03\nmissing 1", "i1: 1 2 4, new: 3"},
		{"a part is where its whole is", strike,
			"2031-05-05: killed 7 at=Old_Mill on=2031-05-03\nkilled 2 at=Selm on=2031-05-03\nkilled 1 class=child of=2", "new: 2 3, i1: 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var all []Known
			if test.known != "" {
				all = append(all, known(t, "i1", test.known))
			}
			if got := linked(Incidents(all, report(t, "A", test.report))); got != test.want {
				t.Errorf("links are %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheBetterIncidentIsChosen(t *testing.T) {
	all := []Known{
		known(t, "i1", "2031-05-04: killed 7 at=Orvane on=2031-05-03"),
		known(t, "i2", "2031-05-04: killed 7 at=Old_Mill on=2031-05-03"),
		known(t, "i3", "2031-05-04: killed 30 at=Old_Mill on=2031-05-04"),
	}
	links := Incidents(all, report(t, "A", "2031-05-06: killed 7 at=Old_Mill on=2031-05-03"))
	if got := linked(links); got != "i2: 1" {
		t.Fatalf("links are %q, want i2", got)
	}
	why := strings.Join(links[0].Reasons, "; ")
	for _, want := range []string{"the place is the same (Old Mill)", "the day is the same (2031-05-03)", "both say 7 killed"} {
		if !strings.Contains(why, want) {
			t.Errorf("the reasons %q do not say that %s", why, want)
		}
	}
}

// Two accounts that one report tells apart are not both of one known incident.
func TestOneAccountAnIncident(t *testing.T) {
	all := []Known{known(t, "i1", "2031-05-04: killed 7 at=Orvane on=2031-05-03")}
	r := report(t, "A", "2031-05-05: killed 7 at=Old_Mill on=2031-05-03\nkilled 5 at=Saltgate on=2031-05-03")
	if got := linked(Incidents(all, r)); got != "i1: 1, new: 2" {
		t.Errorf("links are %q, want the first to i1 and the second to a new one", got)
	}
}

func TestAMergedIncidentIsNotJoined(t *testing.T) {
	k := known(t, "i1", "2031-05-04: killed 7 at=Old_Mill on=2031-05-03")
	k.Into = "i9"
	if got := linked(Incidents([]Known{k}, report(t, "A", "2031-05-05: killed 7 at=Old_Mill on=2031-05-03"))); got != "new: 1" {
		t.Errorf("links are %q, want a new incident", got)
	}
}

func ExampleIncidents() {
	lat, lon := 40.02, 50.0
	mill := cairn.Where{Name: "Old Mill", ID: "project:old-mill", Lat: &lat, Lon: &lon, Accuracy: cairn.Neighbourhood}
	day := cairn.Period{From: "2031-05-03", To: "2031-05-03"}
	says := func(n, killed int) cairn.Claim {
		return cairn.Claim{N: n, Harm: cairn.Killed, Range: cairn.Exactly(killed), Where: &mill, When: &cairn.When{Period: day}}
	}
	near := []Known{{
		Incident:    cairn.Incident{Code: "i12", Where: &mill, When: day},
		Testimonies: []cairn.Testimony{{Ref: cairn.ClaimRef{Document: "first", N: 1}, Claim: says(1, 7)}},
	}}
	for _, l := range Incidents(near, Report{Document: "second", Claims: []cairn.Claim{says(1, 7)}}) {
		fmt.Println(l.Code)
		for _, reason := range l.Reasons {
			fmt.Println("-", reason)
		}
	}
	// Output:
	// i12
	// - the place is the same (Old Mill)
	// - the day is the same (2031-05-03)
	// - both tell of the same harm
	// - both say 7 killed
}
