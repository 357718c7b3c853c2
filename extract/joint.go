package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// joint reports whether the verb at k is joined to one before it so that
// together they say who was killed or injured without telling them apart:
// "killed or wounded 50", "were killed and injured".
func (c *clause) joint(k int) bool {
	if k < 2 || !c.is(k-1, lexicon.And) && !c.is(k-1, lexicon.Or) || c.items[k-1].kind != plain || c.items[k-2].kind != verb {
		return false
	}
	a, b := c.items[k-2].v, c.items[k].v
	if a.suffer || b.suffer || struck(a) != "" || struck(b) != "" {
		return false
	}
	return a.harm == cairn.Killed && b.harm == cairn.Injured || a.harm == cairn.Injured && b.harm == cairn.Killed
}

// unsplit makes casualties of the claims of the verb at k about several people,
// and reports whether there were any.
func (c *clause) unsplit(k int) bool {
	any := false
	for _, f := range c.taken[k] {
		if q := f.claim.Figure; q.Op == cairn.OpExact && q.High == cairn.N(1) {
			continue
		}
		f.claim.Harm, f.claim.Rules[0], any = cairn.Casualties, "casualties.joint", true
	}
	return any
}

// whole returns the people of whom those at k are said to be a part, where they
// stand before them: "nine people, including two children, were killed". It
// returns k itself where nothing says so.
func (c *clause) whole(k int) int {
	i := k - 1
	it := c.items[k]
	part := c.plays(it.first, lexicon.Mostly) && it.q == nil || c.terms[it.first].figure.Has(lexicon.Both) && c.signAt(k-1) == ','
	for i >= 0 && c.items[i].kind != group && (c.items[i].kind != number || c.ofThose(i)) {
		it := c.items[i]
		switch {
		case c.ofThose(i):
			part = true
		case c.including(i):
			part = true
		case c.signAt(i) == ',', c.signAt(i) == '.' && i > 0 && c.including(i-1), it.kind == pronoun, it.kind == plain && it.node.Has(lexicon.Adverb):
			part = part || c.plays(it.first, lexicon.Mostly)
		default:
			return k
		}
		i--
	}
	if i > 1 && part && c.items[i].q == nil && c.is(i-1, lexicon.Of) && c.persons(i-2) && c.items[i-2].q != nil {
		i -= 2 // "seven members of the family, including"
	}
	if i < 0 || !part || !c.persons(i) || c.items[i].q == nil {
		return k
	}
	return i
}

// ofThose reports whether item i counts some of those spoken of before: "eight
// people, three of them children, died".
func (c *clause) ofThose(i int) bool {
	return c.items[i].kind == number && (c.items[i].g.partitive || i+1 < len(c.items) && c.including(i+1)) && c.signAt(i-1) == ','
}

// wholeOf is [clause.whole] of the first of those joined to the people at k.
func (c *clause) wholeOf(k int) int {
	if q := c.items[k].q; q != nil && q.addition && (k == 0 || !c.including(k-1)) {
		return k // "and another 27 were wounded"
	}
	for first := k; first >= 0 && c.persons(first); first -= 2 {
		if w := c.whole(first); w != first {
			return c.wholeOf(w)
		}
		if !c.is(first-1, lexicon.And) && c.signAt(first-1) != ',' {
			break
		}
	}
	return k
}
