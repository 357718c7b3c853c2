package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// PutCoding records c in the place of the coding of the same document by the same
// coder.
func (tx *Tx) PutCoding(ctx context.Context, c cairn.Coding) error {
	text, err := named(c.Coder, "coder", c)
	if err != nil {
		return err
	}
	return wrap("coding of "+c.Document, tx.revise(ctx, `codings`, `project = $1 AND document = $2 AND coder = $3`, []any{c.Project, c.Document, c.Coder}, text, func(revision int) (table, []any) {
		return table{"codings", "project, document, coder, revision, state, body"}, []any{c.Project, c.Document, c.Coder, revision, string(c.State), text}
	}))
}

// Codings returns the codings of a project, by document and coder; those of one
// document, or of one coder, where these are given.
func (v View) Codings(ctx context.Context, project, document, coder string) ([]cairn.Coding, error) {
	var c conditions
	c.add(`project = ? AND replaced IS NULL`, project)
	if document != "" {
		c.add(`document = ?`, document)
	}
	if coder != "" {
		c.add(`coder = ?`, coder)
	}
	found, err := all(ctx, v, `SELECT body FROM codings WHERE `+c.String()+` ORDER BY document, coder`, c.args, body[cairn.Coding])
	return found, wrap("codings of "+project, err)
}

// Coding returns the coding of a document by one coder, or cairn.ErrNotFound.
func (v View) Coding(ctx context.Context, project, document, coder string) (cairn.Coding, error) {
	c, err := first(ctx, v, `SELECT body FROM codings WHERE project = $1 AND document = $2 AND coder = $3 AND replaced IS NULL`, []any{project, document, coder}, body[cairn.Coding])
	return c, wrap("coding of "+document+" by "+coder, err)
}
