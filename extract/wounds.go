package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// wounds applies "three had gunshot wounds", "a woman with burns", "a boy was
// treated for a minor injury": whoever bears a wound was hurt, and only of a
// slight one is it said with it that he lived.
func (c *clause) wounds() {
	for k, it := range c.items {
		if it.kind == verb && len(c.taken[k]) > 0 || !c.terms[it.end-1].node.Has(lexicon.Wound) {
			continue
		}
		by, slight := c.bearing(k)
		if by < 0 {
			continue
		}
		it.v.harm = cairn.Injured
		sense, _ := c.terms[it.end-1].node.Sense(lexicon.Wound)
		shot := note(sense.Value) == "shot" // so that some of them may have died of it
		for _, i := range c.bearers(by) {
			rule := string(cairn.Injured) + ".struck.bears"
			if slight || c.others(i) || !shot && (c.items[i].g.plural || c.items[i].kind == number) {
				rule = string(cairn.Injured) + ".bears"
			}
			if !c.harmedHere(i) && !c.definiteMany(c.items[i]) {
				c.hurt(i, it, rule)
			}
		}
	}
}

// hurt records the wound h of item i.
func (c *clause) hurt(i int, h item, rule string) {
	switch v := c.items[i]; {
	case v.kind == pronoun:
		c.pronounHarm(i, h, rule)
	case v.kind == building, v.kind == named && v.g.weak:
	default:
		c.add(cairn.Injured, v, h, rule)
	}
}

// others reports whether item i is of more people than those before: "three
// others", "the other two".
func (c *clause) others(i int) bool {
	v := c.items[i]
	return v.g.addition || v.q != nil && v.q.addition || c.contrasts(v)
}

// mostOfWound is how many items the words before a wound go back.
const mostOfWound = 9

// bearing returns the word that says that somebody has the wound at k, and
// whether it is a slight one; -1 where nobody has.
func (c *clause) bearing(k int) (by int, slight bool) {
	for i := k - 1; i >= max(0, k-mostOfWound); i-- {
		it := c.items[i]
		last := it.end - 1
		switch {
		case it.kind == plain && c.plays(last, lexicon.Bears), it.kind == plain && c.plays(last, lexicon.Cared) && i > 0 && c.plays(c.items[i-1].end-1, lexicon.Recovers):
			return i, slight
		case it.node.Has(lexicon.Zero), it.node.Has(lexicon.None), it.q != nil && it.q.Op == cairn.OpZero:
			return -1, false
		case it.kind == plain && !it.node.HasAny(1<<lexicon.Be|1<<lexicon.Prep|1<<lexicon.Of|1<<lexicon.By|1<<lexicon.Relative|1<<lexicon.Cue|1<<lexicon.If|1<<lexicon.Not) && !it.node.Has(lexicon.Cause) && !(it.node.Has(lexicon.Means) && i < k-1), it.kind == number && it.q != nil && it.q.bare,
			it.kind == group && it.g.head == "life", (it.kind == harmNoun || it.kind == harmCount) && c.terms[last].node.Has(lexicon.Wound):
			slight = slight || c.plays(last, lexicon.Slight)
		default:
			return -1, false
		}
	}
	return -1, false
}

// bearers returns whoever has what the word at by says that somebody has.
func (c *clause) bearers(by int) []int {
	for i := by - 1; i >= max(0, by-4); i-- {
		if n := c.items[i].node; c.items[i].kind == plain && (n.Has(lexicon.Not) || n.Has(lexicon.None)) {
			return nil
		}
	}
	i := by - 1
	if c.plays(c.items[by].end-1, lexicon.Recovers) {
		i = by // "suffering from", "treated for" in one word
	}
	for i >= 0 && (c.signAt(i) == ',' || c.is(i, lexicon.Adverb) && c.items[i].kind == plain || c.plays(c.items[i].end-1, lexicon.Recovers)) {
		i--
	}
	i = c.outOfBrackets(i)
	switch {
	case i < 0:
		return nil
	case c.items[i].kind == pronoun:
		return []int{i}
	case (c.persons(i) || c.counted(i)) && !c.governed(i):
		return c.coordinated(i)
	case c.is(i, lexicon.Be) || c.is(i, lexicon.Have):
		return c.subject(i)
	}
	if c.is(by, lexicon.Of) {
		return nil
	}
	return c.carried(by)
}

// carried returns who is the subject of the nearest auxiliary before item by, as in
// "two men were taken to a hospital with burns".
func (c *clause) carried(by int) []int {
	for i := by - 1; i >= max(0, by-14); i-- {
		it := c.items[i]
		switch {
		case it.kind == verb && it.v.passive, it.kind == plain && (it.node.HasAny(1<<lexicon.Be|1<<lexicon.Have) || c.plays(it.end-1, lexicon.Recovers)):
			return c.subject(i)
		case it.kind == verb, it.kind == plain && it.node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.If), c.signAt(i) == ',', c.signAt(i) == ';':
			return nil
		}
	}
	return nil
}

// harmedHere reports whether the sentence tells of a death or a wound of item i by
// another word.
func (c *clause) harmedHere(i int) bool {
	for _, o := range c.out {
		if o.victims.first == c.items[i].first && (o.claim.Harm == cairn.Killed || o.claim.Harm == cairn.Injured || o.claim.Harm == cairn.Casualties) {
			return true
		}
	}
	return false
}
