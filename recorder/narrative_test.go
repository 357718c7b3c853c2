package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// toldIn returns the text of T1 in a language as its newest assessment has it.
func toldIn(t testing.TB, r *Recorder, language string) cairn.Narrative {
	t.Helper()
	a, err := r.View().Assessment(ctx, "tarn", "T1")
	if err != nil {
		t.Fatal(err)
	}
	n, _ := a.Told(language)
	return n
}

func TestAnIncidentIsTold(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		first := must(t)(r.Narrate(ctx, "T1", "en", "A raid hit Orvane [[wire#1]]. Doctors counted nine [[herald#1]].\r\n", "the first text"))
		n := toldIn(t, r, "en")
		if n.Text != "A raid hit Orvane [[wire#1]]. Doctors counted nine [[herald#1]]." || n.Who != "Ana" || n.Draft || len(n.Cites) != 2 {
			t.Fatalf("told is %+v", n)
		}
		if c := n.Cites[1]; c.Ref.Document != "herald" || c.Harm != cairn.Killed || c.Gone {
			t.Errorf("the second mark cites %+v", c)
		}
		must(t)(r.Narrate(ctx, "T1", "ar", "غارة على أورفان [[wire#1]].", ""))
		second := must(t)(r.Narrate(ctx, "T1", "en", "A raid hit Orvane.", "shorter"))
		if got := toldIn(t, r, "ar").Text; got != "غارة على أورفان [[wire#1]]." {
			t.Errorf("the Arabic text is now %q", got)
		}
		must(t)(r.Undo(ctx, second.ID, "the claims are missing"))
		if got := toldIn(t, r, "en"); len(got.Cites) != 2 {
			t.Errorf("undone, told is %+v", got)
		}
		must(t)(r.Undo(ctx, first.ID, "not yet"))
		if a, _ := r.View().Assessment(ctx, "tarn", "T1"); len(a.Narratives) != 1 {
			t.Errorf("both undone, told are %+v", a.Narratives)
		}
		must(t)(r.Narrate(ctx, "T1", "ar", "", "it is wrong"))
		if a, _ := r.View().Assessment(ctx, "tarn", "T1"); len(a.Narratives) != 0 {
			t.Errorf("an empty text leaves %+v", a.Narratives)
		}
	})
}

func TestATextCitesWhatIsThere(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	for _, test := range []struct{ name, code, language, text, says string }{
		{"a claim of another incident", "T1", "en", "Two died [[selm#1]].", "[[selm#1]] is no claim of T1. Its claims are wire#1, herald#1"},
		{"a claim that there is not", "T1", "en", "Nine [[wire#9]].", "is no claim of T1"},
		{"a mark that is not closed", "T1", "en", "Nine\n[[wire#1", "line 2: text: The mark [[wire#1"},
		{"a language without words", "T1", "tlh", "nuqneH", "want one of en, ar, es, uk, ru"},
	} {
		_, err := r.Narrate(ctx, test.code, test.language, test.text, "")
		wantInvalid(t, err, test.says)
	}
	if acts, err := r.View().Judgements(ctx, "tarn"); err != nil || len(acts) != 0 {
		t.Errorf("what could not be taken left %v, %v", acts, err)
	}
}

func TestADraftIsMarkedUntilAPersonWritesOtherwise(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	draft, err := r.DraftNarrative(ctx, r.View(), "T1", "en")
	if err != nil || !strings.Contains(draft, "According to Tarn Wire (4 May 2031), 7 people were killed [[wire#1]].") {
		t.Fatalf("the draft is %v\n%s", err, draft)
	}
	must(t)(r.Narrate(ctx, "T1", "en", draft, ""))
	if !toldIn(t, r, "en").Draft {
		t.Error("a text as cairn drafted it is not marked so")
	}
	must(t)(r.Narrate(ctx, "T1", "en", draft+" A school stood beside it.", ""))
	if toldIn(t, r, "en").Draft {
		t.Error("a text that a person went on with is marked as a draft")
	}
}

