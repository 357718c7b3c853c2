package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

// Project returns the project of a name, as it stands.
func (v View) Project(ctx context.Context, name string) (cairn.Project, error) {
	p, err := first(ctx, v, `SELECT body FROM projects WHERE name = $1 AND replaced IS NULL`, []any{name}, body[cairn.Project])
	if err != nil {
		return p, fmt.Errorf("project %s: %w", name, err)
	}
	return p, nil
}

// Projects returns every project, by name.
func (v View) Projects(ctx context.Context) ([]cairn.Project, error) {
	projects, err := all(ctx, v, `SELECT body FROM projects WHERE replaced IS NULL ORDER BY name`, nil, body[cairn.Project])
	if err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	return projects, nil
}

// PutProject records p in the place of the project of its name.
func (tx *Tx) PutProject(ctx context.Context, p cairn.Project) error {
	text, err := named(p.Name, "project", p)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM projects WHERE name = $1 ORDER BY revision DESC LIMIT 1`, p.Name)
	if err != nil || former.body == text {
		return wrap("project "+p.Name, err)
	}
	err = tx.exec(ctx, `UPDATE projects SET replaced = $1 WHERE name = $2 AND replaced IS NULL`, tx.act.Number, p.Name)
	if err == nil {
		err = tx.insert(ctx, table{"projects", "name, revision, body"}, []any{p.Name, former.revision + 1, text})
	}
	return wrap("project "+p.Name, err)
}

// formerRow is the newest revision of a noun before a write; the zero formerRow
// where there is none.
type formerRow struct {
	revision int
	body     string
}

// former returns the newest revision that query finds, which asks for revision
// and body.
func (tx *Tx) former(ctx context.Context, query string, args ...any) (formerRow, error) {
	f, err := first(ctx, tx.View, query, args, func(rows *sql.Rows) (formerRow, error) {
		var f formerRow
		return f, rows.Scan(&f.revision, &f.body)
	})
	if errors.Is(err, cairn.ErrNotFound) {
		return f, nil
	}
	return f, err
}

// named returns noun as JSON, and Invalid where key, its name, cannot be one.
func named(key, noun string, n any) (string, error) {
	if key == "" || plain(key) != key {
		return "", cairn.Invalid{Field: noun, Reason: "needs a name that is text"}
	}
	return written(n)
}

// wrap says what was being done; nil stays nil.
func wrap(doing string, err error) error {
	if err != nil {
		err = fmt.Errorf("%s: %w", doing, err)
	}
	return err
}

// ReadBy returns the last act that changed what the documents of a project are read
// by: the project, its places, or the belligerents.
func (v View) ReadBy(ctx context.Context, project string) (int, error) {
	act, err := first(ctx, v, `SELECT coalesce(max(act), 0) FROM (SELECT max(made) AS act FROM projects WHERE name = $1
		UNION ALL SELECT max(made) FROM place_packs WHERE project = $1 UNION ALL SELECT max(replaced) FROM place_packs WHERE project = $1
		UNION ALL SELECT max(made) FROM belligerents UNION ALL SELECT max(replaced) FROM belligerents) changes`, []any{project}, value[int])
	return act, wrap("what "+project+" is read by", err)
}
