package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// PutLabel records what somebody says of a pair, in the place of what they said
// before.
func (tx *Tx) PutLabel(ctx context.Context, project string, l cairn.Label) error {
	l.A, l.B = min(l.A, l.B), max(l.A, l.B)
	text, err := named(l.A, "label", l)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM labels WHERE project = $1 AND a = $2 AND b = $3 AND who = $4 ORDER BY revision DESC LIMIT 1`, project, l.A, l.B, l.Who)
	if err != nil || former.body == text {
		return wrap("label", err)
	}
	err = tx.exec(ctx, `UPDATE labels SET replaced = $1 WHERE project = $2 AND a = $3 AND b = $4 AND who = $5 AND replaced IS NULL`, tx.act.Number, project, l.A, l.B, l.Who)
	if err == nil {
		err = tx.insert(ctx, table{"labels", "project, a, b, who, revision, body"}, []any{project, l.A, l.B, l.Who, former.revision + 1, text})
	}
	return wrap("label", err)
}

// Labels returns what everybody said of pairs, by pair and who said it.
func (v View) Labels(ctx context.Context, project string) ([]cairn.Label, error) {
	found, err := all(ctx, v, `SELECT body FROM labels WHERE project = $1 AND replaced IS NULL ORDER BY a, b, who`, []any{project}, body[cairn.Label])
	return found, wrap("labels", err)
}
