package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// many fills a store with n incidents of two documents each, of six claims and
// some 2 KB, over four years.
func many(t testing.TB, s *store.Store, n int) {
	world(t, s)
	padding := strings.Repeat("Shelling of the old market went on, said a nurse. ", 30)
	for from := 0; from < n; from += 500 {
		write(t, s, "take", "", "", func(tx *store.Tx) error {
			var err error
			for k := from; k < min(n, from+500); k++ {
				err = errors.Join(err, take(tx, k, padding))
			}
			return err
		})
	}
}

func take(tx *store.Tx, k int, padding string) error {
	code, day := fmt.Sprintf("M%05d", k), cairn.DayOf(noon.AddDate(0, 0, -k%1460))
	i := cairn.Incident{Code: code, Project: "zumra", Where: mill(), When: cairn.Period{From: day, To: day}, Means: cairn.Airstrike,
		By: []cairn.Attacker{{Name: "Northern Army", Strength: cairn.Accused}}}
	a := cairn.Assessment{Incident: code, Policy: "airwars/1", Grading: cairn.Grading{Grade: cairn.Grades[k%5], Strike: cairn.Likely, Reasons: []string{"two origins"}}}
	var err error
	for n := range 2 {
		r := report{id: fmt.Sprintf("%s-%d", code, n), title: "Report " + code, source: "Vale News", language: "en", published: day,
			text: padding + fmt.Sprintf("Shells killed at least %d people and hurt nine.", 3+n) + padding}
		number := fmt.Sprintf("at least %d", 3+n)
		for c := range 6 {
			one := claimed(c+1, cairn.Harms[c%2], r.text, number, "killed "+number+" people and hurt nine", cairn.OpAtLeast, cairn.AtLeast(3+n))
			one.When.Period = i.When
			r.claims = append(r.claims, one)
		}
		err = errors.Join(err, tx.PutDocument(ctx, r.document()), tx.PutReading(ctx, "zumra", r.reading()))
		i.Claims = append(i.Claims, r.refs()...)
		a.Origins = append(a.Origins, []string{r.id})
	}
	for h := range 2 {
		a.Tallies = append(a.Tallies, cairn.Tally{Harm: cairn.Harms[h], Class: cairn.Civilian, Range: cairn.Range{Min: cairn.N(3), Max: cairn.N(4), Open: true},
			MinFrom: i.Claims[h : h+1], MaxFrom: i.Claims[6+h : 7+h]})
	}
	return errors.Join(err, put(tx, i, a))
}

// BenchmarkFigures measures what `make bench` prints of this package: the median
// of an incident page with 10,000 incidents.
func BenchmarkFigures(b *testing.B) {
	b.Run("page_ms", func(b *testing.B) {
		s := storetest.Open(b, storetest.SQLite(b))
		many(b, s, 10_000)
		h := handler(b, s)
		var took []time.Duration
		for n := 0; b.Loop(); n++ {
			for k := range 100 {
				begun := time.Now()
				if w := get(b, h, fmt.Sprintf("/incidents/M%05d", (100*n+k)*7919%10_000)); w.Code != http.StatusOK {
					b.Fatalf("status %d", w.Code)
				}
				took = append(took, time.Since(begun))
			}
		}
		slices.Sort(took)
		fmt.Printf("figure page_ms %.2f ms\n", float64(took[len(took)/2].Microseconds())/1000)
	})
}

func BenchmarkPages10000Incidents(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite(b))
	many(b, s, 10_000)
	h := handler(b, s)
	for _, bench := range []struct {
		name string
		path func(n int) string
	}{
		{"incident", func(n int) string { return fmt.Sprintf("/incidents/M%05d", n*7919%10_000) }},
		{"document", func(n int) string { return fmt.Sprintf("/documents/M%05d-1", n*7919%10_000) }},
		{"incidents", func(int) string { return "/incidents?text=northern" }},
		{"month", func(n int) string { return fmt.Sprintf("/incidents?from=2030-%02d&to=2030-%02d", 1+n%12, 1+n%12) }},
		{"documents", func(int) string { return "/documents" }},
		{"overview", func(int) string { return "/" }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				begun := time.Now()
				if w := get(b, h, bench.path(n)); w.Code != http.StatusOK {
					b.Fatalf("%s: status %d", bench.path(n), w.Code)
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		})
	}
}
