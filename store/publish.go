package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

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
	last := map[string]int{}
	err := tx.each(ctx, `SELECT code, max(revision) FROM published WHERE project = $1 GROUP BY code`, []any{project}, func(rows *sql.Rows) error {
		var code string
		var revision int
		err := rows.Scan(&code, &revision)
		last[code] = revision
		return err
	})
	if err != nil {
		return wrap("publish", err)
	}
	held, err := tx.View.withheld(ctx, project)
	if err != nil {
		return err
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
			if err := tx.again(ctx, project, f); err != nil {
				return wrap("publish "+f.Code, err)
			}
		}
		if !slices.Contains(held, cairn.Withholding{Key: f.Code}) {
			standings = append(standings, []any{project, f.Code, string(Published), f.Assessment})
		}
	}
	err = tx.insert(ctx, table{"published", "project, code, revision, assessment, digest, listing, body"}, bodies...)
	if err == nil {
		err = tx.insert(ctx, standingTable, standings...)
	}
	return wrap("publish", err)
}

func (f Form) row(project string, revision int) ([]any, error) {
	listing, err := written(f.Listing)
	if err != nil {
		return nil, err
	}
	text, err := written(f.Published)
	return []any{project, f.Code, revision, f.Assessment, f.Digest, listing, text}, err
}

// again makes room for the form of an incident that was published before.
func (tx *Tx) again(ctx context.Context, project string, f Form) error {
	if err := tx.DropPublished(ctx, project, f.Code); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM standings WHERE project = $1 AND code = $2 AND stage = $3 AND revision = $4`, project, f.Code, string(Published), f.Assessment)
}

// DropPublished ends the public form of an incident: later releases have none.
func (tx *Tx) DropPublished(ctx context.Context, project, code string) error {
	err := tx.exec(ctx, `UPDATE published SET replaced = $1 WHERE project = $2 AND code = $3 AND replaced IS NULL`, tx.act.Number, project, code)
	if err == nil {
		err = tx.unstand(ctx, project, code)
	}
	return wrap("publish "+code, err)
}

// unstand makes no assessment of an incident the published one.
func (tx *Tx) unstand(ctx context.Context, project, code string) error {
	tx.touch(project, code)
	return tx.exec(ctx, `UPDATE standings SET replaced = $1 WHERE project = $2 AND code = $3 AND stage = $4 AND replaced IS NULL`,
		tx.act.Number, project, code, string(Published))
}

// standPublished makes an assessment the published one, unless the incident is
// withheld. One that stood before in the same place stands on.
func (tx *Tx) standPublished(ctx context.Context, project, code string, assessment int) error {
	if err := tx.unstand(ctx, project, code); err != nil {
		return err
	}
	held, err := tx.View.withheld(ctx, project)
	if err != nil {
		return err
	}
	for _, w := range held {
		if w.Kind == cairn.OfIncidents && w.Key == code {
			return nil
		}
	}
	if err := tx.exec(ctx, `DELETE FROM standings WHERE project = $1 AND code = $2 AND stage = $3 AND revision = $4`, project, code, string(Published), assessment); err != nil {
		return err
	}
	return tx.insert(ctx, standingTable, []any{project, code, string(Published), assessment})
}

// Withhold makes what is suppressed in a project exactly what is given. The total
// of what was published follows.
func (tx *Tx) Withhold(ctx context.Context, project string, now []cairn.Withholding) error {
	was, err := tx.View.withheld(ctx, project)
	if err != nil {
		return err
	}
	for _, w := range without(was, now) {
		if err := tx.exec(ctx, `UPDATE withheld SET replaced = $1 WHERE project = $2 AND kind = $3 AND key = $4 AND replaced IS NULL`, tx.act.Number, project, string(w.Kind), w.Key); err != nil {
			return wrap("withhold", err)
		}
		if err := tx.restand(ctx, project, w); err != nil {
			return wrap("withhold", err)
		}
	}
	for _, w := range without(now, was) {
		if err := tx.insert(ctx, table{"withheld", "project, kind, key"}, []any{project, string(w.Kind), w.Key}); err != nil {
			return wrap("withhold", err)
		}
		if w.Kind == cairn.OfIncidents {
			if err := tx.unstand(ctx, project, w.Key); err != nil {
				return wrap("withhold", err)
			}
		}
	}
	return nil
}

// restand lets an incident that is no longer withheld be counted as published.
func (tx *Tx) restand(ctx context.Context, project string, w cairn.Withholding) error {
	if w.Kind != cairn.OfIncidents {
		return nil
	}
	assessment, err := first(ctx, tx.View, `SELECT assessment FROM published WHERE project = $1 AND code = $2 AND replaced IS NULL`, []any{project, w.Key}, value[int])
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.standPublished(ctx, project, w.Key, assessment)
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
