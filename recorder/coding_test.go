package recorder

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// coders makes accounts of a role in the project.
func coders(t testing.TB, r *Recorder, role cairn.DeskRole, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := r.PutAccount(ctx, cairn.Account{Name: name, Roles: map[string]cairn.DeskRole{"tarn": role}}, ""); err != nil {
			t.Fatal(err)
		}
	}
}

// handsIn has somebody read claims in a document, each written as "harm figure: words",
// and hand them in.
func handsIn(t testing.TB, r *Recorder, who, document string, claims ...string) {
	t.Helper()
	d, err := r.View().Document(ctx, document)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range claims {
		head, words, _ := strings.Cut(line, ": ")
		harm, figure, _ := strings.Cut(head, " ")
		at := strings.Index(d.Text, words)
		c, err := r.ClaimAt(d, cairn.Span{Start: at, End: at + len(words)}, cairn.Harm(harm))
		if err != nil {
			t.Fatal(err)
		}
		e := EditOf(c)
		if figure != "" {
			e.Figure = figure
		}
		c, wrong := r.Edited(ctx, c, e)
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		if err := r.As(who).Code(ctx, document, c); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.As(who).HandIn(ctx, document); err != nil {
		t.Fatal(err)
	}
}

func TestTwoCodeBlindAndAThirdDecides(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		coders(t, r, cairn.Researcher, "ben", "cor")
		coders(t, r, cairn.Viewer, "dan")
		for name, test := range map[string]struct {
			documents, coders []string
			says              string
		}{
			"one coder":                {[]string{"herald"}, []string{"ben", "ben"}, "at least two"},
			"no document":              {nil, []string{"ben", "cor"}, "at least one document"},
			"a document there is not":  {[]string{"none"}, []string{"ben", "cor"}, "no document none"},
			"somebody who only reads":  {[]string{"herald"}, []string{"ben", "dan"}, "Nobody of the name dan"},
			"somebody who is not here": {[]string{"herald"}, []string{"ben", "eve"}, "Nobody of the name eve"},
		} {
			if err := r.AssignCoding(ctx, test.documents, test.coders, ""); !errors.As(err, new(cairn.Invalid)) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := r.AssignCoding(ctx, []string{"herald", "wire"}, []string{"ben", "cor"}, "a sample of May"); err != nil {
			t.Fatal(err)
		}
		if blind, err := Blind(ctx, r.View(), "tarn", "herald", "ben"); err != nil || !blind {
			t.Errorf("who has yet to code is blind: %v, %v", blind, err)
		}
		before := everything(t, r)
		handsIn(t, r, "ben", "herald", "killed: nine dead", "injured: At least 12 people were injured")
		if err := r.Adjudicate(ctx, "herald", nil, ""); err == nil {
			t.Error("it is decided before all have handed in")
		}
		handsIn(t, r, "cor", "herald", "killed 19: nine dead")
		if err := r.As("cor").Code(ctx, "herald", cairn.Claim{Harm: cairn.Killed, Locator: cairn.Locator{Span: cairn.Span{End: 7}}}); err == nil {
			t.Error("what was handed in is changed")
		}
		if got := everything(t, r); got != before {
			t.Error("coding moves what is recorded of incidents")
		}
		all, err := r.View().Codings(ctx, "tarn", "herald", "")
		if err != nil || len(all) != 2 {
			t.Fatalf("codings are %+v, %v", all, err)
		}
		same := Compare(map[string][]cairn.Claim{"ben": all[0].Claims, "cor": all[1].Claims})
		if len(same) != 2 || strings.Join(same[0].Differ, " ") != "figure" || len(same[1].Claims) != 1 {
			t.Errorf("laid beside one another they are %+v", same)
		}
		if err := r.As("ben").Adjudicate(ctx, "herald", nil, ""); err == nil {
			t.Error("a coder decides")
		}
		if err := r.As("dee").Adjudicate(ctx, "herald", []Choice{{"ben", 7}}, ""); err == nil {
			t.Error("a claim that nobody read is chosen")
		}
		if err := r.As("dee").Adjudicate(ctx, "herald", []Choice{{"ben", 1}, {"ben", 2}}, "the photograph says nine"); err != nil {
			t.Fatal(err)
		}
		held, err := r.View().Coding(ctx, "tarn", "herald", "dee")
		if err != nil || held.State != cairn.Adjudicated || len(held.Claims) != 2 || held.Claims[1].Harm != cairn.Injured {
			t.Errorf("decided is %+v, %v", held, err)
		}
	})
}

