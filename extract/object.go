package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// objects returns the items that the verb at v takes as its object.
func (c *clause) objects(v int) []int {
	k := v + 1
	if c.lang.VerbFirst {
		if !(v > 0 && c.persons(v-1) && c.items[v-1].q != nil) {
			k = c.pastSubject(k)
		}
		if c.takes(v, k) {
			return nil
		}
	}
	for k < len(c.items) && c.items[k].kind == plain && (c.lang.VerbFirst && c.terms[c.items[k].first].when > 0 || c.items[k].node.HasAny(1<<lexicon.Adverb|1<<lexicon.Hedge) && !c.items[k].node.Has(lexicon.Prep) || c.signAt(k) == '"' || c.signAt(k) == '“' || c.signAt(k) == ':') {
		k++
	}
	if k+1 < len(c.items) && c.lang.NoCapitals && c.items[k].kind == plain && c.items[k+1].kind == harmCount && c.plays(c.items[k].first, lexicon.OneOf) {
		return []int{c.single(k)} // "died one of the wounded"
	}
	if k < len(c.items) && c.items[k].kind == pronoun {
		return c.following(k) // "killing him, his wife and their daughter"
	}
	if c.theWounded(k) && c.persons(k+1) && c.items[k+1].q == nil {
		return []int{k + 1} // who is named
	} else if c.theWounded(k) {
		c.items[k].kind, c.items[k].g = group, people{class: cairn.UnknownStatus, head: "wounded"}
		return []int{k}
	}
	if personal := k+1 < len(c.items) && c.lang.FreeOrder && len(c.lang.Cases) == 0 && c.items[k].kind == plain && c.terms[c.items[k].first].figure.Has(lexicon.To); personal && c.persons(k+1) {
		k++ // "killed to Rosa Ibarra"
	}
	if c.lang.VerbFirst && k == v+1 && c.persons(k+1) && c.including(k) && c.items[k+1].kind == number {
		k++ // "died of them three"
	}
	if !c.persons(k) && !(k < len(c.items) && c.items[k].kind == building) {
		return nil
	}
	return c.following(k)
}

// theWounded reports whether item k is somebody who was wounded before, of whom the
// verb before it tells that he died: "died today the wounded Omar Karam".
func (c *clause) theWounded(k int) bool {
	if !c.lang.NoCapitals || k >= len(c.items) || c.items[k].kind != harmCount || !c.withArticle(c.items[k].first) {
		return false
	}
	s, _ := c.items[k].node.Sense(lexicon.HarmCount)
	return s.Value == "injured one"
}

// pastSubject returns the first counted people behind a verb that stands before
// its subject, where there are any in its clause: "killed the army five people".
func (c *clause) pastSubject(k int) int {
	if next := c.pastFighters(k); next > k {
		return next
	}
	for i := k; i < min(k+8, len(c.items)); i++ {
		it := c.items[i]
		sign := c.signAt(i)
		switch {
		case (c.persons(i) || it.kind == building) && (it.q != nil || it.node.Has(lexicon.Both)) && !(i > k && c.is(i-1, lexicon.Prep) && !c.placing(i-1, "place")):
			return i
		case c.lang.FreeOrder && it.kind == group && !it.g.plural && it.g.age != nil && !(i > k && c.is(i-1, lexicon.Prep)):
			return i // "hit in the head a boy of 14"
		case c.lang.NoCapitals && i > k+1 && it.kind == group && !it.g.plural && it.node.Has(lexicon.Person) && c.is(k, lexicon.Prep) && c.withArticle(c.items[i-1].first) && !c.withArticle(it.first):
			return i // "killed in the raid a woman"
		case c.lang.NoCapitals && it.kind == named && i == k: // "killed Samir Doe five people"
		case c.lang.FreeOrder && it.kind == named && i > k && c.is(i-1, lexicon.Prep): // "took from Tel Marun 86 people"
		case it.kind != plain && it.kind != group, it.node.HasAny(1<<lexicon.Cue | 1<<lexicon.Relative | 1<<lexicon.And), sign == ',', sign == '.', sign == ';', sign == ':':
			return k
		}
	}
	return k
}

