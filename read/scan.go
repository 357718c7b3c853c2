package read

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// scan reads what a program read off pictures, in the form in which the archive
// keeps it.
func scan(content []byte) (cairn.Scan, bool) {
	var s cairn.Scan
	if !bytes.HasPrefix(content, []byte(`{"cairn":"`+cairn.ScanForm+`"`)) || json.Unmarshal(content, &s) != nil {
		return s, false
	}
	_, err := cairn.ParseRef(string(s.Of))
	return s, err == nil
}

// scanned returns the document of a scan: its words, line by line. The map gives
// the page of each offset. It is of a machine throughout: typed text is never
// among it.
func scanned(s cairn.Scan) cairn.Document {
	w := scanWriter{machine: &cairn.MachineText{Of: s.Of, Tool: s.Tool, Languages: s.Languages}}
	for _, p := range s.Pages {
		w.page(p)
	}
	if w.words > 0 {
		w.machine.Confidence = w.sure / w.words
	}
	d := cairn.Document{Medium: mediumScan, Title: s.Title, Text: w.text.String(), Map: w.anchors, Machine: w.machine}
	head := headOf(d.Text)
	d.Byline, d.Source, d.Published = head.byline, head.source, head.published
	if w.words == 0 {
		note(&d, cairn.NoText, "the program read no word off it")
	}
	return d
}

// scanWriter writes the words of pages.
type scanWriter struct {
	text        strings.Builder
	anchors     []cairn.Anchor
	machine     *cairn.MachineText
	words, sure int
}

func (w *scanWriter) page(p cairn.ScanPage) {
	first := true
	breaks := map[int]bool{}
	for _, b := range p.Breaks {
		breaks[b] = true
	}
	for i, words := range p.Lines {
		switch {
		case w.text.Len() == 0:
		case first || breaks[i]:
			w.text.WriteString("\n\n")
		default:
			w.text.WriteString("\n")
		}
		if first {
			w.anchors = append(w.anchors, cairn.Anchor{Text: w.text.Len(), Original: p.Page})
			first = false
		}
		w.line(words)
	}
}

func (w *scanWriter) line(words []cairn.ScanWord) {
	l := cairn.MachineLine{Span: cairn.Span{Start: w.text.Len()}, Confidence: 100}
	for i, one := range words {
		if i > 0 {
			w.text.WriteString(" ")
		}
		sure := min(100, max(0, one.Confidence))
		w.text.WriteString(strings.ToValidUTF8(strings.Join(strings.Fields(one.Text), " "), "\uFFFD"))
		l.Confidence = min(l.Confidence, sure)
		w.words, w.sure = w.words+1, w.sure+sure
	}
	l.Span.End = w.text.Len()
	if l.Span.Len() > 0 {
		w.machine.Lines = append(w.machine.Lines, l)
	}
}
