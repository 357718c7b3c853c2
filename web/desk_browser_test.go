package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture/capturetest"
)

// at opens a tab on the workshop, under the name of this machine.
func (w *workshop) tab(t *testing.T) *reader {
	t.Helper()
	in := capturetest.Browser(t)
	tab, close := chromedp.NewContext(in)
	t.Cleanup(close)
	u, err := url.Parse(w.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t: t, ctx: tab, site: "http://localhost:" + u.Port()}
	r.do(chromedp.EmulateViewport(1280, 900))
	if err := chromedp.Listen(tab, r.hear); err != nil {
		t.Fatal(err)
	}
	return r
}

// key gives the browser an authenticator that holds passkeys.
func (r *reader) key() {
	r.t.Helper()
	if _, err := chromedp.Call(r.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		r.t.Fatal(err)
	}
	if _, err := chromedp.Call(r.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true,
		IsUserVerified: true, AutomaticPresenceSimulation: true}}); err != nil {
		r.t.Fatal(err)
	}
}

// in signs the browser in by password.
func (r *reader) in(name string) {
	r.t.Helper()
	r.visit("/sign-in")
	r.do(chromedp.SendKeys(chromedp.ID("sign-in-name"), name), chromedp.SendKeys(chromedp.ID("sign-in-password"), passwordOf(name)+kb.Enter))
	r.until(`location.pathname === "/" && document.readyState === "complete"`)
}

// click clicks what a selector finds.
func (r *reader) click(selector string) {
	r.t.Helper()
	r.do(chromedp.Click(chromedp.CSS(selector)))
}

// arrives waits for a page.
func (r *reader) arrives(path string) {
	r.t.Helper()
	r.until(fmt.Sprintf(`location.pathname === %q && document.readyState === "complete"`, path))
}

