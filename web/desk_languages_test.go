package web

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cairn-recorder/cairn"
)

// inArabic has somebody read the desk in Arabic.
func (w *workshop) inArabic(name string) {
	w.t.Helper()
	a, err := w.record.View().Account(ctx, name)
	if err == nil {
		a.Language = "ar"
		err = w.record.PutAccount(ctx, a, "")
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestADayAtTheDeskInArabic opens, corrects, tells, submits and signs an incident with
// every word in Arabic.
func TestADayAtTheDeskInArabic(t *testing.T) {
	w := newWorkshop(t)
	for _, name := range []string{"ana", "ben"} {
		w.account(name, cairn.Reviewer, "tarn")
		w.inArabic(name)
	}
	r := w.tab(t)
	r.theme("light")
	r.in("ana")
	r.visit("/inbox")
	if got := ask[string](r, `getComputedStyle(document.body).direction + " " + document.documentElement.lang + " " + document.querySelector("h1").textContent`); got != "rtl ar الوارد" {
		t.Fatalf("the inbox is %q", got)
	}
	r.picture("desk-inbox-arabic.png")
	r.visit("/code/herald")
	r.click("#claim-1")
	r.until(`document.querySelector("#card-1 details").open && document.activeElement.name === "figure"`)
	ask[chromedp.Void](r, `document.activeElement.value = ""`)
	r.press("19")
	r.until(`document.querySelector("#card-1 [data-preview]").textContent.includes("19")`)
	r.press(kb.Enter)
	r.until(`document.readyState === "complete" && document.querySelector(".claims-pane").textContent.includes("كما قرأها شخص")`)
	r.picture("desk-code-arabic.png")
	r.visit("/incidents/T1/work")
	ask[chromedp.Void](r, `document.querySelector('form[data-form="tell-ar"]').closest("details").open = true`)
	ask[chromedp.Void](r, `document.querySelector('form[data-form="tell-ar"] textarea').value = "غارة على أورفان "`)
	ask[chromedp.Void](r, `document.querySelector('form[data-form="tell-ar"] textarea').focus()`)
	ask[chromedp.Void](r, `document.querySelector("[data-citable]").open = true`)
	ask[chromedp.Void](r, `(() => { const a = document.querySelector('form[data-form="tell-ar"] textarea'); a.setSelectionRange(a.value.length, a.value.length); })()`)
	r.click(`[data-cite="wire#1"]`)
	r.click(`form[data-form="tell-ar"] button[type=submit]`)
	r.until(`document.readyState === "complete" && location.hash === "#told"`)
	r.click(`form[action="/incidents/T1/submit"] button`)
	r.until(`document.readyState === "complete" && document.querySelector(".sub").textContent.includes("للمراجعة")`)
	r.visit("/account")
	r.click(`form[action="/sign-out"] button`)
	r.arrives("/sign-in")
	r.in("ben")
	r.visit("/incidents/T1/work")
	ask[int](r, `[...document.querySelectorAll("[name=looked]")].map(b => b.checked = true).length`)
	r.click(`form[action="/incidents/T1/sign"] button[type=submit]`)
	r.until(`document.readyState === "complete" && document.querySelector("#sign").parentElement.textContent.includes("ben")`)
	r.visit("/incidents/T1")
	r.click(".told .cite summary")
	r.until(`document.querySelector(".told .cite").open`)
	r.picture("desk-incident-arabic.png")
	a, err := w.record.View().SignedAssessment(ctx, "tarn", "T1")
	if err != nil || a.Signed.Who != "ben" || len(a.Narratives) != 1 || a.Narratives[0].Text != "غارة على أورفان [[wire#1]]" {
		t.Errorf("signed is %+v, %v", a.Narratives, err)
	}
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}

// TestNobodyIsShutOutOfTheDeskInArabic looks for barriers on every page of the desk
// in Arabic, wide and light, and narrow and dark.
func TestNobodyIsShutOutOfTheDeskInArabic(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		missing(t, "no axe-core to test with: npm ci --ignore-scripts")
	}
	w := newWorkshop(t)
	w.account("ana", cairn.Administrator, "tarn")
	w.inArabic("ana")
	w.coded()
	busy(t, w)
	photo := "/code/" + w.photo("street.png").ID
	r := w.tab(t)
	r.in("ana")
	for _, look := range []struct {
		theme string
		width int64
	}{{"light", 1280}, {"dark", 320}} {
		r.theme(look.theme)
		r.do(chromedp.EmulateViewport(look.width, 900))
		for _, address := range append([]string{photo}, spokenPages...) {
			if address == "/none" || strings.Contains(address, "to=x") {
				continue // the browser tells of their status
			}
			r.visit(address)
			for _, v := range r.violations(string(axe)) {
				t.Errorf("%s in %s at %d: %s", address, look.theme, look.width, v)
			}
			if wide := ask[int](r, "document.documentElement.scrollWidth"); wide > int(look.width) {
				t.Errorf("%s is %d pixels wide at %d", address, wide, look.width)
			}
		}
	}
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}

func BenchmarkPageInArabic(b *testing.B) {
	w := newWorkshop(b)
	w.account("ana", cairn.Administrator, "tarn")
	page := []byte(w.as("ana").get("/incidents/T1/work").body)
	tongues, err := readTongues()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		tongues["ar"].page(page, nil)
	}
}
