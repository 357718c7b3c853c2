package main

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cairn-recorder/cairn/lexicon"
)

// countries returns the countries that hold a town, named in six languages.
func countries(towns []town) []lexicon.NamedPlace {
	tongues := []display.Namer{}
	for _, tag := range []language.Tag{language.English, language.Arabic, language.Spanish, language.Ukrainian, language.Russian, language.French} {
		tongues = append(tongues, display.Regions(tag))
	}
	var places []lexicon.NamedPlace
	for code, place := range gather(towns, func(t town) string { return t.Country }) {
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
