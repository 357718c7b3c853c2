package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// covered is the tables whose rows acts make, each with the columns of its
// primary key: all of them are in the log.
type covered map[string][]string

var (
	createLine  = regexp.MustCompile(`(?m)^CREATE TABLE (\w+) \(\n((?:\t.*\n|--.*\n|\n)*)\)`)
	keyLine     = regexp.MustCompile(`(?m)^\tPRIMARY KEY \(([^)]*)\)`)
	keyedColumn = regexp.MustCompile(`(?m)^\t(\w+) .*\bPRIMARY KEY\b`)
)

// coverage reads from the migrations which tables acts make rows of.
func coverage() (covered, error) {
	found := covered{}
	made, err := madeTables()
	for _, t := range made {
		if t.ofActs {
			found[t.name] = t.key
		}
	}
	return found, err
}

// A madeTable is a table as a migration makes it.
type madeTable struct {
	name   string
	key    []string // the columns of its primary key
	ofActs bool     // its rows are made by acts, and are in the log
}

// madeTables reads the tables from the migrations, in the order in which they are
// made: none refers to a later one.
func madeTables() ([]madeTable, error) {
	var found []madeTable
	err := fs.WalkDir(migrations, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := migrations.ReadFile(path)
		for _, m := range createLine.FindAllStringSubmatch(string(text), -1) {
			t := madeTable{name: m[1], ofActs: m[1] == "acts" || strings.Contains(m[2], "\n\tmade BIGINT NOT NULL")}
			if key := keyLine.FindStringSubmatch(m[2]); key != nil {
				t.key = strings.Split(key[1], ", ")
			} else if key := keyedColumn.FindStringSubmatch(m[2]); key != nil {
				t.key = key[1:2]
			} else {
				return fmt.Errorf("table %s has no primary key", t.name)
			}
			found = append(found, t)
		}
		return err
	})
	return found, err
}

// names returns the names of the tables, in order.
func (c covered) names() []string { return slices.Sorted(maps.Keys(c)) }

// A covering gathers what the log says of the act under way.
type covering struct {
	tables covered
	shapes map[table]shape
	salts  *ledger.Salts
	lines  map[ledger.Mark]ledger.Hash
}

// shape says how the values of an insertion lie in its row: the columns in the
// order of their names, and those of the primary key.
type shape struct {
	names []string
	at    []int // of each name, among the values
	key   []int
}

func newCovering(tables covered) *covering {
	var seed ledger.Seed
	_, _ = rand.Read(seed[:]) // never fails
	return &covering{tables, map[table]shape{}, ledger.NewSalts(seed), map[ledger.Mark]ledger.Hash{}}
}

// shapeOf returns the shape of the rows of t, of which made is the last value.
func (c *covering) shapeOf(t table) (shape, error) {
	if s, ok := c.shapes[t]; ok {
		return s, nil
	}
	key, ok := c.tables[t.name]
	if !ok {
		return shape{}, fmt.Errorf("table %s is not covered by the log: it has no column made", t.name)
	}
	columns := strings.Split(strings.NewReplacer(`"`, "", "\n", "", "\t", "", " ", "").Replace(t.columns), ",")
	if t.name != "acts" {
		columns = append(columns, "made")
	}
	var s shape
	for _, name := range slices.Sorted(slices.Values(columns)) {
		if name == "replaced" {
			continue
		}
		s.names, s.at = append(s.names, name), append(s.at, slices.Index(columns, name))
	}
	for _, name := range key {
		s.key = append(s.key, slices.Index(columns, name))
	}
	c.shapes[t] = s
	return s, nil
}

// made takes the rows of t into the log, whose values stand one after the other
// as they were put.
func (c *covering) made(t table, values []any) error {
	s, err := c.shapeOf(t)
	if err != nil {
		return err
	}
	width := len(s.names)
	for ; len(values) >= width; values = values[width:] {
		row := ledger.Row{Mark: ledger.Mark{Kind: ledger.Made, Table: t.name, Key: keyAt(values, s.key)}, Columns: make([]ledger.Column, width)}
		for i, name := range s.names {
			row.Columns[i] = ledger.Column{Name: name, Value: values[s.at[i]]}
		}
		c.cover(row)
	}
	return nil
}

