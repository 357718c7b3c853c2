// Package storetest gives tests an empty store on every engine at hand: SQLite
// in a folder of the test, and PostgreSQL in a schema of the test, which is
// dropped at its end.
//
// The PostgreSQL server is the one that the environment variable
// CAIRN_TEST_POSTGRES names, as postgres://…; its user must be allowed to make
// schemas. Without the variable the server programs of this machine, where they
// are installed, start a private one that ends with the test process. Where
// there is neither, the test is skipped, or fails when CAIRN_TEST_ALL is 1.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/store"
)

// Each runs test once on each engine, as a subtest, with an empty store.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachPlace(t, func(t *testing.T, where string) { test(t, Open(t, where)) })
}

// EachPlace runs test once on each engine, as a subtest, with where a store may
// be opened that is not there yet.
func EachPlace(t *testing.T, test func(t *testing.T, where string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// Open opens the store at where and closes it at the end of the test.
func Open(t testing.TB, where string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// SQLite returns the path of a file that is not there yet.
func SQLite(t testing.TB) string { return filepath.Join(t.TempDir(), "cairn.db") }

// made numbers the schemas of this process.
var made atomic.Int64

// Postgres returns the address of an empty schema.
func Postgres(t testing.TB) string {
	t.Helper()
	at, err := server()
	if err != nil {
		if os.Getenv("CAIRN_TEST_ALL") == "1" {
			t.Fatalf("no PostgreSQL to test on: %v", err)
		}
		t.Skipf("no PostgreSQL to test on: %v", err)
	}
	schema := fmt.Sprintf("cairn_test_%d_%d_%d", os.Getpid(), time.Now().UnixNano(), made.Add(1))
	run(t, at.address, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { run(t, at.address, "DROP SCHEMA "+schema+" CASCADE") })
	where, err := url.Parse(at.address)
	if err != nil {
		t.Fatal(err)
	}
	query := where.Query()
	query.Set("search_path", schema)
	where.RawQuery = query.Encode()
	return where.String()
}

func run(t testing.TB, address, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
