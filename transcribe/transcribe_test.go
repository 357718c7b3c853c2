package transcribe_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/transcribe"
)

// table reads the rows of a test: cells parted by bars, the header first.
func table(lines string) []cairn.Row {
	var rows []cairn.Row
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		row := cairn.Row{Number: len(rows) + 1, Line: len(rows) + 1}
		at := 0
		for cell := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "|") {
			row.Cells, row.At = append(row.Cells, strings.TrimSpace(cell)), append(row.At, at)
			at += len(cell) + 1
		}
		rows = append(rows, row)
	}
	return rows
}

// taken takes every row over, and writes what became of each in a line.
func taken(t testing.TB, as string, given transcribe.Given, lines string) []string {
	t.Helper()
	book, ok := transcribe.Named(as)
	if !ok {
		t.Fatalf("no codebook %s", as)
	}
	given.File = "t.csv"
	rows := table(lines)
	open, err := transcribe.Open(book, rows[0], given)
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	for _, row := range rows[1:] {
		e, err := open.Row(row)
		if err != nil {
			if !errors.As(err, new(cairn.Invalid)) {
				t.Fatal(err)
			}
			all = append(all, err.Error())
			continue
		}
		all = append(all, told(t, e))
	}
	return all
}

func told(t testing.TB, e transcribe.Entry) string {
	s := e.Incident.Code + " " + string(e.Incident.When.From)
	if w := e.Incident.Where; w != nil {
		s += " at " + w.Name + " " + string(w.Accuracy)
	}
	for _, by := range e.Incident.By {
		s += " by " + by.Name
	}
	if g := e.Incident.Elsewhere.Grade; g != "" {
		s += fmt.Sprintf(" %s/%s", g, e.Incident.Elsewhere.Strike)
	}
	for _, c := range e.Claims {
		s += fmt.Sprintf(", %s %s %s", c.Harm, c.Victims.Class, c.Range)
		if c.Span.Of(e.Document.Text) != c.Figure.Words || c.Figure.Words == "" {
			t.Errorf("%s: the words %q do not stand at %v of %q", e.Incident.Code, c.Figure.Words, c.Span, e.Document.Text)
		}
	}
	for _, n := range e.Notes {
		s += "; " + n.Field + " " + n.Reason
	}
	return s
}

const ucdpHeader = "id|side_a|side_b|where_prec|where_coordinates|adm_1|latitude|longitude|country|date_start|date_end|deaths_a|deaths_b|deaths_civilians|deaths_unknown|low|best|high\n"

