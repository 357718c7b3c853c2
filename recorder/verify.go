package recorder

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/store"
)

// A Fault is something that is no longer as it was recorded. What is wrong is
// "damaged", "missing", "altered" or "unknown"; Of is the kind of thing.
type Fault struct {
	Kind   string `json:"kind"`
	Of     string `json:"of"`
	ID     string `json:"id,omitempty"`
	Reason string `json:"reason"`
}

// String writes f as one line of `cairn verify`.
func (f Fault) String() string {
	line := f.Kind + " " + f.Of
	if f.ID != "" {
		line += " " + f.ID
	}
	return line + " " + f.Reason
}

// pageOfDocuments is how many documents are looked at together.
const pageOfDocuments = 500

// Verify hashes the archive again and checks that what is recorded rests on it:
// the bytes and receipts of every document are there, and every claim still
// says the words that it says it does. It hands each fault to report and returns
// how many things were checked; the error is of the world.
func (r *Recorder) Verify(ctx context.Context, report func(Fault)) (checked int, err error) {
	checked, err = r.archive.Verify(ctx, func(f archive.Fault) {
		report(Fault{Kind: string(f.Kind), Of: f.What, ID: string(f.Ref), Reason: filepath.ToSlash(f.Path) + ": " + f.Reason})
	})
	if err != nil {
		return checked, hinted(err)
	}
	after := ""
	for {
		page, err := r.view.Documents(ctx, store.DocumentFilter{ByID: true, After: after, Limit: pageOfDocuments})
		if err != nil {
			return checked, hinted(err)
		}
		if len(page) == 0 {
			n, err := r.verifyPlaces(ctx, report)
			return checked + n, hinted(err)
		}
		for _, s := range page {
			n, err := r.verifyDocument(ctx, s.Document.ID, report)
			if checked += n; err != nil {
				return checked, hinted(err)
			}
		}
		after = page[len(page)-1].Document.ID
	}
}

func (r *Recorder) verifyDocument(ctx context.Context, id string, report func(Fault)) (checked int, err error) {
	d, err := r.view.Document(ctx, id)
	if err != nil {
		return 0, err
	}
	if err := r.verifyReceipts(ctx, d, report); err != nil {
		return 1, err
	}
	readings, err := r.view.ReadingsOf(ctx, id)
	if err != nil {
		return 1, err
	}
	checked = 1
	for _, reading := range readings {
		checked += len(reading.Claims)
		if reading.ID != cairn.ReadingID(id, reading.Versions) {
			report(Fault{"altered", "reading", reading.ID, "of " + id + ": the identifier is not that of what it was made with"})
		}
	}
	r.verifyWords(ctx, d, readings, report)
	return checked, nil
}

// verifyReceipts checks that the bytes of a document are kept, with the receipts
// that the store has of them.
func (r *Recorder) verifyReceipts(ctx context.Context, d cairn.Document, report func(Fault)) error {
	known, err := r.view.Receipts(ctx, d.Ref)
	if err != nil {
		return err
	}
	kept, err := r.archive.Receipts(d.Ref)
	switch {
	case errors.Is(err, cairn.ErrNotFound):
		report(Fault{"missing", "document", d.ID, "its bytes (" + string(d.Ref) + ") are not in the archive"})
		return nil
	case errors.Is(err, cairn.ErrDamaged), errors.As(err, new(cairn.Invalid)):
		return nil // the archive has told of it
	case err != nil:
		return err
	}
	for n, receipt := range known {
		if !has(kept, receipt) {
			report(Fault{"altered", "receipt", fmt.Sprintf("%s#%d", d.Ref, n+1), "of " + d.ID + ": the archive has another"})
		}
	}
	return nil
}

// verifyWords checks that every span of the claims of readings that were made of
// the text as it stands holds the words beside it.
func (r *Recorder) verifyWords(ctx context.Context, d cairn.Document, readings []cairn.Reading, report func(Fault)) {
	for _, reading := range readings {
		for _, c := range reading.Claims {
			if what := unheld(d.Text, c); what != "" {
				report(Fault{"damaged", "claim", fmt.Sprintf("%s#%d", d.ID, c.N), "of reading " + reading.ID + ": " + what})
			}
		}
	}
}

// unheld says which words of a claim do not stand where it says; "" where all
// do.
func unheld(text string, c cairn.Claim) string {
	phrases := map[string]cairn.Phrase{"figure": c.Figure.Phrase, "victims": c.Victims.Phrase}
	if c.Where != nil {
		phrases["where"] = c.Where.Phrase
	}
	if c.When != nil {
		phrases["when"] = c.When.Phrase
	}
	if c.Means != nil {
		phrases["means"] = c.Means.Phrase
	}
	for k, by := range c.By {
		phrases[fmt.Sprintf("by %d", k+1)] = by.Phrase
	}
	for k, s := range c.Says {
		phrases[fmt.Sprintf("says %d", k+1)] = s.Phrase
	}
	for _, name := range sorted(phrases) {
		p := phrases[name]
		if p.Span != nil && p.Span.Of(text) != p.Words {
			return fmt.Sprintf("%s: %q does not stand at [%d,%d] of the text", name, p.Words, p.Span.Start, p.Span.End)
		}
	}
	if c.Span.End > len(text) {
		return fmt.Sprintf("it ends at %d, past the text", c.Span.End)
	}
	return ""
}
