package extract

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A spot is words that stand for a place, and the place they were taken for.
type spot struct {
	first, end int // terms
	span       cairn.Span
	name       string // folded, for one sense a document
	strong     bool   // a preposition of place stands before it, or it is the dateline
	choices    []candidate
	where      *cairn.Where
}

// findPlaces finds the names of places and decides, one sense a document, which
// place each stands for.
func (r *reading) findPlaces() {
	r.persons, r.names = r.personWords(), r.capitals()
	for i := 0; i < len(r.terms); {
		r.speak(r.terms[i].span.Start)
		if n, _ := r.projectParty(i, len(r.terms)); n > 1 {
			i += n
			continue
		}
		n, choices := 0, []candidate(nil)
		if r.canOpenPlace(i) {
			n, choices = r.find(i, len(r.terms))
		}
		if n == 0 || !r.isPlace(i, i+n, choices) {
			i++
			continue
		}
		s := spot{first: i, end: i + n, choices: choices, strong: r.placed(i)}
		s.span = cairn.Span{Start: r.terms[i].span.Start, End: r.terms[i+n-1].span.End}
		s.name = lexicon.Fold(s.span.Of(r.text))
		r.spots = append(r.spots, s)
		i += n
	}
	r.resolve()
}

// personWords returns the last words of what are perhaps names of persons: runs
// of capitals that no preposition of place introduces and that are, as a whole,
// no place.
func (r *reading) personWords() map[string]bool {
	out := map[string]bool{}
	if r.caseless {
		return out
	}
	for i := 0; i < len(r.terms); i++ {
		first := i
		for i < len(r.terms) && r.terms[i].word && r.terms[i].upper && r.terms[i].node == nil && (i == first || !r.terms[i].opens) {
			i++
		}
		if i-first != 2 && i-first != 3 || r.placed(first) || r.terms[first].opens {
			continue
		}
		last := r.terms[i-1].span.Of(r.text)
		if n, _ := r.find(first, i); n < i-first && !addresses[lexicon.Fold(last)] {
			out[lexicon.Fold(last)] = true
		}
	}
	return out
}

// capitals returns the words, unknown to the lexicon, that stand with a capital
// inside a sentence, where only names have one.
func (r *reading) capitals() map[string]bool {
	out := map[string]bool{}
	if r.caseless {
		return out
	}
	for _, s := range r.sentences {
		if s.headline {
			continue
		}
		for i := s.first + 1; i < s.last; i++ {
			if t := r.terms[i]; t.word && t.upper && t.node == nil && r.sign(i-1) != '"' && r.sign(i-1) != '“' {
				out[lexicon.Fold(t.span.Of(r.text))] = true
			}
		}
	}
	return out
}

// canOpenPlace reports whether a name of a place can begin at term i.
func (r *reading) canOpenPlace(i int) bool {
	t := r.terms[i]
	if !t.word || t.when > 0 || t.span.Len() < 3 {
		return false
	}
	if r.caseless || r.lang.NoCapitals {
		return t.node == nil || t.node.Has(lexicon.Party)
	}
	return t.upper && !t.node.HasAny(stopMask|nounMask|1<<lexicon.Title|1<<lexicon.Cue|1<<lexicon.SourceNoun) && !addresses[lexicon.Fold(t.span.Of(r.text))]
}

// isPlace reports whether the name of terms first to end is used as a place
// here and is not a person's or another common word.
func (r *reading) isPlace(first, end int, choices []candidate) bool {
	t := r.terms[first]
	if choices[0].own >= 0 {
		return true
	}
	most := 0
	for _, c := range choices {
		most = max(most, r.places.base.Population(c.base))
	}
	if r.caseless || r.lang.NoCapitals {
		return r.placed(first) || most > 300_000 && t.span.Len() > 4
	}
	if t.node != nil && end == first+1 && !r.placed(first) && !t.node.Has(lexicon.Party) {
		return false
	}
	if r.nameBeside(first, end) && !r.placed(first) || r.persons[lexicon.Fold(t.span.Of(r.text))] && most < 500_000 {
		return false
	}
	return r.placed(first) || most >= 15_000 || r.sign(end) == ',' && most > 0
}

// nameBeside reports whether the words are part of a longer name in capitals,
// so perhaps a person's.
func (r *reading) nameBeside(first, end int) bool {
	unknown := func(i int) bool {
		return i >= 0 && i < len(r.terms) && r.terms[i].word && r.terms[i].upper && r.terms[i].node == nil && !r.terms[i].opens
	}
	before := first > 0 && (unknown(first-1) || r.terms[first-1].node.Has(lexicon.Title)) && !r.terms[first].opens
	return before || unknown(end) && !r.terms[end].opens
}

