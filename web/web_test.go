package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// page asks h for path, which must answer with status, and returns it parsed.
func page(t testing.TB, h http.Handler, path string, status int) *html.Node {
	t.Helper()
	w := get(t, h, path)
	if w.Code != status {
		t.Fatalf("%s: status %d, want %d: %s", path, w.Code, status, w.Body)
	}
	n, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// all returns the words of each element that selector finds, spaces single.
func all(t testing.TB, n *html.Node, selector string) []string {
	t.Helper()
	found := []string{}
	for _, m := range cascadia.QueryAll(n, cascadia.MustCompile(selector)) {
		found = append(found, strings.Join(strings.Fields(wordsOf(m)), " "))
	}
	return found
}

// one returns the words of the only element that selector finds.
func one(t testing.TB, n *html.Node, selector string) string {
	t.Helper()
	found := all(t, n, selector)
	if len(found) != 1 {
		t.Fatalf("%s finds %d elements, want one: %q", selector, len(found), found)
	}
	return found[0]
}

func wordsOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(wordsOf(c))
	}
	return b.String()
}

// attributes returns the attribute of a name of each element that selector
// finds.
func attributes(n *html.Node, selector, name string) []string {
	found := []string{}
	for _, m := range cascadia.QueryAll(n, cascadia.MustCompile(selector)) {
		for _, a := range m.Attr {
			if a.Key == name {
				found = append(found, a.Val)
			}
		}
	}
	return found
}

// twinAt reads the JSON twin at path into v.
func twinAt(t testing.TB, h http.Handler, path string, v any) {
	t.Helper()
	w := get(t, h, path)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		t.Fatalf("%s: status %d, %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func equal[T comparable](t testing.TB, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

// addresses of every sort of page.
var everyPage = []string{"/", "/documents", "/documents/vale-1", "/documents/shabaka-1", "/documents/odd%2F1%3Fx=%23y", "/documents/locked",
	"/incidents", "/incidents/Z1", "/incidents/Z2", "/incidents/Z3", "/totals", "/totals?by=month&grade=all", "/nowhere"}

func TestEveryAnswerForbidsWhatArchivedTextCouldDo(t *testing.T) {
	h := pages(t)
	want := "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	for _, path := range append([]string{"/healthz", "/.json", "/incidents/Z1.json", "/static/x/style.css"}, everyPage...) {
		header := get(t, h, path).Header()
		for name, value := range map[string]string{"Content-Security-Policy": want, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if got := header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
	}
}

func TestHostileTextIsShownAndNeverRuns(t *testing.T) {
	h := pages(t)
	for _, path := range everyPage {
		if path == "/nowhere" {
			continue
		}
		n := page(t, h, path, http.StatusOK)
		if found := attributes(n, "script", "src"); len(found) != 1 || !strings.HasPrefix(found[0], "/static/") {
			t.Errorf("%s: scripts %q, want the site's own", path, found)
		}
		if found := all(t, n, "script, style"); slices.ContainsFunc(found, func(s string) bool { return s != "" }) {
			t.Errorf("%s: inline script or style %q", path, found)
		}
		for _, m := range cascadia.QueryAll(n, cascadia.MustCompile("*")) {
			for _, a := range m.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") && a.Key != "value" {
					t.Errorf("%s: <%s %s=%q>", path, m.Data, a.Key, a.Val)
				}
			}
		}
		if text := wordsOf(n); strings.ContainsAny(text, "\u202e\u202d") {
			t.Errorf("%s: a control that turns letters around is obeyed", path)
		}
	}
	n := page(t, h, "/documents/odd%2F1%3Fx=%23y", http.StatusOK)
	if got, want := one(t, n, "h1"), "⟨RLO⟩<script>alert('title')</script>"; got != want {
		t.Errorf("the title is shown as %q, want %q", got, want)
	}
	if got := one(t, n, "title"); strings.ContainsAny(got, "\u202e⟨") {
		t.Errorf("the window's title is %q", got)
	}
}

func TestAPageIsSentAgainOnlyAfterAnotherAct(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	h := handler(t, s)
	again := func(tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/incidents/Z1", nil)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	tag := get(t, h, "/incidents/Z1").Header().Get("ETag")
	if w := again(tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("nothing was done since: status %d, %d bytes", w.Code, w.Body.Len())
	}
	write(t, s, "project", "zumra", "", func(tx *store.Tx) error {
		return tx.PutProject(ctx, cairn.Project{Name: "zumra", Title: "Renamed", Policy: "airwars/1"})
	})
	if w := again(tag); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Renamed") {
		t.Errorf("after another act: status %d", w.Code)
	}
}

func TestWhatIsNotThereSaysSo(t *testing.T) {
	h := pages(t)
	for _, test := range []struct {
		path   string
		status int
		words  string
	}{
		{"/nowhere", 404, "Nothing is recorded here"},
		{"/documents/nowhere", 404, "Nothing is recorded here"},
		{"/documents/vale-1?reading=r0", 404, "Nothing is recorded here"},
		{"/incidents/Z99", 404, "Nothing is recorded here"},
		{"/documents?after=nowhere", 404, "Nothing is recorded here"},
		{"/originals/sha256-x", 400, "This address asks for something that cannot be"},
		{"/originals/" + string(cairn.RefOf([]byte("nowhere"))), 404, "Nothing is recorded here"},
	} {
		if got := one(t, page(t, h, test.path, test.status), "h1"); got != test.words {
			t.Errorf("%s says %q, want %q", test.path, got, test.words)
		}
	}
	if w := get(t, h, "/incidents/Z99.json"); w.Code != 404 || !json.Valid(w.Body.Bytes()) {
		t.Errorf("a twin that is not there: status %d, %s", w.Code, w.Body)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/incidents", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a post is answered with %d", w.Code)
	}
}

func TestAStoreThatCannotBeReadIsAFaultAndNotHealthy(t *testing.T) {
	s, err := store.Open(ctx, storetest.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	world(t, s)
	h := handler(t, s)
	if w := get(t, h, "/healthz"); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("healthy: status %d, %q", w.Code, w.Body)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if w := get(t, h, "/healthz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("closed: status %d", w.Code)
	}
	n := page(t, h, "/incidents/Z1", http.StatusInternalServerError)
	if got, want := one(t, n, "h1"), "This page could not be made"; got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
}

func TestStaticFilesAreKeptUnderTheirHash(t *testing.T) {
	h := pages(t)
	sheet := attributes(page(t, h, "/", 200), `link[href$="style.css"]`, "href")[0]
	w := get(t, h, sheet)
	if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
		t.Errorf("%s: status %d, %v", sheet, w.Code, w.Header())
	}
	if w := get(t, h, "/static/old/style.css"); w.Code != 200 || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("under another hash: status %d, %v", w.Code, w.Header())
	}
	if w := get(t, h, "/static/old/README"); w.Code != 404 {
		t.Errorf("a file that is none of the pages': status %d", w.Code)
	}
}

func TestTheOriginalIsSavedAndNeverShown(t *testing.T) {
	ref := cairn.RefOf([]byte(hostileText))
	w := get(t, pages(t), "/originals/"+string(ref))
	if w.Code != 200 || w.Body.String() != hostileText {
		t.Fatalf("status %d, %q", w.Code, w.Body)
	}
	for name, want := range map[string]string{"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": `attachment; filename="` + string(ref) + `.html"`} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestPagesNeedAProject(t *testing.T) {
	if _, err := New(store.View{}, shelf{}, Settings{}); err == nil {
		t.Error("pages of no project were made")
	}
}
