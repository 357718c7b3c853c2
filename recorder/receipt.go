package recorder

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// has reports whether receipts holds r, to the last digit.
func has(receipts []cairn.Receipt, r cairn.Receipt) bool {
	one, err := json.Marshal(r)
	return err == nil && slices.ContainsFunc(receipts, func(o cairn.Receipt) bool {
		other, err := json.Marshal(o)
		return err == nil && bytes.Equal(one, other)
	})
}

// adopt records the receipts that the archive has of refs and the store has
// not: those of walks that were broken off between the two.
func (r *Recorder) adopt(ctx context.Context, refs []cairn.Ref) error {
	type stray struct {
		ref cairn.Ref
		n   int
		cairn.Receipt
	}
	var strays []stray
	for _, ref := range refs {
		kept, err := r.archive.Receipts(ref)
		if err != nil {
			return err
		}
		known, err := r.store.Receipts(ctx, ref)
		if err != nil {
			return err
		}
		n := len(known)
		for _, k := range kept {
			if !has(known, k) {
				n++
				strays = append(strays, stray{ref, n, k})
			}
		}
	}
	if len(strays) == 0 {
		return nil
	}
	_, err := r.store.Write(ctx, r.act("take", "", "receipts of walks that were broken off"), func(tx *store.Tx) error {
		for _, s := range strays {
			if err := tx.PutReceipt(ctx, s.ref, s.n, s.Receipt); err != nil {
				return err
			}
		}
		return nil
	})
	return hinted(err)
}
