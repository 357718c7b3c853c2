package survey

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// mostBorderPoints is how many points borders may have: what every reader of a map
// loads with it.
const mostBorderPoints = 60_000

// Borders returns the borders of a GeoJSON file: its lines and the outlines of its
// areas, each piece once. A feature is disputed where its property disputed says
// so (true, yes or 1), or boundary is "disputed", or featurecla, as Natural Earth
// has it, names a line that is disputed, indefinite, of control, or of a breakaway
// area. A piece that one feature disputes is disputed. A feature is of provinces
// where its property admin_level is 4, as OpenStreetMap has it, or featurecla names
// Admin-1; a piece that is a border too is that alone.
func Borders(file string, content []byte) (cairn.Borders, error) {
	t := tracing{file: file, drawn: map[[4]float64]bool{}}
	var settled, contested, provinces []outline
	err := eachFeature(file, content, func(line int, f feature) error {
		lines, err := outlinesOf(f.Geometry)
		if err != nil {
			return cairn.Invalid{File: file, Line: line, Field: "geometry", Reason: err.Error()}
		}
		into := &settled
		switch {
		case isDisputed(f.Properties):
			into = &contested
		case isProvince(f.Properties):
			into = &provinces
		}
		*into = append(*into, outline{line, lines})
		return nil
	})
	if err != nil {
		return cairn.Borders{}, err
	}
	b := cairn.Borders{Disputed: [][][2]float64{}, Settled: [][][2]float64{}}
	if b.Disputed, err = t.pieces(contested, b.Disputed); err == nil {
		b.Settled, err = t.pieces(settled, b.Settled)
	}
	if err == nil {
		b.Provinces, err = t.pieces(provinces, nil)
	}
	switch {
	case err != nil:
		return b, err
	case !b.Own() && len(b.Provinces) == 0:
		return b, cairn.Invalid{File: file, Reason: "holds no line and no area: give borders as LineString, MultiLineString, Polygon or MultiPolygon"}
	case len(t.drawn) > mostBorderPoints:
		return b, cairn.Hint{Err: cairn.Invalid{File: file, Reason: fmt.Sprintf("has %d pieces of line, more than the %d that a reader should load", len(t.drawn), mostBorderPoints)},
			Hint: "simplify it, for instance with `mapshaper FILE -simplify 10% -o OUT.geojson`"}
	}
	return b, nil
}

// An outline is the lines of one feature, and the line of the file that it begins
// in.
type outline struct {
	line  int
	lines [][][]float64
}

// A tracing draws every piece of line once.
type tracing struct {
	file  string
	drawn map[[4]float64]bool
}

// pieces adds to the lines of outlines, without what was drawn before.
func (t *tracing) pieces(of []outline, to [][][2]float64) ([][][2]float64, error) {
	for _, o := range of {
		for _, line := range o.lines {
			points, err := traced(line)
			if err != nil {
				return to, cairn.Hint{Err: cairn.Invalid{File: t.file, Line: o.line, Field: "coordinates", Reason: err.Error()},
					Hint: "GeoJSON wants longitude, then latitude, in degrees of WGS 84: `ogr2ogr -t_srs EPSG:4326 OUT.geojson FILE` makes them so"}
			}
			to = t.trace(points, to)
		}
	}
	return to, nil
}

// trace adds one line, cut where a piece of it was drawn before.
func (t *tracing) trace(points [][2]float64, to [][][2]float64) [][][2]float64 {
	var part [][2]float64
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if a == b {
			continue
		}
		key := [4]float64{a[0], a[1], b[0], b[1]}
		if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
			key = [4]float64{b[0], b[1], a[0], a[1]}
		}
		if t.drawn[key] {
			to, part = ended(to, part), nil
			continue
		}
		t.drawn[key] = true
		if part == nil {
			part = append(part, a)
		}
		part = append(part, b)
	}
	return ended(to, part)
}

func ended(to [][][2]float64, part [][2]float64) [][][2]float64 {
	if len(part) < 2 {
		return to
	}
	return append(to, part)
}

// traced returns points of longitude and latitude, to the fourth place: eleven
// metres.
func traced(line [][]float64) ([][2]float64, error) {
	var points [][2]float64
	for _, p := range line {
		switch {
		case len(p) < 2:
			return nil, errors.New("a point has a longitude and a latitude")
		case math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90:
			return nil, fmt.Errorf("%v, %v is no longitude and latitude", p[0], p[1])
		}
		points = append(points, [2]float64{math.Round(p[0]*1e4) / 1e4, math.Round(p[1]*1e4) / 1e4})
	}
	return points, nil
}

// outlinesOf returns the lines of a geometry and every ring of its areas; none of a
// point, or where there is no geometry.
func outlinesOf(raw json.RawMessage) ([][][]float64, error) {
	g, err := geometryOf(raw)
	if err != nil || g == nil {
		return nil, err
	}
	var lines [][][]float64
	switch g.Type {
	case "Point", "MultiPoint":
		return nil, nil
	case "GeometryCollection":
		for _, one := range g.Geometries {
			more, err := outlinesOf(one)
			if err != nil {
				return nil, err
			}
			lines = append(lines, more...)
		}
		return lines, nil
	case "Polygon":
		return lines, json.Unmarshal(g.Coordinates, &lines)
	case "MultiPolygon":
		var areas [][][][]float64
		err := json.Unmarshal(g.Coordinates, &areas)
		for _, a := range areas {
			lines = append(lines, a...)
		}
		return lines, err
	}
	return linesOf(g.Type, g.Coordinates)
}

// isProvince reports whether the properties of a feature say that it is of a
// first-level area.
func isProvince(properties map[string]json.RawMessage) bool {
	for name, value := range properties {
		said := strings.ToLower(strings.Trim(string(value), `" `))
		switch strings.ToLower(name) {
		case "admin_level":
			if said == "4" {
				return true
			}
		case "featurecla":
			if strings.Contains(said, "admin-1") {
				return true
			}
		}
	}
	return false
}

// isDisputed reports whether the properties of a feature say that it is disputed.
func isDisputed(properties map[string]json.RawMessage) bool {
	for name, value := range properties {
		said := strings.ToLower(strings.Trim(string(value), `" `))
		switch strings.ToLower(name) {
		case "disputed":
			if said == "true" || said == "yes" || said == "1" {
				return true
			}
		case "boundary":
			if said == "disputed" {
				return true
			}
		case "featurecla":
			for _, word := range []string{"disput", "indefinite", "control", "breakaway"} {
				if strings.Contains(said, word) {
					return true
				}
			}
		}
	}
	return false
}
