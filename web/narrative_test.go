package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// seenIn returns what a form of a page says that it was made of.
func seenIn(t testing.TB, page, form string) string {
	t.Helper()
	_, after, ok := strings.Cut(page, `data-form="`+form+`"`)
	_, after, has := strings.Cut(after, `name="seen" value="`)
	seen, _, _ := strings.Cut(after, `"`)
	if !ok || !has {
		t.Fatalf("the page has no form %s", form)
	}
	return seen
}

func TestATextIsWrittenAtTheDesk(t *testing.T) {
	w := newWorkshop(t)
	for name, role := range map[string]cairn.DeskRole{"ana": cairn.Researcher, "ben": cairn.Reviewer, "cor": cairn.DataViewer} {
		w.account(name, role, "tarn")
	}
	ana, ben := w.as("ana"), w.as("ben")
	page := ana.get("/incidents/T1/work").body
	for _, want := range []string{"A draft by cairn from the claims", "According to Tarn Wire (4 May 2031), 7 people were killed [[wire#1]].", `data-form="tell-ru"`, `lang="ar"`, "[[herald#1]]"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page to work on says nothing of %q", want)
		}
	}
	seen := seenIn(t, page, "tell-en")
	sent := url.Values{"form": {"tell-en"}, "language": {"en"}, "seen": {seen}, "text": {"A raid hit Orvane [[wire#7]]."}, "why": {"first"}}
	wrong := ana.post("/incidents/T1/narrative", sent)
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, `id="tell-en-text-fault"`) || !strings.Contains(wrong.body, "A raid hit Orvane [[wire#7]].") || !strings.Contains(wrong.body, "Its claims are wire#1") {
		t.Errorf("a mark that cites nothing: %d", wrong.status)
	}
	sent.Set("text", "A raid hit Orvane [[wire#1]].\n\n<b>Nine</b> died, doctors said [[herald#1]].")
	if got := ana.post("/incidents/T1/narrative", sent); got.to != "/incidents/T1/work#told" {
		t.Fatalf("keeping a text answers %d %s", got.status, got.to)
	}
	shown := ana.get("/incidents/T1").body
	for _, want := range []string{`<summary aria-label="1: wire#1">1</summary>`, "<mark class=\"figure harm-killed\">Seven</mark>", "&lt;b&gt;Nine&lt;/b&gt; died", `href="/documents/herald#claim-1"`, "<bdi>ana</bdi>"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the page of the incident does not have %q", want)
		}
	}
	sent.Set("text", "Mine instead.")
	late := ben.post("/incidents/T1/narrative", sent)
	if late.status != http.StatusConflict || !strings.Contains(late.body, "Mine instead.") {
		t.Errorf("a text over another's is answered %d", late.status)
	}
	again := ben.get("/incidents/T1/work").body
	sent.Set("seen", seenIn(t, late.body, "tell-en"))
	if got := ben.post("/incidents/T1/narrative", sent); got.status != http.StatusSeeOther {
		t.Errorf("sent again after the conflict: %d", got.status)
	}
	arabic := url.Values{"form": {"tell-ar"}, "language": {"ar"}, "seen": {seenIn(t, again, "tell-ar")}, "text": {"غارة [[wire#1]]"}}
	if got := ben.post("/incidents/T1/narrative", arabic); got.status != http.StatusSeeOther {
		t.Errorf("the text in another language conflicts with the first: %d", got.status)
	}
	if got := ana.post("/incidents/T1/tags", url.Values{"form": {"tags"}, "seen": {"none"}, "tags": {"market, double tap"}}); got.status != http.StatusSeeOther {
		t.Errorf("tags: %d", got.status)
	}
	if got := ana.get("/incidents?tag=market").body; !strings.Contains(got, ">T1</a>") || strings.Contains(got, ">T2</a>") {
		t.Error("incidents are not found by their tag")
	}
	var twin struct {
		Assessment cairn.Assessment `json:"assessment"`
	}
	if err := json.Unmarshal([]byte(w.as("cor").get("/incidents/T1.json").body), &twin); err != nil || len(twin.Assessment.Narratives) != 2 || twin.Assessment.Narratives[0].Who != somebody {
		t.Errorf("a viewer of data reads %+v, %v", twin.Assessment.Narratives, err)
	}
	ana.post("/incidents/T1/submit", url.Values{})
	last, err := w.record.View().Assessment(ctx, "tarn", "T1")
	if err != nil {
		t.Fatal(err)
	}
	work := ben.get("/incidents/T1/work").body
	if !strings.Contains(work, "The text that is signed with it") {
		t.Error("whoever signs does not see the text")
	}
	revision, _ := json.Marshal(last.Revision)
	if got := ben.post("/incidents/T1/sign", url.Values{"form": {"sign"}, "revision": {string(revision)}, "looked": {"wire", "herald", "shabaka"}}); got.status != http.StatusSeeOther {
		t.Fatalf("signing answers %d %s", got.status, got.body)
	}
	ana.post("/incidents/T1/narrative", url.Values{"language": {"en"}, "text": {"Another text."}})
	if got := ana.get("/incidents/T1").body; !strings.Contains(got, "The text was changed after it was signed") {
		t.Error("the page does not say that the text was changed after it was signed")
	}
	if signed, err := w.record.View().SignedAssessment(ctx, "tarn", "T1"); err != nil || signed.Narratives[0].Text != "Mine instead." {
		t.Errorf("signed is %+v, %v", signed.Narratives, err)
	}
}
