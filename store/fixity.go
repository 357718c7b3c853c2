package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// PutFixityCheck records a check as the next one, and returns it with its number.
func (tx *Tx) PutFixityCheck(ctx context.Context, c cairn.FixityCheck) (cairn.FixityCheck, error) {
	n, err := first(ctx, tx.View, `SELECT coalesce(max(n), 0) + 1 FROM fixity_checks`, nil, value[int])
	if err != nil {
		return c, wrap("fixity check", err)
	}
	c.N = n
	text, err := written(c)
	if err == nil {
		err = tx.insert(ctx, table{"fixity_checks", "n, faults, body"}, []any{c.N, c.Faults, text})
	}
	return c, wrap("fixity check", err)
}

// FixityChecks returns the checks of the record, the last first, at most limit of
// them.
func (v View) FixityChecks(ctx context.Context, limit int) ([]cairn.FixityCheck, error) {
	found, err := all(ctx, v, `SELECT body FROM fixity_checks ORDER BY n DESC LIMIT $1`, []any{upTo(limit)}, body[cairn.FixityCheck])
	return found, wrap("fixity checks", err)
}
