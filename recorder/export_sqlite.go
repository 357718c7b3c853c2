package recorder

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/cairn-recorder/cairn/store"
)

// sqlite writes tables as one SQLite file.
func sqlite(tables []exportTable) func(context.Context, io.Writer) error {
	return func(ctx context.Context, out io.Writer) error {
		dir, err := os.MkdirTemp("", "cairn-export")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "export.sqlite")
		var all []store.Table
		for _, t := range tables {
			all = append(all, t.stored())
		}
		if err := store.WriteTables(ctx, path, all); err != nil {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(out, f)
		return err
	}
}

func (t exportTable) stored() store.Table {
	s := store.Table{Name: t.name, Rows: t.rows}
	for _, c := range t.columns {
		s.Columns = append(s.Columns, c.name)
		s.Types = append(s.Types, map[columnKind]string{words: "TEXT", whole: "INTEGER", real: "REAL"}[c.kind])
	}
	return s
}
