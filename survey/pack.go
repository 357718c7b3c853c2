package survey

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// Pack returns places as a pack, to be looked up as built-in places are; the
// same bytes for the same places.
func Pack(places []cairn.Place) ([]byte, error) {
	byID := map[string]cairn.Place{}
	for _, p := range places {
		byID[p.ID] = p
	}
	entries := make([]lexicon.Entry, 0, len(places))
	areas := areas{}
	for _, p := range places {
		e, err := entryOf(p, byID, areas)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	var file strings.Builder
	if err := lexicon.WritePack(&file, entries); err != nil {
		return nil, fmt.Errorf("pack places: %w", err)
	}
	return []byte(file.String()), nil
}

// Unpack returns the places of a pack, the most populous first and then by
// identifier.
func Unpack(pack []byte) ([]cairn.Place, error) {
	opened, err := lexicon.OpenPack(string(pack))
	if err != nil {
		return nil, fmt.Errorf("unpack places: %w: %w", cairn.ErrDamaged, err)
	}
	places := make([]cairn.Place, opened.Len())
	for i := range places {
		if err := json.Unmarshal([]byte(opened.Kept(int32(i))), &places[i]); err != nil {
			return nil, fmt.Errorf("unpack places: %w: %w", cairn.ErrDamaged, err)
		}
	}
	return places, nil
}

func entryOf(p cairn.Place, byID map[string]cairn.Place, areas areas) (lexicon.Entry, error) {
	kept, err := json.Marshal(p)
	if err != nil {
		return lexicon.Entry{}, fmt.Errorf("pack place %s: %w", p.ID, err)
	}
	e := lexicon.Entry{Kept: kept}
	e.Place = lexicon.Place{ID: p.ID, Name: p.Name, Country: p.Country, Admin1: p.Admin1, Zone: p.Zone, Population: p.Population,
		Feature: weighedAs[p.Accuracy], Admin1Code: areas.code(p.Country, p.Admin1)}
	if e.Feature == "" {
		e.Feature = "PPL"
	}
	if at := pointOf(p, byID); at != nil {
		e.Lat, e.Lon = at.Lat, at.Lon
	}
	if id := p.Codes["geonames"]; id != "" {
		e.SameAs = "geonames:" + id
	} else if strings.HasPrefix(p.ID, "geonames:") {
		e.SameAs = p.ID
	}
	for _, name := range namesOf(p) {
		if name == p.Name || !codeLike(name) {
			e.Names = append(e.Names, name)
		}
	}
	return e, nil
}

// weighedAs is the feature code by which a place of an accuracy is weighed.
var weighedAs = map[cairn.Accuracy]string{
	cairn.Country: "PCLI", cairn.Admin1: "ADM1", cairn.District: "ADM2", cairn.Subdistrict: "ADM3", cairn.Neighbourhood: "PPLX",
	cairn.Landmark: "SPOT", cairn.Street: "SPOT", cairn.Exact: "SPOT", cairn.WithinMetre: "SPOT", cairn.Within100: "SPOT",
}

// pointOf returns the point of p, or of the closest place that holds it.
func pointOf(p cairn.Place, byID map[string]cairn.Place) *cairn.Point {
	if p.Point != nil {
		return p.Point
	}
	for _, id := range p.Within {
		if holder := byID[id]; holder.Point != nil {
			return holder.Point
		}
	}
	return nil
}

// codeLike reports whether a name is rather a code, as those of airports are,
// which no report calls a place by.
func codeLike(name string) bool {
	if utf8.RuneCountInString(name) < 3 {
		return true
	}
	return len(name) <= 4 && strings.ToUpper(name) == name && strings.ToLower(name) != name && name[0] < utf8.RuneSelf
}

// areas finds the codes of first-level areas by their names.
type areas map[string]string

// code returns the code of the built-in area of that name, or else one that is
// the pack's own; "" where no name is known.
func (a areas) code(country, name string) string {
	if name == "" {
		return ""
	}
	key := country + "." + name
	if code, ok := a[key]; ok {
		return code
	}
	code := key
	for _, i := range lexicon.Places().PlaceOf(name) {
		if p := lexicon.Places().Place(i); p.Feature == "ADM1" && p.Country == country {
			code = p.Admin1Code
			break
		}
	}
	a[key] = code
	return code
}
