package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestAWorkThatRefersToAnIncidentIsRecordedAndTakenBack(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	got := ana.post("/incidents/T1/judge", url.Values{"form": {"refer"}, "as": {"court"}, "title": {"Judgment of the first instance"}, "by": {"Court of Tarn"}, "on": {"2033-01"}, "place": {"paragraph 12"}, "link": {"https://court.example/12"}, "why": {"sent by the registry"}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("a reference answers %d %s", got.status, got.body)
	}
	page := ana.get("/incidents/T1/work").body
	for _, want := range []string{"Works that refer to it", "A court", "Court of Tarn", "Judgment of the first instance", `href="https://court.example/12"`, "paragraph 12", "recorded a work that refers to"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	decided, err := w.record.View().JudgementsOf(ctx, "tarn", "T1")
	if err != nil || len(decided) == 0 {
		t.Fatal(err)
	}
	if got := ana.post("/undo", url.Values{"judgement": {decided[len(decided)-1].ID}, "to": {"/incidents/T1/work"}}); got.status != http.StatusSeeOther {
		t.Fatalf("it cannot be taken back: %d %s", got.status, got.body)
	}
	if page := ana.get("/incidents/T1/work").body; strings.Contains(page, "Works that refer to it") {
		t.Error("it is still shown")
	}
}

func TestWhoeverWorksOnAnIncidentSeesItsVictims(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("vera", cairn.DataViewer, "tarn")
	w.lists()
	page := w.as("ana").get("/incidents/T1/work").body
	for _, want := range []string{`<h2 id="victims">Victims</h2>`, "سامي يوسف حداد", `href="/persons/p1"`, "Ministry"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, path := range []string{"/incidents/T1/work", "/incidents/T1/work.json", "/incidents/T1", "/incidents/T1.json"} {
		if got := w.as("vera").get(path); strings.Contains(got.body, "حداد") && strings.Contains(got.body, "/persons/") {
			t.Errorf("%s names a victim to a viewer of data", path)
		}
	}
}
