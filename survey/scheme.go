package survey

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/cairn-recorder/cairn"
)

// A level is the columns of one administrative level of OCHA: ADM1_EN,
// ADM1_AR and ADM1_PCODE, or admin1Name_en and admin1Pcode.
type level struct {
	n     int
	pcode string            // header
	names map[string]string // header of each language
}

// schemeOf returns the levels that headers have, the widest first; none where
// they are not those of OCHA.
func schemeOf(headers []string) []level {
	levels := map[int]*level{}
	for _, h := range headers {
		n, rest, ok := levelOf(h)
		if !ok {
			continue
		}
		l := levels[n]
		if l == nil {
			l = &level{n: n, names: map[string]string{}}
			levels[n] = l
		}
		if rest == "pcode" {
			l.pcode = h
		} else if base, err := language.ParseBase(rest); err == nil {
			l.names[base.String()] = h
		}
	}
	var out []level
	for n := range 6 {
		if l := levels[n]; l != nil && l.pcode != "" && len(l.names) > 0 {
			out = append(out, *l)
		}
	}
	return out
}

// levelOf reads the number of a level and what its column holds: "pcode" or a
// language.
func levelOf(header string) (n int, rest string, ok bool) {
	text := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(header))
	if text, ok = strings.CutPrefix(text, "adm"); !ok {
		return 0, "", false
	}
	text = strings.TrimPrefix(text, "in")
	if text == "" || text[0] < '0' || text[0] > '5' {
		return 0, "", false
	}
	n, rest = int(text[0]-'0'), strings.TrimPrefix(text[1:], "name")
	return n, rest, rest == "pcode" || len(rest) == 2
}

// levels makes a place of each level that a row of OCHA names: the closest is
// the row's own, the others hold it.
func (s *Survey) levels(r row) []*draft {
	var out []*draft
	above := ""
	for _, l := range r.form.levels {
		code := strings.TrimSpace(r.cells[l.pcode])
		if code == "" {
			continue
		}
		d := &draft{row: r, implied: true, parent: above}
		d.place = cairn.Place{ID: "ocha:" + code, Kind: "admin" + strconv.Itoa(l.n), Codes: map[string]string{"pcode": code},
			Origin: cmp.Or(s.options.Source, usualSource[OCHA]), Licence: s.options.Licence, Names: map[string]string{}}
		d.place.Accuracy = accuracies[d.place.Kind]
		for lang, h := range l.names {
			if name := strings.Join(strings.Fields(r.cells[h]), " "); name != "" && len(name) <= mostName {
				d.place.Names[lang] = name
			}
		}
		d.named()
		if country, ok := countryCode(code[:min(2, len(code))]); ok {
			d.place.Country = country
		}
		switch {
		case len(d.place.ID) > mostName:
			fault := r.invalid(l.pcode, "has more than "+strconv.Itoa(mostName)+" bytes")
			d.fault = &fault
		case d.place.Name == "":
			fault := r.invalid(l.pcode, "the area "+code+" has no name")
			d.fault = &fault
		}
		above = d.place.ID
		out = append(out, d)
	}
	if len(out) > 0 {
		own := out[len(out)-1]
		own.implied = false
		own.point()
	}
	return out
}

// ofWOF completes a place of Who's On First: names by three-letter language, and
// the region that the hierarchy of the feature gives.
func (d *draft) ofWOF() {
	if id := d.row.cells["wof:id"]; id != "" && d.row.shape != nil {
		d.place.ID = "wof:" + id
	}
	if at := d.row.cells["gn:id"]; at != "" {
		if d.place.Codes == nil {
			d.place.Codes = map[string]string{}
		}
		d.place.Codes["geonames"] = at
	}
	if lat, lon := d.row.cells["lbl:latitude"], d.row.cells["lbl:longitude"]; lat != "" && lon != "" && d.place.Point == nil {
		if at, ok := degrees(lat); ok {
			if other, ok := degrees(lon); ok {
				d.place.Point = d.within(cairn.Point{Lat: at, Lon: other})
			}
		}
	}
	if n, err := strconv.Atoi(d.parent); err == nil {
		d.parent = ""
		if n > 0 {
			d.parent = "wof:" + strconv.Itoa(n)
		}
	}
	if box := boxOf(d.row.cells["geom:bbox"]); box != nil && d.place.Bounds == nil {
		d.place.Bounds = box
	}
}

// boxOf reads "west,south,east,north"; nil where that is no box.
func boxOf(text string) *cairn.Bounds {
	var sides []float64
	if json.Unmarshal([]byte("["+text+"]"), &sides) != nil || len(sides) != 4 || sides[0] == sides[2] && sides[1] == sides[3] {
		return nil
	}
	return &cairn.Bounds{West: sides[0], South: sides[1], East: sides[2], North: sides[3]}
}
