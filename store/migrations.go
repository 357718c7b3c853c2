package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"github.com/cairn-recorder/cairn"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables of db up to date, in order, one transaction each,
// and refuses those of a later cairn. where names the store in messages.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, where string, options ...goose.ProviderOption) error {
	p, err := migrator(dialect, db, options...)
	if err != nil {
		return err
	}
	has, knows, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("its tables: %w", err)
	}
	if has > knows {
		return tooNew(where, has, knows)
	}
	if has == knows {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring its tables up to date: %w", err)
	}
	return nil
}

// upToDate refuses tables that are not those of this cairn, changing nothing.
func upToDate(ctx context.Context, dialect goose.Dialect, db *sql.DB, where string) error {
	p, err := migrator(dialect, db)
	if err != nil {
		return err
	}
	has, err := tablesVersion(ctx, db)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	knows := sources[len(sources)-1].Version
	if has > knows {
		return tooNew(where, has, knows)
	}
	if has < knows {
		return cairn.Hint{
			Err:  cairn.Invalid{File: where, Reason: "its tables are those of an earlier cairn"},
			Hint: "a command that writes, such as cairn import, brings them up to date",
		}
	}
	return nil
}

func tablesVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var version int64
	err := db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&version)
	return version, err
}

func migrator(dialect goose.Dialect, db *sql.DB, options ...goose.ProviderOption) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, files, append(options, goose.WithDisableGlobalRegistry(true))...)
}
