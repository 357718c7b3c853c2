package extract

import (
	"cmp"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// An attribution is somebody who says what a sentence says.
type attribution struct {
	source     cairn.Span // of whoever says it; zero where nobody is named
	first, end int        // terms of the source
	cue        int        // term of the cue
	cueEnd     int
	stance     cairn.Stance
	after      bool // the content stands before the source
	pronoun    bool
	governs    string // what the verb of the cue asks for behind it, where views.tsv says so
}

// attributions finds who says what sentence s says, in the order of the text.
// Views are words of thought, wish and judgement too, which give no claim to
// anybody.
func (r *reading) attributions(s sentence, views bool) []attribution {
	var out []attribution
	r.speak(s.span.Start)
	if a, ok := r.titledSource(s); ok && !views {
		out = append(out, a)
	}
	if a, ok := r.sourceAtEnd(s); ok && !views {
		out = append(out, a)
	}
	for i := s.first; i < s.last; i++ {
		n := r.terms[i].node
		switch {
		case n.Has(lexicon.According):
			if a, ok := r.accordingTo(i, s); ok {
				out = append(out, a)
				if sense, is := r.node(i + 1).Sense(lexicon.Cue); is && !views {
					if b, ok := r.quotedBy(a, sense, s); ok {
						out = append(out, b)
					}
				}
			}
		case n.Has(lexicon.Cue) && i > s.first && r.terms[i-1].node.Has(lexicon.According) && r.lang.VerbFirst:
		case n.Has(lexicon.Cue):
			sense, _ := n.Sense(lexicon.Cue)
			a, ok := r.cued(i, i+1, sense, s, views)
			if last := len(out) - 1; !views && last >= 0 && (!ok && firstWord(sense.Value) != string(cairn.Asserts) || ok && a.pronoun && a.stance != cairn.Asserts) && i-out[last].cueEnd < 7 && out[last].cue < i {
				out[last].stance = cmp.Or(a.stance, cairn.Stance(firstWord(sense.Value))) // "said that it could not confirm"
				continue
			}
			if ok {
				if views {
					view, _, _ := r.viewAt(i, s)
					a.governs = note(view.Value)
				}
				a.after = a.after || a.stance != cairn.Asserts && a.cue > s.first && !r.harmBehind(max(a.cueEnd, a.end), s)
				out = append(out, a)
				if b, ok := r.quotedBy(a, sense, s); ok {
					out = append(out, b)
				}
			}
		case n.Has(lexicon.By) && !views && i > s.first && r.putBy(i, s):
			if first, end := r.phraseAfter(i+1, s); end > first {
				out = append(out, r.attribution(first, end, i, i+1, cairn.Asserts, true))
			}
		case len(out) > 0 && !views && (n.Has(lexicon.And) || r.sign(i) == ','):
			if first, end := r.voiceAt(i, s); end > first {
				out = append(out, r.attribution(first, end, end-1, end, cairn.Asserts, false))
				continue
			}
			if first, end := r.phraseAfter(i+1, s); n.Has(lexicon.And) && end > first && end-first < 7 && r.is(end, "that") {
				out = append(out, r.attribution(first, end, end, end+1, out[len(out)-1].stance, false)) // "and B that six had died"
			}
		case views:
			if sense, end, found := r.viewAt(i, s); found {
				if a, ok := r.cued(i, end, sense, s, views); ok {
					a.governs = note(sense.Value)
					out = append(out, a)
					i = end - 1
				}
			}
		}
	}
	return out
}

// viewAt returns the longest words of views that begin at term i.
func (r *reading) viewAt(i int, s sentence) (sense lexicon.Sense, end int, ok bool) {
	at := r.lang.Views
	for k := i; k < s.last && k < i+4 && r.terms[k].word; k++ {
		for word := range strings.FieldsFuncSeq(r.terms[k].span.Of(r.text), partsWords) {
			r.key = lexicon.AppendFold(r.key[:0], word)
			at = at.Next(r.key)
			if found, is := at.Sense(lexicon.Cue); is {
				sense, end, ok = found, k+1, true
			}
		}
		if !at.More() {
			break
		}
	}
	return sense, end, ok
}

// accordingTo reads "according to SRC".
func (r *reading) accordingTo(i int, s sentence) (attribution, bool) {
	if a, _ := r.terms[i].node.Sense(lexicon.According); note(a.Value) == "again" {
		return r.speakerBefore(i, s)
	}
	from := i + 1
	if r.lang.VerbFirst && r.node(from).Has(lexicon.Cue) {
		from++
	}
	first, end := r.phraseAfter(from, s)
	if end == first || end == first+1 && r.lang.NoCapitals && r.terms[first].node == nil {
		return attribution{}, false // "according to estimates"
	}
	return r.attribution(first, end, i, i+1, cairn.Asserts, r.opensClause(i, s)), true
}

// harmBehind reports whether the sentence speaks of harm from term i on.
func (r *reading) harmBehind(i int, s sentence) bool {
	for ; i < s.last; i++ {
		if r.terms[i].node.HasAny(harmMask) {
			return true
		}
	}
	return false
}

// quotedBy reads whom a source quotes where the language says so with a
// preposition behind the source: "quoted SRC from SRC".
func (r *reading) quotedBy(a attribution, cue lexicon.Sense, s sentence) (attribution, bool) {
	if note(cue.Value) != "quotes" || a.end >= s.last || !r.terms[a.end].node.Has(lexicon.Prep) && !r.terms[a.end].figure.Has(lexicon.To) {
		return attribution{}, false
	}
	first, end := r.phraseAfter(a.end+1, s)
	return r.attribution(first, end, a.cue, a.cueEnd, a.stance, a.after), end > first
}

// opensClause reports whether what term i opens stands behind its content.
func (r *reading) opensClause(i int, s sentence) bool { return i > s.first+2 }

// cued reads "SRC said that C", "C, SRC said" and "C, said SRC", with the cue in
// the terms from i to end.
func (r *reading) cued(i, end int, sense lexicon.Sense, s sentence, views bool) (attribution, bool) {
	stance := cairn.Stance(firstWord(sense.Value))
	if note(sense.Value) == "number" && !r.numberAt(end) {
		return attribution{}, false // "gave chase"
	}
	if views && sense.Form&lexicon.Base != 0 && stance != viewed && r.is(i-1, "to") {
		first, last := r.subjectOfSentence(i, s)
		return r.attribution(first, last, i, end, stance, false), !r.nounCue(i)
	}
	if sense.Form&lexicon.Past == 0 && sense.Form&(lexicon.Third|lexicon.Base|lexicon.Gerund) == 0 || r.nounLike(i, end, sense, s) && !(views && r.behindNoun(i, sense, s)) {
		return attribution{}, false
	}
	if sense.Form&lexicon.Gerund != 0 && sense.Form&lexicon.Past == 0 && !r.is(i-1, "as") && !r.is(i, "citing") && !r.is(i, "quoting") {
		if a, ok := r.trailing(i, end, stance, s); ok || !views {
			return a, ok
		}
		return r.goesOn(i, end, stance, s)
	}
	if r.is(i, "citing") || r.is(i, "quoting") {
		first, last := r.sourceAfter(i+1, s)
		return r.attribution(first, last, i, end, cairn.Asserts, true), last > first || views
	}
	if r.is(i-1, "as") && i-2 >= s.first {
		first, last := r.sourceBefore(i-2, s)
		return r.attribution(first, last, i, end, stance, !r.harmBehind(end, s)), last > first
	}
	if r.lang.FreeOrder && note(sense.Value) == "accuses" {
		if first, last := r.sourceBefore(r.beforeAuxiliary(i-1, s), s); last > first {
			return r.attribution(first, last, i, end, stance, false), true
		}
	}
	if first, last := r.officeAfter(end, s); last > first {
		return r.attribution(first, last, i, end, stance, r.behindContent(i, s)), true
	}
	if r.lang.VerbFirst {
		first, last := r.sourceAfter(end, s)
		if last == first {
			first, last = r.namedAfter(end, s)
		}
		if len(r.lang.Cases) > 0 && i > s.first && r.terms[i-1].node.Has(lexicon.SourceNoun) && !r.hasOffice(first, last) {
			last = first // "the police established the identity"
		}
		if last > first {
			if note(sense.Value) == "accuses" {
				last = r.upToParty(first, last)
			}
			opens := r.node(last).Has(lexicon.Relative) || r.sign(last) == ':' || r.sign(last) == '"' || r.sign(last) == '«'
			ends := r.lang.FreeOrder && i > s.first+2 && (last >= s.last || r.sign(last) == '.') // "of three deaths spoke the mayor"
			return r.attribution(first, last, i, end, stance, (r.behindContent(i, s) || ends) && !opens), true
		}
	}
	first, last := r.sourceBefore(r.beforeAuxiliary(i-1, s), s)
	if last == first && !views {
		first, last = r.pastAside(i-1, s)
	}
	if k := first - 1; last > first && k > s.first && r.terms[k].node.Has(lexicon.According) && len(r.lang.Cases) > 0 {
		if f, l := r.sourceBefore(k-1, s); l > f {
			first, last = f, l // "the agency, citing sources, reports"
		}
	}
	switch n := note(sense.Value); {
	case !views:
	case n == "foreseen" && r.passive(i, sense, s), n == "adverb":
		return r.attribution(i, i, i, end, stance, false), true
	case n == "held":
		return r.heldBy(i, end, s)
	}
	if views && last == first+1 && r.firstPerson(first) || stance == viewed && (r.passive(i, sense, s) || r.modal(i, s)) {
		return attribution{}, false
	}
	if last > first {
		before := first - 1
		for before > s.first && (r.terms[before].node.Has(lexicon.Det) || r.isArticle(before)) {
			before--
		}
		after := r.closes(before) || r.sign(before) == ',' && !r.startsAt(before, s)
		a := r.attribution(first, last, i, end, stance, after && note(sense.Value) != "of" && !r.numberAt(end))
		if n := r.negatedCue(i, s); n && stance == cairn.Asserts {
			a.stance = cairn.Doubts
		}
		return a, true
	}
	if i > s.first && (r.sign(i-1) == ',' || r.closes(i-1)) {
		if first, last = r.sourceAfter(end, s); last > first {
			return r.attribution(first, last, i, end, stance, true), true
		}
	}
	if views && sense.Form&(lexicon.Past|lexicon.Third) != 0 {
		if first, last = r.subjectOfSentence(i, s); last > first {
			return r.attribution(first, last, i, end, stance, false), true
		}
	}
	if views {
		return r.anySource(i, end, sense, s)
	}
	return attribution{}, false
}

// namedAfter returns the run of unknown words from term k on, where they can be
// the name of somebody who speaks, in a script without capitals: two to four, and
// behind them what is said, or the end of it.
func (r *reading) namedAfter(k int, s sentence) (first, end int) {
	first, end = k, k
	if !r.lang.NoCapitals {
		return first, end
	}
	for end < s.last && r.terms[end].word && r.terms[end].node == nil && r.terms[end].when == 0 {
		end++
	}
	opens := end >= s.last || r.terms[end].node.Has(lexicon.Relative) || r.sign(end) != 0
	if end-first < 2 || end-first > 4 || !opens {
		return first, first
	}
	return first, end
}

// pastAside returns the source before words between commas that end at term k:
// "a doctor, however, said".
func (r *reading) pastAside(k int, s sentence) (first, end int) {
	if r.sign(k) != ',' {
		return k, k
	}
	for i := k - 1; i > s.first && i > k-10; i-- {
		if r.sign(i) == ',' {
			return r.sourceBefore(i-1, s)
		}
		if t := r.terms[i]; !t.word || t.upper && !r.nameWord(i) || t.node.HasAny(nounMask|harmMask|1<<lexicon.Cue) || t.node.Has(lexicon.SourceNoun) && !t.upper {
			break
		}
	}
	return k, k
}

// upToParty returns the term before last where a party is named that whoever
// speaks from first on accuses, or last.
func (r *reading) upToParty(first, last int) int {
	for k := first + 1; k < last; k++ {
		if n, _ := r.projectParty(k, last); n > 0 || r.terms[k].node.Has(lexicon.Party) {
			return k
		}
	}
	return last
}

// viewed is the stance of a cue of thought, wish or judgement.
const viewed cairn.Stance = "view"

// firstPerson reports whether term k is "I", "we" or "you": what somebody who is
// quoted thinks is said by whoever is quoted.
func (r *reading) firstPerson(k int) bool {
	return r.is(k, "i") || r.is(k, "we") || r.is(k, "you")
}

// modal reports whether the verb at i is only what may or should be.
func (r *reading) modal(i int, s sentence) bool {
	return i > s.first && r.terms[i-1].node.HasAny(1<<lexicon.Modal|1<<lexicon.Will|1<<lexicon.Not)
}

// passive reports whether an auxiliary makes the participle at i passive.
func (r *reading) passive(i int, sense lexicon.Sense, s sentence) bool {
	return sense.Form&lexicon.Participle != 0 && i > s.first && (r.terms[i-1].node.Has(lexicon.Be) || i-1 > s.first && r.terms[i-1].node.Has(lexicon.Adverb) && r.terms[i-2].node.Has(lexicon.Be))
}

// trailing reads a participle that goes on with whoever spoke or acted before:
// "the ministry blamed rebels, saying that C".
func (r *reading) trailing(i, end int, stance cairn.Stance, s sentence) (attribution, bool) {
	if i == s.first || r.terms[i-1].node.HasAny(1<<lexicon.Be|1<<lexicon.Det|1<<lexicon.Of|1<<lexicon.By) {
		return attribution{}, false
	}
	first, last := r.subjectOfSentence(i, s)
	return r.attribution(first, last, i, end, stance, false), last > first && r.sign(i-1) == ','
}

// subjectOfSentence returns the first noun phrase before term i that can be
// somebody who says something.
func (r *reading) subjectOfSentence(i int, s sentence) (first, end int) {
	for k := s.first; k < i; k++ {
		if r.terms[k].word {
			if first, end = r.sourceAfter(k, s); end > first && end <= i {
				return first, end
			}
		}
	}
	return i, i
}

// nounLike reports whether the cue at i is rather a noun, as in "the United
// States", "two reports": its form may be one, and no content follows.
func (r *reading) nounLike(i, end int, sense lexicon.Sense, s sentence) bool {
	if sense.Form&(lexicon.Past|lexicon.Gerund) != 0 {
		return false
	}
	before := i - 1
	if before >= s.first && (r.terms[before].node.HasAny(1<<lexicon.Det|1<<lexicon.Of|1<<lexicon.Prep|1<<lexicon.Number|1<<lexicon.Vague) || r.isArticle(before) || r.terms[before].digit || r.sign(before) == '\'' || r.sign(before) == '’') {
		return true
	}
	if r.terms[i].upper && i > s.first && !r.caseless && (r.nounCue(i) || !r.inTitle(i, end, s)) {
		return true
	}
	if end >= s.last || before >= s.first && r.terms[before].node.Has(lexicon.Pronoun) {
		return false
	}
	next := r.terms[end]
	switch {
	case r.is(end, "that"), r.is(end, "how"), r.is(end, "why"), r.is(end, "what"), r.is(end, "to"), next.node.HasAny(1<<lexicon.Pronoun | 1<<lexicon.Det | 1<<lexicon.If), r.isArticle(end):
		return false
	case r.sign(end) == '"', r.sign(end) == '“', r.sign(end) == ':', r.sign(end) == '.' && sense.Form&lexicon.Third != 0, next.upper, next.digit:
		return false
	}
	return r.nounCue(i)
}

// inTitle reports whether the words about the cue in the terms from i to end have
// capitals too, as those of a headline do.
func (r *reading) inTitle(i, end int, s sentence) bool {
	return r.terms[i-1].upper && (end >= s.last || r.sign(end) == '.' || r.terms[end].upper || r.terms[end].digit)
}

// nounCue reports whether the word of the cue at i is as often a noun.
func (r *reading) nounCue(i int) bool { return r.plays(i, lexicon.NounCue) }

func (r *reading) startsAt(term int, s sentence) bool { return term <= s.first+1 }

// beforeAuxiliary steps over the auxiliaries and adverbs before a cue.
func (r *reading) beforeAuxiliary(k int, s sentence) int {
	for k >= s.first && (r.terms[k].node.HasAny(1<<lexicon.Have|1<<lexicon.Adverb|1<<lexicon.Not) || r.terms[k].when > 0 || r.is(k, "on") && r.terms[min(k+1, s.last-1)].when > 0) && !r.terms[k].node.HasAny(nounMask) {
		k--
	}
	return k
}

func (r *reading) negatedCue(i int, s sentence) bool {
	for k := max(s.first, i-2); k < i; k++ {
		if r.terms[k].node.Has(lexicon.Not) {
			return true
		}
	}
	return false
}

func (r *reading) attribution(first, end, cue, cueEnd int, stance cairn.Stance, after bool) attribution {
	a := attribution{first: first, end: end, cue: cue, cueEnd: cueEnd, stance: stance, after: after}
	if end > first {
		a.source = cairn.Span{Start: r.terms[first].span.Start, End: r.terms[end-1].span.End}
		a.pronoun = end == first+1 && r.terms[first].node.Has(lexicon.Pronoun)
	}
	return a
}
