package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// The people of these lists are invented.
const (
	ministryList = "id,name,age,sex,place,date,incident\n7001,سامي يوسف حداد,34,m,Orvane,2031-05-03,T1\n7002,Lina Haddad,6 months,f,Orvane,2031-05-03,\n7003,Omar Selim,40,m,Selm Bridge,2031-02-01,\n7004,Faris Zaytun,62,m,Orvane,2031-05-03,\n"
	monitorList  = "name,age,place,date\nSami Yusuf Haddad,,,\nLina Haddad,,,\n"
)

// lists brings in two lists of victims, links them, and has a reader ask for
// somebody to be taken down.
func (w *workshop) lists() {
	w.t.Helper()
	for _, list := range [][2]string{{"Ministry", ministryList}, {"Monitor", monitorList}} {
		name, text := list[0], list[1]
		path := filepath.Join(w.t.TempDir(), name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.record.ImportList(ctx, []string{path}, recorder.Roll{Of: name}, recorder.Progress{}); err != nil {
			w.t.Fatal(err)
		}
	}
	if _, err := w.record.LinkPersons(ctx, func(string) {}); err != nil {
		w.t.Fatal(err)
	}
	if err := w.record.TakeLetter(ctx, cairn.Letter{Kind: cairn.IsAlive, Text: "My brother is not dead.", Contact: "reader@example.org", Relation: "family"}); err != nil {
		w.t.Fatal(err)
	}
	for _, who := range []string{"ana", "ben"} {
		people, err := w.record.People(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if left := people.ToLabel(nil, ""); len(left) > 1 {
			says := map[string]cairn.LabelSays{"ana": cairn.SamePerson, "ben": cairn.OtherPerson}[who]
			if _, err := w.record.As(who).LabelPair(ctx, left[len(left)-1].A, left[len(left)-1].B, says, ""); err != nil {
				w.t.Fatal(err)
			}
		}
	}
}

func TestPersonsAreFoundJudgedAndShown(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("ben", cairn.Reviewer, "tarn")
	w.lists()
	ana, ben := w.as("ana"), w.as("ben")
	page := ana.get("/persons").body
	for _, want := range []string{"Of no incident", "Omar Selim", "May be victims of", "Faris Zaytun", "Families", "1 request"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of persons does not say %q", want)
		}
	}
	if found := ana.get("/persons?q=7003").body; !strings.Contains(found, "Omar Selim") {
		t.Error("nobody is found by what a list calls them")
	}
	id := idOf(t, w, "Faris Zaytun")
	if got := ana.post("/persons/"+id+"/judge", url.Values{"form": {"appears"}, "incident": {"T99"}, "why": {"asked"}}); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "There is no such incident") || !strings.Contains(got.body, `value="asked"`) {
		t.Errorf("an incident that is not there answers %d; what was typed must stay", got.status)
	}
	if got := ana.post("/persons/"+id+"/judge", url.Values{"form": {"appears"}, "incident": {"T1"}, "why": {"asked"}}); got.status != http.StatusSeeOther {
		t.Fatalf("a victim answers %d %s", got.status, got.body)
	}
	if page := ana.get("/persons/" + id).body; !strings.Contains(page, "victim of") || strings.Contains(page, "Settle it") {
		t.Error("the page does not say of what they are a victim, or lets a researcher settle what is seen")
	}
	if got := ana.post("/persons/"+id+"/show", url.Values{"form": {"suppress"}, "authority": {"his wife"}, "why": {"asked"}}); got.status != http.StatusForbidden {
		t.Errorf("a researcher who suppresses answers %d", got.status)
	}
	if got := ben.post("/persons/"+id+"/show", url.Values{"form": {"suppress"}, "why": {"asked"}}); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "say by whose authority") {
		t.Errorf("without an authority it answers %d", got.status)
	}
	if got := ben.post("/persons/"+id+"/show", url.Values{"form": {"suppress"}, "authority": {"his wife"}, "why": {"asked"}}); got.status != http.StatusSeeOther {
		t.Errorf("a reviewer who suppresses answers %d", got.status)
	}
	if page := ben.get("/persons/" + id).body; !strings.Contains(page, "his wife") || !strings.Contains(page, "the public sees nothing") {
		t.Error("the page does not say what is seen and by whose authority")
	}
	if got := ana.get("/persons/nobody"); got.status != http.StatusNotFound {
		t.Errorf("a person who is not there answers %d", got.status)
	}
	if again := ana.get("/persons/" + id + ".json"); again.status != http.StatusOK || !strings.Contains(again.body, `"id":"`+id+`"`) {
		t.Errorf("the page as JSON answers %d", again.status)
	}
}

// idOf returns the identifier of somebody by name.
func idOf(t *testing.T, w *workshop, name string) string {
	t.Helper()
	people, err := w.record.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people.Persons {
		if p.Name() == name {
			return p.ID
		}
	}
	t.Fatalf("nobody is called %s", name)
	return ""
}

