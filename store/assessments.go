package store

import (
	"context"
	"database/sql"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Assessment returns the newest assessment of the incident of exactly this code,
// signed or not.
func (v View) Assessment(ctx context.Context, project, code string) (cairn.Assessment, error) {
	a, err := v.standingAt(ctx, project, code, Proposed)
	return a, wrap("assessment of "+code, err)
}

// SignedAssessment returns the newest assessment of the incident of exactly this
// code that a person signed.
func (v View) SignedAssessment(ctx context.Context, project, code string) (cairn.Assessment, error) {
	a, err := v.standingAt(ctx, project, code, Signed)
	return a, wrap("signed assessment of "+code, err)
}

func (v View) standingAt(ctx context.Context, project, code string, stage Stage) (cairn.Assessment, error) {
	return first(ctx, v, `SELECT a.body FROM standings s
		JOIN assessments a ON a.project = s.project AND a.code = s.code AND a.revision = s.revision
		WHERE s.project = $1 AND s.code = $2 AND s.stage = $3 AND s.replaced IS NULL`, []any{project, code, string(stage)}, body[cairn.Assessment])
}

// An AssessmentRevision is an assessment, the act that made it and the act that
// replaced it.
type AssessmentRevision struct {
	Assessment cairn.Assessment `json:"assessment"`
	Of         int              `json:"of"` // the revision of the incident that was assessed
	Made       int              `json:"made"`
	Replaced   int              `json:"replaced,omitempty"` // 0 while it stands, and for a signed one always
}

// AssessmentHistory returns every assessment of the incident of exactly this
// code, the earliest first.
func (v View) AssessmentHistory(ctx context.Context, project, code string) ([]AssessmentRevision, error) {
	history, err := all(ctx, v, `SELECT body, incident_revision, made, coalesce(replaced, 0) FROM assessments
		WHERE project = $1 AND code = $2 ORDER BY revision`, []any{project, code}, func(rows *sql.Rows) (r AssessmentRevision, err error) {
		var text []byte
		if err := rows.Scan(&text, &r.Of, &r.Made, &r.Replaced); err != nil {
			return r, err
		}
		return r, read(text, &r.Assessment)
	})
	return history, wrap("assessments of "+code, err)
}

var (
	assessmentTable = table{"assessments", `project, code, revision, incident_revision, grading, strike_status, policy, signed_by, signed_at, figures, body`}
	tallyTable      = table{"tallies", "project, code, revision, harm, class, min, max, open, known"}
	tagTable        = table{"tags", "project, code, revision, tag"}
	standingTable   = table{"standings", "project, code, stage, revision"}
)

// PutAssessment records a as the next revision of the assessment of its incident
// in project, whatever revision a names, and returns it with its number. It
// takes the place of the newest assessment unless that one is signed: a signed
// one is never replaced, the later one stands beside it. To sign is to put the
// assessment again with its signature.
func (tx *Tx) PutAssessment(ctx context.Context, project string, a cairn.Assessment) (cairn.Assessment, error) {
	incident, err := first(ctx, tx.View, `SELECT revision FROM incidents WHERE project = $1 AND code = $2 AND replaced IS NULL`,
		[]any{project, a.Incident}, value[int])
	if err != nil {
		return a, wrap("assess incident "+a.Incident, err)
	}
	a.Revision, err = first(ctx, tx.View, `SELECT coalesce(max(revision), 0) + 1 FROM assessments WHERE project = $1 AND code = $2`,
		[]any{project, a.Incident}, value[int])
	if err == nil && a.Revision > 1 {
		err = tx.retireAssessment(ctx, project, a.Incident, a.Revision-1)
	}
	if err == nil {
		err = tx.putAssessment(ctx, project, incident, a)
	}
	return a, wrap("assess incident "+a.Incident, err)
}

// retireAssessment marks a revision as replaced, unless it is signed.
func (tx *Tx) retireAssessment(ctx context.Context, project, code string, revision int) error {
	by, err := first(ctx, tx.View, `SELECT signed_by FROM assessments WHERE project = $1 AND code = $2 AND revision = $3`,
		[]any{project, code, revision}, value[string])
	if err != nil || by != "" {
		return err
	}
	for _, update := range []string{
		`UPDATE assessments SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
		`UPDATE tallies SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
		`UPDATE tags SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
	} {
		if err := tx.exec(ctx, update, tx.act.Number, project, code, revision); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) putAssessment(ctx context.Context, project string, incident int, a cairn.Assessment) error {
	text, err := written(a)
	if err != nil {
		return err
	}
	by, at := "", ""
	if a.Signed != nil {
		by, at = a.Signed.Who, moment(a.Signed.At)
		if by == "" {
			return cairn.Invalid{Field: "signed", Reason: "a signature says who signs"}
		}
	}
	err = tx.insert(ctx, assessmentTable, []any{project, a.Incident, a.Revision, incident, string(a.Grade), string(a.Strike), a.Policy, by, at, figures(a), text})
	if err != nil {
		return err
	}
	var tallies [][]any
	for _, t := range a.Tallies {
		tallies = append(tallies, []any{project, a.Incident, a.Revision, string(t.Harm), string(t.Class),
			bound(t.Range.Min), bound(t.Range.Max), t.Range.Open, t.Range.Known()})
	}
	if err := tx.insert(ctx, tallyTable, tallies...); err != nil {
		return err
	}
	var tags [][]any
	for _, tag := range once(a.Tags) {
		tags = append(tags, []any{project, a.Incident, a.Revision, tag})
	}
	if err := tx.insert(ctx, tagTable, tags...); err != nil {
		return err
	}
	return tx.stand(ctx, project, a)
}

// stand makes a the assessment that stands: as the newest, and as the newest
// signed where it is signed.
func (tx *Tx) stand(ctx context.Context, project string, a cairn.Assessment) error {
	tx.touch(project, a.Incident)
	stages := []Stage{Proposed}
	if a.Signed != nil {
		stages = append(stages, Signed)
	}
	var rows [][]any
	for _, stage := range stages {
		rows = append(rows, []any{project, a.Incident, string(stage), a.Revision})
		if a.Revision == 1 {
			continue
		}
		if err := tx.exec(ctx, `UPDATE standings SET replaced = $1 WHERE project = $2 AND code = $3 AND stage = $4 AND replaced IS NULL`,
			tx.act.Number, project, a.Incident, string(stage)); err != nil {
			return err
		}
	}
	return tx.insert(ctx, standingTable, rows...)
}

// figures returns the grading and ranges of a in one line. Two assessments with
// the same line say the same.
func figures(a cairn.Assessment) string {
	parts := []string{string(a.Grade), string(a.Strike)}
	for _, t := range a.Tallies {
		parts = append(parts, t.Key()+" "+t.Range.String())
	}
	return strings.Join(parts, ", ")
}

// Assessed returns the incident of a code, as [View.Incident] finds it, with its
// newest assessment.
func (v View) Assessed(ctx context.Context, project, code string) (Assessed, error) {
	i, err := v.Incident(ctx, project, code)
	if err != nil {
		return Assessed{}, err
	}
	found, err := v.Incidents(ctx, Filter{Project: project, Codes: []string{i.Code}})
	if err == nil && len(found) == 0 {
		err = cairn.ErrNotFound
	}
	if err != nil {
		return Assessed{}, wrap("incident "+code, err)
	}
	return found[0], nil
}

// Tags returns the tags of the newest assessments of a project, in their order,
// each with how many incidents bear it.
func (v View) Tags(ctx context.Context, project string) ([]TagCount, error) {
	found, err := all(ctx, v, `SELECT t.tag, count(*) FROM tags t JOIN standings s ON s.project = t.project AND s.code = t.code AND s.revision = t.revision AND s.stage = 'proposed' AND s.replaced IS NULL
		JOIN incidents i ON i.project = t.project AND i.code = t.code AND i.replaced IS NULL AND i."into" = ''
		WHERE t.project = $1 GROUP BY t.tag ORDER BY t.tag`, []any{project}, func(rows *sql.Rows) (c TagCount, err error) { return c, rows.Scan(&c.Tag, &c.Incidents) })
	return found, wrap("tags", err)
}

// A TagCount is how many incidents bear a tag.
type TagCount struct {
	Tag       string `json:"tag"`
	Incidents int    `json:"incidents"`
}
