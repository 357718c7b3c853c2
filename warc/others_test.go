package warc

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// missing skips the test for want of something, or fails it where everything
// is to be tested.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// node runs a script or a package of npm.
func node(t *testing.T, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "no node to test with")
	}
	if _, err := os.Stat("../node_modules/warcio"); err != nil {
		missing(t, "no warcio to test with: npm ci --ignore-scripts")
	}
	c := exec.Command("node", args...)
	var wrong bytes.Buffer
	c.Stderr = &wrong
	out, err := c.Output()
	if err != nil {
		t.Fatalf("node %s: %v\n%s", args, err, wrong.Bytes())
	}
	return out
}

// A seen is a record as another implementation reads it.
type seen struct {
	Type, ID, Target, Date, SHA256 string
	Status, Size                   int
}

func seenBy(t *testing.T, out []byte) []seen {
	t.Helper()
	var all []seen
	for line := range bytes.Lines(out) {
		var s seen
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// ours reads a file with our own reader, into the same form.
func ours(t *testing.T, path string) []seen {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []seen
	r := NewReader(f)
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		s := seen{Type: record.Type(), ID: record.Header.Get(IDField), Target: record.Target(), Date: record.Header.Get(DateField)}
		body := io.Reader(record)
		if record.isHTTP() && record.Size > 0 {
			m, err := record.Message()
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if s.Status = m.Status; s.Status != 0 {
				if body, err = m.Decoded(); err != nil {
					t.Fatalf("%s: %v", path, err)
				}
			} else {
				body = m.Body
			}
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		s.SHA256, s.Size = fmt.Sprintf("%x", sha256.Sum256(text)), len(text)
		check, err := record.Check()
		if err != nil || (check.Block == Differs || check.Payload == Differs) && record.Type() != Revisit { // wget states the digest of the whole message for a revisit
			t.Errorf("%s: %s of %s: %+v, %v", path, s.Type, s.Target, check, err)
		}
		all = append(all, s)
	}
}

// manyRecords is what a record of a web archive can hold.
func manyRecords(t *testing.T, w func(Header, []byte)) {
	t.Helper()
	const at = "https://marun.example/report?b=2&a=1"
	w(header(Request, at, Field{MediaField, "application/http;msgtype=request"}), []byte("GET /report?b=2&a=1 HTTP/1.1\r\nHost: marun.example\r\n\r\n"))
	w(header(Response, at, httpMedia), answer(report))
	w(header(Response, "https://marun.example/packed", httpMedia), answer(pack(report), "Content-Encoding: gzip"))
	w(header(Response, "https://www.marun.example/chunks", httpMedia), answer(fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(report), report), "Transfer-Encoding: chunked"))
	w(header(Response, "https://marun.example/gone", httpMedia), []byte("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not here."))
	w(header(Response, "https://marun.example/غارة", httpMedia), answer("<p>قتل سبعة أشخاص"))
	w(header(Resource, "urn:screenshot:https://marun.example/report", Field{MediaField, "image/png"}), []byte("\x89PNG\r\n\x1a\n\x00\x01\r\n\r\nWARC/1.1\r\n"))
	w(header(Metadata, at, Field{MediaField, "application/warc-fields"}), []byte("via: https://marun.example/\r\n"))
	w(header(Revisit, "https://marun.example/again", httpMedia, Field{RefersToURIField, at}, Field{"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"}), []byte("HTTP/1.1 200 OK\r\n\r\n"))
}

func TestWarcioReadsWhatWeWrite(t *testing.T) {
	for _, packed := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "ours.warc")
		var out bytes.Buffer
		w := NewWriter(&out, packed)
		if _, err := w.Info(captured, "ours.warc", Header{{"software", "a test"}}); err != nil {
			t.Fatal(err)
		}
		manyRecords(t, func(h Header, block []byte) {
			if _, err := w.WriteBytes(h, block); err != nil {
				t.Fatal(err)
			}
		})
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		theirs, mine := seenBy(t, node(t, "testdata/read.mjs", path)), ours(t, path)
		if len(mine) != 10 || !slices.Equal(theirs, mine) {
			t.Errorf("packed %t: warcio reads\n%+v\nand we\n%+v", packed, theirs, mine)
		}
	}
}

