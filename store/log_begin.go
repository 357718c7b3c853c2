package store

import (
	"context"
	"fmt"

	"github.com/cairn-recorder/cairn/ledger"
)

// logAll makes the leaves of a record of an earlier cairn, which kept no log, of
// what it holds now. A log that is there is left alone, however short.
func (s *Store) logAll(ctx context.Context) error {
	missing, err := first(ctx, s.View, `SELECT CASE WHEN EXISTS (SELECT 1 FROM acts) AND NOT EXISTS (SELECT 1 FROM leaves)
		AND NOT EXISTS (SELECT 1 FROM checkpoints) THEN 1 ELSE 0 END`, nil, value[int])
	if err != nil || missing == 0 {
		return err
	}
	t, err := s.begin(ctx)
	if err != nil {
		return s.explain(err)
	}
	defer t.end()
	tx := &Tx{View: View{run: t.run, explain: s.explain}}
	if err := tx.logAll(ctx, s.tables); err != nil {
		return fmt.Errorf("begin the log: %w", err)
	}
	return s.explain(t.commit())
}

func (tx *Tx) logAll(ctx context.Context, tables covered) error {
	acts := map[int]*covering{}
	of := func(act int) *covering {
		if acts[act] == nil {
			acts[act] = newCovering(tables)
		}
		return acts[act]
	}
	for _, name := range tables.names() {
		err := tx.standingRows(ctx, name, tables[name], func(s ledger.Standing) error {
			of(s.Made).cover(s.Row)
			if s.Ended > 0 {
				of(s.Ended).cover(ledger.Row{Mark: ledger.Mark{Kind: ledger.Ended, Table: name, Key: s.Key}})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for act := 1; act <= len(acts); act++ {
		if err := tx.enter(ctx, of(act).leaf(act), of(act).salts); err != nil {
			return err
		}
	}
	return nil
}

// standingRows hands every row of a table to do.
func (v View) standingRows(ctx context.Context, name string, key []string, do func(ledger.Standing) error) error {
	return v.standingQuery(ctx, name, key, `SELECT * FROM `+name, nil, do)
}

func standing(name string, key, columns []string, values []any) ledger.Standing {
	s := ledger.Standing{Row: ledger.Row{Mark: ledger.Mark{Kind: ledger.Made, Table: name}}}
	byName := make(map[string]any, len(columns))
	for i, column := range columns {
		byName[column] = values[i]
		switch n, _ := values[i].(int64); {
		case column == "replaced":
			s.Ended = int(n)
			continue
		case column == "made", column == "number" && name == "acts":
			s.Made = int(n)
		}
		s.Columns = append(s.Columns, ledger.Column{Name: column, Value: values[i]})
	}
	parts := make([]any, len(key))
	for i, k := range key {
		parts[i] = byName[k]
	}
	s.Key = ledger.KeyOf(parts...)
	return s
}
