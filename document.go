package cairn

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"
)

// A ProblemKind says why a document has no text, or less than it should.
type ProblemKind string

// The problems of a document.
const (
	NoProblem    ProblemKind = ""
	NoText       ProblemKind = "no_text"
	BadBytes     ProblemKind = "bad_bytes" // bytes that no character set explains
	BadCharset   ProblemKind = "bad_charset"
	Encrypted    ProblemKind = "encrypted"
	Scanned      ProblemKind = "scanned" // pictures of pages, no text in them
	Broken       ProblemKind = "broken"
	TooMuch      ProblemKind = "too_much"
	Unsupported  ProblemKind = "unsupported"
	BadDate      ProblemKind = "bad_date"
	TakenOut     ProblemKind = "taken_out" // under a tombstone
	CaptureFault ProblemKind = "capture"   // what came is no report: see the receipt's outcome
)

// A Problem is a fault of a datum, kept and countable like any other datum.
type Problem struct {
	Kind   ProblemKind `json:"kind"`
	Reason string      `json:"reason"` // in words, for the person who looks at it
}

// A Document is what was published, as text. Its ID is the one that the report
// came with, or else its first twelve hash digits. A document that could not be
// read has a Problem and no Text.
type Document struct {
	ID        string       `json:"id"`
	Ref       Ref          `json:"ref,omitempty"`
	Medium    string       `json:"medium,omitempty"` // text, html, pdf, docx, eml, contract, table, scan
	Title     string       `json:"title,omitempty"`
	Byline    string       `json:"byline,omitempty"`
	Source    string       `json:"source,omitempty"` // publisher's name
	URL       string       `json:"url,omitempty"`
	Published Date         `json:"published,omitempty"`
	Language  string       `json:"language,omitempty"` // BCP 47
	Place     string       `json:"place,omitempty"`    // where it was written or is about
	Repeats   string       `json:"repeats,omitempty"`  // the source whose post it says it forwards
	Text      string       `json:"text"`
	Map       []Anchor     `json:"map,omitempty"`
	Cells     []Cell       `json:"cells,omitempty"`
	Machine   *MachineText `json:"machine,omitempty"` // nil for text that was typed
	Problem   *Problem     `json:"problem,omitempty"`
}

// An Anchor ties an offset of a document's text to one of the original bytes
// (of a text or page; for other media to the page number). From it on, both run
// side by side up to the next Anchor.
type Anchor struct {
	Text     int `json:"t"`
	Original int `json:"o"`
}

// A Cell is a cell of a table in a document's text, each number from 1.
type Cell struct {
	Span   Span `json:"span"`
	Table  int  `json:"table"`
	Row    int  `json:"row"`
	Column int  `json:"column"`
}

// TakenOut reports whether what d said was taken out under a tombstone.
func (d Document) TakenOut() bool { return d.Problem != nil && d.Problem.Kind == TakenOut }

// paged reports whether the Map of a document gives pages, and not bytes.
func (d Document) paged() bool { return d.Medium == "pdf" || d.Medium == "scan" }

// Page returns the page, from 1, on which an offset of the text stands, and
// whether the document has pages.
func (d Document) Page(offset int) (int, bool) {
	i := sort.Search(len(d.Map), func(i int) bool { return d.Map[i].Text > offset }) - 1
	if i < 0 || !d.paged() {
		return 0, false
	}
	return d.Map[i].Original, true
}

// Original returns the offset in the original of an offset of the text, and
// whether it is known; a document with pages has none, see Page.
func (d Document) Original(offset int) (int, bool) {
	if d.paged() {
		return 0, false
	}
	i := sort.Search(len(d.Map), func(i int) bool { return d.Map[i].Text > offset }) - 1
	if i < 0 {
		return 0, false
	}
	return d.Map[i].Original + offset - d.Map[i].Text, true
}

// CellAt returns the cell that holds span, and whether there is one.
func (d Document) CellAt(span Span) (Cell, bool) {
	i := sort.Search(len(d.Cells), func(i int) bool { return d.Cells[i].Span.End >= span.End })
	if i < len(d.Cells) && d.Cells[i].Span.Holds(span) {
		return d.Cells[i], true
	}
	return Cell{}, false
}

// Versions is what a reading was made with. Two readings of one document with
// equal Versions are the same reading.
type Versions struct {
	Extractor string `json:"extractor"`
	Lexicon   string `json:"lexicon"`
	Places    string `json:"places"`
	Policy    string `json:"policy"`
}

// A Reading is what one version of cairn read in one document. A later reading
// stands beside it and replaces nothing that a person judged or signed.
type Reading struct {
	ID       string `json:"id"`
	Document string `json:"document"`
	Versions
	Language string  `json:"language,omitempty"`
	Claims   []Claim `json:"claims"`
}

// ReadingID returns the identifier of the reading of document with v.
func ReadingID(document string, v Versions) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{document, v.Extractor, v.Lexicon, v.Places, v.Policy}, "\x00")))
	return "r" + hex.EncodeToString(sum[:6])
}
