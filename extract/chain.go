package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// sayings returns the chain of who says f, outermost first.
func (r *reading) sayings(f *found, s sentence, all []attribution) []cairn.Saying {
	var chain []cairn.Saying
	for _, a := range all {
		a.after = a.after && !r.saysThat(a)
		inside := a.source.Overlaps(f.core) || r.terms[a.cue].span.Overlaps(f.core) && !a.after
		before := a.cue < f.victims.first || a.cue < f.harm.first && a.stance != cairn.Asserts
		if inside && !before || !a.after && !before {
			continue
		}
		if r.terms[a.cue].node.Has(lexicon.By) && a.cue != f.victims.end {
			continue // "25 by the mayor, 31 by the hospital"
		}
		if r.cutOff(a, f, s) || r.claimsDeed(a, s) || r.disclaims(a, s) || r.spokenOver(a, all, f) {
			continue
		}
		chain = append(chain, r.saying(a))
	}
	return chain
}

// saysThat reports whether what a attributes stands behind it, since a "that" opens
// it.
func (r *reading) saysThat(a attribution) bool {
	return a.cueEnd >= a.end && r.is(a.cueEnd, "that")
}

// claimsDeed reports whether what a says is only that it did the deed.
func (r *reading) claimsDeed(a attribution, s sentence) bool {
	if a.stance != cairn.Asserts || r.blamedAs(a.cue) == cairn.Admitted {
		return false
	}
	for k := a.cue; k < min(s.last, max(a.end, a.cueEnd)+2); k++ {
		if r.blamedAs(k) == cairn.Admitted {
			return true
		}
	}
	return false
}

// spokenOver reports whether a has said its own, and somebody else then says f in
// a clause that is set against it: "A said that nobody was hurt, though B
// counted two dead".
func (r *reading) spokenOver(a attribution, all []attribution, f *found) bool {
	if a.after {
		return r.setAgainst(a, f)
	}
	if a.end == a.first {
		return false
	}
	for _, b := range all {
		if b.after && !r.saysThat(b) || b.first < a.cueEnd || b.first < a.end || b.cue > f.victims.first || b.end == b.first || b.pronoun {
			continue
		}
		told, set := r.numberAt(a.cueEnd), false
		for k := max(a.cueEnd, a.end); k < b.first; k++ {
			n := r.terms[k].node
			told = told || n.HasAny(harmMask)
			set = set || n.Has(lexicon.And) || n.Has(lexicon.Relative) && !n.Has(lexicon.Pronoun) || r.plays(k, lexicon.Subordinator)
		}
		if told && (set || r.sign(b.first-1) == ',' || r.isArticle(b.first-1) && r.sign(b.first-2) == ',') {
			return true
		}
	}
	return false
}

// setAgainst reports whether f stands in a clause that is set against the one that
// a closes: "thirty died, A said, while B counted 33".
func (r *reading) setAgainst(a attribution, f *found) bool {
	for k := max(a.cueEnd, a.end); k < min(max(a.cueEnd, a.end)+3, f.victims.first); k++ {
		if n := r.terms[k].node; n.Has(lexicon.Relative) && !n.HasAny(1<<lexicon.Pronoun|1<<lexicon.And) && !r.is(k, "who") && !r.is(k, "that") && !r.is(k, "which") || r.plays(k, lexicon.Subordinator) {
			return true
		}
	}
	return false
}

// cutOff reports whether the clause that a opens has ended before f.
func (r *reading) cutOff(a attribution, f *found, s sentence) bool {
	from, to := a.cueEnd, f.victims.first
	if a.after {
		from, to = f.harm.end, a.first
	}
	for k := from; k < to; k++ {
		if r.sign(k) == ';' {
			return true
		}
	}
	return false
}

// saying makes a link of the chain. A pronoun is given the name of whoever
// spoke before.
func (r *reading) saying(a attribution) cairn.Saying {
	span := r.nameIn(a)
	out := cairn.Saying{Phrase: cairn.Phrase{Words: span.Of(r.text), Span: &span}, Cue: strings.ToLower(r.terms[a.cue].span.Of(r.text)), Stance: a.stance}
	if r.terms[a.cue].node.Has(lexicon.According) {
		out.Cue = "according to"
	}
	if !a.pronoun {
		out.Name = r.canonical(a)
		return out
	}
	for i := len(r.found) - 1; i >= 0; i-- {
		if says := r.found[i].claim.Says; len(says) > 0 {
			out.Name = says[len(says)-1].Name
			if out.Name == "" {
				out.Name = says[len(says)-1].Words
			}
			break
		}
	}
	return out
}

// nameIn returns the name with which the source ends, or the whole of it.
func (r *reading) nameIn(a attribution) cairn.Span {
	if r.caseless {
		return a.source
	}
	k := a.end
	for k > a.first && (r.terms[k-1].upper && r.terms[k-1].node == nil || k < a.end && !r.terms[k-1].word && r.terms[k-1].glued) {
		k--
	}
	short := k == a.end-1 && strings.ToUpper(r.terms[k].span.Of(r.text)) == r.terms[k].span.Of(r.text)
	if k < a.end && k > a.first && r.terms[k].word && !(len(r.lang.Cases) > 0 && short) && !(len(r.lang.Cases) > 0 && r.terms[k-1].node.HasAny(1<<lexicon.Prep|1<<lexicon.Of)) {
		return cairn.Span{Start: r.terms[k].span.Start, End: r.terms[a.end-1].span.End}
	}
	return a.source
}

// canonical returns the name under which a source is known: that of a party,
// or that of its office.
func (r *reading) canonical(a attribution) string {
	for k := a.first; k < a.end; k++ {
		if n, name := r.projectParty(k, a.end); n > 0 {
			return name
		}
		if s, ok := r.terms[k].node.Sense(lexicon.Party); ok && s.Value != "-" && r.capital(k) && a.end == k+1 {
			return s.Value
		}
	}
	if a.end == a.first+1 {
		if r.is(a.first, "police") {
			return police
		}
	}
	return ""
}
