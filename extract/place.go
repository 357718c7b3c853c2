package extract

import (
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
	var doubtful []spot
	for i := 0; i < len(r.terms); {
		r.speak(r.terms[i].span.Start)
		if n, _ := r.projectParty(i, len(r.terms)); n > 1 {
			i += n
			continue
		}
		n, choices, sure := r.nameAt(i)
		if n == 0 {
			i++
			continue
		}
		s := spot{first: i, end: i + n, choices: choices, strong: r.placed(i, i+n)}
		s.span = cairn.Span{Start: r.terms[i].span.Start, End: r.terms[i+n-1].span.End}
		if !sure && !r.isPlace(s) {
			doubtful = append(doubtful, s)
			i++
			continue
		}
		s.name = lexicon.Fold(s.span.Of(r.text))
		r.spots = append(r.spots, s)
		i += n
	}
	r.readmit(doubtful)
	r.resolve()
}

// nameAt returns how many terms from i on are the name of a place, and which
// places bear it; it is sure of the abbreviations of areas.
func (r *reading) nameAt(i int) (n int, choices []candidate, sure bool) {
	if choices = r.abbreviated(i); choices != nil {
		return 1, choices, true
	}
	if !r.canOpenPlace(i) {
		return r.ownName(i)
	}
	n, choices = r.find(i, len(r.terms))
	if n == 1 && r.lang.NoCapitals && len(r.fold(i)) < 6 {
		return 0, nil, false // too short to be told from other words, as "تل" alone is
	}
	return n, choices, false
}

// ownName returns the longer name of one of the project's places, or of its
// packs, that begins at term i with a word that the lexicon knows: an article, a
// camp, a quarter.
func (r *reading) ownName(i int) (n int, choices []candidate, sure bool) {
	if t := r.terms[i]; !r.lang.NoCapitals && (!t.upper || r.caseless) || !t.word || t.when > 0 {
		return 0, nil, false
	}
	n, choices = r.find(i, len(r.terms))
	if n < 2 {
		return 0, nil, false
	}
	if choices[0].own < 0 {
		if _, brought := r.places.base.Kept(choices[0].base); !brought {
			return 0, nil, false
		}
		return n, choices, false
	}
	return n, choices, true
}

// abbreviated returns the area that term i is short for: behind the name of a
// town and a comma ("Paris, Tex."), with full stops inside ("the S.C. coast"),
// or, of a country, where a place is expected ("in the UK").
func (r *reading) abbreviated(i int) []candidate {
	t := &r.terms[i]
	if !t.upper || t.span.Len() > 5 || !t.word || r.caseless || t.tokens > 1 || r.lang.NoCapitals {
		return nil
	}
	words := t.span.Of(r.text)
	behind := r.sign(i-1) == ',' && len(r.spots) > 0 && r.spots[len(r.spots)-1].end == i-1
	dots := strings.Contains(words, ".")
	if !behind && !dots && words[len(words)-1] > 'Z' {
		return nil
	}
	r.key = lexicon.AppendFold(r.key[:0], words)
	m, ok := r.places.base.Find(lexicon.ShortForm(r.key))
	if !ok || m.Len() == 0 {
		return nil
	}
	country := r.places.base.Feature(m.At(0)) == "PCLI"
	if !behind && (!country && !dots || country && (!r.placed(i, i+1) || r.qualifies(i))) {
		return nil
	}
	return []candidate{{own: -1, base: m.At(0)}}
}

// qualifies reports whether term i stands before the noun that it describes, as
// in "US strikes".
func (r *reading) qualifies(i int) bool {
	k := i + 1
	if r.sign(k) == '.' {
		k++
	}
	return k < len(r.terms) && (r.terms[k].word && !r.terms[k].node.HasAny(stopMask) || r.sign(k) == '-')
}

// readmit takes the doubtful names for places that a preposition of place shows
// to be places elsewhere in the document.
func (r *reading) readmit(doubtful []spot) {
	known := map[string]bool{}
	for _, s := range r.spots {
		if s.strong {
			known[s.name] = true
		}
	}
	if len(known) == 0 || r.caseless {
		return
	}
	before := len(r.spots)
	for _, s := range doubtful {
		if s.name = lexicon.Fold(s.span.Of(r.text)); known[s.name] && !r.isElse(s) && !r.overlaps(s, before) {
			r.spots = append(r.spots, s)
		}
	}
	sort.SliceStable(r.spots, func(a, b int) bool { return r.spots[a].first < r.spots[b].first })
}

