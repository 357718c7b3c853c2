package web

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture/capturetest"
)

// reads has somebody read the desk in a language.
func (w *workshop) reads(name, language string) {
	w.t.Helper()
	a, err := w.record.View().Account(ctx, name)
	if err == nil {
		a.Language = language
		err = w.record.PutAccount(ctx, a, "")
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// A deskDay is what the walk through the desk says in one language.
type deskDay struct {
	language, direction, name                     string // name is that of its pictures, empty where there are none
	inbox, byPerson, forReview, told, figureWords string
}

// TestADayAtTheDeskInOtherLanguages opens, corrects, tells, submits and signs an
// incident with every word in Arabic, and again in Ukrainian, Spanish and Russian.
func TestADayAtTheDeskInOtherLanguages(t *testing.T) {
	for _, d := range []deskDay{
		{"ar", "rtl", "arabic", "الوارد", "كما قرأها شخص", "للمراجعة", "غارة على أورفان", "مدنيون قتلى"},
		{"uk", "ltr", "ukrainian", "Вхідні", "як прочитала людина", "на перегляд", "Удар по Орвану", "Загиблі цивільні"},
		{"es", "ltr", "", "Entrada", "según la leyó una persona", "para revisar", "Ataque a Orvane", "Civiles muertos"},
		{"ru", "ltr", "", "Входящие", "как прочёл человек", "на рассмотрение", "Удар по Орвану", "Погибшие гражданские"},
	} {
		t.Run(d.language, func(t *testing.T) { aDay(t, d) })
	}
}

func aDay(t *testing.T, d deskDay) {
	w := newWorkshop(t)
	for _, name := range []string{"ana", "ben"} {
		w.account(name, cairn.Reviewer, "tarn")
		w.reads(name, d.language)
	}
	r := w.tab(t)
	r.theme("light")
	r.in("ana")
	r.visit("/inbox")
	if got := ask[string](r, `getComputedStyle(document.body).direction + " " + document.documentElement.lang + " " + document.querySelector("h1").textContent`); got != d.direction+" "+d.language+" "+d.inbox {
		t.Fatalf("the inbox is %q", got)
	}
	if d.name != "" {
		r.picture("desk-inbox-" + d.name + ".png")
	}
	r.visit("/code/herald")
	r.click("#claim-1")
	r.until(`document.querySelector("#card-1 details").open && document.activeElement.name === "figure"`)
	ask[chromedp.Void](r, `document.activeElement.value = ""`)
	r.press("19")
	r.until(`document.querySelector("#card-1 [data-preview]").textContent.includes("19")`)
	r.press(kb.Enter)
	r.until(`document.readyState === "complete" && document.querySelector(".claims-pane").textContent.includes("` + d.byPerson + `")`)
	if d.language == "ar" {
		r.picture("desk-code-arabic.png")
	}
	r.visit("/incidents/T1/work")
	ask[chromedp.Void](r, `document.querySelector('form[data-form="tell-`+d.language+`"]').closest("details").open = true`)
	ask[chromedp.Void](r, `document.querySelector('form[data-form="tell-`+d.language+`"] textarea').value = "`+d.told+` "`)
	ask[chromedp.Void](r, `document.querySelector('form[data-form="tell-`+d.language+`"] textarea').focus()`)
	ask[chromedp.Void](r, `document.querySelector("[data-citable]").open = true`)
	ask[chromedp.Void](r, `(() => { const a = document.querySelector('form[data-form="tell-`+d.language+`"] textarea'); a.setSelectionRange(a.value.length, a.value.length); })()`)
	r.click(`[data-cite="wire#1"]`)
	r.click(`form[data-form="tell-` + d.language + `"] button[type=submit]`)
	r.until(`document.readyState === "complete" && location.hash === "#told"`)
	r.click(`form[action="/incidents/T1/submit"] button`)
	r.until(`document.readyState === "complete" && document.querySelector(".sub").textContent.includes("` + d.forReview + `")`)
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
	if got := ask[string](r, `document.querySelector("main").textContent`); !strings.Contains(got, d.figureWords) {
		t.Errorf("the incident does not say %q", d.figureWords)
	}
	if d.language == "ar" {
		r.picture("desk-incident-arabic.png")
	}
	a, err := w.record.View().SignedAssessment(ctx, "tarn", "T1")
	if err != nil || a.Signed.Who != "ben" || len(a.Narratives) != 1 || a.Narratives[0].Text != d.told+" [[wire#1]]" {
		t.Errorf("signed is %+v, %v", a.Narratives, err)
	}
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}

// deskAddresses is every page of the desk, each by addresses that show it; a route
// without one fails.
var deskAddresses = map[string][]string{
	"/sign-in": {"/sign-in"}, "/join/{key}": {"/join/"}, "/account": {"/account"}, "/people": {"/people"}, "/inbox": {"/inbox"}, "/import": {"/import"}, "/jobs": {"/jobs"}, "/incidents/{code}/place": {"/incidents/T1/place"}, "/coding": {"/coding"}, "/coding/{id}": {"/coding/selm"}, "/coding/{id}/compare": {"/coding/wire/compare"},
	"/code/{id}": {"/code/herald", "/code/shabaka"}, "/review": {"/review"}, "/incidents/{code}/work": {"/incidents/T1/work"}, "/trust": {"/trust"}, "/persons": {"/persons", "/persons?q=haddad"}, "/persons/{id}": {"/persons/p1"}, "/persons/pairs": {"/persons/pairs"}, "/persons/agreement": {"/persons/agreement"}, "/persons/requests": {"/persons/requests"},
	"/estimates": {"/estimates"}, "/estimates/{id}": {"/estimates/"},
	"/search": {"/search?q=orvane", "/search?q=أورفان", "/search?q=haddad", "/search?q=zzz"},
	"/{$}":    {"/"}, "/documents": {"/documents"}, "/documents/{id}": {"/documents/herald"}, "/incidents": {"/incidents"}, "/incidents/{code}": {"/incidents/T1", "/incidents/T2"}, "/totals": {"/totals", "/totals?by=month"},
}

// selectable are the pages whose selections are kept, each by one to keep.
var selectable = []string{"/incidents?place=Orvane", "/documents?language=en", "/inbox?source=Tarn+Wire", "/totals?by=month", "/search?q=orvane"}

// TestNobodyIsShutOutOfTheDesk looks for barriers on every page of the desk in English,
// in Arabic, from the right, and in Ukrainian, wide and narrow, light and dark.
func TestNobodyIsShutOutOfTheDesk(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		capturetest.Missing(t, "no axe-core to test with: npm ci --ignore-scripts")
	}
	w := newWorkshop(t)
	w.account("ana", cairn.Administrator, "tarn")
	w.coded()
	busy(t, w)
	w.lists()
	estimate := w.estimated()
	if _, err := w.record.As("ana").ProposeEstimate(ctx, estimate.ID, cairn.EstimateChoice{Run: 1, Methods: []string{"dga"}, Why: "it is exact"}); err != nil {
		t.Fatal(err)
	}
	ana := w.as("ana")
	for _, selection := range selectable {
		if got := ana.post("/filters", url.Values{"name": {"Orvane in May"}, "to": {selection}}); got.status != http.StatusSeeOther {
			t.Fatalf("keeping %s: %d", selection, got.status)
		}
	}
	concrete := map[string]string{"/join/": w.link(cairn.Researcher), "/estimates/": "/estimates/" + estimate.ID}
	photo := "/code/" + w.photo("street.png").ID
	r := w.tab(t)
	r.in("ana")
	for _, look := range []struct {
		language, theme string
		width           int64
	}{{"en", "light", 1280}, {"en", "dark", 1280}, {"en", "light", 320}, {"en", "dark", 320}, {"ar", "light", 1280}, {"ar", "dark", 320}, {"uk", "dark", 1280}, {"uk", "light", 320}, {"es", "light", 320}, {"ru", "dark", 320}} {
		w.reads("ana", look.language)
		r.theme(look.theme)
		r.do(chromedp.EmulateViewport(look.width, 900))
		boxes := 0
		for _, p := range append(routes[:len(routes):len(routes)], deskRoutes...) {
			addresses := deskAddresses[p.path]
			if len(addresses) == 0 {
				t.Errorf("%s is not looked at", p.path)
			}
			if p.path == "/code/{id}" {
				addresses = append(addresses[:len(addresses):len(addresses)], photo)
			}
			for _, address := range addresses {
				if found := concrete[address]; found != "" {
					address = found
				}
				r.visit(address)
				for _, v := range r.violations(string(axe)) {
					t.Errorf("%s in %s, %s at %d: %s", address, look.language, look.theme, look.width, v)
				}
				if wide := ask[int](r, "document.documentElement.scrollWidth"); wide > int(look.width) {
					t.Errorf("%s in %s is %d pixels wide at %d: %s", address, look.language, wide, look.width, ask[string](r, `[...document.querySelectorAll("main *, header *")].filter(e => { const b = e.getBoundingClientRect(); return b.right > innerWidth + 1 || b.left < -1; }).slice(0, 3).map(e => e.outerHTML.slice(0, 140)).join(" | ")`))
				}
				boxes += ask[int](r, `document.querySelectorAll("details.kept[open] li").length`)
			}
		}
		if boxes < len(selectable) {
			t.Errorf("in %s only %d kept selections were looked at", look.language, boxes)
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
