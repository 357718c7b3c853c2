package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// testimonyOf returns the first claim of a document in an incident.
func testimonyOf(t testing.TB, w *workshop, code, document string) cairn.Testimony {
	t.Helper()
	all, err := w.record.View().Testimonies(ctx, "tarn", code)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Ref.Document == document {
			return one
		}
	}
	t.Fatalf("%s has nothing of %s", code, document)
	return cairn.Testimony{}
}

// editedFigure returns the parts of a claim with another figure.
func editedFigure(c cairn.Claim, figure string) recorder.ClaimEdit {
	e := recorder.EditOf(c)
	e.Figure = figure
	return e
}

func waitingIn(t testing.TB, b *browserless) string {
	t.Helper()
	var page struct {
		Waiting []struct {
			Document cairn.Document `json:"document"`
			Repeats  []repeat       `json:"repeats"`
		} `json:"waiting"`
	}
	got := b.get("/inbox.json")
	if err := json.Unmarshal([]byte(got.body), &page); err != nil {
		t.Fatalf("%d: %v", got.status, err)
	}
	var ids []string
	for _, w := range page.Waiting {
		ids = append(ids, w.Document.ID)
		for _, r := range w.Repeats {
			ids = append(ids, "("+r.ID+")")
		}
	}
	return strings.Join(ids, " ")
}

func TestTheInboxIsWorkedThrough(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	if got := waitingIn(t, ana); got != "wire shabaka selm herald" {
		t.Fatalf("waiting are %q", got)
	}
	done := ana.post("/inbox", url.Values{"do": {"accept wire"}, "language": {"en"}})
	if !strings.HasPrefix(done.to, "/inbox?") || !strings.Contains(done.to, "language=en") {
		t.Errorf("accepting leads to %s and forgets the filter", done.to)
	}
	page := ana.get(done.to)
	if !strings.Contains(page.body, "wire accepted") || !strings.Contains(page.body, `data-key="u"`) {
		t.Error("what was done is neither told nor to be undone")
	}
	to, _ := url.Parse(done.to)
	undone := ana.post("/undo", url.Values{"judgement": {to.Query().Get("undo")}, "to": {"/inbox"}})
	if got := waitingIn(t, ana); undone.to != "/inbox" || got != "wire shabaka selm herald" {
		t.Errorf("undone, it leads to %s, and waiting are %q", undone.to, got)
	}
	ana.post("/inbox", url.Values{"do": {"accept"}, "document": {"wire", "shabaka", "herald"}})
	if got := waitingIn(t, ana); got != "selm" {
		t.Errorf("after three at once, waiting are %q", got)
	}
	bad := ana.post("/inbox", url.Values{"do": {"attach selm"}, "to-selm": {"T99"}})
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, "There is no incident T99") {
		t.Errorf("an incident that there is not: %d", bad.status)
	}
	for name, form := range map[string]url.Values{"nothing ticked": {"do": {"accept"}}, "nothing to do": {"do": {"burn selm"}}, "attached to nothing": {"do": {"attach selm"}}} {
		if got := ana.post("/inbox", form); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	ana.post("/inbox", url.Values{"do": {"attach selm"}, "to-selm": {"T1"}})
	if got := waitingIn(t, ana); got != "" {
		t.Errorf("in the end, waiting are %q", got)
	}
	if i, err := w.record.View().Incident(ctx, "tarn", "T2"); err != nil || i.Code != "T1" {
		t.Errorf("T2 is now %s, %v", i.Code, err)
	}
	acts, err := w.record.View().Acts(ctx, 0, 0)
	if last := acts[len(acts)-1]; err != nil || last.Who != "ana" {
		t.Errorf("the last act is of %s, %v", last.Who, err)
	}
}

// formOf returns the values of a claim's form.
func formOf(c cairn.Testimony, code string, change url.Values) url.Values {
	e := recorder.EditOf(c.Claim)
	form := url.Values{"form": {"claim-1"}, "incident": {code}, "reading": {c.Ref.Reading}, "n": {strconv.Itoa(c.Ref.N)}, "figure": {e.Figure}, "harm": {e.Harm}, "class": {e.Class},
		"place": {e.Place}, "from": {e.From}, "to": {e.To}, "party": {e.Party}, "says": {e.Says}, "stance": {e.Stance}, "why": {""}}
	for name, values := range change {
		form[name] = values
	}
	return form
}

