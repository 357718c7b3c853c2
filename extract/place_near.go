package extract

import (
	"cmp"
	"math"
	"slices"
)

// A neighbour is one place that a name of the document may stand for, and the
// share of the name that it has before anything else is known.
type neighbour struct {
	name     int32 // which of the names
	base     int32
	lat, lon float64
	share    float64
}

// A neighbourhood is all that the names of a document may stand for, from south
// to north, and what the names add up to in each country and first-level area.
type neighbourhood struct {
	places []neighbour
	areas  map[string]float64
	number map[string]int32 // of each name
}

// neighbourhood gathers the places of all names. What lies near what other names
// may stand for is more likely meant: a report keeps to one region.
func (r *reading) neighbourhood() neighbourhood {
	n := neighbourhood{areas: map[string]float64{}, number: map[string]int32{}}
	for _, s := range r.spots {
		if _, known := n.number[s.name]; known {
			continue
		}
		number := int32(len(n.number))
		n.number[s.name] = number
		if s.choices[0].own < 0 {
			n.add(r, number, s.choices)
		}
	}
	slices.SortStableFunc(n.places, func(a, b neighbour) int { return cmp.Compare(a.lat, b.lat) })
	return n
}

// add gives each place of a name its share: countries all, towns by the root of
// their people.
func (n *neighbourhood) add(r *reading, number int32, choices []candidate) {
	first, sum := len(n.places), 0.0
	for _, c := range choices {
		p := r.places.base.Place(c.base)
		share := math.Sqrt(float64(p.Population) + 1000)
		if p.Feature == "ADM1" && len(choices) > 1 {
			share /= 2
		}
		sum += share
		n.places = append(n.places, neighbour{name: number, base: c.base, lat: p.Lat, lon: p.Lon, share: share})
	}
	for i := range n.places[first:] {
		p := &n.places[first+i]
		p.share /= sum
		of := r.places.base.Place(p.base)
		n.areas[of.Country] += p.share
		if of.Admin1Code != "" {
			n.areas[of.Admin1Code] += p.share
		}
	}
}

// The distances, in degrees of latitude, within which places are neighbours and
// near neighbours.
const (
	nearDegrees  = 1.5
	closeDegrees = 0.6
)

// support returns how much of the other names lies near a place, within its
// first-level area and within its country.
func (n *neighbourhood) support(r *reading, name string, base int32) (near, area, country float64) {
	number, p := n.number[name], r.places.base.Place(base)
	area, country = n.areas[p.Admin1Code], n.areas[p.Country]
	narrow := math.Cos(p.Lat * math.Pi / 180)
	from, _ := slices.BinarySearchFunc(n.places, p.Lat-nearDegrees, func(o neighbour, lat float64) int { return cmp.Compare(o.lat, lat) })
	for _, o := range n.places[from:] {
		if o.lat > p.Lat+nearDegrees {
			break
		}
		if o.name == number || r.places.base.Feature(o.base) == "PCLI" {
			continue
		}
		switch far := math.Hypot(o.lat-p.Lat, (o.lon-p.Lon)*narrow); {
		case far < closeDegrees:
			near += o.share
		case far < nearDegrees:
			near += o.share / 2
		}
	}
	for _, o := range n.places {
		if o.name != number {
			continue
		}
		own := r.places.base.Place(o.base)
		if own.Admin1Code == p.Admin1Code {
			area -= o.share
		}
		if own.Country == p.Country {
			country -= o.share
		}
	}
	if p.Admin1Code == "" {
		area = 0
	}
	return near, max(0, area), max(0, country)
}
