package extract

import (
	"cmp"
	"math"
	"slices"
)

// A neighbour is one place that a name of the document may stand for, and the
// share of the name that it has before anything else is known.
type neighbour struct {
	lat, lon      float64
	share         float64
	country, area string // their codes
	name          int32  // which of the names
	whole         bool   // a country, which has no neighbours
}

// A neighbourhood is all that the names of a document may stand for, and what
// the names add up to in each country and first-level area.
type neighbourhood struct {
	byName  []neighbour // as the names come
	byLat   []neighbour // from south to north
	areas   map[string]float64
	reaches map[string]reach // of each name
}

// A reach is the number of a name, and where in byName its places stand.
type reach struct {
	name       int32
	first, end int
}

// neighbourhood gathers the places of all names. What lies near what other names
// may stand for is more likely meant: a report keeps to one region.
func (r *reading) neighbourhood() neighbourhood {
	several := slices.ContainsFunc(r.spots, func(s spot) bool { return s.name != r.spots[0].name })
	if !several {
		return neighbourhood{}
	}
	n := neighbourhood{areas: map[string]float64{}, reaches: map[string]reach{}}
	for _, s := range r.spots {
		if _, known := n.reaches[s.name]; known {
			continue
		}
		first := len(n.byName)
		if s.choices[0].own < 0 {
			n.add(r, int32(len(n.reaches)), s.choices)
		}
		n.reaches[s.name] = reach{int32(len(n.reaches)), first, len(n.byName)}
	}
	n.byLat = slices.Clone(n.byName)
	slices.SortFunc(n.byLat, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.lat, b.lat), cmp.Compare(a.lon, b.lon), cmp.Compare(a.name, b.name))
	})
	return n
}

// add gives each place of a name its share, by the root of its people.
func (n *neighbourhood) add(r *reading, name int32, choices []candidate) {
	first, sum := len(n.byName), 0.0
	for _, c := range choices {
		p := r.places.base.Place(c.base)
		share := math.Sqrt(float64(p.Population) + 1000)
		if p.Feature == "ADM1" && len(choices) > 1 {
			share /= 2
		}
		sum += share
		n.byName = append(n.byName, neighbour{p.Lat, p.Lon, share, p.Country, p.Admin1Code, name, p.Feature == "PCLI"})
	}
	for i := range n.byName[first:] {
		p := &n.byName[first+i]
		p.share /= sum
		n.areas[p.country] += p.share
		if p.area != "" {
			n.areas[p.area] += p.share
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
func (n *neighbourhood) support(at reach, p neighbour) (near, area, country float64) {
	narrow := math.Cos(p.lat * math.Pi / 180)
	from, _ := slices.BinarySearchFunc(n.byLat, p.lat-nearDegrees, func(o neighbour, lat float64) int { return cmp.Compare(o.lat, lat) })
	for i := from; i < len(n.byLat) && n.byLat[i].lat <= p.lat+nearDegrees; i++ {
		o := &n.byLat[i]
		if o.name == at.name || o.whole || math.Abs(o.lon-p.lon)*narrow >= nearDegrees {
			continue
		}
		switch far := math.Hypot(o.lat-p.lat, (o.lon-p.lon)*narrow); {
		case far < closeDegrees:
			near += o.share
		case far < nearDegrees:
			near += o.share / 2
		}
	}
	if p.area != "" {
		area = n.areas[p.area]
	}
	country = n.areas[p.country]
	for i := range n.byName[at.first:at.end] {
		o := &n.byName[at.first+i]
		if o.area == p.area {
			area -= o.share
		}
		if o.country == p.country {
			country -= o.share
		}
	}
	return near, max(0, area), max(0, country)
}
