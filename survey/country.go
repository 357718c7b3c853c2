package survey

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cairn-recorder/cairn"
)

// country takes the country, by any of its codes or its English name.
func (d *draft) country() {
	_, text := d.row.column("country")
	if text == "" || text == "-99" || text == "XX" {
		return
	}
	code, ok := countryCode(text)
	if !ok {
		d.wrong("country", "no country is called "+strconv.Quote(text)+"; want its ISO code, such as SY")
	}
	d.place.Country = code
}

// countryCode returns the ISO 3166-1 alpha-2 code of a country; codes that ISO
// leaves to users, such as ZZ, stand.
func countryCode(text string) (string, bool) {
	if len(text) == 2 || len(text) == 3 {
		if r, err := language.ParseRegion(strings.ToUpper(text)); err == nil {
			return r.String(), true
		}
	}
	code, ok := countriesByName()[strings.ToLower(text)]
	return code, ok
}

var countriesByName = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if r, err := language.ParseRegion(string([]rune{a, b})); err == nil && r.IsCountry() {
				out[strings.ToLower(display.English.Regions().Name(r))] = r.String()
			}
		}
	}
	return out
})

// closeness takes how closely the place is known: as it is said, or else by its
// kind.
func (d *draft) closeness() {
	_, said := d.row.column("accuracy")
	if said != "" {
		a := cairn.Accuracy(strings.ReplaceAll(strings.ToLower(said), " ", "_"))
		if !slices.Contains(cairn.Accuracies, a) {
			d.wrong("accuracy", "no accuracy is called "+strconv.Quote(said)+"; want one of exact, street, landmark, neighbourhood, village, town, city, subdistrict, district, admin1, country")
			return
		}
		d.place.Accuracy = a
		return
	}
	d.place.Accuracy = accuracies[strings.Join(words(d.place.Kind), "")]
}

// accuracies is how closely each kind of place is known, by the words of its
// source. What Who's On First calls a locality is anything from a hamlet to a
// city: the larger ones are built in, so that here it is a village.
var accuracies = map[string]cairn.Accuracy{
	"admin0": cairn.Country, "country": cairn.Country, "dependency": cairn.Country, "disputed": cairn.Country, "pcli": cairn.Country,
	"admin1": cairn.Admin1, "region": cairn.Admin1, "macroregion": cairn.Admin1, "governorate": cairn.Admin1, "province": cairn.Admin1, "oblast": cairn.Admin1, "state": cairn.Admin1,
	"admin2": cairn.District, "county": cairn.District, "macrocounty": cairn.District, "district": cairn.District, "raion": cairn.District,
	"admin3": cairn.Subdistrict, "localadmin": cairn.Subdistrict, "subdistrict": cairn.Subdistrict, "municipality": cairn.Subdistrict, "commune": cairn.Subdistrict,
	"admin4": cairn.Village, "community": cairn.Village, "locality": cairn.Village, "village": cairn.Village, "hamlet": cairn.Village, "settlement": cairn.Village, "ppl": cairn.Village,
	"town": cairn.Town, "city": cairn.City, "capital": cairn.City, "ppla": cairn.City, "pplc": cairn.City,
	"neighbourhood": cairn.Neighbourhood, "neighborhood": cairn.Neighbourhood, "macrohood": cairn.Neighbourhood, "microhood": cairn.Neighbourhood, "borough": cairn.Neighbourhood,
	"quarter": cairn.Neighbourhood, "suburb": cairn.Neighbourhood, "camp": cairn.Neighbourhood, "pplx": cairn.Neighbourhood,
	"campus": cairn.Landmark, "venue": cairn.Landmark, "building": cairn.Landmark, "hospital": cairn.Landmark, "school": cairn.Landmark, "airport": cairn.Landmark, "landmark": cairn.Landmark,
	"bridge": cairn.Landmark, "market": cairn.Landmark, "mosque": cairn.Landmark, "church": cairn.Landmark, "street": cairn.Street, "road": cairn.Street, "address": cairn.Exact,
}
