package main

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// kindsOfDistrict are the words by which reports call a second-level area.
var kindsOfDistrict = []string{"District", "County", "Parish", "Raion", "Rayon", "Governorate", "Borough"}

// secondLevel returns the second-level areas that hold a town, under names that
// say what they are: their bare names are those of their towns.
func secondLevel(towns []town, names map[string]string) []lexicon.NamedPlace {
	seat := map[string]town{}
	for _, t := range towns {
		seat[t.district] = t
	}
	var areas []lexicon.NamedPlace
	for code, area := range gather(towns, func(t town) string { return t.district }) {
		area.Names = districtNames(names[code], area.Country)
		if area.Names == nil {
			continue
		}
		area.ID, area.Name, area.Feature = "admin2:"+code, area.Names[0], "ADM2"
		area.Admin1, area.Admin1Code = seat[code].Admin1, seat[code].Admin1Code
		areas = append(areas, *area)
	}
	return areas
}

// districtNames returns the names of a second-level area with its kind; nil
// where the table does not say the kind and it cannot be told.
func districtNames(name, country string) []string {
	bare, kind := name, ""
	if i := strings.LastIndexByte(name, ' '); i > 0 && slices.Contains(kindsOfDistrict, name[i+1:]) {
		bare, kind = name[:i], name[i+1:]
	}
	switch {
	case name == "":
		return nil
	case kind == "Raion" || kind == "Rayon":
		return []string{name, bare + " Raion", bare + " Rayon", bare + " District"}
	case kind != "":
		return []string{name, kind + " of " + bare}
	case country == "PS":
		return []string{name + " Governorate", name + " District"}
	case arabic[country]:
		return []string{name + " District"}
	}
	return nil
}

// abbreviations are the short forms of areas and countries, which a text writes
// behind the name of a town or with capitals and full stops.
var abbreviations = map[string][]string{
	"country:US": {"US"}, "country:GB": {"UK"}, "country:AE": {"UAE"}, "country:CD": {"DRC"}, "country:SA": {"KSA"},
	"admin1:US.AL": {"Ala", "AL"}, "admin1:US.AK": {"AK"}, "admin1:US.AZ": {"Ariz", "AZ"}, "admin1:US.AR": {"Ark", "AR"},
	"admin1:US.CA": {"Calif", "CA"}, "admin1:US.CO": {"Colo", "CO"}, "admin1:US.CT": {"Conn", "CT"}, "admin1:US.DE": {"Del", "DE"},
	"admin1:US.DC": {"DC"}, "admin1:US.FL": {"Fla", "FL"}, "admin1:US.GA": {"Ga"}, "admin1:US.HI": {"HI"}, "admin1:US.ID": {"ID"},
	"admin1:US.IL": {"Ill", "IL"}, "admin1:US.IN": {"Ind", "IN"}, "admin1:US.IA": {"IA"}, "admin1:US.KS": {"Kan", "KS"},
	"admin1:US.KY": {"Ky"}, "admin1:US.LA": {"La"}, "admin1:US.ME": {"ME"}, "admin1:US.MD": {"Md"}, "admin1:US.MA": {"Mass", "MA"},
	"admin1:US.MI": {"Mich", "MI"}, "admin1:US.MN": {"Minn", "MN"}, "admin1:US.MS": {"Miss", "MS"}, "admin1:US.MO": {"Mo"},
	"admin1:US.MT": {"Mont", "MT"}, "admin1:US.NE": {"Neb", "NE"}, "admin1:US.NV": {"Nev", "NV"}, "admin1:US.NH": {"NH"},
	"admin1:US.NJ": {"NJ"}, "admin1:US.NM": {"NM"}, "admin1:US.NY": {"NY"}, "admin1:US.NC": {"NC"}, "admin1:US.ND": {"ND"},
	"admin1:US.OH": {"OH"}, "admin1:US.OK": {"Okla", "OK"}, "admin1:US.OR": {"Ore", "OR"}, "admin1:US.PA": {"Pa"}, "admin1:US.RI": {"RI"},
	"admin1:US.SC": {"SC"}, "admin1:US.SD": {"SD"}, "admin1:US.TN": {"Tenn", "TN"}, "admin1:US.TX": {"Tex", "TX"}, "admin1:US.UT": {"UT"},
	"admin1:US.VT": {"Vt"}, "admin1:US.VA": {"Va"}, "admin1:US.WA": {"Wash", "WA"}, "admin1:US.WV": {"WVa", "WV"},
	"admin1:US.WI": {"Wis", "WI"}, "admin1:US.WY": {"Wyo", "WY"},
	"admin1:CA.01": {"Alta", "AB"}, "admin1:CA.02": {"BC"}, "admin1:CA.03": {"Man", "MB"}, "admin1:CA.04": {"NB"},
	"admin1:CA.07": {"NS"}, "admin1:CA.08": {"Ont"}, "admin1:CA.10": {"Que", "QC"}, "admin1:CA.11": {"Sask", "SK"},
}
