package transcribe

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// place reads where the incident was. Names stay as the recorder writes them;
// the areas that hold the place are found in the gazetteer, so that a total of
// them takes it in.
func (e *entry) place() error {
	name := cmp.Or(e.of(PlaceName), e.of(PlaceNative), e.of(Admin2), e.of(Admin1), e.of(Country))
	w := cairn.Where{Phrase: name, Name: name.Words, Admin1: e.of(Admin1).Words}
	w.Country = e.table.geography.country(e.of(Country).Words)
	if e.table.book.accuracy != nil {
		w.Accuracy = e.table.book.accuracy(e.of(Accuracy).Words, w.Name)
	}
	if err := e.point(&w); err != nil {
		return err
	}
	if w.Name == "" && w.Lat == nil && w.Country == "" {
		return nil
	}
	for _, area := range []string{e.of(Admin2).Words, w.Admin1} {
		if id := e.table.geography.area(area, w.Country); id != "" {
			w.Within = append(w.Within, id)
		}
	}
	w.Within = append(w.Within, names(e.of(Admin2).Words, e.of(PlaceNative).Words, bareArea(w.Admin1), bareTown(w.Name))...)
	if w.Country != "" {
		w.Within = append(w.Within, "country:"+w.Country)
	}
	if w.ID = e.of(PlaceID).Words; w.ID == "" {
		w.ID = e.table.geography.town(w)
	}
	e.incident.Where = &w
	return nil
}

