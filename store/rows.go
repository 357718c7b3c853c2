package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// A runner runs statements: a pool of connections, or one transaction.
type runner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// A transaction is one write on its way: end undoes it, unless it was committed
// before.
type transaction struct {
	run    runner
	commit func() error
	end    func()
}

// all returns what scan makes of each row. It reads to the end before it
// returns, since a transaction has one connection for everything.
func all[T any](ctx context.Context, v View, query string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := v.run.QueryContext(ctx, query, storable(args)...)
	if err != nil {
		return nil, v.explain(err)
	}
	defer rows.Close()
	found := []T{}
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, v.explain(rows.Err())
}

// each hands every row to do.
func (v View) each(ctx context.Context, query string, args []any, do func(*sql.Rows) error) error {
	rows, err := v.run.QueryContext(ctx, query, storable(args)...)
	if err != nil {
		return v.explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return v.explain(rows.Err())
}

// first returns what scan makes of the first row, or ErrNotFound.
func first[T any](ctx context.Context, v View, query string, args []any, scan func(*sql.Rows) (T, error)) (T, error) {
	found, err := all(ctx, v, query, args, scan)
	if err == nil && len(found) == 0 {
		err = cairn.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// value scans a row of one column.
func value[T any](rows *sql.Rows) (T, error) {
	var v T
	err := rows.Scan(&v)
	return v, err
}

// body scans a row whose one column is a noun as JSON.
func body[T any](rows *sql.Rows) (T, error) {
	var noun T
	text, err := value[[]byte](rows)
	if err != nil {
		return noun, err
	}
	err = read(text, &noun)
	return noun, err
}

func read(text []byte, noun any) error {
	if err := json.Unmarshal(text, noun); err != nil {
		return fmt.Errorf("a recorded row: %w: %w", cairn.ErrDamaged, err)
	}
	return nil
}

// written returns noun as JSON, the form in which it is kept.
func written(noun any) (string, error) {
	text, err := json.Marshal(noun)
	return string(text), err
}

// A table is where rows are put: its name and its columns before made.
type table struct{ name, columns string }

// most is how many rows one statement puts, below what either engine takes.
const most = 64

// insertion returns the statement that puts n rows into t.
func (t table) insertion(n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.name + " (" + t.columns + ", made) VALUES ")
	width := strings.Count(t.columns, ",") + 2
	for row := range n {
		if row > 0 {
			b.WriteString(", ")
		}
		for column := range width {
			b.WriteString([]string{"(", ", "}[min(column, 1)] + "$" + strconv.Itoa(row*width+column+1))
		}
		b.WriteString(")")
	}
	return b.String()
}

// conditions gathers the fixed fragments of a filter and their parameters.
type conditions struct {
	where []string
	args  []any
}

// add takes a fragment with ? for each of args.
func (c *conditions) add(fragment string, args ...any) {
	c.where = append(c.where, c.bind(fragment, args...))
}

// bind returns fragment with its parameters numbered, and keeps args. A ? that
// an []string stands for becomes as many parameters as it has strings.
func (c *conditions) bind(fragment string, args ...any) string {
	var b strings.Builder
	for i, part := range strings.Split(fragment, "?") {
		if i > 0 {
			b.WriteString(c.parameter(args[i-1]))
		}
		b.WriteString(part)
	}
	return b.String()
}

func (c *conditions) parameter(arg any) string {
	several, ok := arg.([]string)
	if !ok {
		c.args = append(c.args, arg)
		return "$" + strconv.Itoa(len(c.args))
	}
	marks := make([]string, len(several))
	for i, s := range several {
		marks[i] = c.parameter(s)
	}
	return strings.Join(marks, ", ")
}

// String writes the conditions, all of which must hold.
func (c *conditions) String() string { return strings.Join(c.where, " AND ") }

// bound returns b for a column: its number, or null.
func bound(b cairn.Bound) any {
	if !b.Known {
		return nil
	}
	return b.N
}

// degrees returns f for a column: its number, or null.
func degrees(f *float64) any {
	if f == nil {
		return nil
	}
	return *f
}

// storable returns args with every text plain.
func storable(args []any) []any {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = plain(s)
		}
	}
	return args
}

// plain returns s as both engines can keep it: PostgreSQL takes no zero byte
// and nothing that is not UTF-8. The noun's JSON keeps what a column cannot.
func plain(s string) string {
	if utf8.ValidString(s) && !strings.Contains(s, "\x00") {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// folded returns s for comparing names: small letters, single spaces.
func folded(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(plain(s)), " "))
}

// search returns the LIKE pattern, to be used with ESCAPE '!', for s anywhere
// in folded words.
func search(s string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(folded(s)) + "%"
}

// moment returns t as it is kept: UTC, to the millisecond, so that times sort
// as text.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// days returns the first and the last day of p in full; both are empty where it
// has no date. A period with one known end is as long as that end.
func days(p cairn.Period) (from, to string) {
	first, last := p.From, p.To
	if !first.Known() {
		first = last
	}
	if !last.Known() {
		last = first
	}
	if !first.Known() {
		return "", ""
	}
	return string(cairn.DayOf(first.First())), string(cairn.DayOf(last.Last()))
}

func number[T int | int64](n T) string { return strconv.FormatInt(int64(n), 10) }
