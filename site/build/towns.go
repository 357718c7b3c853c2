package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Of a row of GeoNames' table of towns, and which of them a map names.
const (
	nameColumn, otherColumn = 1, 3
	latColumn, lonColumn    = 4, 5
	codeColumn              = 7
	countryColumn           = 8
	peopleColumn            = 14
	columns                 = 15

	ofTown   = 100_000 // people of a town that is named
	ofSeat   = 20_000  // and of one that a first-level area is run from
	decimals = 100     // of a degree, as far as a label is placed
)

// A town is one of them.
type town struct {
	name, arabic string
	lat, lon     float64
	people       int
}

// towns writes the towns that a map names, the greatest first, each with its name,
// latitude, longitude and, in Arab countries, its Arabic name.
func towns(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	var all []town
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if t, ok := townOf(strings.Split(lines.Text(), "\t")); ok {
			all = append(all, t)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b town) int { return cmp.Compare(b.people, a.people) })
	rows := make([][]any, len(all))
	for i, t := range all {
		rows[i] = []any{t.name, t.lat, t.lon}
		if t.arabic != "" {
			rows[i] = append(rows[i], t.arabic)
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// townOf returns the town of a row; none where a map does not name it, as a part of
// another.
func townOf(row []string) (town, bool) {
	if len(row) < columns {
		return town{}, false
	}
	people, _ := strconv.Atoi(row[peopleColumn])
	code := row[codeColumn]
	if code == "PPLX" || people < ofTown && code != "PPLC" && (code != "PPLA" || people < ofSeat) {
		return town{}, false
	}
	t := town{name: row[nameColumn], people: people}
	lat, latFault := strconv.ParseFloat(row[latColumn], 64)
	lon, lonFault := strconv.ParseFloat(row[lonColumn], 64)
	t.lat, t.lon = math.Round(lat*decimals)/decimals, math.Round(lon*decimals)/decimals
	if strings.Contains(arabCountries, row[countryColumn]) {
		t.arabic = arabicOf(strings.Split(row[otherColumn], ","))
	}
	return t, latFault == nil && lonFault == nil
}

// arabCountries are those whose towns have an Arabic name of their own: other names
// in the script may be Persian, Urdu or Kurdish.
const arabCountries = "AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE EH"

var arabicLetters = regexp.MustCompile(`^[ء-غف-ي ]+$`)

// arabicOf returns the first name in Arabic letters that is not another one torn
// apart.
func arabicOf(names []string) string {
	for _, name := range names {
		if arabicLetters.MatchString(name) && (!strings.Contains(name, " ") || !slices.Contains(names, strings.ReplaceAll(name, " ", ""))) {
			return name
		}
	}
	return ""
}
