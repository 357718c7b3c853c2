package site

import (
	"path/filepath"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/publish"
)

// searching searches a folder by words, as a reader does who presses Enter, and
// returns how long the median takes until the page has changed, in milliseconds.
const searching = `(() => {
	const form = document.querySelector("[data-filter]"), took = [], seen = [];
	for (const text of ["place 12", "m00123", "northern", "place 1999", "army", "airstrike", "m0099", "place 3", "nowhere at all"]) {
		form.elements.text.value = text;
		const begun = performance.now();
		form.requestSubmit();
		document.body.getBoundingClientRect();
		took.push(performance.now() - begun);
		seen.push(document.querySelectorAll("[data-rows] tr").length);
	}
	return { median: took.sort((a, b) => a - b)[Math.floor(took.length / 2)], seen };
})()`

// TestTenThousandIncidentsAreSearchedAtOnce holds the search of a folder, which no
// server answers, to what feels like none at all.
func TestTenThousandIncidentsAreSearchedAtOnce(t *testing.T) {
	var many shelf
	for k := range 10_000 {
		many.listings = append(many.listings, listed(k))
	}
	s, err := New(many, Settings{Static: true})
	must(t, err)
	dir, err := filepath.Abs(filepath.Join(t.TempDir(), "out"))
	must(t, err)
	_, err = publish.Folder(ctx, dir, s, append([]string{"index.html", "en/map.html", "data/site.js"}, s.assets.paths()...), cairn.Release{Number: 1})
	must(t, err)
	r := open(t, browser(t), "file://"+dir+"/")
	r.visit("en/map.html")
	r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
	found := ask[struct {
		Median float64 `json:"median"`
		Seen   []int   `json:"seen"`
	}](r, searching)
	t.Logf("%.0f ms, rows %v", found.Median, found.Seen)
	if found.Seen[0] == 0 || found.Seen[8] != 0 {
		t.Errorf("it found %v rows", found.Seen)
	}
	if found.Median > 100 {
		t.Errorf("a search of 10,000 incidents takes %.0f ms", found.Median)
	}
}
