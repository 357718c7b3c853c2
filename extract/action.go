package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// An action is a harm verb with what its auxiliaries say of it.
type action struct {
	harm     cairn.Harm
	note     string // shot, burn, arrest, flee: what the frames ask about it
	passive  bool
	suffer   bool // the subject is the victim: died
	base     bool // "die": present of several, or an infinitive
	gerund   bool
	finite   bool // past or present with no auxiliary, so perhaps a participle
	negated  bool
	possible bool
	unreal   bool // will, to, threatened to: has not happened
	plural   int  // of the auxiliary: 1 singular, 2 plural, 0 unknown
	at       int  // the term of the verb itself
}

// action reads a harm verb with its auxiliaries that begins at term i.
func (r *reading) action(i int, s sentence) (item, bool) {
	a := action{}
	if i > s.first && r.sign(i-1) == '-' && r.terms[i].glued && r.terms[i-1].glued {
		return item{}, false // "rebel-held media"
	}
	var be, have, fatal, doubt, told bool
	k := i
	for k < s.last && k < i+8 {
		n := r.terms[k].node
		switch {
		case n.HasAny(1<<lexicon.Transitive | 1<<lexicon.Suffer):
			if v, ok := r.harmVerb(k, s, be, have, i); ok {
				if fatal && v.harm == cairn.Injured {
					v.harm = cairn.Killed
				}
				v.negated, v.possible, v.plural = a.negated, a.possible && have || doubt, a.plural
				v.unreal = a.unreal && !have || a.possible && !have && !v.passive || a.possible && be && !have
				return item{kind: verb, first: i, end: k + 1, node: n, v: v}, true
			}
			return item{}, false
		case n.Has(lexicon.Be):
			b, _ := n.Sense(lexicon.Be)
			be, a.plural = true, max(a.plural, b.N)
		case be && r.reported(k, s):
			told = true
		case n.Has(lexicon.Have):
			have = true
		case n.Has(lexicon.Modal) && r.terms[k].when == 0:
			a.possible = true
		case n.Has(lexicon.Will):
			a.unreal, be = !told, false // "was said to have killed", "said to be wounded"
		case n.Has(lexicon.Not):
			a.negated = true
		case n.Has(lexicon.Adverb), n.Has(lexicon.Hedge):
			fatal = fatal || n.Has(lexicon.Outcome)
			if n.Has(lexicon.Hedge) {
				h, _ := n.Sense(lexicon.Hedge)
				doubt = doubt || h.Value == "possible"
			}
		case n == nil && (be || have) && r.terms[k].word && adverbial(r.terms[k].span.Of(r.text)):
		default:
			return item{}, false
		}
		k++
	}
	return item{}, false
}

// reported reports whether the word at term k is the participle of a cue between
// an auxiliary and the verb of harm: "were reported killed".
func (r *reading) reported(k int, s sentence) bool {
	cue, ok := r.terms[k].node.Sense(lexicon.Cue)
	return ok && cue.Form&lexicon.Participle != 0 && k+1 < s.last && r.terms[k+1].node.HasAny(1<<lexicon.Transitive|1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Will)
}

// harmVerb decides what the harm word at term k is after its auxiliaries; ok is
// false where it is a noun or an adjective.
func (r *reading) harmVerb(k int, s sentence, be, have bool, first int) (action, bool) {
	n := r.terms[k].node
	if sense, ok := n.Sense(lexicon.Suffer); ok {
		if sense.Form&lexicon.Gerund != 0 && !be && !have {
			return action{}, false
		}
		return action{harm: cairn.Harm(firstWord(sense.Value)), note: note(sense.Value), suffer: true, at: k, base: sense.Form == lexicon.Base && !be && !have}, true
	}
	sense, _ := n.Sense(lexicon.Transitive)
	a := action{harm: cairn.Harm(firstWord(sense.Value)), note: note(sense.Value), at: k}
	before := r.terms[max(k-1, s.first)].node
	afterNoun := k > s.first && (before.HasAny(1<<lexicon.Det|1<<lexicon.Of) && !r.is(k-1, "that") || r.isArticle(k-1))
	switch {
	case sense.Form&lexicon.Participle != 0 && (be || r.lang.FreeOrder):
		a.passive = true
	case sense.Form&lexicon.Gerund != 0 && !(sense.Form&lexicon.Past != 0 && k > s.first && before.HasAny(nounMask)):
		owned := k > s.first && (r.sign(k-1) == '\'' || r.sign(k-1) == '’')
		if afterNoun && !(before.Has(lexicon.Of) && r.startsNoun(k+1, s)) || owned || n.Has(lexicon.HarmNoun) && k+1 < s.last && r.terms[k+1].node.Has(lexicon.Of) || n.Has(lexicon.Means) && (!r.startsNoun(k+1, s) || r.compound(k, s)) {
			return action{}, false
		}
		a.gerund = true
	case sense.Form&(lexicon.Base|lexicon.Third) != 0 && sense.Form&(lexicon.Past|lexicon.Participle) == 0:
		if afterNoun || first == k && (!r.startsNoun(k+1, s) || k == s.first && k+1 < s.last && r.terms[k+1].node.Has(lexicon.Person)) {
			return action{}, false
		}
	case afterNoun && first == k:
		return action{}, false
	default:
		a.finite = !have
	}
	return a, true
}

func note(value string) string {
	_, rest, _ := strings.Cut(value, " ")
	return rest
}

// startsNoun reports whether a noun phrase can begin at term i, as the object
// of a verb does.
func (r *reading) startsNoun(i int, s sentence) bool {
	for i < s.last && r.terms[i].node.Has(lexicon.Adverb) && !r.terms[i].node.Has(lexicon.Addition) {
		i++
	}
	if i >= s.last {
		return false
	}
	t := r.terms[i]
	if t.when > 0 {
		return false
	}
	if t.node.HasAny(1<<lexicon.Det|1<<lexicon.Pronoun|1<<lexicon.Vague|1<<lexicon.Addition|nounMask) || r.numberAt(i) {
		return !t.node.Has(lexicon.Prep) || r.numberAt(i+1) || t.node.HasAny(1<<lexicon.Det)
	}
	if _, _, is := r.bounder(i, len(r.terms)); is {
		return true
	}
	if !t.word || t.node.HasAny(stopMask|1<<lexicon.Cue|1<<lexicon.Transitive) {
		return false
	}
	return t.upper && !r.caseless || r.caseless && t.node == nil
}

// compound reports whether the harm word at term k is the first half of a noun:
// "shooting victim", "stabbing suspect".
func (r *reading) compound(k int, s sentence) bool {
	return k+1 < s.last && r.terms[k+1].node.Has(lexicon.Person) && !r.terms[k+1].upper
}
