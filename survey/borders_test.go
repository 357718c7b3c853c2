package survey

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// written writes lines as a table would: points parted by blanks, lines by a bar.
func written(lines [][][2]float64) string {
	var all []string
	for _, line := range lines {
		var points []string
		for _, p := range line {
			points = append(points, fmt.Sprintf("%v,%v", p[0], p[1]))
		}
		all = append(all, strings.Join(points, " "))
	}
	return strings.Join(all, " | ")
}

func featureOf(geometry, coordinates, properties string) string {
	return `{"type":"Feature","properties":{` + properties + `},"geometry":{"type":"` + geometry + `","coordinates":` + coordinates + `}}`
}

func collected(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",\n") + `]}`
}

func TestBorders(t *testing.T) {
	west, east := featureOf("Polygon", `[[[0,0],[2,0],[2,2],[0,2],[0,0]]]`, `"name":"Westmark"`), `[[[2,0],[4,0],[4,2],[2,2],[2,0]]]`
	for _, test := range []struct{ name, file, settled, disputed, provinces string }{
		{"one line", featureOf("LineString", `[[10,50],[11,51.00004]]`, ``), "10,50 11,51", "", ""},
		{"several lines", featureOf("MultiLineString", `[[[1,1],[2,2]],[[3,3],[4,4]]]`, ``), "1,1 2,2 | 3,3 4,4", "", ""},
		{"a height is left out", featureOf("LineString", `[[10,50,300],[11,51,310]]`, ``), "10,50 11,51", "", ""},
		{"a line that is disputed", featureOf("LineString", `[[1,1],[2,2]]`, `"disputed":true`), "", "1,1 2,2", ""},
		{"disputed as OpenStreetMap says it", featureOf("LineString", `[[1,1],[2,2]]`, `"disputed":"yes"`), "", "1,1 2,2", ""},
		{"disputed as Natural Earth says it", featureOf("LineString", `[[1,1],[2,2]]`, `"FEATURECLA":"Line of control (please verify)"`), "", "1,1 2,2", ""},
		{"not disputed, and says so", featureOf("LineString", `[[1,1],[2,2]]`, `"disputed":"no","featurecla":"International boundary (verify)"`), "1,1 2,2", "", ""},
		{"what two areas share stands once", collected(west, featureOf("Polygon", east, ``)), "0,0 2,0 2,2 0,2 0,0 | 2,0 4,0 4,2 2,2", "", ""},
		{"what one of two areas disputes is disputed", collected(west, featureOf("Polygon", east, `"disputed":1`)), "0,0 2,0 | 2,2 0,2 0,0", "2,0 4,0 4,2 2,2 2,0", ""},
		{"an area within another", featureOf("Polygon", `[[[0,0],[9,0],[9,9],[0,0]],[[3,1],[4,1],[4,2],[3,1]]]`, ``), "0,0 9,0 9,9 0,0 | 3,1 4,1 4,2 3,1", "", ""},
		{"capitals beside borders", collected(featureOf("Point", `[1,1]`, ``), featureOf("LineString", `[[1,1],[2,2]]`, ``)), "1,1 2,2", "", ""},
		{"provinces as OpenStreetMap says it", featureOf("LineString", `[[1,1],[2,2]]`, `"boundary":"administrative","admin_level":"4"`), "", "", "1,1 2,2"},
		{"provinces as Natural Earth says it", featureOf("LineString", `[[1,1],[2,2]]`, `"FEATURECLA":"Admin-1 boundary"`), "", "", "1,1 2,2"},
		{"a country, as OpenStreetMap says it", featureOf("LineString", `[[1,1],[2,2]]`, `"admin_level":"2"`), "1,1 2,2", "", ""},
		{"what is a border too is that alone", collected(featureOf("LineString", `[[1,1],[2,2],[3,3]]`, `"admin_level":"4"`), featureOf("LineString", `[[1,1],[2,2]]`, ``)), "1,1 2,2", "", "2,2 3,3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, err := Borders("borders.geojson", []byte(test.file))
			if err != nil {
				t.Fatal(err)
			}
			if got := written(b.Settled); got != test.settled {
				t.Errorf("the settled are %q, want %q", got, test.settled)
			}
			if got := written(b.Disputed); got != test.disputed {
				t.Errorf("the disputed are %q, want %q", got, test.disputed)
			}
			if got := written(b.Provinces); got != test.provinces {
				t.Errorf("the provinces are %q, want %q", got, test.provinces)
			}
		})
	}
}

func TestFilesThatAreNoBorders(t *testing.T) {
	long := strings.Builder{}
	for i := range mostBorderPoints + 2 {
		fmt.Fprintf(&long, ",[%d.%04d,1]", i/10000, i%10000)
	}
	for _, test := range []struct{ name, file, says, hint string }{
		{"no JSON", "PK\x03\x04", "borders.geojson:1: is no GeoJSON", ""},
		{"points alone", collected(featureOf("Point", `[1,1]`, ``)), "holds no line and no area", ""},
		{"metres in the place of degrees", collected(featureOf("LineString", `[[1,1],[2,2]]`, ``), featureOf("LineString", `[[4512345,312345],[4512346,312346]]`, ``)), "borders.geojson:2: coordinates: 4.512345e+06, 312345 is no longitude and latitude", "EPSG:4326"},
		{"TopoJSON", `{"type":"Topology","arcs":[]}`, "neither features nor one feature", ""},
		{"a geometry that there is not", featureOf("Curve", `[[1,1],[2,2]]`, ``), `no geometry is called "Curve"`, ""},
		{"more than a reader should load", featureOf("LineString", "["+long.String()[1:]+"]", ``), "more than the", "simplify"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Borders("borders.geojson", []byte(test.file))
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("it says %v, want %q", err, test.says)
			}
			var hint cairn.Hint
			if errors.As(err, &hint) != (test.hint != "") || !strings.Contains(hint.Hint, test.hint) {
				t.Errorf("it advises %q, want %q", hint.Hint, test.hint)
			}
		})
	}
}

func FuzzBorders(f *testing.F) {
	f.Add([]byte(collected(featureOf("LineString", `[[1,1],[2,2]]`, `"disputed":true`), featureOf("Polygon", `[[[0,0],[2,0],[2,2],[0,0]]]`, ``))))
	f.Add([]byte(`{"type":"Feature","geometry":null}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := Borders("f", content)
		if err != nil {
			return
		}
		for _, line := range append(b.Settled, b.Disputed...) {
			if len(line) < 2 {
				t.Errorf("a line of %d points", len(line))
			}
		}
	})
}
