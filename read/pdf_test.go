package read

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"

	"github.com/cairn-recorder/cairn"
)

// A pdfWriter writes small PDFs for tests. Objects are numbered from 1; the
// first is the catalog and the second the tree of pages.
type pdfWriter struct {
	objects []string
	pages   []int
	trailer string
}

func newPDF() *pdfWriter {
	return &pdfWriter{objects: []string{"", ""}}
}

func (w *pdfWriter) object(text string) int {
	w.objects = append(w.objects, text)
	return len(w.objects)
}

func (w *pdfWriter) stream(about, content string) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write([]byte(content))
	_ = z.Close()
	return w.object(fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", about, packed.Len(), packed.String()))
}

// latin adds the font that /F1 calls in latinPage.
const latinFont = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 32/Widths[600]>>"

func (w *pdfWriter) page(content, resources string) {
	n := w.stream("", content)
	w.pages = append(w.pages, w.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>", n, resources)))
}

// latin adds a page of lines in a fixed-width font, from the top down; an empty
// one leaves a gap.
func (w *pdfWriter) latin(lines ...string) {
	font := w.object(latinFont)
	w.page(linesAt(50, 780, lines...), fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
}

var escapes = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, "“", "\x93", "”", "\x94", "’", "\x92", "é", "\xe9")

func linesAt(x, y float64, lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		if line != "" {
			fmt.Fprintf(&b, "BT /F1 10 Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", x, y, escapes.Replace(line))
		}
		y -= 12
	}
	return b.String()
}

