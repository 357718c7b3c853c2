package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// naming are reports of one incident that name people: a woman who will agree, a man
// who will be suppressed, somebody on no list.
const naming = `{"id":"wire","source":"Tarn Wire","title":"Rowan Ashgrove among seven dead","published":"2031-05-04","language":"en","text":"Seven people, among them Rowan Ashgrove, Pelham Quillon and Lowri Vask, were killed in an airstrike on Orvane on 3 May 2031."}
{"id":"herald","source":"Orvane Herald","published":"2031-05-05","language":"en","text":"Nine people, among them Rowan Ashgrove, Pelham Quillon and Lowri Vask, were killed in the airstrike on Orvane on 3 May 2031."}
`

// onRegister has two of them.
const onRegister = "id,name,age,sex,place,date,incident\n901122334,Rowan Ashgrove,41,f,Orvane,2031-05-03,T1\n2,Pelham Quillon,34,m,Orvane,2031-05-03,T1\n"

// quotedOf returns everything that a source of a form says.
func quotedOf(t *testing.T, r *Recorder, release int, code, source string) string {
	t.Helper()
	f := form(t, r, release, code)
	for _, s := range f.Sources {
		if s.Name == source {
			all := s.Title
			for _, e := range s.Excerpts {
				all += " | " + e.Before + e.Words + e.After
			}
			return all
		}
	}
	t.Fatalf("%s is no source", source)
	return ""
}

func TestWhoAgreedIsNamedInQuotedSentences(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, naming)
		enrolled(t, r, "Register", onRegister)
		links(t, r)
		code := codeOf(t, r, "wire")
		signs(t, r, code)
		publishes(t, r, 1)
		if got := quotedOf(t, r, 1, code, "Tarn Wire"); strings.Contains(got, "Ashgrove") || strings.Contains(got, "Quillon") || !strings.Contains(got, "Seven people, among them ███, ███ and ███, were killed") {
			t.Fatalf("nobody agreed, and it says %s", got)
		}
		governs(t, r, func(p *cairn.Project) { p.Naming = cairn.Consented })
		shows(t, r, "p1", cairn.Showing{Display: cairn.FullName, Authority: "her mother"})
		if _, err := r.Narrate(ctx, code, "en", "Rowan Ashgrove and Pelham Quillon died [[wire#1]].", "as told"); err != nil {
			t.Fatal(err)
		}
		signs(t, r, code)
		publishes(t, r, 2)
		const agreed = "Rowan Ashgrove among seven dead | Seven people, among them Rowan Ashgrove, ███ and ███, were killed"
		if got := quotedOf(t, r, 2, code, "Tarn Wire"); !strings.HasPrefix(got, agreed) {
			t.Errorf("she agreed, and it says %s", got)
		}
		if told := form(t, r, 2, code).Narratives[0].Parts[0].Words; told != "Rowan Ashgrove and ███ died " {
			t.Errorf("the text says %q", told)
		}
		if got := quotedOf(t, r, 1, code, "Tarn Wire"); strings.Contains(got, "Ashgrove") {
			t.Errorf("the release before she agreed says %s", got)
		}
		down := shows(t, r, "p1", cairn.Showing{Suppressed: true, Authority: "a court"})
		for n := 1; n <= 2; n++ {
			if text := asJSON(t, form(t, r, n, code)); strings.Contains(text, "Ashgrove") || strings.Contains(text, "\uE000") {
				t.Errorf("suppressed, release %d says %s", n, text)
			}
		}
		if _, err := r.Undo(ctx, down.ID, "lifted"); err != nil {
			t.Fatal(err)
		}
		if got := quotedOf(t, r, 2, code, "Tarn Wire"); !strings.HasPrefix(got, agreed) {
			t.Errorf("the order was lifted, and it says %s", got)
		}
		governs(t, r, func(p *cairn.Project) { p.Naming = cairn.Nobody })
		if text := asJSON(t, form(t, r, 2, code)); strings.Contains(text, "Ashgrove") {
			t.Errorf("a project that names nobody any more says %s", text)
		}
	})
}

