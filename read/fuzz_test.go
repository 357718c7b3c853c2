package read

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// holdsPromises fails where a document breaks what every one promises: valid
// text within bounds, a map and cells that go forward within it, and a reason
// where there is no text.
func holdsPromises(t *testing.T, d cairn.Document, size int) {
	t.Helper()
	if !utf8.ValidString(d.Text) || strings.Contains(d.Text, "\x00") {
		t.Errorf("the text is not valid: %q", d.Text)
	}
	if len(d.Text) > mostText || len(d.Text) > 64*size+4096 && d.Medium != mediumDOCX && d.Medium != mediumPDF {
		t.Errorf("%d bytes were read as %d of text", size, len(d.Text))
	}
	text, original := -1, -1
	for _, a := range d.Map {
		if a.Text < text || a.Original < original || a.Text > len(d.Text) || a.Original > size && d.Medium != mediumPDF && d.Medium != mediumScan {
			t.Errorf("the map goes back or out at %+v: %v", a, d.Map)
			break
		}
		text, original = a.Text, a.Original
	}
	end := 0
	for _, c := range d.Cells {
		if c.Span.Start < end || c.Span.End < c.Span.Start || c.Span.End > len(d.Text) || c.Table < 1 || c.Row < 1 || c.Column < 1 {
			t.Errorf("a cell goes back or out: %+v after %d", c, end)
			break
		}
		end = c.Span.End
	}
	if strings.TrimSpace(d.Text) == "" && d.Problem == nil {
		t.Error("no text, and no reason for it")
	}
	if _, err := cairn.ParseDate(string(d.Published)); err != nil {
		t.Errorf("the date of publication is %q", d.Published)
	}
}

func fuzz(f *testing.F, read func(content []byte) cairn.Document) {
	f.Fuzz(func(t *testing.T, content []byte) {
		d := read(content)
		complete(&d, "", cairn.Receipt{})
		holdsPromises(t, d, len(content))
	})
}

func FuzzPage(f *testing.F) {
	for _, p := range markedPages(f) {
		f.Add(p.content)
	}
	f.Add([]byte("<table><tr><td>a&nbsp;<td colspan=9>b&amp&lt;<tr><td><p>c<br><br>d"))
	f.Add([]byte("<p>\uE000\uE100\uE001 words of private use \uE001</p>"))
	fuzz(f, func(content []byte) cairn.Document { return page(decode(content, ""), "https://delta.example/") })
}

func FuzzPDF(f *testing.F) {
	w := newPDF()
	w.latin("Seven people died", "", "at the mill of Marun.")
	w.arabic("ﺔﻘﻳﺪﺤﻟﺍ ﻲﻓ ﻦﻴﻴﻧﺪﻣ 12 ﻞﺘﻗ")
	f.Add(w.bytes())
	w.trailer = "/Encrypt<<>>"
	f.Add(w.bytes())
	plain := newPDF()
	n := plain.object(latinFont)
	c := plain.object("<</Length 60>>\nstream\nBT /F1 10 Tf 50 700 Td [(Sev)-20(en)-700(dead)] TJ T* ET q Q   \nendstream")
	plain.pages = append(plain.pages, plain.object("<</Type/Page/Contents "+strconv.Itoa(c)+" 0 R/Resources<</Font<</F1 "+strconv.Itoa(n)+" 0 R>>>>>>"))
	f.Add(plain.bytes())
	fuzz(f, pdfDocument)
}

func FuzzDOCX(f *testing.F) {
	f.Add(docxOf(f, "word/document.xml", wordBody(wordParagraph("Seven died.")), "word/header1.xml", wordBody(wordParagraph("Head"))))
	fuzz(f, docx)
}

// FuzzDOCXBody reaches the XML, which FuzzDOCX seldom does through the package.
func FuzzDOCXBody(f *testing.F) {
	f.Add([]byte(wordBody(wordParagraph("Seven died.") + "<w:tbl><w:tr><w:tc>" + wordParagraph("a") + "</w:tc></w:tr></w:tbl>")))
	f.Fuzz(func(t *testing.T, body []byte) {
		d := docx(docxOf(t, "word/document.xml", string(body)))
		complete(&d, "", cairn.Receipt{})
		holdsPromises(t, d, len(body))
	})
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(mailHead + "Content-Transfer-Encoding: base64\r\n\r\n" + base64Of("Seven died at the mill")))
	f.Add([]byte(mailHead + "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedOf("<p>Сім</p>")))
	f.Add([]byte(mailHead + "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nSeven died.\r\n--a\r\nContent-Type: image/png\r\n\r\n\r\n--a--\r\n"))
	fuzz(f, letterDocument)
}

func FuzzContract(f *testing.F) {
	f.Add([]byte(`{"id":"d1","text":"Seven \"died\" \u0437\ud83d\ude22.","published":"2017-10"}`))
	f.Add([]byte(`{"text":"a","id":"d1","more":{"text":"b"},"text":"c"}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		if d, ok := contract(content); ok {
			complete(&d, "", cairn.Receipt{})
			holdsPromises(t, d, len(content))
		}
	})
}

func FuzzPlain(f *testing.F) {
	f.Add([]byte("Shells hit mill\nBy Jane Doe\n23 October 2017\n\nSeven people died."))
	f.Add([]byte("\xff\xfeS\x00e\x00v\x00e\x00n\x00"))
	f.Add([]byte("\xd1\xe5\xec\xfc \xf7\xe5\xeb\xee\xe2\xe5\xea \x00 \xff"))
	fuzz(f, func(content []byte) cairn.Document { return plain(decode(content, ""), cairn.Receipt{}) })
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("district,killed\nSelle,\"two, \"\"at\"\" least\"\n"))
	fuzz(f, func(content []byte) cairn.Document {
		l := decode(content, "")
		if separator(l.text) == 0 {
			return plain(l, cairn.Receipt{})
		}
		return table(l)
	})
}

// FuzzDocument reads bytes of any kind, as they come.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{"Seven died.", "<p>Seven died.", "%PDF-1.4\n", "PK\x03\x04", "a,b\n1,2\n3,4\n", mailHead + "\r\nSeven died.", `{"id":"a","text":"b"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		holdsPromises(t, readBytes(string(content)), len(content))
	})
}
