package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestSelectionsAreKept(t *testing.T) {
	w := newWorkshop(t)
	for _, name := range []string{"ana", "ben"} {
		w.account(name, cairn.DataViewer, "tarn")
	}
	ana, ben := w.as("ana"), w.as("ben")
	kept := ana.post("/filters", url.Values{"name": {" Orvane  in May "}, "to": {"/incidents?place=Orvane&from=2031-05&after=T1"}})
	if kept.to != "/incidents?from=2031-05&place=Orvane" {
		t.Fatalf("keeping a selection leads to %d %s", kept.status, kept.to)
	}
	page := ana.get("/incidents").body
	if !strings.Contains(page, `<a href="/incidents?from=2031-05&amp;place=Orvane"><bdi>Orvane in May</bdi></a>`) {
		t.Error("what was kept is not on its page")
	}
	for what, body := range map[string]string{"another page": ana.get("/documents").body, "another's page": ben.get("/incidents").body} {
		if strings.Contains(body, "Orvane in May") {
			t.Errorf("%s shows what was kept", what)
		}
	}
	for name, form := range map[string]url.Values{"no name": {"to": {"/incidents"}}, "a page without a selection": {"name": {"x"}, "to": {"/people"}}, "another host": {"name": {"x"}, "to": {"//elsewhere.example/incidents"}}} {
		if got := ana.post("/filters", form); got.status < 400 || got.status >= 500 {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	_, key, _ := strings.Cut(page, `name="key" value="`)
	key, _, _ = strings.Cut(key, `"`)
	if got := ben.post("/filters/drop", url.Values{"key": {key}, "to": {"/incidents"}}); got.status != http.StatusNotFound {
		t.Errorf("somebody else throws it away: %d", got.status)
	}
	if got := ana.post("/filters/drop", url.Values{"key": {key}, "to": {"/incidents"}}); got.to != "/incidents" || strings.Contains(ana.get("/incidents").body, "Orvane in May") {
		t.Errorf("thrown away, it is still there: %d", got.status)
	}
}
