package transcribe

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Named returns the codebook of a name, and whether there is one.
func Named(name string) (Codebook, bool) {
	i := slices.IndexFunc(codebooks, func(b Codebook) bool { return b.Name == name })
	if i < 0 {
		return Codebook{}, false
	}
	return codebooks[i], true
}

// Names are those of every codebook.
func Names() []string {
	var names []string
	for _, b := range codebooks {
		names = append(names, b.Name)
	}
	return names
}

// The usual headers of fields, as recorders name them.
var (
	usualDates  = []string{"date", "date_start", "start_date", "event_date", "incident_date"}
	usualEnds   = []string{"date_end", "end_date"}
	usualPlaces = []string{"place", "place_en", "location", "location_name", "town", "city"}
	usualLat    = []string{"lat", "latitude", "y"}
	usualLon    = []string{"lon", "lng", "long", "longitude", "x"}
)

// codebooks are those that cairn has.
//
// UCDP GED: Sundberg and Melander 2013, and the codebook of the Georeferenced
// Event Dataset. ACLED: its codebook. Airwars: the columns of its exports. IBC:
// the table of incidents. Yemen Data Project: its table of air raids.
var codebooks = []Codebook{
	{
		Name: "ucdp", Recorder: "UCDP GED", Prefix: "UCDP-", Historic: true, Sides: true,
		Columns: map[Field][]string{
			Code: {"id"}, Date: {"date_start"}, DateEnd: {"date_end"}, PlaceName: {"where_coordinates"}, Admin1: {"adm_1"}, Admin2: {"adm_2"},
			Country: {"country"}, Lat: usualLat, Lon: usualLon, Accuracy: {"where_prec"}, Party: {"side_a"}, SecondParty: {"side_b"},
			Says: {"source_original", "source_office"},
		},
		Needs:   []Field{Code, Date, Country},
		figures: ucdpFigures, accuracy: ucdpAccuracy,
	},
	{
		Name: "acled", Recorder: "ACLED", Prefix: "ACLED-", Sides: true,
		Columns: map[Field][]string{
			Code: {"event_id_cnty", "data_id"}, Date: {"event_date"}, PlaceName: {"location"}, Admin1: {"admin1"}, Admin2: {"admin2"},
			Country: {"country"}, Lat: usualLat, Lon: usualLon, Accuracy: {"geo_precision"}, Party: {"actor1"}, SecondParty: {"actor2"},
			Means: {"sub_event_type"}, Says: {"source"},
		},
		Needs:   []Field{Code, Date},
		figures: acledFigures, accuracy: acledAccuracy,
	},
	{
		Name: "airwars", Recorder: "Airwars",
		Columns: map[Field][]string{
			Code: {"code"}, Date: {"date"}, DateEnd: {"date_end"}, PlaceName: {"place_en"}, PlaceNative: {"place_ar"}, Lat: {"lat"}, Lon: {"lon"},
			Accuracy: {"loc_accuracy"}, Party: {"belligerent"}, Means: {"strike_type"}, Strike: {"strike_status"}, Grade: {"harm_grading"},
			Reported: {"civilian_harm_reported"}, Country: {"country"}, Address: {"url"}, Former: {"former_codes", "former"},
			Narrative: {"narrative", "assessment"}, Published: {"first_published"},
		},
		Needs: []Field{Code, Date}, accuracy: wordedAccuracy,
	},
	{
		Name: "ibc", Recorder: "Iraq Body Count", Prefix: "IBC-",
		Columns: map[Field][]string{
			Code: {"ibc code", "incident_code", "code"}, Date: {"start date"}, DateEnd: {"end date"}, PlaceName: {"location", "place"},
			Means: {"weapons", "cause"}, Says: {"sources"}, Lat: usualLat, Lon: usualLon,
		},
		Needs:   []Field{Code, Date},
		figures: ibcFigures,
	},
	{
		Name: "ydp", Recorder: "Yemen Data Project", Prefix: "YDP-",
		Columns: map[Field][]string{
			Code: {"incident id", "id", "unique id"}, Date: {"date"}, PlaceName: {"area", "target"}, Admin2: {"district"}, Admin1: {"governorate"},
			Lat: usualLat, Lon: usualLon, Says: {"source"},
		},
		Needs: []Field{Date, Admin1},
	},
	{
		Name: "cairn",
		Columns: map[Field][]string{
			Code: {"id"}, Date: {"from"}, DateEnd: {"to"}, PlaceName: {"place"}, PlaceID: {"place_id"}, Admin1: {"admin1"}, Country: {"country"},
			Lat: {"lat"}, Lon: {"lon"}, Accuracy: {"accuracy"}, Party: {"belligerents"}, Means: {"means"}, Grade: {"grading"}, Strike: {"strike_status"}, Former: {"former"},
			Narrative: {"narrative"}, Published: {"first_published"},
		},
		Needs:   []Field{Code},
		figures: cairnFigures, accuracy: sameAccuracy,
	},
	{
		Name: "csv", Recorder: "",
		Columns: map[Field][]string{
			Code: {"code", "id", "incident", "incident_id", "event_id"}, Date: usualDates, DateEnd: usualEnds, PlaceName: usualPlaces, PlaceNative: {"place_native", "place_ar"},
			Admin1: {"admin1", "adm_1", "governorate", "province", "state"}, Admin2: {"admin2", "adm_2", "district"}, Country: {"country"},
			Lat: usualLat, Lon: usualLon, Accuracy: {"accuracy", "loc_accuracy"}, Party: {"belligerent", "belligerents", "party", "perpetrator", "actor"},
			Means: {"means", "weapon", "weapons", "strike_type"}, Strike: {"strike_status"}, Grade: {"grading", "grade", "harm_grading"},
			Reported: {"civilian_harm_reported"}, Says: {"source", "sources"}, Address: {"url", "source_url", "link"},
			Former: {"former_codes", "former"}, Narrative: {"narrative", "description", "summary"}, Published: {"first_published", "date_published"},
		},
		Needs: []Field{Date}, accuracy: wordedAccuracy,
	},
}