func TestAClaimIsCorrectedAtTheDesk(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	c := testimonyOf(t, w, "T1", "herald")
	before, _ := w.record.View().LastAct(ctx)
	var p previewed
	got := ana.post("/code/herald/preview", formOf(c, "T1", url.Values{"figure": {"at least 19"}}))
	if err := json.Unmarshal([]byte(got.body), &p); err != nil || p.Range != "19 or more" && !strings.Contains(p.Range, "19") || !strings.Contains(strings.Join(p.After, " "), "19") {
		t.Errorf("the preview is %+v, %v", p, err)
	}
	if after, _ := w.record.View().LastAct(ctx); after != before {
		t.Error("a preview is an act")
	}
	for _, test := range []struct{ field, value string }{{"figure", "somehow"}, {"harm", "slain"}, {"class", "people"}, {"place", "Atlantis of the North"},
		{"from", "yesterday"}, {"to", "then"}, {"stance", "hopes"}} {
		bad := ana.post("/code/herald/correct", formOf(c, "T1", url.Values{test.field: {test.value}, "why": {"kept as typed"}}))
		if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, `id="claim-1-`+test.field+`-fault"`) || !strings.Contains(bad.body, "kept as typed") {
			t.Errorf("%s %q: %d, without a message at the field or the rest", test.field, test.value, bad.status)
		}
	}
	if done := ana.post("/code/herald/correct", formOf(c, "T1", url.Values{"figure": {"19"}})); !strings.HasPrefix(done.to, "/code/herald") {
		t.Fatalf("correcting answers %d %s", done.status, done.body)
	}
	if page := ana.get("/code/herald").body; !strings.Contains(page, "as a person read it") || !strings.Contains(page, "What persons decided here") {
		t.Error("the page does not say that a person corrected it")
	}
	if page := ana.get("/incidents/T1").body; !strings.Contains(page, "was corrected by ana") {
		t.Error("the incident does not say that a claim was corrected")
	}
	for _, test := range []struct{ name, words, start, fault string }{
		{"words that stand there", "At least 12 people were injured", "", ""},
		{"words that do not", "Forty people", "", "words"},
		{"none", "", "", "words"},
		{"words that stand twice, told apart", "n", "9", ""},
		{"words that stand twice", "n", "", "words"},
		{"an offset that lies", "At least 12 people were injured", "900", ""},
	} {
		got := ana.post("/code/herald/add", url.Values{"form": {"add"}, "words": {test.words}, "start": {test.start}, "harm": {"injured"}, "class": {"civilian"}, "incident": {"T1"}})
		if failed := strings.Contains(got.body, `id="add-words-fault"`); failed != (test.fault != "") {
			t.Errorf("%s: %d", test.name, got.status)
		}
	}
	reject := formOf(testimonyOf(t, w, "T1", "wire"), "T1", url.Values{"reject": {"1"}})
	if done := ana.post("/code/wire/correct", reject); done.to != "/code/wire" {
		t.Errorf("rejecting answers %d %s", done.status, done.body)
	}
}

func TestDraftsAreKept(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("ben", cairn.Researcher, "tarn")
	ana := w.as("ana")
	if got := ana.post("/drafts", url.Values{"form": {"comment"}, "draft-page": {"/incidents/T1/work"}, "text": {"half a sentence that"}}); got.status != 200 {
		t.Fatalf("keeping a draft answers %d", got.status)
	}
	if page := w.as("ana").get("/incidents/T1/work").body; !strings.Contains(page, "half a sentence that") || !strings.Contains(page, "did not send") {
		t.Error("another session of the same person does not show the draft")
	}
	if page := w.as("ben").get("/incidents/T1/work").body; strings.Contains(page, "half a sentence that") {
		t.Error("somebody else reads the draft")
	}
	ana.post("/incidents/T1/comment", url.Values{"form": {"comment"}, "text": {"half a sentence that ends."}})
	page := ana.get("/incidents/T1/work").body
	if strings.Contains(page, "did not send") || !strings.Contains(page, "half a sentence that ends.") {
		t.Error("the draft outlives what was sent")
	}
	ana.post("/drafts", url.Values{"form": {"comment"}, "draft-page": {"/incidents/T1/work"}, "text": {"never mind"}})
	if got := ana.post("/drafts/discard", url.Values{"form": {"comment"}, "draft-page": {"/incidents/T1/work"}}); got.to != "/incidents/T1/work" {
		t.Errorf("throwing a draft away leads to %q", got.to)
	}
	if page := ana.get("/incidents/T1/work").body; strings.Contains(page, "never mind") {
		t.Error("a draft that was thrown away is still there")
	}
	if got := ana.post("/drafts/discard", url.Values{"form": {"comment"}, "draft-page": {"//elsewhere.example"}}); got.to != "" {
		t.Errorf("throwing away leads to %q", got.to)
	}
}

