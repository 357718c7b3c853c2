package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// anySource returns the attribution by the verb in the terms from i to end to
// whatever noun stands before it, or to nobody where none does: "the company
// said", "asked whether". Only what is attributed is asked then, not whether
// somebody answers for a claim.
func (r *reading) anySource(i, end int, sense lexicon.Sense, s sentence) (attribution, bool) {
	stance := cairn.Stance(firstWord(sense.Value))
	spoken := stance != viewed && sense.Form&(lexicon.Past|lexicon.Third|lexicon.Base) != 0
	if !spoken || i > s.first && r.terms[i-1].node.HasAny(1<<lexicon.Det|1<<lexicon.Of|1<<lexicon.Modal|1<<lexicon.Will|1<<lexicon.By) || r.sign(i-1) == '-' {
		return attribution{}, false
	}
	if i == s.first || r.sign(i-1) == ',' || r.closes(i-1) {
		first, last := r.phraseAfter(end, s)
		if last > first && sense.Form&lexicon.Past != 0 {
			return r.attribution(first, last, i, end, stance, i > s.first), true
		}
		return r.attribution(i, i, i, end, stance, false), sense.Form&lexicon.Past != 0
	}
	k := r.beforeAuxiliary(i-1, s)
	last := k + 1
	for k >= s.first && r.inSource(k) {
		k--
	}
	if last == k+1 && sense.Form&lexicon.Past == 0 {
		return attribution{}, false
	}
	return r.attribution(k+1, last, i, end, stance, r.sign(k) == ',' && !r.startsAt(k, s)), true
}

// heldBy returns the attribution of what an adjective in the terms from i to end
// says that its subject thinks: "the mayor is confident that".
func (r *reading) heldBy(i, end int, s sentence) (attribution, bool) {
	k := i - 1
	for k > s.first && r.terms[k].node.HasAny(1<<lexicon.Adverb|1<<lexicon.Not|1<<lexicon.Be|1<<lexicon.Have) {
		k--
	}
	first, last := r.sourceBefore(k, s)
	return r.attribution(first, last, i, end, viewed, false), k < i-1
}

// goesOn returns the attribution by the present participle in the terms from i to
// end: of whoever stands before it, "is telling voters", or of whoever the
// sentence is of, "by telling voters".
func (r *reading) goesOn(i, end int, stance cairn.Stance, s sentence) (attribution, bool) {
	if i == s.first {
		return attribution{}, false
	}
	k := i - 1
	for k > s.first && r.terms[k].node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Adverb|1<<lexicon.Not) {
		k--
	}
	if before := r.terms[k]; before.node.HasAny(1<<lexicon.Det|1<<lexicon.Of) || before.node.Has(lexicon.Prep) && !r.plays(k, lexicon.Subordinator) || r.isArticle(k) || stance == viewed && k == i-1 && !before.node.Has(lexicon.By) && r.sign(k) != ',' {
		return attribution{}, false
	}
	first, last := r.sourceBefore(k, s)
	if last == first {
		first, last = r.subjectOfSentence(i, s)
	}
	return r.attribution(first, last, i, end, stance, false), true
}

// behindNoun reports whether the cue at i is a verb in the third person, since a
// noun with its article stands before it: "the poll shows both ahead".
func (r *reading) behindNoun(i int, sense lexicon.Sense, s sentence) bool {
	if sense.Form != lexicon.Third || i < s.first+2 || r.terms[i].upper {
		return false
	}
	noun, before := r.terms[i-1], i-2
	if before > s.first && r.terms[before].word && r.terms[before].node == nil {
		before-- // "the new poll"
	}
	return noun.word && !noun.node.HasAny(stopMask) && (r.isArticle(before) || r.terms[before].node.Has(lexicon.Det))
}

// quotedTerms reports of each term whether it stands between marks of quotation.
// A paragraph ends a quotation that nothing closes.
func (r *reading) quotedTerms() []bool {
	out := make([]bool, len(r.terms))
	inside := false
	for i, t := range r.terms {
		switch sign := r.sign(i); {
		case t.opens || sign == '”' || sign == '»':
			inside = sign == '"' || sign == '“' || sign == '«' || r.doubled(i)
		case sign == '“' || sign == '«':
			inside = true
		case sign == '"' || r.doubled(i):
			inside = !inside
		}
		out[i] = inside
	}
	return out
}

// doubled reports whether a mark of quotation typed as two apostrophes begins at
// term i.
func (r *reading) doubled(i int) bool {
	joined := func(k int) bool { return r.sign(k) == '\'' && r.sign(k+1) == '\'' && r.terms[k+1].glued }
	return joined(i) && !joined(i-1)
}

// ofNobody reports whether a is no attribution of the text's own: its cue stands
// in words that are quoted already, is a noun at the end of its sentence, or
// lacks what its verb governs.
func (r *reading) ofNobody(a attribution, s sentence, quoted []bool) bool {
	if quoted[a.cue] {
		return true
	}
	if r.sign(a.cue) == ':' || r.terms[a.cue].node.Has(lexicon.According) {
		return false
	}
	if r.nounCue(a.cue) && !a.after && r.sign(a.cueEnd) == '.' {
		return true
	}
	switch {
	case a.governs == "noun":
		return true
	case a.after:
		return false
	case a.governs == "near": // "a group called"
		k := r.beforeAuxiliary(a.cue-1, s)
		return a.end > a.first && k >= a.end && r.terms[k].word && !r.terms[k].node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.Pronoun)
	}
	return a.governs == "clause" && !r.opensContent(a.cueEnd, s)
}

// opensContent reports whether a clause or a quotation, which can be said, begins
// at term k.
func (r *reading) opensContent(k int, s sentence) bool {
	if k >= s.last {
		return false
	}
	t := r.terms[k]
	return slices.ContainsFunc([]string{"that", "how", "why", "what", "whether", "if", "to"}, func(w string) bool { return r.is(k, w) }) ||
		t.node.HasAny(1<<lexicon.Pronoun|1<<lexicon.Det) || r.isArticle(k) || t.upper || t.digit || r.sign(k) == '"' || r.sign(k) == '“' || r.sign(k) == ':'
}

// speakerLine reads a line that begins with who speaks and a colon, as
// transcripts and headlines do: "Doctor: three are dead".
func (r *reading) speakerLine(s sentence) (attribution, bool) {
	if s.first >= s.last || !r.terms[s.first].newline {
		return attribution{}, false
	}
	for k := s.first; k < min(s.last-1, s.first+6); k++ {
		switch t := r.terms[k]; {
		case r.sign(k) == ':' && k > s.first && r.terms[k-1].span.Len() > 1 && !r.terms[k+1].glued:
			return r.attribution(s.first, k, k, k+1, cairn.Asserts, false), true
		case !t.word || !t.upper:
			return attribution{}, false
		}
	}
	return attribution{}, false
}
