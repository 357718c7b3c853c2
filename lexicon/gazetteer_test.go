package lexicon_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/lexicon"
)

// invented is a small country: three towns, two of them of one name.
func invented() []lexicon.NamedPlace {
	return []lexicon.NamedPlace{
		{Place: lexicon.Place{ID: "geonames:1", Name: "Qasr Marun", Country: "ZZ", Admin1: "Marun", Admin1Code: "ZZ.01", Feature: "PPL", Zone: "Asia/Damascus", Lat: -1.00001, Lon: 179.99999, Population: 900},
			Names: []string{"Qasr Marun", "Qaşr Mārūn", "قصر مارون", "Каср-Марун"}},
		{Place: lexicon.Place{ID: "geonames:2", Name: "Marun", Country: "ZZ", Admin1: "Marun", Admin1Code: "ZZ.01", Feature: "PPLA", Zone: "Asia/Damascus", Lat: 35.5, Lon: 38.25, Population: 120_000},
			Names: []string{"Marun", "al-Marun", "مارون"}},
		{Place: lexicon.Place{ID: "geonames:3", Name: "Marun", Country: "ZY", Feature: "PPL", Lat: 1, Lon: 2},
			Names: []string{"Marun", "Marun upon Selle"}},
		{Place: lexicon.Place{ID: "country:ZZ", Name: "Zedland", Country: "ZZ", Feature: "PCLI", Population: 4_000_000_000},
			Names: []string{"Zedland"}},
	}
}

