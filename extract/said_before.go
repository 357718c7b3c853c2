package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// saidBefore gives the claims of the sentence before i to whoever sentence i,
// which has no claim itself, has say them, deny them or doubt them: "The ministry
// denied this."
func (r *reading) saidBefore(i int) {
	s := r.sentences[i]
	if !r.takesUp(s) {
		return
	}
	for _, a := range r.attributions(s, false) {
		for _, f := range r.found {
			if f.sentence != i-1 || a.stance == cairn.Asserts && len(f.claim.Says) > 0 {
				continue
			}
			says := r.saying(a)
			f.claim.Says = append(f.claim.Says, says)
			if a.stance == cairn.Denies && !slices.Contains(f.claim.Scope, cairn.ScopeDenied) {
				f.is(cairn.ScopeDenied, says.Phrase, "whoever is named denies it in the next sentence")
			}
		}
	}
}

// mostToTakeUp is how many terms a sentence has that only says who said what
// stands before it.
const mostToTakeUp = 14

// takesUp reports whether s speaks of nothing but what was said before: it is
// short, and has a word like "this".
func (r *reading) takesUp(s sentence) bool {
	if s.last-s.first > mostToTakeUp {
		return false
	}
	for k := s.first; k < s.last; k++ {
		if r.terms[k].digit {
			return false
		}
	}
	for k := s.first; k < s.last; k++ {
		if r.terms[k].node.Has(lexicon.Again) {
			return true
		}
	}
	return false
}

// titledSource reads "SRC: C", where a body that speaks opens the sentence.
func (r *reading) titledSource(s sentence) (attribution, bool) {
	first, end := r.phraseAfter(s.first, s)
	if end == first || r.sign(end) != ':' || end+1 >= s.last || r.terms[end+1].glued {
		return attribution{}, false
	}
	for k := first; k < end; k++ {
		if r.terms[k].node.Has(lexicon.SourceNoun) {
			return r.attribution(first, end, end, end+1, cairn.Asserts, false), true
		}
	}
	return attribution{}, false
}

// saidOfAttack returns by whose account the sentence before i tells of an attack,
// where it has no claim itself: what i tells of that attack is his account too.
func (r *reading) saidOfAttack(i int) []attribution {
	if i == 0 || len(r.found) > 0 && r.found[len(r.found)-1].sentence == i-1 {
		return nil
	}
	s := r.sentences[i-1]
	attack := false
	for k := s.first; k < s.last; k++ {
		attack = attack || r.terms[k].node.Has(lexicon.Strike)
	}
	if !attack || r.sentences[i].paragraph != s.paragraph {
		return nil
	}
	var out []attribution
	for _, a := range r.attributions(s, false) {
		if a.stance == cairn.Asserts {
			a.after = false
			out = append(out, a)
		}
	}
	return out
}

// sourceAtEnd reads "C — SRC", where a body that speaks ends the sentence behind a
// dash.
func (r *reading) sourceAtEnd(s sentence) (attribution, bool) {
	if len(r.lang.Cases) == 0 {
		return attribution{}, false
	}
	for k := s.last - 1; k > max(s.first+1, s.last-7); k-- {
		sign := r.sign(k)
		if sign != '—' && sign != '–' && sign != '-' || r.terms[k].glued {
			continue
		}
		first, end := r.phraseAfter(k+1, s)
		if end == first || end < s.last && r.sign(end) != '.' && r.sign(end) != '!' || !r.terms[first].node.Has(lexicon.SourceNoun) {
			return attribution{}, false
		}
		return r.attribution(first, end, k, k+1, cairn.Asserts, true), true
	}
	return attribution{}, false
}

// speakerBefore reads "in her words": whoever was named last as speaking.
func (r *reading) speakerBefore(i int, s sentence) (attribution, bool) {
	for k := len(r.sentences) - 1; k >= 0; k-- {
		before := r.sentences[k]
		if before.last > s.first || s.first-before.last > mostBetween {
			continue
		}
		for _, a := range slices.Backward(r.attributions(before, false)) {
			if !a.pronoun {
				return r.attribution(a.first, a.end, i, i+1, a.stance, r.opensClause(i, s)), true
			}
		}
	}
	return attribution{}, false
}

// mostBetween is how many terms back whoever speaks again is sought.
const mostBetween = 60
