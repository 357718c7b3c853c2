package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// audit returns what the audit of a log finds.
func audit(t testing.TB, v store.View) string {
	t.Helper()
	size, err := v.LogSize(ctx)
	if err != nil {
		t.Fatal(err)
	}
	record, err := v.Log(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	if _, err := ledger.NewAudit(size, record, func(f ledger.Finding) { all = append(all, strings.Join([]string{f.Kind, f.Of, f.ID}, " ")) }).Run(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

// shell opens the tables at where as somebody with the shell of the engine does.
func shell(t testing.TB, where string) *sql.DB {
	t.Helper()
	driver := "sqlite3"
	if strings.HasPrefix(where, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestEveryActIsALeaf(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := storetest.Open(t, where)
		for n := range 5 {
			p := project("zumra")
			p.Title = fmt.Sprint("the ", n)
			write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, p) })
		}
		if _, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "project"}, func(*store.Tx) error { return context.Canceled }); err == nil {
			t.Fatal("an act that failed was kept")
		}
		if size, err := s.LogSize(ctx); err != nil || size != 5 {
			t.Errorf("the log has %d acts, %v", size, err)
		}
		leaf, salts, err := s.Leaf(ctx, 3)
		if err != nil || len(leaf.Lines) != 3 { // the act, the project, and the one before, which ended
			t.Fatalf("%+v, %v", leaf, err)
		}
		if seed, ok := salts.Seed(); !ok || seed.Sealed() != leaf.Seeded {
			t.Error("the seed is not that of the leaf")
		}
		if found := audit(t, s.View); found != "" {
			t.Errorf("a clean log:\n%s", found)
		}
		if _, err := shell(t, where).Exec(`UPDATE projects SET body = '{}' WHERE revision = 2`); err != nil {
			t.Fatal(err)
		}
		if found := audit(t, s.View); found != "altered projects zumra/2" {
			t.Errorf("a row was edited: %q", found)
		}
	})
}

// TestARecordOfBeforeTheLogGetsOne takes the log of a record away, as an earlier
// cairn wrote none, and opens it again.
func TestARecordOfBeforeTheLogGetsOne(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s, err := store.Open(ctx, where)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 3 {
			p := project("zumra")
			p.Title = fmt.Sprint("the ", n)
			write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, p) })
		}
		for _, table := range []string{"leaves", "hashes"} {
			if _, err := shell(t, where).Exec(`DELETE FROM ` + table); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		again := storetest.Open(t, where)
		if found := audit(t, again.View); found != "" {
			t.Errorf("%s", found)
		}
		if size, err := again.LogSize(ctx); err != nil || size != 3 {
			t.Errorf("the log has %d acts, %v", size, err)
		}
	})
}

// TestALogWithAGapIsNotGoneOnWith writes nothing over a log that lacks acts.
func TestALogWithAGapIsNotGoneOnWith(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := storetest.Open(t, where)
		write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) })
		if _, err := shell(t, where).Exec(`INSERT INTO acts (number, at, who, what, "on", why) VALUES (2, '2031-05-01T00:00:00.000Z', 'nobody', 'project', '', '')`); err != nil {
			t.Fatal(err)
		}
		_, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "project"}, func(tx *store.Tx) error { return tx.PutProject(ctx, project("selm")) })
		if err == nil || !strings.Contains(err.Error(), "the log ends at act 1, and act 3 is next") {
			t.Errorf("%v", err)
		}
	})
}

// BenchmarkFigures measures what `make bench` prints of this package: leaves that
// are appended to the log in one transaction, each of an act of one row.
func BenchmarkFigures(b *testing.B) {
	b.Run("log_append_s", func(b *testing.B) {
		const acts = 20_000
		for b.Loop() {
			b.StopTimer()
			where := storetest.SQLite(b)
			s, err := store.Open(ctx, where)
			if err != nil {
				b.Fatal(err)
			}
			db := shell(b, where)
			if _, err := db.Exec(fmt.Sprintf(`INSERT INTO acts (number, at, who, what, "on", why)
				WITH RECURSIVE s(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM s WHERE k < %d) SELECT k, '2031-05-01T00:00:00.000Z', 'bench', 'take', '', '' FROM s`, acts)); err != nil {
				b.Fatal(err)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			again, err := store.Open(ctx, where)
			if err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			if size, err := again.LogSize(ctx); err != nil || size != acts {
				b.Fatal(size, err)
			}
			if err := again.Close(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
		fmt.Printf("figure log_append_s %.0f leaves/s\n", acts*float64(b.N)/b.Elapsed().Seconds())
	})
}
