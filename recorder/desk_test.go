package recorder

import (
	"errors"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// killed writes the range of the dead of an incident, and what sets its ends.
func killed(t testing.TB, r *Recorder, code string) string {
	t.Helper()
	a, err := r.View().Assessment(ctx, "tarn", code)
	if err != nil {
		t.Fatal(err)
	}
	k, ok := a.Tally(cairn.Killed, cairn.Civilian)
	if !ok {
		return "none"
	}
	return k.Range.String()
}

// claimIn returns a claim of an incident, by its document and harm.
func claimIn(t testing.TB, r *Recorder, code, document string, harm cairn.Harm) cairn.Testimony {
	t.Helper()
	all, err := r.View().Testimonies(ctx, "tarn", code)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Ref.Document == document && one.Claim.Harm == harm {
			return one
		}
	}
	t.Fatalf("%s has no claim of %s from %s", code, harm, document)
	return cairn.Testimony{}
}

// edited returns a claim with another figure.
func edited(t testing.TB, r *Recorder, c cairn.Claim, figure string) cairn.Claim {
	t.Helper()
	e := EditOf(c)
	e.Figure = figure
	now, wrong := r.Edited(ctx, c, e)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return now
}

func TestAPersonCorrectsAClaim(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		before, whole := killed(t, r, "T1"), everything(t, r)
		if before != "7–9" {
			t.Fatalf("T1 has %s killed, want 7–9", before)
		}
		wrong := claimIn(t, r, "T1", "herald", cairn.Killed)
		now := edited(t, r, wrong.Claim, "19")
		preview, err := r.Preview(ctx, "T1", func(r *Recorder) (cairn.Judgement, error) {
			return r.CorrectClaim(ctx, "T1", wrong.Ref, now, "the photograph of the page says so")
		})
		if k, _ := preview.Tally(cairn.Killed, cairn.Civilian); err != nil || k.Range.String() != "7–19" {
			t.Errorf("the preview says %s, %v, want 7–19", k.Range, err)
		}
		if got := everything(t, r); got != whole {
			t.Error("a preview writes something")
		}
		j := must(t)(r.CorrectClaim(ctx, "T1", wrong.Ref, now, "the photograph of the page says so"))
		if got := killed(t, r, "T1"); got != "7–19" {
			t.Errorf("corrected, %s are killed, want 7–19", got)
		}
		a, _ := r.View().Assessment(ctx, "tarn", "T1")
		k, _ := a.Tally(cairn.Killed, cairn.Civilian)
		of, err := r.View().Reading(ctx, k.MaxFrom[0].Reading)
		if err != nil || len(of.Claims) != 1 || !strings.HasPrefix(of.Extractor, "person/Ana/") {
			t.Errorf("the ceiling leads to %+v, %v, and not to what a person read", of, err)
		}
		if of.Claims[0].Figure.Span == nil || *of.Claims[0].Figure.Span != *wrong.Claim.Figure.Span {
			t.Errorf("the words of the corrected claim are %v, want %v", of.Claims[0].Figure.Span, wrong.Claim.Figure.Span)
		}
		again := claimIn(t, r, "T1", "herald", cairn.Killed)
		second := must(t)(r.CorrectClaim(ctx, "T1", again.Ref, edited(t, r, again.Claim, "at least 20"), "and a second time"))
		if got := killed(t, r, "T1"); got != "7–20+" {
			t.Errorf("corrected twice, %s are killed, want 7–20", got)
		}
		if injured, _ := a.Tally(cairn.Injured, cairn.Civilian); !injured.Range.Known() {
			t.Error("the other claim of the sentence is gone")
		}
		must(t)(r.Undo(ctx, second.ID, "no"))
		must(t)(r.Undo(ctx, j.ID, "it was another page"))
		if got := killed(t, r, "T1"); got != before {
			t.Errorf("undone, %s are killed, want %s", got, before)
		}
		i, err := r.View().Incident(ctx, "tarn", "T1")
		if err != nil || i.Judged || strings.Contains(strings.Join(i.Reasons, " "), "corrected") {
			t.Errorf("undone, it still says %v, %v", i.Reasons, err)
		}
	})
}

