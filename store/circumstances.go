package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// PutCircumstance records c in the place of the circumstance of its project and
// identifier.
func (tx *Tx) PutCircumstance(ctx context.Context, c cairn.Circumstance) error {
	text, err := named(c.ID, "circumstance", c)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM circumstances WHERE project = $1 AND id = $2 ORDER BY revision DESC LIMIT 1`, c.Project, c.ID)
	if err != nil || former.body == text {
		return wrap("circumstance "+c.ID, err)
	}
	from, to := days(c.When)
	if err = tx.DropCircumstance(ctx, c.Project, c.ID); err == nil {
		err = tx.insert(ctx, table{"circumstances", "project, id, revision, kind, place, from_day, to_day, body"},
			[]any{c.Project, c.ID, former.revision + 1, string(c.Kind), folded(c.Place), from, to, text})
	}
	return wrap("circumstance "+c.ID, err)
}

// DropCircumstance ends a circumstance, with no other in its place. Its history
// stays; one that is not there is passed over.
func (tx *Tx) DropCircumstance(ctx context.Context, project, id string) error {
	return tx.exec(ctx, `UPDATE circumstances SET replaced = $1 WHERE project = $2 AND id = $3 AND replaced IS NULL`, tx.act.Number, project, id)
}

// Circumstances returns those of the project, places, days and moment of f, what
// is placed nowhere included, in the order of their days.
func (v View) Circumstances(ctx context.Context, f Filter) ([]cairn.Circumstance, error) {
	act, err := v.at(ctx, f.AsOf)
	if err != nil {
		return nil, wrap("circumstances", err)
	}
	var c conditions
	c.add(`c.project = ?`, f.Project)
	c.standing("c", act)
	if places := keys(f.Places...); len(places) > 0 {
		c.add(`(c.place = '' OR c.place IN (?))`, places)
	}
	c.within("c.from_day", "c.to_day", f.From, f.To)
	found, err := all(ctx, v, `SELECT c.body FROM circumstances c WHERE `+c.String()+` ORDER BY c.from_day, c.id`, c.args, body[cairn.Circumstance])
	return found, wrap("circumstances", err)
}