func (c *covering) cover(row ledger.Row) { c.lines[row.Mark] = row.Hash(c.salts.Of(row.Mark)) }

func keyAt(values []any, at []int) string {
	key := make([]any, len(at))
	for i, n := range at {
		key[i] = values[n]
	}
	return ledger.KeyOf(key...)
}

// leaf returns the leaf of the act, whole.
func (c *covering) leaf(act int) ledger.Leaf {
	seed, _ := c.salts.Seed()
	leaf := ledger.Leaf{Act: act, Seeded: seed.Sealed(), Lines: make([]ledger.Line, 0, len(c.lines))}
	for mark, hash := range c.lines {
		leaf.Lines = append(leaf.Lines, ledger.Line{Mark: mark, Hash: hash})
	}
	leaf.Sort()
	return leaf
}

// changing tells what a statement does to which table.
var changing = regexp.MustCompile(`^(UPDATE|DELETE FROM) (\w+) `)

// change runs a statement that ends rows or, within the act that put them, takes
// them away again, and takes that into the log.
func (tx *Tx) change(ctx context.Context, query string, args []any) error {
	m := changing.FindStringSubmatch(query)
	if m == nil || tx.log.tables[m[2]] == nil {
		return fmt.Errorf("the log does not cover %.40q", query)
	}
	key := tx.log.tables[m[2]]
	ended, err := all(ctx, tx.View, query+" RETURNING "+strings.Join(key, ", "), args, func(rows *sql.Rows) (string, error) {
		values, err := anyRow(rows, len(key))
		return ledger.KeyOf(values...), err
	})
	for _, k := range ended {
		if m[1] == "UPDATE" {
			tx.log.cover(ledger.Row{Mark: ledger.Mark{Kind: ledger.Ended, Table: m[2], Key: k}})
		} else {
			delete(tx.log.lines, ledger.Mark{Kind: ledger.Made, Table: m[2], Key: k})
		}
	}
	return err
}

// anyRow scans a row of any columns; text is a string.
func anyRow(rows *sql.Rows, width int) ([]any, error) {
	values, into := make([]any, width), make([]any, width)
	for i := range values {
		into[i] = &values[i]
	}
	err := rows.Scan(into...)
	for i, v := range values {
		switch v := v.(type) {
		case []byte:
			values[i] = string(v)
		case time.Time: // which the driver makes of a text that is exactly of this form
			values[i] = v.Format(time.RFC3339Nano)
		}
	}
	return values, err
}

// enter puts the leaf of an act with the hashes that it adds to the tree.
func (tx *Tx) enter(ctx context.Context, leaf ledger.Leaf, salts *ledger.Salts) error {
	last, err := first(ctx, tx.View, `SELECT coalesce(max(act), 0) FROM leaves`, nil, value[int])
	if err != nil {
		return err
	}
	if last != leaf.Act-1 {
		return fmt.Errorf("the log ends at act %d, and act %d is next: %w", last, leaf.Act, cairn.ErrDamaged)
	}
	from, hashes, err := ledger.Stored(last, leaf.Head().Hash(), treeOf{ctx, tx.View})
	if err != nil {
		return err
	}
	if err := tx.put(ctx, `INSERT INTO leaves (act, lines, salts) VALUES ($1, $2, $3)`, leaf.Act, leaf.Text(), salts.Text()); err != nil {
		return err
	}
	for i, h := range hashes {
		if err := tx.put(ctx, `INSERT INTO hashes (n, hash) VALUES ($1, $2)`, from+int64(i), ledger.Text(h[:])); err != nil {
			return err
		}
	}
	return nil
}

// treeOf reads the hashes of the tree from the store.
type treeOf struct {
	ctx context.Context
	View
}

// ReadHashes returns the hashes of indexes.
func (t treeOf) ReadHashes(indexes []int64) ([]ledger.Hash, error) {
	found := make([]ledger.Hash, len(indexes))
	for i, n := range indexes {
		text, err := first(t.ctx, t.View, `SELECT hash FROM hashes WHERE n = $1`, []any{n}, value[string])
		if err == nil {
			found[i], err = ledger.ParseHash(text)
		}
		if err != nil {
			return nil, fmt.Errorf("hash %d of the log: %w", n, err)
		}
	}
	return found, nil
}