func TestACorrectionIsFoundAgainAfterARedo(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		wrong := claimIn(t, r, "T1", "herald", cairn.Killed)
		must(t)(r.CorrectClaim(ctx, "T1", wrong.Ref, edited(t, r, wrong.Claim, "19"), ""))
		p := invented()
		p.Policy = "iso/1" // every document is read anew
		if err := r.PutProject(ctx, p, "another policy"); err != nil {
			t.Fatal(err)
		}
		done, err := r.Redo(ctx, false, Progress{})
		if err != nil || done.Reread == 0 {
			t.Fatalf("redone: %+v, %v", done, err)
		}
		if got := killed(t, r, "T1"); got != "7–19" {
			t.Errorf("after a redo %s are killed, want 7–19", got)
		}
		if got := claimIn(t, r, "T1", "wire", cairn.Killed); got.Ref.Reading == wrong.Ref.Reading {
			t.Error("nothing was read anew")
		}
	})
}

func TestAPersonRejectsAndAddsClaims(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		bad := claimIn(t, r, "T1", "herald", cairn.Killed)
		j := must(t)(r.RejectClaim(ctx, "T1", bad.Ref, "they died elsewhere"))
		if got := killed(t, r, "T1"); got != "7" {
			t.Errorf("without the claim %s are killed, want 7", got)
		}
		must(t)(r.Undo(ctx, j.ID, ""))
		only := claimIn(t, r, "T2", "selm", cairn.Killed)
		j = must(t)(r.RejectClaim(ctx, "T2", only.Ref, "nobody says so"))
		if got := killed(t, r, "T2"); got != "none" {
			t.Errorf("an incident whose one claim is rejected has %s killed", got)
		}
		must(t)(r.Undo(ctx, j.ID, ""))
		if got := killed(t, r, "T2"); got != "2" {
			t.Errorf("undone, %s are killed, want 2", got)
		}
		d, err := r.View().Document(ctx, "wire")
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(d.Text, "Seven people")
		c, err := r.ClaimAt(d, cairn.Span{Start: at, End: at + len("Seven people")}, cairn.Injured)
		if err != nil || c.Range.String() != "7" {
			t.Fatalf("the words give %s, %v", c.Range, err)
		}
		added := must(t)(r.AddClaim(ctx, "T2", "wire", c, "the mayor meant this"))
		a, err := r.View().Assessment(ctx, "tarn", "T2")
		if k, _ := a.Tally(cairn.Injured, cairn.Civilian); err != nil || k.Range.String() != "7" {
			t.Errorf("with the claim %s are injured, %v", k.Range, err)
		}
		mine := claimIn(t, r, "T2", "wire", cairn.Injured)
		must(t)(r.CorrectClaim(ctx, "T2", mine.Ref, edited(t, r, mine.Claim, "8"), ""))
		a, _ = r.View().Assessment(ctx, "tarn", "T2")
		if k, _ := a.Tally(cairn.Injured, cairn.Civilian); k.Range.String() != "8" {
			t.Errorf("a claim that a person added, corrected, says %s injured, want 8", k.Range)
		}
		must(t)(r.Undo(ctx, added.ID, ""))
		a, _ = r.View().Assessment(ctx, "tarn", "T2")
		if k, ok := a.Tally(cairn.Injured, cairn.Civilian); ok {
			t.Errorf("undone, %s are injured", k.Range)
		}
		if _, err := r.AddClaim(ctx, "T2", "wire", cairn.Claim{Harm: cairn.Killed, Locator: cairn.Locator{Span: cairn.Span{Start: 900, End: 909}}}, ""); !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("words that do not stand there are %v", err)
		}
	})
}

