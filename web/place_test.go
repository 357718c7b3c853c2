package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestWhereAnIncidentWasIsRecorded(t *testing.T) {
	w := newWorkshop(t)
	for name, role := range map[string]cairn.DeskRole{"ana": cairn.Researcher, "ben": cairn.Researcher, "vera": cairn.Viewer} {
		w.account(name, role, "tarn")
	}
	ana := w.as("ana")
	page := ana.get("/incidents/T1/place")
	if page.status != http.StatusOK || !strings.Contains(page.body, "<svg") || !strings.Contains(page.body, `href="?take=1#place"`) {
		t.Fatalf("the page of the place is %d %s", page.status, page.body)
	}
	sent := url.Values{"form": {"place"}, "seen": {"none"}, "name": {"Fell Market"}, "name-ar": {"سوق فيل"}, "lat": {"40.01, 50.02"}, "lon": {""}, "accuracy": {"within_100m"}, "metres": {"60"},
		"candidates": {"Old market | 40.1, 50.1 | its roof is another\nSquare | too wide"}, "images": {"https://pictures.example/1 | the minaret\nherald | the page"}, "public": {"the minaret lines up"}, "private": {"her balcony"}}
	for field, value := range map[string]string{"name": "", "lat": "here", "accuracy": "roughly", "metres": "far"} {
		bad := url.Values{}
		for k, v := range sent {
			bad[k] = v
		}
		bad.Set(field, value)
		if got := ana.post("/incidents/T1/place", bad); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "place-"+field+"-fault") || !strings.Contains(got.body, "her balcony") {
			t.Errorf("%s that cannot be: %d", field, got.status)
		}
	}
	if got := ana.post("/incidents/T1/place", sent); got.to != "/incidents/T1/place" {
		t.Fatalf("recording a place answers %d %s", got.status, got.body)
	}
	page = ana.get("/incidents/T1/place")
	for _, want := range []string{"Fell Market", "the minaret lines up", "her balcony", `href="https://pictures.example/1"`, `href="/documents/herald"`, "2 candidates that it is not", "60 m", `value="40.01"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page of the place does not have %q", want)
		}
	}
	if got := w.as("ben").post("/incidents/T1/place", sent); got.status != http.StatusConflict {
		t.Errorf("over what another recorded meanwhile: %d", got.status)
	}
	for _, path := range []string{"/incidents/T1", "/incidents/T1.json"} {
		if got := w.as("vera").get(path); got.status != http.StatusOK || strings.Contains(got.body, "her balcony") || !strings.Contains(got.body, "Fell Market") {
			t.Errorf("%s shows a viewer what is private, or not where it was: %d", path, got.status)
		}
	}
	if got := ana.get("/incidents/T1/place?take=1"); !strings.Contains(got.body, `value="40"`) {
		t.Error("taking an alternative does not fill the form")
	}
	i, err := w.record.View().Incident(ctx, "tarn", "T1")
	if err != nil || i.Where.Name != "Fell Market" || i.Where.Accuracy != cairn.Within100 {
		t.Errorf("T1 is at %+v, %v", i.Where, err)
	}
	c := testimonyOf(t, w, "T1", "herald")
	if got := ana.post("/code/herald/correct", formOf(c, "T1", url.Values{"place": {"Fell Market"}, "seen": {""}})); got.status != http.StatusSeeOther {
		t.Errorf("the place that was recorded is no place of the project: %d", got.status)
	}
}
