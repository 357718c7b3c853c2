package recorder

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// codeOf returns the code of the incident of a document.
func codeOf(t testing.TB, r *Recorder, document string) string {
	t.Helper()
	found, err := r.View().IncidentsOf(ctx, r.Project().Name, document)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s is of no incident: %v", document, err)
	}
	return found[0].Code
}

func signs(t testing.TB, r *Recorder, code string) {
	t.Helper()
	if _, err := r.Sign(ctx, code, "read by Ana"); err != nil {
		t.Fatal(err)
	}
}

func publishes(t testing.TB, r *Recorder, number int) cairn.Release {
	t.Helper()
	release, err := r.Publish(ctx, "monthly")
	if err != nil {
		t.Fatal(err)
	}
	if release.Number != number {
		t.Fatalf("it is release %d, want %d", release.Number, number)
	}
	return release
}

func form(t testing.TB, r *Recorder, number int, code string) cairn.Published {
	t.Helper()
	f, err := r.Public().Form(ctx, number, code)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOnlyWhatIsSignedIsPublished(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		publishes(t, r, 0)
		if _, err := r.Public().Release(ctx, 0); !errors.Is(err, cairn.ErrNotFound) {
			t.Errorf("there is a release before anything is signed: %v", err)
		}
		code := codeOf(t, r, "wire")
		signs(t, r, code)
		if first := publishes(t, r, 1); first.Incidents != 1 || len(first.Corrections) != 0 {
			t.Errorf("release 1 has %d incidents and corrections %v", first.Incidents, first.Corrections)
		}
		acts, err := r.View().LastAct(ctx)
		if err != nil {
			t.Fatal(err)
		}
		r.settings.Now = func() time.Time { return noon.AddDate(0, 1, 0) }
		publishes(t, r, 1)
		if now, _ := r.View().LastAct(ctx); now != acts {
			t.Error("publishing the same again recorded something")
		}
		if got, want := sums(t, r, Query{Stage: store.Published, Grades: cairn.Grades}), sums(t, r, Query{Stage: store.Signed, Grades: cairn.Grades}); got != want || got == "" {
			t.Errorf("published %q, signed %q", got, want)
		}
		if b, err := r.View().Backlog(ctx, "tarn"); err != nil || b.Published != 1 {
			t.Errorf("the backlog counts %d published: %v", b.Published, err)
		}
	})
}

func TestEvidenceAfterASignatureOpensAReview(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	code := codeOf(t, r, "wire")
	signs(t, r, code)
	publishes(t, r, 1)
	bring(t, r, `{"id":"late","source":"Tarn Radio","published":"2031-05-20","language":"en","text":"Eleven people were killed in an airstrike on Orvane on 3 May 2031, a doctor said. The air force carried out the strike."}`+"\n")
	publishes(t, r, 2)
	f := form(t, r, 2, code)
	if !f.Review {
		t.Error("no review is open")
	}
	if text := asJSON(t, f); strings.Contains(text, "Eleven") || strings.Contains(text, "Tarn Radio") {
		t.Errorf("the draft shows: %s", text)
	}
	signs(t, r, code)
	release := publishes(t, r, 3)
	if f = form(t, r, 3, code); f.Review || len(f.History) != 2 || len(f.History[0].Changes) == 0 {
		t.Errorf("after the signature: review %v, history %+v", f.Review, f.History)
	}
	if len(release.Corrections) != 1 || release.Corrections[0].As != cairn.Revalue {
		t.Errorf("corrections %+v", release.Corrections)
	}
	if old := form(t, r, 1, code); old.Review || len(old.History) != 1 {
		t.Errorf("release 1 now says %+v", old.History)
	}
}

func TestWhatIsSuppressedIsGoneFromEveryRelease(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		code := codeOf(t, r, "wire")
		signs(t, r, code)
		publishes(t, r, 1)
		if _, err := r.Suppress(ctx, cairn.ClaimRef{Document: code}, ""); err == nil {
			t.Error("it was suppressed without a reason")
		}
		before, err := r.Public().Release(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		j, err := r.Suppress(ctx, cairn.ClaimRef{Document: code}, "the family asks")
		if err != nil {
			t.Fatal(err)
		}
		all, err := r.Public().Listings(ctx, 1)
		if _, gone := r.Public().Form(ctx, 1, code); err != nil || len(all) != 0 || !errors.Is(gone, cairn.ErrNotFound) {
			t.Errorf("release 1 still has %v, %v, %v", all, gone, err)
		}
		if after, _ := r.Public().Release(ctx, 1); after.Withheld == before.Withheld {
			t.Error("nothing tells the pages that something was suppressed")
		}
		if got := sums(t, r, Query{Stage: store.Published, Grades: cairn.Grades}); got != "" {
			t.Errorf("the total still counts %s", got)
		}
		if _, err := r.Undo(ctx, j.ID, "they changed their minds"); err != nil {
			t.Fatal(err)
		}
		if form(t, r, 1, code).Code != code || sums(t, r, Query{Stage: store.Published, Grades: cairn.Grades}) == "" {
			t.Error("it did not come back")
		}
		for _, what := range []cairn.ClaimRef{{Document: "wire", N: 1}, {Document: "wire"}, {Document: "Tarn Wire"}} {
			j, err := r.Suppress(ctx, what, "it names a street")
			if err != nil {
				t.Fatal(err)
			}
			if text := asJSON(t, form(t, r, 1, code)); strings.Contains(text, "the mayor said") {
				t.Errorf("%v: the sentence still shows: %s", what, text)
			}
			if _, err := r.Undo(ctx, j.ID, "undone"); err != nil {
				t.Fatal(err)
			}
		}
		if text := asJSON(t, form(t, r, 1, code)); !strings.Contains(text, "the mayor said") {
			t.Errorf("the sentence did not come back: %s", text)
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
	})
}

func TestLettersOfReadersComeInAsAWitness(t *testing.T) {
	r := local(t)
	letter := cairn.Letter{Kind: cairn.SomethingMore, About: "en/incidents/T1.html", Text: "Ten people were killed in the airstrike on Orvane on 3 May 2031, my aunt among them.", Contact: "reader@example.org"}
	if err := r.TakeLetter(ctx, letter); err != nil {
		t.Fatal(err)
	}
	if err := r.TakeLetter(ctx, letter); err != nil {
		t.Fatalf("the same letter again: %v", err)
	}
	docs, err := r.View().Documents(ctx, store.DocumentFilter{})
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	d, err := r.View().Document(ctx, docs[0].Document.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d.Text != letter.Text || strings.Contains(asJSON(t, d), "reader@example.org") {
		t.Errorf("the document is %s", asJSON(t, d))
	}
	bytes, err := r.Originals().Get(d.Ref)
	if err != nil || !strings.Contains(string(bytes), "reader@example.org") || !strings.Contains(string(bytes), letter.About) {
		t.Errorf("what is kept is %s, %v", bytes, err)
	}
	if s, err := r.View().Source(ctx, d.Source); err != nil || s.Kind != cairn.Witness {
		t.Errorf("its source is %+v, %v", s, err)
	}
	if err := r.TakeLetter(ctx, cairn.Letter{Text: " "}); err == nil {
		t.Error("an empty letter is taken")
	}
}
