package recorder

import (
	"context"
	"errors"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/survey"
)

// pageOfDocuments is how many documents are looked at together.
const pageOfDocuments = 500

// documents checks that what is recorded rests on the archive: the bytes and
// receipts of every document are there, and every claim still says the words
// that it says it does.
func (v *verifier) documents(ctx context.Context) error {
	for after := ""; ; {
		page, err := v.view.Held(ctx, after, pageOfDocuments)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, held := range page {
			err := v.document(ctx, held)
			if errors.Is(err, cairn.ErrDamaged) {
				v.report(Fault{"damaged", "document", held.ID, "what is recorded of it cannot be read: " + err.Error()})
			} else if err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
	}
}

func (v *verifier) document(ctx context.Context, held store.Held) error {
	v.checked.Items++
	if err := v.receipts(ctx, held); err != nil {
		return err
	}
	d, err := v.view.Document(ctx, held.ID)
	if err != nil {
		return err
	}
	readings, err := v.view.ReadingsOf(ctx, held.ID)
	if err != nil {
		return err
	}
	for _, reading := range readings {
		v.checked.Items += len(reading.Claims)
		if reading.ID != cairn.ReadingID(held.ID, reading.Versions) {
			v.report(Fault{"altered", "reading", reading.ID, "of " + held.ID + ": the identifier is not that of what it was made with"})
		}
		if !d.TakenOut() {
			v.words(d, reading)
		}
	}
	return nil
}

// receipts checks that the bytes of a document are kept, or were taken out by an
// act, and that the archive has the receipts that the record has of them.
func (v *verifier) receipts(ctx context.Context, held store.Held) error {
	known, err := v.view.Receipts(ctx, held.Ref)
	if err != nil {
		return err
	}
	kept, err := v.archive.Receipts(held.Ref)
	switch {
	case errors.Is(err, cairn.ErrNotFound):
		if !v.archive.Has(held.Ref) {
			v.report(Fault{"missing", "document", held.ID, "its bytes (" + string(held.Ref) + ") are not in the archive: " + v.archive.BytesPath(held.Ref)})
		}
	case errors.Is(err, cairn.ErrDamaged), errors.As(err, new(cairn.Invalid)):
		return nil // the archive has told of it
	case err != nil:
		return err
	}
	for _, receipt := range known {
		if !has(kept, receipt) {
			v.report(Fault{"missing", "receipt", v.archive.ReceiptPath(held.Ref, receipt), "of " + held.ID + ": the archive does not have it"})
		}
	}
	return nil
}

// words checks that every span of the claims of a reading of the text as it
// stands holds the words beside it.
func (v *verifier) words(d cairn.Document, reading cairn.Reading) {
	for _, c := range reading.Claims {
		if what := unheld(d.Text, c); what != "" {
			v.report(Fault{"damaged", "claim", fmt.Sprintf("%s#%d", d.ID, c.N), "of reading " + reading.ID + ": " + what})
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

// packs checks that the bytes of the packs of places, of the files that they were
// read from, and of basemaps are kept.
func (v *verifier) packs(ctx context.Context) error {
	projects, err := v.view.Projects(ctx)
	for _, p := range projects {
		packs, err := v.view.PlacePacks(ctx, p.Name)
		if err != nil {
			return err
		}
		for _, pack := range packs {
			if err := v.pack(pack); err != nil {
				return err
			}
		}
		for _, ref := range p.Publicity.Basemap.Refs() {
			v.checked.Items++
			if !v.archive.Has(ref) {
				v.report(Fault{"missing", "basemap", p.Name, "its bytes (" + string(ref) + ") are not in the archive: " + v.archive.BytesPath(ref)})
			}
		}
	}
	return err
}

func (v *verifier) pack(p cairn.PlacePack) error {
	v.checked.Items++
	for _, ref := range append([]cairn.Ref{p.Ref}, p.Files...) {
		if !v.archive.Has(ref) {
			v.report(Fault{"missing", "places", p.Name, "its bytes (" + string(ref) + ") are not in the archive: " + v.archive.BytesPath(ref)})
		}
	}
	content, err := v.archive.Get(p.Ref)
	if errors.Is(err, cairn.ErrNotFound) || errors.Is(err, cairn.ErrDamaged) {
		return nil // told of already
	}
	if err != nil {
		return err
	}
	if places, err := survey.Unpack(content); err != nil || len(places) != p.Places {
		v.report(Fault{"damaged", "places", p.Name, fmt.Sprintf("it holds %d places where %d were recorded", len(places), p.Places)})
	}
	return nil
}
