package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// PutList records l in the place of the list of its project and identifier.
func (tx *Tx) PutList(ctx context.Context, l cairn.List) error {
	text, err := named(l.ID, "list", l)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM lists WHERE project = $1 AND id = $2 ORDER BY revision DESC LIMIT 1`, l.Project, l.ID)
	if err != nil || former.body == text {
		return wrap("list "+l.ID, err)
	}
	err = tx.exec(ctx, `UPDATE lists SET replaced = $1 WHERE project = $2 AND id = $3 AND replaced IS NULL`, tx.act.Number, l.Project, l.ID)
	if err == nil {
		err = tx.insert(ctx, table{"lists", "project, id, revision, body"}, []any{l.Project, l.ID, former.revision + 1, text})
	}
	return wrap("list "+l.ID, err)
}

// List returns the list of an identifier.
func (v View) List(ctx context.Context, project, id string) (cairn.List, error) {
	l, err := first(ctx, v, `SELECT body FROM lists WHERE project = $1 AND id = $2 AND replaced IS NULL`, []any{project, id}, body[cairn.List])
	return l, wrap("list "+id, err)
}

// Lists returns the lists of a project, by identifier.
func (v View) Lists(ctx context.Context, project string) ([]cairn.List, error) {
	found, err := all(ctx, v, `SELECT body FROM lists WHERE project = $1 AND replaced IS NULL ORDER BY id`, []any{project}, body[cairn.List])
	return found, wrap("lists", err)
}

// revised is an entry or match as it stands, to be put anew.
type revised struct {
	revision int
	body     string
}

// PutEntries records entries of one list, each in the place of the one with its
// key. Those that stand unchanged are passed over.
func (tx *Tx) PutEntries(ctx context.Context, project, list string, entries []cairn.Entry) error {
	standing := map[string]revised{}
	err := tx.each(ctx, `SELECT key, revision, body FROM entries WHERE project = $1 AND list = $2 AND replaced IS NULL`, []any{project, list}, func(rows *sql.Rows) error {
		var key string
		var r revised
		if err := rows.Scan(&key, &r.revision, &r.body); err != nil {
			return err
		}
		standing[key] = r
		return nil
	})
	if err != nil {
		return wrap("entries of "+list, err)
	}
	var rows [][]any
	for _, e := range entries {
		text, err := named(e.Key, "entry", e)
		if err != nil {
			return err
		}
		s, stands := standing[e.Key]
		if stands && s.body == text {
			continue
		}
		if stands {
			if err := tx.exec(ctx, `UPDATE entries SET replaced = $1 WHERE project = $2 AND list = $3 AND key = $4 AND replaced IS NULL`, tx.act.Number, project, list, e.Key); err != nil {
				return wrap("entry "+e.Ref(), err)
			}
		}
		rows = append(rows, []any{project, list, e.Key, s.revision + 1, e.Number, text})
		if err := tx.indexEntry(ctx, project, e); err != nil {
			return wrap("entry "+e.Ref(), err)
		}
	}
	return wrap("entries of "+list, tx.insert(ctx, table{"entries", "project, list, key, revision, number, body"}, rows...))
}

// Entries returns what the lists of a project say, of one list or, where list is
// empty, of all, in the order in which it came.
func (v View) Entries(ctx context.Context, project, list string) ([]cairn.Entry, error) {
	var c conditions
	c.add(`project = ?`, project)
	c.where = append(c.where, `replaced IS NULL`)
	if list != "" {
		c.add(`list = ?`, list)
	}
	found, err := all(ctx, v, `SELECT body FROM entries WHERE `+c.String()+` ORDER BY number`, c.args, body[cairn.Entry])
	return found, wrap("entries", err)
}

// EntryHistory returns every state of one entry, the oldest first.
func (v View) EntryHistory(ctx context.Context, project, list, key string) ([]cairn.Entry, error) {
	found, err := all(ctx, v, `SELECT body FROM entries WHERE project = $1 AND list = $2 AND key = $3 ORDER BY revision`, []any{project, list, key}, body[cairn.Entry])
	return found, wrap("entry "+list+"/"+key, err)
}

// LastEntry returns the number of the entry that came last, 0 where none did.
func (v View) LastEntry(ctx context.Context, project string) (int, error) {
	n, err := first(ctx, v, `SELECT coalesce(max(number), 0) FROM entries WHERE project = $1`, []any{project}, value[int])
	return n, wrap("entries", err)
}

// PutMatches records what a linkage weighed, in the place of what stands: a match
// that is not among them has ended.
func (tx *Tx) PutMatches(ctx context.Context, project string, matches []cairn.Match) error {
	type pair struct{ a, b string }
	standing, last := map[pair]string{}, map[pair]int{}
	err := tx.each(ctx, `SELECT a, b, revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM matches WHERE project = $1 ORDER BY revision`, []any{project}, func(rows *sql.Rows) error {
		var p pair
		var n int
		var text string
		if err := rows.Scan(&p.a, &p.b, &n, &text); err != nil {
			return err
		}
		standing[p], last[p] = text, n
		return nil
	})
	if err != nil {
		return wrap("matches", err)
	}
	var rows [][]any
	for _, m := range matches {
		text, err := named(m.A, "match", m)
		if err != nil {
			return err
		}
		p := pair{m.A, m.B}
		if standing[p] == text {
			delete(standing, p)
			continue
		}
		rows = append(rows, []any{project, m.A, m.B, last[p] + 1, btoi(m.Joined), m.Probability, text})
	}
	for p, text := range standing {
		if text == "" {
			continue
		}
		if err := tx.exec(ctx, `UPDATE matches SET replaced = $1 WHERE project = $2 AND a = $3 AND b = $4 AND replaced IS NULL`, tx.act.Number, project, p.a, p.b); err != nil {
			return wrap("matches", err)
		}
	}
	return wrap("matches", tx.insert(ctx, table{"matches", "project, a, b, revision, joined, probability, body"}, rows...))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Matches returns what the last linkage weighed, the surest first.
func (v View) Matches(ctx context.Context, project string) ([]cairn.Match, error) {
	found, err := all(ctx, v, `SELECT body FROM matches WHERE project = $1 AND replaced IS NULL ORDER BY probability DESC, a, b`, []any{project}, body[cairn.Match])
	return found, wrap("matches", err)
}
