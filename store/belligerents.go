package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// Belligerents returns the register of belligerents, by identifier.
func (v View) Belligerents(ctx context.Context) ([]cairn.Belligerent, error) {
	found, err := all(ctx, v, `SELECT body FROM belligerents WHERE replaced IS NULL ORDER BY id`, nil, body[cairn.Belligerent])
	return found, wrap("belligerents", err)
}

// PutBelligerent records b in the place of the belligerent of its identifier.
func (tx *Tx) PutBelligerent(ctx context.Context, b cairn.Belligerent) error {
	text, err := named(b.ID, "belligerent", b)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM belligerents WHERE id = $1 ORDER BY revision DESC LIMIT 1`, b.ID)
	if err != nil || former.body == text {
		return wrap("belligerent "+b.ID, err)
	}
	err = tx.exec(ctx, `UPDATE belligerents SET replaced = $1 WHERE id = $2 AND replaced IS NULL`, tx.act.Number, b.ID)
	if err == nil {
		err = tx.insert(ctx, table{"belligerents", "id, revision, body"}, []any{b.ID, former.revision + 1, text})
	}
	return wrap("belligerent "+b.ID, err)
}
