package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn/ledger"
)

const (
	copyPage  = 256   // rows that are compared together
	copyBatch = 5_000 // rows after which what was written is kept
)

// A copyWriter writes rows into the other store.
type copyWriter struct {
	*Copy
	told   func(int)
	rows   int
	since  int // rows since the last commit
	tx     *Tx
	commit func() error
	end    func()
}

// run copies every table. A copy that is brought up to date changes in one
// transaction; one that is made is kept as it grows.
func (w *copyWriter) run(ctx context.Context) error {
	if err := w.open(ctx); err != nil {
		return err
	}
	defer func() { w.end() }()
	for _, t := range w.tables {
		if err := w.table(ctx, t); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	return w.to.explain(w.commit())
}

func (w *copyWriter) open(ctx context.Context) error {
	t, err := w.to.begin(ctx)
	if err != nil {
		return w.to.explain(err)
	}
	w.tx, w.commit, w.end = &Tx{View: View{run: t.run, explain: w.to.explain}}, t.commit, t.end
	return nil
}

// wrote counts rows, and keeps them once they are many.
func (w *copyWriter) wrote(ctx context.Context, rows int) error {
	w.rows, w.since = w.rows+rows, w.since+rows
	if w.told != nil && rows > 0 {
		w.told(w.rows)
	}
	if w.update || w.since < copyBatch {
		return nil
	}
	w.since = 0
	if err := w.commit(); err != nil {
		return w.to.explain(err)
	}
	w.end()
	return w.open(ctx)
}

// A sheet is some rows of one table, in the order of their keys.
type sheet struct {
	columns []string
	rows    [][]any
	keys    []string
}

// table copies a table a page at a time, by its key.
func (w *copyWriter) table(ctx context.Context, t madeTable) error {
	truths, err := w.truths(ctx, t)
	if err != nil {
		return err
	}
	var after []any
	for {
		want, err := w.from.sheet(ctx, t, after, nil, copyPage)
		if err != nil {
			return err
		}
		var last []any
		if len(want.rows) == copyPage {
			last = keyValues(t, want.columns, want.rows[copyPage-1])
		}
		has, err := w.tx.sheet(ctx, t, after, last, 0)
		if err != nil {
			return err
		}
		rows, err := w.level(ctx, t, want, has, truths)
		if err == nil {
			err = w.wrote(ctx, rows)
		}
		if err != nil || last == nil {
			return err
		}
		after = last
	}
}

// sheet reads the rows of t whose keys come after one, up to a last one, and no
// more than limit; nil and 0 are none.
func (v View) sheet(ctx context.Context, t madeTable, after, last []any, limit int) (sheet, error) {
	var c conditions
	key := quoted(t.key)
	if after != nil {
		c.add("("+key+") > ("+marks(len(after))+")", after...)
	}
	if last != nil {
		c.add("("+key+") <= ("+marks(len(last))+")", last...)
	}
	query := `SELECT * FROM ` + t.name
	if len(c.where) > 0 {
		query += ` WHERE ` + c.String()
	}
	query += ` ORDER BY ` + key
	if limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(limit)
	}
	var s sheet
	err := v.each(ctx, query, c.args, func(rows *sql.Rows) (err error) {
		if s.columns == nil {
			if s.columns, err = rows.Columns(); err != nil {
				return err
			}
		}
		row, err := anyRow(rows, len(s.columns))
		s.rows = append(s.rows, row)
		if err == nil {
			s.keys = append(s.keys, ledger.KeyOf(keyValues(t, s.columns, row)...))
		}
		return err
	})
	return s, err
}

func keyValues(t madeTable, columns []string, row []any) []any {
	values := make([]any, len(t.key))
	for i, k := range t.key {
		for j, c := range columns {
			if c == k {
				values[i] = row[j]
			}
		}
	}
	return values
}

