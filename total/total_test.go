package total

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// incidents reads assessed incidents in a short notation, one a line:
//
//	i1 fair 2031-05-03 at=Old_Mill admin1=Tarn country=XA by=Air_force means=airstrike | killed 3–5 | children_killed 2
func incidents(t testing.TB, notes string) Figures {
	t.Helper()
	var all []cairn.Counted
	for line := range strings.Lines(notes) {
		parts := strings.Split(strings.TrimSpace(line), " | ")
		if parts[0] == "" {
			continue
		}
		words := strings.Fields(parts[0])
		one := cairn.Incident{Code: words[0], When: cairn.Period{From: cairn.Date(words[2])}}
		assessment := cairn.Assessment{Incident: words[0], Grading: cairn.Grading{Grade: cairn.Grade(words[1])}}
		if words[2] == "undated" {
			one.When = cairn.Period{}
		}
		for _, w := range words[3:] {
			mark(t, &one, w)
		}
		for _, p := range parts[1:] {
			assessment.Tallies = append(assessment.Tallies, tally(t, p))
		}
		if words[1] == "ungraded" {
			assessment.Grade = ""
		}
		if words[1] != "unassessed" {
			all = append(all, one.Counts(assessment)...)
		}
	}
	return parts(all)
}

// parts is figures in two parts, which are added up as one would be.
func parts(all []cairn.Counted) Figures {
	half := len(all) / 2
	for half > 0 && half < len(all) && all[half].Code == all[half-1].Code {
		half++
	}
	out := Figures{Words: new(Words)}
	var numbered []Figure
	for k := range all {
		numbered = append(numbered, out.Words.Figure(&all[k]))
	}
	for _, some := range [][]Figure{numbered[:half], numbered[half:]} {
		out.Parts = append(out.Parts, func(yield func(*Figure) bool) {
			for k := range some {
				if !yield(&some[k]) {
					return
				}
			}
		})
	}
	return out
}

func mark(t testing.TB, i *cairn.Incident, note string) {
	t.Helper()
	name, value, _ := strings.Cut(note, "=")
	value = strings.ReplaceAll(value, "_", " ")
	if i.Where == nil {
		i.Where = &cairn.Where{}
	}
	switch name {
	case "at":
		i.Where.Name = value
	case "admin1":
		i.Where.Admin1 = value
	case "country":
		i.Where.Country = value
	case "by":
		i.By = append(i.By, cairn.Attacker{Name: value, Strength: cairn.Accused})
	case "denied":
		i.By = append(i.By, cairn.Attacker{Name: value, Strength: cairn.Denied})
	case "means":
		i.Means = cairn.MeansClass(value)
	default:
		t.Fatalf("no mark %q", note)
	}
}

func tally(t testing.TB, note string) cairn.Tally {
	t.Helper()
	var a cairn.Assessment
	name, figure, _ := strings.Cut(note, " ")
	if err := json.Unmarshal([]byte(`{"`+name+`":{"min":0,"max":0}}`), &a); err != nil || len(a.Tallies) != 1 {
		t.Fatalf("no tally %q: %v", note, err)
	}
	r, err := cairn.ParseRange(figure)
	if err != nil {
		t.Fatal(err)
	}
	a.Tallies[0].Range = r
	return a.Tallies[0]
}

// table writes rows as "Tarn: killed civilian 3–5 of 2, 1 unknown".
func table(rows []Row) string {
	var all []string
	for _, r := range rows {
		s := fmt.Sprintf("%s %s %s of %d", r.Harm, r.Class, r.Range(), r.Incidents)
		if r.By != "" {
			s = string(r.By) + ": " + s
		}
		if r.Unknown > 0 {
			s += fmt.Sprintf(", %d unknown", r.Unknown)
		}
		all = append(all, s)
	}
	return strings.Join(all, "\n")
}