// isElse reports whether a doubtful name is rather a person's or a common word;
// where capitals do not tell,
// that of a small place is, and a word of four letters.
func (r *reading) isElse(s spot) bool {
	r.speak(s.span.Start)
	if r.lang.NoCapitals {
		return r.mostPeople(s.choices) < 10_000 || s.span.Len() <= 8
	}
	return s.end < len(r.terms) && r.opensWithArticle(s.end) || r.persons[string(r.fold(s.first))] || r.isCommon(s.first, s.end) || r.nameBeside(s.first, s.end)
}

// overlaps reports whether s shares terms with one of the first n spots.
func (r *reading) overlaps(s spot, n int) bool {
	k := sort.Search(n, func(k int) bool { return r.spots[k].end > s.first })
	return k < n && r.spots[k].first < s.end
}

// canOpenPlace reports whether a name of a place can begin at term i.
func (r *reading) canOpenPlace(i int) bool {
	t := r.terms[i]
	if !t.word || t.when > 0 {
		return false
	}
	if r.opensWithArticle(i) {
		return true
	}
	if t.span.Len() < 3 {
		return false
	}
	if r.caseless || r.lang.NoCapitals {
		return t.node == nil || t.node.Has(lexicon.Party)
	}
	return t.upper && !t.node.HasAny(stopMask|nounMask|1<<lexicon.Title|1<<lexicon.Cue|1<<lexicon.SourceNoun)
}

// opensWithArticle reports whether term i is the article of an Arabic name that
// follows, as in "al-Marun".
func (r *reading) opensWithArticle(i int) bool {
	t := &r.terms[i]
	if t.span.Len() > 3 || !t.upper && r.sign(i+1) != '-' || r.caseless || !r.plays(i, lexicon.Joined) {
		return false
	}
	k := i + 1
	if r.sign(k) == '-' && r.terms[k].glued {
		k++
	} else if !t.upper {
		return false
	}
	return k < len(r.terms) && r.terms[k].word && r.terms[k].upper
}

// isPlace reports whether the name s is used as a place here and is not a person's or another common word.
func (r *reading) isPlace(s spot) bool {
	first, end, placed, choices := s.first, s.end, s.strong, s.choices
	t := &r.terms[first]
	if choices[0].own >= 0 {
		return true
	}
	most := r.mostPeople(choices)
	if r.caseless || r.lang.NoCapitals {
		return placed || most > 300_000 && t.span.Len() > 4 && !r.amongUnknown(first, end)
	}
	if before := r.node(first - 1); !placed && before.Has(lexicon.Person) && !before.HasAny(1<<lexicon.SourceNoun) {
		return false // "my cousin Andrés"
	}
	if end > first+1 && !r.terms[end-1].upper && r.terms[end-1].word && r.terms[end-1].node.HasAny(nounMask) {
		return false // "Dos hermanos murieron"
	}
	if !placed && most < 15_000 && !(most > 0 && (end > first+1 || r.sign(end) == ',')) {
		return false
	}
	if t.node != nil && end == first+1 && !placed && !(t.node.Has(lexicon.Party) && (most > 300_000 || r.isState(choices))) {
		return false
	}
	if !placed && r.nameBeside(first, end) || r.isCommon(first, end) || end < len(r.terms) && r.opensWithArticle(end) {
		return false
	}
	if most < 300_000 && r.longerName(end) {
		return false
	}
	full, known := r.persons[string(r.fold(first))]
	return !known || placed && !full || most >= 500_000
}

// amongUnknown reports whether a word that the lexicon lacks stands right beside
// the terms from first to end, so that they may be part of a longer name.
func (r *reading) amongUnknown(first, end int) bool {
	unknown := func(i int) bool {
		return i >= 0 && i < len(r.terms) && r.terms[i].word && r.terms[i].node == nil && r.terms[i].when == 0 && !r.terms[i].opens
	}
	return !r.terms[first].opens && unknown(first-1) || unknown(end)
}

// longerName reports whether the name that ends at term end goes on with a word
// that is no place or body of its own, so that only the whole could be a place:
// "Tel Marun" is not Tel.
func (r *reading) longerName(end int) bool {
	if end >= len(r.terms) {
		return false
	}
	t := r.terms[end]
	if !t.word || !t.upper || t.node != nil || t.opens || t.when > 0 || r.ofInstitution(end) || len(r.lang.Cases) > 0 && r.plays(end+1, lexicon.PlaceBehind) {
		return false
	}
	n, _ := r.find(end, len(r.terms))
	return n == 0
}

