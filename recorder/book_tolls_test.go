package recorder

import (
	"fmt"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// A book has the tolls of whole periods that the store has, whichever reading a
// project goes by, and when words are taken out.
func TestABookFollowsTollsOfPeriods(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		b := NewBook(r.View(), "tarn")
		bring(t, r, reports)
		agreeOnTolls(t, r, b, 1)
		for n, place := range []string{"Orvane", "Selm Bridge", "Orvane"} {
			bring(t, r, fmt.Sprintf(`{"id":"sum%d","source":"Paper %d","published":"2031-05-30","language":"en","text":"At least %d civilians have been killed in %s since January 2031, monitors said."}`+"\n", n, n, 900+n, place))
			agreeOnTolls(t, r, b, []int{1, 2, 2}[n])
		}
		first, err := r.View().CurrentReading(ctx, "tarn", "sum1")
		if err != nil {
			t.Fatal(err)
		}
		other := first
		other.Extractor, other.Claims = "another", nil
		other.ID = cairn.ReadingID("sum1", other.Versions)
		for _, step := range []struct {
			reading cairn.Reading
			groups  int
		}{{other, 1}, {first, 2}, {other, 1}, {first, 2}} {
			_, err := r.store.Write(ctx, r.act("redo", "sum1", ""), func(tx *store.Tx) error { return tx.PutReading(ctx, "tarn", step.reading) })
			if err != nil {
				t.Fatal(err)
			}
			agreeOnTolls(t, r, b, step.groups)
		}
		before, err := b.Total(ctx, Query{})
		if err != nil {
			t.Fatal(err)
		}
		last, err := r.View().LastAct(ctx)
		if err != nil {
			t.Fatal(err)
		}
		rejected := must(t)(r.RejectReport(ctx, "sum1", "a rumour"))
		agreeOnTolls(t, r, b, 1)
		if then, err := b.Total(ctx, Query{Moment: store.Moment{Act: last}}); err != nil || asJSON(t, then.Campaigns) != asJSON(t, before.Campaigns) {
			t.Errorf("before it was rejected the tolls were %s, %v", asJSON(t, then.Campaigns), err)
		}
		must(t)(r.Undo(ctx, rejected.ID, "it is none"))
		agreeOnTolls(t, r, b, 2)
		_, err = r.Remove(ctx, "sum0", "a court ordered it", "the court of Tarn")
		if err != nil {
			t.Fatal(err)
		}
		agreeOnTolls(t, r, b, 2)
	})
}

// agreeOnTolls compares every total of a book with that of the store, at every act,
// and counts the campaigns of the last.
func agreeOnTolls(t *testing.T, r *Recorder, b *Book, groups int) {
	t.Helper()
	agree(t, r, b)
	last, err := r.View().LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for act := 1; act <= last; act++ {
		for _, q := range []Query{{}, {Place: "Orvane"}, {From: "2031-08"}, {To: "2030"}} {
			q.Project, q.Moment = "tarn", store.Moment{Act: act}
			want, err := Total(ctx, r.View(), q)
			if err != nil {
				t.Fatal(err)
			}
			got, err := b.Total(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if asJSON(t, got.Campaigns) != asJSON(t, want.Campaigns) {
				t.Fatalf("of %+v the book says\n%s\nthe store\n%s", q, asJSON(t, got.Campaigns), asJSON(t, want.Campaigns))
			}
		}
	}
	now, err := b.Total(ctx, Query{})
	if err != nil {
		t.Fatal(err)
	}
	if len(now.Campaigns) != groups {
		t.Errorf("there are %d campaigns, want %d: %s", len(now.Campaigns), groups, asJSON(t, now.Campaigns))
	}
}
