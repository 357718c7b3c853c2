package survey_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/survey"
)

// read surveys one file, which must be readable as a whole.
func read(t testing.TB, o survey.Options, file, content string) ([]cairn.Place, []string) {
	t.Helper()
	s := survey.New(o)
	if err := s.Read(file, []byte(content)); err != nil {
		t.Fatal(err)
	}
	places, faults := s.Places()
	var said []string
	for _, f := range faults {
		said = append(said, f.Error())
	}
	return places, said
}

// line writes a place as one line of what a recorder would look at.
func line(p cairn.Place) string {
	at := "no point"
	if p.Point != nil {
		at = fmt.Sprintf("%.2f %.2f", p.Point.Lat, p.Point.Lon)
	}
	names := ""
	for _, lang := range []string{"ar", "en", "uk"} {
		if n := p.Names[lang]; n != "" {
			names += " " + lang + "=" + n
		}
	}
	return fmt.Sprintf("%s %s%s %v | %s %s %s | %s | in %s | %s", p.ID, p.Name, names, p.Aliases, p.Country, p.Admin1, p.Accuracy, at, strings.Join(p.Within, ","), p.Origin)
}

func TestTablesOfPlaces(t *testing.T) {
	for _, test := range []struct {
		name    string
		options survey.Options
		content string
		want    []string
	}{
		{"usual headers", survey.Options{Source: "Vale Survey"},
			"id,name,name_ar,aliases,latitude,longitude,type,country,parent\n" +
				"v:1,Marun Valley,وادي مارون,,10.2,50.3,admin1,ZZ,\n" +
				"v:2,Tel Marun,تل مارون,Tell Maroun|Til Marun,10.25,50.31,town,zz,v:1\n",
			[]string{
				"v:1 Marun Valley ar=وادي مارون [] | ZZ Marun Valley admin1 | 10.20 50.30 | in country:ZZ | Vale Survey",
				"v:2 Tel Marun ar=تل مارون [Tell Maroun Til Marun] | ZZ Marun Valley town | 10.25 50.31 | in v:1,country:ZZ | Vale Survey",
			}},
		{"semicolons, a decimal comma, the country in words, a byte order mark", survey.Options{},
			"\uFEFFPlace name;Lat;Long;Country;Kind\nOrvane;10,5;50,5;Ukraine;village\n",
			[]string{"place:7fa7200ffb Orvane [] | UA  village | 10.50 50.50 | in country:UA | "}},
		{"a column map", survey.Options{Columns: map[string]string{"name": "Where", "lat": "N", "lon": "E", "names.ar": "Local"}},
			"Where,Local,N,E\nTarn Bridge,جسر تارن,10.1,50.1\n",
			[]string{"place:10b7acae20 Tarn Bridge ar=جسر تارن [] |    | 10.10 50.10 | in  | "}},
		{"names parted by bars, codes, a parent by its names", survey.Options{},
			"id,name,names_en,names_ar,lat,lon,type,country,parent,pcode,other_ids\n" +
				"ocha:ZZ01,North,North,شمال,10,50,admin1,ZZ,,ZZ01,\n" +
				"ocha:ZZ0101,Orvane,Orvane|Orvan,اورفان,10.1,50.1,admin2,ZZ,North,ZZ0101,gn:id=7;wd:id=Q7\n" +
				"ocha:N1,Old Quarter,,,,,neighbourhood,ZZ,Orvane > North,N1,\n",
			[]string{
				"ocha:N1 Old Quarter [] | ZZ North neighbourhood | no point | in ocha:ZZ0101,ocha:ZZ01,country:ZZ | OCHA",
				"ocha:ZZ01 North ar=شمال en=North [] | ZZ North admin1 | 10.00 50.00 | in country:ZZ | OCHA",
				"ocha:ZZ0101 Orvane ar=اورفان en=Orvane [Orvan] | ZZ North district | 10.10 50.10 | in ocha:ZZ01,country:ZZ | OCHA",
			}},
		{"levels of OCHA in one row", survey.Options{},
			"ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,LAT,LON\n" +
				"Zumra,ZZ,North,شمال,ZZ01,Orvane,اورفان,ZZ0101,10.1,50.1\n" +
				"Zumra,ZZ,North,شمال,ZZ01,Tarn,تارن,ZZ0102,10.2,50.2\n",
			[]string{
				"ocha:ZZ Zumra en=Zumra [] | ZZ  country | no point | in  | OCHA",
				"ocha:ZZ01 North ar=شمال en=North [] | ZZ North admin1 | no point | in ocha:ZZ,country:ZZ | OCHA",
				"ocha:ZZ0101 Orvane ar=اورفان en=Orvane [] | ZZ North district | 10.10 50.10 | in ocha:ZZ01,ocha:ZZ,country:ZZ | OCHA",
				"ocha:ZZ0102 Tarn ar=تارن en=Tarn [] | ZZ North district | 10.20 50.20 | in ocha:ZZ01,ocha:ZZ,country:ZZ | OCHA",
			}},
		{"a table of Who's On First", survey.Options{},
			"deprecated,geom_latitude,geom_longitude,id,iso,iso_country,name,parent_id,placetype,source,superseded_by\n" +
				",10,50,85,,ZZ,North,1,region,quattro,\n,10.1,50.1,86,,ZZ,Orvane,85,locality,quattro,\n",
			[]string{
				"wof:85 North [] | ZZ North admin1 | 10.00 50.00 | in country:ZZ | Who's On First",
				"wof:86 Orvane [] | ZZ North village | 10.10 50.10 | in wof:85,country:ZZ | Who's On First",
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			places, faults := read(t, test.options, "places.csv", test.content)
			if len(faults) > 0 {
				t.Errorf("faults: %q", faults)
			}
			same(t, places, test.want)
		})
	}
}

