package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
)

// overlapping are the histories of three invented lists, by sex.
const overlapping = `hospital,press,families,sex,count
1,0,0,man,130
0,1,0,man,90
0,0,1,man,60
1,1,0,man,30
1,0,1,man,20
0,1,1,man,15
1,1,1,man,5
1,0,0,woman,110
0,1,0,woman,90
0,0,1,woman,60
1,1,0,woman,30
1,0,1,woman,20
0,1,1,woman,15
1,1,1,,5
`

// computedOnce is an estimate of these lists, with the draws of its runs.
var computedOnce = sync.OnceValues(func() (cairn.Estimate, map[int]estimate.Draws) {
	asked := cairn.EstimateSettings{Method: "all", Criterion: "bic", MaxMissing: "5n", Grid: "all", Threshold: 0.02, By: []string{"sex"}, Tables: 20, Seed: 1}
	e, draws, err := estimate.Whole(asked, estimate.Source{Content: []byte(overlapping), Name: "lists.csv"}, func(string) {})
	if err != nil {
		panic(err)
	}
	return e, draws
})

// estimated keeps an estimate, and returns it.
func (w *workshop) estimated() cairn.Estimate {
	w.t.Helper()
	e, draws := computedOnce()
	e.Runs = slices.Clone(e.Runs)
	var err error
	e.Title, e.From = "Civilians killed in Orvane whom no list names", "lists.csv"
	e.About = cairn.EstimateSubject{Harm: cairn.Killed, Class: cairn.Civilian, Direct: "direct", Named: true, Place: "Orvane", When: cairn.Period{From: "2031-05", To: "2031-06"}}
	texts := map[int]string{}
	for n, d := range draws {
		var text bytes.Buffer
		if err := d.CSV(&text); err != nil {
			w.t.Fatal(err)
		}
		texts[n] = text.String()
	}
	if e, err = w.record.As("ana").KeepEstimate(ctx, e, texts, "for the yearly report"); err != nil {
		w.t.Fatal(err)
	}
	return e
}

