package collect

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// secret stands on a server of this machine that nobody outside may reach.
const secret = "the secret of this machine"

// private is that server, and whether it was reached.
func private(t *testing.T) (port string, reached *atomic.Bool) {
	t.Helper()
	reached = &atomic.Bool{}
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		reached.Store(true)
		io.WriteString(w, secret)
	})}}
	s.Start()
	t.Cleanup(s.Close)
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port, reached
}

// public is a server at an address that stands for one of the world.
func public(t *testing.T, h http.Handler) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("this machine has no 127.0.0.2: " + err.Error())
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
	s.Start()
	t.Cleanup(s.Close)
	return "http://" + l.Addr().String()
}

// raw answers with bytes that are no proper HTTP.
func raw(answer func(net.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			answer(conn)
			conn.Close()
		}
	}
}

func to(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Location"] = []string{address}
		w.WriteHeader(http.StatusFound)
	}
}

func pours(w http.ResponseWriter, r *http.Request, every time.Duration, piece []byte) {
	for r.Context().Err() == nil {
		if _, err := w.Write(piece); err != nil {
			return
		}
		if every > 0 {
			w.(http.Flusher).Flush()
			time.Sleep(every)
		}
	}
}

func packedTimes(n int, content []byte) []byte {
	for range n {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(content)
		z.Close()
		content = b.Bytes()
	}
	return content
}

// traps are pages that would have a machine do what it must not, with the
// outcomes that they may have: of a fetch, and of a capture.
func traps(port string) map[string]struct {
	page http.HandlerFunc
	want []cairn.Outcome
} {
	type trap = struct {
		page http.HandlerFunc
		want []cairn.Outcome
	}
	failed := []cairn.Outcome{cairn.Failed}
	broken := []cairn.Outcome{cairn.Failed, cairn.BrokenOff}
	all := map[string]trap{}
	for _, host := range []string{"127.0.0.1", "localhost", "localhost.", "[::1]", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
		"127。0。0。1", "public@127.0.0.1", "%31%32%37.0.0.1", "169.254.169.254", "[fe80::1%25lo]", "10.0.0.1", "192.168.0.1", "172.16.0.1", "100.64.0.1", "[fd00::1]", "255.255.255.255"} {
		all["a redirect to "+host] = trap{to("http://" + host + ":" + port + "/"), failed}
	}
	for _, address := range []string{"file:///etc/passwd", "gopher://127.0.0.1:" + port + "/_GET%20/", "ftp://127.0.0.1:" + port + "/", "dict://127.0.0.1:" + port + "/", "javascript:fetch('/')", "data:text/html,<p>" + secret, "//127.0.0.1:" + port + "/", "http:///etc/passwd", "unix:/run/x"} {
		all["a redirect to "+address] = trap{to(address), failed}
	}
	all["redirects without end"] = trap{func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) }, failed}
	all["a redirect to itself"] = trap{to(""), failed}
	all["a header split in two"] = trap{raw(func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"+"x")
	}), failed}
	all["a page that goes on for ever"] = trap{func(w http.ResponseWriter, r *http.Request) { pours(w, r, 0, bytes.Repeat([]byte("killed "), 5000)) }, []cairn.Outcome{cairn.TooLarge}}
	all["ten gigabytes, it says"] = trap{raw(func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n<html>")
	}), []cairn.Outcome{cairn.TooLarge, cairn.BrokenOff}}
	all["a drip of letters"] = trap{func(w http.ResponseWriter, r *http.Request) { pours(w, r, 20*time.Millisecond, []byte(".")) }, broken}
	all["a drip of headers"] = trap{raw(func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for range 200 {
			if _, err := io.WriteString(c, "X-A: b\r\n"); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}), broken}
	all["no answer"] = trap{func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, failed}
	all["a bomb of gzip"] = trap{gzipped(zipped(50 << 20)), []cairn.Outcome{cairn.TooLarge}}
	all["a bomb within a bomb"] = trap{func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip, gzip")
		w.Write(packedTimes(2, bytes.Repeat([]byte(" "), 20<<20)))
	}, []cairn.Outcome{cairn.TooLarge, cairn.BrokenOff}}
	all["headers without end"] = trap{raw(func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for range 100_000 {
			if _, err := io.WriteString(c, "X-A: "+strings.Repeat("b", 100)+"\r\n"); err != nil {
				return
			}
		}
	}), failed}
	all["interim answers without end"] = trap{raw(func(c net.Conn) {
		for {
			if _, err := io.WriteString(c, "HTTP/1.1 103 Early Hints\r\nX-A: "+strings.Repeat("b", 1000)+"\r\n\r\n"); err != nil {
				return
			}
		}
	}), failed}
	all["no HTTP at all"] = trap{raw(func(c net.Conn) { io.WriteString(c, "SSH-2.0-OpenSSH_9.9\r\n") }), failed}
	all["chunks that lie"] = trap{raw(func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n<html>")
	}), broken}
	all["an answer that is closed at once"] = trap{raw(func(net.Conn) {}), failed}
	all["a page that sends the reader on"] = trap{says(200, `<html><meta http-equiv="refresh" content="0; url=http://127.0.0.1:`+port+`/"><p>`+strings.Repeat("Wait. ", 50)), []cairn.Outcome{cairn.Fetched}}
	all["a page of pictures of this machine"] = trap{says(200, `<html><img src="http://127.0.0.1:`+port+`/"><link rel="stylesheet" href="file:///etc/passwd"><script src="http://localhost:`+port+`/"></script><iframe src="http://[::1]:`+port+`/"></iframe><p>`+strings.Repeat("Look. ", 50)+"</html>"), []cairn.Outcome{cairn.Fetched}}
	all["a drawing that runs scripts"] = trap{func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("http://127.0.0.1:`+port+`/")</script><image href="file:///etc/passwd"/></svg>`)
	}, []cairn.Outcome{cairn.NotText, cairn.Fetched}}
	all["entities that grow"] = trap{func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		io.WriteString(w, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><x>&b;&f;</x>`)
	}, []cairn.Outcome{cairn.NotText, cairn.Fetched}}
	return all
}

