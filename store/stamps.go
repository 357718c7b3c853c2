package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

// PutStamp records s in the place of the stamp of the same checkpoint and address.
func (tx *Tx) PutStamp(ctx context.Context, s cairn.Stamp) error {
	doing := fmt.Sprintf("stamp of %d acts by %s", s.Acts, s.From)
	text, err := named(s.From, "stamp", s)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM stamps WHERE acts = $1 AND sender = $2 ORDER BY revision DESC LIMIT 1`, s.Acts, s.From)
	if err != nil || former.body == text {
		return wrap(doing, err)
	}
	err = tx.exec(ctx, `UPDATE stamps SET replaced = $1 WHERE acts = $2 AND sender = $3 AND replaced IS NULL`, tx.act.Number, s.Acts, s.From)
	if err == nil {
		err = tx.insert(ctx, table{"stamps", "acts, sender, revision, state, body"}, []any{s.Acts, s.From, former.revision + 1, string(s.State), text})
	}
	return wrap(doing, err)
}

// Stamps returns the stamps as they stand, those of the earliest checkpoint first.
func (v View) Stamps(ctx context.Context) ([]cairn.Stamp, error) {
	found, err := all(ctx, v, `SELECT body FROM stamps WHERE replaced IS NULL ORDER BY acts, sender`, nil, body[cairn.Stamp])
	return found, wrap("stamps", err)
}

// CheckpointOf returns the signed checkpoint of so many acts, or
// cairn.ErrNotFound.
func (v View) CheckpointOf(ctx context.Context, acts int) (SignedCheckpoint, error) {
	note, err := first(ctx, v, `SELECT note FROM checkpoints WHERE size = $1`, []any{acts}, value[[]byte])
	return SignedCheckpoint{Size: acts, Note: note}, wrap(fmt.Sprintf("checkpoint of %d acts", acts), err)
}

// OnlyStampedSince reports whether every act after so many only stamped the log.
func (v View) OnlyStampedSince(ctx context.Context, acts int) (bool, error) {
	_, err := first(ctx, v, `SELECT number FROM acts WHERE number > $1 AND what <> 'stamp' LIMIT 1`, []any{acts}, value[int])
	if errors.Is(err, cairn.ErrNotFound) {
		return true, nil
	}
	return false, wrap("acts", err)
}
