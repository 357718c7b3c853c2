package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A found is a claim on its way: what a frame saw in one sentence, before who
// says it, where and when are known.
type found struct {
	claim    cairn.Claim
	sentence int
	victims  item
	harm     item       // the harm words
	core     cairn.Span // the figure, the victims and the harm words
	whole    *found     // the claim that this one is a part of
	refers   *found     // the claim that this one speaks of again
	farPlace bool       // its place is that of the report, named outside its paragraph
}

// A clause is the items of one sentence, as the frames read it.
type clause struct {
	*reading
	s     sentence
	index int // of the sentence
	items []item
	out   []*found
	taken map[int][]*found // by the verb that found them, for verbs that share a subject
}

// frames finds the claims of sentence i, without their context.
func (r *reading) frames(i int) []*found {
	s := r.sentences[i]
	r.speak(s.span.Start)
	if !r.bearsHarm(s) {
		return nil
	}
	c := clause{reading: r, s: s, index: i, items: joinBounds(r, fuse(r, someOfOwn(r, possessed(r, r.items(s))))), taken: map[int][]*found{}}
	if c.keyed() {
		return c.out
	}
	for k, it := range c.items {
		switch it.kind {
		case verb:
			c.verb(k)
		case outcome:
			c.outcome(k)
		case harmNoun:
			c.harmNoun(k)
		case harmCount:
			if !c.is(k, lexicon.Prep) {
				c.harmCount(k)
			}
		case toll:
			c.toll(k)
		case group:
			c.hurtGroup(k)
		case plain:
			switch {
			case it.node.Has(lexicon.Leave):
				c.leave(k)
			case it.node.Has(lexicon.Zero):
				c.nobody(k)
			case it.node.Has(lexicon.Roll), k == 0 && c.including(k):
				c.victimsWere(k)
			}
		}
	}
	c.headline()
	c.wounds()
	c.hospitals()
	c.gapped()
	c.corrected()
	c.otherVoices()
	c.asMany()
	c.refer()
	c.partsBefore()
	c.kinds()
	c.parts()
	c.ofOthers()
	c.onTop()
	c.nth()
	c.additions()
	return c.out
}

// bearsHarm reports whether a sentence has a word that some frame begins with.
func (r *reading) bearsHarm(s sentence) bool {
	if r.numberAt(s.first) && r.opensUncounted(s) {
		return true
	}
	for i := s.first; i < s.last; i++ {
		if p, ok := r.terms[i].node.Sense(lexicon.Prep); ok && i < s.first+2 && p.Value == "including" {
			return true
		}
		if n := r.terms[i].node; n.HasAny(harmMask) || n.Has(lexicon.Zero) || n.Has(lexicon.Wound) || n.Has(lexicon.Roll) || putsNumber(n) || r.plays(i, lexicon.Hospital) || n.Has(lexicon.Cue) && r.numberAt(i+1) {
			return true
		}
	}
	return false
}

// opensUncounted reports whether the number that sentence s opens with may be of
// people whose harm no word says: "two of them were fighters", "nine by car bomb".
func (r *reading) opensUncounted(s sentence) bool {
	if r.node(s.first+1).Has(lexicon.Of) && len(r.found) > 0 {
		return true
	}
	for i := s.first + 1; i < min(s.last, s.first+5); i++ {
		if r.terms[i].node.Has(lexicon.By) {
			return true
		}
	}
	return false
}

// add records a claim of harm to the victims of item v, bound by the harm words
// of item h under a rule.
func (c *clause) add(harm cairn.Harm, v, h item, rule string) *found {
	f, ok := c.figure(v)
	if !ok {
		return nil
	}
	for _, o := range c.out {
		if o.claim.Harm == harm && o.victims.first == v.first && (o.victims.end == v.end || o.victims.q != nil && v.q != nil) {
			return o
		}
	}
	v.g.class = c.inherited(v)
	q := &found{sentence: c.index, victims: v, harm: h}
	q.claim = cairn.Claim{Harm: harm, Figure: f.Figure, Victims: c.victimsOf(v), Rules: []string{rule, f.rule}}
	if f.wording != "" {
		q.claim.Rules = append(q.claim.Rules, f.wording)
	}
	if f.rule == "figure.one" && f.wording == "" && c.anotherOne(harm, v) {
		q.claim.Rules[1] = "figure.another"
	}
	q.core = c.spanOf(v).Cover(c.spanOf(h))
	if f.Span != nil {
		q.core = q.core.Cover(*f.Span)
	}
	if f.addition || v.g.addition || c.besideOwner(harm, v) {
		q.claim.Scope = append(q.claim.Scope, cairn.Addition)
	}
	if span := c.spanOf(h); span.Len() > 0 {
		q.because("harm", cairn.Phrase{Words: span.Of(c.text), Span: &span}, "")
	}
	c.out = append(c.out, q)
	return q
}

