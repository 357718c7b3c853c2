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

const backlogQuery = `WITH counted AS (
	SELECT a.signed_by, b.revision AS signed, a.figures <> b.figures AS changed, u.revision AS published
	FROM incidents i
	LEFT JOIN standings s ON s.project = i.project AND s.code = i.code AND s.stage = 'proposed' AND s.replaced IS NULL
	LEFT JOIN assessments a ON a.project = s.project AND a.code = s.code AND a.revision = s.revision
	LEFT JOIN standings g ON g.project = i.project AND g.code = i.code AND g.stage = 'signed' AND g.replaced IS NULL
	LEFT JOIN assessments b ON b.project = g.project AND b.code = g.code AND b.revision = g.revision
	LEFT JOIN standings u ON u.project = i.project AND u.code = i.code AND u.stage = 'published' AND u.replaced IS NULL
		AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.project = u.project AND w.kind = '' AND w.key = u.code AND w.replaced IS NULL)
	WHERE i.project = $1 AND i.replaced IS NULL AND i."into" = '')
SELECT (SELECT coalesce(sum(r.claims), 0) FROM project_readings p JOIN readings r ON r.id = p.reading
		WHERE p.project = $1 AND p.replaced IS NULL),
	count(*),
	count(*) FILTER (WHERE coalesce(signed_by, '') = ''),
	count(*) FILTER (WHERE signed IS NOT NULL),
	count(*) FILTER (WHERE changed),
	count(*) FILTER (WHERE published IS NOT NULL)
FROM counted`
