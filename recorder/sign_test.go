package recorder

import (
	"errors"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

func TestSign(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		signed, err := r.Sign(ctx, "T1", "both accounts were read")
		if err != nil {
			t.Fatal(err)
		}
		if signed.Signed == nil || signed.Signed.Who != "Ana" || !signed.Signed.At.Equal(noon) {
			t.Errorf("it is signed by %+v", signed.Signed)
		}
		if got := sums(t, r, Query{Stage: store.Signed, Grades: cairn.Grades}); got != "killed civilian 7–9 of 1; injured civilian 12–12+ of 1" {
			t.Errorf("the signed total is %q", got)
		}
		decided, err := r.View().Judgements(ctx, "tarn")
		if err != nil || len(decided) != 1 || decided[0].Decision != cairn.Sign || decided[0].Revision != signed.Revision {
			t.Errorf("judgements are %+v, %v", decided, err)
		}
	})
}

func TestWhatCannotBeSigned(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	if _, err := r.Sign(ctx, "T99", ""); !errors.Is(err, cairn.ErrNotFound) {
		t.Errorf("an incident that is not there: %v", err)
	}
	if _, err := r.Sign(ctx, "T1", ""); err != nil {
		t.Fatal(err)
	}
	_, err := r.Sign(ctx, "T1", "")
	wantInvalid(t, err, "was signed by Ana")
}

// A report that comes later makes a new proposal beside the signed number.
func TestWhatIsSignedStands(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		if _, err := r.Sign(ctx, "T1", ""); err != nil {
			t.Fatal(err)
		}
		bring(t, r, `{"id":"later","source":"Selm Post","published":"2031-05-08","language":"en","text":"Fifteen people were killed in an airstrike on Orvane on 3 May 2031, a nurse said."}`)
		all := cairn.Grades
		if got := sums(t, r, Query{Stage: store.Signed, Grades: all}); !strings.Contains(got, "killed civilian 7–9 of 1") {
			t.Errorf("the signed total is now %q", got)
		}
		if got := sums(t, r, Query{Place: "Orvane", Grades: all}); !strings.Contains(got, "killed civilian 7–15 of 1") {
			t.Errorf("the proposed total is %q, want the later figure in it", got)
		}
		changed, err := r.View().Incidents(ctx, store.Filter{Project: "tarn", Changed: true})
		if err != nil || len(changed) != 1 {
			t.Errorf("changed since they were signed are %v, %v", changed, err)
		}
	})
}

func TestAViewWritesNothing(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	v, err := OpenView(ctx, r.settings)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if _, err := v.Sign(ctx, "T1", ""); !errors.Is(err, cairn.ErrReadOnly) {
		t.Errorf("signing in a view is %v", err)
	}
	if _, err := v.Import(ctx, nil, cairn.Given{}, Progress{}); !errors.Is(err, cairn.ErrReadOnly) {
		t.Errorf("importing into a view is %v", err)
	}
	if _, err := v.Redo(ctx, true, Progress{}); !errors.Is(err, cairn.ErrReadOnly) {
		t.Errorf("redoing in a view is %v", err)
	}
}
