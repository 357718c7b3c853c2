package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// strike is a report that names one of the dead, and how it is counted with the
// lists of these tests.
const strike = `{"id":"strike","source":"Tarn Wire","published":"2031-05-04","language":"en","text":"Two people, among them Sami Haddad, were killed in an airstrike on Orvane on 3 May 2031, the mayor said."}
`

// dead has four people of one day and place: one whom the report names, one with
// the code of the incident, and two of whom only day and place are known.
const dead = "id,name,age,sex,place,date,incident\n1,سامي حداد,34,m,Orvane,2031-05-03,\n2,لينا سامي حداد,6,f,Orvane,2031-05-03,T1\n3,رامي يوسف النجار,25,m,Orvane,2031-05-03,\n4,نور الدين قاسم,19,m,Orvane,2031-05-03,\n"

func links(t *testing.T, r *Recorder) {
	t.Helper()
	if _, err := r.LinkPersons(ctx, func(string) {}); err != nil {
		t.Fatal(err)
	}
}

// deadIn writes the range of the dead of the newest assessment, with the persons
// of lists that its floor rests on.
func deadIn(t *testing.T, r *Recorder, code string) string {
	t.Helper()
	a, err := r.View().Assessment(ctx, r.Project().Name, code)
	if err != nil {
		t.Fatal(err)
	}
	tally, _ := a.Tally(cairn.Killed, cairn.Civilian)
	return strings.TrimSpace(tally.Range.String() + " " + strings.Join(tally.Named, " "))
}

func TestVictimsOfListsRaiseTheFloorBesideWhatIsSigned(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, strike)
		code := codeOf(t, r, "strike")
		if code != "T1" || deadIn(t, r, code) != "2" {
			t.Fatalf("%s has %s dead", code, deadIn(t, r, code))
		}
		signs(t, r, code)
		enrolled(t, r, "Ministry", dead)
		links(t, r)
		if got := deadIn(t, r, code); got != "2" {
			t.Errorf("with two who are of it there are %s dead, want the 2 that are claimed", got)
		}
		accepted, err := r.JudgeVictim(ctx, cairn.Appears, "p3", code, "his family was asked")
		if err != nil {
			t.Fatal(err)
		}
		if got := deadIn(t, r, code); got != "3 p1 p2 p3" {
			t.Errorf("with three who are of it: %s", got)
		}
		signed, err := r.View().Incidents(ctx, store.Filter{Project: "tarn", Stage: store.Signed})
		if err != nil || len(signed) != 1 {
			t.Fatalf("%d are signed, %v", len(signed), err)
		}
		if tally, _ := signed[0].Assessment.Tally(cairn.Killed, cairn.Civilian); tally.Range.String() != "2" {
			t.Errorf("what is signed moved to %s", tally.Range)
		}
		a, err := r.View().Assessment(ctx, "tarn", code)
		if err != nil || a.Signed != nil || a.Revision != 4 {
			t.Errorf("the newest is revision %d, signed %v: %v", a.Revision, a.Signed, err)
		}
		if text := strings.Join(a.Reasons, "\n"); !strings.Contains(text, "3 persons are named, all of them on lists (Ministry)") || strings.Contains(text, "سامي") {
			t.Errorf("the reasons are %s", text)
		}
		if _, err := r.FoundAlive(ctx, "p2", "she telephoned"); err != nil {
			t.Fatal(err)
		}
		if got := deadIn(t, r, code); got != "2" {
			t.Errorf("with one who is alive: %s", got)
		}
		if _, err := r.Undo(ctx, accepted.ID, "a mistake"); err != nil {
			t.Fatal(err)
		}
		harmed, err := r.PersonsAndIncidents(ctx)
		if err != nil || len(harmed.Appearances) != 4 || len(harmed.Nameless) != 0 {
			t.Errorf("appearances are %+v, %v", harmed, err)
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
		acts, err := r.View().Acts(ctx, 0, 0)
		for _, act := range acts {
			if strings.Contains(act.On+act.Why, "ministry/") {
				t.Errorf("the act %+v gives an identifier of a list away", act)
			}
		}
		if err != nil {
			t.Error(err)
		}
	})
}

func TestReportsThatComeLaterFindTheirVictims(t *testing.T) {
	r := local(t)
	enrolled(t, r, "Ministry", dead)
	links(t, r)
	bring(t, r, strike)
	if got := deadIn(t, r, "T1"); got != "2" {
		t.Errorf("%s dead", got)
	}
	victims, err := r.View().Victims(ctx, "tarn", "T1")
	if err != nil || len(victims) != 2 {
		t.Errorf("victims are %+v, %v", victims, err)
	}
	before, err := r.View().LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	bring(t, r, `{"id":"far","source":"Tarn Wire","published":"2031-02-04","language":"en","text":"Two people were killed when a shell hit Selm Bridge on 3 February 2031."}`+"\n")
	if after, _ := r.View().LastAct(ctx); after != before+1 {
		t.Errorf("a report of nobody's made %d acts", after-before)
	}
}

func TestADocumentThatIsRemovedLeavesNoNameWithAVictim(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, strike)
		enrolled(t, r, "Ministry", dead)
		links(t, r)
		code := codeOf(t, r, "strike")
		claimed := func() string {
			victims, err := r.View().Victims(ctx, "tarn", code)
			if err != nil || len(victims) == 0 {
				t.Fatalf("%d victims, %v", len(victims), err)
			}
			return asJSON(t, victims)
		}
		if !strings.Contains(claimed(), "Sami Haddad") {
			t.Fatalf("no claim names a victim, so that this proves nothing: %s", claimed())
		}
		if _, err := r.Remove(ctx, "strike", "it endangers somebody", "a court"); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(claimed(), "Sami Haddad") {
			t.Errorf("the name is still there: %s", claimed())
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
	})
}
