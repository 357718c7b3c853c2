package collect

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

const report = "<!doctype html><html><body><h1>Strike</h1><p>Seven people were killed in Al-Zahra on Monday.</p></body></html>"

func one(t *testing.T, options Options, address string) Item {
	t.Helper()
	items, faults := collect(options, address)
	if len(items) != 1 || len(faults) != 0 {
		t.Fatalf("%d items, %v; want one item", len(items), faults)
	}
	return items[0]
}

func server(t *testing.T, routes map[string]http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, handler := range routes {
		mux.HandleFunc(pattern, handler)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func zipped(n int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(bytes.Repeat([]byte("killed "), n/7+1))
	z.Close()
	return b.Bytes()
}

func gzipped(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(body)
	}
}

func TestOutcomeOfAnAddress(t *testing.T) {
	base := server(t, map[string]http.HandlerFunc{
		"/report":  says(200, report),
		"/401":     says(401, "who are you"),
		"/402":     says(402, "pay"),
		"/403":     says(403, "no"),
		"/404":     says(404, "not here"),
		"/410":     says(410, "no longer here"),
		"/429":     says(429, "slow down"),
		"/451":     says(451, "a court says no"),
		"/500":     says(500, "oops"),
		"/503":     says(503, "later"),
		"/304":     says(304, ""),
		"/204":     says(204, ""),
		"/empty":   says(200, ""),
		"/blank":   says(200, "  \n\n "),
		"/picture": says(200, "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"),
		"/large":   says(200, strings.Repeat("killed ", 2<<16)),
		"/packed":  gzipped(zipped(7)),
		"/bomb":    gzipped(zipped(50 << 20)),
		"/brokenz": gzipped(zipped(7000)[:30]),
		"/nogzip":  gzipped([]byte("plain text after all")),
		"/brotli": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			w.Write([]byte("?"))
		},
		"/endless":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) },
		"/endlessx": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/endless", http.StatusFound) },
		"/file": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		},
		"/nowhere": says(302, "no location"),
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, report)
		},
		"/members": says(200, `<html><form><input name=u><input type="password"></form>Welcome`),
		"/gate": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/login?next=/gate", http.StatusFound)
		},
		"/login": says(200, "<html><body>One moment, the members' area opens.</body></html>"),
		"/slow": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "Seven ")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"/silent":    func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/documents": says(200, "{\"id\":\"a\",\"text\":\"b\"}"),
	})
	for _, test := range []struct {
		path string
		want cairn.Outcome
		note string
	}{
		{"/report", cairn.Fetched, ""},
		{"/401", cairn.Blocked, "Unauthorized"},
		{"/402", cairn.Blocked, "Payment Required"},
		{"/403", cairn.Blocked, "Forbidden"},
		{"/404", cairn.Gone, "Not Found"},
		{"/410", cairn.Gone, "Gone"},
		{"/429", cairn.Blocked, "Too Many Requests"},
		{"/451", cairn.Blocked, "Unavailable For Legal Reasons"},
		{"/500", cairn.Failed, "Internal Server Error"},
		{"/503", cairn.Failed, "Service Unavailable"},
		{"/304", cairn.Failed, "Not Modified"},
		{"/204", cairn.Empty, "No Content"},
		{"/empty", cairn.Empty, "white space"},
		{"/blank", cairn.Empty, "white space"},
		{"/picture", cairn.NotText, "image/png"},
		{"/large", cairn.TooLarge, "over the bound"},
		{"/packed", cairn.Fetched, ""},
		{"/bomb", cairn.TooLarge, "over the bound"},
		{"/brokenz", cairn.BrokenOff, "broken off"},
		{"/nogzip", cairn.BrokenOff, "broken off"},
		{"/brotli", cairn.BrokenOff, "packed as br"},
		{"/endless", cairn.Failed, "more than 10 redirects"},
		{"/file", cairn.Failed, "no http or https address"},
		{"/nowhere", cairn.Failed, "Found"},
		{"/short", cairn.BrokenOff, "unexpected EOF"},
		{"/members", cairn.LoginWall, "password"},
		{"/gate", cairn.LoginWall, "/login"},
		{"/slow", cairn.BrokenOff, "broken off after 6 bytes: no answer within"},
		{"/silent", cairn.Failed, "no answer within"},
		{"/documents", cairn.Fetched, ""},
	} {
		t.Run(test.path, func(t *testing.T) {
			item := one(t, Options{AllowPrivate: true, MaxBytes: 100_000, Timeout: 400 * time.Millisecond}, base+test.path)
			r := item.Receipt
			if r.Outcome != test.want || !strings.Contains(r.Note, test.note) {
				t.Errorf("%s (%s), want %s (%s)", r.Outcome, r.Note, test.want, test.note)
			}
			if (r.Note == "") != (r.Outcome == cairn.Fetched) {
				t.Errorf("outcome %s with note %q", r.Outcome, r.Note)
			}
			if len(item.Bytes) > 0 && (r.Ref != cairn.RefOf(item.Bytes) || r.Size != int64(len(item.Bytes))) {
				t.Error("the receipt is not of these bytes")
			}
		})
	}
}

