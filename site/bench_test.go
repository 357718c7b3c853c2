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
	"github.com/cairn-recorder/cairn/store/storetest"
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

// shelved publishes n incidents at once on a store, with a log of corrections.
func shelved(b *testing.B, where string, n int) *Site {
	b.Helper()
	st, err := store.Open(ctx, where)
	must(b, err)
	b.Cleanup(func() { st.Close() })
	_, err = st.Write(ctx, cairn.Act{At: noon, Who: "Ana", What: "publish"}, func(tx *store.Tx) error {
		err := tx.PutProject(ctx, cairn.Project{Name: "tarn", Title: "Tarn", Policy: "airwars/1"})
		release := cairn.Release{Project: "tarn", Title: "Tarn", Day: "2031-06-01", Incidents: n, Grades: []cairn.Grade{cairn.Confirmed, cairn.Fair}}
		var forms []store.Form
		for k := range n {
			l := listed(k)
			forms = append(forms, store.Form{Published: cairn.Published{Listing: l, Sources: []cairn.Publisher{}}, Digest: l.Code})
			if k%10 == 0 {
				release.Corrections = append(release.Corrections, cairn.Correction{Release: 2, Day: "2031-06-01", Code: l.Code, As: cairn.Revalue, Changes: []cairn.Changed{{Field: "killed", From: "3", To: "4"}}})
			}
		}
		_, released := tx.PutRelease(ctx, release)
		return errors.Join(err, tx.PutPublished(ctx, "tarn", forms), released)
	})
	must(b, err)
	s, err := New(st.Public("tarn"), Settings{Credits: []string{Credits}})
	must(b, err)
	return s
}

// BenchmarkFigures measures what `make bench` prints of this package: pages of 100,000
// incidents on either engine, and how long it takes to publish 10,000 incidents as a
// folder in two languages.
func BenchmarkFigures(b *testing.B) {
	for engine, place := range map[string]func(testing.TB) string{"": storetest.SQLite, "_postgres": storetest.Postgres} {
		var s *Site
		large := func() {
			if s == nil { // for all of them
				s = shelved(b, place(b), 100_000)
			}
		}
		for name, path := range map[string]func(n int) string{
			"map":        func(n int) string { return fmt.Sprintf("/en/map.html?from=%d&to=%d&grade=all", 2026+n%5, 2027+n%5) },
			"map_filter": func(n int) string { return fmt.Sprintf("/en/map.html?text=place+%d&grade=all", n) },
			"map_whole":  func(n int) string { return "/en/map.html?grade=all&page=" + itoa(n) },
			"site_page":  func(n int) string { return fmt.Sprintf("/en/incidents/M%06d.html", n*7919%100_000) },
			"site_place": func(n int) string { return fmt.Sprintf("/en/places/%s.html", slugOf(fmt.Sprintf("p:Place %d", n))) },
			"site_total": func(n int) string { return fmt.Sprintf("/en/totals.html?by=month&from=%d", 2026+n%5) },
			"site_front": func(n int) string { return "/en/index.html" },
		} {
			b.Run(name+engine+"_ms", func(b *testing.B) {
				large()
				get(b, s, path(0))
				for b.Loop() {
					fmt.Printf("figure %s%s_ms %.2f ms\n", name, engine, measure(b, s, 20, path))
				}
			})
		}
	}
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