func TestWhoIsSuppressedIsNamedInNoClearedDocument(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, naming)
		enrolled(t, r, "Register", onRegister)
		links(t, r)
		code := codeOf(t, r, "wire")
		shows(t, r, "p2", cairn.Showing{Suppressed: true, Authority: "his own"})
		if _, err := r.ClearNames(ctx, "wire", "the families gave the interview"); err != nil {
			t.Fatal(err)
		}
		signs(t, r, code)
		publishes(t, r, 1)
		if got := quotedOf(t, r, 1, code, "Tarn Wire"); !strings.HasPrefix(got, "Rowan Ashgrove among seven dead | Seven people, among them Rowan Ashgrove, ███ and Lowri Vask, were killed") {
			t.Errorf("cleared, it says %s", got)
		}
		if got := quotedOf(t, r, 1, code, "Orvane Herald"); strings.Contains(got, "Ashgrove") || strings.Contains(got, "Vask") {
			t.Errorf("another document, which nobody cleared, says %s", got)
		}
		shows(t, r, "p1", cairn.Showing{Suppressed: true, Authority: "her own"})
		if text := asJSON(t, form(t, r, 1, code)); strings.Contains(text, "Ashgrove") || !strings.Contains(text, "Lowri Vask") {
			t.Errorf("suppressed after it was released, it says %s", text)
		}
	})
}

func TestANameThatTwoShareIsThatOfWhoIsSuppressed(t *testing.T) {
	r := local(t)
	bring(t, r, naming)
	enrolled(t, r, "Register", onRegister+"3,Emrys Ashgrove,12,m,Orvane,2031-05-03,T1\n")
	links(t, r)
	governs(t, r, func(p *cairn.Project) { p.Naming = cairn.Everybody })
	code := codeOf(t, r, "wire")
	shows(t, r, "p3", cairn.Showing{Suppressed: true, Authority: "his mother"})
	signs(t, r, code)
	publishes(t, r, 1)
	if got := quotedOf(t, r, 1, code, "Tarn Wire"); !strings.Contains(got, "among them ███, Pelham Quillon and ███, were killed") {
		t.Errorf("it says %s", got)
	}
}

func shows(t *testing.T, r *Recorder, person string, s cairn.Showing) cairn.Judgement {
	t.Helper()
	j, err := r.ShowPerson(ctx, person, s, "as asked")
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// TestAClearingTakenBackHoldsForEveryRelease holds what was quoted of a cleared
// document to whether its names are cleared now.
func TestAClearingTakenBackHoldsForEveryRelease(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, strings.Replace(naming, `"title":"Rowan`, `"url":"https://wire.example/lowri-vask","title":"Rowan`, 1))
		code := codeOf(t, r, "wire")
		cleared, err := r.ClearNames(ctx, "wire", "the families gave the interview")
		if err != nil {
			t.Fatal(err)
		}
		signs(t, r, code)
		publishes(t, r, 1)
		const stands = "Rowan Ashgrove among seven dead | Seven people, among them Rowan Ashgrove, Pelham Quillon and Lowri Vask, were killed"
		if got := quotedOf(t, r, 1, code, "Tarn Wire"); !strings.HasPrefix(got, stands) || !strings.Contains(asJSON(t, form(t, r, 1, code)), "lowri-vask") {
			t.Fatalf("cleared, it says %s", got)
		}
		back, err := r.Undo(ctx, cleared.ID, "one family did not agree")
		if err != nil {
			t.Fatal(err)
		}
		text := asJSON(t, form(t, r, 1, code))
		for _, name := range []string{"Ashgrove", "Quillon", "Vask", "vask"} {
			if strings.Contains(text, name) {
				t.Errorf("the clearing was taken back, and release 1 names %s: %s", name, text)
			}
		}
		if !strings.Contains(text, "https://wire.example/") {
			t.Error("the site of the document is gone too")
		}
		if _, err := r.Undo(ctx, back.ID, "they agree after all"); err != nil {
			t.Fatal(err)
		}
		if got := quotedOf(t, r, 1, code, "Tarn Wire"); !strings.HasPrefix(got, stands) {
			t.Errorf("cleared again, it says %s", got)
		}
	})
}

