// Package store keeps what has been recorded: projects, sources, documents,
// readings with their claims, incidents, assessments and judgements, in one
// SQLite file or a PostgreSQL database, under one schema and with one set of
// queries.
//
// Every write is one act (see [Store.Write]): all of it is kept or nothing.
// Nothing is updated in place. A new revision of a noun is a row that takes the
// place of the former, and each row names the act that made it and the act that
// replaced it, so that what stood at any past moment can be read again (see
// [Moment]).
//
// A [View] reads and cannot write; a [Store] is a View that can. The store
// decides nothing: what is an incident and what is its range comes from
// elsewhere.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A View reads what has been recorded. It is safe for several goroutines at
// once, except the View of a [Tx]. A noun that is not there is
// [cairn.ErrNotFound]; nothing that answers with several is ever an error for
// being empty.
type View struct {
	run      runner
	explain  func(error) error
	shut     func() error
	snapshot func(context.Context) (View, func() error, error)
	sound    func(context.Context) ([]string, error) // nil where the engine checks itself
	byRow    bool                                    // the index of words says quickly of one row whether it has them
}

// A Store is a View that also writes, one act at a time.
type Store struct {
	View
	begin  func(context.Context) (transaction, error)
	tables covered
	grown  func(context.Context) // told when the store has doubled; may be nil
}

// Open opens the store at where, a file path (it is made where it is missing)
// or an address postgres://… of PostgreSQL 15 or newer, whose search_path
// parameter names the schema. A store of an earlier cairn is brought up to date;
// one of a later cairn is refused, as is one that cannot be written
// ([cairn.ErrReadOnly]) or that another process holds ([cairn.ErrBusy]).
func Open(ctx context.Context, where string) (*Store, error) {
	open := openSQLite
	if isPostgres(where) {
		open = openPostgres
	}
	s, err := open(ctx, where)
	if err != nil {
		return nil, err
	}
	if s.tables, err = coverage(); err == nil {
		err = s.whole(ctx)
	}
	if err == nil {
		err = s.countAll(ctx)
	}
	if err == nil {
		err = s.progressAll(ctx)
	}
	if err == nil {
		err = s.indexAll(ctx)
	}
	if err == nil {
		err = s.logAll(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", withoutPassword(where), err), s.Close())
	}
	return s, nil
}

// OpenView opens the store at where for reading alone. It makes nothing and
// brings nothing up to date; a store that is not there is [cairn.ErrNotFound].
func OpenView(ctx context.Context, where string) (View, error) {
	view := viewSQLite
	if isPostgres(where) {
		view = viewPostgres
	}
	v, err := view(ctx, where)
	if err != nil {
		return v, err
	}
	if err := v.whole(ctx); err != nil {
		return View{}, errors.Join(fmt.Errorf("open %s: %w", withoutPassword(where), err), v.Close())
	}
	return v, nil
}

// Close ends a View that OpenView opened, or a Store. The View of a Store is
// closed with its Store.
func (v View) Close() error {
	if v.shut == nil {
		return nil
	}
	return v.shut()
}

// Close ends the store; every act that Write answered for is kept.
func (s *Store) Close() error { return s.View.Close() }

// ReadOnly returns the View of s to hand to whoever may only read: it cannot
// write, and closing it closes nothing.
func (s *Store) ReadOnly() View {
	return View{run: s.run, explain: s.explain, snapshot: s.snapshot, sound: s.sound, byRow: s.byRow}
}

func isPostgres(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// tooNew is the refusal of a store that a later cairn wrote.
func tooNew(where string, has, knows int64) error {
	return cairn.Hint{
		Err:  cairn.Invalid{File: where, Reason: "written by a later cairn (its tables are " + number(has) + ", this one knows " + number(knows) + ")"},
		Hint: "use the newer cairn that wrote it; cairn never takes a store back to an older form",
	}
}