func quoted(columns []string) string { return `"` + strings.Join(columns, `", "`) + `"` }

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// truths returns the columns that hold true and false in the other store.
func (w *copyWriter) truths(ctx context.Context, t madeTable) (map[string]bool, error) {
	rows, err := w.tx.run.QueryContext(ctx, `SELECT * FROM `+t.name+` LIMIT 0`)
	if err != nil {
		return nil, w.to.explain(err)
	}
	defer rows.Close()
	found := map[string]bool{}
	kinds, err := rows.ColumnTypes()
	for _, k := range kinds {
		found[k.Name()] = strings.HasPrefix(k.DatabaseTypeName(), "BOOL")
	}
	return found, err
}

// level makes the rows of the other store those that are wanted, and returns how
// many it wrote. What lies on the desk is written over and thrown away; of all
// else the copy may have no row that the original has not.
func (w *copyWriter) level(ctx context.Context, t madeTable, want, has sheet, truths map[string]bool) (int, error) {
	there := map[string][]any{}
	for i, key := range has.keys {
		there[key] = has.rows[i]
	}
	var missing [][]any
	wrote := 0
	for i, key := range want.keys {
		row := typed(want.columns, want.rows[i], truths)
		old, ok := there[key]
		delete(there, key)
		switch {
		case !ok:
			missing = append(missing, row)
		case !alike(want.columns, want.rows[i], has.columns, old):
			if err := w.change(ctx, t, want.columns, row); err != nil {
				return wrote, err
			}
			wrote++
		}
	}
	if len(there) > 0 && (t.ofActs || t.name == "leaves") {
		return wrote, notEmpty("it has rows that are not in what is copied")
	}
	for _, row := range there {
		if err := w.drop(ctx, t, keyValues(t, has.columns, row)); err != nil {
			return wrote, err
		}
	}
	return wrote + len(missing), w.add(ctx, t, want.columns, missing)
}

// typed returns row as the other engine takes it.
func typed(columns []string, row []any, truths map[string]bool) []any {
	out := make([]any, len(row))
	for i, v := range row {
		if n, ok := v.(int64); ok && truths[columns[i]] {
			v = n != 0
		}
		out[i] = v
	}
	return out
}

// alike reports whether two rows say the same, whichever engine they are of.
func alike(columns []string, row []any, otherColumns []string, other []any) bool {
	values := map[string]any{}
	for i, c := range otherColumns {
		values[c] = other[i]
	}
	for i, c := range columns {
		sort, text, ok := ledger.Plain(row[i])
		otherSort, otherText, otherOK := ledger.Plain(values[c])
		if sort != otherSort || text != otherText || ok != otherOK || (row[i] == nil) != (values[c] == nil) {
			return false
		}
	}
	return true
}

func (w *copyWriter) add(ctx context.Context, t madeTable, columns []string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), most)
		var c conditions
		var groups []string
		for _, row := range rows[:n] {
			groups = append(groups, c.bind("("+marks(len(row))+")", row...))
		}
		if err := w.tx.put(ctx, `INSERT INTO `+t.name+` (`+quoted(columns)+`) VALUES `+strings.Join(groups, ", "), c.args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func (w *copyWriter) change(ctx context.Context, t madeTable, columns []string, row []any) error {
	var c conditions
	var sets []string
	for i, column := range columns {
		sets = append(sets, c.bind(`"`+column+`" = ?`, row[i]))
	}
	where := c.bind("("+quoted(t.key)+") = ("+marks(len(t.key))+")", keyValues(t, columns, row)...)
	return w.tx.put(ctx, `UPDATE `+t.name+` SET `+strings.Join(sets, ", ")+` WHERE `+where, c.args...)
}

func (w *copyWriter) drop(ctx context.Context, t madeTable, key []any) error {
	var c conditions
	where := c.bind("("+quoted(t.key)+") = ("+marks(len(key))+")", key...)
	return w.tx.put(ctx, `DELETE FROM `+t.name+` WHERE `+where, c.args...)
}
