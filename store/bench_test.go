package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// take is walk number n: a document of 2 KB, a reading of six claims, and an
// incident somewhere in a square of ten degrees and two years, assessed.
func take(tx *store.Tx, n int, random *rand.Rand) error {
	id, code := fmt.Sprintf("d%06d", n), fmt.Sprintf("Z%06d", n)
	when := period(cairn.DayOf(noon.AddDate(0, 0, random.IntN(730))), "")
	d := document(id)
	for range 40 {
		d.Text += " Shelling of the old market of Zumra, said a nurse."
	}
	var claims []cairn.Claim
	for k := range 6 {
		claims = append(claims, claim(k+1, 2+k, when))
	}
	r := reading(id, claims...)
	i := incident(code, when, refs(r)...)
	lat, lon := 30+10*random.Float64(), 35+10*random.Float64()
	i.Where.Lat, i.Where.Lon, i.Where.ID = &lat, &lon, fmt.Sprintf("invented:%d", 100+random.IntN(500))
	receipt := cairn.Receipt{Ref: d.Ref, From: d.URL, How: "http", At: noon, Who: "cairn", Outcome: cairn.Fetched, Size: 2000}
	return errors.Join(tx.PutReceipt(ctx, d.Ref, 1, receipt), tx.PutDocument(ctx, d), tx.PutReading(ctx, "zumra", r),
		second(tx.PutIncident(ctx, i)), second(tx.PutAssessment(ctx, "zumra", assessment(code, cairn.Between(2, 7), cairn.Fair))))
}

func BenchmarkTake2000(b *testing.B) {
	for name, place := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s, random := storetest.Open(b, place(b)), rand.New(rand.NewPCG(1, 2))
				b.StartTimer()
				begun := time.Now()
				for n := range 2000 {
					write(b, s, "take", func(tx *store.Tx) error { return take(tx, n, random) })
				}
				b.ReportMetric(2000/time.Since(begun).Seconds(), "acts/s")
			}
		})
	}
}

// tenThousand is a store of that many incidents.
func tenThousand(b *testing.B, place func(testing.TB) string) *store.Store {
	s, random := storetest.Open(b, place(b)), rand.New(rand.NewPCG(1, 2))
	for n := 0; n < 10_000; n += 500 {
		write(b, s, "take", func(tx *store.Tx) error {
			var err error
			for k := range 500 {
				err = errors.Join(err, take(tx, n+k, random))
			}
			return err
		})
	}
	return s
}

func BenchmarkRead10000Incidents(b *testing.B) {
	for name, place := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := tenThousand(b, place)
			b.Run("page", func(b *testing.B) {
				for n := 0; b.Loop(); n++ {
					page(b, s, fmt.Sprintf("Z%06d", n*7919%10_000))
				}
			})
			for what, near := range nearBy() {
				b.Run("near/"+what, func(b *testing.B) {
					for b.Loop() {
						must[[]cairn.Incident](b)(s.IncidentsNear(ctx, "zumra", near))
					}
				})
			}
			for what, filter := range listed() {
				b.Run("incidents/"+what, func(b *testing.B) {
					for b.Loop() {
						must[[]store.Assessed](b)(s.Incidents(ctx, filter))
					}
				})
			}
			b.Run("documents", func(b *testing.B) {
				for b.Loop() {
					must[[]store.Shelved](b)(s.Documents(ctx, store.DocumentFilter{Project: "zumra", After: "d005000", Limit: 50}))
				}
			})
			b.Run("backlog", func(b *testing.B) {
				for b.Loop() {
					must[store.Backlog](b)(s.Backlog(ctx, "zumra"))
				}
			})
		})
	}
}

func page(b *testing.B, s *store.Store, code string) {
	must[store.Assessed](b)(s.Assessed(ctx, "zumra", code))
	must[[]cairn.Testimony](b)(s.Testimonies(ctx, "zumra", code))
	must[[]store.AssessmentRevision](b)(s.AssessmentHistory(ctx, "zumra", code))
	must[[]cairn.Judgement](b)(s.JudgementsOf(ctx, "zumra", code))
}

func nearBy() map[string]store.Near {
	return map[string]store.Near{
		"box":     {From: "2032-03-01", To: "2032-03-07", Box: &store.Box{South: 34, West: 39, North: 36, East: 41}},
		"place":   {From: "2032-03-01", To: "2032-03-07", Places: []string{"invented:250"}},
		"country": {From: "2032-03-01", To: "2032-03-07", Country: "XZ"},
		"undated": {Places: []string{"invented:250"}},
	}
}

func listed() map[string]store.Filter {
	return map[string]store.Filter{
		"newest50": {Project: "zumra", Newest: true, Limit: 50},
		"place":    {Project: "zumra", Places: []string{"invented:250"}},
		"month":    {Project: "zumra", From: "2032-03", To: "2032-03"},
		"words50":  {Project: "zumra", Text: "northern", Limit: 50},
		"asof50":   {Project: "zumra", AsOf: store.Moment{Act: 10}, Limit: 50},
		"all":      {Project: "zumra"},
	}
}
