package survey

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"github.com/cairn-recorder/cairn"
)

// A row is one row of a table, or one feature, as texts by header.
type row struct {
	file    string
	line    int
	headers []string // in the order of the file
	cells   map[string]string
	shape   *shape // of a feature
	form    *form  // of the headers
}

// invalid is a fault of r in the column of a header or field.
func (r row) invalid(column, reason string) cairn.Invalid {
	return cairn.Invalid{File: r.file, Line: r.line, Field: column, Reason: reason}
}

// Fields are what a column can hold; names.ar is the names in Arabic. They are
// what a map of columns may name.
var Fields = []string{"id", "name", "aliases", "lat", "lon", "kind", "country", "admin1", "parent", "pcode", "codes", "population", "accuracy", "zone", "source", "licence"}

func usually(field string, headers ...string) map[string]string {
	out := map[string]string{}
	for _, h := range headers {
		out[h] = field
	}
	return out
}

// fieldsOf returns the usual headers of every field.
func fieldsOf() map[string]string {
	all := map[string]string{}
	for _, some := range []map[string]string{
		usually("id", "id", "placeid", "wofid", "featureid", "uid", "globalid", "identifier", "osmid"),
		usually("name", "name", "placename", "wofname", "toponym", "label", "featurename", "title"),
		usually("aliases", "aliases", "alias", "altname", "altnames", "alternatenames", "alternativenames", "othernames", "namesother", "nameother", "namealt", "variants", "localname", "namelocal", "nativename"),
		usually("lat", "lat", "latitude", "y", "ycoord", "pointy", "geomlatitude", "decimallatitude", "centroidlat"),
		usually("lon", "lon", "lng", "long", "longitude", "x", "xcoord", "pointx", "geomlongitude", "decimallongitude", "centroidlon"),
		usually("kind", "type", "kind", "class", "placetype", "wofplacetype", "featuretype", "adminlevel", "level", "fcode", "fclass", "featurecode"),
		usually("country", "country", "iso", "iso2", "iso3", "isocountry", "cc", "countrycode", "wofcountry"),
		usually("admin1", "admin1", "adm1", "governorate", "province", "region", "state", "oblast", "admin1name"),
		usually("parent", "parent", "within", "parentid", "wofparentid", "parentname", "belongsto"),
		usually("pcode", "pcode", "placecode"),
		usually("codes", "codes", "otherids", "concordances", "wofconcordances"),
		usually("population", "population", "pop", "wofpopulation", "gnpopulation"),
		usually("accuracy", "accuracy", "precision", "locaccuracy", "locationaccuracy"),
		usually("zone", "zone", "timezone", "tz"),
		usually("source", "source", "origin"),
		usually("licence", "licence", "license"),
	} {
		for h, field := range some {
			all[h] = field
		}
	}
	return all
}

// words returns the words of a header in small letters: name:ara_x_preferred
// has four.
func words(header string) []string {
	return strings.FieldsFunc(strings.ToLower(header), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// tongue returns the language that a header has names in: "names_ar",
// "name:ara_x_preferred", "NAME_EN", "ar_name".
func tongue(header string) (tag string, ok bool) {
	w := words(header)
	if len(w) == 2 && w[1] == "name" {
		w[0], w[1] = w[1], w[0]
	}
	if len(w) < 2 || w[0] != "name" && w[0] != "names" || len(w[1]) > 3 || len(w) > 2 && w[2] != "x" {
		return "", false
	}
	base, err := language.ParseBase(w[1])
	if err != nil {
		return "", false
	}
	return base.String(), true
}

// A form is which field each header of a file holds.
type form struct {
	fields  map[string]string // by header
	tongues map[string]string // by header, of names in one language
	levels  []level           // of a table of OCHA
}

// formOf returns the form of headers, the given columns before the usual ones.
func formOf(headers []string, columns map[string]string) *form {
	f := &form{map[string]string{}, map[string]string{}, schemeOf(headers)}
	known, given, taken := fieldsOf(), map[string]bool{}, map[string]bool{}
	for field, header := range columns {
		if lang, ok := strings.CutPrefix(field, "names."); ok {
			f.tongues[header] = lang
			continue
		}
		f.fields[header], given[field], taken[field] = field, true, true
	}
	for _, h := range headers {
		if f.fields[h] != "" || f.tongues[h] != "" {
			continue
		}
		field := known[strings.Join(words(h), "")]
		if lang, ok := tongue(h); ok && field == "" {
			f.tongues[h] = lang
		} else if field != "" && !given[field] && !(field == "name" && taken[field]) {
			f.fields[h], taken[field] = field, true
		}
	}
	// "place" is the name, or in what is made of OpenStreetMap the kind.
	for _, h := range headers {
		if strings.EqualFold(h, "place") && f.fields[h] == "" {
			field := "name"
			if taken["name"] || len(f.tongues) > 0 {
				field = "kind"
			}
			if !taken[field] {
				f.fields[h], taken[field] = field, true
			}
		}
	}
	return f
}

// column returns the header of a field and the text in it; of several the first
// that holds anything.
func (r row) column(field string) (header, text string) {
	for _, h := range r.headers {
		if r.form.fields[h] != field {
			continue
		}
		if text := strings.TrimSpace(r.cells[h]); text != "" {
			return h, text
		}
		if header == "" {
			header = h
		}
	}
	if header == "" {
		header = field
	}
	return header, ""
}
