package recorder

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// unrolled writes every end of every signed assessment with the words that it
// rests on.
func unrolled(t testing.TB, r *Recorder) string {
	t.Helper()
	found, err := r.View().Incidents(ctx, store.Filter{Project: "tarn", Stage: store.Signed})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, i := range found {
		for _, tally := range i.Assessment.Tallies {
			line := fmt.Sprintf("%s %s %s:", i.Incident.Code, tally.Key(), tally.Range)
			for _, ref := range append(tally.MinFrom, tally.MaxFrom...) {
				reading, err := r.View().Reading(ctx, ref.Reading)
				if err != nil {
					t.Fatal(err)
				}
				d, err := r.View().Document(ctx, ref.Document)
				if err != nil {
					t.Fatal(err)
				}
				line += " " + reading.Claims[ref.N-1].Figure.Span.Of(d.Text)
			}
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}

// elsewhere is the project with another policy and its city moved 300 km.
func elsewhere() cairn.Project {
	p := invented()
	p.Policy = "acled/1"
	p.Places = append([]cairn.Place{}, p.Places...)
	p.Places[0].Point = &cairn.Point{Lat: 43, Lon: 50}
	return p
}

func TestRedoMovesNoSignedNumber(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		if _, err := r.Sign(ctx, "T1", ""); err != nil {
			t.Fatal(err)
		}
		before := unrolled(t, r)
		if err := r.PutProject(ctx, elsewhere(), "another policy"); err != nil {
			t.Fatal(err)
		}
		done, err := r.Redo(ctx, false, Progress{})
		if err != nil || done.Documents != 4 || done.Reread != 4 || done.Signed != 1 || len(done.Unfit) > 0 {
			t.Fatalf("redone is %+v, %v", done, err)
		}
		if got := unrolled(t, r); got != before {
			t.Errorf("the signed numbers unroll to\n%s\nand did to\n%s", got, before)
		}
		if got := sums(t, r, Query{Place: "Orvane", Grades: cairn.Grades}); !strings.Contains(got, "killed civilian 7 of 1") {
			t.Errorf("the proposed total is %q, want the lowest figure, as acled counts", got)
		}
		i, err := r.View().Incident(ctx, "tarn", "T1")
		if err != nil || *i.Where.Lat != 43 {
			t.Errorf("the incident lies at %+v, %v, want it moved", i.Where, err)
		}
		at, err := r.View().Incidents(ctx, store.Filter{Project: "tarn", Stage: store.Signed})
		if err != nil || *at[0].Incident.Where.Lat != 40 {
			t.Errorf("the signed incident lies at %+v, %v, want it where it was signed", at[0].Incident.Where, err)
		}
	})
}

func TestADryRunWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		if err := r.PutProject(ctx, elsewhere(), ""); err != nil {
			t.Fatal(err)
		}
		last, err := r.View().LastAct(ctx)
		if err != nil {
			t.Fatal(err)
		}
		before := everything(t, r)
		done, err := r.Redo(ctx, true, Progress{})
		if err != nil || done.Reread != 4 {
			t.Fatalf("redone is %+v, %v", done, err)
		}
		if said := strings.Join(Differences(done.Before, done.After), "\n"); !strings.Contains(said, "killed civilian") {
			t.Errorf("it says that %q would change", said)
		}
		if now, err := r.View().LastAct(ctx); err != nil || now != last || everything(t, r) != before {
			t.Errorf("the dry run wrote: act %d, %v, after %d", now, err, last)
		}
	})
}

func TestRedoOfWhatIsReadTheSameWritesNothing(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	last, err := r.View().LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if done, err := r.Redo(ctx, false, Progress{}); err != nil || done.Reread != 0 {
		t.Errorf("redone is %+v, %v", done, err)
	}
	if now, err := r.View().LastAct(ctx); err != nil || now != last {
		t.Errorf("the last act is %d, %v, want %d", now, err, last)
	}
}

// What a person decided about words is obeyed when they are read again, and
// told of where they no longer are what they were.
func TestRedoCarriesJudgementsOver(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	reading, err := r.View().CurrentReading(ctx, "tarn", "herald")
	if err != nil {
		t.Fatal(err)
	}
	killed := reading.Claims[0]
	d, err := r.View().Document(ctx, "herald")
	if err != nil {
		t.Fatal(err)
	}
	judge := func(j cairn.Judgement) {
		t.Helper()
		j.Project, j.Document, j.Who, j.At = "tarn", "herald", "Bo", noon
		if _, err := r.store.Write(ctx, r.act("judge", j.Incident, ""), func(tx *store.Tx) error { return tx.PutJudgement(ctx, j) }); err != nil {
			t.Fatal(err)
		}
	}
	judge(cairn.Judgement{ID: "j1", Decision: cairn.Split, Incident: "T1", Others: []string{"T2"}, Harm: cairn.Killed, Span: &killed.Span, Words: killed.Span.Of(d.Text)})
	judge(cairn.Judgement{ID: "j2", Decision: cairn.NotSame, Incident: "T1", Harm: cairn.Displaced, Span: &killed.Span, Words: killed.Span.Of(d.Text)})
	if err := r.PutProject(ctx, elsewhere(), ""); err != nil {
		t.Fatal(err)
	}
	done, err := r.Redo(ctx, false, Progress{})
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Unfit) != 1 || done.Unfit[0].ID != "j2" {
		t.Errorf("judgements that no longer fit are %+v, want j2", done.Unfit)
	}
	i, err := r.View().Incident(ctx, "tarn", "T2")
	if err != nil {
		t.Fatal(err)
	}
	if said := asJSON(t, i.Claims); !strings.Contains(said, `"herald"`) {
		t.Errorf("the claims of T2 are %s, want the one that was split off to it", said)
	}
	if i, err = r.View().Incident(ctx, "tarn", "T1"); err != nil || strings.Contains(asJSON(t, i.Claims), `"document":"herald","n":1`) {
		t.Errorf("the claims of T1 are %+v, %v, want them without the one that was split off", i.Claims, err)
	}
}

func TestRedoTellsOfBytesThatAreGone(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	d, err := r.View().Document(ctx, "wire")
	if err != nil {
		t.Fatal(err)
	}
	remove(t, r, d.Ref)
	done, err := r.Redo(ctx, true, Progress{})
	if err != nil || len(done.Missing) != 1 || done.Missing[0] != "wire" {
		t.Errorf("redone is %+v, %v, want wire missing", done.Missing, err)
	}
}
