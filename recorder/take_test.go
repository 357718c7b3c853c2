package recorder

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestAReportBecomesANumber(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		sum := bring(t, r, reports)
		if sum.Taken != 4 || sum.Again != 0 || sum.Problems != 0 || sum.Incidents != 2 {
			t.Errorf("the import is %+v, want 4 taken and 2 incidents", sum)
		}
		all := cairn.Grades
		if got, want := sums(t, r, Query{Place: "Orvane", Grades: all}), "killed civilian 7–9 of 1; injured civilian 12–12+ of 1"; got != want {
			t.Errorf("the total of Orvane is %q, want %q", got, want)
		}
		if got, want := sums(t, r, Query{Grades: all}), "killed civilian 9–11 of 2; injured civilian 12–12+ of 1"; got != want {
			t.Errorf("the total is %q, want %q", got, want)
		}
		a, err := Total(ctx, r.View(), Query{Project: "tarn", Place: "Orvane"})
		if err != nil || len(a.Campaigns) != 1 || a.Campaigns[0].Min != cairn.N(1300) {
			t.Errorf("the campaign tolls are %+v, %v, want 1300 at least", a.Campaigns, err)
		}
	})
}

// Every end of a range names a claim, whose words stand in its document, whose
// bytes are in the archive.
func TestEveryNumberUnrolls(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		a, err := r.View().Assessment(ctx, "tarn", "T1")
		if err != nil {
			t.Fatal(err)
		}
		unrolled := 0
		for _, tally := range a.Tallies {
			for _, ref := range append(tally.MinFrom, tally.MaxFrom...) {
				reading, err := r.View().Reading(ctx, ref.Reading)
				if err != nil {
					t.Fatal(err)
				}
				d, err := r.View().Document(ctx, ref.Document)
				if err != nil {
					t.Fatal(err)
				}
				c := reading.Claims[ref.N-1]
				if c.Figure.Span == nil || c.Figure.Span.Of(d.Text) != c.Figure.Words {
					t.Errorf("%s of %v does not stand in %s", c.Figure.Words, ref, d.ID)
				}
				if _, err := r.Originals().Get(d.Ref); err != nil {
					t.Errorf("the bytes of %s: %v", d.ID, err)
				}
				unrolled++
			}
		}
		if unrolled < 4 {
			t.Errorf("only %d ends unroll", unrolled)
		}
	})
}

func TestTheSameBytesAgainAreNoSecondDocument(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		before := everything(t, r)
		if sum := bring(t, r, reports); sum != (Summary{Again: 4}) {
			t.Errorf("the second import is %+v, want 4 again", sum)
		}
		if everything(t, r) != before {
			t.Error("the second import changed what the documents say")
		}
		d, err := r.View().Document(ctx, "wire")
		if err != nil {
			t.Fatal(err)
		}
		// The clock of these tests stands still, but the two files lie elsewhere.
		if receipts, err := r.View().Receipts(ctx, d.Ref); err != nil || len(receipts) != 2 {
			t.Errorf("%d receipts, %v, want 2", len(receipts), err)
		}
	})
}

func TestOtherBytesUnderAnIdentifierThatIsTaken(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	sum := bring(t, r, `{"id":"wire","published":"2031-05-20","text":"Three people were killed in an airstrike on Selm Bridge on 19 May 2031."}`)
	if sum.Taken != 1 {
		t.Fatalf("the import is %+v", sum)
	}
	d, err := r.View().Document(ctx, "wire")
	if err != nil || d.Source != "Tarn Wire" {
		t.Errorf("the first document is now %+v, %v", d, err)
	}
	all, err := r.View().Documents(ctx, documentsByID)
	if err != nil || len(all) != 5 || all[4].Document.ID[:5] != "wire-" {
		t.Errorf("documents are %v, %v, want the second under wire- and its digits", all, err)
	}
}

func TestSourcesAreMadeFromPublishers(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	all, err := r.View().Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := asJSON(t, all); got != `[{"id":"orvane-herald","name":"Orvane Herald"},{"id":"tarn-wire","name":"Tarn Wire"}]` {
		t.Errorf("sources are %s", got)
	}
}
