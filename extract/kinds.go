package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// kinds reads what some of those told of before were: "Two of them were fighters",
// "one of the dead was a nurse, the other a militant".
func (c *clause) kinds() {
	for k := 0; k+1 < len(c.items); k++ {
		some := c.items[k]
		if some.kind != number && some.kind != group || some.q == nil || some.q.Op != cairn.OpExact || !c.someOfTheDead(k) {
			continue
		}
		be := k + 1
		for be < len(c.items) && (c.items[be].kind == outcome || c.items[be].kind == harmCount || c.is(be, lexicon.Adverb) || c.is(be, lexicon.Of) || c.items[be].kind == plain && (c.is(be, lexicon.Det) || be == k+2 && c.is(be, lexicon.Relative))) {
			be++
		}
		if be >= len(c.items) || c.items[be].kind != plain || c.harmedHere(k) {
			continue
		}
		if who := c.namedAs(be); who >= 0 && harmWords(c.items[be-1]) == cairn.Killed && c.largerBefore(some) == nil {
			c.add(cairn.Killed, c.items[who], c.items[be-1], string(cairn.Killed)+".among")
			continue
		}
		if !c.is(be, lexicon.Be) {
			continue
		}
		of := c.identified(be + 1)
		if of < 0 || c.items[of].q != nil {
			continue
		}
		v := c.items[of]
		v.q, v.first = some.q, some.first
		if c.membersOfArms(of) {
			v.g.class = cairn.Combatant
		}
		if w := c.largerBefore(some); w != nil {
			if f := c.add(w.claim.Harm, v, some, string(w.claim.Harm)+".among"); f != nil && f.whole == nil {
				c.within(f, w)
			}
		}
	}
}

// someOfTheDead reports whether the number at k counts some of those told of before:
// "two of them", "one of the victims".
func (c *clause) someOfTheDead(k int) bool {
	it := c.items[k]
	if it.g.partitive {
		last := c.terms[it.end-1]
		return last.node.Has(lexicon.Pronoun) || c.plays(it.end-1, lexicon.Mourned)
	}
	if it.kind != number || !c.is(k+1, lexicon.Of) {
		return false
	}
	if c.is(k+2, lexicon.Relative) && c.items[k+2].kind == plain {
		return true
	}
	for i := k + 2; i < min(k+4, len(c.items)); i++ {
		if o, ok := c.items[i].node.Sense(lexicon.Outcome); ok {
			return cairn.Harm(firstWord(o.Value)) == cairn.Killed
		}
	}
	return false
}

// identified returns the people at item k whom a word of naming may stand before,
// "were described as fighters"; -1 where there are none.
func (c *clause) identified(k int) int {
	for n := 0; n < 3 && k < len(c.items); n, k = n+1, k+1 {
		if c.items[k].kind == group {
			return k
		}
		if c.items[k].kind != plain || c.signAt(k) != 0 || c.items[k].node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.Not|1<<lexicon.Cue) {
			return -1
		}
	}
	return -1
}

// namedAs returns the person whom item k, or the words of naming behind it, give as one
// of the dead: "one of the dead as the shopkeeper Omar Said"; -1 where there is none.
func (c *clause) namedAs(k int) int {
	for i := k; i < min(k+5, len(c.items)); i++ {
		it := c.items[i]
		if it.kind == named || it.kind == group && it.g.name != "" {
			return i
		}
		if it.kind != plain && !(it.kind == verb && it.v.note == "counted partly") || c.signAt(i) != 0 || it.node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.Not) {
			return -1
		}
	}
	return -1
}

// membersOfArms reports whether the people at k are said to be of a party that
// fights: "members of the Brigade".
func (c *clause) membersOfArms(k int) bool {
	if !c.is(k+1, lexicon.Of) {
		return false
	}
	for i := k + 2; i < min(k+5, len(c.items)); i++ {
		if c.items[i].node.Has(lexicon.Army) || c.items[i].node.Has(lexicon.Party) || c.plays(c.items[i].first, lexicon.Fighters) {
			return true
		}
	}
	return false
}

// largerBefore returns the claim of more people than some that was told of last, in
// this sentence or one of the two before; nil where there is none.
func (c *clause) largerBefore(some item) *found {
	larger := func(f *found) bool {
		return f.whole == nil && f.victims.first < some.first && c.index-f.sentence <= 2 && fewer(some.q, f.victims.q)
	}
	for _, f := range slices.Backward(c.out) {
		if larger(f) {
			return f
		}
	}
	for _, f := range slices.Backward(c.found) {
		if larger(f) {
			return f
		}
	}
	return nil
}
