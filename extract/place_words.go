package extract

import (
	"maps"
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// personWords returns the last words of what are perhaps names of persons: true
// of runs of capitals that no preposition of place introduces and that are, as a
// whole, no place; false of words that only speak or bear a title.
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
		if i-first == 1 && r.isPerson(first) {
			if word := r.fold(first); !out[string(word)] {
				out[string(word)] = false
			}
			continue
		}
		if i-first != 2 && i-first != 3 || r.placed(first, i) || r.terms[first].opens {
			continue
		}
		last := r.terms[i-1].span.Of(r.text)
		if n, _, _ := r.longestName(first, i); n < i-first && !addresses[strings.ToLower(last)] {
			out[lexicon.Fold(last)] = true
		}
	}
	return out
}

// isPerson reports whether the single name of term i says something, has a title
// or an age.
func (r *reading) isPerson(i int) bool {
	cue, says := r.node(i + 1).Sense(lexicon.Cue)
	said := says && cue.Form&(lexicon.Past|lexicon.Third) != 0 && !r.terms[i+1].upper
	aged := r.sign(i+1) == ',' && i+3 < len(r.terms) && r.terms[i+2].digit && r.sign(i+3) == ',' && r.terms[i+2].span.Len() == 2
	return said || aged || r.node(i-1).Has(lexicon.Title)
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
				if word := r.fold(i); !out[string(word)] {
					out[string(word)] = true
				}
			}
		}
	}
	return out
}

// addresses are the words that end the name of a street or an institution.
var addresses = map[string]bool{"street": true, "avenue": true, "road": true, "boulevard": true, "drive": true, "lane": true, "highway": true, "court": true, "university": true, "school": true, "police": true, "hospital": true, "news": true, "park": true, "center": true, "north": true, "south": true, "east": true, "west": true}

var placeNouns = map[string]bool{
	"city": true, "town": true, "village": true, "district": true, "province": true, "governorate": true, "region": true, "area": true,
	"neighbourhood": true, "neighborhood": true, "suburb": true, "capital": true, "camp": true, "municipality": true, "county": true, "oblast": true,
	"department": true, "outskirts": true, "north": true, "south": true, "east": true, "west": true, "northern": true, "southern": true, "eastern": true, "western": true, "central": true, "downtown": true,
}

// placePrepositions are the words behind which a place is named.
var placePrepositions = setOf("in at near from outside inside around to towards across throughout into")

// kindsBehind are the kinds of place that stand behind a name: "Marun district".
var kindsBehind = setOf("city town village province governorate district subdistrict oblast raion countryside suburb neighbourhood neighborhood")

// sieges are the words whose "of" names the place that is struck.
var sieges = setOf("bombing bombardment shelling siege battle countryside location suburbs liberation")

// arabicArticles are the forms of the Arabic article.
var arabicArticles = setOf("al el ad an ar as ash at az ed en er es esh et ez")

// directions are the words that part a country, a state or a town.
var directions = setOf("northeast northwest southeast southwest north south east west northern southern eastern western central greater upper lower mid metro metropolitan downtown")

// institutions are the words that end the names of public bodies.
var institutions = setOf("council police sheriff library department fire mayor airport health hospital commission court courts directorate governorate utilities district county city town township municipal chamber board authority civil defence defense prosecutor electoral highway area regional public community hall school high elementary independent")

// titled are the words behind a name that is no place's: of streets and of
// universities.
var titled = setOf("street st avenue ave road rd boulevard blvd drive lane university college")

// notAlone are words that somewhere are the name of a town and that in a report,
// alone, are not.
var notAlone = union(addresses, placeNouns, institutions, setOf("main church market union green free best god much christmas easter bar liberal hope good new old college house senate congress federal national international state states general"))

func setOf(all string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(all) {
		out[word] = true
	}
	return out
}

func union(sets ...map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, s := range sets {
		maps.Copy(out, s)
	}
	return out
}