func TestRows(t *testing.T) {
	headline := []cairn.Grade{cairn.Confirmed, cairn.Fair}
	for _, test := range []struct{ name, incidents, want string }{
		{"nothing recorded", "", ""},
		{"floors and ceilings add up", "i1 fair 2031-05-03 | killed 3–5\ni2 confirmed 2031-05-04 | killed 7", "killed civilian 10–12 of 2"},
		{"a harm with no figure is unknown, not nobody", "i1 fair 2031-05-03 | killed 3–5\ni2 fair 2031-05-04 | killed unknown", "killed civilian 3–5 of 2, 1 unknown"},
		{"nothing but unknown has no sum", "i1 fair 2031-05-03 | killed unknown", "killed civilian unknown of 1, 1 unknown"},
		{"nobody is a figure", "i1 fair 2031-05-03 | killed 0", "killed civilian 0 of 1"},
		{"a harm that an incident does not claim is not counted there", "i1 fair 2031-05-03 | killed 1\ni2 fair 2031-05-04 | injured 2", "killed civilian 1 of 1\ninjured civilian 2 of 1"},
		{"weak, contested and discounted stay out", "i1 fair 2031-05-03 | killed 1\ni2 weak 2031-05-04 | killed 90\ni3 contested 2031-05-04 | killed 90\ni4 discounted 2031-05-04 | killed 90", "killed civilian 1 of 1"},
		{"classes are rows of their own", "i1 fair 2031-05-03 | killed 9 | children_killed 2 | combatants_killed 1–3", "killed civilian 9 of 1\nkilled child 2 of 1\nkilled combatant 1–3 of 1"},
		{"people of any status stay apart", "i1 fair 2031-05-03 | killed 9\ni2 fair 2031-05-03 | all_killed 40–60", "killed civilian 9 of 1\nkilled all 40–60 of 1"},
		{"an end that one incident leaves open is open in the sum", "i1 fair 2031-05-03 | killed 9\ni2 fair 2031-05-03 | killed 5+", "killed civilian 14+ of 2"},
		{"an open range makes the sum open", "i1 fair 2031-05-03 | killed 9\ni2 fair 2031-05-03 | killed 5–6+", "killed civilian 14–15+ of 2"},
		{"two parties do not double the sum", "i1 fair 2031-05-03 by=Air_force by=Rebels | killed 4–6", "killed civilian 4–6 of 1"},
		{"the same incident twice in the selection counts once", "i1 fair 2031-05-03 | killed 4\ni1 fair 2031-05-03 | killed 4", "killed civilian 4 of 1"},
		{"an incident that nobody assessed adds nothing", "i1 unassessed 2031-05-03\ni2 fair 2031-05-03 | killed 4", "killed civilian 4 of 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := table(Of(Selection{Counted: incidents(t, test.incidents), Grades: headline}).Rows); got != test.want {
				t.Errorf("rows are\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestBy(t *testing.T) {
	const recorded = `
		i1 fair 2031-05-03 at=Old_Mill admin1=Tarn country=XA by=Air_force by=Rebels means=airstrike | killed 3–5 | children_killed 1
		i2 confirmed 2031-05-17 at=Selm admin1=Tarn country=XA by=Air_force denied=Rebels means=artillery | killed 2
		i3 weak 2032-01 at=Kest country=XB | killed unknown
		i4 fair undated | killed 1`
	for by, want := range map[By]string{
		ByYear:        "2031: killed civilian 5–7 of 2\n2031: killed child 1 of 1\n2032: killed civilian unknown of 1, 1 unknown\nnone: killed civilian 1 of 1",
		ByMonth:       "2031-05: killed civilian 5–7 of 2\n2031-05: killed child 1 of 1\n2032-01: killed civilian unknown of 1, 1 unknown\nnone: killed civilian 1 of 1",
		ByWeek:        "2031-W18: killed civilian 3–5 of 1\n2031-W18: killed child 1 of 1\n2031-W20: killed civilian 2 of 1\nnone: killed civilian 1 of 2, 1 unknown",
		ByDay:         "2031-05-03: killed civilian 3–5 of 1\n2031-05-03: killed child 1 of 1\n2031-05-17: killed civilian 2 of 1\nnone: killed civilian 1 of 2, 1 unknown",
		ByGrade:       "confirmed: killed civilian 2 of 1\nfair: killed civilian 4–6 of 2\nfair: killed child 1 of 1\nweak: killed civilian unknown of 1, 1 unknown",
		ByBelligerent: "Air force: killed civilian 5–7 of 2\nAir force: killed child 1 of 1\nRebels: killed civilian 3–5 of 1\nRebels: killed child 1 of 1\nnone: killed civilian 1 of 2, 1 unknown",
		ByPlace:       "Kest: killed civilian unknown of 1, 1 unknown\nOld Mill: killed civilian 3–5 of 1\nOld Mill: killed child 1 of 1\nSelm: killed civilian 2 of 1\nnone: killed civilian 1 of 1",
		ByAdmin1:      "Tarn: killed civilian 5–7 of 2\nTarn: killed child 1 of 1\nnone: killed civilian 1 of 2, 1 unknown",
		ByCountry:     "XA: killed civilian 5–7 of 2\nXA: killed child 1 of 1\nXB: killed civilian unknown of 1, 1 unknown\nnone: killed civilian 1 of 1",
		ByClass:       "civilian: killed civilian 6–8 of 4, 1 unknown\nchild: killed child 1 of 1",
		ByMeans:       "airstrike: killed civilian 3–5 of 1\nairstrike: killed child 1 of 1\nartillery: killed civilian 2 of 1\nnone: killed civilian 1 of 2, 1 unknown",
	} {
		t.Run(string(by), func(t *testing.T) {
			a := Of(Selection{Counted: incidents(t, recorded), By: by})
			if got := table(a.Rows); got != want {
				t.Errorf("rows are\n%s\nwant\n%s", got, want)
			}
			if (a.Note != "") != (by == ByBelligerent) {
				t.Errorf("the note is %q", a.Note)
			}
		})
	}
}

func TestEachRowNamesItsIncidents(t *testing.T) {
	a := Of(Selection{Counted: incidents(t, "i1 fair 2031-05-03 | killed 3\ni2 fair 2031-05-03 | killed unknown\ni3 fair 2031-05-03 | injured 3")})
	if got := fmt.Sprint(a.Rows[0].Codes, a.Rows[1].Codes); got != "[i1 i2] [i3]" {
		t.Errorf("the rows unroll to %s, want [i1 i2] [i3]", got)
	}
}

func TestExcluded(t *testing.T) {
	recorded := incidents(t, "i1 fair 2031-05-03 | killed 1\ni2 weak 2031-05-03 | killed 1\ni3 weak 2031-05-03 | killed 1\ni4 contested 2031-05-03")
	got := Of(Selection{Counted: recorded, Grades: []cairn.Grade{cairn.Confirmed, cairn.Fair}}).Excluded
	if fmt.Sprint(got) != "map[contested:1 discounted:0 weak:2]" {
		t.Errorf("excluded are %v", got)
	}
	ungraded := incidents(t, "i1 ungraded 2031-05-03 | damaged 4")
	if got := Of(Selection{Counted: ungraded, Grades: []cairn.Grade{cairn.Fair}}).Excluded; got[Ungraded] != 1 {
		t.Errorf("excluded are %v, want one ungraded", got)
	}
	if got := Of(Selection{Counted: ungraded}).Rows; len(got) != 1 {
		t.Errorf("with every grade asked for, rows are %v, want the ungraded one", got)
	}
	if got := Of(Selection{Counted: recorded}).Excluded; len(got) != 0 {
		t.Errorf("with every grade asked for, %v are excluded", got)
	}
}

func TestWhatWasNotMonitoredIsSaid(t *testing.T) {
	p := cairn.Project{Coverage: []cairn.Coverage{{Monitored: cairn.Period{From: "2031-03-10", To: "2031-06"}}}}
	recorded := incidents(t, "i1 fair 2031-03-03 | killed 1\ni2 fair 2031-05-03 | killed 1")
	a := Of(Selection{Project: p, From: "2031-01", To: "2031-06", By: ByMonth, Counted: recorded})
	if got := strings.Join(a.Unmonitored, " "); got != "2031-01 2031-02" {
		t.Errorf("not monitored are %q, want January and February", got)
	}
	if a.Watch != cairn.PartlyWatched || a.Rows[0].Watch != cairn.PartlyWatched || a.Rows[1].Watch != cairn.Monitored {
		t.Errorf("watched are %q, and by row %q, %q", a.Watch, a.Rows[0].Watch, a.Rows[1].Watch)
	}
	if a := Of(Selection{From: "2031-01", By: ByMonth, Counted: recorded}); a.Watch != "" || len(a.Unmonitored) > 0 {
		t.Errorf("a project that says nothing of its coverage is %q, %v", a.Watch, a.Unmonitored)
	}
	if a := Of(Selection{Project: p, From: "2031-01", To: "2031-02", By: ByMonth}); a.Watch != cairn.NotMonitored || len(a.Rows) != 0 {
		t.Errorf("a period that was not monitored is %q with rows %v", a.Watch, a.Rows)
	}
}

// A week is from its Monday to its Sunday and belongs to the year of its Thursday.
func TestWeeks(t *testing.T) {
	for day, want := range map[cairn.Date]string{
		"2031-05-03": "2031-W18 2031-04-28 2031-05-04", "2031-05-05": "2031-W19 2031-05-05 2031-05-11", "2030-12-30": "2031-W01 2030-12-30 2031-01-05",
		"2027-01-03": "2026-W53 2026-12-28 2027-01-03", "2027-01-04": "2027-W01 2027-01-04 2027-01-10", "2031-05": " - -",
	} {
		week := ByWeek.time(day)
		if week == "" {
			week = " - -"
		} else {
			p := DaysOf(week)
			week += fmt.Sprintf(" %s %s", p.From, p.To)
		}
		if week != want {
			t.Errorf("%s is of %s, want %s", day, week, want)
		}
	}
	p := cairn.Project{Coverage: []cairn.Coverage{{Monitored: cairn.Period{From: "2031-05-12", To: "2031-06"}}}}
	a := Of(Selection{Project: p, By: ByWeek, Counted: incidents(t, "i1 fair 2031-05-03 | killed 1\ni2 fair 2031-05-13 | killed 1")})
	if got := strings.Join(a.Unmonitored, " "); got != "2031-W18 2031-W19" || a.Rows[0].Watch != cairn.NotMonitored || a.Rows[1].Watch != cairn.Monitored {
		t.Errorf("not monitored are %q, the weeks with incidents %q, %q", got, a.Rows[0].Watch, a.Rows[1].Watch)
	}
}

func TestParseBy(t *testing.T) {
	for _, by := range append([]By{""}, Groupings...) {
		if got, err := ParseBy(string(by)); got != by || err != nil {
			t.Errorf("%q is read as %q, %v", by, got, err)
		}
	}
	if _, err := ParseBy("fortnight"); err == nil {
		t.Error("a fortnight is read as a grouping")
	}
}

func TestTheAnswerIsThatOfTheContract(t *testing.T) {
	a := Of(Selection{Stage: "proposed", Policy: "airwars/1", Place: "Selm", Grades: []cairn.Grade{cairn.Confirmed, cairn.Fair},
		Counted: incidents(t, "i1 fair 2031-05-03 | killed 3–5\ni2 fair 2031-05-03 | injured unknown")})
	a.Backlog = Backlog{3, 2, 0}
	got, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"stage":"proposed","policy":"airwars/1","place":"Selm","from":null,"to":null,"grades":["confirmed","fair"],"as_of":null,` +
		`"rows":[{"by":null,"harm":"killed","class":"civilian","min":3,"max":5,"incidents":1,"unknown":0,"codes":["i1"]},` +
		`{"by":null,"harm":"injured","class":"civilian","min":null,"max":null,"incidents":1,"unknown":1,"codes":["i2"]}],` +
		`"campaigns":[],"excluded":{"contested":0,"discounted":0,"weak":0},"backlog":{"collected":3,"in_review":2,"published":0}}`
	if string(got) != want {
		t.Errorf("the answer is\n%s\nwant\n%s", got, want)
	}
}

func ExampleOf() {
	killed := func(code string, low, high int) cairn.Counted {
		return cairn.Counted{Code: code, Grade: cairn.Fair, Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(low, high)}
	}
	answer := Of(Selection{Counted: parts([]cairn.Counted{killed("i1", 3, 5), killed("i2", 12, 24)})})
	for _, row := range answer.Rows {
		fmt.Println(row.Harm, row.Range(), "in", row.Codes)
	}
	// Output: killed 15–29 in [i1 i2]
}

// A toll that two strikes share is counted once wherever both are in the sum.
func TestATollOfSeveralIncidentsIsCountedOnce(t *testing.T) {
	notes := "i1 fair 2031-06-03 | killed 3–12\ni2 fair 2031-06-04 | killed 4–12\ni3 fair 2031-07-01 | killed 2\n"
	for _, test := range []struct {
		name   string
		by     By
		shared []Shared
		want   string
	}{
		{"nothing is shared", Whole, nil, "killed civilian 9–26 of 3"},
		{"twelve in both strikes", Whole, []Shared{{[]string{"i1", "i2"}, map[string]cairn.Range{"killed": cairn.Exactly(12)}}}, "killed civilian 9–14 of 3"},
		{"fewer than the floors", Whole, []Shared{{[]string{"i1", "i2"}, map[string]cairn.Range{"killed": cairn.Exactly(5)}}}, "killed civilian 7 of 3"},
		{"of another harm", Whole, []Shared{{[]string{"i1", "i2"}, map[string]cairn.Range{"injured": cairn.Exactly(5)}}}, "killed civilian 9–26 of 3"},
		{"with one that is not counted", Whole, []Shared{{[]string{"i1", "i9"}, map[string]cairn.Range{"killed": cairn.Exactly(5)}}}, "killed civilian 9–26 of 3"},
		{"by month, both in one", ByMonth, []Shared{{[]string{"i1", "i2"}, map[string]cairn.Range{"killed": cairn.Exactly(12)}}}, "2031-06: killed civilian 7–12 of 2\n2031-07: killed civilian 2 of 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := Of(Selection{By: test.by, Counted: incidents(t, notes), Shared: test.shared})
			if got := table(a.Rows); got != test.want {
				t.Errorf("rows are\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