func same(t *testing.T, places []cairn.Place, want []string) {
	t.Helper()
	var got []string
	for _, p := range places {
		got = append(got, line(p))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFeatures(t *testing.T) {
	square := `{"type":"Polygon","coordinates":[[[50,10],[52,10],[52,12],[50,12],[50,10]]]}`
	for _, test := range []struct {
		name, content string
		want          []string
		bounds        cairn.Bounds
	}{
		{"a point", `{"type":"FeatureCollection","features":[{"type":"Feature","id":"v:1","properties":{"name":"Orvane","name:ar":"اورفان","country":"ZZ","type":"village"},
			"geometry":{"type":"Point","coordinates":[50.1,10.1]}}]}`,
			[]string{"v:1 Orvane ar=اورفان [] | ZZ  village | 10.10 50.10 | in country:ZZ | "}, cairn.Bounds{}},
		{"an area, by its centroid", `{"type":"Feature","id":"v:2","properties":{"name":"North","type":"admin1","country":"ZZ"},"geometry":` + square + `}`,
			[]string{"v:2 North [] | ZZ North admin1 | 11.00 51.00 | in country:ZZ | "}, cairn.Bounds{South: 10, West: 50, North: 12, East: 52}},
		{"areas, by the largest", `{"type":"Feature","id":"v:3","properties":{"name":"Isles"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[0.1,0],[0.1,0.1],[0,0]]],[[[50,10],[52,10],[52,12],[50,12],[50,10]]]]}}`,
			[]string{"v:3 Isles [] |    | 11.00 51.00 | in  | "}, cairn.Bounds{South: 0, West: 0, North: 12, East: 52}},
		{"a feature of OpenStreetMap", `{"type":"Feature","properties":{"osm_id":7,"name":"Old Quarter","name:ar":"الحي القديم","place":"quarter","population":"1,200"},"geometry":{"type":"Point","coordinates":[50.1,10.1]}}`,
			[]string{"place:7 Old Quarter ar=الحي القديم [] |   neighbourhood | 10.10 50.10 | in  | "}, cairn.Bounds{}},
		{"a feature of Who's On First", `{"id":86,"type":"Feature","properties":{"wof:id":86,"wof:name":"Orvane","wof:placetype":"locality","wof:country":"ZZ","wof:parent_id":-1,
			"name:ara_x_preferred":["اورفان"],"name:eng_x_preferred":["Orvane"],"name:eng_x_variant":["Orvan","Urvane"],"geom:latitude":10.1,"geom:longitude":50.1,
			"geom:bbox":"50.0,10.0,50.2,10.2","wof:concordances":{"gn:id":7,"wd:id":"Q7"}},"geometry":{"type":"Point","coordinates":[50.1,10.1]}}`,
			[]string{"wof:86 Orvane ar=اورفان en=Orvane [Orvan Urvane] | ZZ  village | 10.10 50.10 | in country:ZZ | Who's On First"},
			cairn.Bounds{South: 10, West: 50, North: 10.2, East: 50.2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			places, faults := read(t, survey.Options{}, "places.geojson", test.content)
			if len(faults) > 0 {
				t.Errorf("faults: %q", faults)
			}
			same(t, places, test.want)
			if b := places[0].Bounds; b != nil && *b != test.bounds || b == nil && test.bounds != (cairn.Bounds{}) {
				t.Errorf("its bounds are %v", b)
			}
		})
	}
}

func TestARowAtFaultIsToldAndTheRestGoesIn(t *testing.T) {
	content := "id,name,lat,lon,country,accuracy,population\n" +
		"v:1,Orvane,10,50,ZZ,town,700\n" +
		"v:2,,10,50,ZZ,,\n" +
		"v:3,Tarn,95,50,ZZ,,\n" +
		"v:4,Tarn,10,,ZZ,,\n" +
		"v:5,Tarn,north,50,ZZ,,\n" +
		"v:6,Tarn,0,0,ZZ,,\n" +
		"v:7,Tarn,10,50,Nowhereland,,\n" +
		"v:8,Tarn,10,50,ZZ,about,\n" +
		"v:9,Tarn,10,50,ZZ,,many\n" +
		"v:1,Other,10,50,ZZ,,\n" +
		"v:1,Orvane,10,50,ZZ,town,700\n" +
		"v:10,\"Tarn\nBridge\",10.1,50.1,ZZ,,\n"
	places, faults := read(t, survey.Options{}, "p.csv", content)
	same(t, places, []string{"v:1 Orvane [] | ZZ  town | 10.00 50.00 | in country:ZZ | ", "v:10 Tarn Bridge [] | ZZ   | 10.10 50.10 | in country:ZZ | "})
	want := []string{
		"p.csv:3: name: is missing",
		"p.csv:4: lat: want degrees from -90 to 90, not 95; are latitude and longitude swapped?",
		"p.csv:5: lon: is missing, while the other coordinate is there",
		"p.csv:6: lat: want degrees, such as 35.95, not \"north\"",
		"p.csv:7: lat: 0, 0 is what stands where nobody entered a point; leave both empty where it is not known",
		"p.csv:8: country: no country is called \"Nowhereland\"; want its ISO code, such as SY",
		"p.csv:9: accuracy: no accuracy is called \"about\"; want one of exact, street, landmark, neighbourhood, village, town, city, subdistrict, district, admin1, country",
		"p.csv:10: population: want a number of people, not \"many\"",
		"p.csv:11: id: the place v:1 stood in line 2 already, and not alike",
	}
	if !slices.Equal(faults, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(faults, "\n"), strings.Join(want, "\n"))
	}
}

func TestAFileThatIsNoneIsRefusedWhole(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"nothing", "", "x: has no row of headers"},
		{"no name", "a,b\n1,2\n", "no column is known for the name"},
		{"another character set", "name\nT\xe9l\n", "x:2: is no text in UTF-8"},
		{"broken off", "{\"type\":\"FeatureCollection\",\n\"features\":[{\"type\":", "is no GeoJSON"},
		{"another object", `{"a":1}`, "neither features nor one feature"},
		{"a broken archive", "\x1f\x8b\x00", "does not unpack"},
	} {
		err := survey.New(survey.Options{}).Read("x", []byte(test.content))
		if err == nil || !strings.Contains(strings.Replace(err.Error(), "x:1: ", "x: ", 1), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	err := survey.New(survey.Options{Columns: map[string]string{"name": "Where"}}).Read("x", []byte("a,b\n"))
	if err == nil || err.Error() != "x:1: name: there is no column Where; there is a, b" {
		t.Errorf("a column that is not there: %v", err)
	}
}

func TestGzipIsUnpackedAndWhatStandsIsRestedOn(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	fmt.Fprint(w, "id,name,parent,country,type\nv:2,Orvane,v:1,ZZ,village\n")
	w.Close()
	s := survey.New(survey.Options{})
	s.Know(cairn.Place{ID: "v:1", Name: "North", Country: "ZZ", Accuracy: cairn.Admin1})
	if err := s.Read("p.csv.gz", packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	places, _ := s.Places()
	same(t, places, []string{"v:2 Orvane [] | ZZ North village | no point | in v:1,country:ZZ | "})
}

func TestAPackGivesItsPlacesBack(t *testing.T) {
	places, _ := read(t, survey.Options{Licence: "CC0"}, "p.csv", "id,name,name_ar,aliases,lat,lon,type,country\nv:2,Orvane,اورفان,ORV|Urvane,10,50,town,ZZ\nv:1,North,,,,,admin1,ZZ\n")
	pack, err := survey.Pack(places)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(places)
	again, err := survey.Pack(places)
	if err != nil || !bytes.Equal(pack, again) {
		t.Errorf("the order of places moves bytes, or %v", err)
	}
	got, err := survey.Unpack(pack)
	slices.Reverse(places)
	if err != nil || form(t, got) != form(t, places) {
		t.Errorf("%v: got %s\nwant %s", err, form(t, got), form(t, places))
	}
	if _, err := survey.Unpack([]byte("odd")); err == nil {
		t.Error("what is no pack was unpacked")
	}
}

func form(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestRealPacks reads the packs at hand, which are no part of the project.
func TestRealPacks(t *testing.T) {
	files, err := filepath.Glob("../../shared/eval/gazetteer/*.csv*")
	if err != nil || len(files) == 0 {
		t.Skip("no packs of places at hand")
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		places, faults := read(t, survey.Options{}, filepath.Base(file), string(content))
		if len(places) < 19 || len(faults)*100 > len(places) {
			t.Errorf("%s: %d places, %d faults", file, len(places), len(faults))
		}
		if _, err := survey.Pack(places); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id,name,lat,lon\nv:1,Orvane,10,50\n")
	f.Add("ADM1_EN;ADM1_PCODE\nNorth;ZZ01\n")
	f.Add(`{"type":"Feature","properties":{"name":"North","wof:id":7,"geom:bbox":"1,2,3,4"},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6]]]}}`)
	f.Fuzz(func(t *testing.T, content string) {
		s := survey.New(survey.Options{})
		if s.Read("x", []byte(content)) != nil {
			return
		}
		places, _ := s.Places()
		for _, p := range places {
			if p.ID == "" || p.Name == "" || p.Point != nil && (p.Point.Lat < -90 || p.Point.Lat > 90) {
				t.Fatalf("a place that cannot be: %+v", p)
			}
		}
		pack, err := survey.Pack(places)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := survey.Unpack(pack); err != nil || len(got) != len(places) {
			t.Fatalf("of %d places a pack gives %d back: %v", len(places), len(got), err)
		}
	})
}
