package site

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture/capturetest"
	"github.com/cairn-recorder/cairn/recorder"
)

// A reader is a real browser on the public pages.
type reader struct {
	t    *testing.T
	ctx  context.Context
	site string // http://…/ or file:///…/

	mu     sync.Mutex
	faults []string // what the console told
	asked  []string // what was loaded
}

// browser starts one browser for a test of the map.
func browser(t *testing.T, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	if _, err := dist.ReadFile("dist/map.js"); err != nil {
		capturetest.Missing(t, "no map to test with: npm ci --ignore-scripts, go run ./site/build")
	}
	return capturetest.Browser(t, flags...)
}

// open opens a tab on a site.
func open(t *testing.T, in context.Context, site string) *reader {
	t.Helper()
	tab, closed := chromedp.NewContext(in)
	t.Cleanup(closed)
	r := &reader{t: t, ctx: tab, site: site}
	r.size(1280, 900)
	if err := chromedp.Listen(tab, r.hear); err != nil {
		t.Fatal(err)
	}
	return r
}

// served serves the pages on this machine.
func served(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// hear notes what a console would show as wrong, and what is loaded.
func (r *reader) hear(ev any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError {
			r.faults = append(r.faults, ev.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError {
			r.faults = append(r.faults, fmt.Sprint(ev.Args))
		}
	case *runtime.EventExceptionThrown:
		r.faults = append(r.faults, ev.ExceptionDetails.Text+" "+fmt.Sprint(ev.ExceptionDetails.Exception))
	case *network.EventRequestWillBeSent:
		r.asked = append(r.asked, ev.Request.URL)
	}
}

// told returns what the console told since the last time.
func (r *reader) told() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	faults := r.faults
	r.faults = nil
	return faults
}

// strayed returns what was loaded from elsewhere.
func (r *reader) strayed() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.asked), func(address string) bool {
		return strings.HasPrefix(address, r.site) || strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "blob:") || strings.HasPrefix(address, "about:")
	})
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	if err := chromedp.Do(r.ctx, steps...); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reader) visit(path string) {
	r.t.Helper()
	r.do(chromedp.Navigate(r.site + path))
}

func (r *reader) size(width, height int64) {
	r.t.Helper()
	r.do(chromedp.EmulateViewport(width, height))
}

// theme makes the reader prefer light or dark.
func (r *reader) theme(name string) {
	r.t.Helper()
	_, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
		r.t.Fatal(err)
	}
}

// scripts lets the pages run scripts, or not.
func (r *reader) scripts(run bool) {
	r.t.Helper()
	if _, err := chromedp.Call(r.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run}); err != nil {
		r.t.Fatal(err)
	}
}

