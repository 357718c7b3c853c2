package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// nameEnd returns where the name that begins at term j ends; j where none does.
// In a text without capitals a name is two or more words that the lexicon lacks and
// that do not look like ordinary ones; in a script without them, see struckName.
func (r *reading) nameEnd(j int, s sentence) int {
	end := j
	if r.lang.NoCapitals {
		return r.struckName(j, s)
	}
	if !r.caseless {
		if r.sign(j) != 0 {
			return j
		}
		for end < s.last && r.nameWord(end) {
			end++
		}
		return end
	}
	first := j
	if r.terms[first].node.HasAny(1<<lexicon.Title|1<<lexicon.Abbreviation) && !r.terms[first].node.HasAny(stopMask) {
		first++
	}
	for end = first; end < s.last && end < first+5 && r.oddWord(end); {
		end++
	}
	if end < j+2 {
		return j
	}
	return end
}

// struckName returns where the name at term j ends in a script without capitals:
// a given name right behind a verb of harm, or behind the "and" of a list, with
// the words after it that are no others. It is j where there is none.
func (r *reading) struckName(j int, s sentence) int {
	if j == s.first || !r.plays(j, lexicon.Given) || !r.terms[j-1].node.HasAny(harmMask|1<<lexicon.And) {
		return j
	}
	end := j + 1
	for end < min(s.last, j+5) && r.oddWord(end) {
		end++
	}
	return end
}

// oddWord reports whether term k, in a text without capitals, may be part of a
// name.
func (r *reading) oddWord(k int) bool {
	t := r.terms[k]
	if !t.word || t.node != nil && !t.node.Has(lexicon.Abbreviation) || t.when > 0 || t.span.Len() < 3 {
		return false
	}
	word := strings.ToLower(t.span.Of(r.text))
	for _, end := range r.lang.Ordinary {
		if strings.HasSuffix(word, end) {
			return false
		}
	}
	return true
}

// nameWord reports whether term k can be part of a name.
func (r *reading) nameWord(k int) bool {
	t := r.terms[k]
	if r.nameLink(k) {
		return true
	}
	if !t.word || !t.upper || t.when > 0 {
		return (r.sign(k) == '.' || r.sign(k) == '-') && t.glued && k > 0 && r.terms[k-1].upper && r.terms[k-1].span.Len() == 1 && k+1 < len(r.terms) && r.terms[k+1].upper ||
			r.sign(k) == '-' && t.glued && k+1 < len(r.terms) && r.terms[k+1].glued && r.terms[k+1].upper
	}
	return t.node == nil || t.node.Has(lexicon.Title) || t.node.Has(lexicon.Abbreviation) || t.node.Has(lexicon.Month)
}

// nameLink reports whether term k is a small word inside a name: the article of
// "al-Rashidi", the son of "Omar bin Salim".
func (r *reading) nameLink(k int) bool {
	t := r.terms[k]
	if !t.word || t.upper || k+1 >= len(r.terms) {
		return false
	}
	switch {
	case r.plays(k, lexicon.Joined) && r.sign(k+1) == '-':
		return r.terms[k+1].glued && k+2 < len(r.terms) && r.terms[k+2].glued && r.terms[k+2].upper
	case r.plays(k, lexicon.Kin):
		return k > 0 && r.terms[k-1].upper && (r.terms[k+1].upper || r.nameLink(k+1))
	}
	return false
}

// dotted reports whether term k is written with a full stop: "U.S.", "Dr."
func (r *reading) dotted(k int) bool {
	return r.terms[k].node.Has(lexicon.Abbreviation) || strings.Contains(r.terms[k].span.Of(r.text), ".")
}

// headFollows reports whether from term k on a person is named by role within
// two words, so that what stands before it owns that role: "the sheriff's
// deputy".
func (r *reading) headFollows(k int, s sentence) bool {
	for i := k; i < min(k+2, s.last); i++ {
		if r.terms[i].node.Has(lexicon.Title) || r.terms[i].node.HasAny(nounMask) {
			return true
		}
	}
	return false
}

// placeAt reports whether the terms from first to end were taken for a place.
func (r *reading) placeAt(first, end int) bool {
	for _, p := range r.spots {
		if p.first < end && p.end > first {
			return true
		}
	}
	return false
}

// ofNamed reports whether the terms j to k are a people by its name, in the
// plural: "seven Coptic Christians".
func (r *reading) ofNamed(j, k int) bool {
	for i := j; i < k; i++ {
		if t := r.terms[i]; !t.upper || t.node != nil && !t.node.Has(lexicon.Party) {
			return false
		}
	}
	last := r.terms[k-1].span.Of(r.text)
	return k-j <= 3 && len(last) > 4 && strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") && !r.placeAt(j, k)
}