func TestAReceiptTellsTheWholeWay(t *testing.T) {
	var agent string
	base := server(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/b", http.StatusMovedPermanently) },
		"/b": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "c?x=1", http.StatusTemporaryRedirect)
		},
		"/c": func(w http.ResponseWriter, r *http.Request) {
			agent = r.UserAgent()
			w.Header().Set("Last-Modified", "Tue, 05 Mar 2024 10:00:00 GMT")
			fmt.Fprint(w, report)
		},
	})
	r := one(t, Options{AllowPrivate: true}, base+"/a").Receipt
	if r.Outcome != cairn.Fetched || r.Status != 200 || r.From != base+"/a" || r.Final != base+"/c?x=1" {
		t.Errorf("receipt %+v", r)
	}
	if fmt.Sprint(r.Redirects) != fmt.Sprintf("[%s/b %s/c?x=1]", base, base) {
		t.Errorf("redirects %v", r.Redirects)
	}
	if r.Headers["Last-Modified"] == nil || r.How != "http" || r.Robots != "allowed" || r.Media != "text/html; charset=utf-8" {
		t.Errorf("receipt %+v", r)
	}
	if agent != r.Agent || !strings.HasPrefix(agent, "cairn/"+cairn.Version) {
		t.Errorf("asked as %q, the receipt says %q", agent, r.Agent)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	reached := false
	private := server(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { reached = true }})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(private, "http://"))
	for _, address := range []string{private, "http://localhost:" + port, "http://[::1]:" + port, "http://0.0.0.0:" + port,
		"http://[::ffff:127.0.0.1]:" + port, "http://169.254.169.254/latest", "http://10.0.0.1/", "http://2130706433:" + port} {
		r := one(t, Options{Timeout: 2 * time.Second}, address).Receipt
		if r.Outcome != cairn.Failed || reached {
			t.Errorf("%s: %s (%s), reached: %t", address, r.Outcome, r.Note, reached)
		}
	}
}

// The guard sits where the connection is made. This server is reached by name,
// and only what it redirects to is refused.
func TestARedirectToAPrivateAddressIsRefused(t *testing.T) {
	reached := false
	private := server(t, map[string]http.HandlerFunc{"/secret": func(http.ResponseWriter, *http.Request) { reached = true }})
	public := server(t, map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, private+"/secret", http.StatusFound) },
	})
	c := newCollector(t.Context(), Options{Now: noon, Timeout: 2 * time.Second}, nil)
	f := fetch{collector: c, ctx: t.Context(), client: c.client(), receipt: c.receipt(public, "http")}
	guarded := f.client.Transport.(*http.Transport)
	dial := guarded.DialContext
	open := (&net.Dialer{}).DialContext
	publicHost := strings.TrimPrefix(public, "http://")
	guarded.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == publicHost { // stands for an address of the public internet
			return open(ctx, network, address)
		}
		return dial(ctx, network, address)
	}
	f.follow(public)
	if f.receipt.Outcome != cairn.Failed || !strings.Contains(f.receipt.Note, "private address") || reached {
		t.Errorf("%s (%s), reached: %t", f.receipt.Outcome, f.receipt.Note, reached)
	}
	if f.receipt.Final != private+"/secret" {
		t.Errorf("final %q", f.receipt.Final)
	}
}

func TestHeadersThatTrickleAreGivenUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n")
				for {
					if _, err := fmt.Fprint(conn, "X-Slow: 1\r\n"); err != nil {
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
			}()
		}
	}()
	start := time.Now()
	r := one(t, Options{AllowPrivate: true, Timeout: 300 * time.Millisecond}, "http://"+listener.Addr().String()).Receipt
	if r.Outcome != cairn.Failed || time.Since(start) > 3*time.Second {
		t.Errorf("%s (%s) after %s", r.Outcome, r.Note, time.Since(start))
	}
}