// ask returns what an expression is in the page.
func ask[T any](r *reader, expression string, options ...chromedp.EvaluateOption) T {
	r.t.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to be true.
func (r *reader) until(expression string) {
	r.t.Helper()
	for range 400 {
		v, err := chromedp.Run(r.ctx, chromedp.Evaluate[bool](expression))
		if err == nil && v {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.t.Fatalf("never true: %s (the console told %q)", expression, r.told())
}

const axePath = "../node_modules/axe-core/axe.min.js"

// checked are the pages that stand for each route; a route without one fails.
func checked(t *testing.T, r *recorder.Recorder) map[string]string {
	t.Helper()
	s := pages(t, r, Settings{})
	x, err := s.index(ctx)
	must(t, err)
	paths := map[string]string{}
	for _, route := range routes {
		paths[route.path] = route.path
		if route.names != nil {
			paths[route.path] = strings.Replace(route.path, "{name}", route.names(x)[0], 1)
		}
	}
	paths["incidents/{name}"] = "incidents/" + slugOf(codeOf(t, r, "herald")) + ".html"
	return paths
}

// looks are how a page is looked at: by theme and by how many pixels wide.
var looks = []struct {
	theme string
	width int64
}{{"light", 1280}, {"dark", 1280}, {"dark", 390}, {"light", 390}}

// TestNobodyIsShutOut looks at every page in every language, light and dark, at a desk
// and on a phone, from the server and from a folder.
func TestNobodyIsShutOut(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		capturetest.Missing(t, "no axe-core to test with: npm ci --ignore-scripts")
	}
	record := record(t)
	paths := checked(t, record)
	dir, err := filepath.Abs(written(t, record))
	must(t, err)
	sites := map[string]string{"served": served(t, pages(t, record, Settings{Letters: &letters{}})), "folder": "file://" + dir + "/"}
	for from, site := range sites {
		for _, tag := range languages {
			t.Run(from+" "+tag, func(t *testing.T) {
				r := open(t, browser(t), site)
				looked := 0
				for _, path := range paths {
					looked += r.lookAt(string(axe), tag+"/"+path, from == "folder")
				}
				if from == "served" { // what there is of no route
					looked += r.lookAt(string(axe), tag+"/incidents/none.html", false)
					looked += r.lookAt(string(axe), "r/1/"+tag+"/index.html", false)
					looked += r.lookAt(string(axe), tag+"/correct.html?about=incidents/T1.html&person=0123456789abcdef", false)
					looked += r.lookAt(string(axe), tag+"/map.html?from=never&text=nothing+of+the+kind", false)
				}
				if strays := r.strayed(); len(strays) > 0 {
					t.Errorf("it loads %q", strays)
				}
				if looked < len(routes)*len(looks) {
					t.Errorf("only %d looks at %d pages", looked, len(routes))
				}
			})
		}
	}
}

// TestAnEmptySiteShutsNobodyOut looks at what there is before anything is published.
func TestAnEmptySiteShutsNobodyOut(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		capturetest.Missing(t, "no axe-core to test with: npm ci --ignore-scripts")
	}
	s, err := New(nothing{}, Settings{Letters: &letters{}})
	must(t, err)
	r := open(t, browser(t), served(t, s))
	for _, route := range routes {
		if route.names == nil {
			r.lookAt(string(axe), "en/"+route.path, false)
		}
	}
}

// nothing is a reader of a project that published nothing yet.
type nothing struct{ Reader }

func (nothing) Release(context.Context, int) (cairn.Release, error) {
	return cairn.Release{}, cairn.ErrNotFound
}

// lookAt looks at a page in every way, with all of it unrolled, and returns in how
// many.
func (r *reader) lookAt(script, path string, folder bool) int {
	r.t.Helper()
	r.size(looks[0].width, 900)
	r.visit(path)
	if folder && ask[bool](r, `document.querySelector("[data-words]") !== null`) {
		r.until(`document.documentElement.dataset.explored === "1"`)
	}
	ask[int](r, `[...document.querySelectorAll("details")].map(d => d.open = true).length`)
	ask[chromedp.Void](r, script)
	for _, look := range looks {
		r.theme(look.theme)
		r.size(look.width, 900)
		name := fmt.Sprintf("%s (%s, %d)", path, look.theme, look.width)
		if wide := ask[int](r, "document.documentElement.scrollWidth"); wide > int(look.width) {
			r.t.Errorf("%s is %d pixels wide: %s", name, wide, ask[string](r, `[...document.querySelectorAll("main *")].filter(e => { const b = e.getBoundingClientRect(); return b.right > innerWidth + 1 || b.left < -1; }).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")`))
		}
		r.axe(name)
	}
	r.size(320, 900)
	if wide := ask[int](r, "document.documentElement.scrollWidth"); wide > 320 {
		r.t.Errorf("%s does not fit into 320 pixels: %d", path, wide)
	}
	if faults := slices.DeleteFunc(r.told(), func(fault string) bool { return strings.Contains(path, "none.html") && strings.Contains(fault, "404") }); len(faults) > 0 {
		r.t.Errorf("%s: the console told %q", path, faults)
	}
	return len(looks)
}

// axe holds the page to the rules of WCAG 2.2 AA and to good practice.
func (r *reader) axe(name string) {
	r.t.Helper()
	found := ask[string](r, `axe.run(document, {preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify({
		passes: r.passes.length, violations: r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 200)).slice(0, 3).join(" | "))}))`, chromedp.EvalAwaitPromise)
	var result struct {
		Passes     int
		Violations []string
	}
	if err := json.Unmarshal([]byte(found), &result); err != nil {
		r.t.Fatal(err)
	}
	if result.Passes < 10 {
		r.t.Errorf("%s: only %d rules were looked at", name, result.Passes)
	}
	for _, v := range result.Violations {
		r.t.Errorf("%s: %s", name, v)
	}
}

func TestAReaderFindsANumberAndTheSentenceBehindIt(t *testing.T) {
	record := record(t)
	box := &letters{}
	r := open(t, browser(t), served(t, pages(t, record, Settings{Letters: box})))
	code := codeOf(t, record, "herald")
	r.visit("en/map.html")
	r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
	r.do(chromedp.SendKeys(chromedp.ID("f-text"), "orvane"+kb.Enter))
	r.until(`location.search.includes("text=orvane") && document.readyState === "complete" && document.querySelectorAll("[data-rows] tr").length === 1`)
	if take := ask[string](r, `document.querySelector('[data-take="csv"]').getAttribute("href")`); !strings.Contains(take, "text=orvane") {
		t.Errorf("the file is not of the selection: %s", take)
	}
	r.do(chromedp.Click(chromedp.CSS("[data-rows] th a")))
	r.until(`location.pathname.endsWith("/incidents/` + slugOf(code) + `.html") && document.readyState === "complete"`)
	sentence := `document.querySelector("#killed .quote")`
	if ask[string](r, sentence+".textContent") == "" || !ask[bool](r, `document.querySelector("#killed details").open`) {
		t.Error("the number does not unroll")
	}
	if cited := ask[string](r, `document.querySelector(".citation").textContent`); !strings.Contains(cited, "Release 1") || !strings.Contains(cited, "https://tarn.example/r/1/en/incidents/") {
		t.Errorf("it is cited as %q", cited)
	}
	r.do(chromedp.Click(chromedp.CSS(`.wrong a`)))
	r.until(`document.getElementById("l-about")?.value.includes("incidents/")`)
	r.do(chromedp.SendKeys(chromedp.ID("l-text"), "It was eight."), chromedp.Click(chromedp.CSS(`.letter button[type="submit"]`)))
	r.until(`document.querySelector('[role="status"]') !== null`)
	if len(box.all) != 1 || box.all[0].Text != "It was eight." || !strings.Contains(box.all[0].About, "incidents/") {
		t.Errorf("what arrived is %+v", box.all)
	}
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}

func TestPagesWorkWithoutScripts(t *testing.T) {
	record := record(t)
	r := open(t, browser(t), served(t, pages(t, record, Settings{})))
	r.scripts(false)
	r.visit("ar/map.html")
	r.do(chromedp.SendKeys(chromedp.ID("f-text"), "orvane"+kb.Enter))
	r.until(`location.search.includes("text=orvane") && document.querySelectorAll("[data-rows] tr").length === 1`)
	if !ask[bool](r, `document.querySelector("svg.drawn circle") !== null && getComputedStyle(document.body).direction === "rtl"`) {
		t.Error("there is no map, or it does not run from the right")
	}
	r.do(chromedp.Click(chromedp.CSS("[data-rows] th a")))
	r.until(`document.querySelectorAll(".figure .quote").length > 0`)
}

func TestAFolderFiltersAndAddsUpByItself(t *testing.T) {
	record := record(t)
	dir, err := filepath.Abs(written(t, record))
	must(t, err)
	r := open(t, browser(t), "file://"+dir+"/")
	r.visit("en/map.html")
	r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
	r.do(chromedp.SendKeys(chromedp.ID("f-text"), "أورفان"+kb.Enter))
	r.until(`decodeURIComponent(location.search).includes("أورفان") && document.querySelectorAll("[data-rows] tr").length === 1`)
	s := pages(t, record, Settings{})
	x, err := s.index(ctx)
	must(t, err)
	sum := (selection{Text: "أورفان"}).total(x)
	for _, row := range sum.Rows {
		if row.Harm == "killed" && row.Class == "civilian" {
			if got, want := ask[string](r, `document.querySelector("[data-sum] .big").textContent`), s.tongues["en"].figure(row.Range()); got != want {
				t.Errorf("the folder adds up to %s, the server to %s", got, want)
			}
		}
	}
	for _, query := range []string{"text=selm&grade=all", "from=2031-05&grade=all"} {
		if got, want := ask[string](r, `window.cairnTable(window.cairnRelease, window.cairnOpen(window.cairnRelease), window.cairnSelection("?`+query+`"))`), get(t, s, "/data/incidents.csv?"+query).Body.String(); got != want || strings.Count(want, "\n") < 2 {
			t.Errorf("the table of %s that the folder makes is\n%s\nthat of the server\n%s", query, got, want)
		}
	}
	r.visit("ar/totals.html?by=month&grade=all")
	r.until(`document.querySelectorAll("[data-groups] .sums tbody tr").length > 1`)
	began := ask[float64](r, `(() => { const begun = performance.now(); window.cairnTotal(window.cairnRelease, window.cairnOpen(window.cairnRelease), window.cairnSelection("?text=selm&by=month")); return performance.now() - begun; })()`)
	if began > 300 {
		t.Errorf("a total takes %.0f ms", began)
	}
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
	if strays := r.strayed(); len(strays) > 0 {
		t.Errorf("it loads %q", strays)
	}
}

// TestTheFrontPageIsOnePrintedPage holds what a newspaper would print of Raqqa to one
// sheet, with floor, ceiling and parties on it.
func TestTheFrontPageIsOnePrintedPage(t *testing.T) {
	record := example(t, "raqqa")
	_, err := record.Publish(ctx, "")
	must(t, err)
	r := open(t, browser(t), served(t, pages(t, record, Settings{})))
	r.visit("en/index.html")
	printed, err := chromedp.Call(r.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), PrintBackground: new(true)})
	must(t, err)
	if sheets := strings.Count(string(printed.Data), "/Type /Page\n"); sheets != 1 {
		t.Errorf("it fills %d sheets", sheets)
	}
	text := ask[string](r, "document.querySelector('main').innerText")
	for _, want := range []string{"2,360", "4,935–6,172", "SDF", "Government of Syria"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not show %s", want)
		}
	}
}

