package read

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/ledongthuc/pdf"

	"github.com/cairn-recorder/cairn"
)

// The bounds of what is read of a PDF, so that one made to be without end has
// one.
const (
	mostPages    = 3000
	mostNodes    = 20_000     // of the tree of pages
	mostSteps    = 20_000_000 // operators of all pages
	mostInflated = 128 << 20  // bytes of all streams
	mostNested   = 12         // forms within forms
	mostAsked    = 256 << 20  // bytes of the file, beside 20 times its size, objects being read again and again
)

// pdfDocument reads a PDF: its lines in the order in which the pages show them.
// The map gives the page of each offset.
func pdfDocument(content []byte) cairn.Document {
	s, err := salvage(content)
	if err != nil {
		return problem(mediumPDF, cairn.Broken, err.Error())
	}
	if s.encrypted {
		return problem(mediumPDF, cairn.Encrypted, "the file asks for a password")
	}
	m := &metered{bytes.NewReader(s.file), mostAsked + 20*len(s.file)}
	file, err := pdf.NewReader(m, int64(len(s.file)))
	if err != nil {
		return problem(mediumPDF, cairn.Broken, "the file cannot be taken apart: "+err.Error())
	}
	p := pages{file: m, left: budget{steps: mostSteps, inflated: mostInflated}}
	p.read(file)
	d := p.document(file)
	if last := content[max(0, len(content)-4096):]; !bytes.Contains(last, []byte("startxref")) && !bytes.Contains(last, []byte("EOF")) {
		note(&d, cairn.Broken, "the file breaks off before its end; this is what of it could be read")
	}
	return d
}

// metered is a file of which only so many bytes may be read, over and over.
type metered struct {
	from io.ReaderAt
	left int
}

// ReadAt reads from the file and fails when too much has been read.
func (m *metered) ReadAt(into []byte, at int64) (int, error) {
	if m.left -= len(into); m.left < 0 {
		return 0, errSteps
	}
	return m.from.ReadAt(into, at)
}

// A budget is what may still be spent on a file.
type budget struct{ steps, inflated int }

// pages gathers what the pages of a PDF show.
type pages struct {
	file     *metered
	left     budget
	nodes    int
	shown    [][]line // of each page
	pictures int      // pages of pictures without words
	broken   []int    // pages whose content breaks off
	tooMuch  bool
	fault    string
	drawn    func(*drawing) // told of each page; may be nil
}

// read walks the tree of pages.
func (p *pages) read(file *pdf.Reader) {
	defer func() {
		if fault := recover(); fault != nil {
			p.fault = fmt.Sprint("the tree of pages is broken: ", fault)
		}
	}()
	p.walk(file.Trailer().Key("Root").Key("Pages"), pdf.Value{}, 0)
}

func (p *pages) spent() bool { return p.left.steps <= 0 || p.left.inflated <= 0 || p.file.left <= 0 }

func (p *pages) walk(node, resources pdf.Value, depth int) {
	if p.nodes++; p.nodes > mostNodes || len(p.shown) >= mostPages || depth > 40 || p.spent() {
		p.tooMuch = true
		return
	}
	if own := node.Key("Resources"); own.Kind() == pdf.Dict {
		resources = own
	}
	kids := node.Key("Kids")
	if kids.Kind() != pdf.Array {
		if node.Kind() == pdf.Dict {
			p.page(node, resources)
		}
		return
	}
	for i := range kids.Len() {
		if p.tooMuch {
			return
		}
		p.walk(p.child(kids, i), resources, depth+1)
	}
}

// child returns the i-th of kids, nothing where it is broken.
func (p *pages) child(kids pdf.Value, i int) (child pdf.Value) {
	defer func() {
		if fault := recover(); fault != nil {
			p.fault = fmt.Sprint("a page cannot be taken apart: ", fault)
		}
	}()
	return kids.Index(i)
}

// page reads one page, as far as it goes.
func (p *pages) page(node, resources pdf.Value) {
	d := newDrawing(&p.left)
	switch fault := d.draw(node.Key("Contents"), resources); {
	case errors.Is(fault, errSteps), p.spent():
		p.tooMuch = true
	case fault != nil:
		p.broken = append(p.broken, len(p.shown)+1)
	}
	if p.drawn != nil {
		p.drawn(d)
	}
	lines := d.lines()
	if len(lines) == 0 && d.picture {
		p.pictures++
	}
	p.shown = append(p.shown, lines)
}

// document returns what was gathered, with the problems that were met.
func (p *pages) document(file *pdf.Reader) cairn.Document {
	dropMargins(p.shown)
	var w pageWriter
	for i, lines := range p.shown {
		w.page(i+1, lines)
	}
	d := cairn.Document{Medium: mediumPDF, Text: string(w.text), Map: w.anchors}
	d.Title, d.Byline = properties(file)
	head := headOf(d.Text)
	d.Byline, d.Source = firstOf(head.byline, d.Byline), head.source
	d.Published = head.published
	p.judge(&d)
	return d
}

func (p *pages) judge(d *cairn.Document) {
	unknown := strings.Count(d.Text, "\uFFFD")
	switch {
	case p.tooMuch:
		note(d, cairn.TooMuch, fmt.Sprintf("more is drawn than is read; page %d is the last one", len(p.shown)))
	case len(p.shown) == 0:
		note(d, cairn.Broken, firstOf(p.fault, "it has no pages"))
	case d.Text == "" && p.pictures > 0:
		note(d, cairn.Scanned, fmt.Sprintf("%s of pictures, without text", plural(p.pictures, "page", "pages")))
	case unknown > 20 && unknown*6 > len(d.Text):
		d.Text, d.Map = "", nil
		note(d, cairn.BadCharset, "its fonts do not say which letters they draw")
	case len(p.broken) > 0:
		note(d, cairn.Broken, fmt.Sprintf("the content of page %d breaks off", p.broken[0]))
	case p.fault != "":
		note(d, cairn.Broken, p.fault)
	case p.pictures*2 > len(p.shown):
		note(d, cairn.Scanned, fmt.Sprintf("%d of %d pages are pictures, without text", p.pictures, len(p.shown)))
	}
}

var nameOfFile = regexp.MustCompile(`(?i)^(?:untitled|microsoft \w+ - .*|document\d*|.*\.(?:docx?|pdf|indd|odt|rtf|html?))$`)

// properties returns the title and the author that the file states.
func properties(file *pdf.Reader) (title, author string) {
	defer func() { _ = recover() }()
	about := file.Trailer().Key("Info")
	title = collapse(strings.ToValidUTF8(about.Key("Title").Text(), ""))
	if nameOfFile.MatchString(title) {
		title = ""
	}
	author = collapse(strings.ToValidUTF8(about.Key("Author").Text(), ""))
	return title, author
}
