package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// PutVictims records who is a victim of which incident, in the place of what
// stands: whoever is not among them has ended. It returns the codes of the
// incidents whose victims changed.
func (tx *Tx) PutVictims(ctx context.Context, project string, victims []cairn.Victim) ([]string, error) {
	type of struct{ code, person string }
	standing, last := map[of]string{}, map[of]int{}
	err := tx.each(ctx, `SELECT code, person, revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM victims WHERE project = $1 ORDER BY revision`, []any{project}, func(rows *sql.Rows) error {
		var o of
		var n int
		var text string
		if err := rows.Scan(&o.code, &o.person, &n, &text); err != nil {
			return err
		}
		standing[o], last[o] = text, n
		return nil
	})
	if err != nil {
		return nil, wrap("victims", err)
	}
	changed := map[string]bool{}
	var rows [][]any
	for _, v := range victims {
		text, err := named(v.ID, "victim", v)
		if err != nil {
			return nil, err
		}
		o := of{v.Incident, v.ID}
		if standing[o] == text {
			delete(standing, o)
			continue
		}
		changed[v.Incident] = true
		rows = append(rows, []any{project, v.Incident, v.ID, last[o] + 1, text})
	}
	for o, text := range standing {
		if text == "" {
			continue
		}
		changed[o.code] = true
		if err := tx.exec(ctx, `UPDATE victims SET replaced = $1 WHERE project = $2 AND code = $3 AND person = $4 AND replaced IS NULL`, tx.act.Number, project, o.code, o.person); err != nil {
			return nil, wrap("victims", err)
		}
	}
	return slices.Sorted(maps.Keys(changed)), wrap("victims", tx.insert(ctx, table{"victims", "project, code, person, revision, body"}, rows...))
}

// Victims returns the victims of an incident, or of every incident of a project
// where code is empty, by incident and the order in which they came.
func (v View) Victims(ctx context.Context, project, code string) ([]cairn.Victim, error) {
	var c conditions
	c.add(`project = ?`, project)
	c.where = append(c.where, `replaced IS NULL`)
	if code != "" {
		c.add(`code = ?`, code)
	}
	found, err := all(ctx, v, `SELECT body FROM victims WHERE `+c.String()+` ORDER BY code, length(person), person`, c.args, body[cairn.Victim])
	return found, wrap("victims of "+code, err)
}

// A NamedIn is a name that a claim of an incident gives a victim.
type NamedIn struct {
	Code string
	Name string
	Ref  cairn.ClaimRef
}

// NamesIn returns the names that the claims of each incident of a project give
// its victims, by incident and in the order of its claims.
func (v View) NamesIn(ctx context.Context, project string) ([]NamedIn, error) {
	var found []NamedIn
	err := v.each(ctx, `SELECT i.code, l.document, l.reading, c.body FROM incidents i
		JOIN incident_claims l ON l.project = i.project AND l.code = i.code AND l.revision = i.revision
		JOIN claims c ON c.reading = l.reading AND c.n = l.n
		WHERE i.project = $1 AND i.replaced IS NULL AND i."into" = '' AND c.body LIKE '%"names":[%' ORDER BY i.code, l.position`, []any{project}, func(rows *sql.Rows) error {
		var n NamedIn
		var text []byte
		if err := rows.Scan(&n.Code, &n.Ref.Document, &n.Ref.Reading, &text); err != nil {
			return err
		}
		var c cairn.Claim
		if err := read(text, &c); err != nil {
			return err
		}
		n.Ref.N = c.N
		for _, name := range c.Victims.Names {
			n.Name = name
			found = append(found, n)
		}
		return nil
	})
	return found, wrap("names of victims", err)
}