func TestTwoAtOnce(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("ben", cairn.Researcher, "tarn")
	ana, ben := w.as("ana"), w.as("ben")
	seen, err := w.record.View().LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mark := strconv.Itoa(seen)
	first := ana.post("/incidents/T1/judge", url.Values{"form": {"override"}, "seen": {mark}, "field": {"grading"}, "value": {"weak"}, "why": {"too thin"}})
	if first.to != "/incidents/T1/work" {
		t.Fatalf("the first answers %d %s", first.status, first.body)
	}
	second := ben.post("/incidents/T1/judge", url.Values{"form": {"override"}, "seen": {mark}, "field": {"grading"}, "value": {"confirmed"}, "why": {"the mayor said so to me"}})
	if second.status != http.StatusConflict || !strings.Contains(second.body, "the mayor said so to me") || !strings.Contains(second.body, "too thin") {
		t.Errorf("the second answers %d, without both", second.status)
	}
	a, err := w.record.View().Assessment(ctx, "tarn", "T1")
	if err != nil || a.Grade != cairn.Weak {
		t.Errorf("the first is lost: %s, %v", a.Grade, err)
	}
	at := strings.Index(second.body, `name="seen" value="`) + len(`name="seen" value="`)
	now := second.body[at : at+strings.Index(second.body[at:], `"`)]
	if now == mark {
		t.Fatal("the form would be stale for ever")
	}
	again := ben.post("/incidents/T1/judge", url.Values{"form": {"override"}, "seen": {now}, "field": {"grading"}, "value": {"confirmed"}, "why": {"the mayor said so to me"}})
	if again.to != "/incidents/T1/work" {
		t.Errorf("sent again, having seen both: %d", again.status)
	}
}

