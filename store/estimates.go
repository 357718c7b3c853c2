package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

var (
	estimateTable          = table{"estimates", "project, id, title, body"}
	runTable               = table{"estimate_runs", "project, estimate, n, body, draws"}
	publishedEstimateTable = table{"published_estimates", "project, id, revision, digest, body, draws"}
)

// PutEstimate records an estimate without its runs; one of the same identifier is
// [cairn.ErrConflict].
func (tx *Tx) PutEstimate(ctx context.Context, e cairn.Estimate) error {
	e.Runs, e.Choice, e.Signatures, e.Withdrawn = nil, nil, nil, nil
	text, err := named(e.ID, "estimate", e)
	if err != nil {
		return err
	}
	if _, err := tx.Estimate(ctx, e.Project, e.ID); !errors.Is(err, cairn.ErrNotFound) {
		return wrap("estimate "+e.ID, errors.Join(err, cairn.ErrConflict))
	}
	return wrap("estimate "+e.ID, tx.insert(ctx, estimateTable, []any{e.Project, e.ID, e.Title, text}))
}

// PutEstimateRun records a run of an estimate, whose number must be the next, with
// its draws as comma-separated values.
func (tx *Tx) PutEstimateRun(ctx context.Context, project, estimate string, r cairn.EstimateRun, draws string) error {
	last, err := first(ctx, tx.View, `SELECT coalesce(max(n), 0) FROM estimate_runs WHERE project = $1 AND estimate = $2`, []any{project, estimate}, value[int])
	if err == nil && r.Number != last+1 {
		err = cairn.ErrConflict
	}
	var text string
	if err == nil {
		text, err = written(r)
	}
	if err == nil {
		err = tx.insert(ctx, runTable, []any{project, estimate, r.Number, text, draws})
	}
	return wrap(fmt.Sprintf("run %d of estimate %s", r.Number, estimate), err)
}

// Estimates returns the estimates of a project without their runs and histories, the
// first first. What was put forward and signed are judgements.
func (v View) Estimates(ctx context.Context, project string) ([]cairn.Estimate, error) {
	found, err := all(ctx, v, `SELECT body FROM estimates WHERE project = $1 AND replaced IS NULL ORDER BY made, id`, []any{project}, body[cairn.Estimate])
	return found, wrap("estimates of "+project, err)
}

// Estimate returns an estimate with every run.
func (v View) Estimate(ctx context.Context, project, id string) (cairn.Estimate, error) {
	e, err := first(ctx, v, `SELECT body FROM estimates WHERE project = $1 AND id = $2 AND replaced IS NULL`, []any{project, id}, body[cairn.Estimate])
	if err == nil {
		e.Runs, err = all(ctx, v, `SELECT body FROM estimate_runs WHERE project = $1 AND estimate = $2 AND replaced IS NULL ORDER BY n`, []any{project, id}, body[cairn.EstimateRun])
	}
	return e, wrap("estimate "+id, err)
}

// EstimateDraws returns the draws of a run as comma-separated values, or
// cairn.ErrNotFound.
func (v View) EstimateDraws(ctx context.Context, project, id string, run int) (string, error) {
	draws, err := first(ctx, v, `SELECT draws FROM estimate_runs WHERE project = $1 AND estimate = $2 AND n = $3 AND draws <> '' AND replaced IS NULL`,
		[]any{project, id, run}, value[string])
	return draws, wrap(fmt.Sprintf("draws of run %d of estimate %s", run, id), err)
}

// An EstimateForm is the public form of an estimate to be recorded, with its digest
// and the draws of the run that is put forward.
type EstimateForm struct {
	cairn.PublishedEstimate
	Digest string
	Draws  string
}

// PutPublishedEstimate records the public form of an estimate in the place of the
// one before.
func (tx *Tx) PutPublishedEstimate(ctx context.Context, project string, f EstimateForm) error {
	text, err := named(f.ID, "estimate", f.PublishedEstimate)
	if err != nil {
		return err
	}
	last, err := first(ctx, tx.View, `SELECT coalesce(max(revision), 0) FROM published_estimates WHERE project = $1 AND id = $2`, []any{project, f.ID}, value[int])
	if err == nil && last > 0 {
		err = tx.exec(ctx, `UPDATE published_estimates SET replaced = $1 WHERE project = $2 AND id = $3 AND replaced IS NULL`, tx.act.Number, project, f.ID)
	}
	if err == nil {
		err = tx.insert(ctx, publishedEstimateTable, []any{project, f.ID, last + 1, f.Digest, text, f.Draws})
	}
	return wrap("publish estimate "+f.ID, err)
}

// PublishedEstimates returns the public forms that stand now, in the order of their
// identifiers.
func (v View) PublishedEstimates(ctx context.Context, project string) ([]EstimateForm, error) {
	found, err := all(ctx, v, `SELECT digest, body FROM published_estimates WHERE project = $1 AND replaced IS NULL ORDER BY id`, []any{project}, scanEstimateForm)
	return found, wrap("published estimates", err)
}

func scanEstimateForm(rows *sql.Rows) (f EstimateForm, err error) {
	var text []byte
	if err = rows.Scan(&f.Digest, &text); err == nil {
		err = read(text, &f.PublishedEstimate)
	}
	return f, err
}

// Estimates returns what a release says of estimates, the newest where number is 0,
// in the order of their identifiers. One that was withdrawn since says so in every
// release.
func (p Public) Estimates(ctx context.Context, number int) ([]cairn.PublishedEstimate, error) {
	r, err := p.release(ctx, number)
	if err != nil {
		return nil, err
	}
	found, err := all(ctx, p.view, `SELECT body FROM published_estimates WHERE project = $1 AND made <= $2 AND (replaced IS NULL OR replaced > $2) ORDER BY id`,
		[]any{p.project, r.made}, body[cairn.PublishedEstimate])
	if err != nil {
		return nil, wrap("published estimates", err)
	}
	now, err := p.view.PublishedEstimates(ctx, p.project)
	withdrawn := map[string]string{}
	for _, f := range now {
		withdrawn[f.ID] = f.Withdrawn
	}
	if err != nil {
		return nil, err
	}
	held, err := p.held(ctx)
	for i := range found {
		f := &found[i]
		f.Withdrawn = withdrawn[f.ID]
		f.Title, f.About.Words, f.Choice.Why = held.names.Mask(f.Title), held.names.Mask(f.About.Words), held.names.Mask(f.Choice.Why)
	}
	return found, err
}

// EstimateDraws returns the draws behind what a release says of an estimate, as
// comma-separated values; empty where it has none.
func (p Public) EstimateDraws(ctx context.Context, number int, id string) (string, error) {
	r, err := p.release(ctx, number)
	if err != nil {
		return "", err
	}
	draws, err := first(ctx, p.view, `SELECT draws FROM published_estimates WHERE project = $1 AND id = $2 AND made <= $3 AND (replaced IS NULL OR replaced > $3)`,
		[]any{p.project, id, r.made}, value[string])
	return draws, wrap("draws of estimate "+id, err)
}
