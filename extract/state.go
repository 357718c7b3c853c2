package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// outcome applies the frames of a state: "N dead", "N were wounded", "N are
// missing", "12 people dead and 30 wounded".
func (c *clause) outcome(k int) {
	h := c.items[k]
	sense, _ := h.node.Sense(lexicon.Outcome)
	harm := cairn.Harm(firstWord(sense.Value))
	if len(c.taken[k]) > 0 || c.is(k, lexicon.Transitive) && k > 0 && c.items[k-1].kind == verb {
		return
	}
	if c.noneEither(k, harm, h) {
		return
	}
	if next := k + 1; harm == cairn.Damaged && next < len(c.items) && c.items[next].kind == building && (k == 0 || c.items[k-1].kind != building) {
		for _, b := range c.following(next) {
			c.add(harm, c.items[b], h, "damaged.active") // "badly damaged two schools"
		}
		return
	}
	i := k - 1
	for i >= 0 && c.items[i].kind == plain && (c.items[i].node.HasAny(1<<lexicon.Adverb|1<<lexicon.Hedge) && !c.is(i, lexicon.Be) || c.lang.FreeOrder && c.is(i, lexicon.Det)) {
		i--
	}
	if i == k-1 && c.is(i, lexicon.Of) && i > 0 && c.items[i-1].kind == number && (c.lang.VerbFirst || c.items[i-1].q != nil && c.items[i-1].q.Op == cairn.OpVague) {
		i-- // "hundreds of dead"
	}
	if c.lang.FreeOrder && harm == cairn.Missing && (i < 0 || !c.persons(i)) {
		if j := c.countedBehind(k); j >= 0 {
			c.stated(c.following(j), harm, h, "state", action{})
		}
		return
	}
	if c.lang.VerbFirst && c.countedAfter(k, harm) {
		return
	}
	if i < 0 {
		return
	}
	switch it := c.items[i]; {
	case c.persons(i) && (it.q != nil || it.kind == group) && !c.ageOf(i):
		c.stated(c.coordinated(i), harm, h, "state", action{})
	case it.kind == building && harm == cairn.Damaged:
		c.add(harm, it, h, "damaged.state")
	case it.kind == plain && it.node.HasAny(1<<lexicon.Be|1<<lexicon.Cue|1<<lexicon.Adverb):
		c.predicate(k, i, harm, h)
	case it.kind == plain && it.node.HasAny(1<<lexicon.And|1<<lexicon.Or):
		c.shared(k, i, harm, h)
	case it.kind == verb && it.v.passive && firstWord(it.v.note) == "counted":
		c.stated(c.subject(i), harm, h, "predicate", it.v) // "is listed in critical condition"
	}
}

// countedAfter applies "the dead are nine", and reports whether it is so said.
func (c *clause) countedAfter(k int, harm cairn.Harm) bool {
	if !c.is(k-1, lexicon.Det) || !c.is(k+1, lexicon.Be) {
		return false
	}
	i := k + 2
	for i < len(c.items) && c.items[i].kind == plain && (c.items[i].node.Has(lexicon.Adverb) || c.signAt(i) == '"' || c.signAt(i) == '“' || c.signAt(i) == '«') {
		i++
	}
	if i >= len(c.items) || c.items[i].q == nil || !c.persons(i) {
		return false
	}
	return c.add(harm, c.items[i], c.items[k], string(harm)+".counted") != nil
}

// ageOf reports whether the number at i is an age that was not folded into its
// person.
func (c *clause) ageOf(i int) bool {
	it := c.items[i]
	return it.kind == number && it.q != nil && it.q.bare && c.signAt(i-1) == ',' && c.signAt(i+1) == ',' && i > 1 && c.items[i-2].kind == named
}