func TestNoSuchHostAndNoSuchPort(t *testing.T) {
	for _, address := range []string{"http://no-such-host.invalid/", "http://127.0.0.1:1/", "http:///path", "http://[bad/"} {
		if r := one(t, Options{AllowPrivate: true, Timeout: 2 * time.Second}, address).Receipt; r.Outcome != cairn.Failed || r.Note == "" {
			t.Errorf("%s: %s (%s)", address, r.Outcome, r.Note)
		}
	}
}

func TestRobots(t *testing.T) {
	asked := 0
	base := server(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			asked++
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n\nUser-agent: cairn\nDisallow: /private\n")
		},
		"/": says(200, report),
	})
	items, _ := collect(Options{AllowPrivate: true}, base+"/a", base+"/private/b", base+"/c")
	var got []string
	for _, item := range items {
		got = append(got, item.Receipt.Robots+" "+string(item.Receipt.Outcome))
	}
	if fmt.Sprint(got) != "[allowed fetched disallowed blocked allowed fetched]" || asked != 1 {
		t.Errorf("%v, robots.txt asked for %d times", got, asked)
	}
	r := one(t, Options{AllowPrivate: true, IgnoreRobots: true}, base+"/private/b").Receipt
	if r.Outcome != cairn.Fetched || r.Robots != "disallowed" {
		t.Errorf("told to ignore it: %s, %s", r.Outcome, r.Robots)
	}
	for status, want := range map[int]string{404: "allowed", 500: "unknown"} {
		base := server(t, map[string]http.HandlerFunc{"/robots.txt": says(status, ""), "/": says(200, report)})
		if r := one(t, Options{AllowPrivate: true}, base).Receipt; r.Robots != want || r.Outcome != cairn.Fetched {
			t.Errorf("robots.txt with %d: %s, %s; want %s", status, r.Robots, r.Outcome, want)
		}
	}
}

func TestLoginWall(t *testing.T) {
	article := "<p>" + strings.Repeat("Seven people were killed when a strike hit a house. ", 60) + "</p>"
	for _, test := range []struct {
		name, page, address string
		want                bool
	}{
		{"a form in English", `<html><h1>Welcome</h1><input type=password>`, "/", true},
		{"words in English", `<html><p>Please log in to read this.`, "/", true},
		{"words in Arabic", `<html dir=rtl><p>يجب تسجيل الدخول لعرض هذه الصفحة`, "/", true},
		{"words in Spanish", `<html><p>Inicia sesión para continuar leyendo`, "/", true},
		{"words in Russian", `<html><p>Войдите, чтобы продолжить чтение`, "/", true},
		{"words in Ukrainian", `<html><p>Увійдіть, щоб читати далі`, "/", true},
		{"an address of logging in", `<html><p>Members`, "/user/login/", true},
		{"a report with a form to log in at its head", `<html><input type="password">` + article, "/", false},
		{"a report that quotes the words", `<html>` + article + `<p>Please log in to comment.`, "/", false},
		{"a short report", `<html><p>Two people were killed.`, "/", false},
		{"a report on a login", `<html>` + article, "/news/login", false},
		{"words inside a script", `<html><script>"please log in"</script><p>Two people were killed.`, "/", false},
		{"plain text", `please log in`, "/", false},
	} {
		if why := loginWall([]byte(test.page), "text/html; charset=utf-8", "https://news.example"+test.address); (why != "") != test.want {
			t.Errorf("%s: %q, want a wall: %t", test.name, why, test.want)
		}
	}
}

func TestDocumentsInLinesFromAnAddress(t *testing.T) {
	base := server(t, map[string]http.HandlerFunc{
		"/reports.jsonl": says(200, "{\"id\":\"a\",\"text\":\"b\"}\nbad\n{\"id\":\"c\",\"text\":\"d\"}\n"),
	})
	items, faults := collect(Options{AllowPrivate: true}, base+"/reports.jsonl")
	if len(items) != 2 || len(faults) != 1 || items[1].Receipt.From != base+"/reports.jsonl#3" || items[1].Receipt.Status != 200 {
		t.Errorf("%+v, %v", items, faults)
	}
}