// ucdpFigures makes the claims of an event of UCDP GED: all its dead from the
// least to the greatest of low, best and high, and the best estimate of each
// side, of civilians and of the unknown (contract, cairn import). Low above high
// is kept and noted.
func ucdpFigures(e *entry) error {
	columns := map[string]int{}
	numbers := map[string]cairn.Bound{}
	for _, name := range []string{"low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"} {
		c := e.table.column(name)
		b, err := e.number(c)
		if err != nil {
			return err
		}
		columns[name], numbers[name] = c, b
	}
	low, high := numbers["low"], numbers["high"]
	if low.Known && high.Known && low.N > high.N {
		e.note("low", "%s stands above high, %s; the range runs from the least to the greatest", low, high)
	}
	whole := cairn.Spanning(point(low), point(numbers["best"]), point(high))
	if whole.Known() {
		e.claim(cairn.Killed, cairn.All, whole, "ucdp.estimates", columns["low"], columns["best"], columns["high"])
	}
	for _, of := range []struct {
		class cairn.Class
		names []string
	}{{cairn.Civilian, []string{"deaths_civilians"}}, {cairn.Combatant, []string{"deaths_a", "deaths_b"}}, {cairn.UnknownStatus, []string{"deaths_unknown"}}} {
		var sum cairn.Range
		var at []int
		for _, n := range of.names {
			sum, at = sum.Plus(point(numbers[n])), append(at, columns[n])
		}
		if sum.Known() {
			e.claim(cairn.Killed, of.class, sum, "ucdp."+of.names[0], at...)
		}
	}
	return nil
}

// point is the range of one number, unknown where it is.
func point(b cairn.Bound) cairn.Range { return cairn.Range{Min: b, Max: b} }

// ucdpAccuracy is the meaning of where_prec: 1 the named place, 2 within some
// 25 km of it, 3 and 4 the second- and first-level area, 5 a wider region, 6 the
// country, 7 waters or airspace.
func ucdpAccuracy(precision, place string) cairn.Accuracy {
	switch precision {
	case "1":
		return named(place)
	case "2":
		return cairn.Subdistrict
	case "3":
		return cairn.District
	case "4":
		return cairn.Admin1
	case "5", "6":
		return cairn.Country
	}
	return ""
}