// predicate applies "N are missing", "was reported dead": the auxiliary at i
// stands before the state at k.
func (c *clause) predicate(k, i int, harm cairn.Harm, h item) {
	a, be := action{}, false
	for ; i >= 0 && c.items[i].kind == plain; i-- {
		n := c.items[i].node
		switch {
		case n.Has(lexicon.Be):
			be = true
		case n.Has(lexicon.Not):
			a.negated = true
		case n.Has(lexicon.Will):
			a.unreal = true
		case n.Has(lexicon.Modal):
			a.possible = true
		case n.Has(lexicon.Hedge):
			s, _ := n.Sense(lexicon.Hedge)
			a.possible = a.possible || s.Value == "possible"
		case n.HasAny(1<<lexicon.Adverb | 1<<lexicon.Have | 1<<lexicon.Cue):
		default:
			if be && !a.unreal {
				c.stated(c.subject(i+1), harm, h, "predicate", a)
			}
			return
		}
	}
	if be && !a.unreal {
		c.stated(c.subject(i+1), harm, h, "predicate", a)
	}
}

// shared applies the second of two states of the same people, "killed or
// missing", "dead and wounded".
func (c *clause) shared(k, and int, harm cairn.Harm, h item) {
	j := and - 1
	if j >= 0 && c.items[j].kind == outcome {
		for _, f := range c.out {
			if f.harm.first == c.items[j].first && f.victims.q != nil && c.is(and, lexicon.And) && f.claim.Harm == cairn.Killed && harm == cairn.Injured {
				f.claim.Harm = cairn.Casualties
				f.claim.Rules = append(f.claim.Rules, "casualties.unsplit")
				return
			}
		}
	}
}

// stated records a state of each of the people at indices.
func (c *clause) stated(indices []int, harm cairn.Harm, h item, rule string, a action) {
	for _, i := range indices {
		v := c.items[i]
		switch {
		case v.kind == pronoun:
			h.v.harm = harm
			if f := c.pronounHarm(i, h, string(harm)+"."+rule); f != nil {
				c.reserve(f, a)
			}
			continue
		case harm == cairn.Missing && c.countedIn(v), v.kind == building && harm != cairn.Damaged, c.definiteMany(v), v.kind == named && v.g.weak:
			continue
		case harm == cairn.Damaged && !c.ofBuildings(v):
			continue
		}
		if f := c.add(harm, v, h, string(harm)+"."+rule); f != nil {
			c.reserve(f, a)
			if harm == cairn.Killed && f.whole == nil && v.kind == number && c.hurtHere() && c.terms[h.first].node.Has(lexicon.Adverb) {
				c.diedOf(f) // "four were hurt, one fatally"
			}
		}
	}
}

// countedIn reports whether v is one of those whom a figure before counts one by one:
// the members of a family that was killed.
func (c *clause) countedIn(v item) bool {
	span := c.spanOf(v)
	for _, f := range c.out {
		if q := f.victims.q; q != nil && q.Span != nil && q.rule == "figure.members" && q.Span.Start <= span.Start && span.End <= q.Span.End {
			return true
		}
	}
	return false
}

// precededBy reports whether one of the few words before item k plays a role, with
// no sign between.
func (c *clause) precededBy(k int, role lexicon.Role) bool {
	for i := k - 1; i >= max(0, k-7) && c.signAt(i) == 0 && c.items[i].kind != verb; i-- {
		for t := c.items[i].first; t < c.items[i].end; t++ {
			if c.plays(t, role) {
				return true
			}
		}
	}
	return false
}

// hurtGroup applies a state that stands before its noun, "five wounded people
// arrived", where the people are counted.
func (c *clause) hurtGroup(k int) {
	v := c.items[k]
	if (v.g.outcome == cairn.Displaced || v.g.outcome == cairn.Detained) && c.precededBy(k, lexicon.Undone) {
		return
	}
	if v.g.outcome == "" || v.q == nil && v.g.addition || v.q == nil && (!v.node.Has(lexicon.Outcome) || v.g.plural) {
		return
	}
	for i := k + 1; i < len(c.items) && i < k+6; i++ {
		if it := c.items[i]; it.kind == verb && it.v.harm != v.g.outcome && (it.v.passive || it.v.suffer) {
			break
		}
	}
	if v.g.outcome == cairn.Displaced && v.g.class == cairn.DisplacedPerson || v.g.outcome == cairn.Detained && v.g.class == cairn.Detainee {
		for _, o := range c.out {
			if o.victims.first == v.first {
				return
			}
		}
		v.g.class = cairn.UnknownStatus
	}
	c.add(v.g.outcome, v, v, string(v.g.outcome)+".attribute")
}
