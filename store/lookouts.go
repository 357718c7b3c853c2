package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// PutLookout records w in the place of the lookout of its project and name.
func (tx *Tx) PutLookout(ctx context.Context, w cairn.Lookout) error {
	return tx.putNamed(ctx, "lookouts", w.Project, w.Name, w)
}

// PutLookoutState records how the lookout of a name stands.
func (tx *Tx) PutLookoutState(ctx context.Context, project, name string, s cairn.LookoutState) error {
	return tx.putNamed(ctx, "lookout_states", project, name, s)
}

// putNamed puts a noun that is known by project and name into a table of such.
func (tx *Tx) putNamed(ctx context.Context, into, project, name string, noun any) error {
	text, err := named(name, "lookout", noun)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM `+into+` WHERE project = $1 AND name = $2 ORDER BY revision DESC LIMIT 1`, project, name)
	if err != nil || former.body == text {
		return wrap("lookout "+name, err)
	}
	err = tx.exec(ctx, `UPDATE `+into+` SET replaced = $1 WHERE project = $2 AND name = $3 AND replaced IS NULL`, tx.act.Number, project, name)
	if err == nil {
		err = tx.insert(ctx, table{into, "project, name, revision, body"}, []any{project, name, former.revision + 1, text})
	}
	return wrap("lookout "+name, err)
}

// DropLookout ends a lookout. What it found stays, and so does its history.
func (tx *Tx) DropLookout(ctx context.Context, project, name string) error {
	for _, into := range []string{"lookouts", "lookout_states"} {
		if err := tx.exec(ctx, `UPDATE `+into+` SET replaced = $1 WHERE project = $2 AND name = $3 AND replaced IS NULL`, tx.act.Number, project, name); err != nil {
			return wrap("lookout "+name, err)
		}
	}
	return nil
}

// PutSeen records what became of something that the lookout of a name found.
func (tx *Tx) PutSeen(ctx context.Context, project, name string, s cairn.Seen) error {
	text, err := named(s.Mark, "thing seen", s)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM lookout_seen WHERE project = $1 AND name = $2 AND mark = $3 ORDER BY revision DESC LIMIT 1`, project, name, s.Mark)
	if err != nil || former.body == text {
		return wrap("lookout "+name, err)
	}
	if former.revision > 0 {
		err = tx.exec(ctx, `UPDATE lookout_seen SET replaced = $1 WHERE project = $2 AND name = $3 AND mark = $4 AND replaced IS NULL`, tx.act.Number, project, name, s.Mark)
	}
	if err == nil {
		err = tx.insert(ctx, table{"lookout_seen", "project, name, mark, revision, at, outcome, body"},
			[]any{project, name, s.Mark, former.revision + 1, moment(s.At), string(s.Outcome), text})
	}
	return wrap("lookout "+name, err)
}

// Lookouts returns the lookouts of a project, by name.
func (v View) Lookouts(ctx context.Context, project string) ([]cairn.Lookout, error) {
	found, err := all(ctx, v, `SELECT body FROM lookouts WHERE project = $1 AND replaced IS NULL ORDER BY name`, []any{project}, body[cairn.Lookout])
	return found, wrap("lookouts", err)
}

// LookoutState returns how the lookout of a name stands; the zero state where it was
// never looked at.
func (v View) LookoutState(ctx context.Context, project, name string) (cairn.LookoutState, error) {
	found, err := all(ctx, v, `SELECT body FROM lookout_states WHERE project = $1 AND name = $2 AND replaced IS NULL`, []any{project, name}, body[cairn.LookoutState])
	if err != nil || len(found) == 0 {
		return cairn.LookoutState{}, wrap("lookout "+name, err)
	}
	return found[0], nil
}

// Seen returns what the lookout of a name has found under marks, by mark.
func (v View) Seen(ctx context.Context, project, name string, marks []string) (map[string]cairn.Seen, error) {
	known := map[string]cairn.Seen{}
	for len(marks) > 0 {
		n := min(len(marks), 500)
		var c conditions
		c.add(`project = ?`, project)
		c.add(`name = ?`, name)
		c.add(`mark IN (?)`, marks[:n])
		found, err := all(ctx, v, `SELECT body FROM lookout_seen WHERE replaced IS NULL AND `+c.String(), c.args, body[cairn.Seen])
		if err != nil {
			return nil, wrap("lookout "+name, err)
		}
		for _, s := range found {
			known[s.Mark] = s
		}
		marks = marks[n:]
	}
	return known, nil
}

// SeenBefore returns every form that a thing seen had, the first first.
func (v View) SeenBefore(ctx context.Context, project, name, mark string) ([]cairn.Seen, error) {
	found, err := all(ctx, v, `SELECT body FROM lookout_seen WHERE project = $1 AND name = $2 AND mark = $3 ORDER BY revision`, []any{project, name, mark}, body[cairn.Seen])
	return found, wrap("lookout "+name, err)
}
