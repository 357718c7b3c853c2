package main

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// kindsOfArea are the words by which reports call a first-level area.
var kindsOfArea = []string{"Governorate", "Province", "Region", "Oblast", "State", "Department", "District", "County", "Prefecture"}

// firstLevel returns the first-level areas that hold a town.
func firstLevel(towns []town, names map[string]string) []lexicon.NamedPlace {
	within := map[string][]town{}
	for _, t := range towns {
		within[t.Admin1Code] = append(within[t.Admin1Code], t)
	}
	var areas []lexicon.NamedPlace
	for code, area := range gather(towns, func(t town) string { return t.Admin1Code }) {
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
func areaNames(name string, towns []town) []string {
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
func namesake(name string, towns []town) *town {
	var best *town
	key := lexicon.KeyOf(name)
	for i, t := range towns {
		called := slices.ContainsFunc(t.Names, func(n string) bool { return lexicon.KeyOf(n) == key })
		if called && (best == nil || t.Population > best.Population) {
			best = &towns[i]
		}
	}
	return best
}
