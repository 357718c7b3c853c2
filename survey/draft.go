package survey

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// A draft is a place on its way: what its row says, before it is known which
// other places hold it.
type draft struct {
	place   cairn.Place
	parent  string // an identifier, or names parted by ">", closest first
	row     row
	implied bool // only named by rows of what it holds
	known   bool // stood before
	settled bool
	fault   *cairn.Invalid
}

// kindOf recognises the kind of a row, where it is not told.
func (s *Survey) kindOf(r row) Kind {
	if s.options.As == WOF || s.options.As == OCHA {
		return s.options.As
	}
	switch id := r.cells["id"]; {
	case len(r.form.levels) > 0, strings.HasPrefix(id, "ocha:"):
		return OCHA
	case strings.HasPrefix(id, "wof:"), r.cells["wof:id"] != "", r.cells["placetype"] != "" && r.cells["geom_latitude"] != "":
		return WOF
	case r.shape != nil:
		return GeoJSON
	}
	return CSV
}

// usualSource is who makes the files of a kind.
var usualSource = map[Kind]string{WOF: "Who's On First", OCHA: "OCHA"}

// one makes a place of a row.
func (s *Survey) one(r row, kind Kind) *draft {
	d := &draft{row: r}
	get := func(field string) string { _, text := r.column(field); return text }
	p := &d.place
	p.Kind, p.Zone = get("kind"), get("zone")
	p.Origin = cmp.Or(s.options.Source, usualSource[kind], get("source"), s.options.Usual)
	p.Licence = cmp.Or(s.options.Licence, get("licence"))
	p.Admin1 = get("admin1")
	d.parent = get("parent")
	for _, step := range []func(){d.names, d.point, d.country, d.closeness, d.people} {
		step()
	}
	p.Codes = codesOf(get("codes"), get("pcode"))
	p.ID = s.identifier(d, kind, get("id"))
	if kind == WOF {
		d.ofWOF()
	}
	switch {
	case p.Name == "":
		d.wrong("name", "is missing")
	case len(p.Name) > mostName || len(p.ID) > mostName:
		d.wrong("name", "has more than "+strconv.Itoa(mostName)+" bytes")
	case cmp.Or(r.cells["edtf:deprecated"], r.cells["deprecated"], r.cells["wof:superseded_by"], r.cells["superseded_by"]) != "":
		d.wrong("deprecated", "is no place any more by its own source: passed over")
	}
	return d
}

// mostName is the bytes of the longest name or identifier.
const mostName = 255

// wrong notes the first fault of d.
func (d *draft) wrong(field, reason string) {
	if d.fault == nil {
		column, _ := d.row.column(field)
		fault := d.row.invalid(column, reason)
		d.fault = &fault
	}
}

// names takes the names, by language and of any other script.
func (d *draft) names() {
	p := &d.place
	_, name := d.row.column("name")
	p.Name = strings.Join(strings.Fields(name), " ")
	var more []string
	for _, h := range d.row.headers {
		lang := d.row.form.tongues[h]
		if lang == "" && d.row.form.fields[h] != "aliases" {
			continue
		}
		for _, name := range several(d.row.cells[h]) {
			if lang != "" && p.Names[lang] == "" {
				if p.Names == nil {
					p.Names = map[string]string{}
				}
				p.Names[lang] = name
				continue
			}
			more = append(more, name)
		}
	}
	d.named()
	for _, name := range more {
		if name != p.Name && !slices.Contains(p.Aliases, name) && !holds(p.Names, name) {
			p.Aliases = append(p.Aliases, name)
		}
	}
}

// named makes a name of those by language, where there is no other.
func (d *draft) named() {
	if p := &d.place; p.Name == "" && len(p.Names) > 0 {
		p.Name = cmp.Or(p.Names["en"], p.Names[slices.Sorted(keysOf(p.Names))[0]])
	}
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func holds(m map[string]string, value string) bool {
	for _, v := range m {
		if v == value {
			return true
		}
	}
	return false
}

// several returns the parts of a cell that holds more than one, parted by bars
// or semicolons.
func several(cell string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(cell, func(c rune) bool { return c == '|' || c == ';' || c == '\n' }) {
		if part = strings.Join(strings.Fields(part), " "); part != "" && utf8.ValidString(part) && len(part) <= mostName && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// point takes the coordinates, or the point and bounds of a shape.
func (d *draft) point() {
	latColumn, lat := d.row.column("lat")
	lonColumn, lon := d.row.column("lon")
	if s := d.row.shape; s != nil {
		if s.fault != "" {
			d.wrong("geometry", s.fault)
			return
		}
		d.place.Bounds = s.bounds
		if lat == "" || lon == "" {
			d.place.Point = d.within(s.point)
			return
		}
	}
	switch {
	case lat == "" && lon == "":
		return
	case lat == "" || lon == "":
		column := latColumn
		if lon == "" {
			column = lonColumn
		}
		fault := d.row.invalid(column, "is missing, while the other coordinate is there")
		d.fault = &fault
		return
	}
	at, ok := cairn.Point{}, false
	if at.Lat, ok = degrees(lat); !ok {
		d.wrong("lat", "want degrees, such as 35.95, not "+strconv.Quote(lat))
	} else if at.Lon, ok = degrees(lon); !ok {
		d.wrong("lon", "want degrees, such as 39.01, not "+strconv.Quote(lon))
	} else {
		d.place.Point = d.within(at)
	}
}

// within returns p where it can be on the Earth.
func (d *draft) within(p cairn.Point) *cairn.Point {
	switch {
	case p.Lat < -90 || p.Lat > 90:
		reason := "want degrees from -90 to 90, not " + strconv.FormatFloat(p.Lat, 'f', -1, 64)
		if p.Lon >= -90 && p.Lon <= 90 {
			reason += "; are latitude and longitude swapped?"
		}
		d.wrong("lat", reason)
	case p.Lon < -180 || p.Lon > 180:
		d.wrong("lon", "want degrees from -180 to 180, not "+strconv.FormatFloat(p.Lon, 'f', -1, 64))
	case p.Lat == 0 && p.Lon == 0:
		d.wrong("lat", "0, 0 is what stands where nobody entered a point; leave both empty where it is not known")
	default:
		return &p
	}
	return nil
}

func degrees(s string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return n, err == nil && n == n
}

// people takes the population.
func (d *draft) people() {
	_, text := d.row.column("population")
	if text == "" || text == "0" {
		return
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil || n < 0 || n > 1e9 {
		d.wrong("population", "want a number of people, not "+strconv.Quote(text))
		return
	}
	d.place.Population = int(n)
}
