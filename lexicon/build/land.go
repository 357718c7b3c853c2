package main

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/cairn-recorder/cairn/lexicon"
)

// A centre is the mean of points on the globe, each of one weight.
type centre struct{ x, y, z float64 }

func (c *centre) add(lat, lon float64) {
	lat, lon = lat*math.Pi/180, lon*math.Pi/180
	c.x += math.Cos(lat) * math.Cos(lon)
	c.y += math.Cos(lat) * math.Sin(lon)
	c.z += math.Sin(lat)
}

func (c *centre) point() (lat, lon float64) {
	return math.Atan2(c.z, math.Hypot(c.x, c.y)) * 180 / math.Pi, math.Atan2(c.y, c.x) * 180 / math.Pi
}

// A land is where people live in an area: the centre of its towns in each square
// of half a degree.
type land map[[2]int]*centre

func (l land) add(p lexicon.Place) {
	width := 0.5 / max(0.2, math.Cos(p.Lat*math.Pi/180))
	square := [2]int{int(math.Floor(p.Lat / 0.5)), int(math.Floor(p.Lon / width))}
	if l[square] == nil {
		l[square] = &centre{}
	}
	l[square].add(p.Lat, p.Lon)
}

// middle returns the mean of the squares, so that a crowded coast does not draw
// the point of a country to it.
func (l land) middle() (lat, lon float64) {
	squares := slices.SortedFunc(maps.Keys(l), func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	var whole centre
	for _, square := range squares {
		whole.add(l[square].point())
	}
	return whole.point()
}

// gather sums the towns up by what of tells of each; "" leaves one out.
func gather(towns []town, of func(town) string) map[string]*lexicon.NamedPlace {
	areas, lands := map[string]*lexicon.NamedPlace{}, map[string]land{}
	for _, t := range towns {
		code := of(t)
		if code == "" {
			continue
		}
		if areas[code] == nil {
			areas[code], lands[code] = &lexicon.NamedPlace{Place: lexicon.Place{Country: t.Country}}, land{}
		}
		areas[code].Population += t.Population
		lands[code].add(t.Place)
	}
	for code, l := range lands {
		areas[code].Lat, areas[code].Lon = l.middle()
	}
	return areas
}