func TestNoPageGetsOut(t *testing.T) {
	port, reached := private(t)
	cases := traps(port)
	if len(cases) < 45 {
		t.Errorf("only %d cases", len(cases))
	}
	var names []string
	for name := range cases {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, whole := range []bool{false, true} {
		for _, name := range names {
			t.Run(fmt.Sprintf("%s, captured %t", name, whole), func(t *testing.T) {
				site := public(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/robots.txt" {
						http.NotFound(w, r)
						return
					}
					cases[name].page(w, r)
				}))
				o := Options{Now: noon, MaxBytes: 1 << 20, Timeout: 400 * time.Millisecond, Interval: time.Nanosecond, Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}}
				began := time.Now()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				said := 0
				for item, err := range Addresses(t.Context(), o, slices.Values([]string{site + "/page"}), whole) {
					if err != nil {
						t.Fatal(err)
					}
					if bytes.Contains(item.Bytes, []byte(secret)) && !strings.Contains(name, "data:") || bytes.Contains(item.Bytes, []byte("root:x:0")) {
						t.Errorf("what is of this machine stands in %s", item.Receipt.From)
					}
					if item.Original {
						continue
					}
					said++
					if r := item.Receipt; !slices.Contains(cases[name].want, r.Outcome) || (r.Note == "") != (r.Outcome == cairn.Fetched) {
						t.Errorf("%s (%s), want one of %v", r.Outcome, r.Note, cases[name].want)
					}
				}
				runtime.ReadMemStats(&after)
				if grown := after.TotalAlloc - before.TotalAlloc; grown > 160<<20 {
					t.Errorf("%d MiB of memory were asked for", grown>>20)
				}
				if said != 1 || time.Since(began) > 5*time.Second {
					t.Errorf("%d outcomes after %s", said, time.Since(began))
				}
				if reached.Swap(false) {
					t.Error("this machine was reached")
				}
			})
		}
	}
}