// drawn is the words of a line as a page shows them: the forms that letters have
// within words, from left to right.
func (w *pdfWriter) arabic(drawn ...string) {
	codes := map[rune]int{}
	var table, content strings.Builder
	y := 780
	for _, line := range drawn {
		var codesOf strings.Builder
		for _, r := range line {
			if codes[r] == 0 {
				codes[r] = len(codes) + 1
				fmt.Fprintf(&table, "<%04X> <%s>\n", codes[r], hexUnits(r))
			}
			fmt.Fprintf(&codesOf, "%04X", codes[r])
		}
		fmt.Fprintf(&content, "BT /F1 10 Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n", 500-5*len([]rune(line)), y, codesOf.String())
		y -= 12
	}
	toUnicode := w.stream("", fmt.Sprintf("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def 1 begincodespacerange <0000> <FFFF> endcodespacerange %d beginbfchar\n%sendbfchar endcmap CMapName currentdict /CMap defineresource pop end end", len(codes), table.String()))
	descendant := w.object("<</Type/Font/Subtype/CIDFontType2/BaseFont/Invented/DW 500>>")
	font := w.object(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Invented/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", descendant, toUnicode))
	w.page(content.String(), fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
}

func hexUnits(r rune) string {
	if r == 'ﻻ' { // a ligature says of itself in which order it is read
		return "06440627"
	}
	var b strings.Builder
	for _, u := range utf16.Encode([]rune{r}) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

func (w *pdfWriter) bytes() []byte {
	var kids strings.Builder
	for _, p := range w.pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	if w.objects[0] == "" {
		w.objects[0] = "<</Type/Catalog/Pages 2 0 R>>"
	}
	if w.objects[1] == "" {
		w.objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(w.pages))
	}
	file := []byte("%PDF-1.4\n")
	var offsets []int
	for i, o := range w.objects {
		offsets = append(offsets, len(file))
		file = fmt.Appendf(file, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := len(file)
	file = fmt.Appendf(file, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		file = fmt.Appendf(file, "%010d 00000 n \n", at)
	}
	return fmt.Appendf(file, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, w.trailer, start)
}

func (w *pdfWriter) read() cairn.Document { return readBytes(string(w.bytes())) }

func TestPDFText(t *testing.T) {
	for _, test := range []struct {
		name string
		file func(w *pdfWriter)
		want string
	}{
		{"a title, an author, a date and a paragraph", func(w *pdfWriter) {
			w.latin("Seven killed at mill", "", "Jane Doe", "23 October 2017", "",
				"At least seven people were killed when shells hit the mill of",
				"Marun on Monday, a doctor said. “We have no more beds,” he said.")
		}, "Seven killed at mill\n\nJane Doe\n23 October 2017\n\nAt least seven people were killed when shells hit the mill of Marun on Monday, a doctor said. “We have no more beds,” he said."},
		{"a word parted at the end of a line", func(w *pdfWriter) {
			w.latin("The bombing of the ferry killed nine people and it in-", "jured twenty others, the harbour master of Sarn said.")
		}, "The bombing of the ferry killed nine people and it injured twenty others, the harbour master of Sarn said."},
		{"a compound at the end of a line", func(w *pdfWriter) {
			w.latin("The strikes on the three villages were flown by the US-", "led coalition, according to a statement that it made.")
		}, "The strikes on the three villages were flown by the US-led coalition, according to a statement that it made."},
		{"a sentence that runs on over the page", func(w *pdfWriter) {
			w.latin("Two of the wounded died on the way to the hospital of", "the district, because the bridge was")
			w.latin("closed to ambulances until the evening of the next day.")
		}, "Two of the wounded died on the way to the hospital of the district, because the bridge was closed to ambulances until the evening of the next day."},
		{"two columns drawn across the page", func(w *pdfWriter) {
			font := w.object(latinFont)
			left := []string{"Four farm workers were killed", "when a mine exploded under", "their tractor near the mill."}
			right := []string{"The mine had been laid by one", "of the two armies that passed", "through the village in spring."}
			var content strings.Builder
			for i := range left {
				content.WriteString(linesAt(50, 780-12*float64(i), left[i]) + linesAt(300, 780-12*float64(i), right[i]))
			}
			w.page(content.String(), fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
		}, "Four farm workers were killed when a mine exploded under their tractor near the mill.\n\nThe mine had been laid by one of the two armies that passed through the village in spring."},
		{"a table", func(w *pdfWriter) {
			font := w.object(latinFont)
			var content strings.Builder
			for i, row := range [][]string{{"District", "Killed"}, {"Upper Selle", "23"}, {"Marun", "7"}} {
				content.WriteString(linesAt(50, 780-12*float64(i), row[0]) + linesAt(300, 780-12*float64(i), row[1]))
			}
			w.page(content.String(), fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
		}, "District, Killed\nUpper Selle, 23\nMarun, 7"},
		{"kerned words in one array, with gaps for spaces", func(w *pdfWriter) {
			font := w.object(latinFont)
			w.page("BT /F1 10 Tf 50 700 Td [(Sev)-20(en)-700(dead)] TJ T* ET", fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
		}, "Seven dead"},
		{"text within a form", func(w *pdfWriter) {
			font := w.object(latinFont)
			form := w.stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 0 -50]/Resources<</Font<</F1 %d 0 R>>>>", font), linesAt(50, 700, "Eleven were injured."))
			w.page(fmt.Sprintf("/X1 Do\n%s", linesAt(50, 600, "Two died.")), fmt.Sprintf("/XObject<</X1 %d 0 R>>/Font<</F1 %d 0 R>>", form, font))
		}, "Eleven were injured.\n\nTwo died."},
		{"Arabic, drawn from left to right", func(w *pdfWriter) {
			w.arabic("ﺔﻘﻳﺪﺤﻟﺍ ﻲﻓ ﻦﻴﻴﻧﺪﻣ 12 ﻞﺘﻗ", "(ءﺎﺴﻧ) Marun News ﺖﻟﺎﻗ")
		}, "قتل 12 مدنيين في الحديقة قالت Marun News (نساء)"},
		{"Arabic with a ligature", func(w *pdfWriter) { w.arabic("ﻢﻬﺗﺩﻻﻭﺃ") }, "أولادتهم"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newPDF()
			test.file(w)
			d := w.read()
			if d.Text != test.want {
				t.Errorf("read as\n%q, want\n%q", d.Text, test.want)
			}
			if d.Problem != nil {
				t.Errorf("a problem: %+v", *d.Problem)
			}
			if d.Medium != mediumPDF {
				t.Errorf("the medium is %q", d.Medium)
			}
		})
	}
}

func TestPDFFacts(t *testing.T) {
	w := newPDF()
	w.latin("Seven killed at mill", "", "Jane Doe", "23 October 2017", "", "At least seven people were killed when shells hit the mill of Marun.")
	about := w.object("<</Title (Seven killed at mill)/Author (Valley Monitor)/CreationDate (D:20230101000000Z)>>")
	w.trailer = fmt.Sprintf("/Info %d 0 R", about)
	d := w.read()
	if d.Title != "Seven killed at mill" || d.Byline != "Jane Doe" || d.Published != "2017-10-23" {
		t.Errorf("title %q, byline %q, published %q", d.Title, d.Byline, d.Published)
	}
}

func TestPDFMapsToPages(t *testing.T) {
	w := newPDF()
	for i := range 4 {
		w.latin("Valley Monitor, yearly report", "", fmt.Sprintf("On this page, incident number %d is described.", i*100), "", fmt.Sprintf("- %d -", i+1))
	}
	d := w.read()
	for i := range 4 {
		at := strings.Index(d.Text, fmt.Sprintf("number %d ", i*100))
		page := 0
		for _, a := range d.Map {
			if a.Text <= at {
				page = a.Original
			}
		}
		if page != i+1 {
			t.Errorf("incident %d is said to be on page %d, want %d; map %v", i*100, page, i+1, d.Map)
		}
	}
	if strings.Count(d.Text, "yearly report") != 1 || strings.Contains(d.Text, "- 2 -") {
		t.Errorf("heads and numbers of pages stay in the text: %q", d.Text)
	}
}

func TestPDFProblems(t *testing.T) {
	picture := func(w *pdfWriter) {
		image := w.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "\x00")
		w.page("q 595 0 0 842 0 0 cm /I1 Do Q", fmt.Sprintf("/XObject<</I1 %d 0 R>>", image))
	}
	for _, test := range []struct {
		name string
		file func(w *pdfWriter) []byte
		kind cairn.ProblemKind
		text string // which it must have all the same
	}{
		{"encrypted", func(w *pdfWriter) []byte {
			w.latin("Nobody reads this.")
			w.trailer = "/Encrypt<</Filter/Standard/V 2/R 3/O(x)/U(x)/P -44>>/ID[<00><00>]"
			return w.bytes()
		}, cairn.Encrypted, ""},
		{"scanned", func(w *pdfWriter) []byte { picture(w); picture(w); return w.bytes() }, cairn.Scanned, ""},
		{"scanned but for its cover", func(w *pdfWriter) []byte {
			w.latin("Yearly report")
			picture(w)
			picture(w)
			return w.bytes()
		}, cairn.Scanned, "Yearly report"},
		{"nothing on its pages", func(w *pdfWriter) []byte { w.page("", ""); return w.bytes() }, cairn.NoText, ""},
		{"nothing but a head", func(*pdfWriter) []byte { return []byte("%PDF-1.7\nand then something else") }, cairn.Broken, ""},
		{"no pages", func(w *pdfWriter) []byte { return w.bytes() }, cairn.Broken, ""},
		{"no table", func(w *pdfWriter) []byte {
			w.latin("Shells hit the mill.")
			return w.bytes()[:bytes.Index(w.bytes(), []byte("\nxref"))]
		}, cairn.Broken, "Shells hit the mill."},
		{"a table that lies", func(w *pdfWriter) []byte {
			w.latin("Shells hit the mill.")
			return bytes.ReplaceAll(w.bytes(), []byte("0000000"), []byte("0000003"))
		}, cairn.NoProblem, "Shells hit the mill."},
		{"a table that refers to itself", func(w *pdfWriter) []byte {
			w.latin("Shells hit the mill.")
			w.trailer = fmt.Sprintf("/Prev %d", bytes.Index(w.bytes(), []byte("\nxref"))+1)
			return w.bytes()
		}, cairn.NoProblem, "Shells hit the mill."},
		{"rubbish before its head", func(w *pdfWriter) []byte {
			w.latin("Shells hit the mill.")
			return append([]byte("HTTP/1.1 200 OK\r\n\r\n"), w.bytes()...)
		}, cairn.NoProblem, "Shells hit the mill."},
		{"pages within themselves", func(w *pdfWriter) []byte {
			w.objects[1] = "<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 3>>"
			return w.bytes()
		}, cairn.TooMuch, ""},
		{"a form within itself", func(w *pdfWriter) []byte {
			n := len(w.objects) + 1
			w.stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>", n), strings.Repeat("/X Do ", 40))
			w.page("/X Do", fmt.Sprintf("/XObject<</X %d 0 R>>", n))
			return w.bytes()
		}, cairn.TooMuch, ""},
		{"fonts that do not say their letters", func(w *pdfWriter) []byte {
			font := w.object("<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 500>>]>>")
			w.page("BT /F1 10 Tf 50 700 Td <"+strings.Repeat("0A0B", 60)+"> Tj ET", fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
			return w.bytes()
		}, cairn.BadCharset, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			content := test.file(newPDF())
			d := readBytes(string(content))
			kind := cairn.NoProblem
			if d.Problem != nil {
				kind = d.Problem.Kind
			}
			if kind != test.kind || d.Text != test.text {
				t.Errorf("the problem is %+v and the text %q; want %q and %q", d.Problem, d.Text, test.kind, test.text)
			}
		})
	}
}

func TestPDFObjectsWithinStreams(t *testing.T) {
	w := newPDF()
	w.latin("Shells hit the mill.")
	catalog, pages := "<</Type/Catalog/Pages 2 0 R>>", fmt.Sprintf("<</Type/Pages/Kids[%d 0 R]/Count 1>>", w.pages[0])
	head := fmt.Sprintf("1 0 2 %d ", len(catalog)+1)
	w.objects[0], w.objects[1] = "null", "null"
	w.stream(fmt.Sprintf("/Type/ObjStm/N 2/First %d", len(head)), head+catalog+"\n"+pages)
	if d := w.read(); d.Text != "Shells hit the mill." || d.Problem != nil {
		t.Errorf("read as %q with %+v", d.Text, d.Problem)
	}
}

func TestPDFBudget(t *testing.T) {
	w := newPDF()
	w.latin(strings.Repeat("Shells hit the mill. ", 40))
	s, err := salvage(w.bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		left budget
		file int
	}{
		{"too many steps", budget{steps: 100 + 100, inflated: 1 << 20}, 1 << 20},
		{"too much unpacked", budget{steps: 1 << 20, inflated: 50}, 1 << 20},
		{"too much read over and over", budget{steps: 1 << 20, inflated: 1 << 20}, 2000},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := &metered{bytes.NewReader(s.file), 1 << 20}
			file, err := pdf.NewReader(m, int64(len(s.file)))
			if err != nil {
				t.Fatal(err)
			}
			m.left = test.file
			p := pages{left: test.left, file: m}
			p.read(file)
			d := p.document(file)
			if len(d.Text) > 200 || d.Problem == nil {
				t.Errorf("read %d bytes, with %+v", len(d.Text), d.Problem)
			}
		})
	}
}
