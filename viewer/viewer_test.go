package viewer

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func shown(t *testing.T, p Page, path string) (int, http.Header, string) {
	t.Helper()
	w := httptest.NewRecorder()
	New(&pile{page: p, asked: map[string]bool{}}, []byte("drawn")).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Header(), w.Body.String()
}

func TestNothingLeadsOut(t *testing.T) {
	code, header, body := shown(t, Page{[]byte(strings.ReplaceAll(hostile, "HOME", "http://home.example")), "text/html", "http://valley.example/"}, "/pages/d1")
	if code != http.StatusOK || !strings.Contains(body, "words") || !strings.Contains(body, `data-led-to="http://home.example/link"`) {
		t.Fatalf("%d: %s", code, body)
	}
	for _, never := range []string{"<script", "onload", "onclick", "<iframe", "<form action", "<meta", "<base", "http-equiv", " href=\"http", "javascript:", "srcdoc", "<object", "<embed", "<svg"} {
		if strings.Contains(strings.ReplaceAll(body, `data-led-to="javascript:`, ""), never) {
			t.Errorf("%q is still in it", never)
		}
	}
	for _, leads := range regexp.MustCompile(`(?:src|poster|background|href)="([^"]*)"`).FindAllStringSubmatch(strings.ReplaceAll(body, "data-led-to=", ""), -1) {
		if leads[1] != "" && !strings.HasPrefix(leads[1], "/parts/d1?") && !strings.Contains(leads[0], "home.example/link") {
			t.Errorf("it leads to %s", leads[1])
		}
	}
	policy := header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox", "form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q is without %s", policy, want)
		}
	}
	if strings.Contains(policy, "allow-") || strings.Contains(policy, "script") || header.Get("Referrer-Policy") != "no-referrer" || header.Get("Set-Cookie") != "" {
		t.Errorf("headers: %v", header)
	}
}

// TestWhatAPageIsMadeWith asks for parts with the seal of a page, and without.
func TestWhatAPageIsMadeWith(t *testing.T) {
	of := func(address string) string {
		return parts{base: &url.URL{}, document: "d1", secret: []byte("drawn")}.of(address)
	}
	for _, c := range []struct {
		path string
		want int
	}{
		{of("http://valley.example/kept.png"), http.StatusOK},
		{of("http://valley.example/gone.png"), http.StatusNotFound},
		{"/parts/d1?of=" + url.QueryEscape("http://valley.example/kept.png"), http.StatusForbidden},
		{strings.Replace(of("http://valley.example/kept.png"), "/d1?", "/d2?", 1), http.StatusForbidden},
		{strings.Replace(of("http://valley.example/other.png"), "other", "kept", 1), http.StatusForbidden},
	} {
		if code, header, body := shown(t, Page{}, c.path); code != c.want || code == http.StatusOK && header.Get("Content-Type") != "image/gif" {
			t.Errorf("%s: %d as %s, want %d: %.60s", c.path, code, header.Get("Content-Type"), c.want, body)
		}
	}
	for _, never := range []string{"data:text/html,x", "file:///etc/passwd", "javascript:1", "gopher://x/", "http://[::1", "blob:x"} {
		if got := of(never); got != "" {
			t.Errorf("%q leads to %s", never, got)
		}
	}
}

// TestByWhatTheBytesAre shows bytes whose server lied about them.
func TestByWhatTheBytesAre(t *testing.T) {
	for _, c := range []struct {
		name, content, media, want string
	}{
		{"a picture called a page", string(dot), "text/html", "image/gif"},
		{"a page called a picture", "<!DOCTYPE html><script>1</script>", "image/png", "text/html; charset=utf-8"},
		{"a drawing that runs", `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`, "image/svg+xml", "text/plain; charset=utf-8"},
		{"a script", "alert(1)", "text/javascript", "text/plain; charset=utf-8"},
		{"a PDF", "%PDF-1.7\n", "application/pdf", "text/plain; charset=utf-8"},
		{"words", "Seven people were killed.", "", "text/plain; charset=utf-8"},
	} {
		if _, header, body := shown(t, Page{[]byte(c.content), c.media, ""}, "/pages/d1"); header.Get("Content-Type") != c.want || strings.HasPrefix(c.want, "text/html") && strings.Contains(body, "<script") {
			t.Errorf("%s is shown as %s, want %s: %s", c.name, header.Get("Content-Type"), c.want, body)
		}
	}
}

// FuzzRemade reads what was made as a browser does, and looks for what runs, loads
// or leads.
func FuzzRemade(f *testing.F) {
	f.Add(hostile)
	f.Add(`<a href="x"><style></style><script>1</script>`)
	f.Fuzz(func(t *testing.T, page string) {
		p := viewing{secret: []byte("drawn")}.parts(Page{Address: "http://valley.example/"}, "d1")
		made := remade(Page{Content: []byte(page), Media: "text/html; charset=utf-8"}, p)
		for _, scripting := range []bool{true, false} {
			tree, err := html.ParseWithOptions(bytes.NewReader(made), html.ParseOptionEnableScripting(scripting))
			if err != nil {
				t.Fatal(err)
			}
			for n := range tree.Descendants() {
				if n.Type == html.ElementNode && (dropped[n.Data] || n.Namespace != "") {
					t.Errorf("<%s> is in %q, made of %q", n.Data, made, page)
				}
				for _, a := range n.Attr {
					if n.Type == html.ElementNode && (strings.HasPrefix(a.Key, "on") || a.Key == "src" && a.Val != "" && !strings.HasPrefix(a.Val, "/parts/")) {
						t.Errorf("%s=%q is in %q, made of %q", a.Key, a.Val, made, page)
					}
				}
			}
		}
	})
}
