// Package read turns bytes into Documents: the text of a report, who published
// it and when, and a map from each word back to the bytes it came from. It
// knows HTML pages, PDF, DOCX, e-mail, tables of comma- or tab-separated
// values, contract documents (JSON), what a program read off pictures (JSON) and
// plain text, and tells them apart by
// what they hold, never by their names.
//
// Reading is total. Bytes that cannot be read, or only in part, give a Document
// that says so in its Problem, which is kept and counted like any other.
package read

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// mostText is the most text, in bytes, that is taken from one document.
const mostText = 32 << 20

// Document reads the bytes that ref names and that came with receipt. What the
// document says of itself stands before what the receipt was given, which fills
// in what is absent. A date of publication later than the receipt is dropped
// and leaves a Problem; the text stays.
func Document(ref cairn.Ref, content []byte, receipt cairn.Receipt) (document cairn.Document) {
	defer func() {
		if fault := recover(); fault != nil {
			document = cairn.Document{Problem: &cairn.Problem{Kind: cairn.Broken, Reason: fmt.Sprint("the bytes broke off the reading: ", fault)}}
			complete(&document, ref, receipt)
		}
	}()
	switch receipt.Outcome {
	case cairn.LoginWall, cairn.Blocked, cairn.Gone, cairn.Failed, cairn.ConsentWall, cairn.Captcha, cairn.SoftGone, cairn.SentHome, cairn.Shell:
		document.Problem = &cairn.Problem{Kind: cairn.CaptureFault, Reason: "no report came (" + string(receipt.Outcome) + "): " + receipt.Note}
	case cairn.TooLarge:
		document.Problem = &cairn.Problem{Kind: cairn.TooMuch, Reason: receipt.Note}
	default:
		document = text(content, receipt)
	}
	if (receipt.Outcome == cairn.BrokenOff || receipt.Outcome == cairn.Truncated) && document.Problem == nil {
		document.Problem = &cairn.Problem{Kind: cairn.Broken, Reason: "only a part came: " + receipt.Note}
	}
	complete(&document, ref, receipt)
	return document
}

// text reads content as what it holds.
func text(content []byte, receipt cairn.Receipt) cairn.Document {
	if s, ok := scan(content); ok {
		return scanned(s)
	}
	if d, ok := contract(content); ok {
		return d
	}
	switch packed := packedKind(content); packed {
	case mediumPDF:
		return pdfDocument(content)
	case mediumDOCX:
		return docx(content)
	case "":
	default:
		return problem("", cairn.Unsupported, "these bytes hold no text that is read: "+packed)
	}
	declared := contentType(receipt)
	switch l := decode(content, declared); {
	case len(bytes.TrimSpace(l.text)) == 0:
		return problem(mediumText, cairn.NoText, "nothing but white space")
	case isMail(l.text):
		return letterDocument(content)
	case isPage(l.text):
		return page(l, address(receipt))
	case separator(l.text) != 0:
		return table(l)
	default:
		return plain(l, receipt)
	}
}

func problem(medium string, kind cairn.ProblemKind, reason string) cairn.Document {
	return cairn.Document{Medium: medium, Problem: &cairn.Problem{Kind: kind, Reason: reason}}
}

func contentType(receipt cairn.Receipt) string {
	for name, values := range receipt.Headers {
		if strings.EqualFold(name, "Content-Type") && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// address returns the address that a page came from, "" for a file.
func address(receipt cairn.Receipt) string {
	switch {
	case receipt.How != "http":
		return receipt.Given.URL
	case receipt.Final != "":
		return receipt.Final
	}
	return receipt.From
}

// complete fills in what document leaves out and holds it to its promises.
func complete(document *cairn.Document, ref cairn.Ref, receipt cairn.Receipt) {
	d, given := document, receipt.Given
	d.Ref = ref
	if d.ID == "" {
		d.ID = "d" + ref.Short()
	}
	bound(d)
	if d.Problem == nil && strings.TrimSpace(d.Text) == "" {
		d.Problem = &cairn.Problem{Kind: cairn.NoText, Reason: "no text was found in it"}
	}
	if d.Published.Known() && !receipt.At.IsZero() && d.Published.First().After(receipt.At.AddDate(0, 0, 1)) {
		note(d, cairn.BadDate, fmt.Sprintf("it says that it was published on %s, after it came to us on %s",
			d.Published, receipt.At.Format("2006-01-02")))
		d.Published = ""
	}
	if !d.Published.Known() {
		d.Published = given.Published
	}
	d.Source = firstOf(d.Source, given.Source)
	d.Place = firstOf(d.Place, given.Place)
	d.Language = firstOf(d.Language, given.Language)
	d.URL = firstOf(d.URL, given.URL)
	if d.URL == "" && receipt.How == "http" {
		d.URL = address(receipt)
	}
}

// bound holds the text to UTF-8, to what stores hold and to its most length.
func bound(d *cairn.Document) {
	if !utf8.ValidString(d.Text) {
		d.Text, d.Map, d.Cells = strings.ToValidUTF8(d.Text, "\uFFFD"), nil, nil
	}
	d.Text = strings.ReplaceAll(d.Text, "\x00", " ") // of the same length, for the sake of offsets
	for _, s := range []*string{&d.ID, &d.Title, &d.Byline, &d.Source, &d.URL, &d.Language, &d.Place} {
		*s = strings.ReplaceAll(strings.ToValidUTF8(*s, "\uFFFD"), "\x00", "")
	}
	if len(d.Text) <= mostText {
		return
	}
	end := mostText
	for !utf8.RuneStart(d.Text[end]) {
		end--
	}
	d.Text = d.Text[:end]
	d.Map = d.Map[:sort.Search(len(d.Map), func(i int) bool { return d.Map[i].Text >= end })]
	d.Cells = d.Cells[:sort.Search(len(d.Cells), func(i int) bool { return d.Cells[i].Span.End > end })]
	if m := d.Machine; m != nil {
		m.Lines = m.Lines[:sort.Search(len(m.Lines), func(i int) bool { return m.Lines[i].Span.End > end })]
	}
	note(d, cairn.TooMuch, fmt.Sprintf("only its first %d MiB of text were read", mostText>>20))
}

// note sets a problem where there is none yet that is graver.
func note(d *cairn.Document, kind cairn.ProblemKind, reason string) {
	if d.Problem == nil {
		d.Problem = &cairn.Problem{Kind: kind, Reason: reason}
	}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}
