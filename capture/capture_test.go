package capture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/warc"
)

func noon() time.Time { return time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC) }

// missing skips the test for want of something, or fails it where everything
// is to be tested.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

func browserPath(t *testing.T) string {
	t.Helper()
	path := FindBrowser()
	if path == "" {
		missing(t, "no chromium to test with: apt-get install --no-install-recommends chromium")
	}
	return path
}

func line(t testing.TB, via string, private bool) *Line {
	t.Helper()
	l, err := NewLine(via, private)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func options(t testing.TB, l *Line) Options {
	return Options{Now: noon, Agent: "cairn test", Tool: "cairn test", Who: "Ana", Line: l, Timeout: 40 * time.Second}
}

// site is a small site, secure or not, whose page scripts complete.
func site(t testing.TB, secure bool) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	asked := &atomic.Int64{}
	says := func(media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			w.Header().Set("Content-Type", media)
			io.WriteString(w, body)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/report", http.StatusFound) })
	mux.HandleFunc("/report", says("text/html", `<html><head><title>Tel Marun</title><link rel="stylesheet" href="/s.css"></head><body><img src="/a.png"><p>Seven people were killed.</p><div id="more"></div>
<script>fetch("/more.json").then(r => r.json()).then(j => document.getElementById("more").innerText = j.more)</script></body></html>`))
	mux.HandleFunc("/s.css", says("text/css", `body { background: url(/b.png) }`))
	mux.HandleFunc("/a.png", says("image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRa"))
	mux.HandleFunc("/b.png", says("image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRb"))
	mux.HandleFunc("/more.json", says("application/json", `{"more": "Twelve were injured."}`))
	mux.HandleFunc("/chunks", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "one ")
		w.(http.Flusher).Flush()
		io.WriteString(w, "two")
	})
	s := httptest.NewUnstartedServer(mux)
	s.Config.ErrorLog = nil
	if secure {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s, asked
}

// trusted is a line that trusts the certificate of a test's server.
func trusted(t testing.TB, s *httptest.Server) *Line {
	l := line(t, Direct, true)
	if s.TLS != nil {
		l.roots = s.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	}
	return l
}

// written reads what a capture writes: each record in words.
func written(t testing.TB, c *Captured, o Options) (records []string, file []byte) {
	t.Helper()
	var out bytes.Buffer
	if _, err := c.Write(&out, o); err != nil {
		t.Fatal(err)
	}
	r := warc.NewReader(bytes.NewReader(out.Bytes()))
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return records, out.Bytes()
		}
		if err != nil {
			t.Fatal(err)
		}
		check, err := record.Check()
		if err != nil || check.Block != warc.Holds || check.Payload == warc.Differs {
			t.Errorf("%s of %s: %+v, %v", record.Type(), record.Target(), check, err)
		}
		records = append(records, record.Type()+" "+record.Target())
	}
}

func TestAPageIsCapturedWithWhatItIsMadeWith(t *testing.T) {
	for _, secure := range []bool{false, true} {
		for _, browser := range []bool{false, true} {
			t.Run(fmt.Sprintf("secure %t, browser %t", secure, browser), func(t *testing.T) {
				s, _ := site(t, secure)
				o := options(t, trusted(t, s))
				if browser {
					o.Browser = browserPath(t)
				}
				c, err := Page(t.Context(), s.URL+"/moved", o)
				if err != nil {
					t.Fatal(err)
				}
				if c.Main == nil || c.Main.Status != 200 || !slices.Equal(c.Redirects, []string{s.URL + "/report"}) || c.Main.Peer != "127.0.0.1" {
					t.Fatalf("main %+v, redirects %q, note %q", c.Main, c.Redirects, c.Note)
				}
				if (c.Main.TLS != nil) != secure || secure && len(c.Main.TLS.Certificates) == 0 {
					t.Errorf("TLS %+v", c.Main.TLS)
				}
				records, file := written(t, c, o)
				want := []string{"response " + s.URL + "/moved", "response " + s.URL + "/report", "request " + s.URL + "/report", "response " + s.URL + "/s.css", "response " + s.URL + "/a.png", "response " + s.URL + "/b.png"}
				if browser {
					want = append(want, "response "+s.URL+"/more.json", "resource urn:view:"+s.URL+"/moved", "resource urn:pdf:"+s.URL+"/moved", "resource urn:text:"+s.URL+"/moved", "resource urn:dom:"+s.URL+"/moved")
					if !strings.Contains(string(c.Text), "Twelve were injured.") || !bytes.HasPrefix(c.Screenshot, []byte("\x89PNG")) || !bytes.HasPrefix(c.Print, []byte("%PDF-")) || c.Browser == "" {
						t.Errorf("text %q, %d bytes of picture, %d of print, browser %q, note %q", c.Text, len(c.Screenshot), len(c.Print), c.Browser, c.Note)
					}
				}
				for _, w := range want {
					if !slices.Contains(records, w) {
						t.Errorf("no %s in\n%s", w, strings.Join(records, "\n"))
					}
				}
				if !warc.Is(file[:300]) {
					t.Error("is no WARC file")
				}
			})
		}
	}
}

