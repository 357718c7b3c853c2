package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cairn-recorder/cairn/capture/capturetest"
)

// A reader is a real browser on the pages of the invented world.
type reader struct {
	t    *testing.T
	ctx  context.Context
	site string

	mu     sync.Mutex
	faults []string // what the console told
}

// open opens a tab on the pages of h.
func open(t *testing.T, in context.Context, h http.Handler) *reader {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	tab, close := chromedp.NewContext(in)
	t.Cleanup(close)
	r := &reader{t: t, ctx: tab, site: server.URL}
	r.do(chromedp.EmulateViewport(1280, 900))
	if err := chromedp.Listen(tab, r.hear); err != nil {
		t.Fatal(err)
	}
	return r
}

// hear notes what a console would show as wrong.
func (r *reader) hear(ev any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError || ev.Entry.Level == log.EntryLevelWarning {
			r.faults = append(r.faults, ev.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError {
			r.faults = append(r.faults, fmt.Sprint(ev.Args))
		}
	case *runtime.EventExceptionThrown:
		r.faults = append(r.faults, ev.ExceptionDetails.Text)
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

// theme makes the reader prefer light or dark.
func (r *reader) theme(name string) {
	r.t.Helper()
	_, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
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

// press presses keys, one after the other.
func (r *reader) press(keys string) {
	r.t.Helper()
	r.do(chromedp.KeyEvent(keys))
}

// tabTo presses the tabulator until the focus is on an element that selector
// finds.
func (r *reader) tabTo(selector string) {
	r.t.Helper()
	for range 120 {
		r.press(kb.Tab)
		if ask[bool](r, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
			return
		}
	}
	r.t.Fatalf("the tabulator does not come to %s", selector)
}

// until waits for an expression to be true.
func (r *reader) until(expression string) {
	r.t.Helper()
	for range 100 {
		v, err := chromedp.Run(r.ctx, chromedp.Evaluate[bool](expression))
		if err == nil && v {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.t.Fatalf("never true: %s", expression)
}

const axePath = "../node_modules/axe-core/axe.min.js"

func TestNobodyIsShutOut(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		capturetest.Missing(t, "no axe-core to test with: npm ci --ignore-scripts")
	}
	r := open(t, capturetest.Browser(t), pages(t))
	passes := 0
	for _, look := range []struct {
		theme string
		width int64
	}{{"light", 1280}, {"dark", 1280}, {"light", 320}} {
		theme := fmt.Sprintf("%s at %d", look.theme, look.width)
		r.theme(look.theme)
		r.do(chromedp.EmulateViewport(look.width, 900))
		for _, path := range append(everyPage, "/incidents?from=yesterday", "/documents/vale-1#claim-1") {
			r.visit(path)
			ask[int](r, `[...document.querySelectorAll("details.why")].map(d => d.open = true).length`)
			ask[chromedp.Void](r, string(axe))
			found := ask[string](r, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify({
				passes: r.passes.length, violations: r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "))}))`, chromedp.EvalAwaitPromise)
			var result struct {
				Passes     int
				Violations []string
			}
			if err := json.Unmarshal([]byte(found), &result); err != nil {
				t.Fatal(err)
			}
			if passes += result.Passes; result.Passes < 10 {
				t.Errorf("%s in %s: only %d rules were looked at", path, theme, result.Passes)
			}
			for _, v := range result.Violations {
				t.Errorf("%s in %s: %s", path, theme, v)
			}
		}
	}
	t.Logf("%d passes of rules", passes)
}

func TestTheConsoleStaysSilent(t *testing.T) {
	in := capturetest.Browser(t)
	r := open(t, in, pages(t))
	for _, path := range everyPage {
		r.visit(path)
		if path == "/nowhere" {
			r.told() // the browser tells of every 404
			continue
		}
		if faults := r.told(); len(faults) > 0 {
			t.Errorf("%s: %q", path, faults)
		}
		if ask[bool](r, "window.harmed !== undefined") {
			t.Errorf("%s: a script of a document ran", path)
		}
	}
	loud := open(t, in, guarded(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<p style="color: red">red</p>`)
	})))
	loud.visit("/")
	if faults := strings.Join(loud.told(), " "); !strings.Contains(faults, "Content Security Policy") {
		t.Errorf("a page that breaks the policy is not noticed: %q", faults)
	}
}

func TestTheKeyboardLeadsFromAnIncidentToItsWords(t *testing.T) {
	r := open(t, capturetest.Browser(t), pages(t))
	r.theme("light")
	r.visit("/incidents")
	r.press(kb.Tab)
	if !ask[bool](r, `document.activeElement.matches(".skip") && document.activeElement.getBoundingClientRect().top >= 0`) {
		t.Error("the first stop is not the way past the navigation")
	}
	r.press(kb.Enter)
	r.tabTo(`a[href="/incidents/Z1"]`)
	if ask[string](r, `getComputedStyle(document.activeElement).outlineStyle`) == "none" {
		t.Error("the focus cannot be seen")
	}
	r.press(kb.Enter)
	r.until(`location.pathname === "/incidents/Z1" && document.readyState === "complete"`)
	r.tabTo(`.tally figcaption a[href="/documents/vale-1#claim-1"]`)
	r.press(kb.Enter)
	r.until(`location.hash === "#claim-1" && document.readyState === "complete"`)
	r.until(`document.activeElement.id === "claim-1"`)
	if got := ask[string](r, `document.querySelector(":target").textContent`); got != "at least three" {
		t.Errorf("the words marked are %q", got)
	}
	box := ask[map[string]float64](r, `JSON.parse(JSON.stringify(document.querySelector(":target").getBoundingClientRect()))`)
	if box["top"] < 0 || box["bottom"] > 900 {
		t.Errorf("the words are out of sight: %v", box)
	}
	r.tabTo("a") // and the focus is not trapped there
}

func TestSingleKeysCanBeSwitchedOff(t *testing.T) {
	r := open(t, capturetest.Browser(t), pages(t))
	r.visit("/incidents")
	row := `document.activeElement.closest("[data-row]")?.querySelector("a").textContent ?? ""`
	r.press("j")
	r.press("j")
	if got := ask[string](r, row); got != "Z1" {
		t.Errorf("two steps lead to %q, want Z1", got)
	}
	r.press("k")
	if got := ask[string](r, row); got != "Z3" {
		t.Errorf("a step back leads to %q, want Z3", got)
	}
	r.do(chromedp.Click(chromedp.CSS("[data-keys-switch]")))
	r.press("j")
	if got := ask[string](r, row); got != "" {
		t.Errorf("switched off, a key still leads to %q", got)
	}
	r.visit("/incidents")
	r.press("j")
	if got := ask[string](r, row); got != "" {
		t.Errorf("the next page has forgotten that keys are off: %q", got)
	}
}

func TestPagesWorkWithoutScripts(t *testing.T) {
	r := open(t, capturetest.Browser(t), pages(t))
	if _, err := chromedp.Call(r.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	r.visit("/incidents")
	if !ask[bool](r, `document.querySelector("[data-keys]").hidden`) {
		t.Fatal("the script of the page ran")
	}
	r.do(chromedp.SendKeys(chromedp.ID("field-text"), "zx9"+kb.Enter))
	r.until(`location.search.includes("text=zx9") && document.querySelectorAll("tbody tr").length === 1`)
	r.do(chromedp.Click(chromedp.CSS("tbody .main-cell a")))
	r.until(`location.pathname === "/incidents/Z1" && document.querySelectorAll(".tally").length === 4`)
	r.do(chromedp.Click(chromedp.CSS(".tally figcaption a")))
	r.until(`location.hash === "#claim-1" && getComputedStyle(document.querySelector(":target")).outlineStyle === "solid"`)
	r.do(chromedp.Click(chromedp.CSS("#card-1 .why summary")))
	r.until(`document.querySelector("#card-1 .why .bracketed").getBoundingClientRect().height > 0`)
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}

func TestNothingIsCutOffOnAPhone(t *testing.T) {
	r := open(t, capturetest.Browser(t), pages(t))
	r.do(chromedp.EmulateViewport(320, 640))
	for _, path := range everyPage {
		r.visit(path)
		ask[int](r, `[...document.querySelectorAll("details")].map(d => d.open = true).length`)
		if wide := ask[int](r, "document.documentElement.scrollWidth"); wide > 320 {
			t.Errorf("%s is %d pixels wide: %s", path, wide, ask[string](r, `[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > 321).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")`))
		}
	}
}

func TestArabicRunsFromTheRight(t *testing.T) {
	r := open(t, capturetest.Browser(t), pages(t))
	r.visit("/documents/shabaka-1")
	if got := ask[string](r, `[...document.querySelectorAll(".paper p, h1")].map(p => getComputedStyle(p).direction).join(" ")`); got != "rtl rtl rtl" {
		t.Errorf("the title and paragraphs run %q", got)
	}
	if !ask[bool](r, `document.getElementById("claim-1").getBoundingClientRect().left > document.getElementById("claim-2").getBoundingClientRect().right`) {
		t.Error("the first claim does not stand right of the second")
	}
	if !ask[bool](r, `(() => { const p = document.querySelector(".paper p"), range = document.createRange(); range.selectNodeContents(p);
		return p.parentElement.getBoundingClientRect().right - range.getBoundingClientRect().right < 60; })()`) {
		t.Error("the text does not begin at the right edge")
	}
	r.visit("/documents/vale-1")
	if got := ask[string](r, `getComputedStyle(document.querySelector(".paper p")).direction`); got != "ltr" {
		t.Errorf("English runs %q", got)
	}
}