func TestWhatAFormCannotMean(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	c := claimIn(t, r, "T1", "wire", cairn.Killed).Claim
	for _, test := range []struct {
		name   string
		change func(*ClaimEdit)
		fault  string
	}{
		{"as it was", func(*ClaimEdit) {}, ""},
		{"no harm", func(e *ClaimEdit) { e.Harm = "" }, "harm"},
		{"a harm of no such name", func(e *ClaimEdit) { e.Harm = "slain" }, "harm"},
		{"a class of no such name", func(e *ClaimEdit) { e.Class = "people" }, "class"},
		{"no number", func(e *ClaimEdit) { e.Figure = "somehow" }, "figure"},
		{"the ends the wrong way round", func(e *ClaimEdit) { e.Figure = "9–3" }, "figure"},
		{"no figure", func(e *ClaimEdit) { e.Figure = "" }, ""},
		{"words", func(e *ClaimEdit) { e.Figure = "at least five" }, ""},
		{"nowhere", func(e *ClaimEdit) { e.Place = "Atlantis of the North" }, "place"},
		{"a known place", func(e *ClaimEdit) { e.Place = "Selm Bridge" }, ""},
		{"no date", func(e *ClaimEdit) { e.From = "yesterday" }, "from"},
		{"ends before it begins", func(e *ClaimEdit) { e.From, e.To = "2031-05-04", "2031-05-03" }, "to"},
		{"a stance of no such name", func(e *ClaimEdit) { e.Stance = "hopes" }, "stance"},
		{"a party by another name", func(e *ClaimEdit) { e.Party = "The Air Force" }, ""},
	} {
		e := EditOf(c)
		test.change(&e)
		now, wrong := r.Edited(ctx, c, e)
		var fields []string
		for _, f := range wrong {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != test.fault {
			t.Errorf("%s: faults at %q, want %q", test.name, got, test.fault)
		}
		if test.name == "a party by another name" && now.By[0].Name != "Tarn Air Force" {
			t.Errorf("the party is %+v", now.By)
		}
		if test.name == "no figure" && now.Range.Known() {
			t.Errorf("no figure is %s", now.Range)
		}
	}
}

func TestTheInboxAnswers(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports+`{"id":"vague","source":"Orvane Herald","published":"2031-05-12","language":"en","text":"Three people were killed."}`+"\n")
		waiting := func() string {
			found, err := r.View().Documents(ctx, store.DocumentFilter{Project: "tarn", Waiting: true, ByID: true})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, d := range found {
				ids = append(ids, d.Document.ID)
			}
			return strings.Join(ids, " ")
		}
		if got := waiting(); got != "herald selm toll vague wire" {
			t.Fatalf("waiting are %q", got)
		}
		before := codes(t, r)
		for _, step := range []struct {
			name string
			take func() (cairn.Judgement, error)
			want string
		}{
			{"accept", func() (cairn.Judgement, error) { return r.AcceptReport(ctx, "wire", "") }, before},
			{"reject", func() (cairn.Judgement, error) { return r.RejectReport(ctx, "herald", "a rumour") }, "T1: wire#1\nT2: selm#1\nT3: vague#1"},
			{"attach one that stands alone", func() (cairn.Judgement, error) { return r.AttachReport(ctx, "selm", "T1", "one attack") }, "T1: wire#1 herald#1 herald#2 selm#1\nT3: vague#1"},
			{"attach one of several", func() (cairn.Judgement, error) { return r.AttachReport(ctx, "herald", "T2", "the bridge") }, "T1: wire#1\nT2: herald#1 herald#2 selm#1\nT3: vague#1"},
			{"attach where it is", func() (cairn.Judgement, error) { return r.AttachReport(ctx, "wire", "T1", "") }, before},
			{"a new incident", func() (cairn.Judgement, error) { return r.NewFromReport(ctx, "herald", "") }, "T1: wire#1\nT1a: herald#1 herald#2\nT2: selm#1\nT3: vague#1"},
			{"a new incident of its own", func() (cairn.Judgement, error) { return r.NewFromReport(ctx, "selm", "") }, before},
		} {
			j := must(t)(step.take())
			if got := codes(t, r); sortedLines(got) != sortedLines(step.want) {
				t.Errorf("%s: they are\n%s\nwant\n%s", step.name, got, step.want)
			}
			if got := waiting(); strings.Count(got, " ") != 3 {
				t.Errorf("%s: waiting are %q", step.name, got)
			}
			must(t)(r.Undo(ctx, j.ID, ""))
			if got := codes(t, r); got != before {
				t.Errorf("%s, undone: they are\n%s\nwant\n%s", step.name, got, before)
			}
			if got := waiting(); got != "herald selm toll vague wire" {
				t.Errorf("%s, undone: waiting are %q", step.name, got)
			}
		}
		if _, err := r.AttachReport(ctx, "wire", "T99", ""); !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("to an incident that there is not: %v", err)
		}
	})
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		words := strings.Fields(lines[i])
		lines[i] = strings.Join(sorted(map[string]bool{strings.Join(words, " "): true}), "")
	}
	all := map[string]bool{}
	for _, l := range lines {
		all[l] = true
	}
	return strings.Join(sorted(all), "\n")
}