// violations returns what axe finds wrong with the page, every part of it open.
func (r *reader) violations(axe string) []string {
	r.t.Helper()
	ask[int](r, `[...document.querySelectorAll("details")].map(d => d.open = true).length`)
	ask[chromedp.Void](r, axe)
	found := ask[string](r, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify({
		passes: r.passes.length, violations: r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "))}))`, chromedp.EvalAwaitPromise)
	var result struct {
		Passes     int
		Violations []string
	}
	if err := json.Unmarshal([]byte(found), &result); err != nil {
		r.t.Fatal(err)
	}
	if result.Passes < 10 {
		r.t.Errorf("only %d rules were looked at", result.Passes)
	}
	return result.Violations
}

// picture writes what the page looks like into docs/, where that is asked for.
func (r *reader) picture(name string) {
	r.t.Helper()
	if os.Getenv("CAIRN_PICTURES") != "1" {
		return
	}
	png, err := chromedp.Run(r.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("..", "docs", name), png, 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func TestADayAtTheDesk(t *testing.T) {
	w := newWorkshop(t)
	r := w.tab(t)
	r.key()
	r.theme("light")
	r.visit(w.link(cairn.Administrator))
	r.do(chromedp.SendKeys(chromedp.ID("join-name"), "ana"+kb.Enter))
	r.arrives("/account")
	r.click("[data-passkey-new] button")
	r.until(`!!document.querySelector("#passkeys ~ ul li") || document.querySelector("[data-trouble]").textContent !== ""`)
	if trouble := ask[string](r, `document.querySelector("[data-trouble]").textContent`); trouble != "" {
		t.Fatal(trouble)
	}
	r.click(`form[action="/sign-out"] button`)
	r.arrives("/sign-in")
	r.click("[data-passkey-in] button")
	r.arrives("/")

	r.visit("/people")
	r.do(chromedp.SetValue(chromedp.ID("invite-role"), "reviewer"))
	r.click(`form[action="/people"] button`)
	r.until(`!!document.querySelector("[role=status] code")`)
	invitation := ask[string](r, `document.querySelector("[role=status] code").textContent`)

	report := filepath.Join(t.TempDir(), "late.txt")
	if err := os.WriteFile(report, []byte("Eleven people were killed when a shell hit Selm Bridge on 11 May 2031, a nurse said."), 0o600); err != nil {
		t.Fatal(err)
	}
	r.visit("/import")
	r.do(chromedp.SetUploadFiles(chromedp.ID("import-file"), []string{report}))
	r.do(chromedp.SendKeys(chromedp.ID("import-source"), "Selm Hospital"), chromedp.SendKeys(chromedp.ID("import-published"), "2031-05-13"))
	r.click(`form[action="/import"] button`)
	r.until(`document.body.textContent.includes("1 taken")`)
	r.click(`[role=status] a`)
	r.arrives("/inbox")
	r.picture("desk-inbox.png")
	if ask[int](r, `document.querySelectorAll("[data-row]").length`) < 4 {
		t.Error("what came in is not in the inbox")
	}

	r.visit("/code/herald")
	r.click("#claim-1")
	r.until(`document.querySelector("#card-1 details").open && document.activeElement.name === "figure"`)
	ask[chromedp.Void](r, `document.activeElement.value = ""`)
	r.press("19")
	r.until(`document.querySelector("#card-1 [data-preview]").textContent.includes("7–19")`)
	r.picture("desk-code.png")
	r.press(kb.Enter)
	r.until(`document.readyState === "complete" && document.querySelector(".claims-pane").textContent.includes("as a person read it")`)

	ask[chromedp.Void](r, `(() => { const at = document.querySelector("[data-words]"), walk = document.createTreeWalker(at, NodeFilter.SHOW_TEXT); let node;
		while ((node = walk.nextNode())) { const k = node.data.indexOf("were injured"); if (k >= 0) { const range = document.createRange(); range.setStart(node, k); range.setEnd(node, k + 12);
		getSelection().removeAllRanges(); getSelection().addRange(range); break; } } at.dispatchEvent(new MouseEvent("mouseup", {bubbles: true})); })()`)
	if got := ask[string](r, `document.querySelector("[name=words]").value`); got != "were injured" {
		t.Errorf("the words selected are %q", got)
	}
	start := ask[string](r, `document.querySelector("[name=start]").value`)
	if d, err := w.record.View().Document(ctx, "herald"); err != nil || start != fmt.Sprint(strings.Index(d.Text, "were injured")) {
		t.Errorf("they begin at %s, %v", start, err)
	}

	r.visit("/code/selm")
	r.do(chromedp.SetValue(chromedp.ID("attach-to"), "T1"))
	r.click("[data-attach] button[type=submit]")
	r.until(`document.readyState === "complete" && document.querySelector(".sub").textContent.includes("attached")`)

	r.visit("/code/herald")
	r.press("s")
	r.arrives("/inbox")
	r.visit("/account")
	r.click(`form[action="/sign-out"] button`)
	r.arrives("/sign-in")

	to, err := url.Parse(invitation)
	if err != nil {
		t.Fatal(err)
	}
	r.visit(to.Path)
	r.do(chromedp.SendKeys(chromedp.ID("join-name"), "ben"), chromedp.SendKeys(chromedp.ID("join-password"), passwordOf("ben")+kb.Enter))
	r.arrives("/account")
	r.visit("/review")
	r.picture("desk-review.png")
	r.click(`a[href="/incidents/T1/work"]`)
	r.arrives("/incidents/T1/work")
	ask[int](r, `[...document.querySelectorAll("[name=looked]")].map(b => b.checked = true).length`)
	r.picture("desk-work.png")
	r.click(`form[action="/incidents/T1/sign"] button[type=submit]`)
	r.until(`document.readyState === "complete" && document.querySelector("#sign").parentElement.textContent.includes("Signed by ben")`)
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
	a, err := w.record.View().SignedAssessment(ctx, "tarn", "T1")
	if err != nil || a.Signed.Who != "ben" {
		t.Errorf("signed is %+v, %v", a.Signed, err)
	}
}

// TestAReportTakesFewKeys codes a typical report with the keyboard alone: it is
// opened, two claims are corrected, it is attached and submitted. Every key counts
// that is not of what is typed into a field.
func TestAReportTakesFewKeys(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	r := w.tab(t)
	r.in("ana")
	r.visit("/inbox?source=Orvane+Herald")
	keys := 0
	press := func(key string) {
		keys++
		r.press(key)
	}
	typed := func(text string) {
		ask[chromedp.Void](r, `document.activeElement.select()`)
		r.press(text)
	}
	press("j")
	press("j")
	if got := ask[string](r, `document.activeElement.closest("[data-row]").querySelector("a.open").textContent`); got != "Doctors count the dead" {
		t.Fatalf("two steps lead to %q", got)
	}
	press("e")
	r.arrives("/code/herald")
	press("j")
	for k := range 2 {
		press("e")
		r.until(`document.activeElement.name === "figure"`)
		typed("19")
		press(kb.Enter)
		r.until(fmt.Sprintf(`document.readyState === "complete" && document.activeElement.name !== "figure" && document.querySelectorAll(".claims-pane h3 .fine").length === %d`, k+1))
	}
	press("t")
	r.until(`document.activeElement.name === "to"`)
	typed("T2")
	press(kb.Enter)
	r.until(`document.readyState === "complete" && document.querySelector(".sub").textContent.includes("attached")`)
	press("s")
	r.arrives("/inbox")
	t.Logf("%d keys", keys)
	if keys > 12 {
		t.Errorf("a typical report takes %d keys, want at most 12", keys)
	}
	review, err := w.record.View().Review(ctx, "tarn", "T2")
	if err != nil || review.State != cairn.ForReview {
		t.Errorf("in the end T2 is %+v, %v", review, err)
	}
}

func TestTheDeskWorksWithoutScripts(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Reviewer, "tarn")
	ana := w.as("ana")
	for path, need := range map[string][]string{
		"/inbox":             {`value="accept wire"`, `name="to-wire"`, `action="/inbox"`},
		"/code/herald":       {`action="/code/herald/correct"`, `action="/code/herald/add"`, `action="/code/herald/submit"`, `name="words"`},
		"/incidents/T1/work": {`action="/incidents/T1/sign"`, `action="/incidents/T1/judge"`, `action="/incidents/T1/comment"`},
		"/import":            {`enctype="multipart/form-data"`, `type="file"`},
		"/account":           {`action="/account/password"`, `action="/sign-out"`},
	} {
		got := ana.get(path)
		for _, n := range need {
			if got.status != http.StatusOK || !strings.Contains(got.body, n) {
				t.Errorf("%s (%d) has no %s", path, got.status, n)
			}
		}
	}
}
