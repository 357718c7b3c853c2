package recorder

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// BenchmarkFigures measures what `make bench` prints of this package: the whole
// walk of 2,000 documents with fsync, and totals over 10,000 incidents.
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
	for engine, place := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run("total_"+engine+"_ms", func(b *testing.B) {
			s := tenThousand(b, place(b))
			totals(b, s, "total_"+engine+"_ms", Query{Project: "valley", By: "month"})
		})
	}
	b.Run("asof_ms", func(b *testing.B) {
		s := tenThousand(b, storetest.SQLite(b))
		totals(b, s, "asof_ms", Query{Project: "valley", By: "month", AsOf: "2031-06-01"})
	})
}

// totals prints the median of a total.
func totals(b *testing.B, s *store.Store, name string, q Query) {
	var took []time.Duration
	for b.Loop() {
		begun := time.Now()
		if _, err := Total(ctx, s.View, q); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	fmt.Printf("figure %s %.1f ms\n", name, float64(took[len(took)/2].Microseconds())/1000)
}

// tenThousand fills a store with that many assessed incidents over four years.
func tenThousand(b *testing.B, where string) *store.Store {
	s := storetest.Open(b, where)
	act := cairn.Act{At: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC), Who: "bench", What: "take"}
	put := func(do func(tx *store.Tx) error) {
		if _, err := s.Write(ctx, act, do); err != nil {
			b.Fatal(err)
		}
	}
	put(func(tx *store.Tx) error {
		return tx.PutProject(ctx, cairn.Project{Name: "valley", Policy: "airwars/1"})
	})
	for from := 0; from < 10_000; from += 500 {
		put(func(tx *store.Tx) error {
			for k := from; k < from+500; k++ {
				if err := one(tx, k); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s
}

func one(tx *store.Tx, k int) error {
	day := cairn.DayOf(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, k%1460))
	code := fmt.Sprintf("V%d", k+1)
	i := cairn.Incident{Code: code, Project: "valley", Where: &cairn.Where{Name: "Orvane", ID: "invented:1", Country: "ZZ"},
		When: cairn.Period{From: day, To: day}, By: []cairn.Attacker{{Name: "Northern Army", Strength: cairn.Stated}}}
	if _, err := tx.PutIncident(ctx, i); err != nil {
		return err
	}
	a := cairn.Assessment{Incident: code, Policy: "airwars/1", Grading: cairn.Grading{Grade: cairn.Grades[k%5], Strike: cairn.Likely},
		Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(k%7, k%7+3)}}}
	_, err := tx.PutAssessment(ctx, "valley", a)
	return err
}
