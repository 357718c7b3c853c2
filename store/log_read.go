package store

import (
	"context"
	"database/sql"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// Snapshot returns the View of what is recorded at this moment, whatever is
// written meanwhile, for one goroutine; end gives it up.
func (v View) Snapshot(ctx context.Context) (at View, end func() error, err error) {
	if v.snapshot == nil {
		return v, func() error { return nil }, nil
	}
	return v.snapshot(ctx)
}

// Sound has the engine check its own files, where it can be asked to, and
// returns a line for each fault.
func (v View) Sound(ctx context.Context) ([]string, error) {
	if v.sound == nil {
		return nil, nil
	}
	faults, err := v.sound(ctx)
	return faults, wrap("check the tables", err)
}

// LogSize returns how many acts the log has, by its leaves and its hashes. A
// number far from the others is not believed.
func (v View) LogSize(ctx context.Context) (int, error) {
	leaves, err := first(ctx, v, `SELECT coalesce(max(act), 0) FROM leaves WHERE act <= 2 * (SELECT count(*) FROM leaves)`, nil, value[int])
	if err != nil {
		return 0, wrap("log", err)
	}
	last, err := first(ctx, v, `SELECT coalesce(max(n), -1) FROM hashes WHERE n <= 2 * (SELECT count(*) FROM hashes)`, nil, value[int64])
	return max(leaves, ledger.SizeWith(last)), wrap("log", err)
}

// Log returns what an audit of the log reads. It is of use for as long as v.
func (v View) Log(ctx context.Context) (ledger.Record, error) {
	tables, err := coverage()
	if err != nil {
		return ledger.Record{}, err
	}
	tombstones, err := all(ctx, v, `SELECT act, kind, of, key, hash, made FROM cuts`, nil, scanTombstone)
	if err != nil {
		return ledger.Record{}, wrap("log", err)
	}
	return ledger.Record{
		Leaves: func(do func(ledger.Kept) error) error {
			return v.each(ctx, `SELECT act, lines, salts FROM leaves ORDER BY act`, nil, func(rows *sql.Rows) error {
				var k ledger.Kept
				if err := rows.Scan(&k.Act, &k.Lines, &k.Salts); err != nil {
					return err
				}
				return do(k)
			})
		},
		Hashes: func(do func(int64, string) error) error {
			return v.each(ctx, `SELECT n, hash FROM hashes ORDER BY n`, nil, func(rows *sql.Rows) error {
				var n int64
				var hash string
				if err := rows.Scan(&n, &hash); err != nil {
					return err
				}
				return do(n, hash)
			})
		},
		Rows: func(do func(ledger.Standing) error) error {
			for _, name := range tables.names() {
				if err := v.standingRows(ctx, name, tables[name], do); err != nil {
					return fmt.Errorf("table %s: %w", name, err)
				}
			}
			return nil
		},
		Tombstones: tombstones,
	}, nil
}

func scanTombstone(rows *sql.Rows) (ledger.Tombstone, error) {
	var t ledger.Tombstone
	var kind, hash string
	err := rows.Scan(&t.Act, &kind, &t.Mark.Table, &t.Mark.Key, &hash, &t.By)
	t.Mark.Kind = ledger.Kind(kind)
	if parsed, broken := ledger.ParseHash(hash); broken == nil {
		t.Hash = parsed // one that is broken excuses nothing
	}
	return t, err
}

// Tree reads the hashes of the log.
func (v View) Tree(ctx context.Context) tlog.HashReader { return treeOf{ctx, v} }

// Leaf returns the leaf of an act with the salts of its rows.
func (v View) Leaf(ctx context.Context, act int) (ledger.Leaf, *ledger.Salts, error) {
	kept, err := first(ctx, v, `SELECT act, lines, salts FROM leaves WHERE act = $1`, []any{act}, func(rows *sql.Rows) (k ledger.Kept, err error) {
		return k, rows.Scan(&k.Act, &k.Lines, &k.Salts)
	})
	if err != nil {
		return ledger.Leaf{}, nil, wrap(fmt.Sprintf("leaf %d", act), err)
	}
	leaf, spoilt := ledger.ParseLeaf(act, kept.Lines)
	if spoilt > 0 {
		return leaf, nil, fmt.Errorf("leaf %d: %d of its lines are spoilt: %w", act, spoilt, cairn.ErrDamaged)
	}
	salts, err := ledger.ParseSalts(kept.Salts, leaf.Seeded)
	return leaf, salts, wrap(fmt.Sprintf("salts of leaf %d", act), err)
}

// A SignedCheckpoint is a checkpoint as it was signed, with how many acts the
// log then had.
type SignedCheckpoint struct {
	Size int
	Note []byte
}

// Checkpoints returns the signed checkpoints, the earliest first.
func (v View) Checkpoints(ctx context.Context) ([]SignedCheckpoint, error) {
	found, err := all(ctx, v, `SELECT size, note FROM checkpoints ORDER BY size`, nil, func(rows *sql.Rows) (c SignedCheckpoint, err error) {
		return c, rows.Scan(&c.Size, &c.Note)
	})
	return found, wrap("checkpoints", err)
}

// LastCheckpoint returns the newest signed checkpoint, or cairn.ErrNotFound.
func (v View) LastCheckpoint(ctx context.Context) (SignedCheckpoint, error) {
	c, err := first(ctx, v, `SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1`, nil, func(rows *sql.Rows) (c SignedCheckpoint, err error) {
		return c, rows.Scan(&c.Size, &c.Note)
	})
	return c, wrap("checkpoints", err)
}

// PutCheckpoint keeps a signed checkpoint. It is no act: it says where the acts
// had come to. Another of the same size is [cairn.ErrConflict].
func (s *Store) PutCheckpoint(ctx context.Context, c SignedCheckpoint) error {
	t, err := s.begin(ctx)
	if err != nil {
		return wrap("checkpoint", s.explain(err))
	}
	defer t.end()
	tx := &Tx{View: View{run: t.run, explain: s.explain}}
	had, err := all(ctx, tx.View, `SELECT note FROM checkpoints WHERE size = $1`, []any{c.Size}, value[string])
	if err == nil && len(had) > 0 && had[0] != string(c.Note) {
		err = cairn.ErrConflict
	}
	if err == nil && len(had) == 0 {
		err = tx.put(ctx, `INSERT INTO checkpoints (size, note) VALUES ($1, $2)`, c.Size, string(c.Note))
	}
	if err == nil {
		err = s.explain(t.commit())
	}
	return wrap("checkpoint", err)
}