func written(t testing.TB, places []lexicon.NamedPlace) string {
	t.Helper()
	var file bytes.Buffer
	if err := lexicon.WriteGazetteer(&file, places); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

func opened(t testing.TB, data string) *lexicon.Gazetteer {
	t.Helper()
	g, err := lexicon.OpenGazetteer(data)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGazetteerReadsWhatIsWritten(t *testing.T) {
	g := opened(t, written(t, invented()))
	for _, want := range invented() {
		got, ok := g.ByID(want.ID)
		if !ok || got != want.Place {
			t.Errorf("ByID(%s) = %+v, %v, want %+v", want.ID, got, ok, want.Place)
		}
	}
	for _, test := range []struct{ name, want string }{
		{"Marun", "geonames:2 geonames:3"},
		{"marun", "geonames:2 geonames:3"},
		{"QAŞR   MĀRŪN", "geonames:1"},
		{"Qasr-Marun", "geonames:1"},
		{"قَصر مارُون", "geonames:1"},
		{"каср марун", "geonames:1"},
		{"Al Marun", "geonames:2"},
		{"Marun upon Selle", "geonames:3"},
		{"Marun upon", ""},
		{"upon Selle", ""},
		{"Elsewhere", ""},
		{"", ""},
	} {
		var got []string
		for _, i := range g.PlaceOf(test.name) {
			got = append(got, g.Place(i).ID)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("PlaceOf(%q) = %q, want %q", test.name, got, test.want)
		}
	}
	if _, ok := g.ByID("geonames:4"); ok {
		t.Error("ByID found a place that nobody wrote")
	}
	if n := g.Population(0); n != 4_000_000_000 || g.Country(0) != "ZZ" || g.Feature(0) != "PCLI" {
		t.Errorf("the most populous place is %+v", g.Place(0))
	}
}

func TestShortFormsAreFoundApart(t *testing.T) {
	places := invented()
	places[3].Names = append(places[3].Names, lexicon.Abbreviated("ZED"))
	g := opened(t, written(t, places))
	m, ok := g.Find(lexicon.ShortForm([]byte("zed")))
	if !ok || m.Len() != 1 || g.Place(m.At(0)).ID != "country:ZZ" {
		t.Errorf("ZED is %d places", m.Len())
	}
	if found := g.PlaceOf("zed"); len(found) > 0 {
		t.Errorf("a short form is a name: %v", found)
	}
}

func TestFindSaysWhetherLongerNamesBegin(t *testing.T) {
	g := opened(t, written(t, invented()))
	for _, test := range []struct {
		words string
		found bool
		count int
		more  bool
	}{
		{"qasr", true, 0, true},
		{"qasr marun", true, 1, false},
		{"marun", true, 2, true},
		{"marun upon", true, 0, true},
		{"marun upon selle", true, 1, false},
		{"upon", false, 0, false},
	} {
		var k lexicon.Key
		for word := range strings.FieldsSeq(test.words) {
			k = k.Then([]byte(word)).Then(nil)
		}
		m, found := g.Find(k)
		if found != test.found || m.Len() != test.count || m.More() != test.more {
			t.Errorf("Find(%q) = %v, %d places, more %v; want %v, %d, %v", test.words, found, m.Len(), m.More(), test.found, test.count, test.more)
		}
		if m.At(m.Len()) != -1 || m.At(-1) != -1 {
			t.Errorf("Find(%q).At past its places finds one", test.words)
		}
	}
	if _, found := g.Find(0); found {
		t.Error("no words are a name")
	}
}

func TestWriteGazetteerRefuses(t *testing.T) {
	place := func(id, name string, people int) lexicon.NamedPlace {
		return lexicon.NamedPlace{Place: lexicon.Place{ID: id, Name: name, Population: people}, Names: []string{name}}
	}
	for _, test := range []struct {
		why    string
		places []lexicon.NamedPlace
	}{
		{"an identifier twice", []lexicon.NamedPlace{place("geonames:1", "A", 0), place("geonames:1", "B", 0)}},
		{"no identifier", []lexicon.NamedPlace{place("", "A", 0)}},
		{"a name too long", []lexicon.NamedPlace{place("geonames:1", strings.Repeat("a", 256), 0)}},
		{"fewer than nobody", []lexicon.NamedPlace{place("geonames:1", "A", -1)}},
	} {
		if err := lexicon.WriteGazetteer(&bytes.Buffer{}, test.places); err == nil {
			t.Errorf("%s: written", test.why)
		}
	}
}

func TestGazetteerIsOneFileWhateverTheOrder(t *testing.T) {
	places := invented()
	first := written(t, places)
	places[0], places[3] = places[3], places[0]
	if written(t, places) != first {
		t.Error("the same places in another order are another file")
	}
	g := opened(t, first)
	sum := sha256.Sum256([]byte(first[40:]))
	if want := "places-" + hex.EncodeToString(sum[:6]); g.Version() != want {
		t.Errorf("Version() = %s, want %s", g.Version(), want)
	}
}

func TestEmptyGazetteerKnowsNothing(t *testing.T) {
	var g lexicon.Gazetteer
	if _, found := g.Find(lexicon.KeyOf("Marun")); found || g.Built() || g.Version() != "places-none" || g.Place(0) != (lexicon.Place{}) {
		t.Error("a gazetteer that was not built answers")
	}
	if _, ok := g.ByID("country:ZZ"); ok {
		t.Error("a gazetteer that was not built knows a country")
	}
	if _, err := lexicon.OpenGazetteer("Built tables go here"); err == nil {
		t.Error("a file of another kind is opened")
	}
}

func TestBuiltinPlaces(t *testing.T) {
	g := lexicon.Places()
	if !g.Built() {
		t.Skip("the places are not built; run make places")
	}
	for _, test := range []struct{ name, id string }{
		{"Raqqa", "geonames:172955"},
		{"الرقة", "geonames:172955"},
		{"Ракка", "geonames:172955"},
		{"ar-Raqqah", "geonames:172955"},
		{"Raqqa Governorate", "admin1:SY.04"},
		{"Mosul", "geonames:99072"},
		{"الموصل", "geonames:99072"},
		{"Kharkiv", "geonames:706483"},
		{"Харків", "geonames:706483"},
		{"Харьков", "geonames:706483"},
		{"Gaza City", "geonames:281133"},
		{"غزة", "geonames:281133"},
		{"Gaza Strip", "admin1:PS.GZ"},
		{"Маріуполь", "geonames:701822"},
		{"Deir al-Zour", "geonames:170794"},
		{"Deir Ezzor", "geonames:170794"},
		{"el-Hawija", "geonames:390188"},
		{"Hawija", "geonames:390188"},
		{"San Salvador", "geonames:3583361"},
		{"El Fasher", "geonames:379555"},
		{"Sana'a", "geonames:71137"},
		{"Syria", "country:SY"},
		{"سوريا", "country:SY"},
		{"Україна", "country:UA"},
		{"Siria", "country:SY"},
		{"Côte d’Ivoire", "country:CI"},
		{"Palestine", "country:PS"},
	} {
		var found []string
		for _, i := range g.PlaceOf(test.name) {
			found = append(found, g.Place(i).ID)
		}
		if !strings.Contains(" "+strings.Join(found, " ")+" ", " "+test.id+" ") {
			t.Errorf("PlaceOf(%q) = %v, without %s", test.name, found, test.id)
		}
	}
	raqqa, _ := g.ByID("geonames:172955")
	want := lexicon.Place{ID: "geonames:172955", Name: "Ar Raqqah", Country: "SY", Admin1: "Raqqa", Admin1Code: "SY.04", Feature: "PPLA",
		Zone: "Asia/Damascus", Lat: 35.95283, Lon: 39.00788, Population: 177636}
	if raqqa != want {
		t.Errorf("Raqqa is %+v, want %+v", raqqa, want)
	}
	for _, noise := range []string{"123", "OSM", "of", "us"} {
		if found := g.PlaceOf(noise); len(found) > 0 {
			t.Errorf("%q is called a place: %+v", noise, g.Place(found[0]))
		}
	}
}

// TestLookupsAllocateNothing holds both the reading of the table and that the
// built-in file is used where it lies.
func TestLookupsAllocateNothing(t *testing.T) {
	g := opened(t, written(t, invented()))
	if lexicon.Places().Built() {
		g = lexicon.Places()
	}
	words := [][]byte{[]byte("qasr"), []byte("marun")}
	if n := testing.AllocsPerRun(100, func() {
		var k lexicon.Key
		for _, w := range words {
			k = k.Then(w)
			if m, ok := g.Find(k); ok && m.Len() > 0 {
				_ = g.Place(m.At(0))
			}
		}
		g.ByID("country:SY")
	}); n > 0 {
		t.Errorf("a lookup allocates %v times", n)
	}
}

func FuzzGazetteer(f *testing.F) {
	whole := written(f, invented())
	f.Add([]byte(whole), "Qasr Marun", int32(1))
	f.Add([]byte(whole[:len(whole)/2]), "Marun", int32(0))
	f.Add([]byte(whole[:96]), "", int32(-1))
	f.Fuzz(func(t *testing.T, data []byte, name string, i int32) {
		g, err := lexicon.OpenGazetteer(string(data))
		if err != nil {
			return
		}
		for _, p := range g.PlaceOf(name) {
			g.Place(p)
			g.Population(p)
		}
		for _, word := range strings.Fields(name) {
			m, _ := g.Find(lexicon.KeyOf(word))
			m.At(m.Len() - 1)
		}
		p := g.Place(i)
		g.ByID(p.ID)
		g.Country(i)
		_ = g.Version()
	})
}

func ExampleGazetteer_Find() {
	var file bytes.Buffer
	if err := lexicon.WriteGazetteer(&file, invented()); err != nil {
		fmt.Println(err)
		return
	}
	g, _ := lexicon.OpenGazetteer(file.String())
	var k lexicon.Key
	for _, word := range []string{"Marun", "upon", "Selle"} {
		k = k.Then([]byte(lexicon.Fold(word)))
		m, _ := g.Find(k)
		fmt.Println(word, m.Len(), m.More())
	}
	// Output:
	// Marun 2 true
	// upon 0 true
	// Selle 1 false
}

// BenchmarkFind looks words up as a text brings them: most are no name.
func BenchmarkFind(b *testing.B) {
	g := lexicon.Places()
	if !g.Built() {
		b.Skip("the places are not built; run make places")
	}
	var words [][]byte
	for word := range strings.FieldsSeq("at least seven people were killed when shells hit the market of Deir ez Zor on Monday the hospital in Raqqa said while Kharkiv was struck by drones overnight and rescuers searched the rubble") {
		words = append(words, []byte(lexicon.Fold(word)))
	}
	found := 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if m, ok := g.Find(lexicon.Key(0).Then(words[i%len(words)])); ok {
			found += m.Len()
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
}

// BenchmarkFindFar looks up ever other names, so that each comes from memory and
// not from a cache.
func BenchmarkFindFar(b *testing.B) {
	g := lexicon.Places()
	if !g.Built() {
		b.Skip("the places are not built; run make places")
	}
	var word [8]byte
	for i := 0; b.Loop(); i++ {
		n := uint64(i) * 0x9E3779B97F4A7C15
		for j := range word {
			word[j] = 'a' + byte(n>>(8*j))%26
		}
		g.Find(lexicon.Key(0).Then(word[:]))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
}