func TestEveryFormOfAnIncidentSaysWhatIsWrong(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	ana := w.as("ana")
	for _, test := range []struct {
		form, at string
		values   url.Values
	}{
		{"merge", "others", url.Values{"others": {""}}},
		{"merge", "others", url.Values{"others": {"T99"}}},
		{"merge", "others", url.Values{"others": {"T1"}}},
		{"apart", "others", url.Values{"others": {"T99"}}},
		{"relate", "others", url.Values{"others": {""}, "as": {"same_attack"}}},
		{"split", "documents", url.Values{}},
		{"split", "to", url.Values{"documents": {"herald"}, "to": {"T99"}}},
		{"override", "value", url.Values{"field": {"grading"}, "value": {"splendid"}}},
		{"override", "value", url.Values{"field": {"killed"}, "value": {"many"}}},
		{"position", "party", url.Values{"party": {""}, "result": {"credible"}}},
		{"position", "on", url.Values{"party": {"Tarn Air Force"}, "result": {"credible"}, "on": {"someday"}}},
		{"position", "link", url.Values{"party": {"Tarn Air Force"}, "result": {"credible"}, "link": {"javascript:1"}}},
		{"refer", "title", url.Values{"as": {"court"}, "title": {""}, "by": {"Court of Tarn"}}},
		{"refer", "by", url.Values{"as": {"court"}, "title": {"Judgment"}}},
		{"refer", "on", url.Values{"as": {"court"}, "title": {"Judgment"}, "by": {"Court of Tarn"}, "on": {"someday"}}},
		{"refer", "link", url.Values{"as": {"court"}, "title": {"Judgment"}, "by": {"Court of Tarn"}, "link": {"javascript:1"}}},
	} {
		form := url.Values{"form": {test.form}, "why": {"kept as typed"}}
		for name, values := range test.values {
			form[name] = values
		}
		got := ana.post("/incidents/T1/judge", form)
		found := strings.Contains(got.body, `id="`+test.form+`-`+test.at+`-fault"`)
		if test.at == "documents" {
			found = strings.Contains(got.body, "Tick what to take out.")
		}
		if got.status != http.StatusUnprocessableEntity || !found || !strings.Contains(got.body, "kept as typed") {
			t.Errorf("%s %v: %d, without a message at %s or the rest", test.form, test.values, got.status, test.at)
		}
	}
	for path, form := range map[string]url.Values{
		"/incidents/T1/comment": {"form": {"comment"}, "text": {" "}},
		"/incidents/T1/assign":  {"form": {"stage"}, "assignee": {"nobody"}},
		"/incidents/T1/sign":    {"form": {"sign"}, "revision": {"first"}, "why": {"kept as typed"}},
		"/incidents/T1/submit":  {"back": {"1"}},
		"/people/ana":           {"form": {"person-ana"}},
	} {
		if got := ana.post(path, form); got.status != http.StatusUnprocessableEntity && path != "/people/ana" {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

func TestASecondPersonSigns(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	w.account("ben", cairn.Reviewer, "tarn")
	ana, ben := w.as("ana"), w.as("ben")
	if got := ana.post("/code/herald/submit", nil); got.to != "/inbox" {
		t.Fatalf("submitting answers %d %s", got.status, got.body)
	}
	newest, err := w.record.View().Assessment(ctx, "tarn", "T1")
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"form": {"sign"}, "revision": {strconv.Itoa(newest.Revision)}, "why": {"I have read them"}}
	if got := ben.post("/incidents/T1/sign", form); !strings.Contains(got.body, "Tick each report") {
		t.Errorf("what nobody looked at is signed: %d", got.status)
	}
	form["looked"] = []string{"shabaka", "wire", "herald"}
	if got := ana.post("/incidents/T1/sign", form); !strings.Contains(got.body, "Two must stand behind it") {
		t.Errorf("who submitted signs: %d", got.status)
	}
	if got := ben.get("/review"); !strings.Contains(got.body, "/incidents/T1/work") {
		t.Error("the reviewer does not see it waiting")
	}
	if got := ben.post("/incidents/T1/sign", form); got.to != "/incidents/T1/work" {
		t.Errorf("the second signs: %d %s", got.status, got.body)
	}
	if page := ben.get("/incidents/T1/work").body; !strings.Contains(page, "Signed by <bdi>ben</bdi>") || !strings.Contains(page, "signed by: <b>ben</b>") {
		t.Error("neither the page nor the history of the field says who signed")
	}
	ana.post("/incidents/T1/comment", url.Values{"text": {"thank you, @ben"}})
	ana.post("/incidents/T1/comment", url.Values{"text": {"and the next, @ben"}})
	if page := ben.get("/review").body; !strings.Contains(page, "You were mentioned") || !strings.Contains(page, "the last of 2") {
		t.Error("two comments that mention somebody are not one line of news")
	}
}

func TestOneSearchFindsInAnyScript(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		w := workshopAt(t, where, nil)
		w.account("ana", cairn.Researcher, "tarn")
		ana := w.as("ana")
		for asked, want := range map[string]string{
			"Orvane":      "incidents T1; documents herald selm wire; places project:orvane",
			"أورفان":      "incidents T1; documents shabaka; places project:orvane",
			"T2":          "incidents T2; documents ; places ",
			"Selm bridge": "incidents T2; documents selm; places project:selm",
			"air force":   "incidents T1; documents wire; places ",
			"the mayor":   "incidents ; documents wire; places ",
			"رئيس":        "incidents ; documents shabaka; places ",
			"nothing of":  "incidents ; documents ; places ",
			"":            "incidents ; documents ; places ",
			"100%":        "incidents ; documents ; places ",
		} {
			var page searchView
			got := ana.get("/search.json?" + url.Values{"q": {asked}}.Encode())
			if err := json.Unmarshal([]byte(got.body), &page); err != nil {
				t.Fatalf("%q: %d, %v", asked, got.status, err)
			}
			var incidents, documents, places []string
			for _, i := range page.Incidents {
				incidents = append(incidents, i.Code)
			}
			for _, d := range page.Documents {
				documents = append(documents, d.Document.ID)
			}
			for _, p := range page.Places {
				places = append(places, p.ID)
			}
			slices.Sort(documents)
			said := "incidents " + strings.Join(incidents, " ") + "; documents " + strings.Join(documents, " ") + "; places " + strings.Join(places, " ")
			if said != want {
				t.Errorf("%q finds %s, want %s", asked, said, want)
			}
		}
	})
}

