package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// coded has ana and ben code a document each has yet to hand in, and two others one
// that they did.
func (w *workshop) coded() {
	w.t.Helper()
	for _, name := range []string{"ben", "cor"} {
		w.account(name, cairn.Researcher, "tarn")
	}
	as := w.record.As("ana")
	if err := as.AssignCoding(ctx, []string{"selm"}, []string{"ana", "ben"}, ""); err != nil {
		w.t.Fatal(err)
	}
	if err := as.AssignCoding(ctx, []string{"wire"}, []string{"ben", "cor"}, ""); err != nil {
		w.t.Fatal(err)
	}
	for name, figure := range map[string]string{"ben": "", "cor": "19"} {
		b := w.as(name)
		if got := b.post("/coding/wire/add", url.Values{"form": {"add"}, "words": {"Seven people were killed"}, "harm": {"killed"}, "class": {"unknown"}, "figure": {figure}, "place": {"Orvane"}}); got.status != http.StatusSeeOther {
			w.t.Fatalf("coding answers %d %s", got.status, got.body)
		}
		if got := b.post("/coding/wire/submit", nil); got.to != "/coding" {
			w.t.Fatalf("handing in answers %d", got.status)
		}
	}
}

func TestCodersSeeNothingOfOneAnother(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	ana := w.as("ana")
	for name, test := range map[string]struct {
		form  url.Values
		field string
	}{
		"nobody":      {url.Values{"form": {"assign"}, "documents": {"wire"}, "why": {"kept as typed"}}, "coders"},
		"no document": {url.Values{"form": {"assign"}, "documents": {" , "}, "coders": {"ana", "ben"}}, "documents"},
	} {
		if got := ana.post("/coding", test.form); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, test.field+"-fault") || !strings.Contains(got.body, test.form.Get("why")) {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	w.coded()
	ben := w.as("ben")
	page := ben.get("/coding/selm")
	if page.status != http.StatusOK || !strings.Contains(page.body, "Two civilians were killed when a shell hit Selm Bridge") || strings.Contains(page.body, "<mark") || strings.Contains(page.body, "T2") {
		t.Errorf("the page to code on is %d and gives something away", page.status)
	}
	for _, path := range []string{"/code/selm", "/documents/selm", "/documents/selm.json"} {
		if got := ben.get(path); got.to != "/coding/selm" {
			t.Errorf("%s of who has yet to code answers %d %s", path, got.status, got.to)
		}
	}
	if got := waitingIn(t, ben); strings.Contains(got, "selm") {
		t.Errorf("the inbox shows what is to be coded: %s", got)
	}
	if got := w.as("cor").get("/coding/selm"); got.status != http.StatusNotFound {
		t.Errorf("somebody else's coding answers %d", got.status)
	}
	if got := ana.get("/coding/selm/compare"); got.to != "/coding" {
		t.Errorf("before all have handed in, comparing answers %d", got.status)
	}
	if got := ana.get("/coding.json"); strings.Contains(got.body, "Seven people") {
		t.Error("the overview says what was coded")
	}
	wrong := ben.post("/coding/selm/add", url.Values{"form": {"add"}, "words": {"no such words"}, "harm": {"killed"}, "place": {"kept as typed"}})
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, "add-words-fault") || !strings.Contains(wrong.body, "kept as typed") {
		t.Errorf("words that do not stand there: %d", wrong.status)
	}
	ben.post("/coding/selm/add", url.Values{"form": {"add"}, "words": {"Two civilians were killed"}, "harm": {"killed"}, "class": {"civilian"}})
	if got := ben.get("/coding/selm"); !strings.Contains(got.body, `aria-labelledby="claim-1"`) {
		t.Error("what was coded is not on the page")
	}
	ben.post("/coding/selm/drop", url.Values{"n": {"1"}})
	ben.post("/coding/selm/submit", nil)
	if got := ben.get("/code/selm"); got.status != http.StatusOK {
		t.Errorf("once handed in, the document answers %d", got.status)
	}
	if got := ben.post("/coding/selm/add", url.Values{"form": {"add"}, "words": {"Two civilians were killed"}, "harm": {"killed"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("what was handed in is changed: %d", got.status)
	}

	compare := ana.get("/coding/wire/compare").body
	for _, want := range []string{"<bdi>ben</bdi>", "<bdi>cor</bdi>", "<bdi>cairn</bdi>", `class="differs">19`, `value="cor 1"`} {
		if !strings.Contains(compare, want) {
			t.Errorf("side by side there is no %q", want)
		}
	}
	if got := ana.post("/coding/wire/decide", url.Values{"form": {"decide"}, "chosen": {"ben 1"}, "why": {"the picture says seven"}}); got.to != "/coding/wire/compare" {
		t.Fatalf("deciding answers %d %s", got.status, got.body)
	}
	if got := ana.get("/coding/wire/compare").body; !strings.Contains(got, "the picture says seven") {
		t.Error("what was decided is not shown")
	}
	if got := ana.get("/trust").body; !strings.Contains(got, "Kappa, cairn and a person") || !strings.Contains(got, "whether anything is claimed") {
		t.Error("the page of trust says nothing of how coders agree")
	}
}