func TestRowsOfOtherRecorders(t *testing.T) {
	for _, test := range []struct{ name, as, rows, want string }{
		{"an event of UCDP", "ucdp", ucdpHeader + "12|Government of Orvane|Civilians|1|Selm village|Selm Governorate|||Orvane|2031-03-04|2031-03-05|0|1|4|2|7|7|9",
			"UCDP-12 2031-03-04 at Selm village village by Government of Orvane, killed all 7–9, killed civilian 4, killed combatant 1, killed unknown 2"},
		{"low above high is kept and noted", "ucdp", ucdpHeader + "13|A|B|4|Selm|Selm|||Orvane|2031-03-04|2031-03-04|0|0|5|0|6|5|5",
			"UCDP-13 2031-03-04 at Selm admin1 by A by B, killed all 5–6, killed civilian 5, killed combatant 0, killed unknown 0; low 6 stands above high, 5; the range runs from the least to the greatest"},
		{"civilians are the target", "acled", "event_id_cnty|event_date|sub_event_type|actor1|actor2|location|geo_precision|fatalities\nORV1|04 March 2031|Air/drone strike|Military Forces of Orvane|Civilians (Orvane)|Selm|2|3",
			"ACLED-ORV1 2031-03-04 at Selm subdistrict by Military Forces of Orvane, killed all 3, killed civilian 3"},
		{"the grade is the recorder's", "airwars", "code|date|place_en|loc_accuracy|belligerent|strike_status|harm_grading|civilian_harm_reported|civilians_killed_min|civilians_killed_max|children_killed_min|children_killed_max\nOR007|2031-03-04|Selm|Within 100m|Orvane; Federal Army|Likely strike|Fair|Yes|3|5|1|1",
			"OR007 2031-03-04 at Selm within_100m by Orvane by Federal Army fair/likely, killed civilian 3–5, killed child 1"},
		{"harm is reported and nobody counts", "airwars", "code|date|harm_grading|civilian_harm_reported|civilians_killed_min|civilians_killed_max\nOR008|2031-03-04|Weak|Yes||",
			"OR008 2031-03-04 weak/, killed civilian unknown"},
		{"a part above its whole is noted", "airwars", "code|date|civilians_killed_min|civilians_killed_max|children_killed_min|children_killed_max\nOR009|2031-03-04|1|2|3|3",
			"OR009 2031-03-04, killed civilian 1–2, killed child 3; children_killed_min child killed, 3, are more than 2 in all"},
		{"Iraq Body Count", "ibc", "IBC code|Start Date|End Date|Location|Weapons|Reported Minimum|Reported Maximum\nx9|4 Mar 2031|5 Mar 2031|Selm|gunfire|2|3", "IBC-x9 2031-03-04 at Selm , killed civilian 2–3"},
		{"any table whose columns are named", "csv", "date|town|killed_min|killed_max|children injured\n2031-03|Selm|1,200||4", "row-2 2031-03 at Selm , killed all 1200+, injured child 4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(taken(t, test.as, transcribe.Given{Recorder: "Test"}, test.rows), "\n"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestRowsThatCannotBeTaken(t *testing.T) {
	const header = "code|date|date_end|country|lat|lon|grading|killed_min|killed_max\n"
	for _, test := range []struct{ name, rows, want string }{
		{"no such day", "a|2031-02-30|||||||1", `t.csv:2: date: want a date such as 2017-10-16, 2017-10 or 2017, not "2031-02-30"`},
		{"day or month", "a|03/04/2031|||||||1", "t.csv:2: date: 03/04/2031 can be 2031-04-03 or 2031-03-04: say which comes first with --dates dmy or mdy"},
		{"a spreadsheet's day", "a|43024|||||||1", "t.csv:2: date: is a spreadsheet's number of a day (2017-10-16): store the dates as text, such as 2017-10-16"},
		{"ends before it begins", "a|2031-03-04|2031-03-01||||||1", "t.csv:2: date_end: 2031-03-01 lies before 2031-03-04"},
		{"no day", "a||||||||1", "t.csv:2: date: is blank: an incident that is counted has a day, month or year"},
		{"the floor above the ceiling", "a|2031-03-04|||||| 5|3", "t.csv:2: killed_min: 5 stands above killed_max, 3"},
		{"not a number", "a|2031-03-04||||||few|", `t.csv:2: killed_min: want a whole number of people, not "few"`},
		{"a code twice", "a|2031-03-04||||||1|\na|2031-03-05||||||1|", "a 2031-03-04, killed all 1+\nt.csv:3: code: a stands in line 2 already"},
		{"beyond the globe", "a|2031-03-04|||135|36||1|", "t.csv:2: lat: 135 is beyond 90 degrees"},
		{"another country", "a|2031-03-04||Syria|48.85|2.35||1|", "t.csv:2: lat: 48.85, 2.35 does not lie in Syria but near Paris (FR)"},
		{"exchanged", "a|2031-03-04||Syria|39|35.9||1|", "t.csv:2: lat: 39, 35.9 does not lie in Syria, but would with latitude and longitude exchanged"},
		{"no grade", "a|2031-03-04|||||certain|1|", `t.csv:2: grading: want confirmed, fair, weak, contested or discounted, not "certain"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(taken(t, "csv", transcribe.Given{Recorder: "Test"}, header+test.rows), "\n")
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestColumnsThatAPersonNames(t *testing.T) {
	const rows = "Fecha|Lugar|Muertos\n04/03/2031|Selm|3"
	dayFirst := true
	given := transcribe.Given{Recorder: "Test", DayFirst: &dayFirst, Columns: map[string]string{"date": "fecha", "place": "Lugar", "civilians_killed": "Muertos"}}
	if got, want := taken(t, "csv", given, rows)[0], "row-2 2031-03-04 at Selm , killed civilian 3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, test := range []struct {
		columns map[string]string
		want    string
	}{
		{nil, "t.csv:1: date: no column has it: want date or date_start or start_date or event_date or incident_date; there are Fecha, Lugar, Muertos"},
		{map[string]string{"date": "Tag"}, "t.csv:1: Tag: there is no such column; there are Fecha, Lugar, Muertos"},
		{map[string]string{"date": "Fecha"}, "t.csv:1: figures: no column has a figure"},
		{map[string]string{"when": "Fecha"}, "t.csv:1: when: is no field; there are code, date"},
	} {
		got := taken(t, "csv", transcribe.Given{Recorder: "Test", Columns: test.columns}, rows)[0]
		if !strings.HasPrefix(got, test.want) {
			t.Errorf("columns %v: got %s, want %s", test.columns, got, test.want)
		}
	}
}

func FuzzRow(f *testing.F) {
	f.Add("ucdp", ucdpHeader, "12|A|B|1|Selm|Selm|1|2|Orvane|2031-03-04|2031-03-05|0|1|4|2|7|7|9")
	f.Add("csv", "date|killed_min|killed_max", "04/03/2031|3|x")
	places := transcribe.NewGeography()
	f.Fuzz(func(t *testing.T, as, header, row string) {
		book, ok := transcribe.Named(as)
		if !ok {
			return
		}
		rows := table(header + "\n" + row)
		if len(rows) < 2 {
			return
		}
		open, err := transcribe.Open(book, rows[0], transcribe.Given{Places: places})
		if err != nil {
			return
		}
		for _, r := range rows[1:] {
			e, err := open.Row(r)
			if err != nil {
				continue
			}
			for _, c := range e.Claims {
				if !c.Range.Valid() || c.Span.Of(e.Document.Text) != c.Figure.Words {
					t.Errorf("claim %+v of %q", c, e.Document.Text)
				}
			}
		}
	})
}
