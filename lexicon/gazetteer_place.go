package lexicon

// The offsets of the fields of a place.
const (
	placeText       = 0 // its identifier, then its name
	placeIDLen      = 4
	placeNameLen    = 5
	placeCountry    = 6
	placeAdmin1     = 8
	placeAdmin1Code = 10
	placeFeature    = 12
	placeZone       = 14
	placeLat        = 16 // in units of 1/100,000 of a degree
	placeLon        = 20
	placePopulation = 24
)

// Place returns the i-th place, the zero Place where there is none. Its strings
// are parts of the file.
func (g *Gazetteer) Place(i int32) Place {
	at := g.placeAt(i)
	if at < 0 {
		return Place{}
	}
	id, name := g.called(at)
	return Place{
		ID: id, Name: name,
		Country:    g.word(at + placeCountry),
		Admin1:     g.word(at + placeAdmin1),
		Admin1Code: g.word(at + placeAdmin1Code),
		Feature:    g.word(at + placeFeature),
		Zone:       g.word(at + placeZone),
		Lat:        float64(int32(u32(g.data, at+placeLat))) / 1e5,
		Lon:        float64(int32(u32(g.data, at+placeLon))) / 1e5,
		Population: int(u32(g.data, at+placePopulation)),
	}
}

// Population returns that of the i-th place; 0 where it is unknown.
func (g *Gazetteer) Population(i int32) int {
	if at := g.placeAt(i); at >= 0 {
		return int(u32(g.data, at+placePopulation))
	}
	return 0
}

// Country returns the ISO 3166-1 code of the i-th place.
func (g *Gazetteer) Country(i int32) string {
	if at := g.placeAt(i); at >= 0 {
		return g.word(at + placeCountry)
	}
	return ""
}

// Feature returns the feature code of the i-th place.
func (g *Gazetteer) Feature(i int32) string {
	if at := g.placeAt(i); at >= 0 {
		return g.word(at + placeFeature)
	}
	return ""
}

// ByID returns the place of an identifier, and whether there is one.
func (g *Gazetteer) ByID(id string) (Place, bool) {
	i := g.numberOf(id)
	return g.Place(i), i >= 0
}

// numberOf returns the number of the place of an identifier, -1 where there is
// none.
func (g *Gazetteer) numberOf(id string) int32 {
	n := g.ids.count
	for i, left := idHome(id, n), n; left > 0; i, left = i+1, left-1 {
		if i == n {
			i = 0
		}
		numbered := u32(g.data, g.ids.start+i*idWidth)
		if numbered == 0 {
			break
		}
		if at := g.placeAt(int32(numbered - 1)); at >= 0 {
			if called, _ := g.called(at); called == id {
				return int32(numbered - 1)
			}
		}
	}
	return -1
}

// idHome returns the slot, of n, where an identifier belongs.
func idHome(id string, n int) int {
	if n == 0 {
		return 0
	}
	h := uint64(hashStart)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * hashPrime
	}
	return int(h % uint64(n))
}

// placeAt returns the offset of the i-th place, -1 where there is none.
func (g *Gazetteer) placeAt(i int32) int {
	if i < 0 || int(i) >= g.places.count {
		return -1
	}
	return g.places.start + int(i)*placeWidth
}

// called returns the identifier and the name of the place at an offset.
func (g *Gazetteer) called(at int) (id, name string) {
	start := int(u32(g.data, at+placeText))
	middle := start + int(g.data[at+placeIDLen])
	return g.cut(start, middle), g.cut(middle, middle+int(g.data[at+placeNameLen]))
}

// word returns the shared string whose number stands at an offset.
func (g *Gazetteer) word(at int) string {
	i := u16(g.data, at)
	if i >= g.words.count {
		return ""
	}
	at = g.words.start + i*wordWidth
	start := int(u32(g.data, at))
	return g.cut(start, start+int(u32(g.data, at+4)))
}

func (g *Gazetteer) cut(start, end int) string {
	if start > end || end > g.text.count {
		return ""
	}
	return g.data[g.text.start+start : g.text.start+end]
}
