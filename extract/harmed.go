package extract

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// harmOf records the harm of the verb h to item i, as far as the verb harms
// such: people are not demolished, and a house is not arrested.
func (c *clause) harmOf(i int, h item, rule string) *found {
	v := c.membersTold(i)
	harm := h.v.harm
	if firstWord(h.v.note) == "counted" && (v.q == nil || h.v.note == "counted mourned" && !c.mourned(v) || h.v.note == "counted partly" && !((v.g.partitive || c.plays(v.end-1, lexicon.Names)) && c.mourned(v))) {
		return nil
	}
	if h.v.note == "family" && (h.v.passive || c.deadBefore() || v.kind != group && !c.someOfIts(i) || v.kind == group && (!c.plays(v.end-1, lexicon.Family) || v.q == nil && !v.g.possessive)) {
		return nil // "lost contact", "lost two soldiers"
	}
	if h.v.note == "counted partly" {
		v.g.partitive = false // those whom somebody could name, and no part of those before
	}
	if harm == cairn.Missing && h.v.finite && !h.v.passive && c.someOfIts(i) {
		harm, rule = cairn.Killed, string(cairn.Killed)+strings.TrimPrefix(rule, string(cairn.Missing)) // a family that lost five of its members
	}
	switch {
	case v.kind == building && (harm == cairn.Damaged || h.v.note == "burn" || harm == cairn.Injured && c.lang.NoCapitals && v.q != nil):
		harm = cairn.Damaged
	case harm == cairn.Damaged && h.v.note == "annihilate" && (v.kind == group || v.kind == number) && v.g.class == cairn.Combatant:
		harm = cairn.Killed
	case harm == cairn.Damaged && v.kind == number && c.damagedBefore(v):
		v.g.class = cairn.Buildings
	case v.kind == building || harm == cairn.Damaged && !c.ofBuildings(v):
		return nil
	case v.kind == named && (v.g.weak && !(h.v.note == "arrest" && h.v.passive) && !c.diesByName(v, h) || h.v.note == "hit" && !h.v.passive && v.first > h.first):
		return nil // "shells hit Tel Marun"
	case v.kind == pronoun && harm == cairn.Population, h.v.note == "liquidate" && v.q == nil:
		return nil
	case v.kind == pronoun:
		return c.pronounHarm(i, h, rule)
	case harm == cairn.Population && (v.q == nil || v.kind == named || v.end < c.s.last && c.node(v.end).Has(lexicon.HarmCount)):
		return nil
	case harm == cairn.Displaced && (v.kind == named || v.q == nil && !v.g.plural || v.q != nil && v.q.High == cairn.N(1)):
		return nil
	case h.v.gerund && v.q == nil && v.g.plural && v.node.Has(lexicon.Person) && v.node.Has(lexicon.People):
		v.g.plural = false // "the death of a woman", in a form that is also of several
		return c.add(harm, v, h, rule)
	case c.definiteMany(v), h.v.base && v.q == nil && !v.g.plural:
		return nil
	}
	return c.ranked(c.add(harm, v, h, rule), v)
}

// deadBefore reports whether an earlier sentence told of somebody's death.
func (c *clause) deadBefore() bool {
	return slices.ContainsFunc(c.found, func(f *found) bool { return f.claim.Harm == cairn.Killed })
}

// someOfIts reports whether the number at i counts some of a family: "lost four of its
// members".
func (c *clause) someOfIts(i int) bool {
	v := c.items[i]
	if v.q == nil || v.kind != number && !c.lang.NoCapitals {
		return false
	}
	for t := v.first + 1; t < min(v.first+4, c.s.last); t++ {
		if c.plays(t, lexicon.Family) && (c.lang.NoCapitals || c.is(i+1, lexicon.Of)) {
			return true
		}
	}
	return false
}

// diesByName reports whether the name v, which may be a place's, stands right before a
// verb that no place suffers: "Ali died".
func (c *clause) diesByName(v, h item) bool {
	return h.v.suffer && h.v.harm == cairn.Killed && v.end == h.first && !c.caseless && c.spanOf(v).Len() > 2
}

