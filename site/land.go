package site

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A topology is the shapes of countries, as TopoJSON has them: arcs that are
// borders of one or two of them.
type topology struct {
	arcs   [][][2]float64 // longitude and latitude
	coast  []bool         // whether an arc borders on one country alone
	dashed []bool         // whether a country that it borders on is disputed

	thin      [][][2]float64 // lines between first-level areas
	thinBoxes [][4]float64
	rings     [][][2]float64 // of all land
	boxes     [][4]float64   // west, south, east, north of each ring
	bounds    [][4]float64   // and of each arc
}

// world returns the built-in shapes; none where site/build did not run.
var world = sync.OnceValue(func() *topology {
	data, err := dist.ReadFile("dist/countries.json")
	if err != nil {
		return &topology{}
	}
	t, err := readTopology(data)
	if err != nil {
		return &topology{}
	}
	return t
})

// disputed are the countries of the built-in shapes whose borders, or whose being
// one, others contest: all their borders are dashed.
var disputed = map[string]bool{"W. Sahara": true, "Kosovo": true, "N. Cyprus": true, "Somaliland": true, "Taiwan": true, "Palestine": true, "Israel": true,
	"Siachen Glacier": true}

// disputedPairs are countries between which all of the border is dashed, since
// some of it is contested.
var disputedPairs = [][2]string{{"India", "Pakistan"}, {"India", "China"}, {"S. Sudan", "Sudan"}, {"Serbia", "Kosovo"}, {"Armenia", "Azerbaijan"}, {"Venezuela", "Guyana"}, {"Ethiopia", "Sudan"}}

// peninsula is the line across the isthmus of Crimea, in the shapes a part of
// Ukraine.
var peninsula = [][2]float64{{33.55, 46.10}, {33.62, 46.14}, {33.80, 46.20}, {34.40, 46.00}, {34.75, 45.93}, {34.85, 45.75}}

type topologyJSON struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct {
			Geometries []struct {
				Type       string
				Arcs       json.RawMessage
				Properties struct{ Name string }
			}
		}
	}
}

func readTopology(data []byte) (*topology, error) {
	var j topologyJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, err
	}
	t := &topology{coast: make([]bool, len(j.Arcs)), dashed: make([]bool, len(j.Arcs))}
	for _, arc := range j.Arcs {
		var x, y float64
		line := make([][2]float64, 0, len(arc))
		for _, step := range arc {
			x, y = x+step[0], y+step[1]
			line = append(line, [2]float64{x*j.Transform.Scale[0] + j.Transform.Translate[0], y*j.Transform.Scale[1] + j.Transform.Translate[1]})
		}
		t.arcs = append(t.arcs, line)
	}
	uses := make([][]string, len(j.Arcs))
	for _, g := range j.Objects.Countries.Geometries {
		polygons, err := polygonsOf(g.Type, g.Arcs)
		if err != nil {
			return nil, err
		}
		for _, polygon := range polygons {
			for _, ring := range polygon {
				t.rings = append(t.rings, t.joined(ring))
				for _, n := range ring {
					uses[index0(n)] = append(uses[index0(n)], g.Properties.Name)
				}
			}
		}
	}
	for i, names := range uses {
		t.coast[i], t.dashed[i] = len(names) < 2, contested(names)
	}
	for _, ring := range t.rings {
		t.boxes = append(t.boxes, boxOf(ring))
	}
	t.arcs, t.coast, t.dashed = append(t.arcs, peninsula), append(t.coast, false), append(t.dashed, true)
	for _, arc := range t.arcs {
		t.bounds = append(t.bounds, boxOf(arc))
	}
	return t, nil
}

// contested reports whether a border between countries is to be dashed.
func contested(names []string) bool {
	for _, name := range names {
		if disputed[name] {
			return true
		}
	}
	for _, pair := range disputedPairs {
		if slices.Contains(names, pair[0]) && slices.Contains(names, pair[1]) {
			return true
		}
	}
	return false
}

// index0 is the number of an arc; one that is turned around is written as its
// complement.
func index0(n int) int {
	if n < 0 {
		return ^n
	}
	return n
}

func polygonsOf(kind string, arcs json.RawMessage) (polygons [][][]int, err error) {
	switch kind {
	case "Polygon":
		var one [][]int
		err = json.Unmarshal(arcs, &one)
		polygons = [][][]int{one}
	case "MultiPolygon":
		err = json.Unmarshal(arcs, &polygons)
	}
	return polygons, err
}

// joined are the points of a ring of arcs; a negative one is turned around.
func (t *topology) joined(ring []int) [][2]float64 {
	var points [][2]float64
	for _, n := range ring {
		arc := t.arcs[index0(n)]
		for k := range arc {
			if n < 0 {
				k = len(arc) - 1 - k
			}
			points = append(points, arc[k])
		}
	}
	return points
}

