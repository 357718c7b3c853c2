package store

import (
	"context"
	"database/sql"
	"strings"

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

// What progress counts: documents of every project, with their problem behind
// ofDocuments, and what a project has.
const (
	ofDocuments = "documents:"
	ofClaims    = "claims"
	ofIncidents = "incidents"
	ofInReview  = "in_review"
	ofSigned    = "signed"
	ofChanged   = "changed"
	ofPublished = "published"
)

// ofAStanding is what is counted of incidents, in the order of standingCounts.
var ofAStanding = []string{ofIncidents, ofInReview, ofSigned, ofChanged, ofPublished}

// Backlog returns the counts of project, now, as acts have kept them.
func (v View) Backlog(ctx context.Context, project string) (Backlog, error) {
	counts := map[string]int{}
	err := v.each(ctx, `SELECT what, count FROM progress WHERE project IN ('', $1)`, []any{project}, func(rows *sql.Rows) error {
		var what string
		var count int
		err := rows.Scan(&what, &count)
		counts[what] = count
		return err
	})
	return backlogOf(counts), wrap("backlog of "+project, err)
}

// BacklogAnew is Backlog counted over the whole record.
func (v View) BacklogAnew(ctx context.Context, project string) (Backlog, error) {
	counts, err := v.progressOf(ctx, project)
	documents, errDocuments := v.progressOfDocuments(ctx)
	for what, count := range documents {
		counts[what] = count
	}
	if err == nil {
		err = errDocuments
	}
	return backlogOf(counts), wrap("backlog of "+project, err)
}

func backlogOf(counts map[string]int) Backlog {
	b := Backlog{Collected: counts[ofDocuments], Problems: map[cairn.ProblemKind]int{}, Claims: counts[ofClaims], Incidents: counts[ofIncidents],
		InReview: counts[ofInReview], Signed: counts[ofSigned], Changed: counts[ofChanged], Published: counts[ofPublished]}
	for what, count := range counts {
		if kind, ok := strings.CutPrefix(what, ofDocuments); ok && kind != "" && count != 0 {
			b.Problems[cairn.ProblemKind(kind)] = count
		}
	}
	return b
}

// progressOfDocuments counts the documents of every project.
func (v View) progressOfDocuments(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	err := v.each(ctx, `SELECT problem, count(*) FROM documents WHERE replaced IS NULL GROUP BY problem`, nil, func(rows *sql.Rows) error {
		var kind string
		var count int
		err := rows.Scan(&kind, &count)
		counts[ofDocuments+kind] = count
		return err
	})
	return counts, err
}

// progressOf counts what a project has.
func (v View) progressOf(ctx context.Context, project string) (map[string]int, error) {
	counts, err := v.standingCounts(ctx, project, nil, now)
	if err != nil {
		return counts, err
	}
	counts[ofClaims], err = first(ctx, v, `SELECT coalesce(sum(r.claims), 0) FROM project_readings p JOIN readings r ON r.id = p.reading
		WHERE p.project = $1 AND p.replaced IS NULL`, []any{project}, value[int])
	return counts, err
}

// standingCounts counts what stood of some incidents of a project after an act, or of
// all where codes are nil.
func (v View) standingCounts(ctx context.Context, project string, codes []string, act int) (map[string]int, error) {
	var c conditions
	standing := func(alias string, stage Stage) string {
		return ` LEFT JOIN standings ` + alias + ` ON ` + alias + `.project = i.project AND ` + alias + `.code = i.code AND ` + alias + `.stage = '` + string(stage) + `' AND ` + c.stood(alias, act)
	}
	assessment := func(alias, of string) string {
		return ` LEFT JOIN assessments ` + alias + ` ON ` + alias + `.project = ` + of + `.project AND ` + alias + `.code = ` + of + `.code AND ` + alias + `.revision = ` + of + `.revision`
	}
	query := `SELECT count(*), coalesce(sum(CASE WHEN coalesce(a.signed_by, '') = '' THEN 1 ELSE 0 END), 0), count(b.revision),
		coalesce(sum(CASE WHEN a.figures <> b.figures THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN u.code IS NOT NULL AND w.key IS NULL THEN 1 ELSE 0 END), 0)
		FROM incidents i` + standing("s", Proposed) + assessment("a", "s") + standing("g", Signed) + assessment("b", "g") + standing("u", Published) +
		` LEFT JOIN withheld w ON w.project = i.project AND w.kind = '' AND w.key = i.code AND ` + c.stood("w", act)
	c.add(`i.project = ? AND i."into" = ''`, project)
	c.standing("i", act)
	if codes != nil {
		c.add(`i.code IN (?)`, codes)
	}
	counts := map[string]int{}
	_, err := first(ctx, v, query+` WHERE `+c.String(), c.args, func(rows *sql.Rows) (none struct{}, err error) {
		n := make([]int, len(ofAStanding))
		err = rows.Scan(&n[0], &n[1], &n[2], &n[3], &n[4])
		for k, what := range ofAStanding {
			counts[what] = n[k]
		}
		return none, err
	})
	return counts, err
}
