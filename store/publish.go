package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// PutRelease records a release. Its number is one more than that of the last.
func (tx *Tx) PutRelease(ctx context.Context, r cairn.Release) (cairn.Release, error) {
	last, err := first(ctx, tx.View, `SELECT coalesce(max(number), 0) FROM releases WHERE project = $1`, []any{r.Project}, value[int])
	if err != nil {
		return r, wrap("release", err)
	}
	r.Number = last + 1
	text, err := written(r)
	if err == nil {
		err = tx.insert(ctx, table{"releases", "project, number, day, digest, body"}, []any{r.Project, r.Number, string(r.Day), r.Digest, text})
	}
	return r, wrap("release", err)
}

// A Form is a public form to be recorded, with its digest and the revision of the
// assessment that it was composed from.
type Form struct {
	cairn.Published
	Assessment int
	Digest     string
}

// PutPublished records public forms, each in the place of the one before, and makes
// the assessments that they were composed from the published ones.
func (tx *Tx) PutPublished(ctx context.Context, project string, forms []Form) error {
	last, err := tx.numbers(ctx, `SELECT code, max(revision) FROM published WHERE project = $1 GROUP BY code`, project)
	if err != nil {
		return wrap("publish", err)
	}
	stood, err := tx.numbers(ctx, `SELECT code, revision FROM standings WHERE project = $1 AND stage = 'published' AND replaced IS NULL`, project)
	if err != nil {
		return wrap("publish", err)
	}
	var bodies, standings [][]any
	for _, f := range forms {
		row, err := f.row(project, last[f.Code]+1)
		if err != nil {
			return wrap("publish "+f.Code, err)
		}
		bodies = append(bodies, row)
		tx.touch(project, f.Code)
		if last[f.Code] > 0 {
			if err := tx.DropPublished(ctx, project, f.Code); err != nil {
				return err
			}
		}
		if stood[f.Code] == f.Assessment {
			continue
		}
		if stood[f.Code] > 0 {
			if err := tx.exec(ctx, `UPDATE standings SET replaced = $1 WHERE project = $2 AND code = $3 AND stage = $4 AND replaced IS NULL`, tx.act.Number, project, f.Code, string(Published)); err != nil {
				return wrap("publish "+f.Code, err)
			}
		}
		standings = append(standings, []any{project, f.Code, string(Published), f.Assessment})
	}
	err = tx.insert(ctx, table{"published", "project, code, revision, assessment, digest, listing, body"}, bodies...)
	if err == nil {
		err = tx.insert(ctx, standingTable, standings...)
	}
	return wrap("publish", err)
}

// numbers returns a number for each code.
func (tx *Tx) numbers(ctx context.Context, query, project string) (map[string]int, error) {
	found := map[string]int{}
	err := tx.each(ctx, query, []any{project}, func(rows *sql.Rows) error {
		var code string
		var number int
		err := rows.Scan(&code, &number)
		found[code] = number
		return err
	})
	return found, err
}

func (f Form) row(project string, revision int) ([]any, error) {
	listing, err := written(f.Listing)
	if err != nil {
		return nil, err
	}
	text, err := written(f.Published)
	return []any{project, f.Code, revision, f.Assessment, f.Digest, listing, text}, err
}

// DropPublished ends the public form of an incident: later releases have none. The
// assessment stays the published one, which an incident that stands no more has
// none of.
func (tx *Tx) DropPublished(ctx context.Context, project, code string) error {
	tx.touch(project, code)
	err := tx.exec(ctx, `UPDATE published SET replaced = $1 WHERE project = $2 AND code = $3 AND replaced IS NULL`, tx.act.Number, project, code)
	return wrap("publish "+code, err)
}

// Withhold makes what is suppressed in a project exactly what is given. The total
// of what was published follows.
func (tx *Tx) Withhold(ctx context.Context, project string, now []cairn.Withholding) error {
	was, err := tx.View.withheld(ctx, project)
	if err != nil {
		return err
	}
	for _, w := range without(was, now) {
		tx.concerns(project, w)
		if err := tx.exec(ctx, `UPDATE withheld SET replaced = $1 WHERE project = $2 AND kind = $3 AND key = $4 AND replaced IS NULL`, tx.act.Number, project, string(w.Kind), w.Key); err != nil {
			return wrap("withhold", err)
		}
	}
	for _, w := range without(now, was) {
		tx.concerns(project, w)
		if err := tx.insert(ctx, table{"withheld", "project, kind, key"}, []any{project, string(w.Kind), w.Key}); err != nil {
			return wrap("withhold", err)
		}
	}
	return nil
}

// concerns notes that a total counts an incident no more, or again.
func (tx *Tx) concerns(project string, w cairn.Withholding) {
	if w.Kind == cairn.OfIncidents {
		tx.touch(project, w.Key)
	}
}

// without returns those of all that are not among others.
func without(all, others []cairn.Withholding) []cairn.Withholding {
	has := map[cairn.Withholding]bool{}
	for _, o := range others {
		has[o] = true
	}
	var rest []cairn.Withholding
	for _, w := range once(all) {
		if !has[w] {
			rest = append(rest, w)
		}
	}
	return rest
}

// TestimoniesAt returns the claims of a revision of the incident of exactly this
// code, in its order, each with its document without text.
func (v View) TestimoniesAt(ctx context.Context, project, code string, revision int) ([]cairn.Testimony, error) {
	found, err := all(ctx, v, `SELECT c.reading, c.body, d.body FROM incident_claims l
		JOIN claims c ON c.reading = l.reading AND c.n = l.n
		JOIN documents d ON d.id = l.document AND d.replaced IS NULL
		WHERE l.project = $1 AND l.code = $2 AND l.revision = $3 ORDER BY l.position`, []any{project, code, revision}, scanTestimony)
	return found, wrap("claims of incident "+code, err)
}

// VictimNames returns every name that a claim of a reading of the project gives a
// victim, each once.
func (v View) VictimNames(ctx context.Context, project string) ([]string, error) {
	seen := map[string]bool{}
	err := v.each(ctx, `SELECT c.body FROM claims c JOIN project_readings p ON p.reading = c.reading WHERE p.project = $1 AND c.body LIKE '%"names":[%'`, []any{project},
		func(rows *sql.Rows) error {
			c, err := body[cairn.Claim](rows)
			for _, name := range c.Victims.Names {
				seen[name] = true
			}
			return err
		})
	var names []string
	for name := range seen {
		names = append(names, name)
	}
	return names, wrap("names of victims", err)
}