func TestAgreementOfCodersAndOfCairn(t *testing.T) {
	r := local(t)
	var text strings.Builder
	var ids []string
	for i := range 8 {
		id := fmt.Sprintf("r%d", i)
		ids = append(ids, id)
		fmt.Fprintf(&text, `{"id":%q,"source":"Paper","published":"2031-05-%02d","language":"en","text":"%d people were killed when a shell hit Selm Bridge on 1 May 2031. At least 12 people were injured. The day was calm. Nobody spoke."}`+"\n", id, 2+i, 3+i)
	}
	bring(t, r, text.String())
	coders(t, r, cairn.Researcher, "ben", "cor")
	if err := r.AssignCoding(ctx, ids, []string{"ben", "cor"}, ""); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		ben := []string{"killed: people were killed", "injured: At least 12 people were injured"}
		cor := []string{"killed: people were killed", "injured: At least 12 people were injured"}
		ben[0], cor[0] = fmt.Sprintf("killed: %d people were killed", 3+i), fmt.Sprintf("killed: %d people were killed", 3+i)
		if i%4 == 3 {
			cor = cor[:1] // and misses the injured
		}
		if i == 0 {
			cor[0] = "killed 30: 3 people were killed"
		}
		handsIn(t, r, "ben", id, ben...)
		handsIn(t, r, "cor", id, cor...)
	}
	all, err := AgreementIn(ctx, r.View(), "tarn")
	if err != nil || len(all) != 2*len(CodedFields) {
		t.Fatalf("agreement is %+v, %v", all, err)
	}
	by := map[string]CodersAgree{}
	for _, a := range all {
		if a.Language == "en" {
			by[a.Field] = a
		}
	}
	claim := by["claim"]
	if claim.Units != 32 || claim.Documents != 8 || !claim.Kappa.Known || claim.Kappa.Value < .85 || claim.Kappa.Value > .95 || !claim.Kappa.Bounded || claim.Kappa.Low > claim.Kappa.Value || claim.Kappa.High < claim.Kappa.Value {
		t.Errorf("of what is claimed: %+v", claim)
	}
	if !claim.CairnAlpha.Known || claim.CairnAlpha.Value < .7 {
		t.Errorf("with cairn: %+v", claim.CairnAlpha)
	}
	if f := by["figure"]; f.Units != 14 || f.Alpha.Value >= 1 || f.Alpha.Value < .5 || f.Kappa.Value >= 1 {
		t.Errorf("of figures: %+v", f)
	}
	if h := by["harm"]; h.Kappa.Value != 1 {
		t.Errorf("of what was done: %+v", h)
	}
	again, err := AgreementIn(ctx, r.View(), "tarn")
	if err != nil || asJSON(t, again) != asJSON(t, all) {
		t.Error("asked again, the intervals are others")
	}
}

func TestACodingIsInTheLog(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	coders(t, r, cairn.Researcher, "ben", "cor")
	if err := r.AssignCoding(ctx, []string{"herald"}, []string{"ben", "cor"}, "a sample"); err != nil {
		t.Fatal(err)
	}
	acts, err := r.View().Acts(ctx, 0, 0)
	if last := acts[len(acts)-1]; err != nil || last.What != "assign coding" || last.Why != "a sample" {
		t.Errorf("the last act is %+v, %v", last, err)
	}
	if n, err := r.View().LogSize(ctx); err != nil || n != len(acts) {
		t.Errorf("the log has %d leaves of %d acts, %v", n, len(acts), err)
	}
}
