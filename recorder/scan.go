package recorder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/scan"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/unpack"
)

// A Pictured is what words are to be read off: a picture, or the pages of a
// document that have no text.
type Pictured struct {
	Ref      cairn.Ref
	Document cairn.Document // without text; the zero one for a picture of its own
	Receipt  cairn.Receipt  // by which the bytes came
}

// The least that makes a picture a document: so many words of which the program is
// so sure. A photo of a street has fewer.
const (
	leastWords = 5
	leastSure  = 60
)

const howScan = "scan"

// ofPages are the ways in which pictures come that belong to a page whose text is
// there already, or to another picture. They are read only where they are named.
var ofPages = map[string]bool{"capture": true, unpack.WARC: true, unpack.WACZ: true, howRedacted: true}

// ToScan returns what the record has of pictures off which nobody has read words
// yet, in order of their bytes: those that of names, by document or Ref, or all of
// them but the pictures of web pages. What is named is read again.
func (r *Recorder) ToScan(ctx context.Context, of []string) ([]Pictured, error) {
	if len(of) > 0 {
		var found []Pictured
		for _, name := range of {
			one, err := r.pictured(ctx, name)
			if err != nil {
				return nil, err
			}
			found = append(found, one)
		}
		return found, nil
	}
	done := map[cairn.Ref]bool{}
	receipts, err := r.view.ReceiptsHow(ctx, howScan)
	if err != nil {
		return nil, err
	}
	for _, one := range receipts {
		if one.Within != nil {
			done[one.Within.Ref] = true
		}
	}
	var found []Pictured
	add := func(p Pictured) {
		if !done[p.Ref] {
			done[p.Ref] = true
			found = append(found, p)
		}
	}
	shelved, err := r.view.Documents(ctx, store.DocumentFilter{Problem: cairn.Scanned, ByID: true})
	if err != nil {
		return nil, err
	}
	for _, s := range shelved {
		if s.Document.Medium != "pdf" {
			continue // the pictures of a DOCX are not reached
		}
		one, err := r.pictured(ctx, s.Document.ID)
		if err != nil {
			return nil, err
		}
		add(one)
	}
	pictures, err := r.view.Pictures(ctx)
	for _, one := range pictures {
		if !ofPages[one.How] && r.archive.Has(one.Ref) {
			add(Pictured{Ref: one.Ref, Receipt: one})
		}
	}
	return found, err
}

// pictured finds a document by its identifier, or a picture by its Ref.
func (r *Recorder) pictured(ctx context.Context, name string) (Pictured, error) {
	d, err := r.view.Document(ctx, name)
	ref := d.Ref
	if errors.Is(err, cairn.ErrNotFound) {
		d, ref, err = cairn.Document{}, cairn.Ref(name), nil
	}
	if err != nil {
		return Pictured{}, err
	}
	receipts, err := r.view.Receipts(ctx, ref)
	if err == nil && len(receipts) == 0 {
		err = cairn.Invalid{Field: name, Reason: "is no identifier of a document and no sha256-… of bytes that are kept here"}
	}
	if err != nil {
		return Pictured{}, err
	}
	return Pictured{Ref: ref, Document: d, Receipt: receipts[0]}, nil
}

// Scan has words read off a picture or the pages without text of a document, keeps
// what was read as bytes of its own beside the picture, and walks it through as a
// document that says throughout that a machine read it. In languages, as Tesseract
// names them, or those that follow from the document's. A picture with hardly a
// word is kept as one on which there is none.
func (r *Recorder) Scan(ctx context.Context, p Pictured, tools scan.Tools, languages []string) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	content, err := r.archive.Get(p.Ref)
	if err != nil {
		return Summary{}, err
	}
	if len(languages) == 0 {
		languages = tools.For(p.Document.Language)
	}
	var read cairn.Scan
	if bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-")) {
		read, err = tools.Pages(ctx, content, languages, withoutText(p.Document))
	} else {
		read, err = tools.Picture(ctx, content, languages)
	}
	if err != nil {
		return Summary{}, err
	}
	read.Title = p.Document.Title
	text, err := json.Marshal(read)
	if err != nil {
		return Summary{}, fmt.Errorf("scan %s: %w", p.Ref.Short(), err)
	}
	now := r.settings.Now().UTC()
	given := p.Receipt.Given
	if d := p.Document; d.ID != "" {
		given = cairn.Given{Published: d.Published, Source: d.Source, Place: d.Place, Language: d.Language, URL: d.URL}
	}
	receipt := cairn.Receipt{Ref: cairn.RefOf(text), From: howScan + ":" + string(p.Ref), How: howScan, At: now, Who: r.settings.Who, Outcome: cairn.Fetched,
		Media: "application/json", Size: int64(len(text)), Given: given, Within: &cairn.Within{Ref: p.Ref, Kind: howScan, Tool: read.Tool + " " + strings.Join(read.Languages, "+"), At: now}}
	return r.Take(ctx, collect.Item{Receipt: receipt, Bytes: text, Original: read.Words(leastSure) < leastWords})
}

// withoutText reports of a page whether a document has no text from it.
func withoutText(d cairn.Document) func(page int) bool {
	typed := map[int]bool{}
	for _, a := range d.Map {
		typed[a.Original] = true
	}
	return func(page int) bool { return !typed[page] }
}

// claims reads a document, and says of each claim in a machine's reading how sure
// the machine is of its words.
func (r *Recorder) claims(d cairn.Document) cairn.Reading {
	reading := r.reader.Read(d)
	if d.Machine == nil {
		return reading
	}
	for i, c := range reading.Claims {
		reading.Claims[i].Machine = d.Machine.Least(c.Span)
	}
	return reading
}
