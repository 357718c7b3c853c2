package lexicon_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/lexicon"
)

func packed(t testing.TB, entries ...lexicon.Entry) string {
	t.Helper()
	var file strings.Builder
	if err := lexicon.WritePack(&file, entries); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

func entry(id, same, kept string, names ...string) lexicon.Entry {
	return lexicon.Entry{NamedPlace: lexicon.NamedPlace{Place: lexicon.Place{ID: id, Name: names[0], Country: "ZZ", Feature: "PPL", Lat: 10, Lon: 50}, Names: names},
		SameAs: same, Kept: []byte(kept)}
}

func TestAPackKeepsWhatItIsGiven(t *testing.T) {
	a, b := entry("v:2", "geonames:7", `{"id":"v:2"}`, "Tel Marun", "تل مارون"), entry("v:1", "", "", "Orvane")
	file := packed(t, a, b)
	if file != packed(t, b, a) {
		t.Error("the order of the places moves bytes")
	}
	p, err := lexicon.OpenPack(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Tel Marun", "تل مارون", "tel-marun"} {
		at := p.PlaceOf(name)
		if len(at) != 1 || p.Place(at[0]).ID != "v:2" || p.SameAs(at[0]) != "geonames:7" || p.Kept(at[0]) != `{"id":"v:2"}` {
			t.Errorf("%s: %v", name, at)
		}
	}
	if at := p.PlaceOf("Orvane"); len(at) != 1 || p.SameAs(at[0]) != "" || p.Kept(at[0]) != "" {
		t.Errorf("Orvane: %v", at)
	}
}

func atlas(t testing.TB, packs ...string) *lexicon.Atlas {
	t.Helper()
	var file bytes.Buffer
	base := []lexicon.NamedPlace{
		{Place: lexicon.Place{ID: "geonames:7", Name: "Marun", Country: "ZZ", Feature: "PPLC", Population: 90_000}, Names: []string{"Marun"}},
		{Place: lexicon.Place{ID: "geonames:8", Name: "Marun", Country: "ZY", Feature: "PPL", Population: 700}, Names: []string{"Marun"}},
	}
	if err := lexicon.WriteGazetteer(&file, base); err != nil {
		t.Fatal(err)
	}
	g, err := lexicon.OpenGazetteer(file.String())
	if err != nil {
		t.Fatal(err)
	}
	var opened []*lexicon.Pack
	for _, data := range packs {
		p, err := lexicon.OpenPack(data)
		if err != nil {
			t.Fatal(err)
		}
		opened = append(opened, p)
	}
	return lexicon.NewAtlas(g, opened...)
}

func TestAnAtlasKnowsThePlacesOfItsPacks(t *testing.T) {
	one := packed(t, entry("v:1", "geonames:7", "1", "Marun", "Maroun el Qasr"), entry("v:2", "", "2", "Marun"))
	two := packed(t, entry("w:1", "", "3", "Marun"), entry("w:2", "geonames:none", "4", "Tarn Bridge North"))
	a := atlas(t, one, two)
	for _, test := range []struct {
		name string
		want []string
	}{
		{"Marun", []string{"geonames:7", "geonames:8", "v:2", "w:1"}},
		{"Maroun el Qasr", []string{"geonames:7"}},
		{"Tarn Bridge North", []string{"w:2"}},
		{"nowhere", nil},
	} {
		c, _ := a.Find(lexicon.KeyOf(test.name))
		var got []string
		for i := range c.Len() {
			got = append(got, a.Place(c.At(i)).ID)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s is %v, want %v", test.name, got, test.want)
		}
	}
	if c, ok := a.Find(lexicon.KeyOf("Tarn Bridge")); !ok || c.Len() != 0 || !c.More() {
		t.Error("the beginning of a name of a pack is not known as one")
	}
	if a.Home("ZZ") != 4 || a.Home("ZY") != 0 {
		t.Errorf("at home in ZZ %d times, in ZY %d", a.Home("ZZ"), a.Home("ZY"))
	}
	c, _ := a.Find(lexicon.KeyOf("Tarn Bridge North"))
	if kept, ok := a.Kept(c.At(0)); !ok || kept != "4" {
		t.Errorf("keeps %q", kept)
	}
	if _, ok := a.Kept(0); ok {
		t.Error("a built-in place is of a pack")
	}
	if v := atlas(t, one).Version(); v == a.Version() || v == atlas(t).Version() {
		t.Errorf("other packs have the version %s", v)
	}
}

func FuzzPack(f *testing.F) {
	f.Add(packed(f, entry("v:2", "geonames:7", `{"id":"v:2"}`, "Tel Marun", "تل مارون"), entry("v:1", "", "", "Orvane")))
	f.Add("cairnpk1\x00\x00\x00\x00")
	f.Fuzz(func(t *testing.T, data string) {
		p, err := lexicon.OpenPack(data)
		if err != nil {
			return
		}
		for i := range int32(min(p.Len(), 100)) {
			p.SameAs(i)
			p.Kept(i)
			p.Place(i)
		}
		a := lexicon.NewAtlas(&lexicon.Gazetteer{}, p)
		c, _ := a.Find(lexicon.KeyOf("Tel Marun"))
		for i := range c.Len() {
			a.Place(c.At(i))
			a.Kept(c.At(i))
		}
	})
}
