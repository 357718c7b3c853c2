package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	"github.com/pressly/goose/v3"

	"github.com/cairn-recorder/cairn"
)

// Every connection waits up to five seconds for another process; this comes
// first, since setting the journal mode may have to wait already.
const sqlitePragmas = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(on)"

const (
	sqliteWriter = sqlitePragmas + "&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=wal_autocheckpoint(4000)&_txlock=immediate"
	sqliteReader = sqlitePragmas + "&_pragma=query_only(on)"
)

// firstSound is the first SQLite without the fault that can spoil a file in WAL
// mode with several connections (sqlite.org/wal.html, the WAL-reset bug).
const firstSound = "3.51.3"

func openSQLite(ctx context.Context, where string) (*Store, error) {
	writer, err := sqlitePool(where, "rwc", sqliteWriter, 1)
	if err != nil {
		return nil, err
	}
	reader, err := sqlitePool(where, "rw", sqliteReader, readers())
	if err != nil {
		return nil, err
	}
	kept, err := startSQLite(ctx, where, writer)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", where, err), reader.Close(), writer.Close())
	}
	read := prepare(reader)
	shut := func() error {
		return errors.Join(read.close(), reader.Close(), kept.run.close(), kept.Close(), writer.Close())
	}
	v := View{run: read, explain: explainSQLite, shut: shut, snapshot: snapshotSQLite(reader), sound: soundFile(reader)}
	return &Store{View: v, begin: kept.begin}, nil
}

// startSQLite makes or brings up to date the tables, and takes the one
// connection that writes.
func startSQLite(ctx context.Context, where string, writer *sql.DB) (*keptConnection, error) {
	if err := soundSQLite(ctx, writer); err != nil {
		return nil, explainSQLite(err)
	}
	if err := migrate(ctx, goose.DialectSQLite3, writer, where); err != nil {
		return nil, explainSQLite(err)
	}
	if err := makeIndexes(ctx, writer, goose.DialectSQLite3, "", `SELECT count(*) FROM sqlite_schema WHERE name = 'entry_index'`); err != nil {
		return nil, explainSQLite(err)
	}
	c, err := writer.Conn(ctx)
	if err != nil {
		return nil, explainSQLite(err)
	}
	return &keptConnection{Conn: c, run: prepare(c), turn: make(chan struct{}, 1)}, nil
}

func viewSQLite(ctx context.Context, where string) (View, error) {
	if _, err := os.Stat(where); errors.Is(err, fs.ErrNotExist) {
		return View{}, fmt.Errorf("open %s: %w", where, cairn.ErrNotFound)
	}
	v, err := tryView(ctx, where, sqliteReader)
	if errors.Is(err, sqlite3.CANTOPEN) || errors.Is(err, sqlite3.READONLY) {
		v, err = tryView(ctx, where, sqliteReader+"&immutable=1") // a folder that takes no side files
	}
	if err != nil {
		return View{}, fmt.Errorf("open %s: %w", where, explainSQLite(err))
	}
	return v, nil
}

func tryView(ctx context.Context, where, options string) (View, error) {
	db, err := sqlitePool(where, "ro", options, readers())
	if err != nil {
		return View{}, err
	}
	if err = soundSQLite(ctx, db); err == nil {
		err = upToDate(ctx, goose.DialectSQLite3, db, where)
	}
	if err != nil {
		return View{}, errors.Join(err, db.Close())
	}
	run := prepare(db)
	shut := func() error { return errors.Join(run.close(), db.Close()) }
	return View{run: run, explain: explainSQLite, shut: shut, snapshot: snapshotSQLite(db), sound: soundFile(db)}, nil
}

// snapshotSQLite returns what reads a file as it stands at one moment.
func snapshotSQLite(db *sql.DB) func(context.Context) (View, func() error, error) {
	return func(ctx context.Context) (View, func() error, error) {
		tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return View{}, nil, explainSQLite(err)
		}
		run := prepare(tx)
		return View{run: run, explain: explainSQLite}, func() error { return errors.Join(run.close(), tx.Rollback()) }, nil
	}
}

// soundFile returns what has SQLite check its file: one line a fault.
func soundFile(db *sql.DB) func(context.Context) ([]string, error) {
	return func(ctx context.Context) ([]string, error) {
		found, err := all(ctx, View{run: prepare(db), explain: explainSQLite}, `PRAGMA integrity_check(20)`, nil, value[string])
		if len(found) == 1 && found[0] == "ok" {
			return nil, err
		}
		return found, err
	}
}

func sqlitePool(where, mode, options string, most int) (*sql.DB, error) {
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(where)}).EscapedPath(), RawQuery: "mode=" + mode + "&" + options}
	db, err := driver.Open(address.String(), fts5.Register)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", where, err)
	}
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db, nil
}

func readers() int { return max(2, runtime.GOMAXPROCS(0)) }

func soundSQLite(ctx context.Context, db *sql.DB) error {
	var version string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return err
	}
	if order(version) < order(firstSound) {
		return fmt.Errorf("sqlite %s can spoil a store; %s is the first that cannot", version, firstSound)
	}
	return nil
}

func order(version string) int {
	var major, minor, patch int
	fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch)
	return major*1_000_000 + minor*1_000 + patch
}

// A keptConnection is the one connection that writes, kept so that its
// statements stay prepared. Writers take turns.
type keptConnection struct {
	*sql.Conn
	run  *prepared
	turn chan struct{}
}

func (k *keptConnection) begin(ctx context.Context) (transaction, error) {
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return transaction{}, ctx.Err()
	}
	// A transaction that the context ended would leave later statements of the
	// connection outside any: ending it is left to end.
	tx, err := k.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		<-k.turn
		return transaction{}, err
	}
	end := func() { tx.Rollback(); <-k.turn }
	return transaction{run: k.run, commit: tx.Commit, end: end}, nil
}

// A preparer is a pool or a connection of it.
type preparer interface {
	runner
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// prepared runs statements that it prepares once, since SQLite takes longer to
// prepare many of them than to run them.
type prepared struct {
	on         preparer
	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

// mostPrepared bounds the statements that are kept, since those of filters
// vary; past it they are prepared each time.
const mostPrepared = 1000

func prepare(on preparer) *prepared { return &prepared{on: on, statements: map[string]*sql.Stmt{}} }

// numbered returns query as SQLite counts its parameters: it takes $1 for a
// name and numbers it by where it stands first, and ?1 for parameter 1.
func numbered(query string) string { return strings.ReplaceAll(query, "$", "?") }

// statement returns the kept statement of query, nil where no more are kept.
func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.statements[query]
	if s != nil || len(p.statements) >= mostPrepared {
		return s, nil
	}
	s, err := p.on.PrepareContext(ctx, numbered(query))
	if err == nil {
		p.statements[query] = s
	}
	return s, err
}

// QueryContext runs a query.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.on.QueryContext(ctx, numbered(query), args...)
	}
	return s.QueryContext(ctx, args...)
}

// ExecContext runs a statement that answers nothing.
func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.on.ExecContext(ctx, numbered(query), args...)
	}
	return s.ExecContext(ctx, args...)
}

func (p *prepared) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, s := range p.statements {
		err = errors.Join(err, s.Close())
	}
	return err
}

// explainSQLite names the faults of the world that a person can do something
// about.
func explainSQLite(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return busy(err)
	case errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR_WRITE) && isFull(err):
		return full(err)
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.CANTOPEN), errors.Is(err, sqlite3.PERM), errors.Is(err, fs.ErrPermission):
		return readOnly(err)
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		return damaged(err)
	}
	return err
}
