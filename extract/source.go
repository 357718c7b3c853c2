package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// officeAfter returns who speaks from a place: "it was said in the ministry", in
// the terms behind the preposition at term k.
func (r *reading) officeAfter(k int, s sentence) (first, end int) {
	if !r.lang.FreeOrder || !r.plays(k, lexicon.PlaceBefore) {
		return k, k
	}
	first, end = r.phraseAfter(k+1, s)
	for i := first; i < end; i++ {
		if r.terms[i].node.Has(lexicon.SourceNoun) {
			return first, end
		}
	}
	return k, k
}

// hasOffice reports whether one of the terms from first to end is an office, a
// party or a name.
func (r *reading) hasOffice(first, end int) bool {
	for k := first; k < end; k++ {
		if t := r.terms[k]; t.node.HasAny(1<<lexicon.SourceNoun|1<<lexicon.Party|1<<lexicon.Title|1<<lexicon.Pronoun) || t.upper && !r.caseless {
			return true
		}
	}
	return false
}

// behindContent reports whether the cue at i stands behind what is said: after a
// comma, or after quotes and a dash.
func (r *reading) behindContent(i int, s sentence) bool {
	if i <= s.first {
		return false
	}
	dash := r.sign(i-1) == '—' || r.sign(i-1) == '–' || r.sign(i-1) == '-'
	return r.sign(i-1) == ',' || r.lang.FreeOrder && dash && i-2 > s.first && (r.sign(i-2) == ',' || r.closes(i-2))
}

// inQuotes returns the term at which the name in quotes that term k closes begins;
// k where it is no short name.
func (r *reading) inQuotes(k int, s sentence) int {
	for i := k - 1; i >= max(s.first, k-6); i-- {
		if r.sign(i) == '«' && i+1 < k && r.terms[i+1].upper {
			return i + 1
		}
	}
	return k
}

// sourceBefore returns the noun phrase that ends at term k, where it can be
// somebody who says something.
func (r *reading) sourceBefore(k int, s sentence) (first, end int) {
	end = k + 1
	if r.sign(k) == '»' && r.lang.FreeOrder {
		if first = r.inQuotes(k, s); first < k {
			return first, k
		}
	}
	for k >= s.first && r.inSource(k) {
		k--
	}
	if k >= s.first && r.terms[k].node.Has(lexicon.Det) {
		k--
	}
	return r.speaker(k+1, end)
}

// inSource reports whether term k can stand inside the noun phrase of a source.
func (r *reading) inSource(k int) bool {
	t := r.terms[k]
	if !t.word {
		c := r.sign(k)
		return t.glued && (c == '-' || c == '.' || c == '\'' || c == '’') || c == '(' || c == ')'
	}
	if t.figure.Has(lexicon.To) && r.lang.VerbFirst && !t.node.HasAny(nounMask|1<<lexicon.SourceNoun) {
		return false // "quoted the paper to the minister"
	}
	if t.node.Has(lexicon.Pronoun) {
		return !r.terms[k].node.Has(lexicon.Relative)
	}
	if t.node.HasAny(1<<lexicon.SourceNoun|nounMask|1<<lexicon.Party|1<<lexicon.Title) || t.upper && !r.caseless {
		return !t.node.HasAny(1<<lexicon.By | 1<<lexicon.And | 1<<lexicon.Relative)
	}
	return t.when == 0 && (!t.node.HasAny(stopMask|1<<lexicon.Transitive|1<<lexicon.Cue|1<<lexicon.Reach|1<<lexicon.Outcome) || t.node.Has(lexicon.Of))
}

// sourceAfter returns the noun phrase that begins at term k, where it can be
// somebody who says something.
func (r *reading) sourceAfter(k int, s sentence) (first, end int) {
	return r.speaker(r.phraseAfter(k, s))
}

// phraseAfter returns the noun phrase that begins at term k.
func (r *reading) phraseAfter(k int, s sentence) (first, end int) {
	first = k
	if end = r.quotesBehind(k, s); end > k {
		return k + 1, end
	}
	if k < s.last && r.terms[k].node.Has(lexicon.Det) {
		k++
	}
	for k < s.last && k < first+9 {
		if n, _ := r.projectParty(k, s.last); n > 0 {
			k += n
		} else if !r.inSource(k) {
			break
		} else {
			k++
		}
	}
	for k > first && !r.terms[k-1].word {
		k--
	}
	if end = r.quotesBehind(k, s); end > k && k > first {
		return first, end // "the newspaper «News»"
	}
	return first, k
}

// quotesBehind returns the term that closes a short name in quotes that opens at
// term k; k where none does.
func (r *reading) quotesBehind(k int, s sentence) int {
	if len(r.lang.Cases) == 0 || r.sign(k) != '«' || k+1 >= s.last || !r.terms[k+1].upper {
		return k
	}
	for i := k + 2; i < min(s.last, k+7); i++ {
		if r.sign(i) == '»' {
			return i
		}
	}
	return k
}

// speaker returns the terms first to end where they can be somebody who says
// something: a name, a person, an office or a pronoun.
func (r *reading) speaker(first, end int) (int, int) {
	for first < end && (r.terms[first].node.Has(lexicon.Det) || !r.terms[first].word) {
		first++
	}
	for k := first; k < end; k++ {
		t := r.terms[k]
		if t.node.HasAny(1<<lexicon.SourceNoun|nounMask|1<<lexicon.Party|1<<lexicon.Title|1<<lexicon.Pronoun) || t.upper && !r.caseless && t.node == nil {
			return first, end
		}
		if n, _ := r.projectParty(k, end); n > 0 {
			return first, end
		}
	}
	if end > first && r.plainNoun(end-1) {
		return first, end
	}
	return first, first
}

// plainNoun reports whether term k, which the lexicon lacks, looks like a noun
// for several who speak: "critics", "analysts".
func (r *reading) plainNoun(k int) bool {
	t := r.terms[k]
	word := t.span.Of(r.text)
	return t.word && t.node == nil && !r.caseless && len(word) > 4 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us")
}