// placed reports whether what stands before term i says that a place follows.
func (r *reading) placed(i int) bool {
	for k := i - 1; k >= max(0, i-2); k-- {
		switch {
		case r.is(k, "the"), r.sign(k) == '#':
			continue
		case r.is(k, "in"), r.is(k, "at"), r.is(k, "near"), r.is(k, "from"), r.is(k, "outside"), r.is(k, "inside"), r.is(k, "around"), r.is(k, "to"), r.is(k, "towards"), r.is(k, "of") && k > 0 && placeNouns[strings.ToLower(r.terms[k-1].span.Of(r.text))]:
			return true
		case r.lang.NoCapitals && r.node(k).Has(lexicon.Prep):
			return true
		}
		return placeNouns[strings.ToLower(r.terms[k].span.Of(r.text))]
	}
	return false
}

// addresses are the words that end the name of a street or an institution.
var addresses = map[string]bool{"street": true, "avenue": true, "road": true, "boulevard": true, "drive": true, "lane": true, "highway": true, "court": true, "university": true, "school": true, "police": true, "hospital": true, "news": true, "park": true, "center": true, "north": true, "south": true, "east": true, "west": true}

var placeNouns = map[string]bool{
	"city": true, "town": true, "village": true, "district": true, "province": true, "governorate": true, "region": true, "area": true,
	"neighbourhood": true, "neighborhood": true, "suburb": true, "capital": true, "camp": true, "municipality": true, "county": true, "oblast": true,
	"department": true, "outskirts": true, "north": true, "south": true, "east": true, "west": true, "northern": true, "southern": true, "eastern": true, "western": true, "central": true, "downtown": true,
}

// resolve chooses for each name the place that it stands for: by the countries
// that the document is about, by the dateline, by what stands beside the name,
// and by population last.
func (r *reading) resolve() {
	if len(r.spots) == 0 && r.doc.Place == "" {
		return
	}
	votes := r.countryVotes()
	chosen := map[string]*cairn.Where{}
	for i := range r.spots {
		s := &r.spots[i]
		if w := chosen[s.name]; w != nil {
			s.where = w
			continue
		}
		w := r.choose(s.choices, votes, r.beside(i))
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

// beside returns the countries and first-level areas that stand right after
// spot i, as in "Paris, Texas".
func (r *reading) beside(i int) []candidate {
	if i+1 >= len(r.spots) || r.spots[i+1].first-r.spots[i].end > 2 || r.sign(r.spots[i].end) != ',' && !r.is(r.spots[i].end, "in") {
		return nil
	}
	var out []candidate
	for _, c := range r.spots[i+1].choices {
		if c.base >= 0 {
			if f := r.places.base.Feature(c.base); f == "PCLI" || f == "ADM1" {
				out = append(out, c)
			}
		}
	}
	return out
}

// choose scores the candidates and returns the best with the alternatives.
func (r *reading) choose(all []candidate, votes map[string]float64, beside []candidate) *cairn.Where {
	choices := append([]candidate(nil), all...)
	for i := range choices {
		r.score(&choices[i], votes, beside)
	}
	sort.SliceStable(choices, func(a, b int) bool { return choices[a].score > choices[b].score })
	w := whereOf(r.places.place(choices[0]))
	w.Reason = choices[0].why
	for _, c := range choices[1:min(len(choices), 6)] {
		p := r.places.place(c)
		w.Alternatives = append(w.Alternatives, cairn.Alternative{ID: p.ID, Name: p.Name, Country: p.Country, Reason: c.why})
	}
	return w
}

func (r *reading) score(c *candidate, votes map[string]float64, beside []candidate) {
	if c.own >= 0 {
		c.score, c.why = 100, "a place of the project"
		return
	}
	base := r.places.base
	people, country := base.Population(c.base), base.Country(c.base)
	c.score = math.Log10(float64(people) + 10)
	c.why = fmt.Sprintf("%d inhabitants", people)
	switch base.Feature(c.base) {
	case "PCLI":
		c.score += 8
		c.why = "a country"
	case "PPLC":
		c.score += 1
	case "ADM1":
		c.score -= 1.5
	}
	if v := votes[country]; v > 0 {
		c.score += 2 + math.Log2(1+v)
		c.why += "; the report is about " + country
	}
	for _, b := range beside {
		p, own := base.Place(b.base), base.Place(c.base)
		if p.Country == own.Country && (p.Feature == "PCLI" || p.Admin1Code == own.Admin1Code) {
			c.score += 6
			c.why += "; " + p.Name + " stands beside it"
			break
		}
	}
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
		return r.choose(c[:1], votes, nil)
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
