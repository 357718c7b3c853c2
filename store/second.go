package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// SecondReadings returns how each second reader's look at document went, by
// extractor.
func (v View) SecondReadings(ctx context.Context, document string) ([]cairn.SecondReading, error) {
	found, err := all(ctx, v, `SELECT body FROM second_readings WHERE document = $1 AND replaced IS NULL ORDER BY extractor`, []any{document}, body[cairn.SecondReading])
	return found, wrap("second readings of "+document, err)
}

// A SecondCount is how many documents an outcome of a second reader stands for,
// how often it was asked, and how much of what it said was kept and dropped.
type SecondCount struct {
	Extractor string              `json:"extractor"`
	Outcome   cairn.SecondOutcome `json:"outcome"`
	Documents int                 `json:"documents"`
	Tries     int                 `json:"tries"`
	Kept      int                 `json:"kept"`    // claims
	Dropped   int                 `json:"dropped"` // claims and parts of them
}

// SecondCounts counts the outcomes of second readers, by extractor and outcome.
func (v View) SecondCounts(ctx context.Context) ([]SecondCount, error) {
	found, err := all(ctx, v, `SELECT extractor, outcome, count(*), sum(tries), sum(kept), sum(dropped) FROM second_readings
		WHERE replaced IS NULL GROUP BY extractor, outcome ORDER BY extractor, outcome`, nil, func(rows *sql.Rows) (SecondCount, error) {
		var c SecondCount
		return c, rows.Scan(&c.Extractor, &c.Outcome, &c.Documents, &c.Tries, &c.Kept, &c.Dropped)
	})
	return found, wrap("second readings", err)
}

// PutSecondReading records how a second reader's look at a document went, and
// what was kept of it, beside every other reading. No project goes by it.
func (tx *Tx) PutSecondReading(ctx context.Context, s cairn.SecondReading, r cairn.Reading) error {
	text, err := named(s.Extractor, "extractor", s)
	if err != nil {
		return err
	}
	if s.Reading != "" {
		stands, err := tx.stands(ctx, r)
		if err == nil && !stands {
			err = tx.putReading(ctx, r)
		}
		if err != nil {
			return wrap("reading "+r.ID+" of "+r.Document, err)
		}
	}
	former, err := tx.former(ctx, `SELECT revision, body FROM second_readings WHERE document = $1 AND extractor = $2 ORDER BY revision DESC LIMIT 1`, s.Document, s.Extractor)
	if err != nil || former.body == text {
		return wrap("second reading of "+s.Document, err)
	}
	err = tx.exec(ctx, `UPDATE second_readings SET replaced = $1 WHERE document = $2 AND extractor = $3 AND replaced IS NULL`, tx.act.Number, s.Document, s.Extractor)
	if err == nil {
		err = tx.insert(ctx, table{"second_readings", "document, extractor, revision, outcome, tries, kept, dropped, reading, body"},
			[]any{s.Document, s.Extractor, former.revision + 1, string(s.Outcome), s.Tries, s.Kept, len(s.Dropped), s.Reading, text})
	}
	return wrap("second reading of "+s.Document, err)
}
