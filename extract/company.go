package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// inCompany returns the victims of the verb at k with whoever shared their lot: "was
// killed with her two sons", "died alongside his brother".
func (c *clause) inCompany(k int, victims []int) []int {
	if v := c.items[k].v; !v.passive && !v.suffer && !v.finite || len(victims) == 0 || c.lang.VerbFirst || victims[len(victims)-1] > k {
		return victims
	}
	i := k + 1
	for i < len(c.items) && c.items[i].kind == plain && c.signAt(i) == 0 && !c.plays(c.items[i].first, lexicon.Company) && (c.items[i].node.Has(lexicon.Adverb) || c.terms[c.items[i].first].when > 0) {
		i++
	}
	if i+1 >= len(c.items) || !c.plays(c.items[i].end-1, lexicon.Company) {
		return victims
	}
	with := c.items[i+1]
	if with.kind != group || with.g.collective || with.g.plural && with.q == nil && !with.g.possessive {
		return victims // "in a clash with rebels"
	}
	return append(victims[:len(victims):len(victims)], c.following(i+1)...)
}

// withHim returns whoever a word of company at item k joins to the one before it: "his
// death with his wife and two daughters".
func (c *clause) withHim(k int) []int {
	for k < len(c.items) && c.items[k].kind == plain && c.signAt(k) == 0 && c.items[k].node.Has(lexicon.Adverb) {
		k++
	}
	if k+1 >= len(c.items) || c.items[k].kind != plain || !c.plays(c.items[k].first, lexicon.Company) && !c.is(k, lexicon.And) {
		return nil
	}
	if with := c.items[k+1]; with.kind != group || with.g.collective || c.startsClause(k+1) {
		return nil
	}
	return c.following(k + 1)
}

// amongThem returns the people of whom the person at k, between commas, is said to be
// one: "thirteen worshippers, the imam among them, were killed"; k where it is not so.
func (c *clause) amongThem(k int) int {
	if k < 2 || k+2 >= len(c.items) || c.signAt(k-1) != ',' || !c.including(k+1) {
		return k
	}
	end := k + 2
	if c.items[end].kind == pronoun {
		end++
	}
	if end >= len(c.items) || c.signAt(end) != ',' || !c.persons(k-2) || c.items[k-2].q == nil {
		return k
	}
	return k - 2
}

// accompanies reports whether item i, in a language that names the verb first, joins
// somebody's family to him: "a doctor with two of his daughters".
func (c *clause) accompanies(i int) bool {
	if !c.lang.VerbFirst || i+1 >= len(c.items) || c.items[i].kind != plain || !c.plays(c.items[i].first, lexicon.Company) {
		return false
	}
	with := c.items[i+1]
	switch with.g.class {
	case cairn.Child, cairn.Woman, cairn.Man:
		return with.kind == group
	}
	return with.kind == group && with.g.collective || with.kind == number && with.g.partitive
}

// anotherOne reports whether v is one person whom an article brings in as somebody
// else than the one of whom the sentence told before: "the driver was killed and a
// passenger died".
func (c *clause) anotherOne(harm cairn.Harm, v item) bool {
	if v.kind != group || v.g.plural || v.g.name != "" || !c.isArticle(v.first) {
		return false
	}
	for _, o := range c.out {
		if w := o.victims; o.claim.Harm == harm && o.whole == nil && w.kind == group && w.q == nil && !w.g.plural && w.g.name == "" && w.first < v.first && w.g.head != v.g.head {
			return true
		}
	}
	return false
}

// besideOwner reports whether v are counted people who are somebody's of whom alone
// the sentence before told: "a herder was killed. His two companions died".
func (c *clause) besideOwner(harm cairn.Harm, v item) bool {
	if v.kind != group || v.q == nil || !v.g.possessive || len(c.out) > 0 || len(c.found) == 0 {
		return false
	}
	o := c.found[len(c.found)-1]
	return o.claim.Harm == harm && o.whole == nil && o.sentence == c.index-1 && o.claim.Figure.Op == cairn.OpExact && o.claim.Figure.High == cairn.N(1) && o.victims.q == nil
}