func TestACitedClaimIsFoundAgain(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		must(t)(r.Narrate(ctx, "T1", "en", "Doctors counted nine [[herald#1]].", ""))
		p := invented()
		p.Policy = "iso/1"
		if err := r.PutProject(ctx, p, "another policy"); err != nil {
			t.Fatal(err)
		}
		if done, err := r.Redo(ctx, false, Progress{}); err != nil || done.Reread == 0 {
			t.Fatalf("redone: %+v, %v", done, err)
		}
		n := toldIn(t, r, "en")
		reading, err := r.View().CurrentReading(ctx, "tarn", "herald")
		if err != nil || n.Cites[0].Gone || n.Cites[0].Ref.Reading != reading.ID {
			t.Errorf("after a redo the mark cites %+v, and %s is read now, %v", n.Cites[0], reading.ID, err)
		}
		j := must(t)(r.RejectClaim(ctx, "T1", claimIn(t, r, "T1", "herald", cairn.Killed).Ref, "of another day"))
		a, err := r.View().Assessment(ctx, "tarn", "T1")
		if err != nil || !a.Narratives[0].Cites[0].Gone || !strings.Contains(strings.Join(a.Warnings, " "), "the text in en cites herald#1, which counts here no more") {
			t.Errorf("a cited claim is rejected, and the assessment says %v, %+v, %v", a.Warnings, a.Narratives, err)
		}
		must(t)(r.Undo(ctx, j.ID, "it is of that day"))
		if n := toldIn(t, r, "en"); n.Cites[0].Gone {
			t.Error("the claim is back, and the mark still says that it is gone")
		}
	})
}

func TestATextIsSignedAndPublished(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, strings.Replace(reports, "the mayor said", "the mayor said of Karim Belora", 1))
		must(t)(r.Narrate(ctx, "T1", "en", "Seven died in Orvane [[wire#1]].", ""))
		must(t)(r.Tag(ctx, "T1", []string{"market", " market ", "_to call back"}, ""))
		if _, err := r.Sign(ctx, "T1", "both reports read"); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Publish(ctx, "first"); err != nil {
			t.Fatal(err)
		}
		form, err := r.Public().Form(ctx, 0, "T1")
		if err != nil || len(form.Narratives) != 1 || asJSON(t, form.Tags) != `["market"]` {
			t.Fatalf("published is %+v, %q, %v", form.Narratives, form.Tags, err)
		}
		parts := form.Narratives[0].Parts
		if len(parts) != 3 || parts[0].Words != "Seven died in Orvane " || parts[1].Excerpt == "" || parts[1].Excerpt != form.Sources[0].Excerpts[0].Key {
			t.Errorf("its parts are %+v", parts)
		}
		must(t)(r.Narrate(ctx, "T1", "en", "Seven people died in Orvane [[wire#1]].", "better"))
		must(t)(r.Tag(ctx, "T1", []string{"bakery"}, ""))
		if release, err := r.Publish(ctx, "again"); err != nil || release.Number != 1 {
			t.Errorf("a text that nobody signed makes release %d, %v", release.Number, err)
		}
		if found, err := r.View().Incidents(ctx, store.Filter{Project: "tarn", Unsigned: true, Changed: true}); err != nil || len(found) != 0 {
			t.Errorf("another text counts as other evidence: %d, %v", len(found), err)
		}
		if _, err := r.Sign(ctx, "T1", "the text too"); err != nil {
			t.Fatal(err)
		}
		release, err := r.Publish(ctx, "again")
		if err != nil || release.Number != 2 || len(release.Corrections) != 1 || asJSON(t, release.Corrections[0].Changes) != `[{"field":"narrative_en"},{"field":"tags","from":"market","to":"bakery"}]` {
			t.Errorf("release %d corrects %s, %v", release.Number, asJSON(t, release.Corrections), err)
		}
	})
}

func TestTags(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		must(t)(r.Tag(ctx, "T1", []string{"market", "double tap", ""}, ""))
		must(t)(r.Tag(ctx, "T2", []string{"market"}, ""))
		counts, err := r.View().Tags(ctx, "tarn")
		if err != nil || asJSON(t, counts) != `[{"tag":"double tap","incidents":1},{"tag":"market","incidents":2}]` {
			t.Errorf("tags are %s, %v", asJSON(t, counts), err)
		}
		found, err := r.View().Incidents(ctx, store.Filter{Project: "tarn", Tag: "double tap"})
		if err != nil || len(found) != 1 || found[0].Incident.Code != "T1" {
			t.Errorf("found by a tag are %v, %v", found, err)
		}
		must(t)(r.Tag(ctx, "T1", nil, "neither"))
		if found, err = r.View().Incidents(ctx, store.Filter{Project: "tarn", Tag: "double tap"}); err != nil || len(found) != 0 {
			t.Errorf("taken away, it is found by its tag: %v", err)
		}
		_, err = r.Tag(ctx, "T1", []string{"a, b"}, "")
		wantInvalid(t, err, "is no tag")
	})
}
