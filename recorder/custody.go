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
			ref, err := tx.DocumentRef(ctx, id)
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

// CustodyOf returns the chain of custody of a document; cairn.ErrNotFound where
// there is no document.
func CustodyOf(ctx context.Context, v store.View, document string) ([]cairn.Custody, error) {
	if _, err := v.DocumentRef(ctx, document); err != nil {
		return nil, err
	}
	return v.CustodyOf(ctx, document)
}

// Remove takes the bytes of a document out of the archive and its text and the
// words of its claims out of the record, and leaves a tombstone, which keeps the
// hash, the reason and the authority. The act comes first, so that no bytes go
// without one; where the bytes are still there after a kill, the same again ends
// it. The figures of its claims stay: to take these out too is for a judgement.
func (r *Recorder) Remove(ctx context.Context, document, why, authority string) (cairn.Tombstone, error) {
	if err := r.writable(); err != nil {
		return cairn.Tombstone{}, err
	}
	if why == "" || authority == "" {
		return cairn.Tombstone{}, cairn.Invalid{Field: "why", Reason: "say why and on whose authority: whoever asks later must find both"}
	}
	d, err := r.view.Document(ctx, document)
	if err != nil {
		return cairn.Tombstone{}, err
	}
	others, err := r.view.DocumentsByRef(ctx, d.Ref)
	if err != nil {
		return cairn.Tombstone{}, err
	}
	t := cairn.Tombstone{Ref: d.Ref, Authority: authority, Why: why}
	if d.TakenOut() {
		t, err = r.disposal(ctx, d)
	} else {
		var act cairn.Act
		act, err = r.store.Write(ctx, r.act("remove", d.ID, why), func(tx *store.Tx) error {
			for _, one := range others {
				if err := tx.TakeOut(ctx, one.ID, authority, why); err != nil {
					return err
				}
				if _, err := tx.PutCustody(ctx, cairn.Custody{Document: one.ID, What: cairn.Disposed, Ref: d.Ref, Authority: authority, Who: tx.Act().Who, At: tx.Act().At, Why: why}); err != nil {
					return err
				}
			}
			return nil
		})
		t.Who, t.At = act.Who, act.At
	}
	if err == nil && d.Ref != "" {
		err = r.archive.Remove(t)
	}
	if err != nil {
		return t, fmt.Errorf("remove %s: %w", document, hinted(err))
	}
	r.disposed[t.Ref] = why
	return t, nil
}

// disposal returns the tombstone of a document that was taken out before.
func (r *Recorder) disposal(ctx context.Context, d cairn.Document) (cairn.Tombstone, error) {
	chain, err := r.view.CustodyOf(ctx, d.ID)
	for _, c := range chain {
		if c.What == cairn.Disposed {
			return cairn.Tombstone{Ref: c.Ref, Authority: c.Authority, Why: c.Why, Who: c.Who, At: c.At}, nil
		}
	}
	return cairn.Tombstone{}, errors.Join(err, cairn.ErrNotFound)
}
