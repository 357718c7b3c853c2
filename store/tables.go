package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// A Table is a table to be handed on: its columns by name, each with its type of
// SQLite (TEXT, INTEGER, REAL), and its rows, in which nil is unknown.
type Table struct {
	Name    string
	Columns []string
	Types   []string
	Rows    func(ctx context.Context, row func([]any) error) error
}

// WriteTables writes tables as a new SQLite file at path, which other programs
// can open. It is no store.
func WriteTables(ctx context.Context, path string, tables []Table) (err error) {
	db, err := sqlitePool(path, "rwc", "_pragma=journal_mode(off)&_pragma=synchronous(off)", 1)
	if err != nil {
		return err
	}
	defer func() {
		if closed := db.Close(); err == nil {
			err = closed
		}
	}()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range tables {
		if err := t.write(ctx, tx); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return tx.Commit()
}

func (t Table) write(ctx context.Context, tx *sql.Tx) error {
	var columns, marks []string
	for i, c := range t.Columns {
		columns = append(columns, `"`+c+`" `+t.Types[i])
		marks = append(marks, "?")
	}
	if _, err := tx.ExecContext(ctx, `CREATE TABLE "`+t.Name+`" (`+strings.Join(columns, ", ")+`)`); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO "`+t.Name+`" VALUES (`+strings.Join(marks, ", ")+`)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	return t.Rows(ctx, func(row []any) error {
		_, err := insert.ExecContext(ctx, row...)
		return err
	})
}
