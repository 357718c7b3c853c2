package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func TestTablesThatOthersCanOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.sqlite")
	people := Table{Name: "incidents", Columns: []string{"id", "from", "killed_min"}, Types: []string{"TEXT", "TEXT", "INTEGER"},
		Rows: func(_ context.Context, row func([]any) error) error {
			return errors.Join(row([]any{"Z1", "2031-05-03", 7}), row([]any{"Z2", "2031-06", nil}))
		}}
	if err := WriteTables(context.Background(), path, []Table{people}); err != nil {
		t.Fatal(err)
	}
	db, err := sqlitePool(path, "ro", sqliteReader, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT id, "from", coalesce(killed_min, 'unknown'), typeof(killed_min) FROM incidents ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var id, from, killed, kind string
		if err := rows.Scan(&id, &from, &killed, &kind); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(id, " ", from, " ", killed, " ", kind))
	}
	if want := "Z1 2031-05-03 7 integer; Z2 2031-06 unknown null"; strings.Join(got, "; ") != want {
		t.Errorf("rows are %q, want %q", strings.Join(got, "; "), want)
	}
}

func TestTablesThatCannotBeRead(t *testing.T) {
	bad := Table{Name: "claims", Columns: []string{"id"}, Types: []string{"TEXT"}, Rows: func(context.Context, func([]any) error) error { return errors.New("the disk is gone") }}
	err := WriteTables(context.Background(), filepath.Join(t.TempDir(), "out.sqlite"), []Table{bad})
	if err == nil || err.Error() != "table claims: the disk is gone" {
		t.Errorf("the error is %v", err)
	}
}
