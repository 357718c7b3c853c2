package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

var ctx = context.Background()

// noon is the time of the first act; each later one is an hour on.
var noon = time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)

var versions = cairn.Versions{Extractor: "0.1.0", Lexicon: "en/1", Places: "p1", Policy: "airwars/1"}

// write does one act, an hour after the last.
func write(t testing.TB, s *store.Store, what string, do func(*store.Tx) error) cairn.Act {
	t.Helper()
	last, err := s.LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	act, err := s.Write(ctx, cairn.Act{At: noon.Add(time.Duration(last) * time.Hour), Who: "Ada", What: what}, do)
	if err != nil {
		t.Fatal(err)
	}
	return act
}

// must fails the test on an error.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// form returns v as JSON, to compare nouns by.
func form(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if g, w := form(t, got), form(t, want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func notFound(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, cairn.ErrNotFound) {
		t.Errorf("%s: %v, want %v", what, err, cairn.ErrNotFound)
	}
}

func project(name string) cairn.Project {
	return cairn.Project{Name: name, Title: "Harm in Zumra", Policy: "airwars/1", Prefix: "Z", Naming: cairn.Consented,
		Coverage: []cairn.Coverage{{Place: "Zumra", Monitored: cairn.Period{From: "2031-01", To: "2031-12"}}},
		Places:   []cairn.Place{{ID: "project:mill", Name: "الطاحونة", Point: &cairn.Point{Lat: 35.5, Lon: 39}, Accuracy: cairn.Street}}}
}

// zumra is an invented town in an invented district.
func zumra() *cairn.Where {
	lat, lon := 35.25, 39.5
	span := cairn.Span{Start: 10, End: 15}
	return &cairn.Where{Phrase: cairn.Phrase{Words: "Zumra", Span: &span}, Name: "Zumrah", ID: "invented:7", Lat: &lat, Lon: &lon, Country: "XZ",
		Admin1: "Upper Vale", Accuracy: cairn.Town, Within: []string{"invented:3", "invented:1"}}
}

func period(from, to cairn.Date) cairn.Period { return cairn.Period{From: from, To: to} }

// claim is claim n: so many people killed in Zumra in a period.
func claim(n, killed int, when cairn.Period, scope ...cairn.Scope) cairn.Claim {
	span := cairn.Span{Start: 0, End: 20}
	return cairn.Claim{N: n, Harm: cairn.Killed,
		Figure:  cairn.Figure{Phrase: cairn.Phrase{Words: fmt.Sprint(killed), Span: &span}, Op: cairn.OpExact, Low: cairn.N(killed), High: cairn.N(killed)},
		Range:   cairn.Exactly(killed),
		Victims: cairn.Victims{Phrase: cairn.Phrase{Words: "civilians"}, Class: cairn.Civilian},
		Where:   zumra(), When: &cairn.When{Period: when}, Scope: scope, Locator: cairn.Locator{Span: span}, Policy: "airwars/1",
		By: []cairn.Attacker{{Name: "Northern Army", Strength: cairn.Accused}}, Means: &cairn.Means{Class: cairn.Airstrike}, Rules: []string{"killed.1"}}
}

func document(id string) cairn.Document {
	return cairn.Document{ID: id, Ref: cairn.RefOf([]byte(id)), Medium: "html", Title: "Report " + id, Source: "Vale News", URL: "https://vale.example/" + id,
		Published: "2031-05-03", Language: "en", Text: "Text of " + id + ": ثلاثة قتلى", Map: []cairn.Anchor{{Text: 0, Original: 40}}}
}

func reading(id string, claims ...cairn.Claim) cairn.Reading {
	return cairn.Reading{ID: cairn.ReadingID(id, versions), Document: id, Versions: versions, Language: "en", Claims: append([]cairn.Claim{}, claims...)}
}

func refs(readings ...cairn.Reading) []cairn.ClaimRef {
	var all []cairn.ClaimRef
	for _, r := range readings {
		for _, c := range r.Claims {
			all = append(all, cairn.ClaimRef{Document: r.Document, N: c.N, Reading: r.ID})
		}
	}
	return all
}

func incident(code string, when cairn.Period, claims ...cairn.ClaimRef) cairn.Incident {
	return cairn.Incident{Code: code, Project: "zumra", Where: zumra(), When: when, Means: cairn.Airstrike, Claims: claims,
		By: []cairn.Attacker{{Name: "Northern Army", Strength: cairn.Accused}}, Reasons: []string{"one document"}}
}

func assessment(code string, killed cairn.Range, grade cairn.Grade) cairn.Assessment {
	a := cairn.Assessment{Incident: code, Grading: cairn.Grading{Grade: grade, Strike: cairn.Likely, Reasons: []string{"two origins"}}, Policy: "airwars/1",
		Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: killed}, {Harm: cairn.Injured, Class: cairn.Child}}}
	a.Tallies[0].MinFrom = []cairn.ClaimRef{{Document: "d1", N: 1}}
	return a
}

func signed(a cairn.Assessment) cairn.Assessment {
	a.Signed = &cairn.Signature{Who: "Ada", At: noon, Why: "checked"}
	return a
}

// put records a document with its reading, one incident of its claims and an
// assessment, as a walk does.
func put(t testing.TB, s *store.Store, id, code string, when cairn.Period, killed int, grade cairn.Grade) cairn.Act {
	t.Helper()
	return write(t, s, "take", func(tx *store.Tx) error {
		r := reading(id, claim(1, killed, when), claim(2, killed+1, when))
		i := incident(code, when, refs(r)...)
		_, placed := tx.PutIncident(ctx, cairn.Incident{Code: "never"})
		if placed == nil {
			t.Error("an incident without a project was taken")
		}
		err := errors.Join(tx.PutDocument(ctx, document(id)), tx.PutReading(ctx, "zumra", r), second(tx.PutIncident(ctx, i)))
		_, failed := tx.PutAssessment(ctx, "zumra", assessment(code, cairn.Between(killed, killed+1), grade))
		tx.About(code, "")
		return errors.Join(err, failed)
	})
}

func second[T any](_ T, err error) error { return err }

// codes returns the codes of found, one word each.
