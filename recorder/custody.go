package recorder

import (
	"context"
	"errors"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/store"
)

// PutCustody records what happened to the evidence of a document, with who did it
// and when, as an act.
func (r *Recorder) PutCustody(ctx context.Context, c cairn.Custody) (cairn.Custody, error) {
	links, err := r.putCustody(ctx, []string{c.Document}, c)
	if err != nil {
		return c, err
	}
	return links[0], nil
}

// Exported records that a dossier of an incident or a document was given to
// somebody, for each of its documents.
func (r *Recorder) Exported(ctx context.Context, id string, c cairn.Custody) error {
	documents := []string{id}
	testimonies, err := r.view.Testimonies(ctx, r.project.Name, id)
	if err == nil && len(testimonies) > 0 {
		documents = nil
		for _, t := range testimonies {
			documents = append(documents, t.Ref.Document)
		}
	}
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	_, err = r.putCustody(ctx, once(documents), c)
	return err
}

func once(all []string) []string {
	seen := map[string]bool{}
	var found []string
	for _, one := range all {
		if !seen[one] {
			seen[one], found = true, append(found, one)
		}
	}
	return found
}

func (r *Recorder) putCustody(ctx context.Context, documents []string, c cairn.Custody) ([]cairn.Custody, error) {
	if err := r.writable(); err != nil {
		return nil, err
	}
	var links []cairn.Custody
	_, err := r.store.Write(ctx, r.act("custody", c.Document, c.Why), func(tx *store.Tx) error {
		for _, id := range documents {
			ref, err := custodyRef(ctx, tx.View, id)
			if err != nil {
				return err
			}
			link := c
			link.Document, link.Ref, link.Who, link.At = id, ref, tx.Act().Who, tx.Act().At
			if link, err = tx.PutCustody(ctx, link); err != nil {
				return err
			}
			links = append(links, link)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("custody: %w", hinted(err))
	}
	return links, nil
}

// custodyRef returns the bytes of a document, or those that a Ref names.
func custodyRef(ctx context.Context, v store.View, name string) (cairn.Ref, error) {
	ref, err := v.DocumentRef(ctx, name)
	if of, bad := cairn.ParseRef(name); bad == nil && errors.Is(err, cairn.ErrNotFound) {
		receipts, missing := v.Receipts(ctx, of)
		if missing == nil && len(receipts) > 0 {
			return of, nil
		}
	}
	return ref, err
}

// findDisposed reads which bytes were taken out.
func (r *Recorder) findDisposed(ctx context.Context) error {
	r.disposed = map[cairn.Ref]string{}
	disposals, err := r.view.Disposed(ctx)
	for _, d := range disposals {
		r.disposed[d.Ref] = d.Why
	}
	return err
}

// wanted refuses bytes that were taken out before.
func (r *Recorder) wanted(item collect.Item) error {
	if len(r.disposed) == 0 || len(item.Bytes) == 0 {
		return nil
	}
	if why, ok := r.disposed[cairn.RefOf(item.Bytes)]; ok {
		return cairn.Invalid{Field: item.Receipt.From, Reason: "was taken out under a tombstone, and is not taken in again: " + why}
	}
	return nil
}

// CustodyOf returns the chain of custody of a document, or of bytes that are none,
// by their Ref; cairn.ErrNotFound where there is neither.
func CustodyOf(ctx context.Context, v store.View, document string) ([]cairn.Custody, error) {
	if _, err := custodyRef(ctx, v, document); err != nil {
		return nil, err
	}
	return v.CustodyOf(ctx, document)
}