// TestTheMapOfAPlaceMovesWhereItIsAsked draws the small maps anew where a reader asks,
// so that nobody loads a map unasked.
func TestTheMapOfAPlaceMovesWhereItIsAsked(t *testing.T) {
	record := record(t)
	dir, err := filepath.Abs(written(t, record))
	must(t, err)
	x, err := pages(t, record, Settings{}).index(ctx)
	must(t, err)
	for name, site := range map[string]string{"served": served(t, pages(t, record, Settings{})), "folder": "file://" + dir + "/"} {
		r := open(t, browser(t), site)
		for _, path := range []string{"index.html", "ar/places/" + x.placeNames()[0], "en/incidents/" + slugOf(codeOf(t, record, "herald")) + ".html"} {
			r.visit(path)
			r.until(`document.querySelector("[data-moves]").hidden === false`)
			if ask[bool](r, `document.querySelector(".canvas") !== null`) {
				t.Errorf("%s of the %s has a map that moves unasked", path, name)
			}
			r.do(chromedp.Click(chromedp.CSS("[data-moves]")))
			r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
			place := ask[string](r, `new URL(document.querySelector("[data-map]").dataset.places, location.href).pathname`)
			if !strings.HasSuffix(place, "/places/") || strings.Contains(place, "incidents") || ask[bool](r, `document.querySelector("[data-moves]") !== null`) {
				t.Errorf("%s of the %s leads to %s, or still asks", path, name, place)
			}
		}
		if faults := r.told(); len(faults) > 0 {
			t.Errorf("the console of the %s told %q", name, faults)
		}
	}
}