func boxOf(points [][2]float64) [4]float64 {
	box := [4]float64{180, 90, -180, -90}
	for _, at := range points {
		box = [4]float64{min(box[0], at[0]), min(box[1], at[1]), max(box[2], at[0]), max(box[3], at[1])}
	}
	return box
}

// shows reports whether some of a box lies on the map.
func (p projection) shows(box [4]float64) bool {
	left, top := p.xy(box[3], box[0])
	right, bottom := p.xy(box[1], box[2])
	return right >= 0 && bottom >= 0 && left <= mapWidth && top <= mapHeight
}

// drawn returns the land, its borders and the disputed ones as paths, without
// what lies outside the map.
func (t *topology) drawn(p projection) (land, borders, dashed string) {
	var filled, lines, dashes strings.Builder
	for i, ring := range t.rings {
		if !p.shows(t.boxes[i]) {
			continue
		}
		if clipped := p.clip(ring); len(clipped) > 2 {
			write(&filled, clipped, true)
		}
	}
	for i, arc := range t.arcs {
		if t.coast[i] || !p.shows(t.bounds[i]) {
			continue
		}
		into := &lines
		if t.dashed[i] {
			into = &dashes
		}
		for _, part := range p.inside(arc) {
			write(into, part, false)
		}
	}
	return filled.String(), lines.String(), dashes.String()
}

// provinces returns the lines between first-level areas as a path.
func (t *topology) provinces(p projection) string {
	var lines strings.Builder
	for i, line := range t.thin {
		if !p.shows(t.thinBoxes[i]) {
			continue
		}
		for _, part := range p.inside(line) {
			write(&lines, part, false)
		}
	}
	return lines.String()
}

func write(b *strings.Builder, points [][2]float64, closed bool) {
	for i, at := range points {
		if i == 0 {
			b.WriteByte('M')
		} else {
			b.WriteByte('L')
		}
		b.WriteString(strconv.FormatFloat(at[0], 'f', -1, 64) + " " + strconv.FormatFloat(at[1], 'f', -1, 64))
	}
	if closed {
		b.WriteByte('Z')
	}
}

// margin is how far beyond its edge a map is drawn.
const margin = 4.0

// clip projects a ring and cuts it off at the edges of the map, one edge after
// another (Sutherland and Hodgman).
func (p projection) clip(ring [][2]float64) [][2]float64 {
	points := make([][2]float64, 0, len(ring))
	for _, at := range ring {
		x, y := p.xy(at[1], at[0])
		if n := len(points); n == 0 || points[n-1] != [2]float64{x, y} {
			points = append(points, [2]float64{x, y})
		}
	}
	for edge := range 4 {
		axis, limit, sign := edge%2, -margin, 1.0
		if edge >= 2 {
			limit, sign = []float64{mapWidth, mapHeight}[axis]+margin, -1
		}
		in := func(at [2]float64) bool { return sign*(at[axis]-limit) >= 0 }
		var kept [][2]float64
		for i, at := range points {
			before := points[(i+len(points)-1)%len(points)]
			if in(at) != in(before) {
				share := (limit - before[axis]) / (at[axis] - before[axis])
				kept = append(kept, [2]float64{round(before[0] + share*(at[0]-before[0])), round(before[1] + share*(at[1]-before[1]))})
			}
			if in(at) {
				kept = append(kept, at)
			}
		}
		points = kept
	}
	return points
}

// inside returns the parts of a line that lie on the map or close by it: pieces may
// be long, and reach across it from without.
func (p projection) inside(arc [][2]float64) [][][2]float64 {
	var parts [][][2]float64
	var part [][2]float64
	for i := 1; i < len(arc); i++ {
		a, b := p.at(arc[i-1]), p.at(arc[i])
		if a == b {
			continue
		}
		if !near(a, b) {
			if len(part) > 1 {
				parts = append(parts, part)
			}
			part = nil
			continue
		}
		if part == nil {
			part = append(part, a)
		}
		part = append(part, b)
	}
	if len(part) > 1 {
		parts = append(parts, part)
	}
	return parts
}

// at returns where a longitude and latitude lie on the map.
func (p projection) at(of [2]float64) [2]float64 {
	x, y := p.xy(of[1], of[0])
	return [2]float64{x, y}
}

// near reports whether the box of a piece of line meets the map.
func near(a, b [2]float64) bool {
	return max(a[0], b[0]) >= -margin*10 && max(a[1], b[1]) >= -margin*10 && min(a[0], b[0]) <= mapWidth+margin*10 && min(a[1], b[1]) <= mapHeight+margin*10
}