// names returns the different names among all that are not blank.
func names(all ...string) []string {
	var kept []string
	for _, n := range all {
		if n != "" && !slices.Contains(kept, n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// point reads the coordinates. A point that lies nowhere near the country that
// the row names is a fault: latitude and longitude are easily exchanged.
func (e *entry) point(w *cairn.Where) error {
	lat, lon := e.of(Lat), e.of(Lon)
	if lat.Words == "" && lon.Words == "" {
		return nil
	}
	y, err := degrees(lat.Words, 90)
	if err != "" {
		return e.fault(Lat, "%s", err)
	}
	x, err := degrees(lon.Words, 180)
	if err != "" {
		return e.fault(Lon, "%s", err)
	}
	w.Lat, w.Lon = &y, &x
	return e.checked(y, x, w.Country)
}

// checked compares a point with the country that the row names. A point just
// over a border is noted; one far away is a fault, and so is one that would lie
// in the country with latitude and longitude exchanged. Where a recorder names
// states as they then were, only the exchange is.
func (e *entry) checked(lat, lon float64, country string) error {
	a := e.table.geography
	own, nearest := a.distance(lat, lon, country)
	if own <= nearOutside && nearest == "" || !a.lands[country] {
		return nil // or nothing is known of the country
	}
	named := e.of(Country).Words
	if swapped, _ := a.distance(lon, lat, country); own > farOutside && swapped <= nearOutside {
		return e.fault(Lat, "%v, %v does not lie in %s, but would with latitude and longitude exchanged", lat, lon, named)
	}
	if own > farOutside && !e.table.book.Historic {
		return e.fault(Lat, "%v, %v does not lie in %s but near %s", lat, lon, named, cmp.Or(nearest, "nothing that is known"))
	}
	if nearest != "" {
		e.note(e.table.header[e.table.columns[Lat]], "%v, %v lies nearer to %s than to any place of %s", lat, lon, nearest, named)
	}
	return nil
}

func degrees(s string, most float64) (float64, string) {
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	switch {
	case s == "":
		return 0, "is blank, while the other coordinate is not"
	case err != nil || math.IsNaN(n):
		return 0, "want degrees such as 35.9528, not " + strconv.Quote(s)
	case math.Abs(n) > most:
		return 0, s + " is beyond " + strconv.Itoa(int(most)) + " degrees"
	}
	return n, ""
}

var (
	areaWords = regexp.MustCompile(`(?i)\s+(governorate|province|state|region|department|district|oblast|county|prefecture|division)$`)
	townWords = regexp.MustCompile(`(?i)\s+(town|city|village|neighbou?rhood|district|area|camp)$`)
)

func bareArea(name string) string { return areaWords.ReplaceAllString(name, "") }
func bareTown(name string) string { return townWords.ReplaceAllString(name, "") }

// A Geography answers what the gazetteer knows of the names and points of tables,
// each looked up once. It is for one goroutine.
type Geography struct {
	gazetteer *lexicon.Gazetteer
	countries map[string]string
	areas     map[[2]string]string
	cells     map[[2]int][]int32 // places by whole degree
	lands     map[string]bool    // the countries of which places are known
}

// NewGeography returns the Geography of the places built in.
func NewGeography() *Geography {
	return &Geography{gazetteer: lexicon.Places(), countries: map[string]string{}, areas: map[[2]string]string{}}
}

// country returns the code of a country by its code or name; "" where unknown.
func (a *Geography) country(name string) string {
	if code, ok := a.countries[name]; ok {
		return code
	}
	code := ""
	if len(name) == 2 && strings.ToUpper(name) == name {
		code = name
	}
	short, _, _ := strings.Cut(name, " (")
	for _, spelling := range []string{name, short} {
		for _, i := range a.gazetteer.PlaceOf(spelling) {
			if p := a.gazetteer.Place(i); code == "" && strings.HasPrefix(p.ID, "country:") {
				code = p.Country
			}
		}
	}
	a.countries[name] = code
	return code
}

// area returns the identifier of an area by its name within a country.
func (a *Geography) area(name, country string) string {
	key := [2]string{name, country}
	if id, ok := a.areas[key]; ok || name == "" {
		return id
	}
	id := ""
	for _, spelling := range names(name, bareArea(name)) {
		for _, i := range a.gazetteer.PlaceOf(spelling) {
			if p := a.gazetteer.Place(i); id == "" && strings.HasPrefix(p.Feature, "ADM") && (country == "" || p.Country == country) {
				id = p.ID
			}
		}
	}
	a.areas[key] = id
	return id
}

// nearTown is how far, in kilometres, a point of a table may lie from the point
// of the gazetteer for a place of one name.
const nearTown = 25

// town returns the identifier of the populated place that a row names and whose
// point lies where the row says; "" where there is none.
func (a *Geography) town(w cairn.Where) string {
	if w.Lat == nil || w.Accuracy.Rank() > cairn.City.Rank() && w.Accuracy != "" {
		return ""
	}
	for _, spelling := range names(w.Name, bareTown(w.Name)) {
		for _, i := range a.gazetteer.PlaceOf(spelling) {
			p := a.gazetteer.Place(i)
			if strings.HasPrefix(p.Feature, "PPL") && pointOf(p).Kilometres(cairn.Point{Lat: *w.Lat, Lon: *w.Lon}) <= nearTown {
				return p.ID
			}
		}
	}
	return ""
}

// The distances, in kilometres, between a point and the places of a country
// up to which it may lie in it, and from which it does not.
const (
	nearOutside = 60
	farOutside  = 300
)

// distance returns how far, in kilometres, the closest place of a country is,
// infinite where none is within some degrees; and the name of a place of another
// country that is well nearer, "" where there is none.
func (a *Geography) distance(lat, lon float64, country string) (own float64, nearest string) {
	own = math.Inf(1)
	other, named := math.Inf(1), int32(-1)
	for _, i := range a.around(lat, lon) {
		p := a.gazetteer.Place(i)
		d := pointOf(p).Kilometres(cairn.Point{Lat: lat, Lon: lon})
		if p.Country == country {
			own = min(own, d)
		} else if d < other {
			other, named = d, i
		}
	}
	if named >= 0 && other < own/3 && own > nearOutside {
		p := a.gazetteer.Place(named)
		nearest = p.Name + " (" + p.Country + ")"
	}
	return own, nearest
}

// around returns the populated places within some degrees of a point.
func (a *Geography) around(lat, lon float64) []int32 {
	if a.cells == nil {
		a.cells, a.lands = map[[2]int][]int32{}, map[string]bool{}
		for i := range int32(a.gazetteer.Len()) {
			if p := a.gazetteer.Place(i); strings.HasPrefix(p.Feature, "PPL") {
				cell := [2]int{int(math.Floor(p.Lat)), int(math.Floor(p.Lon))}
				a.cells[cell], a.lands[p.Country] = append(a.cells[cell], i), true
			}
		}
	}
	var all []int32
	row, column := int(math.Floor(lat)), int(math.Floor(lon))
	for size := 1; size <= 3 && len(all) < 50; size++ {
		all = all[:0]
		for y := row - size; y <= row+size; y++ {
			for x := column - size; x <= column+size; x++ {
				all = append(all, a.cells[[2]int{y, x}]...)
			}
		}
	}
	return all
}

func pointOf(p lexicon.Place) cairn.Point { return cairn.Point{Lat: p.Lat, Lon: p.Lon} }
