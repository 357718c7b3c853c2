package survey

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/cairn-recorder/cairn"
)

// A shape is what a geometry comes to: a point for it and the box around it.
type shape struct {
	point  cairn.Point
	bounds *cairn.Bounds // of what is no single point
	fault  string
}

// A geometry is one of GeoJSON.
type geometry struct {
	Type        string
	Coordinates json.RawMessage
	Geometries  []json.RawMessage
}

// geometryOf reads a geometry; nil where there is none.
func geometryOf(raw json.RawMessage) (g *geometry, err error) {
	if len(raw) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(raw, &g); err != nil {
		return nil, errors.New("no geometry: " + err.Error())
	}
	return g, nil
}

// shapeOf returns the shape of a geometry of GeoJSON; nil where there is none.
// The point of an area is the centroid of its largest ring.
func shapeOf(raw json.RawMessage) (*shape, error) {
	g, err := geometryOf(raw)
	if err != nil || g == nil {
		return nil, err
	}
	if g.Type == "GeometryCollection" && len(g.Geometries) > 0 {
		return shapeOf(g.Geometries[0])
	}
	lines, err := linesOf(g.Type, g.Coordinates)
	if err != nil {
		return nil, err
	}
	return outlined(lines)
}

// linesOf returns the points of a geometry, line by line: of areas the outer
// rings.
func linesOf(kind string, raw json.RawMessage) ([][][]float64, error) {
	var err error
	var point []float64
	var line [][]float64
	var area [][][]float64
	var areas [][][][]float64
	switch kind {
	case "Point":
		err = json.Unmarshal(raw, &point)
		return [][][]float64{{point}}, err
	case "MultiPoint", "LineString":
		err = json.Unmarshal(raw, &line)
		return [][][]float64{line}, err
	case "MultiLineString":
		err = json.Unmarshal(raw, &area)
		return area, err
	case "Polygon":
		err = json.Unmarshal(raw, &area)
		return area[:min(1, len(area))], err
	case "MultiPolygon":
		err = json.Unmarshal(raw, &areas)
		var out [][][]float64
		for _, a := range areas {
			out = append(out, a[:min(1, len(a))]...)
		}
		return out, err
	}
	return nil, fmt.Errorf("no geometry is called %q", kind)
}

// outlined returns the shape of lines.
func outlined(lines [][][]float64) (*shape, error) {
	box := cairn.Bounds{South: math.Inf(1), West: math.Inf(1), North: math.Inf(-1), East: math.Inf(-1)}
	var best cairn.Point
	largest, points := -1.0, 0
	for _, line := range lines {
		for _, p := range line {
			if len(p) < 2 {
				return nil, errors.New("a point has a longitude and a latitude")
			}
			points++
			box.West, box.East = min(box.West, p[0]), max(box.East, p[0])
			box.South, box.North = min(box.South, p[1]), max(box.North, p[1])
		}
		if at, size := centroid(line); size > largest {
			best, largest = at, size
		}
	}
	if points == 0 {
		return nil, errors.New("a geometry without points")
	}
	s := &shape{point: best}
	if points > 1 {
		s.bounds = &box
	}
	return s, nil
}

// centroid returns the centroid of a ring and its size in square degrees; of a
// line that bounds no area, the mean of its points and 0.
func centroid(line [][]float64) (cairn.Point, float64) {
	if len(line) == 0 {
		return cairn.Point{}, -1
	}
	var twice, x, y, sumX, sumY float64
	origin := line[0]
	for i, p := range line {
		q := line[(i+1)%len(line)]
		cross := (p[0]-origin[0])*(q[1]-origin[1]) - (q[0]-origin[0])*(p[1]-origin[1])
		twice += cross
		x += (p[0] + q[0] - 2*origin[0]) * cross
		y += (p[1] + q[1] - 2*origin[1]) * cross
		sumX, sumY = sumX+p[0], sumY+p[1]
	}
	if math.Abs(twice) < 1e-12 {
		n := float64(len(line))
		return cairn.Point{Lat: sumY / n, Lon: sumX / n}, 0
	}
	return cairn.Point{Lat: origin[1] + y/(3*twice), Lon: origin[0] + x/(3*twice)}, math.Abs(twice) / 2
}