func TestTwoSign(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		for _, name := range []string{"ana", "ben"} {
			if err := r.PutAccount(ctx, cairn.Account{Name: name, Roles: map[string]cairn.DeskRole{"tarn": cairn.Reviewer}}, ""); err != nil {
				t.Fatal(err)
			}
		}
		ana, ben := r.As("ana"), r.As("ben")
		newest, err := r.View().Assessment(ctx, "tarn", "T1")
		if err != nil {
			t.Fatal(err)
		}
		looked := Signing{Revision: newest.Revision, Looked: []string{"herald"}, Two: true}
		sign := func(as *Recorder, s Signing) string {
			_, err := as.SignSeen(ctx, "T1", s)
			var invalid cairn.Invalid
			switch {
			case err == nil:
				return "signed"
			case errors.As(err, &invalid):
				return invalid.Field
			case errors.Is(err, cairn.ErrConflict):
				return "stale"
			}
			return err.Error()
		}
		if got := sign(ana, looked); got != "why" {
			t.Errorf("what nobody submitted: %s", got)
		}
		if err := ana.Submit(ctx, "T1"); err != nil {
			t.Fatal(err)
		}
		if got := sign(ana, looked); got != "why" {
			t.Errorf("who submitted signs: %s", got)
		}
		unlooked := looked
		unlooked.Looked = nil
		if got := sign(ben, unlooked); got != "looked" {
			t.Errorf("a report that nobody looked at: %s", got)
		}
		stale := looked
		stale.Revision++
		if got := sign(ben, stale); got != "stale" {
			t.Errorf("another assessment than was shown: %s", got)
		}
		if got := sign(ben, looked); got != "signed" {
			t.Errorf("the second of two: %s", got)
		}
		if err := ben.Say(ctx, "T1", "See the page, @ana and @nobody."); err != nil {
			t.Fatal(err)
		}
		said, err := r.View().Comments(ctx, "tarn", "T1")
		if err != nil || len(said) != 1 || strings.Join(said[0].Mentions, " ") != "ana" || said[0].Who != "ben" {
			t.Errorf("said was %+v, %v", said, err)
		}
		if err := ana.Say(ctx, "T1", "  "); !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("saying nothing: %v", err)
		}
		if err := ben.SendBack(ctx, "T2"); !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("sending back what nobody submitted: %v", err)
		}
	})
}

func TestProposalsFollowTheRecord(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	p := NewProposals(r.View(), "tarn")
	ask := func() string {
		var all []string
		for _, code := range []string{"T1", "T2"} {
			i, err := r.View().Incident(ctx, "tarn", code)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Among(ctx, []cairn.Incident{i})
			if err != nil {
				t.Fatal(err)
			}
			want, err := PairsOf(ctx, r.View(), i)
			if err != nil || !alike(append([]Pair{}, got...), append([]Pair{}, want...)) {
				t.Errorf("%s: proposed are %v, afresh %v, %v", code, got, want, err)
			}
			for _, pair := range got {
				all = append(all, pair.A+"="+pair.B)
			}
		}
		return strings.Join(all, " ")
	}
	ask()
	j := must(t)(r.Split(ctx, "T1", []cairn.ClaimRef{{Document: "herald"}}, "", "another strike"))
	if got := ask(); got != "T1=T1a" {
		t.Errorf("what was split is proposed as %q, want T1=T1a", got)
	}
	must(t)(r.NotSame(ctx, "T1", []string{"T1a"}, "two strikes"))
	if got := ask(); got != "" {
		t.Errorf("what is not the same is proposed as %q", got)
	}
	must(t)(r.Undo(ctx, j.ID, ""))
	ask()
}
