package recorder

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
)

// The people of these lists are invented, and so are their towns.
const (
	ministry1 = "id,name,age,sex,place,date\n1,سامي عبد الرحمن حداد,34,m,Orvane,2031-05-03\n2,لينا سامي حداد,6,f,Orvane,2031-05-03\n3,رامي يوسف النجار,25,m,Selm Bridge,2031-05-11\n"
	ministry2 = "id,name,age,sex,place,date\n1,سامي عبد الرحمن حداد,35,m,Orvane,2031-05-03\n3,رامي يوسف النجار,25,m,Selm Bridge,2031-05-11\n4,نور الدين قاسم,19,m,Orvane,2031-05-20\n"
	monitor   = "name,age,sex,place,date\nSami Abd al-Rahman Haddad,34,M,Orvane,2031-05-03\nRami Youssef al-Najjar,25,M,Selm Bridge,2031-05-11\nKarim Odeh,51,M,Orvane,2031-05-20\n"
)

// enrolled brings a release of a list in.
func enrolled(t *testing.T, r *Recorder, of, text string) Summary {
	t.Helper()
	sum, err := r.ImportList(ctx, []string{file(t, of+".csv", text)}, Roll{Of: of}, Progress{})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// everybody writes the persons as the keys of their entries.
func everybody(t *testing.T, r *Recorder) string {
	t.Helper()
	p, err := r.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, person := range p.Persons {
		var refs []string
		for _, e := range person.Entries {
			ref := e.List
			if e.Gone > 0 {
				ref += " gone"
			}
			refs = append(refs, ref)
		}
		all = append(all, person.ID+"="+strings.Join(refs, "+"))
	}
	return strings.Join(all, " ")
}

func TestListsAreLinkedAndJudged(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		if sum := enrolled(t, r, "Ministry", ministry1); sum.Taken != 3 {
			t.Fatalf("the import is %+v, want 3 taken", sum)
		}
		enrolled(t, r, "Monitor", monitor)
		link := func() {
			if _, err := r.LinkPersons(ctx, func(string) {}); err != nil {
				t.Fatal(err)
			}
		}
		link()
		const linked = "p1=ministry+monitor p2=ministry p3=ministry+monitor p6=monitor"
		if got := everybody(t, r); got != linked {
			t.Fatalf("persons are %s, want %s", got, linked)
		}
		apart, err := r.JudgePersons(ctx, cairn.NotSame, []string{"ministry/1", "monitor/" + keyOf(t, r, "monitor", "Sami Abd al-Rahman Haddad")}, "two men of one name")
		if err != nil {
			t.Fatal(err)
		}
		if got := everybody(t, r); got != "p1=ministry p2=ministry p3=ministry+monitor p4=monitor p6=monitor" {
			t.Errorf("kept apart, persons are %s", got)
		}
		link()
		if got := everybody(t, r); !strings.HasPrefix(got, "p1=ministry p2") {
			t.Errorf("a linkage undid a judgement: %s", got)
		}
		if _, err := r.Undo(ctx, apart.ID, "one man"); err != nil {
			t.Fatal(err)
		}
		if got := everybody(t, r); got != linked {
			t.Errorf("undone, persons are %s, want %s", got, linked)
		}
		if sum := enrolled(t, r, "Ministry", ministry2); sum.Taken != 2 || sum.Again != 1 {
			t.Errorf("the next release is %+v, want 2 taken and 1 again", sum)
		}
		link()
		if got := everybody(t, r); got != "p1=ministry+monitor p2=ministry gone p3=ministry+monitor p6=monitor p7=ministry" {
			t.Errorf("after the next release persons are %s; who stands keeps the identifier", got)
		}
	})
}

// keyOf returns the key of the entry of a list that has a name.
func keyOf(t *testing.T, r *Recorder, list, name string) string {
	t.Helper()
	all, err := r.View().Entries(ctx, r.Project().Name, list)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Values["name"] == name {
			return e.Key
		}
	}
	t.Fatalf("%s has nobody called %s", list, name)
	return ""
}

func TestWhatAReleaseChanged(t *testing.T) {
	r := local(t)
	enrolled(t, r, "Ministry", ministry1)
	enrolled(t, r, "Ministry", ministry2)
	if sum := enrolled(t, r, "Ministry", ministry2); sum.Taken != 0 || sum.Again != 3 {
		t.Errorf("the same release again is %+v, want 3 again", sum)
	}
	all, err := r.ListDifferences(ctx, "ministry")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range all {
		got = append(got, fmt.Sprintf("%s %s %v", d.Change, d.Entry.Key, d.Fields))
	}
	if s := strings.Join(got, "; "); s != "removed 2 []; added 4 []; changed 1 [age]" {
		t.Errorf("the release changed %s", s)
	}
}

func TestPersonsAndIncidents(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	enrolled(t, r, "Ministry", ministry1)
	harmed, err := r.PersonsAndIncidents(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range harmed.Appearances {
		got = append(got, a.Person+" "+a.Incident)
	}
	if s := strings.Join(got, ", "); s != "p1 T1, p2 T1, p3 T2" {
		t.Errorf("persons appear as %s, want two in the raid on Orvane and one at Selm Bridge", s)
	}
}

func TestHistoriesOfTheRecord(t *testing.T) {
	r := local(t)
	enrolled(t, r, "Ministry", ministry1)
	enrolled(t, r, "Monitor", monitor)
	p, err := r.LinkPersons(context.Background(), func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	counts := func(h identify.Histories) string {
		var all []string
		for _, row := range h.Rows {
			all = append(all, fmt.Sprint(row.On, row.Count))
		}
		return strings.Join(all, " ")
	}
	if got := counts(p.Histories(nil, 0, 1)[0]); got != "[false true] 1 [true false] 1 [true true] 2" {
		t.Errorf("histories are %s", got)
	}
	drawn := p.Histories(nil, 5, 1)
	if len(drawn) != 5 || drawn[4].Rows[0].Draw != 5 {
		t.Errorf("%d linkages were drawn, want 5", len(drawn))
	}
}

func TestAListThatCannotBeRead(t *testing.T) {
	r := local(t)
	var faults []string
	p := Progress{Fault: func(err error) { faults = append(faults, err.Error()) }}
	if sum, err := r.ImportList(ctx, []string{file(t, "colours.csv", "colour,n\nred,4\n")}, Roll{Of: "Colours"}, p); err != nil || sum.Problems != 1 {
		t.Errorf("the import is %+v, %v", sum, err)
	}
	if len(faults) != 1 || !strings.Contains(faults[0], "no column tells people apart") || !strings.Contains(faults[0], "colours.csv") {
		t.Errorf("faults are %v, want the file and what is needed", faults)
	}
	if _, err := r.ImportList(ctx, []string{"x.csv"}, Roll{}, Progress{}); err == nil || !strings.Contains(err.Error(), "whose list") {
		t.Errorf("a list of nobody is taken: %v", err)
	}
}
