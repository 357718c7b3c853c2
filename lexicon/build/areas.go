package main

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cairn-recorder/cairn/lexicon"
)

// A centre is the mean of points on the globe, each of one weight.
type centre struct{ x, y, z float64 }

func (c *centre) add(p lexicon.Place) {
	lat, lon := p.Lat*math.Pi/180, p.Lon*math.Pi/180
	c.x += math.Cos(lat) * math.Cos(lon)
	c.y += math.Cos(lat) * math.Sin(lon)
	c.z += math.Sin(lat)
}

func (c *centre) point() (lat, lon float64) {
	return math.Atan2(c.z, math.Hypot(c.x, c.y)) * 180 / math.Pi, math.Atan2(c.y, c.x) * 180 / math.Pi
}

// gather sums the towns up by what of tells of each; "" leaves one out.
func gather(towns []lexicon.NamedPlace, of func(lexicon.Place) string) map[string]*lexicon.NamedPlace {
	areas, centres := map[string]*lexicon.NamedPlace{}, map[string]*centre{}
	for _, t := range towns {
		code := of(t.Place)
		if code == "" {
			continue
		}
		if areas[code] == nil {
			areas[code], centres[code] = &lexicon.NamedPlace{Place: lexicon.Place{Country: t.Country}}, &centre{}
		}
		areas[code].Population += t.Population
		centres[code].add(t.Place)
	}
	for code, c := range centres {
		areas[code].Lat, areas[code].Lon = c.point()
	}
	return areas
}

// kindsOfArea are the words by which reports call a first-level area.
var kindsOfArea = []string{"Governorate", "Province", "Region", "Oblast", "State", "Department", "District", "County", "Prefecture"}

// firstLevel returns the first-level areas that hold a town.
func firstLevel(towns []lexicon.NamedPlace, names map[string]string) []lexicon.NamedPlace {
	within := map[string][]lexicon.NamedPlace{}
	for _, t := range towns {
		within[t.Admin1Code] = append(within[t.Admin1Code], t)
	}
	var areas []lexicon.NamedPlace
	for code, area := range gather(towns, func(p lexicon.Place) string { return p.Admin1Code }) {
		name := names[code]
		if name == "" {
			continue
		}
		area.ID, area.Name, area.Feature = "admin1:"+code, name, "ADM1"
		area.Admin1, area.Admin1Code = name, code
		area.Names = areaNames(name, within[code])
		areas = append(areas, *area)
	}
	return areas
}

// areaNames returns the names of an area: its own without and with each kind of
// area, and those of the town that it is called after, which alone is known in
// other scripts.
func areaNames(name string, towns []lexicon.NamedPlace) []string {
	bare := withoutKind(name)
	names := []string{name, bare}
	if seat := namesake(bare, towns); seat != nil {
		names = append(names, seat.Names...)
		for _, n := range seat.Names {
			if script(n) == scriptArabic {
				names = append(names, "محافظة "+n)
			}
		}
	}
	for _, kind := range kindsOfArea {
		names = append(names, bare+" "+kind, kind+" of "+bare)
	}
	return names
}

func withoutKind(name string) string {
	for _, kind := range append([]string{"City", "Kray", "Krai", "oblast", "Republic"}, kindsOfArea...) {
		if bare, cut := strings.CutSuffix(name, " "+kind); cut {
			return bare
		}
	}
	return name
}

// namesake returns the most populous town of that name, nil where there is none.
func namesake(name string, towns []lexicon.NamedPlace) *lexicon.NamedPlace {
	var best *lexicon.NamedPlace
	key := lexicon.KeyOf(name)
	for i, t := range towns {
		called := slices.ContainsFunc(t.Names, func(n string) bool { return lexicon.KeyOf(n) == key })
		if called && (best == nil || t.Population > best.Population) {
			best = &towns[i]
		}
	}
	return best
}

// countries returns the countries that hold a town, named in six languages.
func countries(towns []lexicon.NamedPlace) []lexicon.NamedPlace {
	tongues := []display.Namer{}
	for _, tag := range []language.Tag{language.English, language.Arabic, language.Spanish, language.Ukrainian, language.Russian, language.French} {
		tongues = append(tongues, display.Regions(tag))
	}
	var places []lexicon.NamedPlace
	for code, place := range gather(towns, func(p lexicon.Place) string { return p.Country }) {
		region, err := language.ParseRegion(code)
		if err != nil || !region.IsCountry() {
			continue
		}
		place.ID, place.Name, place.Feature = "country:"+code, tongues[0].Name(region), "PCLI"
		for _, tongue := range tongues {
			place.Names = append(place.Names, parted(tongue.Name(region))...)
		}
		place.Names = append(place.Names, usualNames[code]...)
		places = append(places, *place)
	}
	return places
}

// parted returns a name and the other one that stands behind it in brackets, as
// in Myanmar (Burma).
func parted(name string) []string {
	first, second, both := strings.Cut(name, "(")
	if !both {
		return []string{name}
	}
	return []string{strings.TrimSpace(first), strings.Trim(second, "() ")}
}

// usualNames are names of countries that reports use and CLDR does not.
var usualNames = map[string][]string{
	"AE": {"UAE", "Emirates"},
	"BA": {"Bosnia and Herzegovina", "Bosnia", "Herzegovina"},
	"BY": {"Byelorussia", "Белоруссия"},
	"CD": {"Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC", "Congo-Kinshasa", "Zaire"},
	"CF": {"Central African Republic"},
	"CG": {"Republic of the Congo", "Republic of Congo", "Congo", "Congo-Brazzaville"},
	"CI": {"Ivory Coast"},
	"CN": {"People's Republic of China"},
	"CV": {"Cabo Verde"},
	"CZ": {"Czech Republic"},
	"FM": {"Federated States of Micronesia"},
	"GB": {"Great Britain", "Britain"},
	"HK": {"Hong Kong"},
	"IR": {"Islamic Republic of Iran"},
	"KP": {"DPRK", "Democratic People's Republic of Korea"},
	"KR": {"Republic of Korea"},
	"LA": {"Lao PDR"},
	"MK": {"Macedonia"},
	"MM": {"Burma"},
	"MO": {"Macau"},
	"NL": {"Holland"},
	"PS": {"Palestine", "State of Palestine", "Occupied Palestinian Territory", "Occupied Palestinian Territories", "فلسطين", "Палестина", "Palestina"},
	"RU": {"Russian Federation", "Российская Федерация"},
	"SY": {"Syrian Arab Republic"},
	"SZ": {"Swaziland"},
	"TL": {"East Timor"},
	"TR": {"Türkiye", "Turkiye"},
	"UA": {"Україна"},
	"US": {"United States of America", "USA"},
	"VA": {"Vatican"},
	"VN": {"Viet Nam"},
}
