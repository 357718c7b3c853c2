package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// A Copy takes everything that a store holds, every row of every act with the log
// over them, to a store of either engine. It is to be closed.
//
// The leaves of the log go first and the acts last. A store that has leaves and no
// acts is therefore a copy on its way, which nothing else opens, and the leaves
// say of which record: their salts are no other's.
type Copy struct {
	from   View
	end    func() error
	to     *Store
	tables []madeTable
	size   int  // the acts of from
	begun  bool // an earlier run got as far as some rows
	update bool // an earlier run came to its end, and the record has grown since
}

// CopyOf returns the copy of what v holds at this moment, whatever is written
// meanwhile, to the store at where, which is made where it is missing. A store
// that holds anything is cairn.ErrConflict, unless it is what an earlier run of
// the same copy left: that goes on, or is brought up to date.
func (v View) CopyOf(ctx context.Context, where string) (*Copy, error) {
	open := openSQLite
	if isPostgres(where) {
		open = openPostgres
	}
	to, err := open(ctx, where)
	if err != nil {
		return nil, err
	}
	c := &Copy{to: to, end: func() error { return nil }}
	if c.tables, err = copiedTables(); err == nil {
		c.from, c.end, err = v.Snapshot(ctx)
	}
	if err == nil {
		err = c.begin(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("copy to %s: %w", withoutPassword(where), err), c.Close())
	}
	return c, nil
}

// Close ends the copy. What it wrote stays.
func (c *Copy) Close() error { return errors.Join(c.end(), c.to.Close()) }

// Acts returns how many acts are copied.
func (c *Copy) Acts() int { return c.size }

// copiedTables returns the tables in the order in which they are copied.
func copiedTables() ([]madeTable, error) {
	made, err := madeTables()
	place := func(t madeTable) int { return map[string]int{"leaves": -1, "acts": 1}[t.name] }
	slices.SortStableFunc(made, func(a, b madeTable) int { return place(a) - place(b) })
	return made, err
}

// begin says what the other store is.
func (c *Copy) begin(ctx context.Context) error {
	size, err := c.from.LastAct(ctx)
	if err != nil {
		return err
	}
	if logged, err := c.from.LogSize(ctx); err != nil || logged != size || size == 0 {
		if err == nil && size == 0 {
			err = fmt.Errorf("nothing is recorded yet: %w", cairn.ErrNotFound)
		} else if err == nil {
			err = fmt.Errorf("the record has %d acts and its log %d: %w", size, logged, cairn.ErrDamaged)
		}
		return err
	}
	c.size = size
	leaves, err := first(ctx, c.to.View, `SELECT count(*) FROM leaves`, nil, value[int])
	if err != nil {
		return err
	}
	acts, err := c.to.LastAct(ctx)
	if err != nil {
		return err
	}
	c.begun, c.update = leaves > 0, acts > 0
	if !c.begun {
		return c.empty(ctx)
	}
	return c.sameLog(ctx)
}

// empty refuses a store that holds rows and no log: no copy made it.
func (c *Copy) empty(ctx context.Context) error {
	for _, t := range c.tables {
		n, err := first(ctx, c.to.View, `SELECT count(*) FROM `+t.name, nil, value[int])
		if err != nil {
			return err
		}
		if n > 0 {
			return notEmpty(fmt.Sprintf("its table %s has %d rows", t.name, n))
		}
	}
	return nil
}

// sameLog refuses a store whose log is not the beginning of this one.
func (c *Copy) sameLog(ctx context.Context) error {
	const lines = `SELECT lines FROM leaves WHERE act > $1 ORDER BY act LIMIT 500`
	for after := 0; ; {
		has, err := all(ctx, c.to.View, lines, []any{after}, value[string])
		if err != nil || len(has) == 0 {
			return err
		}
		want, err := all(ctx, c.from, lines, []any{after}, value[string])
		if err != nil {
			return err
		}
		if len(has) > len(want) || !slices.Equal(has, want[:len(has)]) {
			return notEmpty("it is another record, or one that went its own way")
		}
		after += len(has)
	}
}

func notEmpty(reason string) error {
	return cairn.Hint{Err: fmt.Errorf("it is not empty: %s: %w", reason, cairn.ErrConflict),
		Hint: "a copy goes to an empty place, or to one that an earlier run of it began; nothing was changed there"}
}

// Copied says what a copy holds: how many acts, and the root of their log, and how
// many rows were written by this run.
type Copied struct {
	Acts, Rows int
	Root       ledger.Hash
}

// Run copies what is not there yet, and returns what the copy then holds. told,
// which may be nil, is handed how many rows were written so far. The root of the
// copied log is computed from the hashes in the copy; a log that has another root
// than the original is cairn.ErrDamaged.
func (c *Copy) Run(ctx context.Context, told func(rows int)) (Copied, error) {
	w := &copyWriter{Copy: c, told: told}
	err := w.run(ctx)
	if ended := ctx.Err(); ended != nil {
		err = ended
	}
	if err != nil {
		return Copied{}, fmt.Errorf("copy: %w", err)
	}
	if err := c.to.reindex(ctx); err != nil {
		return Copied{}, fmt.Errorf("copy: %w", err)
	}
	if c.to.grown != nil {
		c.to.grown(ctx)
	}
	want, err := tlog.TreeHash(int64(c.size), c.from.Tree(ctx))
	if err != nil {
		return Copied{}, fmt.Errorf("copy: %w", err)
	}
	got, err := tlog.TreeHash(int64(c.size), c.to.Tree(ctx))
	if err == nil && got != want {
		err = fmt.Errorf("copy: the root of the log is %s, and was %s: %w", ledger.Text(got[:]), ledger.Text(want[:]), cairn.ErrDamaged)
	}
	return Copied{c.size, w.rows, got}, err
}

// whole refuses a store that is a copy on its way.
func (v View) whole(ctx context.Context) error {
	begun, err := first(ctx, v, `SELECT CASE WHEN EXISTS (SELECT 1 FROM leaves) AND NOT EXISTS (SELECT 1 FROM acts) THEN 1 ELSE 0 END`, nil, value[int])
	if err == nil && begun == 1 {
		return cairn.Hint{Err: fmt.Errorf("it is a copy that was broken off: %w", cairn.ErrConflict),
			Hint: "run the same `cairn copy` again; it goes on from there"}
	}
	return err
}
