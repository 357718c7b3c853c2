package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// oldestPostgres is the first version that cairn is tested on.
const oldestPostgres = 150000

func openPostgres(ctx context.Context, where string) (*Store, error) {
	db, err := postgresPool(where)
	if err != nil {
		return nil, err
	}
	if err := startPostgres(ctx, where, db); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", withoutPassword(where), explainPostgres(err)), db.Close())
	}
	s := &Store{View: View{run: db, explain: explainPostgres, shut: db.Close, snapshot: snapshotPostgres(db), byRow: true}}
	s.begin = func(ctx context.Context) (transaction, error) { return beginPostgres(ctx, db) }
	s.grown = func(ctx context.Context) { countRows(ctx, db) }
	return s, nil
}

// countRows has PostgreSQL look again at how much the tables hold. It does so by
// itself, but only after a minute or so, and until then plans for empty tables:
// joins over an import just made would take seconds in place of milliseconds.
// That it fails, as where another holds the tables, costs speed and nothing else.
func countRows(ctx context.Context, db *sql.DB) {
	_, _ = db.ExecContext(ctx, `ANALYZE documents, readings, project_readings, claims, claim_places, incidents, incident_places,
		incident_belligerents, incident_claims, assessments, tallies, standings, indexed, document_index, entry_index`)
}

func viewPostgres(ctx context.Context, where string) (View, error) {
	db, err := postgresPool(where, "default_transaction_read_only", "on")
	if err != nil {
		return View{}, err
	}
	if err = newEnough(ctx, db); err == nil {
		err = upToDate(ctx, goose.DialectPostgres, db, withoutPassword(where))
	}
	if err != nil {
		return View{}, errors.Join(fmt.Errorf("open %s: %w", withoutPassword(where), explainPostgres(err)), db.Close())
	}
	return View{run: db, explain: explainPostgres, shut: db.Close, snapshot: snapshotPostgres(db), byRow: true}, nil
}

// snapshotPostgres returns what reads the tables as they stand at one moment.
func snapshotPostgres(db *sql.DB) func(context.Context) (View, func() error, error) {
	return func(ctx context.Context) (View, func() error, error) {
		tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil {
			return View{}, nil, explainPostgres(err)
		}
		return View{run: tx, explain: explainPostgres}, tx.Rollback, nil
	}
}

// postgresPool opens a pool with settings, each a name and a value, beside
// those of the address.
func postgresPool(where string, settings ...string) (*sql.DB, error) {
	address, err := url.Parse(where)
	if err != nil {
		return nil, fmt.Errorf("open a PostgreSQL store: %w", errors.Unwrap(err))
	}
	query := address.Query()
	for i := 0; i+1 < len(settings); i += 2 {
		query.Set(settings[i], settings[i+1])
	}
	address.RawQuery = query.Encode()
	db, err := sql.Open("pgx", address.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", withoutPassword(where), err)
	}
	db.SetMaxOpenConns(2 + readers())
	db.SetMaxIdleConns(2 + readers())
	return db, nil
}

// withoutPassword names a store in messages.
func withoutPassword(where string) string {
	if !isPostgres(where) {
		return where
	}
	address, err := url.Parse(where)
	if err != nil {
		return "the PostgreSQL store"
	}
	return address.Redacted()
}

func startPostgres(ctx context.Context, where string, db *sql.DB) error {
	if err := newEnough(ctx, db); err != nil {
		return err
	}
	if err := makeKeytext(ctx, db); err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	if err := migrate(ctx, goose.DialectPostgres, db, withoutPassword(where), goose.WithSessionLocker(locker)); err != nil {
		return err
	}
	return makeIndexes(ctx, db, goose.DialectPostgres, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.entry_index'))`, `SELECT count(to_regclass('entry_index'))`)
}

func newEnough(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int`).Scan(&version); err != nil {
		return err
	}
	if version < oldestPostgres {
		return fmt.Errorf("the server is PostgreSQL %d; cairn needs 15 or newer", version/10000)
	}
	return nil
}

// makeKeytext makes the type of text that is compared and sorted by its bytes,
// as SQLite does, whatever the language of the database is.
func makeKeytext(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `DO $$ BEGIN
		IF to_regtype('keytext') IS NULL THEN CREATE DOMAIN keytext AS text COLLATE "C"; END IF;
		EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
	END $$`)
	return err
}

// beginPostgres begins an act. Its lock lets no second act begin and everybody
// read on.
func beginPostgres(ctx context.Context, db *sql.DB) (transaction, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return transaction{}, err
	}
	end := func() { tx.Rollback() }
	for _, statement := range []string{`SET LOCAL lock_timeout = '5s'`, `LOCK TABLE acts IN EXCLUSIVE MODE`} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			end()
			return transaction{}, err
		}
	}
	return transaction{run: tx, commit: tx.Commit, end: end}, nil
}

// explainPostgres names the faults of the world that a person can do something
// about, by the codes of the PostgreSQL manual, appendix A.
func explainPostgres(err error) error {
	var fault *pgconn.PgError
	if !errors.As(err, &fault) {
		return err
	}
	switch fault.Code {
	case "55P03", "40001", "40P01": // lock not available, serialization failure, deadlock
		return busy(err)
	case "53100": // disk full
		return full(err)
	case "25006", "42501": // read-only transaction, insufficient privilege
		return readOnly(err)
	case "42P01": // undefined table: nothing was ever recorded here
		return nothingThere(err)
	case "XX001", "XX002": // data corrupted, index corrupted
		return damaged(err)
	}
	return err
}