// inherited returns the class of v, which for a number without a noun is that
// of the people counted before it in the sentence: "five soldiers were killed
// and three wounded".
func (c *clause) inherited(v item) cairn.Class {
	if v.kind == group && v.g.class == cairn.UnknownStatus && c.colleagues(v) {
		return c.classOfLast(v)
	}
	if v.kind != number || v.g.class != cairn.UnknownStatus || v.g.partitive {
		return v.g.class
	}
	for i := len(c.out) - 1; i >= 0; i-- {
		if o := c.out[i]; o.victims.kind == group && o.victims.g.class == cairn.Combatant && o.victims.first < v.first {
			return cairn.Combatant
		} else if o.victims.kind == group {
			return v.g.class
		}
	}
	for k, it := range c.items {
		among := it.kind == group && it.g.class == cairn.Combatant && it.q == nil && it.end <= v.first && c.governed(k) && v.first-it.end < 6
		if among && k > 0 && (c.reading.is(c.items[k-1].first, "among") || k > 1 && c.reading.is(c.items[k-2].first, "among")) {
			return cairn.Combatant
		}
	}
	return v.g.class
}

// colleagues reports whether v are said to be of the trade of somebody.
func (c *clause) colleagues(v item) bool {
	for t := v.first; t < v.end; t++ {
		if c.plays(t, lexicon.Colleague) {
			return true
		}
	}
	return false
}

// classOfLast returns the class of the last people before v who have one.
func (c *clause) classOfLast(v item) cairn.Class {
	class := v.g.class
	for _, it := range c.items {
		if it.first >= v.first {
			break
		}
		if (it.kind == group || it.kind == named) && it.g.class != "" && it.g.class != cairn.UnknownStatus {
			class = it.g.class
		}
	}
	return class
}

// spanOf returns the bytes of an item.
func (r *reading) spanOf(it item) cairn.Span {
	if it.end <= it.first {
		return cairn.Span{}
	}
	return cairn.Span{Start: r.terms[it.first].span.Start, End: r.terms[it.end-1].span.End}
}

// figure returns the figure of victims: their number where they have one, one
// for a person in the singular, a plural without a number otherwise. ok is
// false where the words stand for nobody that can be counted.
func (c *clause) figure(v item) (quantity, bool) {
	if v.q != nil {
		q := *v.q
		if v.g.unit != "" && q.Unit == "" {
			q.Unit = v.g.unit
		}
		return q, true
	}
	span := c.spanOf(v)
	words := span.Of(c.text)
	q := quantity{span: span, Figure: cairn.Figure{Phrase: cairn.Phrase{Words: words, Span: &span}}}
	switch {
	case v.node.Has(lexicon.Rest):
		q.Op, q.rule = cairn.OpUnknown, "figure.rest"
	case v.node.Has(lexicon.Both):
		n, _ := v.node.Sense(lexicon.Both)
		q.Op, q.Low, q.High, q.rule = cairn.OpExact, cairn.N(n.N), cairn.N(n.N), "figure.both"
	case v.g.unit != "" && !v.g.plural:
		q.Op, q.Low, q.High, q.Unit, q.rule = cairn.OpExact, cairn.N(1), cairn.N(1), v.g.unit, "figure.one"
	case v.g.collective:
		q.Op, q.wording, q.rule, q.Unit = cairn.OpPlural, "plural", "figure.plural", v.g.unit
	case v.g.plural:
		q.Op, q.wording, q.rule, q.Unit = cairn.OpPlural, "plural", "figure.plural", v.g.unit
	default:
		q.Op, q.Low, q.High, q.rule = cairn.OpExact, cairn.N(1), cairn.N(1), "figure.one"
	}
	return q, true
}

// victimsOf returns the victims of an item as its words have them: the noun
// phrase without its number.
func (c *clause) victimsOf(v item) cairn.Victims {
	out := cairn.Victims{Class: v.g.class, Sex: v.g.sex, Age: v.g.age}
	if v.g.name != "" {
		out.Names = []string{strings.Join(strings.Fields(v.g.name), " ")}
	}
	span := c.spanOf(v)
	if v.q != nil && v.q.Span != nil {
		switch {
		case span.End > v.q.Span.End:
			span.Start = max(span.Start, v.q.Span.End)
			span.Start += len(span.Of(c.text)) - len(strings.TrimLeft(span.Of(c.text), " \t\r\n-–\u00a0),"))
			span = c.withoutOf(span)
		default:
			return out
		}
	}
	if v.kind == pronoun || span.Len() == 0 || v.node.Has(lexicon.Rest) {
		return out
	}
	out.Words, out.Span = span.Of(c.text), &span
	return out
}

// withoutOf drops "of", "of the" and "more" from the head of a span.
func (c *clause) withoutOf(span cairn.Span) cairn.Span {
	for {
		word, rest, _ := strings.Cut(span.Of(c.text), " ")
		c.key = lexicon.AppendFold(c.key[:0], word)
		if rest == "" || !c.lang.Plays(c.key, lexicon.Lead) {
			return span
		}
		span.Start += len(word) + 1
	}
}

// clauseMask is the kinds that end the search for a subject.
const clauseMask = 1<<lexicon.If | 1<<lexicon.Cue

// is reports whether item k is a plain word of a kind.
func (c *clause) is(k int, kind lexicon.Kind) bool {
	return k >= 0 && k < len(c.items) && c.items[k].node.Has(kind)
}

// signAt returns the sign that item k is, or 0.
func (c *clause) signAt(k int) rune {
	if k < 0 || k >= len(c.items) || c.items[k].kind != plain {
		return 0
	}
	return c.sign(c.items[k].first)
}

// persons reports whether item k can stand for people who are harmed.
func (c *clause) persons(k int) bool {
	if k < 0 || k >= len(c.items) {
		return false
	}
	switch c.items[k].kind {
	case group, named:
		return true
	case number:
		return !c.items[k].g.things
	}
	return false
}
