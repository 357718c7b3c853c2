package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// oneOf returns the number that stands for some of those who were wounded and of
// whom the verb at v says more: "one of the 12 wounded died"; -1 where there is
// none.
func (c *clause) oneOf(v int) int {
	hurt := false
	for k := v - 1; k > 0 && k >= v-14; k-- {
		it := c.items[k]
		switch {
		case it.kind == verb && it.v.harm == cairn.Injured, it.kind == outcome, it.kind == harmCount:
			hurt = true
		case it.kind == number && (hurt || c.lang.NoCapitals && k == v-1):
		case it.kind == named && !hurt: // where it was
		case it.kind == plain && !hurt && (c.signAt(k) == 0 || c.owner(k)) && !it.node.HasAny(clauseMask|1<<lexicon.And|1<<lexicon.Relative):
		case it.kind == group && hurt, it.kind == plain && it.node.HasAny(1<<lexicon.Det|1<<lexicon.Adverb|1<<lexicon.Have):
		case it.kind == plain && it.node.Has(lexicon.Of) && hurt:
			if few := c.items[k-1]; few.kind == number && few.q != nil && few.q.Op == cairn.OpExact {
				return k - 1
			}
			return -1
		default:
			return -1
		}
		if first := k - 1; hurt && c.lang.NoCapitals && c.items[first].kind == plain && c.plays(c.items[first].first, lexicon.OneOf) {
			return c.single(first)
		}
	}
	return -1
}

// noneOf returns the word that says that nobody of the people at k suffered it,
// "none of the 12 was hurt", made a number; -1 where there is none.
func (c *clause) noneOf(k int) int {
	i := k - 1
	for c.is(i, lexicon.Det) && c.items[i].kind == plain {
		i--
	}
	zero := i >= 0 && c.items[i].kind == number && c.items[i].q != nil && c.items[i].q.Op == cairn.OpZero
	if zero {
		return i
	}
	if !c.is(i, lexicon.None) {
		if !c.is(i, lexicon.Of) {
			return -1
		}
		i--
	}
	if i < 0 {
		return -1
	}
	none := &c.items[i]
	if none.kind == number && none.q != nil && none.q.Op == cairn.OpZero {
		return i
	}
	if none.kind != plain || !none.node.Has(lexicon.None) {
		return -1
	}
	q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}}, none.first, none.end, "figure.zero")
	none.kind, none.q, none.g = number, &q, people{class: cairn.UnknownStatus, plural: true}
	return i
}

// single makes item k, a word for one of several, a number.
func (c *clause) single(k int) int {
	it := &c.items[k]
	q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(1), High: cairn.N(1)}}, it.first, it.end, "figure.one")
	it.kind, it.q, it.g = number, &q, people{class: cairn.UnknownStatus}
	return k
}
