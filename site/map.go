package site

import (
	"cmp"
	"math"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A point is a place on the map with what its incidents add up to.
type point struct {
	Key   string  `json:"k"`
	Slug  string  `json:"s"`
	Name  string  `json:"n"`
	Lat   float64 `json:"y"`
	Lon   float64 `json:"x"`
	Min   int     `json:"a"`
	Max   int     `json:"b"`
	Count int     `json:"c"`
	Pin   bool    `json:"p"` // whether the place is known as a point, and not as an area
	Reach float64 `json:"m"` // how far from it the harm may have been, in metres
}

// points are the places of incidents, the largest ceiling first, so that smaller
// ones lie upon them.
func (v *visit) points(chosen []int, main cairn.Tally) []point {
	at := make([]int, len(v.index.places)) // where the point of each place is, from 1
	var all []point
	for _, i := range chosen {
		l, place := &v.index.listings[i], v.index.placeOf[i]
		if l.Place.Point == nil || place < 0 {
			continue
		}
		k := at[place] - 1
		if k < 0 {
			k = len(all)
			key := v.index.placeKey[i]
			at[place], all = k+1, append(all, point{Key: key, Slug: slugOf(key), Name: v.words.place(l.Place), Lat: l.Place.Point.Lat, Lon: l.Place.Point.Lon, Pin: l.Place.Accuracy.Pin()})
		}
		all[k].Reach = max(all[k].Reach, v.index.reach[i])
		all[k].Count++
		if f, ok := l.Figure(main.Harm, main.Class); ok {
			all[k].Min += f.Range.Min.N
			all[k].Max += max(f.Range.Max.N, f.Range.Min.N)
		}
	}
	slices.SortStableFunc(all, func(a, b point) int { return cmp.Or(cmp.Compare(b.Max, a.Max), cmp.Compare(a.Key, b.Key)) })
	return all
}

// A worldMap is the map as the server draws it: the land, borders, and for each
// place a disc for the floor within a ring for the ceiling, by area.
type worldMap struct {
	Width, Height float64
	Land          string // the path of all land
	Borders       string
	Dashed        string // borders that are disputed
	Provinces     string // lines within countries; empty where the project brings none
	Spots         []spot
	Towns         []townLabel
	Scale         projection
	Lost          int // incidents without a point
	labels        placed
}

// A spot is a place on the map.
type spot struct {
	point
	X, Y, Floor, Ceiling, LabelY float64
	Label, Area                  bool // whether its name is written, and whether it is drawn as an area
}

// A projection is an equirectangular one, true at its middle parallel.
type projection struct {
	West, North, PerLon, PerLat float64
}

func (p projection) xy(lat, lon float64) (x, y float64) {
	return round((lon - p.West) * p.PerLon), round((p.North - lat) * p.PerLat)
}

func round(f float64) float64 { return math.Round(f*10) / 10 }

const (
	mapWidth   = 960.0
	mapHeight  = 480.0
	leastDeg   = 3.2 // that a map spans from south to north
	mostSpots  = 1500
	mostLabels = 8

	leastDashed = 8 // the radius from which dashes can be told
)

// mapOf draws points on the ground; nil where there are none.
func mapOf(points []point, ground *topology) *worldMap {
	if len(points) == 0 {
		return nil
	}
	p := around(points)
	m := &worldMap{Width: mapWidth, Height: mapHeight, Scale: p}
	m.Land, m.Borders, m.Dashed = ground.drawn(p)
	m.Provinces = ground.provinces(p)
	biggest := 1.0
	for _, o := range points {
		biggest = max(biggest, float64(o.Max))
	}
	radius := func(n int) float64 { return round(3 + 27*math.Sqrt(float64(n)/biggest)) }
	var labels placed
	taken := 0
	for _, o := range points[:min(len(points), mostSpots)] { // no label lies on a large disc
		if r := radius(o.Max); r >= leastDashed {
			x, y := p.xy(o.Lat, o.Lon)
			labels = append(labels, [4]float64{x - r, y - r, x + r, y + r})
		}
	}
	for _, o := range points[:min(len(points), mostSpots)] {
		s := spot{point: o, Ceiling: radius(o.Max)}
		s.X, s.Y = p.xy(o.Lat, o.Lon)
		if o.Min > 0 {
			s.Floor = round(s.Ceiling * math.Sqrt(float64(o.Min)/float64(max(1, o.Max))))
		}
		s.Area = !o.Pin && s.Ceiling >= leastDashed
		s.LabelY = round(s.Y + s.Ceiling + 13)
		if s.Label = taken < mostLabels && labels.take(s.X, s.LabelY+1, float64(len([]rune(o.Name)))*7.4); s.Label {
			taken++
		}
		m.Spots = append(m.Spots, s)
	}
	m.labels = labels
	return m
}

// placed are the boxes of labels, none over another.
type placed [][4]float64

func (p *placed) take(x, y, wide float64) bool {
	box := [4]float64{x - wide/2, y - 12, x + wide/2, y + 3}
	if box[0] < 0 || box[2] > mapWidth || box[3] > mapHeight {
		return false
	}
	for _, o := range *p {
		if box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3] {
			return false
		}
	}
	*p = append(*p, box)
	return true
}

// around is the projection that shows all points with some land about them.
func around(points []point) projection {
	south, north, west, east := 90.0, -90.0, 180.0, -180.0
	for _, o := range points {
		south, north, west, east = min(south, o.Lat), max(north, o.Lat), min(west, o.Lon), max(east, o.Lon)
	}
	middle, centre := (south+north)/2, (west+east)/2
	squeeze := max(0.2, math.Cos(middle*math.Pi/180))
	tall := max(leastDeg, (north-south)*1.35, (east-west)*1.25*squeeze*mapHeight/mapWidth)
	wide := tall * mapWidth / mapHeight / squeeze
	return projection{West: centre - wide/2, North: middle + tall/2, PerLon: mapWidth / wide, PerLat: mapHeight / tall}
}
