package extract

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// resolve chooses for each name the place that it stands for: by the countries
// that the document is about, by the dateline, by what stands beside the name,
// and by population last.
func (r *reading) resolve() {
	if len(r.spots) == 0 && r.doc.Place == "" {
		return
	}
	votes, around := r.countryVotes(), r.neighbourhood()
	chosen := map[string]*cairn.Where{}
	for i := range r.spots {
		s := &r.spots[i]
		if w := chosen[s.name]; w != nil {
			s.where = w
			continue
		}
		w := r.choose(s, votes, &around, r.beside(i))
		chosen[s.name], s.where = w, w
	}
	r.focus = r.mainPlace(votes)
}

// countryVotes weighs the countries that the document names or is given.
func (r *reading) countryVotes() map[string]float64 {
	votes := map[string]float64{}
	for _, p := range r.pack.Places {
		votes[p.Country] += 0.01
	}
	for _, c := range r.lookUp(r.doc.Place) {
		votes[r.countryOf(c)] += 1
	}
	for _, s := range r.spots {
		country := r.countryOf(s.choices[0])
		switch {
		case s.choices[0].own >= 0:
			votes[country] += 2
		case r.places.base.Feature(s.choices[0].base) == "PCLI":
			votes[country] += 2
		case len(s.choices) == 1 && s.strong:
			votes[country] += 0.5
		}
	}
	return votes
}

func (r *reading) countryOf(c candidate) string {
	if c.own >= 0 {
		return r.places.places[c.own].Country
	}
	return r.places.base.Country(c.base)
}

// lookUp returns the candidates of each part of a given place, "Raqqa, Syria".
func (r *reading) lookUp(given string) []candidate {
	var out []candidate
	for part := range strings.SplitSeq(given, ",") {
		k := lexicon.KeyOf(strings.TrimSpace(part))
		own, base, _ := r.named(k)
		for _, o := range own {
			out = append(out, candidate{own: o, base: -1})
		}
		if base.Len() > 0 {
			out = append(out, candidate{own: -1, base: base.At(0)})
		}
	}
	return out
}

// beside returns the countries and first-level areas that stand right after spot
// i, as in "Paris, Texas", or own it, as in "Syria's Idlib".
func (r *reading) beside(i int) []candidate {
	var out []candidate
	if i > 0 && r.possessed(r.spots[i].first) {
		out = r.areasOf(r.spots[i-1])
	}
	end := r.spots[i].end
	if i+1 < len(r.spots) && r.spots[i+1].first-end <= 2 && (r.sign(end) == ',' || r.is(end, "in")) {
		out = append(out, r.areasOf(r.spots[i+1])...)
	}
	return out
}

// areasOf returns the countries and first-level areas that a name may stand for.
func (r *reading) areasOf(s spot) []candidate {
	var out []candidate
	for _, c := range s.choices {
		if c.base >= 0 {
			if f := r.places.base.Feature(c.base); f == "PCLI" || f == "ADM1" {
				out = append(out, c)
			}
		}
	}
	return out
}

