package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// Behind says behind what rows stand: an incident of a project with the documents
// of every claim that it ever had, or, where the code is empty, one document.
// Pictures are bytes that documents were read off by a machine, whose receipts stand
// behind them too.
type Behind struct {
	Project, Code, Document string
	Pictures                []cairn.Ref
}

// behindDocuments chooses the documents of a Behind, whose fields are $1 to $3.
const behindDocuments = `(SELECT q.document FROM incident_claims q WHERE q.project = $1 AND q.code = $2 UNION SELECT CAST($3 AS TEXT))`

const behindReadings = `(SELECT q.reading FROM incident_claims q WHERE q.project = $1 AND q.code = $2
	UNION SELECT p.reading FROM project_readings p WHERE p.project = $1 AND p.document = $3)`

// behind is the tables whose rows make up an incident and its documents, in their
// order, each with what chooses them. Tables that only repeat what these say, to
// be found by it, are left out.
var behind = []struct{ table, where string }{
	{"projects", `name = $1 AND replaced IS NULL AND CAST($2 AS TEXT) IS NOT NULL AND CAST($3 AS TEXT) IS NOT NULL`},
	{"incidents", `project = $1 AND code = $2 AND CAST($3 AS TEXT) IS NOT NULL`},
	{"assessments", `project = $1 AND code = $2 AND CAST($3 AS TEXT) IS NOT NULL`},
	{"tallies", `project = $1 AND code = $2 AND CAST($3 AS TEXT) IS NOT NULL`},
	{"tags", `project = $1 AND code = $2 AND CAST($3 AS TEXT) IS NOT NULL`},
	{"standings", `project = $1 AND code = $2 AND CAST($3 AS TEXT) IS NOT NULL`},
	{"documents", `id IN ` + behindDocuments},
	{"receipts", `ref IN (SELECT d.ref FROM documents d WHERE d.ref <> '' AND d.id IN ` + behindDocuments + `)`},
	{"readings", `id IN ` + behindReadings},
	{"claims", `reading IN ` + behindReadings},
	{"project_readings", `project = $1 AND document IN ` + behindDocuments},
	{"judgements", `document IN ` + behindDocuments + ` AND document <> '' OR id IN (SELECT l.judgement FROM judgement_incidents l WHERE l.project = $1 AND l.incident = $2)`},
	{"translations", `document IN ` + behindDocuments},
	{"custody", `document IN ` + behindDocuments},
	{"sources", `id IN (SELECT n.id FROM source_names n JOIN documents d ON n.name = lower(d.source) WHERE d.replaced IS NULL AND d.id IN ` + behindDocuments + `)`},
}

// RowsBehind returns the rows of the record that b chooses, with the acts that
// made or ended them, in the order of tables and keys.
func (v View) RowsBehind(ctx context.Context, b Behind) ([]ledger.Standing, error) {
	tables, err := coverage()
	if err != nil {
		return nil, err
	}
	var found []ledger.Standing
	for _, of := range behind {
		order := ""
		for i, k := range tables[of.table] {
			order += []string{", ", " ORDER BY "}[max(0, 1-i)] + k
		}
		args, where := []any{b.Project, b.Code, b.Document}, of.where
		if of.table == "receipts" {
			for _, ref := range b.Pictures {
				args = append(args, string(ref))
				where += fmt.Sprintf(` OR ref = $%d`, len(args))
			}
		}
		err := v.standingQuery(ctx, of.table, tables[of.table], `SELECT * FROM `+of.table+` WHERE `+where+order, args, func(s ledger.Standing) error {
			found = append(found, s)
			return nil
		})
		if err != nil {
			return nil, wrap("what stands behind "+b.Code+b.Document, fmt.Errorf("%s: %w", of.table, err))
		}
	}
	return v.withActs(ctx, tables, found)
}

// withActs adds the rows of the acts that rows name.
func (v View) withActs(ctx context.Context, tables covered, rows []ledger.Standing) ([]ledger.Standing, error) {
	seen := map[int]bool{}
	for _, s := range rows {
		seen[s.Made], seen[s.Ended] = true, true
	}
	delete(seen, 0)
	for _, act := range slices.Sorted(maps.Keys(seen)) {
		err := v.standingQuery(ctx, "acts", tables["acts"], `SELECT * FROM acts WHERE number = $1`, []any{act}, func(s ledger.Standing) error {
			rows = append(rows, s)
			return nil
		})
		if err != nil {
			return nil, wrap("acts", err)
		}
	}
	return rows, nil
}

// standingQuery hands the rows that a query chooses of a table to do.
func (v View) standingQuery(ctx context.Context, name string, key []string, query string, args []any, do func(ledger.Standing) error) error {
	var columns []string
	return v.each(ctx, query, args, func(rows *sql.Rows) (err error) {
		if columns == nil {
			if columns, err = rows.Columns(); err != nil {
				return err
			}
		}
		values, err := anyRow(rows, len(columns))
		if err != nil {
			return err
		}
		return do(standing(name, key, columns, values))
	})
}

// Shown returns form without what a person suppressed of it, and whether it may
// be shown at all.
func (p Public) Shown(ctx context.Context, form cairn.Published) (cairn.Published, bool, error) {
	held, err := p.held(ctx)
	if err != nil || held.incident(form.Code) {
		return cairn.Published{}, false, wrap("what is suppressed", err)
	}
	return held.strip(form), true, nil
}