// js-wacz indexes the WARC of a package of ours; its index and ours must say the
// same of every address.
func TestJSWACZIndexesAsWeDo(t *testing.T) {
	var out bytes.Buffer
	w, err := NewPackageWriter(&out, about)
	if err != nil {
		t.Fatal(err)
	}
	manyRecords(t, func(h Header, block []byte) {
		if err := w.Write(h, bytes.NewReader(block)); err != nil {
			t.Fatal(err)
		}
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	mine := opened(t, out.Bytes())
	dir := t.TempDir()
	f, err := mine.Open("archive/data.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	file, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data.warc.gz"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	node(t, "../node_modules/@harvard-lil/js-wacz/bin/cli.js", "create", "-f", filepath.Join(dir, "data.warc.gz"), "-o", filepath.Join(dir, "theirs.wacz"))
	written, err := os.ReadFile(filepath.Join(dir, "theirs.wacz"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := opened(t, written)
	a, b := indexOf(t, mine), indexOf(t, theirs)
	if len(a) != 6 || !slices.Equal(a, b) {
		t.Errorf("our index\n%s\ntheirs\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

// indexOf returns what an index says, in one form.
func indexOf(t *testing.T, o *Opened) []string {
	t.Helper()
	var all []string
	for _, name := range o.names(func(n string) bool { return strings.HasPrefix(n, "indexes/") && strings.HasSuffix(n, ".cdx") }) {
		body, err := o.whole(name, mostPages)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(body)) {
			l, err := ParseLine(line)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(l.URL, "urn:") || l.MediaType == "application/warc-fields" {
				continue // which of these are indexed is a matter of taste
			}
			l.Digest = strings.TrimPrefix(l.Digest, "sha256:")
			if l.Status == 404 && l.MediaType == "" {
				l.MediaType = "text/html"
			}
			all = append(all, l.String())
		}
	}
	slices.Sort(all)
	return all
}

func TestFilesOfWarcioAreRead(t *testing.T) {
	dir := t.TempDir()
	node(t, "testdata/write.mjs", dir)
	files, err := filepath.Glob(filepath.Join(dir, "*.warc*"))
	if err != nil || len(files) != 16 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(report)))
	theirs := seenBy(t, node(t, append([]string{"testdata/read.mjs"}, files...)...))
	for _, file := range files {
		mine := ours(t, file)
		if !strings.Contains(file, "brotli") && !slices.Equal(theirs[:len(mine)], mine) { // which warcio leaves packed
			t.Errorf("%s: warcio reads\n%+v\nand we\n%+v", filepath.Base(file), theirs, mine)
		}
		theirs = theirs[len(mine):]
		if !slices.ContainsFunc(mine, func(s seen) bool { return s.SHA256 == sum }) {
			t.Errorf("%s: the report is not in it: %+v", filepath.Base(file), mine)
		}
	}
}

// site is a small site for wget.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<html><a href="/report">report</a> <a href="/copy">copy</a> <a href="/gone">gone</a> <img src="/picture.png">`)
	})
	mux.HandleFunc("/report", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(report)))
		io.WriteString(w, report)
	})
	mux.HandleFunc("/copy", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, report[:20])
		w.(http.Flusher).Flush() // which makes chunks of it
		io.WriteString(w, report[20:])
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, pack(report))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/report", http.StatusFound) })
	mux.HandleFunc("/picture.png", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestFilesOfWgetAreRead(t *testing.T) {
	wget, err := exec.LookPath("wget")
	if err != nil {
		missing(t, "no wget to test with: apt-get install wget")
	}
	base := site(t)
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(report)))
	for _, test := range []struct {
		name  string
		args  []string
		types []string
	}{
		{"one page", []string{base + "/report"}, []string{Info, Request, Response, Metadata, Resource}},
		{"not packed", []string{"--no-warc-compression", base + "/report"}, []string{Info, Request, Response, Metadata, Resource}},
		{"in chunks", []string{base + "/copy"}, []string{Response}},
		{"a body that is packed", []string{base + "/packed"}, []string{Response}},
		{"without digests", []string{"--no-warc-digests", base + "/report"}, []string{Response}},
		{"a redirect", []string{base + "/moved"}, []string{Response}},
		{"a whole site, with what is gone", []string{"-r", "-p", "--no-warc-keep-log", base + "/"}, []string{Request, Response}},
		{"a second time, as revisits", []string{"--warc-dedup=first.cdx", base + "/report", base + "/copy"}, []string{Revisit, Response}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			run := func(args ...string) {
				c := exec.Command(wget, append([]string{"--tries=1", "--no-config", "-e", "robots=off"}, args...)...)
				c.Dir = dir
				c.Env = append(os.Environ(), "http_proxy=", "no_proxy=*")
				if out, err := c.CombinedOutput(); err != nil && c.ProcessState.ExitCode() != 8 { // 8: an answer of 404
					t.Fatalf("wget: %v\n%s", err, out)
				}
			}
			if slices.Contains(test.types, Revisit) {
				run("--warc-file=first", "--warc-cdx", base+"/report")
			}
			run(append([]string{"--warc-file=made"}, test.args...)...)
			found, err := filepath.Glob(filepath.Join(dir, "made.warc*"))
			if err != nil || len(found) != 1 {
				t.Fatalf("%q, %v", found, err)
			}
			mine := ours(t, found[0])
			for _, kind := range test.types {
				if !slices.ContainsFunc(mine, func(s seen) bool { return s.Type == kind }) {
					t.Errorf("no %s in %+v", kind, mine)
				}
			}
			if !slices.ContainsFunc(mine, func(s seen) bool { return s.SHA256 == sum }) {
				t.Errorf("the report is not in %+v", mine)
			}
		})
	}
}
