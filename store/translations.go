package store

import (
	"context"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

// PutTranslation records a translation as the next of its document, and returns it
// with its number.
func (tx *Tx) PutTranslation(ctx context.Context, t cairn.Translation) (cairn.Translation, error) {
	n, err := first(ctx, tx.View, `SELECT coalesce(max(n), 0) + 1 FROM translations WHERE document = $1`, []any{t.Document}, value[int])
	if err != nil {
		return t, wrap("translation of "+t.Document, err)
	}
	t.N = n
	text, err := named(t.Document, "translation", t)
	if err == nil {
		err = tx.insert(ctx, table{"translations", "document, n, language, body"}, []any{t.Document, t.N, t.Language, text})
	}
	return t, wrap("translation of "+t.Document, err)
}

// DropTranslation ends a translation. Its history stays. One that is not there is
// cairn.ErrNotFound.
func (tx *Tx) DropTranslation(ctx context.Context, document string, n int) error {
	standing, err := first(ctx, tx.View, `SELECT count(*) FROM translations WHERE document = $1 AND n = $2 AND replaced IS NULL`, []any{document, n}, value[int])
	if err == nil && standing == 0 {
		err = cairn.ErrNotFound
	}
	if err == nil {
		err = tx.exec(ctx, `UPDATE translations SET replaced = $1 WHERE document = $2 AND n = $3 AND replaced IS NULL`, tx.act.Number, document, n)
	}
	return wrap(fmt.Sprintf("translation %d of %s", n, document), err)
}

// Translations returns the translations of a document that stand, in the order in
// which they were recorded.
func (v View) Translations(ctx context.Context, document string) ([]cairn.Translation, error) {
	found, err := all(ctx, v, `SELECT body FROM translations WHERE document = $1 AND replaced IS NULL ORDER BY n`, []any{document}, body[cairn.Translation])
	return found, wrap("translations of "+document, err)
}