// mostPeople returns the population of the largest of places; the seat of an area
// whose people nobody counted is taken for a town.
func (r *reading) mostPeople(choices []candidate) int {
	most := 0
	for _, c := range choices {
		people := r.places.base.Population(c.base)
		if f := r.places.base.Feature(c.base); people == 0 && (f == "PPLA" || f == "PPLA2") {
			people = 15_000
		}
		most = max(most, people)
	}
	return most
}

// isState reports whether one of the places is a country or its capital.
func (r *reading) isState(choices []candidate) bool {
	for _, c := range choices {
		if f := r.places.base.Feature(c.base); f == "PCLI" || f == "PPLC" {
			return true
		}
	}
	return false
}

// isCommon reports whether the name of terms first to end is a common word, or
// the name of a street or of a university.
func (r *reading) isCommon(first, end int) bool {
	if end < len(r.terms) && r.terms[end].upper && r.plays(end, lexicon.Street) {
		return true
	}
	if end > first+1 {
		return false
	}
	return r.plays(first, lexicon.Alone) || r.terms[first].node.HasAny(1<<lexicon.Month|1<<lexicon.Weekday)
}

// fold returns the folded words of term i, until it is called again.
func (r *reading) fold(i int) []byte {
	r.key = lexicon.AppendFold(r.key[:0], r.terms[i].span.Of(r.text))
	return r.key
}

// nameBeside reports whether the words are part of a longer name in capitals,
// so perhaps a person's.
func (r *reading) nameBeside(first, end int) bool {
	unknown := func(i int) bool {
		return i >= 0 && i < len(r.terms) && r.terms[i].word && r.terms[i].upper && r.terms[i].node == nil && !r.terms[i].opens
	}
	if unknown(end) && r.ofInstitution(end) {
		return first > 0 && unknown(first-1) && !r.plays(first-1, lexicon.Compass)
	}
	before := first > 0 && (unknown(first-1) && !r.plays(first-1, lexicon.Compass) || r.terms[first-1].node.Has(lexicon.Title)) && !r.terms[first].opens
	return before || unknown(end) && !r.terms[end].opens
}

// ofInstitution reports whether the capitals from term i on name a public body,
// which is called after its place: "Tel Marun City Council".
func (r *reading) ofInstitution(i int) bool {
	for k := i; k < min(len(r.terms), i+4) && r.terms[k].word && r.terms[k].upper; k++ {
		if r.plays(k, lexicon.Institution) {
			return true
		}
	}
	return false
}

// placed reports whether what stands around the terms from first to end says that
// they are a place: a preposition or a kind of place before them, a kind of place
// behind them, or what struck it ("raids on Marun").
func (r *reading) placed(first, end int) bool {
	if end < len(r.terms) && !r.terms[end].upper && r.plays(end, lexicon.PlaceBehind) {
		return true
	}
	if r.possessed(first) {
		return true
	}
	k := first - 1
	for k >= max(0, first-2) && (r.definite(k) || r.sign(k) == '#') {
		k--
	}
	if k < max(0, first-2) {
		return false
	}
	if t := r.terms[k]; t.node == nil && !t.upper && t.word && k > 0 && r.lang.HasAdjective(r.fold(k)) && r.plays(k-1, lexicon.PlaceBefore) {
		return true // "in the town's own"
	}
	if v, ok := r.node(k).Sense(lexicon.Strike); ok && v.Value == "" {
		return true // "shelled Marun"
	}
	switch {
	case r.plays(k, lexicon.PlaceBefore|lexicon.PlaceNoun), r.lang.NoCapitals && r.node(k).HasAny(1<<lexicon.Prep|1<<lexicon.Means):
		return true
	case r.plays(k, lexicon.Struck):
		return r.node(k - 1).HasAny(1<<lexicon.Means | 1<<lexicon.Operation)
	case r.node(k).Has(lexicon.Of):
		return r.plays(k-1, lexicon.PlaceNoun|lexicon.Siege)
	}
	return false
}

// possessed reports whether term i stands behind a place and its possessive
// ending, as in "Syria's Idlib".
func (r *reading) possessed(i int) bool {
	before := sort.Search(len(r.spots), func(k int) bool { return r.spots[k].end >= i-1 })
	return before < len(r.spots) && r.spots[before].end == i-1 && (r.is(i-1, "'s") || r.is(i-1, "’s"))
}