// Names on lists of victims are found by those who work on the record, and by nobody
// else; whoever spells one in another script is shown those that sound like it.
func TestOneSearchFindsNamesOfVictims(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		w := workshopAt(t, where, nil)
		w.lists()
		for name, role := range map[string]cairn.DeskRole{"rosa": cairn.Researcher, "vera": cairn.Viewer, "dana": cairn.DataViewer} {
			w.account(name, role, "tarn")
			for asked, want := range map[string]string{"haddad": "Lina Haddad, Sami Yusuf Haddad, Lina Haddad;", "sami had": "Sami Yusuf Haddad;", "سامي": "سامي يوسف حداد;", "faris": "Faris Zaytun;", "عمر سليم": ";Omar Selim", "7003": ";", "Orvane": ";"} {
				var page searchView
				got := w.as(name).get("/search.json?" + url.Values{"q": {asked}}.Encode())
				if err := json.Unmarshal([]byte(got.body), &page); err != nil {
					t.Fatalf("%q: %d, %v", asked, got.status, err)
				}
				var names, sounding []string
				for _, n := range page.Names {
					names = append(names, n.Name)
				}
				for _, n := range page.Sounding {
					sounding = append(sounding, n.Name)
				}
				if role != cairn.Researcher {
					want = ";"
				}
				if said := strings.Join(names, ", ") + ";" + strings.Join(sounding, ", "); said != want {
					t.Errorf("%q finds for a %s %s, want %s", asked, role, said, want)
				}
				if page := w.as(name).get("/search?" + url.Values{"q": {asked}}.Encode()).body; strings.Contains(page, "Victims by name") != (role == cairn.Researcher) {
					t.Errorf("the page of %q for a %s is wrong about names", asked, role)
				}
			}
		}
	})
}

// TestManyAtOnce has several people answer for the same documents at the same
// time, some over lines that break while they save: each document is answered
// once, by one of them, and everybody else is told.
func TestManyAtOnce(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		w := workshopAt(t, where, nil)
		names := []string{"ana", "ben", "cid", "dora"}
		var people []*browserless
		for _, name := range names {
			w.account(name, cairn.Researcher, "tarn")
			people = append(people, w.as(name))
		}
		documents := []string{"wire", "herald", "shabaka", "selm"}
		var all sync.WaitGroup
		var done, told atomic.Int64
		for n, b := range people {
			all.Go(func() {
				for k := range documents {
					form := url.Values{"do": {"accept " + documents[(k+n)%len(documents)]}}
					if n == 3 {
						b.cut("/inbox", form)
					}
					switch got := b.post("/inbox", form); {
					case got.status == http.StatusSeeOther:
						done.Add(1)
					case got.status == http.StatusUnprocessableEntity && strings.Contains(got.body, "already"):
						told.Add(1)
					default:
						t.Errorf("%s: %d %.200s", names[n], got.status, got.body)
					}
				}
			})
		}
		all.Wait()
		if got := waitingIn(t, people[0]); got != "" {
			t.Errorf("still waiting are %q", got)
		}
		judged, err := w.record.View().Judgements(ctx, "tarn")
		if err != nil || len(judged) != len(documents) {
			t.Errorf("%d judgements for %d documents, %v", len(judged), len(documents), err)
		}
		if done.Load()+told.Load() != int64(len(names)*len(documents)) || done.Load() > int64(len(documents)) {
			t.Errorf("%d were done, %d told", done.Load(), told.Load())
		}
	})
}

// cut sends a form and breaks the line before the answer comes.
func (b *browserless) cut(path string, form url.Values) {
	at, stop := context.WithTimeout(ctx, 2*time.Millisecond)
	defer stop()
	r, err := http.NewRequestWithContext(at, http.MethodPost, b.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if answer, err := b.client.Do(r); err == nil {
		answer.Body.Close()
	}
}
