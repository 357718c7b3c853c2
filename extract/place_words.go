package extract

import (
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
		if n, _, _ := r.longestName(first, i); n < i-first && !r.plays(i-1, lexicon.Address) {
			out[lexicon.Fold(r.terms[i-1].span.Of(r.text))] = true
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

// plays reports whether term i plays one of the roles in its language.
func (r *reading) plays(i int, role lexicon.Role) bool {
	return i >= 0 && i < len(r.terms) && r.terms[i].roles&role != 0
}
