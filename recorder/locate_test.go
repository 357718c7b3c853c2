package recorder

import (
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func found(name string, lat, lon float64) cairn.Geolocation {
	return cairn.Geolocation{Place: cairn.Place{Name: name, Point: &cairn.Point{Lat: lat, Lon: lon}, Accuracy: cairn.Within100}, Metres: 60,
		Candidates: []cairn.Candidate{{Name: "the old market", Why: "its roof is another"}}, Public: "the minaret and the water tower line up", Private: "the photographer lives across the street"}
}

func whereIs(t testing.TB, r *Recorder, code string) *cairn.Where {
	t.Helper()
	i, err := r.View().Incident(ctx, "tarn", code)
	if err != nil {
		t.Fatal(err)
	}
	return i.Where
}

func TestAnIncidentIsLocated(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		before, whole := whereIs(t, r, "T1"), everything(t, r)
		j := must(t)(r.Locate(ctx, "T1", found("Fell Market", 40.01, 50.02), "two pictures"))
		w := whereIs(t, r, "T1")
		if w == nil || w.Name != "Fell Market" || w.ID != "project:fell-market" || *w.Lat != 40.01 || w.Accuracy != cairn.Within100 || w.Country != "XA" || !slices.Contains(w.Within, "project:orvane") ||
			!strings.Contains(w.Reason, "located by Ana") || !strings.Contains(w.Reason, "water tower") || strings.Contains(w.Reason, "photographer") {
			t.Errorf("located, it is at %+v", w)
		}
		p, err := r.View().Project(ctx, "tarn")
		if err != nil || len(p.Places) != 3 || p.Places[2].Name != "Fell Market" {
			t.Errorf("the places of the project are %+v, %v", p.Places, err)
		}
		if sums(t, r, Query{Place: "Orvane"}) == "" {
			t.Error("the incident counts no more for the town that the market lies in")
		}
		must(t)(r.Locate(ctx, "T1", found("Fell Market", 40.0101, 50.0201), "measured again"))
		if p, _ := r.View().Project(ctx, "tarn"); len(p.Places) != 3 {
			t.Errorf("the same place a second time makes %d", len(p.Places))
		}
		all, err := r.View().JudgementsOf(ctx, "tarn", "T1")
		if err != nil {
			t.Fatal(err)
		}
		kept, err := LocatedIn(all, "T1")
		if err != nil || len(kept) != 2 || !kept[0].Stands || kept[1].Stands || kept[1].Private == "" {
			t.Errorf("geolocations are %+v, %v", kept, err)
		}
		if open := OpenJudgement(all[0]); strings.Contains(open.Value, "photographer") || !strings.Contains(open.Value, "minaret") {
			t.Errorf("open, the judgement says %s", open.Value)
		}
		must(t)(r.Undo(ctx, kept[0].Judgement.ID, "no"))
		if w := whereIs(t, r, "T1"); *w.Lat != 40.01 {
			t.Errorf("the second undone, it is at %v", *w.Lat)
		}
		must(t)(r.Undo(ctx, j.ID, "another market"))
		if w := whereIs(t, r, "T1"); asJSON(t, w) != asJSON(t, before) || everything(t, r) != whole {
			t.Errorf("both undone, it is at %+v", w)
		}
	})
}

func TestALocationThatAFormCannotMean(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	for field, change := range map[string]func(*cairn.Geolocation){
		"name":     func(g *cairn.Geolocation) { g.Place.Name = " " },
		"lat":      func(g *cairn.Geolocation) { g.Place.Point = &cairn.Point{Lat: 91} },
		"accuracy": func(g *cairn.Geolocation) { g.Place.Accuracy = "roughly" },
		"metres":   func(g *cairn.Geolocation) { g.Metres = -1 },
	} {
		g := found("Fell Market", 40, 50)
		change(&g)
		_, err := r.Locate(ctx, "T1", g, "")
		wantInvalid(t, err, field)
	}
}

func TestALocationOutlivesAnImport(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	must(t)(r.Locate(ctx, "T1", found("Fell Market", 40.01, 50.02), ""))
	bring(t, r, `{"id":"late","source":"Third Paper","published":"2031-05-06","language":"en","text":"Ten people were killed in an airstrike on Orvane on 3 May 2031, a witness said."}`+"\n")
	i, err := r.View().Incident(ctx, "tarn", "T1")
	if err != nil || i.Where == nil || i.Where.Name != "Fell Market" || !slices.ContainsFunc(i.Claims, func(c cairn.ClaimRef) bool { return c.Document == "late" }) {
		t.Errorf("after a later report it is at %+v with %v, %v", i.Where, i.Claims, err)
	}
}
