package store

import (
	"context"
	"database/sql"
)

// EntriesMade returns by which act each entry of a project, as list/key, came to
// stand as it does.
func (v View) EntriesMade(ctx context.Context, project string) (map[string]int, error) {
	made := map[string]int{}
	err := v.each(ctx, `SELECT list, key, made FROM entries WHERE project = $1 AND replaced IS NULL`, []any{project}, func(rows *sql.Rows) error {
		var list, key string
		var act int
		err := rows.Scan(&list, &key, &act)
		made[list+"/"+key] = act
		return err
	})
	return made, wrap("entries", err)
}

// LastLabel returns the act by which somebody last labelled a pair; 0 where nobody
// did.
func (v View) LastLabel(ctx context.Context, project string) (int, error) {
	n, err := first(ctx, v, `SELECT coalesce(max(made), 0) FROM labels WHERE project = $1`, []any{project}, value[int])
	return n, wrap("labels", err)
}
