package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// namesOne reports whether a noun for several ends in the name of one of them:
// "their daughters Huda", before "and Noor".
func (c *clause) namesOne(it item) bool {
	return !c.caseless && it.end-it.first > 1 && c.terms[it.end-1].upper
}

// membersTold returns item i, a family of which the brackets or dash behind it
// say who was in it, with their number: "the whole family (father, mother and
// three children)". Any other item is returned as it is.
func (c *clause) membersTold(i int) item {
	v := c.items[i]
	if v.kind != group || !v.g.collective || v.g.unit == "" || v.q != nil && v.q.Low != cairn.N(1) {
		return v
	}
	open := i + 1
	if c.is(open, lexicon.Of) && open+1 < len(c.items) && c.items[open+1].kind == named {
		open += 2 // "the family of Hussein"
	}
	for open < len(c.items) && open <= i+4 && c.signAt(open) == 0 && !c.persons(open) {
		open++
	}
	composed := slices.ContainsFunc(c.items[i+1:max(i+1, min(i+3, open))], func(it item) bool { return c.plays(it.first, lexicon.Composed) })
	if open >= i+2 && open <= i+4 && composed {
		open-- // "a family made up of a father, a mother and three children"
	} else if sign := c.signAt(open); sign != '(' && sign != '—' && sign != '–' && sign != '-' && sign != ':' {
		return v
	}
	n, end := 0, open+1
	for ; end < len(c.items); end++ {
		it := c.items[end]
		switch {
		case c.signAt(end) == ',' || it.kind == plain && it.node.HasAny(1<<lexicon.And|1<<lexicon.Det):
			continue
		case it.kind == group && it.q == nil && it.node.Has(lexicon.Both):
			both, _ := it.node.Sense(lexicon.Both)
			n += both.N
			continue
		case (it.kind == group || it.kind == named) && it.q == nil && !it.g.collective && (!it.g.plural || c.namesOne(it)):
			n++
			continue
		case it.kind == group && it.q == nil && it.g.plural && c.items[min(end+1, len(c.items)-1)].kind == named:
			continue // "their daughters", whose names follow
		case it.kind == pronoun && c.plays(it.first, lexicon.Reflexive):
			n++ // "himself, his wife and"
			continue
		case it.kind == number && c.items[end-1].kind == group: // "two sons 5 and 8 years old"
		case (it.kind == group || it.kind == number) && it.q != nil && it.q.Op == cairn.OpExact && it.q.Unit == "":
			n += it.q.Low.N
			continue
		}
		break
	}
	if n < 2 {
		return v
	}
	q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(n), High: cairn.N(n)}}, c.items[open+1].first, c.items[end-1].end, "figure.members")
	v.q, v.g.unit, v.g.collective, v.g.plural = &q, "", false, true
	return v
}
