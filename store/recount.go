package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/cairn-recorder/cairn"
)

// countAll makes what totals add up for a store of an earlier cairn, which kept no
// such rows, with the history that its assessments have.
func (s *Store) countAll(ctx context.Context) error {
	missing, err := first(ctx, s.View, `SELECT CASE WHEN EXISTS (SELECT 1 FROM standings) AND NOT EXISTS (SELECT 1 FROM counted) THEN 1 ELSE 0 END`, nil, value[int])
	if err != nil || missing == 0 {
		return err
	}
	t, err := s.begin(ctx)
	if err != nil {
		return s.explain(err)
	}
	defer t.end()
	tx := &Tx{View: View{run: t.run, explain: s.explain}}
	stood, err := all(ctx, tx.View, `SELECT s.project, s.stage, s.made, coalesce(s.replaced, CASE WHEN j."into" <> '' THEN j.made WHEN j.code IS NULL THEN (SELECT max(d.replaced) FROM incidents d WHERE d.project = s.project AND d.code = s.code) END), i.revision, i.body, a.body FROM standings s
		JOIN assessments a ON a.project = s.project AND a.code = s.code AND a.revision = s.revision
		JOIN incidents i ON i.project = a.project AND i.code = a.code AND i.revision = a.incident_revision
		LEFT JOIN incidents j ON j.project = a.project AND j.code = a.code AND j.replaced IS NULL
		WHERE s.replaced IS NULL OR s.replaced > s.made
		ORDER BY s.made, s.project, s.code, s.stage`, nil, scanStood)
	if err != nil {
		return fmt.Errorf("what totals count: %w", err)
	}
	for _, r := range stood {
		tx.act.Number = r.made
		for _, c := range r.incident.Counts(r.assessment) {
			if err := tx.insert(ctx, table{countedTable.name, countedTable.columns + ", replaced"}, append(countedRow(r.project, r.stage, r.revision, c), r.replaced)); err != nil {
				return fmt.Errorf("what totals count: %w", err)
			}
		}
	}
	return s.explain(t.commit())
}

// stood is an assessment that stood at a stage for a while.
type stood struct {
	project    string
	stage      Stage
	made       int
	replaced   any
	revision   int
	incident   cairn.Incident
	assessment cairn.Assessment
}

func scanStood(rows *sql.Rows) (stood, error) {
	var s stood
	var stage string
	var replaced sql.NullInt64
	var incident, assessment []byte
	if err := rows.Scan(&s.project, &stage, &s.made, &replaced, &s.revision, &incident, &assessment); err != nil {
		return s, err
	}
	if s.stage = Stage(stage); replaced.Valid {
		s.replaced = replaced.Int64
	}
	if err := read(incident, &s.incident); err != nil {
		return s, err
	}
	return s, read(assessment, &s.assessment)
}
