package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// PutLikeness records l in the place of the likeness of the same bytes.
func (tx *Tx) PutLikeness(ctx context.Context, l cairn.Likeness) error {
	return wrap("likeness of "+l.Ref.Short(), tx.putMedia(ctx, "likenesses", l.Ref, l))
}

// PutMediaFlag records f in the place of the flag of the same bytes.
func (tx *Tx) PutMediaFlag(ctx context.Context, f cairn.MediaFlag) error {
	return wrap("flag of "+f.Ref.Short(), tx.putMedia(ctx, "media_flags", f.Ref, f, f.Graphic))
}

// putMedia puts a revision of a noun about bytes, with the columns between its
// number and its body.
func (tx *Tx) putMedia(ctx context.Context, name string, ref cairn.Ref, noun any, more ...any) error {
	text, err := named(string(ref), name, noun)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM `+name+` WHERE ref = $1 ORDER BY revision DESC LIMIT 1`, string(ref))
	if err != nil || former.body == text {
		return err
	}
	if err := tx.exec(ctx, `UPDATE `+name+` SET replaced = $1 WHERE ref = $2 AND replaced IS NULL`, tx.act.Number, string(ref)); err != nil {
		return err
	}
	columns := map[string]string{"likenesses": "ref, revision, body", "media_flags": "ref, revision, graphic, body"}[name]
	return tx.insert(ctx, table{name, columns}, append(append([]any{string(ref), former.revision + 1}, more...), text))
}

// Likenesses returns every likeness, in order of their bytes.
func (v View) Likenesses(ctx context.Context) ([]cairn.Likeness, error) {
	found, err := all(ctx, v, `SELECT body FROM likenesses WHERE replaced IS NULL ORDER BY ref`, nil, body[cairn.Likeness])
	return found, wrap("likenesses", err)
}

// Likeness returns the likeness of bytes, or cairn.ErrNotFound.
func (v View) Likeness(ctx context.Context, ref cairn.Ref) (cairn.Likeness, error) {
	l, err := first(ctx, v, `SELECT body FROM likenesses WHERE ref = $1 AND replaced IS NULL`, []any{string(ref)}, body[cairn.Likeness])
	return l, wrap("likeness of "+ref.Short(), err)
}

// MediaFlags returns the flags of bytes, the earliest first.
func (v View) MediaFlags(ctx context.Context, ref cairn.Ref) ([]cairn.MediaFlag, error) {
	found, err := all(ctx, v, `SELECT body FROM media_flags WHERE ref = $1 ORDER BY revision`, []any{string(ref)}, body[cairn.MediaFlag])
	return found, wrap("flags of "+ref.Short(), err)
}

// Unlooked returns the first receipt of each picture and film that has no likeness
// yet, in order of their bytes.
func (v View) Unlooked(ctx context.Context) ([]cairn.Receipt, error) {
	found, err := all(ctx, v, `SELECT ref, body FROM receipts r WHERE n = 1 AND ref <> '' AND (body LIKE '%"media":"image/%' OR body LIKE '%"media":"video/%')
		AND NOT EXISTS (SELECT 1 FROM likenesses l WHERE l.ref = r.ref AND l.replaced IS NULL) ORDER BY ref`, nil, receiptOf)
	return found, wrap("pictures and films", err)
}

// receiptOf scans a receipt under the name of its bytes.
func receiptOf(rows *sql.Rows) (r cairn.Receipt, err error) {
	var ref string
	var text []byte
	if err = rows.Scan(&ref, &text); err == nil {
		err = read(text, &r)
	}
	r.Ref = cairn.Ref(ref)
	return r, err
}
