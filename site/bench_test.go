package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// shelf is a release of many incidents at hand.
type shelf struct{ listings []cairn.Listing }

func (s shelf) Release(context.Context, int) (cairn.Release, error) {
	return cairn.Release{Number: 1, Project: "tarn", Title: "Tarn", Day: "2031-06-01", Incidents: len(s.listings), Grades: []cairn.Grade{cairn.Confirmed, cairn.Fair}}, nil
}

func (s shelf) Listings(context.Context, int) ([]cairn.Listing, error) { return s.listings, nil }

func (s shelf) Form(_ context.Context, _ int, code string) (cairn.Published, error) {
	i := slices.IndexFunc(s.listings, func(l cairn.Listing) bool { return l.Code == code })
	return cairn.Published{Listing: s.listings[i]}, nil
}

// listed is incident k of an invented release, in one of 2,000 places.
func listed(k int) cairn.Listing {
	day := cairn.DayOf(noon.AddDate(0, 0, -k%2000))
	place := fmt.Sprintf("Place %d", k%2000)
	return cairn.Listing{Code: fmt.Sprintf("M%06d", k), When: cairn.Period{From: day, To: day}, Means: cairn.Airstrike, Grade: cairn.Grades[k%5], Strike: cairn.Likely, Parties: []string{"Northern Army"}, Heard: 2, Origins: 2,
		Place:   cairn.PublicPlace{ID: "p:" + place, Name: place, Country: "XA", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 30 + float64(k%2000)/200, Lon: 40 + float64(k%37)/5}, Keys: []string{"p:" + fold(place), fold(place), "xa"}},
		Figures: []cairn.Figured{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(k%5, k%5+3)}, {Harm: cairn.Injured, Class: cairn.Civilian, Range: cairn.Between(k%7, k%7+3)}}}
}

func median(took []time.Duration) float64 {
	slices.Sort(took)
	return float64(took[len(took)/2].Microseconds()) / 1000
}

// measure is the median of asking for pages.
func measure(b *testing.B, h http.Handler, times int, path func(int) string) float64 {
	var took []time.Duration
	for n := range times {
		begun := time.Now()
		if w := get(b, h, path(n)); w.Code != http.StatusOK {
			b.Fatalf("%s: status %d", path(n), w.Code)
		}
		took = append(took, time.Since(begun))
	}
	return median(took)
}

// many makes a record of n signed incidents of one document each.
func many(b *testing.B, n int) *recorder.Recorder {
	b.Helper()
	folder := b.TempDir()
	where := filepath.Join(folder, "cairn.db")
	s, err := store.Open(ctx, where)
	must(b, err)
	act := func(do func(*store.Tx) error) {
		_, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ana", What: "take"}, do)
		must(b, err)
	}
	act(func(tx *store.Tx) error {
		return tx.PutProject(ctx, cairn.Project{Name: "tarn", Title: "Tarn", Policy: "airwars/1"})
	})
	versions := cairn.Versions{Extractor: "1", Lexicon: "1", Places: "1", Policy: "airwars/1"}
	for from := 0; from < n; from += 500 {
		act(func(tx *store.Tx) error {
			var all error
			for k := from; k < min(n, from+500); k++ {
				all = errors.Join(all, taken(tx, k, versions))
			}
			return all
		})
	}
	must(b, s.Close())
	r, err := recorder.Open(ctx, recorder.Settings{Data: folder, Project: "tarn", Who: "Ana", Now: func() time.Time { return noon }})
	must(b, err)
	b.Cleanup(func() { r.Close() })
	return r
}

