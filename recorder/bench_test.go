package recorder

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
	"github.com/cairn-recorder/cairn/total"
)

// BenchmarkFigures measures what `make bench` prints of this package: the whole
// walk of 2,000 documents with fsync, and totals over a million incidents.
func BenchmarkFigures(b *testing.B) {
	b.Run("import_docs_s", func(b *testing.B) {
		text := many(2000)
		for b.Loop() {
			b.StopTimer()
			r := local(b)
			path := file(b, "reports.jsonl", text)
			b.StartTimer()
			if sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{}); err != nil || sum.Taken != 2000 {
				b.Fatal(fmt.Sprintf("%+v", sum), err)
			}
		}
		fmt.Printf("figure import_docs_s %.0f docs/s\n", 2000*float64(b.N)/b.Elapsed().Seconds())
	})
	b.Run("import_bucket_docs_s", func(b *testing.B) { importToBucket(b) })
	b.Run("copy_docs_s", func(b *testing.B) { copyOfMany(b) })
	b.Run("dossier_s", func(b *testing.B) { dossierOfMany(b) })
	b.Run("link_one_ms", func(b *testing.B) { linkOne(b) })
	for _, engine := range []string{"sqlite", "postgres"} {
		place := map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}[engine]
		b.Run("total_"+engine+"_ms", func(b *testing.B) {
			s := million(b, place(b))
			book := NewBook(s.View, "valley")
			queries := []Query{{By: "month"}, {Grades: cairn.Grades}, {Place: "invented:7", By: "class"}, {From: "2028", To: "2029-06", By: "grade", Grades: cairn.Grades}}
			for _, by := range total.Groupings {
				queries = append(queries, Query{By: string(by), Grades: cairn.Grades})
			}
			totals(b, book, "total_"+engine+"_ms", queries...)
			afterAct(b, s, book, "total_after_act_"+engine+"_ms")
			if engine == "sqlite" {
				totals(b, book, "asof_ms", Query{By: "month", AsOf: "2031-05-01"}, Query{Place: "invented:7", AsOf: "2031-05-01"})
			}
		})
	}
}

// dossierOfMany measures the dossier of an incident that two hundred documents
// report.
func dossierOfMany(b *testing.B) {
	r := local(b)
	var text strings.Builder
	for n := range 200 {
		fmt.Fprintf(&text, `{"id":"d%03d","source":"Paper %d","published":"2031-05-04","language":"en","text":"%d people were killed in an airstrike on Orvane on 3 May 2031, resident %d said. %s"}`+"\n",
			n, n, 7+n%4, n, strings.Repeat("The market was open that day and many had come to buy. ", 40))
	}
	bring(b, r, text.String())
	size := 0
	for b.Loop() {
		file := dossierOf(b, r, "T1", dossier.Staff)
		size = len(file)
		if c, faults := checked(file, ""); len(faults) > 0 || c.Originals != 200 {
			b.Fatal(c.Originals, faults)
		}
	}
	fmt.Printf("figure dossier_s %.2f s\n", b.Elapsed().Seconds()/float64(b.N))
	fmt.Printf("figure dossier_mb %.1f MB\n", float64(size)/1e6)
}

// totals prints the time of the slowest of several totals, each by its median.
// The book has read the record before, as it has where pages are served.
func totals(b *testing.B, book *Book, name string, queries ...Query) {
	slowest := time.Duration(0)
	for _, q := range queries {
		var took []time.Duration
		for n := range 6 {
			begun := time.Now()
			if _, err := book.Total(ctx, q); err != nil {
				b.Fatal(err)
			}
			if n > 0 {
				took = append(took, time.Since(begun))
			}
		}
		slices.Sort(took)
		slowest = max(slowest, took[len(took)/2])
	}
	fmt.Printf("figure %s %.1f ms\n", name, float64(slowest.Microseconds())/1000)
}

// afterAct prints the time of the first total after an act, which reads what the
// act changed.
func afterAct(b *testing.B, s *store.Store, book *Book, name string) {
	var took []time.Duration
	for n := range 5 {
		act := cairn.Act{At: time.Date(2031, 4, 30, 1, n, 0, 0, time.UTC), Who: "bench", What: "project"}
		if _, err := s.Write(ctx, act, func(tx *store.Tx) error {
			return tx.PutProject(ctx, cairn.Project{Name: "valley", Policy: "airwars/1", Title: fmt.Sprint(n)})
		}); err != nil {
			b.Fatal(err)
		}
		begun := time.Now()
		if _, err := book.Total(ctx, Query{By: "month"}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	fmt.Printf("figure %s %.1f ms\n", name, float64(took[len(took)/2].Microseconds())/1000)
}

// millionIncidents is how many incidents the figures of totals are measured at;
// CAIRN_BENCH_INCIDENTS says another number.
func millionIncidents(b *testing.B) int {
	if said := os.Getenv("CAIRN_BENCH_INCIDENTS"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	return 1_000_000
}

// million is a store with a million assessed incidents over ten years, of two
// figures each, at a thousand places.
func million(b *testing.B, where string) *store.Store {
	s := storetest.Open(b, where)
	act := cairn.Act{At: time.Date(2031, 4, 30, 0, 0, 0, 0, time.UTC), Who: "bench", What: "project"}
	if _, err := s.Write(ctx, act, func(tx *store.Tx) error {
		return tx.PutProject(ctx, cairn.Project{Name: "valley", Policy: "airwars/1"})
	}); err != nil {
		b.Fatal(err)
	}
	storetest.Fill(b, where, "valley", millionIncidents(b))
	return s
}

// linkOne measures the whole walk of one new document, with its fsync, in a record
// of a million incidents.
func linkOne(b *testing.B) {
	folder := b.TempDir()
	r := at(b, filepath.Join(folder, "cairn.db"), folder)
	p := invented()
	p.Places = append(p.Places, cairn.Place{ID: "invented:7", Name: "Selmora", Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 42, Lon: 52}})
	if err := r.PutProject(ctx, p, ""); err != nil {
		b.Fatal(err)
	}
	storetest.Fill(b, filepath.Join(folder, "cairn.db"), "tarn", millionIncidents(b))
	var took []time.Duration
	for n := range 21 {
		text := fmt.Sprintf(`{"id":"one%d","source":"Tarn Wire","published":"2025-05-%02d","language":"en","text":"%d people were killed in an airstrike on Selmora on %d May 2025, the mayor said."}`, n, n+2, n+3, n+1)
		path := file(b, "one.jsonl", text)
		begun := time.Now()
		if sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{}); err != nil || sum.Taken != 1 {
			b.Fatal(fmt.Sprintf("%+v", sum), err)
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	fmt.Printf("figure link_one_ms %.1f ms\n", float64(took[len(took)/2].Microseconds())/1000)
}