// mourned reports whether v are those whom a list of names mourns: victims, and
// no suspects.
func (c *clause) mourned(v item) bool {
	for t := v.first; t < v.end; t++ {
		if c.plays(t, lexicon.Mourned) {
			return true
		}
	}
	before := c.before()
	return subgroup(v.g.class) || v.g.partitive && c.terms[v.end-1].node.Has(lexicon.Pronoun) && before != nil && before.claim.Harm == cairn.Killed
}

// ranked makes the figure of f, about one person who is counted on from those
// before, the number of all: "a fourth civilian died", where three had.
func (c *clause) ranked(f *found, v item) *found {
	if f == nil || v.q != nil || v.g.plural || v.kind != group || len(c.out) > 1 {
		return f
	}
	from := v.first
	if i := c.itemOf(v); c.signAt(i-1) == ',' && i > 1 && c.items[i-2].kind == group && !c.items[i-2].g.plural && c.items[i-2].q == nil {
		from = c.items[i-2].first // "a fourth victim, a girl of seven"
	}
	for t := from; t < v.end; t++ {
		rank, ok := c.terms[t].figure.Sense(lexicon.Ordinal)
		if !ok || rank.N < 3 || !c.countedTo(f.claim.Harm, rank.N-1) {
			continue
		}
		span := c.spanOf(v)
		f.claim.Figure = cairn.Figure{Phrase: cairn.Phrase{Words: span.Of(c.text), Span: &span}, Op: cairn.OpExact, Low: cairn.N(rank.N), High: cairn.N(rank.N)}
		f.claim.Rules[1] = "figure.ordinal"
		if subgroup(f.claim.Victims.Class) && !c.countedOf(f.claim.Victims.Class, rank.N-1) {
			f.claim.Victims.Class = cairn.UnknownStatus // "a fourth man", of people and not of men
		}
	}
	return f
}

// itemOf returns the index of an item that begins where v does.
func (c *clause) itemOf(v item) int {
	return slices.IndexFunc(c.items, func(it item) bool { return it.first == v.first })
}

// countedTo reports whether the document has counted n people of one harm.
func (c *clause) countedTo(harm cairn.Harm, n int) bool {
	for _, all := range [][]*found{c.found, c.out} {
		for _, f := range all {
			q := f.claim.Figure
			if f.claim.Harm == harm && f.whole == nil && q.Low == cairn.N(n) && q.High == cairn.N(n) {
				return true
			}
		}
	}
	return false
}

// countedOf reports whether the document has counted n dead of one class.
func (c *clause) countedOf(class cairn.Class, n int) bool {
	return slices.ContainsFunc(append(slices.Clone(c.found), c.out...), func(f *found) bool {
		return f.claim.Victims.Class == class && f.whole == nil && f.claim.Figure.High == cairn.N(n)
	})
}

// damagedBefore reports whether the number v goes on counting the buildings that
// the sentence tells of: "two houses were destroyed, 15 more damaged".
func (c *clause) damagedBefore(v item) bool {
	for _, f := range c.out {
		if f.claim.Harm == cairn.Damaged && f.victims.first < v.first && v.g.class == cairn.UnknownStatus && !v.g.things {
			return true
		}
	}
	return false
}

// says reports whether the sentence has a word of a kind.
func (c *clause) says(kind lexicon.Kind) bool {
	for i := c.s.first; i < c.s.last; i++ {
		if c.terms[i].figure.Has(kind) {
			return true
		}
	}
	return false
}

// ofBuildings reports whether v counts buildings.
func (c *clause) ofBuildings(v item) bool {
	return v.kind == building || v.g.class == cairn.Buildings
}

// definiteMany reports whether v takes up people that were spoken of before
// without counting them: "the victims", "those people".
func (c *clause) definiteMany(v item) bool {
	return v.kind == group && v.q == nil && v.g.plural && !v.g.collective && v.g.definite && !v.g.possessive && v.g.class == cairn.UnknownStatus && !v.node.Has(lexicon.Both) && c.known()
}
