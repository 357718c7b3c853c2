package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// diedOf makes the dead of f a part of the wounded before them, "seven were wounded,
// two of whom died", who come on top of the dead that were counted with those.
func (c *clause) diedOf(f *found) {
	hurt := c.lastHurt(f)
	if hurt == nil {
		return
	}
	if low := hurt.claim.Figure.Low; (hurt.sentence == c.index || f.victims.g.head == "ranked") && low.Known && f.claim.Figure.High.Known && f.claim.Figure.High.N < low.N {
		c.within(f, hurt)
	}
	if c.countsDead(f) {
		f.add()
	}
}

// lastHurt returns the claim of wounded people that stands last before f, in its
// sentence or one of the three before; nil where none does.
func (c *clause) lastHurt(f *found) *found {
	for i := len(c.out) - 1; i >= 0; i-- {
		if o := c.out[i]; o != f && o.claim.Harm == cairn.Injured && o.whole == nil && o.victims.end <= f.victims.first {
			return o
		}
	}
	for i := len(c.found) - 1; i >= 0 && c.index-c.found[i].sentence <= 3; i-- {
		if o := c.found[i]; o.claim.Harm == cairn.Injured && o.whole == nil {
			return o
		}
	}
	return nil
}

// hurtHere reports whether wounded people are what the sentence told of last: "nine
// were wounded, two of them died".
func (c *clause) hurtHere() bool {
	if len(c.out) < 2 {
		return false
	}
	last := c.out[len(c.out)-2] // the last but the dead themselves
	return last.claim.Harm == cairn.Injured && last.whole == nil
}

// besides reports whether the words beside the verb at k say that f suffered what the
// people of a sentence before did, who were more than one: "a passer-by also died".
func (c *clause) besides(k int, f *found) bool {
	if f.claim.Harm != cairn.Killed || f.whole != nil || len(f.claim.Victims.Names) > 0 || f.claim.Rules[1] == "figure.ordinal" || f.victims.g.definite || f.victims.kind == pronoun {
		return false
	}
	near := false
	for t := max(c.s.first, c.items[k].first-2); t < min(c.s.last, c.items[k].end+2); t++ {
		near = near || c.plays(t, lexicon.Besides)
	}
	for i := len(c.found) - 1; near && i >= 0 && c.index-c.found[i].sentence <= 3; i-- {
		if o := c.found[i]; o.claim.Harm == f.claim.Harm && o.whole == nil {
			return o.claim.Figure.Op == cairn.OpExact && o.claim.Figure.High != cairn.N(1)
		}
	}
	return false
}

// ofOthers marks the dead who are some of those whom another harm befell, "killing 9 and
// kidnapping 14, of whom 3 were found dead", as more than the dead counted before.
func (c *clause) ofOthers() {
	for n, f := range c.out {
		if f.claim.Harm != cairn.Killed || f.whole != nil || n < 2 || !c.followsOfWhom(f.victims.first) {
			continue
		}
		if w := c.out[n-1]; w.claim.Harm == cairn.Detained || w.claim.Harm == cairn.Missing {
			f.add()
		}
	}
}

// followsOfWhom reports whether "of whom" stands right before term t.
func (c *clause) followsOfWhom(t int) bool {
	return t-2 >= c.s.first && c.terms[t-1].node.Has(lexicon.Relative) && c.terms[t-2].node.Has(lexicon.Of) || t > c.s.first && c.terms[t-1].node.Has(lexicon.Prep) && c.terms[t-1].tokens > 1
}

// onTop marks the later of two figures of which one comes on top of the other, "five
// died, in addition to the 12 killed outright".
func (c *clause) onTop() {
	for k, it := range c.items {
		p, ok := it.node.Sense(lexicon.Prep)
		if !ok || it.kind != plain || p.Value != "besides" {
			continue
		}
		var last *found
		for _, f := range c.out {
			if f.whole != nil || f.claim.Harm == cairn.Damaged {
				continue
			}
			if last != nil && last.claim.Harm == f.claim.Harm && (last.victims.first < it.first) != (f.victims.first < it.first) || last != nil && k == 0 && last.claim.Harm == f.claim.Harm {
				f.add()
				return
			}
			last = f
		}
	}
}

// add marks f as counted on top of what was counted before.
func (f *found) add() {
	if !f.claim.Is(cairn.Addition) {
		f.claim.Scope = append(f.claim.Scope, cairn.Addition)
	}
}

// ofHurt reports whether the number at i is of those who were wounded: "one of the
// injured died".
func (c *clause) ofHurt(i int) bool {
	if c.items[i].kind != number || !c.is(i+1, lexicon.Of) {
		return false
	}
	for k := i + 2; k < min(i+5, len(c.items)); k++ {
		if o, is := c.items[k].node.Sense(lexicon.Outcome); is {
			return cairn.Harm(firstWord(o.Value)) == cairn.Injured
		}
	}
	return false
}

// countsDead reports whether the document has counted its dead before f.
func (c *clause) countsDead(f *found) bool {
	counts := func(o *found) bool {
		return o != f && o.claim.Harm == cairn.Killed && o.whole == nil && o.claim.Figure.Op == cairn.OpExact
	}
	return slices.ContainsFunc(c.found, counts) || slices.ContainsFunc(c.out, counts)
}

// againStruck reports whether the verb at k tells what the second of several strikes
// did to f, where the one before is told of right before: "the first killed two
// people; the second killed a paramedic".
func (c *clause) againStruck(k int, f *found) bool {
	if c.items[k].v.passive || c.items[k].v.suffer {
		return false
	}
	for i := k - 1; i >= 0 && c.signAt(i) != ';' && c.signAt(i) != '.' && !c.persons(i); i-- {
		rank, ok := c.terms[c.items[i].first].figure.Sense(lexicon.Ordinal)
		if !ok || rank.N < 2 {
			continue
		}
		told := func(o *found) bool {
			return o != f && o.claim.Harm == f.claim.Harm && o.whole == nil && c.index-o.sentence <= 1 && o.harm.kind == verb && !o.harm.v.passive
		}
		return slices.ContainsFunc(c.out, told) || slices.ContainsFunc(c.found, told)
	}
	return false
}

// inAnother reports whether the sentence opens with another of several strikes than
// the one before it is of: "Two died in the second strike. In the first, a nurse had
// died".
func (c *clause) inAnother(f *found) bool {
	rank := c.rankIn(c.items[:min(4, len(c.items))])
	if rank == 0 || c.items[0].kind != plain || !c.items[0].node.Has(lexicon.Prep) || c.index == 0 {
		return false
	}
	told := func(o *found) bool { return o.claim.Harm == f.claim.Harm && o.whole == nil && o.sentence == c.index-1 }
	if !slices.ContainsFunc(c.found, told) {
		return false
	}
	before := c.sentences[c.index-1]
	for i := before.first; i < before.last; i++ {
		if other, ok := c.terms[i].figure.Sense(lexicon.Ordinal); ok && other.N != rank {
			return true
		}
	}
	return false
}

// rankIn returns the place in a row that a word of items says, "second"; 0 where
// none does.
func (c *clause) rankIn(items []item) int {
	for _, it := range items {
		if rank, ok := c.terms[it.first].figure.Sense(lexicon.Ordinal); ok && it.kind == plain {
			return rank.N
		}
	}
	return 0
}
