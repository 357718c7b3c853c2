package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// PutCustody records what happened to the evidence of a document, as the next
// link of its chain of custody, and returns it with its number.
func (tx *Tx) PutCustody(ctx context.Context, c cairn.Custody) (cairn.Custody, error) {
	n, err := first(ctx, tx.View, `SELECT coalesce(max(n), 0) + 1 FROM custody WHERE document = $1`, []any{c.Document}, value[int])
	if err != nil {
		return c, wrap("custody of "+c.Document, err)
	}
	c.N = n
	text, err := named(c.Document, "custody", c)
	if err == nil {
		err = tx.insert(ctx, table{"custody", "document, n, what, body"}, []any{c.Document, c.N, string(c.What), text})
	}
	return c, wrap("custody of "+c.Document, err)
}

// CustodyOf returns the chain of custody of a document, in its order.
func (v View) CustodyOf(ctx context.Context, document string) ([]cairn.Custody, error) {
	chain, err := all(ctx, v, `SELECT body FROM custody WHERE document = $1 ORDER BY n`, []any{document}, body[cairn.Custody])
	return chain, wrap("custody of "+document, err)
}

// Disposed returns every disposal of bytes, by document.
func (v View) Disposed(ctx context.Context) ([]cairn.Custody, error) {
	disposals, err := all(ctx, v, `SELECT body FROM custody WHERE what = $1 ORDER BY document, n`, []any{string(cairn.Disposed)}, body[cairn.Custody])
	return disposals, wrap("disposals", err)
}

// A Held is a document by its identifier and its bytes.
type Held struct {
	ID  string
	Ref cairn.Ref
}

// Held returns the documents whose identifiers are past after, in the order of
// identifiers, at most limit of them. It reads nothing of them that could be
// damaged.
func (v View) Held(ctx context.Context, after string, limit int) ([]Held, error) {
	held, err := all(ctx, v, `SELECT id, ref FROM documents WHERE replaced IS NULL AND id > $1 ORDER BY id LIMIT $2`, []any{after, upTo(limit)}, scanHeld)
	return held, wrap("documents", err)
}

func scanHeld(rows *sql.Rows) (h Held, err error) {
	return h, rows.Scan(&h.ID, &h.Ref)
}
