package cairn

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// same fails t unless v reads back from its JSON as it was.
func same[T any](t testing.TB, v T) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%T is not written: %v", v, err)
	}
	var again T
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatalf("%T is not read back from %s: %v", v, data, err)
	}
	written, err := json.Marshal(again)
	if err != nil || string(written) != string(data) {
		t.Errorf("%T reads back from\n%s\nas\n%s (%v)", v, data, written, err)
	}
}

func TestEveryNounReadsBackAsItWasWritten(t *testing.T) {
	at := time.Date(2024, 3, 5, 12, 30, 0, 0, time.UTC)
	span, years, lat := Span{3, 9}, Exactly(20), 35.5
	claim := Claim{
		N: 1, Harm: Killed, Figure: Figure{Phrase: Phrase{"seven", &span}, Op: OpExact, Low: N(7), High: N(7)}, Range: Exactly(7),
		Victims: Victims{Phrase: Phrase{"civilians", &span}, Class: Civilian, Age: &years, Names: []string{"A"}}, SubsetOf: 2,
		Where: &Where{Name: "Tel Marun", Lat: &lat, Lon: &lat, Accuracy: City, Alternatives: []Alternative{{ID: "x", Name: "y", Reason: "z"}}},
		When:  &When{Period: Period{From: "2024-03-04", To: "2024-03-05", Zone: "Asia/Damascus"}},
		By:    []Attacker{{Name: "Federal Army", Strength: Stated}}, Means: &Means{Class: Airstrike},
		Says: []Saying{{Name: "A hospital", Cue: "said", Stance: Asserts}}, Scope: []Scope{Alleged},
		Locator: Locator{Span: span, Page: 2, Box: &Box{0, 0, 1, 1}, Seconds: &[2]float64{1, 2}, Note: "told by phone"},
		Also:    []Span{{10, 12}}, Rules: []string{"killed.active"}, Policy: "airwars/1",
	}
	same(t, claim)
	same(t, Project{Name: "valley", Policy: "airwars/1", Prefix: "VA", Coverage: []Coverage{{Place: "Tel Marun", Monitored: Period{From: "2024"}}}, Grades: []Grade{Fair}})
	same(t, Source{ID: "s1", Name: "Gazette", Names: map[string]string{"ar": "الجريدة"}, Kind: Outlet, Rating: &Rating{Reliability: "B", Who: "Ana", Why: "as a rule right"}, Also: []string{"The Gazette"}})
	same(t, Receipt{Ref: RefOf([]byte("x")), From: "a", How: "file", At: at, Who: "me", Outcome: Fetched, Size: 1, Given: Given{Published: "2024"}})
	same(t, Document{ID: "d1", Ref: RefOf([]byte("x")), Text: "x", Map: []Anchor{{0, 4}}, Cells: []Cell{{Span: span, Row: 1}}, Problem: &Problem{Kind: NoText, Reason: "none"}})
	same(t, Incident{Code: "VA1", Project: "valley", Former: []string{"VA9"}, When: Period{From: "2024-03"}, Claims: []ClaimRef{{"d1", 1, "r1"}}})
	same(t, Victim{ID: "p1", Incident: "VA1", Names: []string{"A"}, Age: years, Harm: Killed, With: "p2", Entries: []string{"l/1"}, Lists: []string{"L"}, Claims: []ClaimRef{{"d1", 1, "r1"}}})
	same(t, Belligerent{ID: "fa", Name: "Federal Army", Active: Period{From: "2020"}, Of: []Membership{{Coalition: "coalition"}}})
	same(t, Judgement{ID: "j1", Project: "valley", Decision: Sign, Incident: "VA1", Revision: 2, Span: &span, Who: "me", At: at})
	same(t, Act{Number: 1, At: at, Who: "me", What: "take"})
	same(t, Place{ID: "project:1", Name: "Tel Marun", Point: &Point{1, 2}, Accuracy: City})
	same(t, Grading{Grade: Fair, Strike: Likely, Reasons: []string{"two origins"}})
	same(t, Assessment{Incident: "VA1", Revision: 1, Policy: "airwars/1", Origins: [][]string{{"d1"}}, Signed: &Signature{Who: "me", At: at},
		Tallies: []Tally{
			{Harm: Killed, Class: Civilian, Range: Between(3, 7), MinFrom: []ClaimRef{{"d1", 1, "r1"}}},
			{Harm: Killed, Class: Child, Range: Exactly(1)},
			{Harm: Injured, Class: Combatant, MinFrom: []ClaimRef{{"d1", 2, ""}}},
		}})
}

func TestAnAssessmentKeepsItsTallies(t *testing.T) {
	a := Assessment{Incident: "VA1", Tallies: []Tally{
		{Harm: Killed, Class: Civilian, Range: Between(3, 7)}, {Harm: Killed, Class: Combatant, MinFrom: []ClaimRef{{Document: "d1", N: 4}}},
		{Harm: Injured, Class: Civilian, Range: Range{Min: N(2), Max: N(9), Open: true}},
	}}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var again Assessment
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a.Tallies, again.Tallies) {
		t.Errorf("from %s came %+v, want %+v", data, again.Tallies, a.Tallies)
	}
}

