package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/cairn-recorder/cairn"
)

// An estimate is put forward and signed with a browser, by two people.
func TestAnEstimateIsSignedInABrowser(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	w.account("ben", cairn.Reviewer, "tarn")
	e := w.estimated()
	page := "/estimates/" + e.ID
	r := w.tab(t)
	r.in("ana")
	r.theme("light")
	r.do(chromedp.EmulateViewport(1280, 1500))
	r.visit("/estimates")
	r.click(`a[href="` + page + `"]`)
	r.arrives(page)
	ask[chromedp.Void](r, `document.querySelectorAll('form[action$="/propose"] [value=dga], form[action$="/propose"] [value=lcmcr]').forEach(b => b.checked = true)`)
	r.do(chromedp.SendKeys(chromedp.ID("propose-1-why"), "Both allow for lists that depend on each other."))
	r.click(`form[action="` + page + `/propose"] button[type=submit]`)
	r.until(`document.readyState === "complete" && document.querySelectorAll("tr.chosen").length === 2`)
	r.click(`form[action="` + page + `/sign"] button[type=submit]`)
	r.until(`document.readyState === "complete" && document.querySelector("#work").parentElement.textContent.includes("Another person must sign too")`)
	r.picture("desk-estimate.png")
	if wide := ask[int](r, `Math.max(...[...document.querySelectorAll(".card")].map(c => c.scrollWidth - c.clientWidth))`); wide > 0 {
		t.Errorf("a card is %d pixels wider than it may be", wide)
	}
	r.visit("/account")
	r.click(`form[action="/sign-out"] button`)
	r.arrives("/sign-in")
	r.in("ben")
	r.visit(page)
	r.click(`form[action="` + page + `/sign"] button[type=submit]`)
	r.until(`document.readyState === "complete" && document.querySelector(".sub").textContent.includes("signed by two people")`)
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}
