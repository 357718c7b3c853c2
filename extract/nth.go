package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// nth reads how many were dead with the one of whom the sentence tells: "Sara died on
// Friday, becoming the fourth child to die", "she is the ninth victim".
func (c *clause) nth() {
	one := c.lastSingle()
	if one == nil {
		return
	}
	for k, it := range c.items {
		if it.kind != group || !it.g.definite || it.q != nil || it.first <= one.victims.first || !c.is(k-1, lexicon.Be) {
			continue
		}
		rank := c.rankWithin(it)
		dies := k+1 < len(c.items) && (c.items[k+1].kind == verb && c.items[k+1].v.harm == cairn.Killed || c.items[k+1].node.Has(lexicon.Will) && k+2 < len(c.items) && c.items[k+2].kind == verb && c.items[k+2].v.harm == cairn.Killed)
		if rank < 2 || !dies && !c.mourned(it) {
			continue
		}
		span := c.spanOf(it)
		q := quantity{Figure: cairn.Figure{Phrase: cairn.Phrase{Words: span.Of(c.text), Span: &span}, Op: cairn.OpExact, Low: cairn.N(rank), High: cairn.N(rank)}, rule: "figure.ordinal"}
		it.q, it.g.plural = &q, true
		if f := c.add(cairn.Killed, it, one.harm, string(cairn.Killed)+".figure"); f != nil {
			f.claim.Victims = cairn.Victims{Class: it.g.class}
		}
		return
	}
}

// lastSingle returns the claim of the one person whose death the sentence told of
// last; nil where it told of none.
func (c *clause) lastSingle() *found {
	var last *found
	for _, f := range c.out {
		if f.claim.Harm == cairn.Killed && f.claim.Figure.Op == cairn.OpExact && f.claim.Figure.High == cairn.N(1) {
			last = f
		}
	}
	return last
}

// rankWithin returns the place in a row that a word of it says, 0 where none does.
func (c *clause) rankWithin(it item) int {
	for t := it.first; t < it.end; t++ {
		if rank, ok := c.terms[t].figure.Sense(lexicon.Ordinal); ok {
			return rank.N
		}
	}
	return 0
}
