package web

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// TestTheDeskIsQuick asks the pages of the desk over a record of 100,000 incidents
// and a few thousand documents, on each engine.
func TestTheDeskIsQuick(t *testing.T) {
	if os.Getenv("CAIRN_TEST_LARGE") != "1" {
		t.Skip("CAIRN_TEST_LARGE is not 1: a record of 100,000 incidents takes a minute to make")
	}
	storetest.EachPlace(t, func(t *testing.T, where string) {
		w := workshopAt(t, where, nil)
		var lines strings.Builder
		for n := range 3000 {
			fmt.Fprintf(&lines, `{"id":"n%d","source":"Tarn Wire","published":"2031-%02d-%02d","language":"en","title":"Note %d","text":"%d people were killed in an airstrike on Orvane on %d %s 2031, the mayor said."}`+"\n",
				n, n%4+1, n%28+1, n, n%9+2, n%28+1, []string{"January", "February", "March", "April"}[n%4])
		}
		file := filepath.Join(t.TempDir(), "notes.jsonl")
		if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := w.record.Import(ctx, []string{file}, cairn.Given{}, recorder.Progress{}); err != nil {
			t.Fatal(err)
		}
		storetest.Fill(t, where, "tarn", 100_000)
		counted(t, where)
		w.account("ana", cairn.Reviewer, "tarn")
		ana := w.as("ana")
		for _, test := range []struct {
			path string
			most time.Duration
		}{{"/inbox", 300 * time.Millisecond}, {"/inbox?source=Tarn+Wire", 300 * time.Millisecond}, {"/incidents?text=orvane", 300 * time.Millisecond},
			{"/search?q=orvane", 300 * time.Millisecond}, {"/search?q=mayor+killed", 300 * time.Millisecond}, {"/search?q=nowhere", 300 * time.Millisecond}, {"/search?q=report", 300 * time.Millisecond}, {"/documents?text=tarn+report", 300 * time.Millisecond}, {"/documents?text=airstrike", 300 * time.Millisecond},
			{"/code/wire", 50 * time.Millisecond}, {"/incidents/T1/work", 50 * time.Millisecond}, {"/review", 300 * time.Millisecond}, {"/account", 50 * time.Millisecond}} {
			var took []time.Duration
			for range 7 {
				begun := time.Now()
				if got := ana.get(test.path); got.status != 200 {
					t.Fatalf("%s answers %d", test.path, got.status)
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			t.Logf("%s: %s", test.path, took[3].Round(100*time.Microsecond))
			if took[3] > test.most {
				t.Errorf("%s takes %s at the median, want at most %s", test.path, took[3], test.most)
			}
		}
	})
}

// counted has PostgreSQL look at how much the tables hold, as it does by itself
// within a minute.
func counted(t *testing.T, where string) {
	t.Helper()
	if !strings.HasPrefix(where, "postgres") {
		return
	}
	db, err := sql.Open("pgx", where)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "ANALYZE"); err != nil {
		t.Fatal(err)
	}
}
