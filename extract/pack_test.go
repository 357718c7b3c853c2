package extract

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// packOf is a pack of places, each looked up by its name and aliases.
func packOf(t testing.TB, places ...cairn.Place) *lexicon.Pack {
	t.Helper()
	var entries []lexicon.Entry
	for _, p := range places {
		kept, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		e := lexicon.Entry{Kept: kept}
		e.Place = lexicon.Place{ID: p.ID, Name: p.Name, Country: p.Country, Feature: "PPL", Population: p.Population}
		if p.Point != nil {
			e.Lat, e.Lon = p.Point.Lat, p.Point.Lon
		}
		e.Names = append([]string{p.Name}, p.Aliases...)
		if id := p.Codes["geonames"]; id != "" {
			e.SameAs = "geonames:" + id
		}
		entries = append(entries, e)
	}
	var file strings.Builder
	if err := lexicon.WritePack(&file, entries); err != nil {
		t.Fatal(err)
	}
	pack, err := lexicon.OpenPack(file.String())
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestPlacesOfAPackAreRead(t *testing.T) {
	pack := packOf(t,
		cairn.Place{ID: "v:1", Name: "Tel Marun", Aliases: []string{"تل مارون"}, Country: "ZZ", Accuracy: cairn.Village, Within: []string{"v:9"}, Point: &cairn.Point{Lat: 10, Lon: 50}},
		cairn.Place{ID: "v:3", Name: "Camp Orvane", Aliases: []string{"مخيم اورفان"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 10.1, Lon: 50}},
		cairn.Place{ID: "v:2", Name: "Amal", Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 10.1, Lon: 50}},
	)
	r := New(Pack{Packs: []*lexicon.Pack{pack}})
	if r.Versions().Places == New(Pack{}).Versions().Places {
		t.Error("a reading with a pack says that it was made without")
	}
	for _, test := range []struct{ text, id string }{
		{"Shells killed four people in Tel Marun on Monday.", "v:1"},
		{"قتل أربعة مدنيين في تل مارون يوم الاثنين.", "v:1"},
		{"Shells killed four people in Amal on Monday.", "v:2"},
		{"Shells killed four people in Camp Orvane on Monday.", "v:3"},
		{"قتل أربعة مدنيين في مخيم اورفان يوم الاثنين.", "v:3"},
		{"Amal says that shells killed four people on Monday.", ""},
		{"Shells killed four people on Monday, Amal Haddad said.", ""},
	} {
		claims := r.Read(cairn.Document{ID: "d", Text: test.text, Published: "2024-03-05"}).Claims
		if len(claims) == 0 {
			t.Errorf("no claim in %q", test.text)
			continue
		}
		id := ""
		if w := claims[0].Where; w != nil {
			id = w.ID
			if w.Accuracy != cairn.Village || w.Lat == nil {
				t.Errorf("%q: its place lost what is known of it: %+v", test.text, w)
			}
		}
		if id != test.id {
			t.Errorf("%q is in %q, want %q", test.text, id, test.id)
		}
	}
}

func TestAPackFavoursItsCountryAndLendsNames(t *testing.T) {
	if !lexicon.Places().Built() {
		t.Skip("the built-in places were not built: make places")
	}
	plain := New(Pack{})
	first := plain.Places("Paris")
	if len(first) < 2 || first[0].Country != "FR" {
		t.Fatalf("Paris is %+v", first)
	}
	texas := plain.Places("Paris, Texas")
	if texas[0].Country != "US" || texas[0].Admin1 != "Texas" || !strings.Contains(texas[0].Reason, "Texas stands beside it") {
		t.Errorf("Paris, Texas is %+v", texas[0])
	}
	id, ok := strings.CutPrefix(first[0].ID, "geonames:")
	if !ok {
		t.Fatalf("Paris has the id %s", first[0].ID)
	}
	r := New(Pack{Packs: []*lexicon.Pack{packOf(t,
		cairn.Place{ID: "v:1", Name: "Ville Lumière d'Essai", Country: "FR", Codes: map[string]string{"geonames": id}},
		cairn.Place{ID: "v:2", Name: "Paris", Country: "ZZ", Accuracy: cairn.Village},
	)}})
	if lent := r.Places("Ville Lumière d'Essai"); len(lent) != 1 || lent[0].ID != first[0].ID {
		t.Errorf("a name that a pack lends is of %+v", lent)
	}
	all := r.Places("Paris")
	at := -1
	for i, p := range all {
		if p.ID == "v:2" {
			at = i
		}
	}
	if all[0].ID != first[0].ID || at < 0 || !strings.Contains(all[at].Reason, "the project has packs of places of ZZ") {
		t.Errorf("with the pack Paris is %+v, and its own at %d", all[0], at)
	}
}
