package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// PlacePacks returns the packs of places of project, by name.
func (v View) PlacePacks(ctx context.Context, project string) ([]cairn.PlacePack, error) {
	packs, err := all(ctx, v, `SELECT body FROM place_packs WHERE project = $1 AND replaced IS NULL AND ref <> '' ORDER BY name`, []any{project}, body[cairn.PlacePack])
	return packs, wrap("places of "+project, err)
}

// PutPlacePack records p in the place of the pack of its name that project has.
// One without a Ref takes that pack out.
func (tx *Tx) PutPlacePack(ctx context.Context, project string, p cairn.PlacePack) error {
	text, err := named(p.Name, "pack", p)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM place_packs WHERE project = $1 AND name = $2 ORDER BY revision DESC LIMIT 1`, project, p.Name)
	if err != nil || former.body == text {
		return wrap("places "+p.Name, err)
	}
	err = tx.exec(ctx, `UPDATE place_packs SET replaced = $1 WHERE project = $2 AND name = $3 AND replaced IS NULL`, tx.act.Number, project, p.Name)
	if err == nil {
		err = tx.insert(ctx, table{"place_packs", "project, name, revision, ref, places, body"},
			[]any{project, p.Name, former.revision + 1, string(p.Ref), p.Places, text})
	}
	return wrap("places "+p.Name, err)
}
