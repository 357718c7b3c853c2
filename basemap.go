package cairn

// A Basemap is what lies under the marks of the public maps beside what is built
// in. The zero Basemap is the built-in one alone: land, and borders of which the
// disputed are dashed.
type Basemap struct {
	Borders *BorderMap  `json:"borders,omitempty"` // in the place of the built-in ones
	Streets []StreetMap `json:"streets,omitempty"` // by name
}

// A BorderMap is a file of borders that a project draws in the place of the
// built-in ones.
type BorderMap struct {
	Name     string `json:"name"`     // of the file that was given
	Credit   string `json:"credit"`   // shown on every map
	File     Ref    `json:"file"`     // the bytes that were given
	Ref      Ref    `json:"ref"`      // the [Borders] read from them, as JSON
	Lines    int    `json:"lines"`    // drawn whole
	Disputed int    `json:"disputed"` // drawn dashed

	Provinces int `json:"provinces,omitempty"` // lines within countries, drawn thin
}

// Borders are lines between countries, each of points of longitude and latitude in
// degrees, and between the first-level areas of one. Where none is between countries
// the built-in borders stay.
type Borders struct {
	Settled   [][][2]float64 `json:"settled"`
	Disputed  [][][2]float64 `json:"disputed"`
	Provinces [][][2]float64 `json:"provinces,omitempty"`
}

// Own reports whether b has borders between countries.
func (b Borders) Own() bool { return len(b.Settled)+len(b.Disputed) > 0 }

// A StreetMap is a file of vector tiles (PMTiles, version 3) of one area, which
// the maps draw under their marks where a reader comes close.
type StreetMap struct {
	Name    string   `json:"name"`   // of the file that was given, without its ending
	Credit  string   `json:"credit"` // shown on every map
	Ref     Ref      `json:"ref"`    // the bytes
	Bytes   int64    `json:"bytes"`
	West    float64  `json:"west"` // the area, in degrees
	South   float64  `json:"south"`
	East    float64  `json:"east"`
	North   float64  `json:"north"`
	MinZoom int      `json:"min_zoom"`
	MaxZoom int      `json:"max_zoom"` // of the tiles; closer, those are drawn larger
	Layers  []string `json:"layers"`   // in the tiles, of those that are drawn
}

// Refs returns the bytes that a basemap rests on.
func (b Basemap) Refs() []Ref {
	var all []Ref
	if b.Borders != nil {
		all = append(all, b.Borders.Ref, b.Borders.File)
	}
	for _, s := range b.Streets {
		all = append(all, s.Ref)
	}
	return all
}
