package unpack

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// opened unpacks content and says of each thing in it, in words, what is said of
// it; a fault begins with "fault", what is passed over with "passed".
func opened(t testing.TB, content []byte, options ...func(*Container)) []string {
	t.Helper()
	c := Container{From: "in", Ref: cairn.RefOf(content), Bytes: bytes.NewReader(content), Size: int64(len(content))}
	for _, o := range options {
		o(&c)
	}
	var said []string
	for p, err := range Pieces(c) {
		var fault cairn.Invalid
		switch {
		case errors.As(err, &fault):
			said = append(said, "fault "+fault.Error())
		case err != nil:
			t.Fatal(err)
		case p.Passed != "":
			said = append(said, "passed "+p.From+": "+p.Passed)
		default:
			said = append(said, p.From+": "+spoken(t, c, content, p))
		}
	}
	return said
}

// spoken writes a piece in words, and holds it to its promises.
func spoken(t testing.TB, c Container, content []byte, p Piece) string {
	t.Helper()
	if p.Within.Ref != c.Ref || p.Within.Kind == "" {
		t.Errorf("%s: the receipt would not name its container: %+v", p.From, p.Within)
	}
	if s := p.Within.Span; s != nil && p.Within.Path == "" && (s.Start < 0 || s.End > len(content) || s.Start >= s.End) {
		t.Errorf("%s: span %v of %d bytes", p.From, *s, len(content))
	}
	var b strings.Builder
	var d post
	if p.Post != nil && json.Unmarshal(p.Bytes, &d) == nil {
		fmt.Fprintf(&b, "%q", d.Text)
		note(&b, "on", d.Published)
		note(&b, "of", d.Source)
		note(&b, "at", d.URL)
		note(&b, "repeats", d.Repeats)
		note(&b, "in", d.Language)
	} else {
		fmt.Fprintf(&b, "%s, %d bytes", mediaOf(p.Bytes), len(p.Bytes))
	}
	if p.Original {
		b.WriteString(", an original")
	}
	if p.Post != nil {
		note(&b, "edited", p.Post.Edited)
		note(&b, "answers", p.Post.Answers)
		note(&b, "with", strings.Join(p.Post.Media, " and "))
		if p.Post.Deleted {
			b.WriteString(", deleted")
		}
	}
	if p.TooLarge > 0 {
		b.WriteString(", too large")
	}
	note(&b, "same as", string(p.Same))
	note(&b, "broken:", p.Broken)
	note(&b, "privately by", p.Private["author"])
	return b.String()
}

func note(b *strings.Builder, word, value string) {
	if value != "" {
		b.WriteString(", " + word + " " + value)
	}
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// packed packs files, given as name and content in turn.
func packed(t testing.TB, method uint16, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(files[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func kindOf(content []byte) string { return Kind(bytes.NewReader(content), int64(len(content))) }

func TestContainersAreKnownByWhatTheyHold(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"nothing", "", ""},
		{"a report", "Seven people were killed in Tel Marun on Monday.\n", ""},
		{"a page", "<html><p>Seven people were killed.", ""},
		{"documents of the contract", `{"id":"a","text":"about messages","messages":1,"type":"x"}` + "\n", ""},
		{"a document of an office", string(packed(t, zip.Deflate, "[Content_Types].xml", "", "word/document.xml", "<w/>")), ""},
		{"a book", string(packed(t, zip.Store, "mimetype", "application/epub+zip")), ""},
		{"an e-mail", "From: a@marun.example\nTo: b@marun.example\nSubject: a strike\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\nText\n", ""},
		{"a report that begins with a date", "05/03/2024, 10:11 - a strike\nNobody speaks here.\n", ""},
		{"a table of times", `[{"timestamp": 1709632800, "count": 4}]`, ""},
		{"a packed folder", string(packed(t, zip.Store, "a.txt", "a")), ZIP},
		{"a WARC", "WARC/1.0\r\n", WARC},
		{"a mailbox", "From a@marun.example Tue Mar  5 10:00:00 2024\nFrom: a@marun.example\n\nText\n", Mbox},
		{"a chat", "05/03/2024, 10:11 - Rami: a strike\n05/03/2024, 10:12 - Sana: where?\n", WhatsApp},
		{"an export of X", "window.YTD.tweets.part0 = [ ]", X},
		{"the account of an export of X", "window.YTD.account.part0 = [ ]", ""},
		{"a page of Facebook", `[{"timestamp": 1709632800, "data": [{"post": "a strike"}]}]`, Facebook},
		{"a chat of Telegram", `{"name":"Marun Now","type":"public_channel","id":7,"messages":[]}`, Telegram},
		{"an account of Telegram", `{"about":"…","chats":{"about":"…","list":[]}}`, Telegram},
	} {
		if got := kindOf([]byte(test.content)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzPieces(f *testing.F) {
	for _, name := range []string{"telegram.json", "telegram.html", "whatsapp.txt", "tweets.js", "facebook.json", "letters.mbox", "letter.eml"} {
		f.Add(file(f, name))
	}
	f.Add(packed(f, zip.Deflate, "a.txt", "a", "b/result.json", string(file(f, "telegram.json"))))
	f.Fuzz(func(t *testing.T, content []byte) {
		kind := kindOf(content)
		if kind == "" {
			return
		}
		for _, line := range opened(t, content) {
			if strings.HasPrefix(line, "fault ") && !strings.HasPrefix(line, "fault in") {
				t.Errorf("a fault that names no file: %s", line)
			}
		}
	})
}
