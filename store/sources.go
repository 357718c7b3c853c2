package store

import (
	"context"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Source returns the source of an identifier or of any of its names, in small
// or capital letters. Where several bear the name, it is the first by
// identifier.
func (v View) Source(ctx context.Context, nameOrID string) (cairn.Source, error) {
	s, err := first(ctx, v, `SELECT s.body FROM sources s WHERE s.replaced IS NULL AND (s.id = $1
			OR s.id IN (SELECT n.id FROM source_names n WHERE n.name = $2 AND n.replaced IS NULL))
		ORDER BY CASE WHEN s.id = $1 THEN 0 ELSE 1 END, s.id LIMIT 1`,
		[]any{nameOrID, folded(nameOrID)}, body[cairn.Source])
	return s, wrap("source "+nameOrID, err)
}

// Sources returns every source, by identifier.
func (v View) Sources(ctx context.Context) ([]cairn.Source, error) {
	sources, err := all(ctx, v, `SELECT body FROM sources WHERE replaced IS NULL ORDER BY id`, nil, body[cairn.Source])
	return sources, wrap("sources", err)
}

// PutSource records s in the place of the source of its identifier.
func (tx *Tx) PutSource(ctx context.Context, s cairn.Source) error {
	text, err := named(s.ID, "source", s)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM sources WHERE id = $1 ORDER BY revision DESC LIMIT 1`, s.ID)
	if err != nil || former.body == text {
		return wrap("source "+s.ID, err)
	}
	return wrap("source "+s.ID, tx.putSource(ctx, s, former.revision+1, text))
}

func (tx *Tx) putSource(ctx context.Context, s cairn.Source, revision int, text string) error {
	for _, update := range []string{
		`UPDATE sources SET replaced = $1 WHERE id = $2 AND replaced IS NULL`,
		`UPDATE source_names SET replaced = $1 WHERE id = $2 AND replaced IS NULL`,
	} {
		if err := tx.exec(ctx, update, tx.act.Number, s.ID); err != nil {
			return err
		}
	}
	if err := tx.insert(ctx, table{"sources", "id, revision, body"}, []any{s.ID, revision, text}); err != nil {
		return err
	}
	var rows [][]any
	for _, name := range keys(s.Called()...) {
		rows = append(rows, []any{s.ID, revision, name})
	}
	return tx.insert(ctx, table{"source_names", "id, revision, name"}, rows...)
}

// keys returns names folded, each once, in order, without the empty one.
func keys(names ...string) []string {
	found := make([]string, 0, len(names))
	for _, name := range names {
		if f := folded(name); f != "" {
			found = append(found, f)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
