package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
)

// computed is an estimate of invented lists by two methods.
func computed(t testing.TB) cairn.Estimate {
	t.Helper()
	asked := cairn.EstimateSettings{Method: "all", Criterion: "bic", MaxMissing: "5n", Grid: "all", Threshold: 0.02, Tables: 20, Seed: 1}
	from := estimate.Source{Name: "lists.csv", Content: []byte("hospital,press,count\n1,0,50\n0,1,40\n1,1,20\n")}
	e, err := estimate.Begin(asked, from)
	if err != nil {
		t.Fatal(err)
	}
	if err := estimate.Add(&e, asked, map[int]estimate.Draws{}); err != nil {
		t.Fatal(err)
	}
	e.Title, e.From, e.About = "The dead of Orvane", "lists.csv", cairn.EstimateSubject{Class: cairn.Civilian, Direct: "direct"}
	return e
}

func stateOf(t testing.TB, r *Recorder, id string) string {
	t.Helper()
	e, err := EstimateOf(ctx, r.View(), "tarn", id)
	if err != nil {
		t.Fatal(err)
	}
	said := string(e.State())
	for _, s := range e.Signatures {
		said += " " + s.Who
	}
	return said
}

func TestAnEstimateIsSignedByTwoPeople(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		e, err := r.KeepEstimate(ctx, computed(t), map[int]string{1: "method,draw,population\n"}, "for the report")
		if err != nil {
			t.Fatal(err)
		}
		if e.ID == "" || e.Runs[0].Who != "Ana" || stateOf(t, r, e.ID) != "kept" {
			t.Errorf("%+v", e)
		}
		_, err = r.SignEstimate(ctx, e.ID, "", "")
		wantInvalid(t, err, "nobody has put an answer")
		choice := cairn.EstimateChoice{Run: 1, Methods: []string{"chao"}, Why: "a bound is all that two lists give"}
		proposed, err := r.ProposeEstimate(ctx, e.ID, choice)
		if err != nil {
			t.Fatal(err)
		}
		ana, ben, cem := r.As("Ana"), r.As("Ben"), r.As("Cem")
		if _, err := ana.SignEstimate(ctx, e.ID, "", "read"); err != nil {
			t.Fatal(err)
		}
		_, err = ana.SignEstimate(ctx, e.ID, "", "")
		wantInvalid(t, err, "another person must sign too")
		if release, err := r.Publish(ctx, ""); err != nil || release.Number != 0 {
			t.Errorf("what one person signed is published: %+v, %v", release, err)
		}
		signed, err := ben.SignEstimate(ctx, e.ID, "", "")
		if err != nil || stateOf(t, r, e.ID) != "signed Ana Ben" {
			t.Errorf("%v, %s", err, stateOf(t, r, e.ID))
		}
		_, err = cem.SignEstimate(ctx, e.ID, "", "")
		wantInvalid(t, err, "two people have signed it already")
		_, err = r.Undo(ctx, signed.ID, "")
		wantInvalid(t, err, "is a signature")

		release, err := r.Publish(ctx, "")
		if err != nil || release.Number != 1 || len(release.Estimates) != 1 || release.Estimates[0].ID != e.ID {
			t.Errorf("%+v, %v", release, err)
		}
		if again, err := r.Publish(ctx, ""); err != nil || again.Number != 1 {
			t.Errorf("nothing has changed, and yet release %d, %v", again.Number, err)
		}

		further := cairn.EstimateRun{Number: 2, Settings: e.Runs[0].Settings, Answers: e.Runs[0].Answers}
		if err := ben.AddRuns(ctx, e.ID, []cairn.EstimateRun{further}, nil, ""); err != nil {
			t.Fatal(err)
		}
		if got := stateOf(t, r, e.ID); got != "proposed" {
			t.Errorf("with a further run it is %s", got)
		}
		if again, err := r.Publish(ctx, ""); err != nil || again.Number != 1 {
			t.Errorf("what is worked on is published: release %d, %v", again.Number, err)
		}
		if _, err := r.Undo(ctx, proposed.ID, ""); err != nil || stateOf(t, r, e.ID) != "kept" {
			t.Errorf("%v, %s", err, stateOf(t, r, e.ID))
		}
	})
}

func TestAnEstimateIsWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		e, err := r.KeepEstimate(ctx, computed(t), nil, "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.WithdrawEstimate(ctx, e.ID, "")
		wantInvalid(t, err, "say why it stands no more")
		j, err := r.WithdrawEstimate(ctx, e.ID, "a list was read twice")
		if err != nil || stateOf(t, r, e.ID) != "withdrawn" {
			t.Errorf("%v, %s", err, stateOf(t, r, e.ID))
		}
		_, err = r.ProposeEstimate(ctx, e.ID, cairn.EstimateChoice{Run: 1, Methods: []string{"chao"}, Why: "it is known"})
		wantInvalid(t, err, "was withdrawn by Ana")
		wantInvalid(t, r.AddRuns(ctx, e.ID, nil, nil, ""), "is withdrawn")
		if release, err := r.Publish(ctx, ""); err != nil || release.Number != 0 {
			t.Errorf("what was never public is told of: %+v, %v", release, err)
		}
		if _, err := r.Undo(ctx, j.ID, "it was not"); err != nil || stateOf(t, r, e.ID) != "kept" {
			t.Errorf("%v, %s", err, stateOf(t, r, e.ID))
		}
	})
}

func TestWhatAnEstimateMustSay(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	for want, change := range map[string]func(*cairn.Estimate){
		"say in words what is estimated": func(e *cairn.Estimate) { e.Title = "" },
		"say whose deaths":               func(e *cairn.Estimate) { e.About.Class = "" },
		"direct, indirect or both":       func(e *cairn.Estimate) { e.About.Direct = "unknown" },
	} {
		e := computed(t)
		change(&e)
		_, err := r.KeepEstimate(ctx, e, nil, "")
		wantInvalid(t, err, want)
	}
}

// An estimate is in no export and no total.
func TestAnEstimateIsNoCount(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	before := sums(t, r, Query{Grades: cairn.Grades})
	e, err := r.KeepEstimate(ctx, computed(t), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := sums(t, r, Query{Grades: cairn.Grades}); got != before || strings.Contains(got, e.ID) {
		t.Errorf("the total was %q and is %q", before, got)
	}
}
