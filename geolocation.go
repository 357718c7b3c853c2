package cairn

import "math"

// A Geolocation is where a person found that an incident was, and how: the point,
// how closely it is known, what else was looked at, and the pictures that show it.
// Its place joins those of the project. Private is for those who work on the record
// alone.
type Geolocation struct {
	Place      Place            `json:"place"`
	Metres     int              `json:"metres,omitempty"` // around the point, within which it was; 0 where nobody says
	Candidates []Candidate      `json:"candidates,omitempty"`
	Images     []ReferenceImage `json:"images,omitempty"`
	Public     string           `json:"public,omitempty"`  // how it was found, for everybody
	Private    string           `json:"private,omitempty"` // what may endanger somebody
}

// A Candidate is a place that was looked at and is not it, and why.
type Candidate struct {
	Name  string `json:"name"`
	Point *Point `json:"point,omitempty"`
	Why   string `json:"why,omitempty"`
}

// A ReferenceImage is a picture that shows the place: where it is, and what it
// shows of it.
type ReferenceImage struct {
	Address string `json:"address"` // of a web page, or the identifier of a document
	Shows   string `json:"shows,omitempty"`
}

// Open returns g without what is private.
func (g Geolocation) Open() Geolocation {
	g.Private = ""
	return g
}

// Metres returns how far from its point a place of this accuracy may lie, as it is
// drawn: the usual size of what the word names. It is 0 for an unknown one.
func (a Accuracy) Metres() float64 {
	return map[Accuracy]float64{Exact: 10, WithinMetre: 1, Within100: 100, Street: 250, Landmark: 250, Neighbourhood: 1000, Village: 2000, Town: 4000, City: 10_000,
		Subdistrict: 15_000, District: 30_000, Admin1: 80_000, Country: 300_000}[a]
}

// Valid reports whether p is a point of the earth.
func (p Point) Valid() bool {
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180 && !math.IsNaN(p.Lat) && !math.IsNaN(p.Lon)
}
