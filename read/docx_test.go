package read

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docxOf packs the parts of a DOCX, by name and content in turn.
func docxOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for i := 0; i < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func wordBody(inner string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordSpace + `><w:body>` + inner + `</w:body></w:document>`
}

func wordParagraph(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

func TestDOCX(t *testing.T) {
	cell := func(text string) string { return "<w:tc>" + wordParagraph(text) + "</w:tc>" }
	for _, test := range []struct {
		name, body, want string
		more             []string
	}{
		{"paragraphs", wordParagraph("Shells hit the mill of Marun.") + "<w:p/>" + wordParagraph("Two millers died &amp; one lived."),
			"Shells hit the mill of Marun.\n\nTwo millers died & one lived.", nil},
		{"a word in two runs, a tab and a line break", `<w:p><w:r><w:t>Ma</w:t></w:r><w:r><w:t xml:space="preserve">run </w:t><w:tab/><w:t>7</w:t><w:br/><w:t>dead</w:t></w:r></w:p>`,
			"Marun 7\ndead", nil},
		{"words that were deleted, and fields", `<w:p><w:del><w:r><w:delText>nine</w:delText></w:r></w:del><w:ins><w:r><w:t>seven</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t> dead</w:t></w:r></w:p>`,
			"seven dead", nil},
		{"a table", wordParagraph("The dead:") + "<w:tbl><w:tr>" + cell("District") + cell("Killed") + "</w:tr><w:tr>" + cell("Selle") + cell("23") + "</w:tr></w:tbl>" + wordParagraph("All were civilians."),
			"The dead:\n\nDistrict, Killed\nSelle, 23\n\nAll were civilians.", nil},
		{"Arabic", wordParagraph("قتل سبعة مدنيين في سوق مارون"), "قتل سبعة مدنيين في سوق مارون", nil},
		{"notes, and heads of pages once", wordParagraph("Seven died."), "Seven died.\n\nAccording to the miller.\n\nValley Monitor",
			[]string{"word/footnotes.xml", `<w:footnotes ` + wordSpace + `><w:footnote>` + wordParagraph("According to the miller.") + `</w:footnote></w:footnotes>`,
				"word/header1.xml", `<w:hdr ` + wordSpace + `>` + wordParagraph("Valley Monitor") + `</w:hdr>`,
				"word/header2.xml", `<w:hdr ` + wordSpace + `>` + wordParagraph("Valley Monitor") + `</w:hdr>`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readBytes(string(docxOf(t, append([]string{"word/document.xml", wordBody(test.body)}, test.more...)...)))
			if d.Text != test.want || d.Problem != nil || d.Medium != mediumDOCX {
				t.Errorf("read as %q, a %s with %+v; want %q", d.Text, d.Medium, d.Problem, test.want)
			}
			for _, c := range d.Cells {
				if words := c.Span.Of(d.Text); words == "" || strings.ContainsAny(words, "\n,") {
					t.Errorf("a cell holds %q", words)
				}
			}
		})
	}
}

func TestDOCXFacts(t *testing.T) {
	d := readBytes(string(docxOf(t, "word/document.xml", wordBody(wordParagraph("Seven died.")),
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>The mill of Marun</dc:title><dc:creator>Valley Monitor</dc:creator></cp:coreProperties>`)))
	if d.Title != "The mill of Marun" || d.Byline != "Valley Monitor" {
		t.Errorf("title %q, byline %q", d.Title, d.Byline)
	}
}

func TestDOCXProblems(t *testing.T) {
	whole := docxOf(t, "word/document.xml", wordBody(wordParagraph("Seven died.")))
	for _, test := range []struct {
		name    string
		content []byte
		kind    cairn.ProblemKind
	}{
		{"broken off", whole[:len(whole)-30], cairn.Broken},
		{"XML that breaks off", docxOf(t, "word/document.xml", wordBody(wordParagraph("Seven died."))[:150]), cairn.Broken},
		{"pictures only", docxOf(t, "word/document.xml", wordBody("<w:p/>"), "word/media/image1.png", "picture"), cairn.Scanned},
		{"a bomb", docxOf(t, "word/document.xml", wordBody(wordParagraph(strings.Repeat(" ", mostUnpacked)))), cairn.TooMuch},
		{"another package", docxOf(t, "mimetype", "application/epub+zip"), cairn.Unsupported},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readBytes(string(test.content))
			if d.Problem == nil || d.Problem.Kind != test.kind {
				t.Errorf("the problem is %+v, want %s", d.Problem, test.kind)
			}
		})
	}
}

func ExampleDocument() {
	page := []byte(`<html lang="en"><head><title>Two die at mill - Delta Courier</title>
<meta property="og:site_name" content="Delta Courier"><meta name="date" content="2019-03-12"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Two die at mill</h1>
<p>Two millers were killed &amp; a boy was wounded when shells hit the mill of Marun on Tuesday.</p></article></body></html>`)
	d := Document(cairn.RefOf(page), page, cairn.Receipt{How: "file"})
	fmt.Println(d.Source, d.Published, d.Title)
	fmt.Println(d.Text)
	at, _ := d.Original(len("Two millers were "))
	fmt.Println(string(page[at : at+len("killed &amp;")]))
	// Output:
	// Delta Courier 2019-03-12 Two die at mill
	// Two millers were killed & a boy was wounded when shells hit the mill of Marun on Tuesday.
	// killed &amp;
}