func TestAnEstimateIsSignedByTwo(t *testing.T) {
	w := newWorkshop(t)
	for name, role := range map[string]cairn.DeskRole{"ana": cairn.Reviewer, "ben": cairn.Reviewer, "cem": cairn.Researcher, "dara": cairn.Viewer} {
		w.account(name, role, "tarn")
	}
	e := w.estimated()
	page := "/estimates/" + e.ID
	ana, ben, cem := w.as("ana"), w.as("ben"), w.as("cem")
	if got := w.as("dara").get(page); got.status != http.StatusForbidden {
		t.Errorf("a viewer is answered %d: an estimate that nobody signed has left the desk", got.status)
	}
	if got := cem.get(page + ".json"); !strings.Contains(got.body, `"state":"kept"`) {
		t.Errorf("%d %.300s", got.status, got.body)
	}
	for _, test := range []struct {
		name, want string
		form       url.Values
	}{
		{"no answer", "say which answers are put forward", url.Values{"run": {"1"}, "why": {"because"}}},
		{"no reason", "say why these answers", url.Values{"run": {"1"}, "methods": {"dga"}}},
		{"no such answer", "tarot has no estimate in run 1", url.Values{"run": {"1"}, "methods": {"tarot"}, "why": {"because"}}},
	} {
		test.form.Set("form", "propose-1")
		if got := cem.post(page+"/propose", test.form); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, test.want) {
			t.Errorf("%s: %d, without %q", test.name, got.status, test.want)
		}
	}
	if got := cem.post(page+"/propose", url.Values{"form": {"propose-1"}, "run": {"1"}, "methods": {"dga", "lcmcr"}, "why": {"both allow for lists that depend"}}); got.status != http.StatusSeeOther {
		t.Fatalf("%d %.400s", got.status, got.body)
	}
	digest := func(b *browserless) string {
		var told estimateView
		if err := json.Unmarshal([]byte(b.get(page+".json").body), &told); err != nil {
			t.Fatal(err)
		}
		return told.Digest
	}
	sign := func(b *browserless, digest string) answered {
		return b.post(page+"/sign", url.Values{"form": {"sign"}, "digest": {digest}, "why": {"I checked it"}})
	}
	if got := sign(cem, digest(cem)); got.status != http.StatusForbidden {
		t.Errorf("a researcher signs: %d", got.status)
	}
	if got := sign(ana, "another"); !strings.Contains(got.body, "it has changed since it was shown") {
		t.Errorf("%d: what was not shown is signed", got.status)
	}
	if got := sign(ana, digest(ana)); got.status != http.StatusSeeOther {
		t.Fatalf("%d %.400s", got.status, got.body)
	}
	if got := sign(ana, digest(ana)); !strings.Contains(got.body, "Another person must sign too") {
		t.Errorf("%d: one person signs twice", got.status)
	}
	if got := sign(ben, digest(ben)); got.status != http.StatusSeeOther {
		t.Fatalf("%d %.400s", got.status, got.body)
	}
	for _, want := range []string{"signed by two people", "Signed by <bdi>ana</bdi>", "Signed by <bdi>ben</bdi>", "Estimated, undocumented", "<svg", "civilians killed", "Every run on these lists", "refused", "missing strata make", "How to cite"} {
		if got := ben.get(page); !strings.Contains(got.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got := ana.post(page+"/withdraw", url.Values{"form": {"withdraw"}}); !strings.Contains(got.body, "say why it stands no more") {
		t.Errorf("%d: withdrawn without a reason", got.status)
	}
	if got := ana.post(page+"/withdraw", url.Values{"form": {"withdraw"}, "why": {"a list was read twice"}}); got.status != http.StatusSeeOther {
		t.Fatalf("%d %.400s", got.status, got.body)
	}
	if got := cem.get(page); !strings.Contains(got.body, "None of these numbers stands") || strings.Contains(got.body, `action="`+page+`/sign"`) {
		t.Error("what is withdrawn is not shown so")
	}
	if got := cem.get("/estimates"); !strings.Contains(got.body, "withdrawn") || !strings.Contains(got.body, e.Title) {
		t.Error("what is withdrawn is not among the others")
	}
}

func TestFilesOfAnEstimate(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	e := w.estimated()
	ana := w.as("ana")
	for _, test := range []struct {
		name, begins string
		status       int
	}{
		{"histories.csv", "sex,hospital,press,families,count\n", http.StatusOK},
		{"report.html", "<!DOCTYPE html>", http.StatusOK},
		{"draws-1.csv", "method,sex,draw,population\nlcmcr,man,1,", http.StatusOK},
		{"draws-1.parquet", "PAR1", http.StatusOK},
		{"draws-2.csv", "", http.StatusNotFound},
		{"draws-x.csv", "", http.StatusNotFound},
		{"cairn.db", "", http.StatusNotFound},
	} {
		got := ana.get("/estimates/" + e.ID + "/" + test.name)
		if got.status != test.status || test.status == http.StatusOK && !strings.HasPrefix(got.body, test.begins) {
			t.Errorf("%s: %d %.80q", test.name, got.status, got.body)
		}
	}
	if got := ana.get("/estimates/e999"); got.status != http.StatusNotFound {
		t.Errorf("no such estimate: %d", got.status)
	}
}

// The pages of estimates have words in every language but for what methods say of
// themselves, which is marked as English.
func TestEstimatesHaveWordsInEveryLanguage(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	ana := w.as("ana")
	w.lists()
	kept, signed, gone := w.estimated(), w.estimated(), w.estimated()
	for _, e := range []cairn.Estimate{signed, gone} {
		if _, err := w.record.As("ana").ProposeEstimate(ctx, e.ID, cairn.EstimateChoice{Run: 1, Methods: []string{"dga"}, Why: "it is exact"}); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"ana", "ben"} {
			if _, err := w.record.As(who).SignEstimate(ctx, e.ID, "", "read"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := w.record.As("ana").WithdrawEstimate(ctx, gone.ID, "a list was read twice"); err != nil {
		t.Fatal(err)
	}
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, path := range []string{"/estimates", "/estimates/" + kept.ID, "/estimates/" + signed.ID, "/estimates/" + gone.ID} {
		pages = append(pages, ana.get(path).body)
	}
	for tag, of := range tongues {
		if all := untold(t, spokenOn(pages), of, "Civilians killed in Orvane whom no list names", "lcmcr", "dga", "loglinear", "sparse", "coverage", "chao", "CSV", "Parquet"); len(all) > 0 {
			t.Errorf("%s has no words for %d:\n%s", tag, len(all), strings.Join(all, "\n"))
		}
	}
}

// An estimate is made of the lists of the record as long work; what is wrong in the
// form stands at its field.
func TestAnEstimateIsMadeAtTheDesk(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	if got := ana.get("/estimates"); strings.Contains(got.body, "Estimate from the lists of victims") {
		t.Error("there are no lists, and yet a form to estimate from them")
	}
	w.lists()
	form := url.Values{"form": {"make"}, "title": {"Civilians killed in Orvane"}, "class": {"civilian"}, "direct": {"direct"}, "from": {"2031-05"}, "linkages": {"last"}}
	for field, want := range map[string]string{"title": "Say in words what is estimated", "direct": "Say whether by violence itself", "class": "Say whose deaths"} {
		lacking := url.Values{}
		for k, v := range form {
			if k != field {
				lacking[k] = v
			}
		}
		if got := ana.post("/estimates", lacking); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, want) {
			t.Errorf("without %s: %d, without %q", field, got.status, want)
		}
	}
	if got := ana.post("/estimates", form); got.status != http.StatusSeeOther {
		t.Fatalf("%d %.400s", got.status, got.body)
	}
	if job := ana.done(cairn.EstimateJob); job.State != cairn.JobDone || job.Counts["runs"] == 0 {
		t.Fatalf("%+v", job)
	}
	if got := ana.get("/estimates.json"); !strings.Contains(got.body, `"title":"Civilians killed in Orvane"`) || !strings.Contains(got.body, `"state":"kept"`) {
		t.Errorf("%.400s", got.body)
	}
}