func TestPairsAreLabelledBlindly(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("ben", cairn.Reviewer, "tarn")
	w.lists()
	ana, ben := w.as("ana"), w.as("ben")
	people, err := w.record.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	m := people.ToLabel(nil, "")[0]
	page := ben.get("/persons/pairs").body
	if !strings.Contains(page, `value="`+m.A+`"`) || strings.Contains(page, "ana") || !strings.Contains(page, `class="fall"`) {
		t.Error("the page shows another pair, who labelled it, or no waterfall")
	}
	label := func(b *browserless, says string) answered {
		return b.post("/persons/pairs", url.Values{"form": {"label"}, "a": {m.A}, "b": {m.B}, "says": {says}})
	}
	if got := label(ana, "perhaps"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("another answer is taken: %d", got.status)
	}
	if got := label(ana, "same"); got.status != http.StatusSeeOther || strings.Contains(got.to, "undo") {
		t.Fatalf("the first label answers %d, %s", got.status, got.to)
	}
	if got := label(ben, "same"); got.status != http.StatusSeeOther || !strings.Contains(got.to, "undo=j") {
		t.Fatalf("the second, which agrees, answers %d, %s", got.status, got.to)
	}
	if page := ben.get("/persons/agreement").body; !strings.Contains(page, "<bdi>ana</bdi> and <bdi>ben</bdi>") {
		t.Error("the agreement is not told")
	}
	if got := ana.get("/persons/agreement"); got.status != http.StatusForbidden {
		t.Errorf("who labels reads what others said: %d", got.status)
	}
}

func TestRequestsAreCheckedAndDecided(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("ben", cairn.Reviewer, "tarn")
	w.lists()
	ana, ben := w.as("ana"), w.as("ben")
	if page := ana.get("/persons/requests").body; !strings.Contains(page, "My brother is not dead") || strings.Contains(page, "reader@example.org") {
		t.Error("a researcher reads no letter, or how the reader is reached")
	}
	if page := ben.get("/persons/requests").body; !strings.Contains(page, "reader@example.org") {
		t.Error("a reviewer cannot reach the reader")
	}
	id := idOf(t, w, "Omar Selim")
	grant := url.Values{"form": {"decide-r1"}, "decision": {"granted"}, "person": {id}, "why": {"he came"}, "answer": {"We are glad."}}
	if got := ben.post("/persons/requests/r1/decide", grant); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "once it is known who asks") || !strings.Contains(got.body, "We are glad.") {
		t.Errorf("it is granted unchecked: %d", got.status)
	}
	if got := ana.post("/persons/requests/r1/check", url.Values{"form": {"check-r1"}, "outcome": {"proved"}, "how": {"by telephone"}}); got.status != http.StatusSeeOther {
		t.Fatalf("the check answers %d", got.status)
	}
	if got := ben.post("/persons/requests/r1/decide", grant); got.status != http.StatusSeeOther {
		t.Fatalf("the decision answers %d", got.status)
	}
	if page := ben.get("/persons/" + id).body; !strings.Contains(page, "found alive") {
		t.Error("nobody was found alive")
	}
}

// TestNothingOfAListIsForViewers looks through every page, and its twin, that those
// may read who do not work on the record.
func TestNothingOfAListIsForViewers(t *testing.T) {
	w := newWorkshop(t)
	w.account("ben", cairn.Reviewer, "tarn")
	w.account("vera", cairn.Viewer, "tarn")
	w.account("dana", cairn.DataViewer, "tarn")
	w.lists()
	ben := w.as("ben")
	id := idOf(t, w, "Faris Zaytun")
	for path, form := range map[string]url.Values{"judge": {"form": {"appears"}, "incident": {"T1"}}, "show": {"form": {"show"}, "display": {"initials"}, "authority": {"his wife Samira"}, "why": {"Faris has a brother in hiding"}}} {
		if got := ben.post("/persons/"+id+"/"+path, form); got.status != http.StatusSeeOther {
			t.Fatalf("%s answers %d", path, got.status)
		}
	}
	looked := 0
	for _, who := range []string{"vera", "dana"} {
		b := w.as(who)
		for _, p := range append(routes, deskRoutes...) {
			for _, path := range []string{example(p.path), example(p.path) + ".json"} {
				got := b.get(path)
				if got.status != http.StatusOK {
					continue
				}
				looked++
				for _, secret := range []string{"7001", "7004", "ministry/", "Faris", "Zaytun", "Omar Selim", "Samira"} {
					if strings.Contains(got.body, secret) {
						t.Errorf("%s shows %q to %s", path, secret, who)
					}
				}
			}
		}
	}
	if looked < 20 {
		t.Errorf("only %d pages were looked at", looked)
	}
}

// The pages of persons have words in every language.
func TestPersonsHaveWordsInEveryLanguage(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	w.lists()
	ana := w.as("ana")
	id := idOf(t, w, "Faris Zaytun")
	if got := ana.post("/persons/"+id+"/show", url.Values{"form": {"show"}, "display": {"initials"}, "authority": {"his wife"}, "why": {"asked"}}); got.status != http.StatusSeeOther {
		t.Fatal(got.status)
	}
	var pages []string
	for _, path := range []string{"/persons", "/persons?q=7003", "/persons/" + id, "/persons/" + idOf(t, w, "Lina Haddad"), "/persons/pairs", "/persons/agreement", "/persons/requests"} {
		pages = append(pages, ana.get(path).body)
	}
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag, of := range tongues {
		if all := untold(t, spokenOn(pages), of, "Ministry", "Monitor", "Lina", "Faris", "Zaytun", "Haddad"); len(all) > 0 {
			t.Errorf("%s has no words for %d:\n%s", tag, len(all), strings.Join(all, "\n"))
		}
	}
}