// pastFighters returns the group right behind the armed group at k, which is who
// did it: "abducted gunmen a doctor"; k where there is none.
func (c *clause) pastFighters(k int) int {
	if i := c.pastTheirSide(k); i > k {
		return i
	}
	if k >= len(c.items) || !c.items[k].node.Has(lexicon.Party) || c.items[k].kind != plain && (c.items[k].kind != group || c.items[k].q != nil || !c.items[k].g.plural) {
		return k
	}
	for i := k + 1; i < min(k+5, len(c.items)); i++ {
		if c.persons(i) {
			return i
		}
		if c.items[i].kind != plain || c.items[i].node.HasAny(stopMask) || c.signAt(i) != 0 {
			break
		}
	}
	return k
}

// pastTheirSide returns the people behind fighters at k and the side that they
// are of: "detained men of the guard a reporter"; k where there are none.
func (c *clause) pastTheirSide(k int) int {
	if k+2 >= len(c.items) || c.items[k].kind != group || c.items[k].q != nil || !c.items[k].g.plural || c.items[k].g.class != cairn.Combatant || !c.is(k+1, lexicon.Of) {
		return k
	}
	n, _ := c.projectParty(c.items[k+2].first, c.s.last)
	if n == 0 && c.items[k+2].node.Has(lexicon.Party) {
		n = 1
	}
	for i := k + 2; n > 0 && i < min(k+8, len(c.items)); i++ {
		if c.items[i].first >= c.items[k+2].first+n {
			if c.persons(i) {
				return i
			}
			break
		}
	}
	return k
}

// takes reports whether the group at k is the one who takes people, where the
// verb of taking at v stands before it: "abducted gunmen the bishop".
func (c *clause) takes(v, k int) bool {
	h := c.items[v].v
	return h.harm == cairn.Detained && !h.gerund && k < len(c.items) && c.items[k].q == nil && c.items[k].node.Has(lexicon.Party)
}

// following returns item k and whoever is joined to it on its right.
func (c *clause) following(k int) []int {
	all := []int{k}
	for {
		last := all[len(all)-1]
		next := c.pastBrackets(last + 1)
		if c.signAt(next) == ',' && c.signAt(next+1) == ',' {
			next++ // one on either side of an age
		}
		if past := c.pastModifier(next); len(all) == 1 && past > next {
			next = past
		}
		next = c.pastName(last, next)
		comma := c.signAt(next) == ','
		if comma {
			next++
		}
		and := next < len(c.items) && c.items[next].kind == plain && (c.items[next].node.HasAny(1<<lexicon.And|1<<lexicon.Or) || c.accompanies(next))
		if and {
			next++
			next = c.pastAside(next)
			if c.lang.FreeOrder && next < len(c.items) && c.items[next].kind == plain && (c.terms[c.items[next].first].figure.Has(lexicon.To) || c.is(next, lexicon.Of)) {
				next++ // "to a teacher and to her son", "of a nurse and of a driver"
			}
		}
		if !comma && !and || !(c.persons(next) || next < len(c.items) && c.items[next].kind == building) || c.startsClause(next) {
			return all
		}
		if comma && !and && !c.listGoesOn(next) {
			return all
		}
		if c.sameCount(last, next) {
			return all
		}
		all = append(all, next)
	}
}

// sameCount reports whether the number of the people at last counts those at next
// too: "twelve children and teenagers". They are then of no one kind, unless both are.
func (c *clause) sameCount(last, next int) bool {
	v, w := &c.items[last], c.items[next]
	if c.lang.VerbFirst || v.kind != group || w.kind != group || v.q == nil || w.q != nil || !w.g.plural || !v.g.plural || w.g.collective || w.g.possessive || w.g.definite || w.g.addition || w.end-w.first > 1 || v.q.Op == cairn.OpExact && v.q.Low.N < 3 || !c.is(next-1, lexicon.And) {
		return false
	}
	if v.g.class != w.g.class {
		v.g.class = cairn.UnknownStatus
	}
	return true
}

// pastBrackets returns the item behind the brackets that open at item k, as they
// hold an age or a year of birth; k where none do.
func (c *clause) pastBrackets(k int) int {
	if c.signAt(k) != '(' {
		return k
	}
	for i := k + 1; i < min(k+8, len(c.items)); i++ {
		if c.signAt(i) == ')' {
			return i + 1
		}
	}
	return k
}