// choose scores the candidates and returns the best with the alternatives.
func (r *reading) choose(s *spot, votes map[string]float64, around *neighbourhood, beside []candidate) *cairn.Where {
	choices := append([]candidate(nil), s.choices...)
	borne := r.firstNames(s.name, choices)
	for i := range choices {
		c := &choices[i]
		r.score(c, votes, beside)
		if borne[i] == byOther {
			c.score -= otherName
		}
		if len(choices) > 1 && c.own < 0 && len(around.byLat) > 0 {
			r.scoreAround(i, choices, s.name, around)
		}
	}
	slices.SortStableFunc(choices, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	w := whereOf(r.places.place(choices[0]))
	w.Reason = r.reason(choices[0])
	if len(choices) > 1 {
		w.Alternatives = make([]cairn.Alternative, 0, min(len(choices), 6)-1)
	}
	for _, c := range choices[1:min(len(choices), 6)] {
		w.Alternatives = append(w.Alternatives, r.alternative(c))
	}
	return w
}

// otherName is what speaks against a place that bears a name beside its first,
// where another is called so first: Philadelphia was Amman once.
const otherName = 3

// How a choice bears a name.
const (
	byFirst = iota // it is called so first, or no choice is
	byOther        // another choice is
)

// firstNames says of each choice how it bears a name.
func (r *reading) firstNames(name string, choices []candidate) []int {
	out := make([]int, len(choices))
	some := false
	for i, c := range choices {
		if c.own >= 0 || c.base < 0 || lexicon.KeyOf(r.places.base.Place(c.base).Name) == lexicon.KeyOf(name) {
			some = true
			continue
		}
		out[i] = byOther
	}
	if !some {
		clear(out)
	}
	return out
}

func (r *reading) score(c *candidate, votes map[string]float64, beside []candidate) {
	if c.own >= 0 {
		c.score = 100
		return
	}
	base := r.places.base
	people, country := base.Population(c.base), base.Country(c.base)
	c.score = 1.3 * math.Log10(float64(people)+10)
	switch base.Feature(c.base) {
	case "PCLI":
		c.score += 8
	case "PPLC":
		c.score += 2
	case "PPLA":
		c.score += 0.5
	case "ADM1":
		c.score -= 1.5
	}
	if v := votes[country]; v > 0 {
		c.score += min(4, 2+math.Log2(1+v))
		c.about = true
	}
	if base.Home(country) > 0 {
		c.score += homeFavour
		c.home = true
	}
	for _, b := range beside {
		p, own := base.Place(b.base), base.Place(c.base)
		if p.Country == own.Country && (p.Feature == "PCLI" || p.Admin1Code == own.Admin1Code) {
			c.score += 6
			c.beside = b.base + 1
			break
		}
	}
}

// homeFavour is what speaks for a place in a country of which the project has
// packs of places: as much as some thousand times the people.
const homeFavour = 5

// reason says in words what spoke for c.
func (r *reading) reason(c candidate) string {
	if int(c.own) >= r.places.project {
		return "an area by its name in the language of the report"
	}
	if c.own >= 0 {
		return "a place of the project"
	}
	people := r.places.base.Population(c.base)
	why := strconv.Itoa(people) + " inhabitants"
	if people == 0 {
		why = "its inhabitants not known"
	}
	if _, brought := r.places.base.Kept(c.base); brought {
		why = "a place of a pack, " + why
	}
	switch r.places.base.Feature(c.base) {
	case "PCLI":
		why = "a country"
	case "PPLC":
		why = "a capital, " + why
	case "ADM1":
		why = "a whole first-level area, " + why
	}
	if c.home {
		why += "; the project has packs of places of " + r.places.base.Country(c.base)
	}
	if c.about {
		why += "; the report is about " + r.places.base.Country(c.base)
	}
	if c.beside > 0 {
		why += "; " + r.places.base.Place(c.beside-1).Name + " stands beside it"
	}
	if c.near {
		why += "; near other places of the report"
	}
	return why
}

func (r *reading) alternative(c candidate) cairn.Alternative {
	if c.own >= 0 {
		p := r.places.places[c.own]
		return cairn.Alternative{ID: p.ID, Name: p.Name, Country: p.Country, Reason: r.reason(c)}
	}
	p := r.places.base.Place(c.base)
	return cairn.Alternative{ID: p.ID, Name: p.Name, Country: p.Country, Reason: r.reason(c)}
}

// scoreAround adds what the other names of the document say of choice i.
func (r *reading) scoreAround(i int, choices []candidate, name string, around *neighbourhood) {
	c, at := &choices[i], around.reaches[name]
	if at.end-at.first != len(choices) {
		return
	}
	near, area, country := around.support(at, around.byName[at.first+i])
	switch r.places.base.Feature(c.base) {
	case "PCLI":
		c.score += math.Log2(1 + country)
		if r.sharesName(choices) {
			c.score -= 6
		}
	case "ADM1":
		c.score += 1.5 * math.Log2(1+area)
		if !r.namesSeat(c.base, choices) {
			c.score += 1 + math.Log2(1+area)
		}
	default:
		c.score += min(4, 2*math.Log2(1+near)) + 1.5*math.Log2(1+area)
		c.near = near >= 1
	}
}

// sharesName reports whether a country has the name of a first-level area of
// another, as Georgia has, so that only the report tells them apart.
func (r *reading) sharesName(choices []candidate) bool {
	country, area := "", ""
	for _, c := range choices {
		switch r.places.base.Feature(c.base) {
		case "PCLI":
			country = r.places.base.Country(c.base)
		case "ADM1":
			area = r.places.base.Country(c.base)
		}
	}
	return country != "" && area != "" && country != area
}

// namesSeat reports whether a town that is no small part of a first-level area
// has its name, so that the town is more likely meant.
func (r *reading) namesSeat(area int32, choices []candidate) bool {
	base := r.places.base
	code, people := base.Place(area).Admin1Code, base.Population(area)
	for _, c := range choices {
		if p := base.Place(c.base); c.base != area && c.own < 0 && p.Admin1Code == code && p.Feature != "ADM2" && (p.Feature == "PPLA" || p.Feature == "PPLC" || p.Population*40 > people) {
			return true
		}
	}
	return false
}

func whereOf(p cairn.Place) *cairn.Where {
	w := &cairn.Where{Name: p.Name, Country: p.Country, Admin1: p.Admin1, Accuracy: p.Accuracy, ID: p.ID, Within: p.Within, Zone: p.Zone}
	if p.Point != nil {
		lat, lon := p.Point.Lat, p.Point.Lon
		w.Lat, w.Lon = &lat, &lon
	}
	return w
}

// mainPlace returns the place that the document is mainly about: the one given
// with it, or else the most often named, the earliest of equals; a country only
// where there is nothing closer.
func (r *reading) mainPlace(votes map[string]float64) *cairn.Where {
	if c := r.lookUp(r.doc.Place); len(c) > 0 {
		return r.choose(&spot{choices: c[:1]}, votes, &neighbourhood{}, nil)
	}
	count := map[string]float64{}
	var best *spot
	for i := range r.spots {
		s := &r.spots[i]
		weight := 1.0
		if s.strong {
			weight++
		}
		if s.span.Start < headBytes {
			weight++
		}
		switch s.where.Accuracy {
		case cairn.Country:
			weight *= 0.05
		case cairn.Admin1:
			weight *= 0.3
		}
		count[s.name] += weight
	}
	for i := range r.spots {
		if s := &r.spots[i]; best == nil || count[s.name] > count[best.name] {
			best = s
		}
	}
	if best == nil {
		return nil
	}
	return best.where
}