// named is how closely a place is known that is given by its name and the kind
// of place behind it. A bare name is no closer than a town.
func named(place string) cairn.Accuracy {
	switch words := strings.Fields(strings.ToLower(place)); {
	case len(words) == 0:
		return cairn.Town
	case words[len(words)-1] == "village":
		return cairn.Village
	case words[len(words)-1] == "city":
		return cairn.City
	case strings.HasPrefix(words[len(words)-1], "neighbo"):
		return cairn.Neighbourhood
	}
	return cairn.Town
}

// cairnFigures makes the claims of an incident that another cairn exported: one
// for each tally, from _min to _max. A range that its column open names has no
// upper end that anybody gave.
func cairnFigures(e *entry) error {
	open := strings.Split(e.at(e.table.column("open")).Words, "; ")
	for low, header := range e.table.header {
		key, ok := strings.CutSuffix(header, "_min")
		t, known := cairn.TallyOf(key)
		if !ok || !known {
			continue
		}
		g := group{harm: t.Harm, class: t.Class, min: []int{low}, max: []int{e.table.column(key + "_max")}}
		before := len(e.claims)
		if err := e.ranged(g); err != nil {
			return err
		}
		if len(e.claims) > before && slices.Contains(open, key) {
			e.claims[before].Range.Open = true
		}
	}
	return nil
}

// sameAccuracy takes an accuracy as it is written.
func sameAccuracy(cell, _ string) cairn.Accuracy {
	if a := cairn.Accuracy(cell); slices.Contains(cairn.Accuracies, a) {
		return a
	}
	return ""
}

// acledFigures makes the claims of an event of ACLED: the dead of any status.
// Deaths are not ascribed to sides; where civilians are the target, the dead are
// civilians (ACLED codebook, fatalities and civilian targeting).
func acledFigures(e *entry) error {
	c := e.table.column("fatalities")
	b, err := e.number(c)
	if err != nil || !b.Known {
		return err
	}
	e.claim(cairn.Killed, cairn.All, point(b), "acled.fatalities", c)
	targeted := e.at(e.table.column("civilian_targeting")).Words != ""
	if targeted || strings.HasPrefix(strings.ToLower(e.of(SecondParty).Words), "civilians") {
		e.claim(cairn.Killed, cairn.Civilian, point(b), "acled.civilian_targeting", c)
	}
	return nil
}

// acledAccuracy is the meaning of geo_precision: 1 the named town, 2 near it, 3
// a wider region.
func acledAccuracy(precision, _ string) cairn.Accuracy {
	return map[string]cairn.Accuracy{"1": cairn.Town, "2": cairn.Subdistrict, "3": cairn.Admin1}[precision]
}

// ibcFigures makes the claim of an incident of Iraq Body Count, whose table has
// civilians alone.
func ibcFigures(e *entry) error {
	for _, of := range []struct {
		harm     cairn.Harm
		min, max string
	}{{cairn.Killed, "reported minimum", "reported maximum"}, {cairn.Injured, "injured minimum", "injured maximum"}} {
		g := group{harm: of.harm, class: cairn.Civilian, min: []int{e.table.column(of.min)}, max: []int{e.table.column(of.max)}}
		if err := e.ranged(g); err != nil {
			return err
		}
	}
	return nil
}

// wordedAccuracy reads an accuracy that is written in words.
func wordedAccuracy(cell, _ string) cairn.Accuracy {
	cell = strings.ToLower(strings.ReplaceAll(cell, "_", " "))
	for _, w := range []struct {
		word     string
		accuracy cairn.Accuracy
	}{
		{"exact", cairn.Exact}, {"within 100", cairn.Within100}, {"within 1", cairn.WithinMetre}, {"street", cairn.Street}, {"landmark", cairn.Landmark},
		{"nearby", cairn.Landmark}, {"neighbo", cairn.Neighbourhood}, {"village", cairn.Village}, {"town", cairn.Town}, {"city", cairn.City},
		{"subdistrict", cairn.Subdistrict}, {"district", cairn.District}, {"province", cairn.Admin1}, {"governorate", cairn.Admin1}, {"admin1", cairn.Admin1}, {"country", cairn.Country},
	} {
		if strings.Contains(cell, w.word) {
			return w.accuracy
		}
	}
	return ""
}
