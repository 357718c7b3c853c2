package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// A Removal is what was taken out: a document under its tombstone, and what had
// been made of it.
type Removal struct {
	cairn.Tombstone
	Made []Made
}

// Remove takes the bytes of a document out of the archive and its text, its
// translations and the words of its claims out of the record, and leaves a
// tombstone, which keeps the hash, the reason and the authority. Bytes that are no
// document, such as a photo, are named by their Ref. What was made of it goes with
// it, each under a tombstone of its own, but for what keep names. The act comes
// first, so that no bytes go without one; where bytes are still there after a kill,
// the same again ends it. The figures of its claims stay: to take these out too is
// for a judgement.
func (r *Recorder) Remove(ctx context.Context, name, why, authority string, keep ...string) (Removal, error) {
	if err := r.writable(); err != nil {
		return Removal{}, err
	}
	if why == "" || authority == "" {
		return Removal{}, cairn.Invalid{Field: "why", Reason: "say why and on whose authority: whoever asks later must find both"}
	}
	of, err := r.removable(ctx, name)
	if err != nil {
		return Removal{}, err
	}
	removal := Removal{Tombstone: cairn.Tombstone{Ref: of.ref, Authority: authority, Why: why}}
	if removal.Made, err = r.madeBut(ctx, of, keep); err != nil {
		return removal, err
	}
	if !of.gone {
		var act cairn.Act
		act, err = r.store.Write(ctx, r.act("remove", of.name, why), func(tx *store.Tx) error { return of.dispose(ctx, tx, removal) })
		removal.Who, removal.At = act.Who, act.At
	}
	if err == nil {
		err = r.bury(ctx, of, &removal)
	}
	if err != nil {
		return removal, fmt.Errorf("remove %s: %w", name, hinted(err))
	}
	return removal, nil
}

// A removable is what may be taken out: documents of the same bytes, or bytes that
// are none.
type removable struct {
	name      string
	ref       cairn.Ref
	documents []string
	gone      bool // the act is done
}

func (r *Recorder) removable(ctx context.Context, name string) (removable, error) {
	d, err := r.view.Document(ctx, name)
	if errors.Is(err, cairn.ErrNotFound) {
		if ref, bad := cairn.ParseRef(name); bad == nil {
			return r.removableBytes(ctx, ref)
		}
	}
	of := removable{name: d.ID, ref: d.Ref, documents: []string{d.ID}, gone: d.TakenOut()}
	if err != nil || d.Ref == "" {
		return of, err
	}
	same, err := r.view.DocumentsByRef(ctx, d.Ref)
	of.documents = nil
	for _, one := range same {
		of.documents = append(of.documents, one.ID)
	}
	return of, err
}

// removableBytes are bytes by their name: those of documents as these.
func (r *Recorder) removableBytes(ctx context.Context, ref cairn.Ref) (removable, error) {
	d, err := r.view.DocumentByRef(ctx, ref)
	if err == nil {
		return r.removable(ctx, d.ID)
	}
	receipts, err := r.view.Receipts(ctx, ref)
	if err == nil && len(receipts) == 0 {
		err = fmt.Errorf("bytes %s: %w", ref, cairn.ErrNotFound)
	}
	chain, errChain := r.view.CustodyOf(ctx, string(ref))
	gone := slices.ContainsFunc(chain, func(c cairn.Custody) bool { return c.What == cairn.Disposed })
	return removable{name: string(ref), ref: ref, gone: gone}, errors.Join(err, errChain)
}

// madeBut is what was made of something without what is to stay, which must have
// been made of it.
func (r *Recorder) madeBut(ctx context.Context, of removable, keep []string) ([]Made, error) {
	made, err := r.MadeOf(ctx, of.ref)
	if err != nil {
		return nil, err
	}
	for _, name := range keep {
		if !slices.ContainsFunc(made, func(m Made) bool { return m.Name == name || string(m.Ref) == name }) {
			return nil, cairn.Invalid{Field: "keep", Reason: name + " was not made of " + of.name}
		}
	}
	return slices.DeleteFunc(made, func(m Made) bool { return slices.Contains(keep, m.Name) || slices.Contains(keep, string(m.Ref)) }), nil
}

// dispose takes the words of documents and of what was made of them out of the
// record, and says so in the chains of custody. That of what is taken out names all
// of it, so that what was broken off can be ended.
func (of removable) dispose(ctx context.Context, tx *store.Tx, removal Removal) error {
	chain := func(name string, ref cairn.Ref, why string) error {
		_, err := tx.PutCustody(ctx, cairn.Custody{Document: name, What: cairn.Disposed, Ref: ref, Authority: removal.Authority, Who: tx.Act().Who, At: tx.Act().At, Why: why})
		return err
	}
	for _, id := range of.documents {
		if err := errors.Join(tx.TakeOut(ctx, id, removal.Authority, removal.Why), chain(id, of.ref, removal.Why)); err != nil {
			return err
		}
	}
	if len(of.documents) == 0 {
		if err := chain(of.name, of.ref, removal.Why); err != nil {
			return err
		}
	}
	for _, m := range removal.Made {
		why := fmt.Sprintf("%s (made of %s: %s)", removal.Why, of.name, m.How)
		if m.Document != "" {
			if err := errors.Join(tx.TakeOut(ctx, m.Document, removal.Authority, why), chain(m.Document, m.Ref, why)); err != nil {
				return err
			}
		}
		if err := chain(of.name, m.Ref, why); err != nil {
			return err
		}
	}
	return nil
}

// bury takes the bytes out of the archive that the chain of custody of something
// says are disposed of, each under its tombstone.
func (r *Recorder) bury(ctx context.Context, of removable, removal *Removal) error {
	chain, err := r.view.CustodyOf(ctx, of.name)
	if err != nil {
		return err
	}
	for _, c := range chain {
		if c.What != cairn.Disposed {
			continue
		}
		t := cairn.Tombstone{Ref: c.Ref, Authority: c.Authority, Why: c.Why, Who: c.Who, At: c.At}
		if c.Ref == of.ref {
			removal.Tombstone = t
		}
		if c.Ref == "" {
			continue
		}
		if err := r.archive.Remove(t); err != nil {
			return err
		}
		r.disposed[t.Ref] = t.Why
	}
	return nil
}
