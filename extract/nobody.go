package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// nobody applies words that say as one that nobody was harmed.
func (c *clause) nobody(k int) {
	h := c.items[k]
	sense, _ := h.node.Sense(lexicon.Zero)
	q := quantity{Figure: cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}}
	q = c.finished(q, h.first, h.end, "figure.zero")
	v := h
	v.kind, v.q, v.g.class = number, &q, cairn.UnknownStatus
	c.add(cairn.Harm(sense.Value), v, h, sense.Value+".nobody")
}

// noneOf reads whom "none of" stands before, from term j: "none of the 12
// pupils".
func (r *reading) noneOf(it item, q quantity, j int, s sentence) item {
	if _, next, ok := r.number(j+1, s.last); ok && r.terms[j].node.Has(lexicon.Det) && next < s.last && r.terms[next].node.HasAny(nounMask) && !r.terms[next].node.HasAny(harmMask) {
		j++ // "of the 12 passengers"
	}
	it.q, it.kind, it.end, it.g.plural = &q, number, j, true
	if _, next, ok := r.number(j, s.last); ok {
		it.end, j = next, next
	}
	if whole, ok := r.noun(it, j, j, s); ok && whole.kind == group {
		return whole
	}
	return it
}

// noneEither applies the second of two harms that nobody suffered, "no deaths or
// injuries", and reports whether it is so said.
func (c *clause) noneEither(k int, harm cairn.Harm, h item) bool {
	if k < 2 || c.signAt(k) != 0 || c.items[k-1].kind != plain || !c.items[k-1].node.HasAny(1<<lexicon.Or|1<<lexicon.And|1<<lexicon.Not) || c.items[k-1].node.Has(lexicon.None) {
		return false
	}
	for i := len(c.out) - 1; i >= 0; i-- {
		f := c.out[i]
		if f.harm.first != c.items[k-2].first || f.victims.q == nil || f.victims.q.Op != cairn.OpZero || f.claim.Harm == harm {
			continue
		}
		return c.add(harm, f.victims, h, string(harm)+".nobody") != nil
	}
	return false
}