// pastName returns the item behind the name of the one person at last, in a language
// whose names have no capitals, where another person is joined to it: "the boy Omar
// Karam and his brother"; k where none is.
func (c *clause) pastName(last, k int) int {
	v := c.items[last]
	several := v.node.Has(lexicon.Both) // "the brothers Omar and Sami Karam and their cousin"
	if !c.lang.NoCapitals || v.kind != group || !several && (v.g.plural || v.q != nil) {
		return k
	}
	const longest = 6
	for i := k; i+1 < len(c.items) && i <= k+longest; i++ {
		it := c.items[i]
		if joins := it.kind == plain && (it.node.Has(lexicon.And) || c.accompanies(i)); joins && i > k {
			if c.items[i+1].kind == group && !c.startsClause(i+1) || c.accompanies(i) {
				return i
			}
			if several && c.items[i+1].kind == plain && c.items[i+1].node == nil {
				continue
			}
			return k
		}
		if it.kind != plain || it.node != nil || c.signAt(i) != 0 {
			return k
		}
	}
	return k
}

// pastModifier returns the comma behind words that only say more of one person, where
// a list goes on with whoever was with that person: "a candidate running for the
// seat, his driver and a guard"; k where there are none.
func (c *clause) pastModifier(k int) int {
	longest := 12
	if k < 1 || k >= len(c.items) || c.items[k-1].kind != group || c.items[k].kind != plain && !(c.items[k].kind == building && c.terms[c.items[k].first].node.Has(lexicon.Of)) || c.signAt(k) != 0 || c.is(k, lexicon.And) {
		return k
	}
	if c.items[k-1].g.plural || c.items[k-1].q != nil {
		if longest = 5; !c.is(k, lexicon.Prep) || c.including(k) {
			return k
		}
	}
	for i := k; i+1 < len(c.items) && i < k+longest; i++ {
		it := c.items[i]
		switch {
		case longest < 6 && i > k && it.kind == plain && it.node.Has(lexicon.And) && c.items[i+1].kind == group && c.isArticle(c.items[i+1].first) && !c.startsClause(i+1):
			return i // "two women from the village and a shepherd"
		case i > k && it.kind == plain && it.node.Has(lexicon.And) && c.items[i+1].kind == group && (c.items[i+1].g.possessive || c.items[i+1].q != nil) && !c.startsClause(i+1):
			return i // "a man with a disability and his carer"
		case c.signAt(i) == ',':
			if next := c.items[i+1]; next.kind == group && (next.g.possessive || next.q != nil) && c.listGoesOn(i+1) {
				return i
			}
			return k
		case c.signAt(i) != 0, it.kind != plain && it.kind != building && it.kind != named, it.kind == plain && it.node.HasAny(1<<lexicon.And|1<<lexicon.Or|1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Cue|1<<lexicon.If):
			return k
		}
	}
	return k
}

// pastAside returns the item behind what is put between the commas that open at k,
// "and, according to neighbours, two children"; k where nothing is.
func (c *clause) pastAside(k int) int {
	if c.signAt(k) != ',' || !(c.is(k+1, lexicon.According) || c.is(k+1, lexicon.Hedge) || c.is(k+1, lexicon.Adverb)) {
		return k
	}
	for i := k + 1; i < min(k+8, len(c.items)); i++ {
		if c.signAt(i) == ',' {
			return i + 1
		}
	}
	return k
}

// startsClause reports whether the group at k is the subject of what follows it
// rather than one more object: "killed two soldiers and three others were hurt".
func (c *clause) startsClause(k int) bool {
	for i := k + 1; i < len(c.items) && i < k+8; i++ {
		it := c.items[i]
		if it.kind == plain && c.subordinates(i) {
			return false
		}
		if it.kind == verb {
			return it.v.passive || it.v.suffer || it.v.finite && !it.v.gerund
		}
		if it.kind == outcome || it.node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Cue) && it.kind == plain {
			return true
		}
		if sign := c.signAt(i); it.node.HasAny(1<<lexicon.And|1<<lexicon.Relative) || sign == ',' || sign == '.' || sign == ';' || sign == ':' {
			return false
		}
	}
	return false
}

// listGoesOn reports whether after the group at k, past a comma, an "and" joins
// a last one.
func (c *clause) listGoesOn(k int) bool {
	for i := k + 1; i < len(c.items) && i < k+16; i++ {
		if past := c.pastBrackets(i); past > i {
			i = past - 1
			continue
		}
		if c.is(i, lexicon.And) && c.items[i].kind == plain {
			return (c.persons(i+1) || i+1 < len(c.items) && c.items[i+1].kind == building) && !c.startsClause(i+1)
		}
		if !c.persons(i) && c.items[i].kind != building && c.signAt(i) != ',' {
			return false
		}
	}
	return false
}
