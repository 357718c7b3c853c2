package total

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// tolls reads campaign claims, one a line:
//
//	killed 1300+ at=Orvane from=2031-06 to=2031-10 class=civilian scope=denied
func tolls(t testing.TB, notes string) []cairn.Testimony {
	t.Helper()
	var all []cairn.Testimony
	for line := range strings.Lines(notes) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		r, err := cairn.ParseRange(words[1])
		if err != nil {
			t.Fatal(err)
		}
		n := len(all) + 1
		one := cairn.Testimony{Ref: cairn.ClaimRef{Document: "d", N: n}, Claim: cairn.Claim{N: n, Harm: cairn.Harm(words[0]), Range: r, Scope: []cairn.Scope{cairn.Cumulative}}}
		for _, w := range words[2:] {
			name, value, _ := strings.Cut(w, "=")
			if one.Claim.When == nil && (name == "from" || name == "to") {
				one.Claim.When = &cairn.When{}
			}
			switch name {
			case "at":
				one.Claim.Where = &cairn.Where{Name: value, ID: "p:" + strings.ToLower(value)}
			case "from":
				one.Claim.When.From = cairn.Date(value)
			case "to":
				one.Claim.When.To = cairn.Date(value)
			case "class":
				one.Claim.Victims.Class = cairn.Class(value)
			case "unit":
				one.Claim.Figure.Unit = value
			case "scope":
				one.Claim.Scope = append(one.Claim.Scope, cairn.Scope(value))
			}
		}
		all = append(all, one)
	}
	return all
}

func TestCampaigns(t *testing.T) {
	for _, test := range []struct{ name, claims, want string }{
		{"none", "", ""},
		{"at least, and as high as", "killed 1300+ at=Orvane from=2031-06 to=2031-10\nkilled –3200 at=Orvane from=2031-06 to=2031-10",
			"killed civilian in Orvane 2031-06 to 2031-10: 1300 from [1] to 3200 from [2]"},
		{"a lone floor is its own highest figure, and open", "killed 1300+ at=Orvane from=2031-06 to=2031-10",
			"killed civilian in Orvane 2031-06 to 2031-10: 1300 from [1] to 1300+ from [1]"},
		{"a lone ceiling has no floor", "killed –3200 at=Orvane", "killed civilian in Orvane  to : ? from [] to 3200 from [1]"},
		{"several name the same", "killed 900 at=Orvane from=2031-06 to=2031-10\nkilled 900+ at=Orvane from=2031-06 to=2031-10",
			"killed civilian in Orvane 2031-06 to 2031-10: 900 from [1 2] to 900 from [1 2]"},
		{"a beginning that is not stated meets", "killed 900 at=Orvane to=2031-10-16\nkilled 1300+ at=Orvane from=2031-06 to=2031-10-16",
			"killed civilian in Orvane 2031-06 to 2031-10-16: 900 from [1] to 1300+ from [2]"},
		{"another place", "killed 900 at=Orvane\nkilled 20 at=Selm", "killed civilian in Orvane  to : 900 from [1] to 900 from [1]\nkilled civilian in Selm  to : 20 from [2] to 20 from [2]"},
		{"other harms and classes", "injured 50 at=Orvane\nkilled 900 at=Orvane\nkilled 40 at=Orvane class=child",
			"killed civilian in Orvane  to : 900 from [2] to 900 from [2]\nkilled child in Orvane  to : 40 from [3] to 40 from [3]\ninjured civilian in Orvane  to : 50 from [1] to 50 from [1]"},
		{"people of unstated status stand with civilians", "killed 900 at=Orvane class=unknown\nkilled 950 at=Orvane class=civilian",
			"killed civilian in Orvane  to : 900 from [1] to 950 from [2]"},
		{"other months", "killed 900 at=Orvane from=2031-06 to=2031-06\nkilled 70 at=Orvane from=2031-08 to=2031-08",
			"killed civilian in Orvane 2031-06 to 2031-06: 900 from [1] to 900 from [1]\nkilled civilian in Orvane 2031-08 to 2031-08: 70 from [2] to 70 from [2]"},
		{"a month is no floor of a war", "killed 900 at=Orvane from=2031-06 to=2031-06\nkilled 30000 at=Orvane from=2028 to=2032",
			"killed civilian in Orvane 2028 to 2032: 30000 from [2] to 30000 from [2]\nkilled civilian in Orvane 2031-06 to 2031-06: 900 from [1] to 900 from [1]"},
		{"shares stay apart from persons", "displaced 80 at=Orvane unit=percent\ndisplaced 9000 at=Orvane",
			"displaced civilian in Orvane  to : 80 from [1] to 80 from [1]\ndisplaced civilian in Orvane  to : 9000 from [2] to 9000 from [2]"},
		{"a figure that is denied sets no end", "killed 900 at=Orvane\nkilled 5000 at=Orvane scope=denied", "killed civilian in Orvane  to : 900 from [1] to 900 from [1]"},
		{"no figure", "killed unknown at=Orvane", "killed civilian in Orvane  to : ? from [] to ? from []"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range Campaigns(tolls(t, test.claims)) {
				open := ""
				if c.Open {
					open = "+"
				}
				got = append(got, fmt.Sprintf("%s %s in %s %s to %s: %s from %v to %s%s from %v", c.Harm, c.Class, c.Place, c.From, c.To, c.Min, numbers(c.MinFrom), c.Max, open, numbers(c.MaxFrom)))
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("campaigns are\n%s\nwant\n%s", strings.Join(got, "\n"), test.want)
			}
		})
	}
}

func numbers(refs []cairn.ClaimRef) []int {
	all := []int{}
	for _, r := range refs {
		all = append(all, r.N)
	}
	return all
}
