package unpack

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/warc"
)

var captured = time.Date(2031, 3, 4, 10, 11, 12, 0, time.UTC)

const (
	report  = "<html><title>A strike</title><p>Seven people were killed in Tel Marun.</p></html>"
	picture = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
)

var byteAt = regexp.MustCompile(`byte \d+`)

type record struct{ kind, target, fields, body string }

// recorded writes records as a WARC; fields are those of HTTP, or of the record
// where it is none.
func recorded(t testing.TB, records ...record) []byte {
	t.Helper()
	var out bytes.Buffer
	w := warc.NewWriter(&out, true)
	if _, err := w.Info(captured, "", warc.Header{{Name: "software", Value: "Crawler 3"}}); err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		h := warc.Header{{Name: warc.TypeField, Value: r.kind}, {Name: warc.TargetField, Value: r.target}, {Name: warc.DateField, Value: captured.Format(time.RFC3339)}}
		block := r.body
		if r.kind == warc.Response || r.kind == warc.Revisit && r.fields != "" {
			h = append(h, warc.Field{Name: warc.MediaField, Value: "application/http;msgtype=response"})
			block = "HTTP/1.1 " + strings.ReplaceAll(r.fields, "\n", "\r\n") + "\r\n\r\n" + r.body
		} else {
			for line := range strings.Lines(r.fields) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
				h = append(h, warc.Field{Name: name, Value: value})
			}
		}
		if r.kind == warc.Revisit {
			h = append(h, warc.Field{Name: warc.RefersToURIField, Value: r.body}, warc.Field{Name: warc.RefersToDateField, Value: captured.Format(time.RFC3339)})
			block = ""
		}
		if _, err := w.WriteBytes(h, []byte(block)); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func gzipped(s string) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write([]byte(s))
	z.Close()
	return out.String()
}

func TestWhatAWebArchiveHolds(t *testing.T) {
	const html = "200 OK\nContent-Type: text/html"
	for _, test := range []struct {
		name   string
		record record
		want   []string
	}{
		{"a page", record{warc.Response, "https://marun.example/a", html, report}, []string{"https://marun.example/a: text/html, 81 bytes"}},
		{"a page, packed", record{warc.Response, "https://marun.example/a", html + "\nContent-Encoding: gzip", gzipped(report)}, []string{"https://marun.example/a: text/html, 81 bytes"}},
		{"a page of a coding that nobody knows", record{warc.Response, "https://marun.example/a", html + "\nContent-Encoding: rot13", report}, []string{`https://marun.example/a: text/html, 81 bytes, broken: packed as "rot13", which is not known`}},
		{"a page that broke off", record{warc.Response, "https://marun.example/a", html + "\nContent-Length: 500", report}, []string{"https://marun.example/a: text/html, 81 bytes, broken: 81 of 500 bytes came"}},
		{"a page over the bound", record{warc.Response, "https://marun.example/a", html, strings.Repeat(report, 20)}, []string{"https://marun.example/a: text/plain, 0 bytes, too large"}},
		{"a bomb", record{warc.Response, "https://marun.example/a", html + "\nContent-Encoding: gzip", gzipped(strings.Repeat(" ", 1<<20))}, []string{"https://marun.example/a: text/plain, 0 bytes, too large"}},
		{"a picture", record{warc.Response, "https://marun.example/a.png", "200 OK\nContent-Type: image/png", picture}, []string{"https://marun.example/a.png: image/png, 20 bytes, an original"}},
		{"a picture that is called a page", record{warc.Response, "https://marun.example/a", html, picture}, []string{"https://marun.example/a: image/png, 20 bytes, an original"}},
		{"a text", record{warc.Response, "https://marun.example/a.txt", "200 OK\nContent-Type: text/plain", "Two were killed."}, []string{"https://marun.example/a.txt: text/plain, 16 bytes"}},
		{"a letter", record{warc.Response, "https://marun.example/a.pdf", "200 OK\nContent-Type: application/octet-stream", "%PDF-1.4\n"}, []string{"https://marun.example/a.pdf: application/pdf, 9 bytes"}},
		{"style", record{warc.Response, "https://marun.example/a.css", "200 OK\nContent-Type: text/css", "p {}"}, nil},
		{"a script", record{warc.Response, "https://marun.example/a.js", "200 OK\nContent-Type: application/javascript", "1"}, nil},
		{"a redirect", record{warc.Response, "https://marun.example/a", "302 Found\nLocation: /b", ""}, nil},
		{"what is gone", record{warc.Response, "https://marun.example/a", "404 Not Found\nContent-Type: text/html", report}, []string{"passed https://marun.example/a: 404 Not Found"}},
		{"what never answered in HTTP", record{warc.Response, "https://marun.example/a", "OK", report}, []string{`fault in: byte 201: the HTTP message begins with no status: "HTTP/1.1 OK"`}},
		{"a name of DNS", record{warc.Response, "dns:marun.example", html, report}, nil},
		{"a resource", record{warc.Resource, "https://marun.example/a", "Content-Type: text/html", report}, []string{"https://marun.example/a: text/html, 81 bytes"}},
		{"a screenshot", record{warc.Resource, "urn:view:https://marun.example/a", "Content-Type: image/png", picture}, []string{"urn:view:https://marun.example/a: image/png, 20 bytes, an original"}},
		{"a log", record{warc.Resource, "metadata://gnu.example/wget.log", "Content-Type: text/plain", "log"}, nil},
		{"a request", record{warc.Request, "https://marun.example/a", "Content-Type: application/http;msgtype=request", "GET / HTTP/1.1\r\n\r\n"}, nil},
		{"notes", record{warc.Metadata, "https://marun.example/a", "Content-Type: application/warc-fields", "via: x\r\n"}, nil},
		{"a revisit of what is elsewhere", record{warc.Revisit, "https://marun.example/again", "200 OK", "https://marun.example/other"}, []string{"passed https://marun.example/again: a revisit of what this file does not hold"}},
		{"what its tool cut short", record{warc.Resource, "https://marun.example/a", "Content-Type: text/html\nWARC-Truncated: time", report}, []string{"https://marun.example/a: text/html, 81 bytes, broken: the tool that captured it broke off: time"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := opened(t, recorded(t, test.record), func(c *Container) { c.MaxBytes = 1000 })
			for i := range got {
				got[i] = byteAt.ReplaceAllString(got[i], "byte 201")
			}
			same(t, got, test.want)
		})
	}
}