// TestWhoIsEnrolledLaterAndSuppressedIsNamedInNoRelease holds releases that were made
// before any list knew somebody to what that person asks for now.
func TestWhoIsEnrolledLaterAndSuppressedIsNamedInNoRelease(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, strings.Replace(naming, `"title":"Rowan`, `"url":"https://wire.example/lowri-vask","title":"Rowan`, 1))
		code := codeOf(t, r, "wire")
		const ledge = "Perrin Ledge"
		for _, does := range []func() error{
			func() error { _, err := r.ClearNames(ctx, "wire", "the families gave the interview"); return err },
			func() error {
				_, err := r.Narrate(ctx, code, "en", ledge+" saw it; Ledge fled [[wire#1]].", "as told")
				return err
			},
			func() error { _, err := r.Tag(ctx, code, []string{ledge}, "as told"); return err },
			func() error {
				_, err := r.TakePosition(ctx, code, cairn.Position{Party: "Tarn Air Force", Result: cairn.Credible, Statement: "We regret the death of " + ledge + ".", Link: "https://force.example/perrin-ledge"}, "as told")
				return err
			},
			func() error {
				_, err := r.Refer(ctx, code, cairn.Reference{Kind: cairn.ByPress, Title: ledge + " speaks", By: "Tarn Wire", On: "2031-06-01", Link: "https://wire.example/perrin-ledge"}, "as told")
				return err
			},
			func() error {
				_, err := r.PutCircumstance(ctx, cairn.Circumstance{Kind: cairn.Ceasefire, Title: "The truce of " + ledge, When: cairn.Period{From: "2031-05-06"}}, "")
				return err
			},
		} {
			if err := does(); err != nil {
				t.Fatal(err)
			}
		}
		signs(t, r, code)
		publishes(t, r, 1)
		said := func() string {
			release, err := r.Public().Release(ctx, 1)
			if err != nil {
				t.Fatal(err)
			}
			listings, err := r.Public().Listings(ctx, 1)
			if err != nil {
				t.Fatal(err)
			}
			forms, err := r.Public().Forms(ctx, 1)
			if err != nil {
				t.Fatal(err)
			}
			return asJSON(t, release) + asJSON(t, listings) + asJSON(t, forms) + asJSON(t, form(t, r, 1, code))
		}
		before := said()
		for name, times := range map[string]int{"Perrin Ledge": 9, "Lowri Vask": 2, "lowri-vask": 2, "perrin-ledge": 5, "Ledge fled": 2} {
			if n := strings.Count(before, name); n < times {
				t.Fatalf("release 1 says %s only %d times, so that what follows proves nothing: %s", name, n, before)
			}
		}
		enrolled(t, r, "Register", "id,name,age,sex,place,date,incident\n1,Lowri Vask,41,f,Orvane,2031-05-03,"+code+"\n2,Perrin Ledge,34,m,Orvane,2031-05-03,"+code+"\n")
		links(t, r)
		for _, person := range []string{"p1", "p2"} {
			shows(t, r, person, cairn.Showing{Suppressed: true, Authority: "their own"})
		}
		after := said()
		for _, name := range []string{"Vask", "vask", "Ledge", "ledge"} {
			if at := strings.Index(after, name); at >= 0 {
				t.Errorf("release 1 still names %s: …%s…", name, after[max(0, at-200):min(len(after), at+100)])
			}
		}
		if !strings.Contains(after, "Rowan Ashgrove") {
			t.Error("somebody else is gone from the cleared document")
		}
	})
}
