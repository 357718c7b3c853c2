package read

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// mostUnpacked is the most that all parts of a DOCX may unpack to; a bomb meets
// it long before the disk or memory ends.
const mostUnpacked = 64 << 20

var errTooMuch = errors.New("unpacks to more than 64 MiB")

// docx reads a word-processor document: its paragraphs and tables, its notes
// after them, and the words of its headers and footers last. A DOCX has no
// pages of its own, so that its text has no map.
func docx(content []byte) cairn.Document {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return problem(mediumDOCX, cairn.Broken, "the package is broken: "+err.Error())
	}
	p := paper{left: mostUnpacked}
	err = p.parts(archive)
	d := cairn.Document{Medium: mediumDOCX, Text: p.text.String(), Cells: p.cells, Title: p.title, Byline: p.byline, Language: languageTag(p.language)}
	head := headOf(d.Text)
	d.Byline, d.Source, d.Published = firstOf(head.byline, d.Byline), head.source, head.published
	switch {
	case errors.Is(err, errTooMuch):
		d.Text, d.Cells = "", nil
		d.Problem = &cairn.Problem{Kind: cairn.TooMuch, Reason: "the package " + err.Error()}
	case err != nil:
		d.Problem = &cairn.Problem{Kind: cairn.Broken, Reason: err.Error()}
	case strings.TrimSpace(d.Text) == "" && p.pictures:
		d.Problem = &cairn.Problem{Kind: cairn.Scanned, Reason: "it holds pictures and no text"}
	}
	return d
}

// A paper gathers the text of a DOCX.
type paper struct {
	left    int64 // bytes that may still be unpacked
	text    strings.Builder
	cells   []cairn.Cell
	tables  int
	seen    map[string]bool // headers and footers said before
	heading bool            // at a header or footer

	title, byline, language string
	pictures                bool
}

func (p *paper) parts(archive *zip.Reader) error {
	p.seen = map[string]bool{}
	files := map[string]*zip.File{}
	var margins []*zip.File
	for _, f := range archive.File {
		files[f.Name] = f
		name := strings.TrimPrefix(f.Name, "word/")
		if strings.HasSuffix(name, ".xml") && (strings.HasPrefix(name, "header") || strings.HasPrefix(name, "footer")) {
			margins = append(margins, f)
		}
		p.pictures = p.pictures || strings.HasPrefix(name, "media/")
	}
	for _, name := range []string{"docProps/core.xml", "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"} {
		if f := files[name]; f != nil {
			if err := p.part(f); err != nil {
				return err
			}
		}
	}
	p.heading = true
	for _, f := range margins {
		if err := p.part(f); err != nil {
			return err
		}
	}
	return nil
}

func (p *paper) part(f *zip.File) error {
	opened, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	defer opened.Close()
	bound := &bounded{opened, &p.left}
	r := xml.NewDecoder(bound)
	r.Entity = map[string]string{}
	if f.Name == "docProps/core.xml" {
		err = p.properties(r)
	} else {
		err = p.body(r)
	}
	switch {
	case p.left < 0:
		return errTooMuch
	case errors.Is(err, io.EOF):
		return nil
	}
	return fmt.Errorf("%s: %w", f.Name, err)
}

// bounded reads no further than what is left.
type bounded struct {
	from io.Reader
	left *int64
}

// Read reads from what is bounded and fails when too much has been read.
func (b *bounded) Read(into []byte) (int, error) {
	n, err := b.from.Read(into)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}

func (p *paper) properties(r *xml.Decoder) error {
	for {
		t, err := r.Token()
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		var into *string
		switch start.Name.Local {
		case "title":
			into = &p.title
		case "creator":
			into = &p.byline
		case "language":
			into = &p.language
		default:
			continue
		}
		if err := r.DecodeElement(into, &start); err != nil {
			return err
		}
		*into = collapse(*into)
	}
}

// A grid is where the reading stands in a table, tables within tables included.
type grid struct{ table, row, column, start int }

// body reads the paragraphs and tables of a part.
func (p *paper) body(r *xml.Decoder) error {
	var line strings.Builder
	var grids []grid
	inText, deleted := false, 0
	for {
		t, err := r.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				line.WriteByte(' ')
			case "br", "cr":
				line.WriteByte('\n')
			case "noBreakHyphen":
				line.WriteByte('-')
			case "del", "moveFrom", "Fallback", "instrText":
				deleted++
			case "lang":
				p.language = firstOf(p.language, valueOf(t, "val"))
			default:
				grids = p.enter(grids, t)
			}
		case xml.CharData:
			if inText && deleted == 0 {
				line.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "del", "moveFrom", "Fallback", "instrText":
				deleted = max(0, deleted-1)
			case "p":
				p.paragraph(line.String(), len(grids) > 0)
				line.Reset()
			default:
				grids = p.leave(grids, t.Name.Local)
			}
		}
	}
}

func valueOf(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (p *paper) enter(grids []grid, t xml.StartElement) []grid {
	n := len(grids) - 1
	switch t.Name.Local {
	case "tbl":
		p.tables++
		return append(grids, grid{table: p.tables, start: -1})
	case "tr":
		if n >= 0 {
			grids[n].row++
			grids[n].column = 0
		}
	case "tc":
		if n >= 0 {
			grids[n].column++
			grids[n].start = -1
			p.between(grids[n])
			if n == 0 {
				grids[n].start = p.text.Len()
			}
		}
	case "gridSpan":
		if n >= 0 {
			extra, _ := strconv.Atoi(valueOf(t, "val"))
			grids[n].column += min(max(0, extra-1), 100)
		}
	}
	return grids
}

// between parts a cell from what stands before it: rows by an end of line, cells
// by a comma.
func (p *paper) between(g grid) {
	switch {
	case p.text.Len() == 0:
	case g.column > 1:
		p.text.WriteString(", ")
	case g.row > 1:
		p.text.WriteByte('\n')
	default:
		p.text.WriteString("\n\n")
	}
}

func (p *paper) leave(grids []grid, name string) []grid {
	n := len(grids) - 1
	if n < 0 {
		return grids
	}
	switch name {
	case "tbl":
		return grids[:n]
	case "tc":
		g := grids[n]
		if end := p.text.Len(); g.start >= 0 && end > g.start {
			p.cells = append(p.cells, cairn.Cell{Span: cairn.Span{Start: g.start, End: end}, Table: g.table, Row: max(1, g.row), Column: g.column})
		}
	}
	return grids
}

// paragraph writes a paragraph; in a cell it goes on the line of the row.
func (p *paper) paragraph(text string, inCell bool) {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = collapse(lines[i])
	}
	text = strings.Trim(strings.Join(lines, "\n"), "\n")
	if text == "" || p.heading && p.seen[text] {
		return
	}
	p.seen[text] = p.heading || p.seen[text]
	said := p.text.String()
	switch {
	case inCell && (strings.HasSuffix(said, ", ") || strings.HasSuffix(said, "\n")):
		text = strings.ReplaceAll(text, "\n", " ")
	case inCell && said != "":
		text = " " + strings.ReplaceAll(text, "\n", " ")
	case said != "":
		p.text.WriteString("\n\n")
	}
	p.text.WriteString(text)
}
