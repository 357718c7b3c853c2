package site

import (
	"bytes"
	"compress/gzip"
	"regexp"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/capture/capturetest"
)

// The most that a visit may load, compressed, fonts aside.
const (
	mapBudget  = 1_300_000
	pageBudget = 60_000
)

var loads = regexp.MustCompile(`(?:src|href)="([^"]+\.(?:js|css|svg))"`)

func zipped(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	must(t, w.Close())
	return b.Len()
}

// TestVisitsAreLight holds the pages of 444 incidents to what a slow line bears.
func TestVisitsAreLight(t *testing.T) {
	if _, err := dist.ReadFile("dist/map.js"); err != nil {
		capturetest.Missing(t, "no map to weigh: npm ci --ignore-scripts, go run ./site/build")
	}
	record := example(t, "raqqa")
	_, err := record.Publish(ctx, "")
	must(t, err)
	for name, settings := range map[string]Settings{"served": {}, "folder": {Static: true}} {
		s := pages(t, record, settings)
		x, err := s.index(ctx)
		must(t, err)
		for _, r := range routes {
			path, budget := "en/"+r.path, pageBudget
			if r.names != nil && len(r.names(x)) == 0 { // no estimate is published
				continue
			}
			if r.names != nil {
				path = "en/" + strings.Replace(r.path, "{name}", r.names(x)[0], 1)
			}
			page := get(t, s, "/"+path).Body.Bytes()
			size := zipped(t, page)
			wanted := map[string]bool{}
			for _, found := range loads.FindAllSubmatch(page, -1) {
				wanted[strings.TrimLeft(string(found[1]), "./")] = true
			}
			selects := r.template == "explore" || r.template == "totals" || r.template == "embed"
			if r.template == "explore" {
				budget = mapBudget
				wanted[s.assets.address("map.js")], wanted[s.assets.address("map.css")] = true, true
			}
			if settings.Static && selects {
				wanted[s.assets.address("explore.js")], wanted["data/site.js"] = true, true
			}
			for file := range wanted {
				size += zipped(t, get(t, s, "/"+file).Body.Bytes())
			}
			if t.Logf("%s %s: %d bytes", name, path, size); size > budget {
				t.Errorf("%s %s loads %d bytes, more than %d", name, path, size, budget)
			}
		}
	}
}

// TestTenThousandIncidentsFitIntoAVisit holds what a folder of many incidents loads
// for its map.
func TestTenThousandIncidentsFitIntoAVisit(t *testing.T) {
	if _, err := dist.ReadFile("dist/map.js"); err != nil {
		capturetest.Missing(t, "no map to weigh: npm ci --ignore-scripts, go run ./site/build")
	}
	var many shelf
	for k := range 10_000 {
		many.listings = append(many.listings, listed(k))
	}
	s, err := New(many, Settings{Static: true})
	must(t, err)
	size := 0
	for _, path := range []string{"en/map.html", "data/site.js", s.assets.address("map.js"), s.assets.address("map.css"), s.assets.address("explore.js"), s.assets.address("site.js"), s.assets.address("site.css"), s.assets.address("fonts.css")} {
		size += zipped(t, get(t, s, "/"+path).Body.Bytes())
	}
	if t.Logf("%d bytes", size); size > mapBudget {
		t.Errorf("a first visit loads %d bytes, more than %d", size, mapBudget)
	}
}
