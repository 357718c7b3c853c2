package cairn

import "math"

// An Accuracy says how closely a location is known, from the point itself to
// the country. The scale is that of the Airwars archive (location accuracy),
// with its two "within" steps in metres.
type Accuracy string

// The accuracies, closest first. The zero Accuracy is unknown.
const (
	Exact         Accuracy = "exact"
	WithinMetre   Accuracy = "within_1m"
	Within100     Accuracy = "within_100m"
	Street        Accuracy = "street"
	Landmark      Accuracy = "landmark"
	Neighbourhood Accuracy = "neighbourhood"
	Village       Accuracy = "village"
	Town          Accuracy = "town"
	City          Accuracy = "city"
	Subdistrict   Accuracy = "subdistrict"
	District      Accuracy = "district"
	Admin1        Accuracy = "admin1"
	Country       Accuracy = "country"
)

// Accuracies is every Accuracy, closest first.
var Accuracies = []Accuracy{Exact, WithinMetre, Within100, Street, Landmark, Neighbourhood, Village, Town, City, Subdistrict, District, Admin1, Country}

// Rank returns the place of a in Accuracies, 0 for the closest; past the end
// for an unknown one.
func (a Accuracy) Rank() int {
	for i, b := range Accuracies {
		if a == b {
			return i
		}
	}
	return len(Accuracies)
}

// Pin reports whether a point of this accuracy may be drawn as a pin. Anything
// coarser is drawn as an area, since a pin would claim what nobody said.
func (a Accuracy) Pin() bool { return a.Rank() <= Within100.Rank() }

// A Point is a position on the WGS 84 ellipsoid, in degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

const earthRadius = 6371.0 // kilometres

// Kilometres returns the distance of two points on a sphere, by the haversine.
func (p Point) Kilometres(q Point) float64 {
	rad := func(deg float64) float64 { return deg * math.Pi / 180 }
	h := math.Pow(math.Sin(rad(q.Lat-p.Lat)/2), 2) + math.Cos(rad(p.Lat))*math.Cos(rad(q.Lat))*math.Pow(math.Sin(rad(q.Lon-p.Lon)/2), 2)
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}

// A Place is somewhere with a name, known to some Accuracy. Point is nil where
// nobody knows it. Within is the identifiers of the places that hold it,
// closest first, so that a total of a governorate can take in its towns.
type Place struct {
	ID       string            `json:"id,omitempty"` // geonames:172955, project:…
	Name     string            `json:"name,omitempty"`
	Names    map[string]string `json:"names,omitempty"` // by language tag
	Point    *Point            `json:"point,omitempty"`
	Country  string            `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Admin1   string            `json:"admin1,omitempty"`  // name of the first-level area
	Accuracy Accuracy          `json:"accuracy,omitempty"`
	Within   []string          `json:"within,omitempty"`
	Zone     string            `json:"zone,omitempty"` // IANA name
	Origin   string            `json:"origin,omitempty"`

	Aliases    []string          `json:"aliases,omitempty"`    // further names, in any script
	Kind       string            `json:"kind,omitempty"`       // as its origin words it: locality, county, admin2
	Population int               `json:"population,omitempty"` // people; 0 is unknown
	Codes      map[string]string `json:"codes,omitempty"`      // of other schemes: pcode, geonames, wikidata
	Bounds     *Bounds           `json:"bounds,omitempty"`     // of an area
	Licence    string            `json:"licence,omitempty"`    // under which its origin gives it
}

// Bounds is the smallest box of degrees that holds an area. West is greater
// than East where it lies across the date line.
type Bounds struct {
	South float64 `json:"south"`
	West  float64 `json:"west"`
	North float64 `json:"north"`
	East  float64 `json:"east"`
}

// A PlacePack is places that an operator brought in together, from one source
// under one licence. The places themselves stand in the archive, under Ref.
type PlacePack struct {
	Name    string `json:"name"`
	Source  string `json:"source"`
	Licence string `json:"licence,omitempty"` // empty where nobody said
	Ref     Ref    `json:"ref"`
	Places  int    `json:"places"`
	Files   []Ref  `json:"files"` // the bytes that they were read from
}
