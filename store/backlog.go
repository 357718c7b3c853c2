package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// A Backlog counts how far what was collected has come.
type Backlog struct {
	Collected int                       `json:"collected"` // documents with text and no problem, of every project
	Problems  map[cairn.ProblemKind]int `json:"problems"`  // documents by their problem, of every project
	Claims    int                       `json:"claims"`    // of the readings that the project goes by
	Incidents int                       `json:"incidents"`
	InReview  int                       `json:"in_review"` // incidents whose newest assessment nobody signed
	Signed    int                       `json:"signed"`    // incidents with a signed assessment
	Changed   int                       `json:"changed"`   // of those, the ones since assessed otherwise
	Published int                       `json:"published"`
}

// Backlog returns the counts of project, now.
func (v View) Backlog(ctx context.Context, project string) (Backlog, error) {
	b := Backlog{Problems: map[cairn.ProblemKind]int{}}
	type problem struct {
		kind  string
		count int
	}
	problems, err := all(ctx, v, `SELECT problem, count(*) FROM documents WHERE replaced IS NULL GROUP BY problem`, nil,
		func(rows *sql.Rows) (p problem, err error) { return p, rows.Scan(&p.kind, &p.count) })
	if err != nil {
		return b, wrap("backlog", err)
	}
	for _, p := range problems {
		if p.kind == "" {
			b.Collected = p.count
		} else {
			b.Problems[cairn.ProblemKind(p.kind)] = p.count
		}
	}
	_, err = first(ctx, v, backlogQuery, []any{project}, func(rows *sql.Rows) (none struct{}, err error) {
		return none, rows.Scan(&b.Claims, &b.Incidents, &b.InReview, &b.Signed, &b.Changed, &b.Published)
	})
	return b, wrap("backlog of "+project, err)
}

// backlogQuery starts from what is signed: an incident that nobody signed is in
// review without a look at it, so that the counts follow each act quickly while
// most of a large record waits.
const backlogQuery = `WITH signed AS (
	SELECT a.signed_by, a.figures <> b.figures AS changed
	FROM standings g
	JOIN incidents i ON i.project = g.project AND i.code = g.code AND i.replaced IS NULL AND i."into" = ''
	JOIN assessments b ON b.project = g.project AND b.code = g.code AND b.revision = g.revision
	LEFT JOIN standings s ON s.project = g.project AND s.code = g.code AND s.stage = 'proposed' AND s.replaced IS NULL
	LEFT JOIN assessments a ON a.project = s.project AND a.code = s.code AND a.revision = s.revision
	WHERE g.project = $1 AND g.stage = 'signed' AND g.replaced IS NULL),
open AS (SELECT (SELECT count(*) FROM incidents WHERE project = $1 AND replaced IS NULL)
	- (SELECT count(*) FROM incidents WHERE project = $1 AND replaced IS NULL AND "into" <> '') AS incidents)
SELECT (SELECT coalesce(sum(r.claims), 0) FROM project_readings p JOIN readings r ON r.id = p.reading
		WHERE p.project = $1 AND p.replaced IS NULL),
	(SELECT incidents FROM open),
	(SELECT incidents FROM open) - (SELECT count(*) FROM signed WHERE coalesce(signed_by, '') <> ''),
	(SELECT count(*) FROM signed),
	(SELECT count(*) FROM signed WHERE changed),
	(SELECT count(*) FROM standings u
		JOIN incidents i ON i.project = u.project AND i.code = u.code AND i.replaced IS NULL AND i."into" = ''
		WHERE u.project = $1 AND u.stage = 'published' AND u.replaced IS NULL
		AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.project = u.project AND w.kind = '' AND w.key = u.code AND w.replaced IS NULL))`