func TestTheMapStandsWithoutWebGL(t *testing.T) {
	record := record(t)
	r := open(t, browser(t, chromedp.Flag("disable-3d-apis", true)), served(t, pages(t, record, Settings{})))
	r.visit("en/map.html")
	r.until(`document.readyState === "complete" && document.querySelector("svg.drawn .land") !== null && document.querySelectorAll("svg.drawn circle.ring").length > 0`)
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}

func TestTheKeyboardSuffices(t *testing.T) {
	record := record(t)
	r := open(t, browser(t), served(t, pages(t, record, Settings{})))
	path := "en/incidents/" + slugOf(codeOf(t, record, "herald")) + ".html"
	r.visit(path)
	r.do(chromedp.KeyEvent(kb.Tab))
	if !ask[bool](r, `document.activeElement.matches(".skip") && document.activeElement.getBoundingClientRect().top >= 0`) {
		t.Error("the first stop is not the way past the navigation")
	}
	r.do(chromedp.KeyEvent(kb.Enter))
	reached := map[string]bool{}
	for range 90 {
		r.do(chromedp.KeyEvent(kb.Tab))
		for _, want := range []string{"summary", ".saidby a", ".sources summary", ".wrong a", ".cite summary"} {
			if ask[bool](r, fmt.Sprintf("document.activeElement.matches(%q)", want)) {
				reached[want] = true
			}
		}
		if ask[string](r, "document.activeElement.tagName") != "BODY" && ask[string](r, `getComputedStyle(document.activeElement).outlineStyle`) == "none" {
			t.Errorf("the focus cannot be seen on %s", ask[string](r, "document.activeElement.outerHTML.slice(0, 120)"))
		}
	}
	if len(reached) != 5 {
		t.Errorf("the tabulator came to %v alone", reached)
	}
}
