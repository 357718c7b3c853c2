package recorder

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// TestTheWordingsThatRecordersPublish takes reports all the way from their words
// to a range, under each convention. The reports of one incident are parted by
// " // ". The harm is killed, unless "injured" is said.
func TestTheWordingsThatRecordersPublish(t *testing.T) {
	const none = "unknown"
	for _, test := range []struct {
		wording, reports, harm string
		airwars, acled, aoav   string
	}{
		{"a plural", "Shells killed villagers in Tel Marun on Monday.", "", "2", "3", none},
		{"injuries", "The raid on Tel Marun on Monday caused injuries.", "injured", "2", "3", none},
		{"others", "Shells killed two men in Tel Marun on Monday and injured others.", "injured", "2", "3", none},
		{"a number of", "A number of people were injured in Tel Marun on Monday.", "injured", "2", "3", none},
		{"several", "Several people were injured in Tel Marun on Monday.", "injured", "2", "3", none},
		{"few", "A few people were injured in Tel Marun on Monday.", "injured", "2", "3", none},
		{"many", "Many people were injured in Tel Marun on Monday.", "injured", "2–10", "3", none},
		{"dozens", "Dozens of people were injured in Tel Marun on Monday.", "injured", "12–24", "12", none},
		{"a large number", "A large number of people were injured in Tel Marun on Monday.", "injured", "12–24", "10", none},
		{"large numbers", "Large numbers of people were injured in Tel Marun on Monday.", "injured", "12–24", "10", none},
		{"tens", "Tens of people were killed in Tel Marun on Monday.", "", "10–20", "10", none},
		{"scores", "Scores of people were killed in Tel Marun on Monday.", "", "20–40", "20", none},
		{"hundreds", "Hundreds of people were killed in Tel Marun on Monday.", "", "100–200", "100", none},
		{"thousands", "Thousands of people were killed in Tel Marun on Monday.", "", "1000–2000", "1000", none},
		{"a whole family", "An entire family was killed in Tel Marun on Monday.", "", "2", "-", none},
		{"children without a number", "Children were killed in Tel Marun on Monday.", "", "2", "3", none},
		{"daughters without a number", "His daughters were killed in Tel Marun on Monday.", "", "2", "3", none},
		{"casualties alone, of the dead", "The raid on Tel Marun on Monday caused casualties.", "", none, "0", none},
		{"casualties alone, of the injured", "The raid on Tel Marun on Monday caused casualties.", "injured", "2", none, none},
		{"dozens of dead and wounded, of the dead", "Dozens of people were killed and wounded in Tel Marun on Monday.", "", "12–24", "0", none},
		{"dozens of dead and wounded, of the injured", "Dozens of people were killed and wounded in Tel Marun on Monday.", "injured", "12–24", none, none},
		{"at least", "At least nine people were killed in Tel Marun on Monday.", "", "9", "9", "9"},
		{"at least, and a higher figure elsewhere", "At least nine people were killed in Tel Marun on Monday. // Raiders killed 14 people in Tel Marun on Monday.", "", "9–14", "9", "14"},
		{"up to", "Up to nine people were killed in Tel Marun on Monday.", "", "–9", "9", "9"},
		{"as many as, and a lower figure elsewhere", "As many as nine people were killed in Tel Marun on Monday. // Raiders killed four people in Tel Marun on Monday.", "", "4–9", "4", "4"},
		{"between", "Between 14 and 20 people were killed in Tel Marun on Monday.", "", "14–20", "14", "14–20"},
		{"more than, alone", "More than 20 people were killed in Tel Marun on Monday.", "", "21", "21", "21"},
		{"over, alone", "Over 60 people were killed in Tel Marun on Monday.", "", "61", "61", "61"},
		{"more than, as the ceiling", "More than 80 people were killed in Tel Marun on Monday. // Raiders killed 45 people in Tel Marun on Monday.", "", "45–81", "45", "45"},
		{"about", "About 40 people were killed in Tel Marun on Monday.", "", "40", "40", "40"},
		{"nearly", "Nearly 40 people were killed in Tel Marun on Monday.", "", "40", "40", "40"},
		{"figures that differ", "Raiders killed five people in Tel Marun on Monday. // Raiders killed seven people in Tel Marun on Monday.", "", "5–7", "5", "7"},
		{"losses that may be", "The raid on Tel Marun on Monday may have caused human losses.", "", "0–1", "0", none},
		{"casualties that may be", "The raid on Tel Marun on Monday may have caused casualties.", "injured", "0–2", none, none},
		{"one death that may be", "One person may have been killed in Tel Marun on Monday.", "", "0–1", "0", "-"},
		{"a toll of several days", "Forty people have been killed in Tel Marun since 1 May.", "", none, none, none},
		{"nothing said of the dead", "Four people were injured in Tel Marun on Monday.", "", none, "0", none},
		{"nobody, said so", "Nobody was killed in the raid on Tel Marun on Monday.", "", "0", "0", "0"},
	} {
		for name, want := range map[string]string{"airwars": test.airwars, "acled": test.acled, "aoav": test.aoav} {
			if want == "-" {
				continue // not published by that recorder
			}
			if got := ranged(t, name, test.reports, test.harm); got != want {
				t.Errorf("%s under %s: %s, want %s (%s)", test.wording, name, got, want, test.reports)
			}
		}
	}
}

// ranged returns the range of killed, or of another harm, that a policy makes of
// the reports of one incident.
func ranged(t *testing.T, name, reports, harm string) string {
	t.Helper()
	type report struct {
		ID        string `json:"id"`
		Text      string `json:"text"`
		Published string `json:"published"`
	}
	var in struct {
		Incident  string   `json:"incident"`
		Documents []report `json:"documents"`
	}
	in.Incident = "i1"
	for i, text := range strings.Split(reports, " // ") {
		in.Documents = append(in.Documents, report{string(rune('a' + i)), text, "2031-05-06"})
	}
	line, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	valley := []cairn.Place{{ID: "v:1", Name: "Tel Marun", Country: "ZZ", Accuracy: cairn.Town}}
	var out bytes.Buffer
	if _, err := (Step{Policy: p, Places: valley, Bad: func(err error) { t.Error(err) }}).Assess(ctx, []Input{{"in", bytes.NewReader(line)}}, &out); err != nil {
		t.Fatal(err)
	}
	var answer struct{ Killed, Injured *cairn.Range }
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	of := answer.Killed
	if harm == "injured" {
		of = answer.Injured
	}
	if of == nil {
		return "unknown"
	}
	r := *of
	r.Open = false
	return r.String()
}
