package cairn

import "slices"

// A Scan is what a program read off pictures: of a photo, or of pages that have no
// text. It is kept in the archive as bytes of its own, beside the pictures, and
// read as a Document whose text is MachineText.
type Scan struct {
	Form      string     `json:"cairn"`           // ScanForm
	Of        Ref        `json:"of"`              // the bytes that hold the pictures
	Title     string     `json:"title,omitempty"` // of the document that they belong to
	Tool      string     `json:"tool"`            // the program and its version
	Languages []string   `json:"languages"`       // that it was told to read, as the program names them
	Pages     []ScanPage `json:"pages"`
}

// ScanForm is the form of a Scan.
const ScanForm = "scan/1"

// A ScanPage is one picture, from 1, with its lines from top to bottom.
type ScanPage struct {
	Page   int          `json:"page"`
	Width  int          `json:"width"` // in points of the picture
	Height int          `json:"height"`
	Lines  [][]ScanWord `json:"lines"`
	Breaks []int        `json:"breaks,omitempty"` // the lines, from 0, before which a paragraph begins
}

// A ScanWord is one word, how sure the program is of it (0 to 100), and where it
// stands: left, top, width and height in points.
type ScanWord struct {
	Text       string `json:"text"`
	Confidence int    `json:"confidence"`
	Box        [4]int `json:"box"`
}

// Words returns how many words a Scan has of which the program is at least so sure.
func (s Scan) Words(confidence int) int {
	n := 0
	for _, p := range s.Pages {
		for _, l := range p.Lines {
			for _, w := range l {
				if w.Confidence >= confidence {
					n++
				}
			}
		}
	}
	return n
}

// A MachineText says that nobody typed the text of a document: a program read it
// off pictures, and may have misread it.
type MachineText struct {
	Of         Ref           `json:"of"` // the bytes that hold the pictures
	Tool       string        `json:"tool"`
	Languages  []string      `json:"languages,omitempty"`
	Confidence int           `json:"confidence"` // of its words in the mean, 0 to 100
	Lines      []MachineLine `json:"lines,omitempty"`
}

// A MachineLine is one line of a MachineText, and how sure the program is of its
// least sure word, 0 to 100.
type MachineLine struct {
	Span       Span `json:"span"`
	Confidence int  `json:"confidence"`
}

// Least returns how sure the program is of the least sure word of the lines that
// span touches, and at least 1, so that 0 can stand for text that was typed.
func (m *MachineText) Least(span Span) int {
	least := 100
	from, _ := slices.BinarySearchFunc(m.Lines, span.Start, func(l MachineLine, at int) int { return l.Span.End - at - 1 })
	for _, l := range m.Lines[from:] {
		if l.Span.Start >= span.End {
			break
		}
		least = min(least, l.Confidence)
	}
	return max(1, least)
}