func taken(tx *store.Tx, k int, versions cairn.Versions) error {
	l := listed(k)
	id := "d" + l.Code
	text := fmt.Sprintf("A nurse spoke. At least %d people were killed in the shelling of the market, she said. It went on.", k%5+1)
	span := cairn.Span{Start: 15, End: 40}
	d := cairn.Document{ID: id, Ref: cairn.RefOf([]byte(id)), Medium: "text", Title: "Report " + l.Code, Source: "Vale News", Published: l.When.From, Language: "en", Text: text}
	c := cairn.Claim{N: 1, Harm: cairn.Killed, Figure: cairn.Figure{Phrase: cairn.Phrase{Words: "At least", Span: &span}, Op: cairn.OpAtLeast, Low: cairn.N(k%5 + 1)}, Range: cairn.AtLeast(k%5 + 1), Locator: cairn.Locator{Span: span}, Victims: cairn.Victims{Class: cairn.Civilian}}
	reading := cairn.Reading{ID: cairn.ReadingID(id, versions), Document: id, Versions: versions, Language: "en", Claims: []cairn.Claim{c}}
	ref := cairn.ClaimRef{Document: id, N: 1, Reading: reading.ID}
	i := cairn.Incident{Code: l.Code, Project: "tarn", When: l.When, Means: l.Means, Claims: []cairn.ClaimRef{ref}, By: []cairn.Attacker{{Name: "Northern Army", Strength: cairn.Accused}},
		Where: &cairn.Where{ID: l.Place.ID, Name: l.Place.Name, Lat: &l.Place.Point.Lat, Lon: &l.Place.Point.Lon, Country: "XA", Accuracy: cairn.Town}}
	a := cairn.Assessment{Incident: l.Code, Policy: "airwars/1", Grading: cairn.Grading{Grade: l.Grade, Strike: l.Strike, Reasons: []string{"one origin"}}, Origins: [][]string{{id}}, Signed: &cairn.Signature{Who: "Ana", At: noon},
		Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: l.Figures[0].Range, MinFrom: []cairn.ClaimRef{ref}, MaxFrom: []cairn.ClaimRef{ref}}}}
	err := errors.Join(tx.PutDocument(ctx, d), tx.PutReading(ctx, "tarn", reading))
	_, placed := tx.PutIncident(ctx, i)
	_, assessed := tx.PutAssessment(ctx, "tarn", a)
	return errors.Join(err, placed, assessed)
}

// BenchmarkFigures measures what `make bench` prints of this package: the map page
// of one selection of 100,000 incidents, a page of one of them, and how long it
// takes to publish 10,000 incidents as a folder in two languages.
func BenchmarkFigures(b *testing.B) {
	var hundred shelf
	large := func() *Site {
		for k := range 100_000 - len(hundred.listings) {
			hundred.listings = append(hundred.listings, listed(k))
		}
		s, err := New(hundred, Settings{})
		must(b, err)
		return s
	}
	b.Run("map_ms", func(b *testing.B) {
		s := large()
		get(b, s, "/en/map.html")
		for b.Loop() {
			fmt.Printf("figure map_ms %.1f ms\n", measure(b, s, 20, func(n int) string { return fmt.Sprintf("/en/map.html?from=%d&to=%d&grade=all", 2026+n%5, 2027+n%5) }))
		}
	})
	b.Run("site_page_ms", func(b *testing.B) {
		s := large()
		get(b, s, "/en/map.html")
		for b.Loop() {
			fmt.Printf("figure site_page_ms %.2f ms\n", measure(b, s, 200, func(n int) string { return fmt.Sprintf("/en/incidents/M%06d.html", n*7919%100_000) }))
		}
	})
	b.Run("site_s", func(b *testing.B) {
		r := many(b, 10_000)
		for b.Loop() {
			begun := time.Now()
			release, err := r.Publish(ctx, "")
			must(b, err)
			b.Logf("frozen after %.1f s", time.Since(begun).Seconds())
			s := pages(b, r, Settings{Static: true})
			paths, err := s.Paths(ctx)
			must(b, err)
			m, err := publish.Folder(ctx, filepath.Join(b.TempDir(), "out"), s, paths, release)
			must(b, err)
			fmt.Printf("figure site_s %.1f s\n", time.Since(begun).Seconds())
			b.Logf("%d files", len(m.Files))
		}
	})
}
