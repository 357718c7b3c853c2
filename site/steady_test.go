package site

import (
	"fmt"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// mostShift is how far a page may move by itself while it loads, as browsers
// reckon it (Layout Instability).
const mostShift = 0.01

// shifted is what moved by itself, without a reader's doing, since the page began.
const shifted = `new Promise((done) => {
	const all = [];
	const name = (s) => s.node?.nodeType === 1 ? s.node.outerHTML.slice(0, 90) : String(s.node?.textContent ?? "gone").trim().slice(0, 60);
	new PerformanceObserver((seen) => {
		for (const e of seen.getEntries()) if (!e.hadRecentInput) all.push({ value: e.value, what: e.sources.map((s) => name(s) + " " + s.previousRect.y + "+" + s.previousRect.height + " to " + s.currentRect.y + "+" + s.currentRect.height) });
	}).observe({ type: "layout-shift", buffered: true });
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done({ sum: all.reduce((n, e) => n + e.value, 0), what: all.flatMap((e) => e.what).slice(0, 6).join(" | ") }), 150)));
})`

// A shift is how far a page moved by itself, and what in it.
type shift struct {
	Sum  float64 `json:"sum"`
	What string  `json:"what"`
}

// TestPagesStandStill holds every page to what it is when it is first seen, where
// fonts and scripts come late.
func TestPagesStandStill(t *testing.T) {
	record := record(t)
	in := browser(t)
	dir, err := filepath.Abs(written(t, record))
	must(t, err)
	sites := map[string]string{"served": served(t, late(pages(t, record, Settings{Letters: &letters{}}))), "folder": served(t, late(http.FileServer(http.Dir(dir))))}
	for _, look := range []struct {
		from, tag string
		width     int64
	}{{"served", "en", 1280}, {"served", "en", 390}, {"served", "ar", 1280}, {"served", "uk", 390}, {"folder", "en", 1280}, {"folder", "ar", 390}} {
		r := open(t, in, sites[look.from])
		r.size(look.width, 900)
		for _, path := range checked(t, record) {
			path = look.tag + "/" + path
			r.anew()
			r.visit(path)
			r.until(`document.readyState === "complete" && document.fonts.status === "loaded"`)
			if look.from == "folder" && ask[bool](r, `document.querySelector("[data-words]") !== null`) {
				r.until(`document.documentElement.dataset.explored === "1"`)
			}
			if ask[bool](r, `document.querySelector(".page-explore [data-map]") !== null`) {
				r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
			}
			if moved := ask[shift](r, shifted, chromedp.EvalAwaitPromise); moved.Sum > mostShift {
				t.Errorf("%s (%s, %d) moves by %.3f: %s", path, look.from, look.width, moved.Sum, moved.What)
			}
		}
	}
}

// TestWhatMovesIsSeen holds the measure to what it measures.
func TestWhatMovesIsSeen(t *testing.T) {
	r := open(t, browser(t), served(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><div id="late"></div><p style="height: 300px; background: grey">under it</p><script>setTimeout(() => { document.getElementById("late").style.height = "200px"; document.title = "moved"; }, 300)</script>`)
	})))
	r.visit("")
	r.until(`document.title === "moved"`)
	if moved := ask[shift](r, shifted, chromedp.EvalAwaitPromise); moved.Sum <= mostShift || moved.What == "" {
		t.Errorf("it moves by %.3f: %s", moved.Sum, moved.What)
	}
}

// anew makes the next visit a first one.
func (r *reader) anew() {
	r.t.Helper()
	if _, err := chromedp.Call(r.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		r.t.Fatal(err)
	}
}

// late answers after the page has been seen, where fonts or scripts are asked for.
func late(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains([]string{".woff2", ".js", ".json"}, path.Ext(r.URL.Path)) || path.Base(r.URL.Path) == "map.css" {
			time.Sleep(250 * time.Millisecond)
		}
		h.ServeHTTP(w, r)
	})
}