func TestDatesAreAsPreciseAsTheyWereStated(t *testing.T) {
	for _, test := range []struct {
		date, first, last string
		precision         Precision
	}{
		{"2017", "2017-01-01", "2017-12-31", Year},
		{"2017-02", "2017-02-01", "2017-02-28", Month},
		{"2017-10-16", "2017-10-16", "2017-10-16", Day},
		{"2017-10-16T14:07", "2017-10-16", "2017-10-16", Minute},
	} {
		d, err := ParseDate(test.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(DayOf(d.First())) + " " + string(DayOf(d.Last())); got != test.first+" "+test.last || d.Precision() != test.precision {
			t.Errorf("%s spans %s at %s", test.date, got, d.Precision())
		}
	}
	for _, bad := range []string{"yesterday", "2017-13", "2017-02-30", "20171016"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q is a date: %s", bad, d)
		}
	}
}

func TestAHarmIsNotShiftedToAnotherZone(t *testing.T) {
	if d, err := ParseDate("2017-10-16T23:30:00+03:00"); err != nil || d != "2017-10-16" {
		t.Errorf("half past eleven in the evening is on %s, %v; want 2017-10-16", d, err)
	}
}

func TestPeriodsMeet(t *testing.T) {
	for _, test := range []struct {
		a, b  Period
		slack int
		want  bool
	}{
		{Period{From: "2024-03-01", To: "2024-03-02"}, Period{From: "2024-03-02", To: "2024-03-09"}, 0, true},
		{Period{From: "2024-03-01", To: "2024-03-02"}, Period{From: "2024-03-04", To: "2024-03-09"}, 1, false},
		{Period{From: "2024-03-01", To: "2024-03-02"}, Period{From: "2024-03-04", To: "2024-03-09"}, 2, true},
		{Period{From: "2024-03"}, Period{From: "2024-03-15", To: "2024-03-15"}, 0, true},
		{Period{}, Period{From: "2024-03-15"}, 0, true},
		{Period{To: "2024-03-05"}, Period{From: "2024-03-09", To: "2024-03-09"}, 0, false},
	} {
		if got := test.a.Meets(test.b, test.slack); got != test.want {
			t.Errorf("%v meets %v within %d: %v", test.a, test.b, test.slack, got)
		}
		if got := test.b.Meets(test.a, test.slack); got != test.want {
			t.Errorf("%v meets %v within %d the other way: %v", test.b, test.a, test.slack, got)
		}
	}
}

func TestAPeriodNotMonitoredIsSaidToBe(t *testing.T) {
	p := Project{Coverage: []Coverage{{Place: "Tel Marun", Monitored: Period{From: "2024-01-01", To: "2024-06-30"}}}}
	for _, test := range []struct {
		period Period
		place  string
		want   Watch
	}{
		{Period{From: "2024-02", To: "2024-03"}, "Tel Marun", Monitored},
		{Period{From: "2024-06", To: "2024-07"}, "Tel Marun", PartlyWatched},
		{Period{From: "2025", To: "2025"}, "Tel Marun", NotMonitored},
		{Period{From: "2024-02", To: "2024-03"}, "Qasr Sahil", NotMonitored},
	} {
		if got := p.Watched(test.period, test.place); got != test.want {
			t.Errorf("%s in %v is %s, want %s", test.place, test.period, got, test.want)
		}
	}
	ongoing := Project{Coverage: []Coverage{{Monitored: Period{From: "2024-01-01"}}}}
	if got := ongoing.Watched(Period{From: "2031", To: "2031"}); got != Monitored {
		t.Errorf("what is watched without an end has in 2031 been %s", got)
	}
	if got := (Project{}).Watched(Period{From: "2024"}); got != Undeclared {
		t.Errorf("a project that declares nothing has watched: %s", got)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2017", "2017-10", "2017-10-16", "2017-10-16T14:07", "2017-10-16T14:07:00Z", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		if again, err := ParseDate(string(d)); err != nil || again != d {
			t.Errorf("%q is %q, which reads back as %q, %v", s, d, again, err)
		}
		if d.Known() && d.Last().Before(d.First()) {
			t.Errorf("%q ends before it begins", d)
		}
	})
}

func FuzzClaimJSON(f *testing.F) {
	f.Add([]byte(`{"n":1,"harm":"killed","figure":{"words":"7","span":[0,1],"op":"exact","low":7,"high":7},"range":{"min":7,"max":7},"victims":{},"span":[0,4]}`))
	f.Add([]byte(`{"range":null,"span":[4,2]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c Claim
		if json.Unmarshal(data, &c) == nil {
			same(t, c)
		}
	})
}

func FuzzAssessmentJSON(f *testing.F) {
	f.Add([]byte(`{"incident":"i1","killed":{"min":3,"max":7},"injured":null,"children_killed":{"min":1,"max":1},"unknown":{"injured":[{"document":"d1","n":1}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var a Assessment
		if json.Unmarshal(data, &a) == nil {
			same(t, a)
		}
	})
}

func FuzzRef(f *testing.F) {
	f.Add("sha256-" + "00")
	f.Fuzz(func(t *testing.T, s string) {
		if r, err := ParseRef(s); err == nil && string(r) != s {
			t.Errorf("%q reads as %q", s, r)
		}
	})
}
