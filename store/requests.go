package store

import (
	"context"
	"errors"

	"github.com/cairn-recorder/cairn"
)

// PutRequest records r in the place of the request of its identifier.
func (tx *Tx) PutRequest(ctx context.Context, r cairn.Request) error {
	text, err := named(r.ID, "request", r)
	if err != nil {
		return err
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM requests WHERE project = $1 AND id = $2 ORDER BY revision DESC LIMIT 1`, r.Project, r.ID)
	if err != nil || former.body == text {
		return wrap("request "+r.ID, err)
	}
	err = tx.exec(ctx, `UPDATE requests SET replaced = $1 WHERE project = $2 AND id = $3 AND replaced IS NULL`, tx.act.Number, r.Project, r.ID)
	if err == nil {
		state := "waiting"
		if r.Decision != "" {
			state = string(r.Decision)
		}
		err = tx.insert(ctx, table{"requests", "project, id, revision, state, body"}, []any{r.Project, r.ID, former.revision + 1, state, text})
	}
	return wrap("request "+r.ID, err)
}

// Request returns the request of an identifier.
func (v View) Request(ctx context.Context, project, id string) (cairn.Request, error) {
	r, err := first(ctx, v, `SELECT body FROM requests WHERE project = $1 AND id = $2 AND replaced IS NULL`, []any{project, id}, body[cairn.Request])
	return r, wrap("request "+id, err)
}

// RequestHistory returns every state of a request, the first first.
func (v View) RequestHistory(ctx context.Context, project, id string) ([]cairn.Request, error) {
	found, err := all(ctx, v, `SELECT body FROM requests WHERE project = $1 AND id = $2 ORDER BY revision`, []any{project, id}, body[cairn.Request])
	return found, wrap("request "+id, err)
}

// Requests returns the requests of a project, those that wait first, the oldest
// first among them; the others by identifier.
func (v View) Requests(ctx context.Context, project string) ([]cairn.Request, error) {
	found, err := all(ctx, v, `SELECT body FROM requests WHERE project = $1 AND replaced IS NULL ORDER BY CASE WHEN state = 'waiting' THEN 0 ELSE 1 END, length(id), id`, []any{project}, body[cairn.Request])
	return found, wrap("requests", err)
}

// Secret returns the secret of a project, "" where it has none yet.
func (v View) Secret(ctx context.Context, project string) (string, error) {
	s, err := first(ctx, v, `SELECT secret FROM secrets WHERE project = $1 AND replaced IS NULL`, []any{project}, value[string])
	if errors.Is(err, cairn.ErrNotFound) {
		return "", nil
	}
	return s, wrap("secret", err)
}

// PutSecret gives a project its secret. One that it has stays.
func (tx *Tx) PutSecret(ctx context.Context, project, secret string) error {
	has, err := tx.Secret(ctx, project)
	if err != nil || has != "" {
		return err
	}
	return wrap("secret", tx.insert(ctx, table{"secrets", "project, revision, secret"}, []any{project, 1, secret}))
}