// What came over the line stands in the record to the byte: the chunks too.
func TestAnswersAreKeptAsTheyCame(t *testing.T) {
	s, _ := site(t, false)
	c, err := Page(t.Context(), s.URL+"/chunks", options(t, trusted(t, s)))
	if err != nil {
		t.Fatal(err)
	}
	raw, body := read(t, c.Main.Raw), read(t, c.Main.Body())
	if !strings.Contains(raw, "\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n") || body != "one two" || !strings.HasPrefix(raw, "HTTP/1.1 200 OK\r\n") {
		t.Errorf("%q with the body %q", raw, body)
	}
}

// A way out that refuses is the end of it: nothing is asked for directly.
func TestALineNeverTakesAnotherWay(t *testing.T) {
	refusing := func(t *testing.T) (string, *atomic.Int64) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		met := &atomic.Int64{}
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				met.Add(1)
				go func() {
					defer conn.Close()
					buffer := make([]byte, 300)
					n, _ := conn.Read(buffer)
					if n > 0 && buffer[0] == 5 { // SOCKS: no password, and then "not allowed"
						conn.Write([]byte{5, 0})
						conn.Read(buffer)
						conn.Write([]byte{5, 2, 0, 1, 0, 0, 0, 0, 0, 0})
						return
					}
					io.WriteString(conn, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
				}()
			}
		}()
		return l.Addr().String(), met
	}
	for _, scheme := range []string{"socks5", "http"} {
		for _, browser := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, browser %t", scheme, browser), func(t *testing.T) {
				s, asked := site(t, false)
				address, met := refusing(t)
				o := options(t, line(t, scheme+"://"+address, true))
				if browser {
					o.Browser = browserPath(t)
				}
				o.Timeout = 15 * time.Second
				c, err := Page(t.Context(), s.URL+"/report", o)
				if err != nil {
					t.Fatal(err)
				}
				if asked.Load() != 0 {
					t.Errorf("the site was reached %d times past the proxy", asked.Load())
				}
				if met.Load() == 0 || c.Main == nil || c.Main.Err == nil || !strings.Contains(c.Main.Err.Error(), "through "+scheme) {
					t.Errorf("the proxy was met %d times, %+v", met.Load(), c.Main)
				}
			})
		}
	}
}

func TestPrivateAddressesAreRefusedOnEveryWay(t *testing.T) {
	s, asked := site(t, false)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.URL, "http://"))
	for _, via := range []string{Direct, "socks5://127.0.0.1:1", "http://127.0.0.1:1"} {
		for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "192.168.1.1", "[::ffff:127.0.0.1]", "[fe80::1]", "[64:ff9b::7f00:1]"} {
			c, err := Page(t.Context(), "http://"+host+":"+port+"/report", options(t, line(t, via, false)))
			if err != nil {
				t.Fatal(err)
			}
			if c.Main == nil || !errors.Is(c.Main.Err, ErrPrivate) || asked.Load() != 0 {
				t.Errorf("%s via %s: %+v, asked %d times", host, via, c.Main, asked.Load())
			}
		}
	}
}

func TestABrowserReachesNoPrivateAddress(t *testing.T) {
	s, asked := site(t, false)
	o := options(t, line(t, Direct, false))
	o.Browser, o.Timeout = browserPath(t), 20*time.Second
	c, err := Page(t.Context(), s.URL+"/report", o)
	if err != nil {
		t.Fatal(err)
	}
	if asked.Load() != 0 || c.Main == nil || !errors.Is(c.Main.Err, ErrPrivate) {
		t.Errorf("asked %d times, %+v", asked.Load(), c.Main)
	}
}

func TestWaysOutAreChecked(t *testing.T) {
	for _, via := range []string{"socks4://127.0.0.1:9050", "ftp://x:1", "socks5://nowhere", "tor", "://", "file:///etc/passwd"} {
		if _, err := NewLine(via, false); err == nil {
			t.Errorf("%q is taken for a way out", via)
		}
	}
	if l := line(t, "socks5://ana:secret@127.0.0.1:9050", false); strings.Contains(l.String(), "secret") {
		t.Errorf("%s tells a password", l)
	}
}

func TestAPageThatNeverEnds(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/stream", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			w.Write(bytes.Repeat([]byte("killed "), 10_000))
		}
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			w.Write([]byte("."))
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/loop?"+r.URL.RawQuery+"x", http.StatusFound)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	for path, want := range map[string]string{"/stream": "length", "/drip": "time"} {
		o := options(t, line(t, Direct, true))
		o.MaxBytes, o.Timeout = 1<<20, time.Second
		c, err := Page(t.Context(), s.URL+path, o)
		if err != nil || c.Main == nil || c.Main.Cut != want || len(read(t, c.Main.Body())) > 1<<20 {
			t.Errorf("%s: %+v, %v", path, c.Main, err)
		}
		if records, _ := written(t, c, o); len(records) != 4 {
			t.Errorf("%s: %q", path, records)
		}
	}
	c, err := Page(context.Background(), s.URL+"/loop", options(t, line(t, Direct, true)))
	if err != nil || len(c.Exchanges) != mostRedirects+1 {
		t.Errorf("%d exchanges, %v", len(c.Exchanges), err)
	}
}