func TestAPieceSaysHowItWasCaptured(t *testing.T) {
	content := recorded(t, record{warc.Response, "https://marun.example/a", "200 OK\nContent-Type: text/html; charset=utf-8", report},
		record{warc.Revisit, "https://marun.example/again", "200 OK", "https://marun.example/a"})
	var pieces []Piece
	for p, err := range Pieces(Container{From: "in", Ref: cairn.RefOf(content), Bytes: bytes.NewReader(content), Size: int64(len(content))}) {
		if err != nil {
			t.Fatal(err)
		}
		pieces = append(pieces, p)
	}
	if len(pieces) != 2 {
		t.Fatalf("%d pieces", len(pieces))
	}
	p, again := pieces[0], pieces[1]
	w := p.Within
	if w.Tool != "Crawler 3" || !w.At.Equal(captured) || w.Digest != "holds" || !strings.HasPrefix(w.ID, "urn:uuid:") || w.Ref != cairn.RefOf(content) {
		t.Errorf("%+v", w)
	}
	if p.Status != 200 || p.Given.URL != p.From || fmt.Sprint(p.Headers["Content-Type"]) != "[text/html; charset=utf-8]" {
		t.Errorf("%+v", p)
	}
	one, err := warc.NewReader(bytes.NewReader(content[w.Span.Start:w.Span.End])).Next()
	if err != nil || one.ID() != w.ID {
		t.Errorf("at its span stands %+v, %v", one, err)
	}
	if again.Same != cairn.RefOf([]byte(report)) || again.From != "https://marun.example/again" || again.Bytes != nil {
		t.Errorf("%+v", again)
	}
}

func TestAChangedRecordIsSaid(t *testing.T) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://marun.example/a\r\nWARC-Date: 2031-03-04T10:11:12Z\r\nContent-Type: text/html\r\n"+
		"WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(report), report)
	same(t, opened(t, out.Bytes()), []string{"https://marun.example/a: text/html, 81 bytes", "fault in: byte 0: the bytes are not those that the digest of the record was made of"})
}

func TestAPackageOfPages(t *testing.T) {
	var out bytes.Buffer
	w, err := warc.NewPackageWriter(&out, warc.Package{Software: "cairn", Created: captured})
	if err != nil {
		t.Fatal(err)
	}
	h := warc.Header{{Name: warc.TypeField, Value: warc.Resource}, {Name: warc.TargetField, Value: "https://marun.example/a"}, {Name: warc.DateField, Value: captured.Format(time.RFC3339)}, {Name: warc.MediaField, Value: "text/html"}}
	if err := w.Write(h, strings.NewReader(report)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if kindOf(out.Bytes()) != WACZ {
		t.Errorf("is taken for %q", kindOf(out.Bytes()))
	}
	same(t, opened(t, out.Bytes()), []string{"https://marun.example/a: text/html, 81 bytes"})
	inside := packed(t, 0, "from the field.wacz", out.String())
	same(t, opened(t, inside), []string{"https://marun.example/a: text/html, 81 bytes"})
	broken := bytes.Replace(out.Bytes(), []byte(`"All Pages"`), []byte(`"All Pagez"`), 1)
	if got := opened(t, broken); len(got) != 2 || !strings.Contains(got[0], "pages/pages.jsonl") {
		t.Errorf("%q", got)
	}
}
