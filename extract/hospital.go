package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// mostToHospital is how many items may part a hospital from the word that says that
// somebody was brought there.
const mostToHospital = 7

// hospitals applies "nine people were taken to hospital": whoever is brought there was
// hurt, and only of several is it said with it that they lived.
//
// A report that has told already of somebody who was hurt speaks of the same people
// again.
func (c *clause) hospitals() {
	hurt := func(f *found) bool { return f.claim.Harm == cairn.Injured }
	if slices.ContainsFunc(c.found, hurt) || slices.ContainsFunc(c.out, hurt) {
		return
	}
	for k, it := range c.items {
		if it.kind == verb && len(c.taken[k]) > 0 || !c.endsInHospital(it) {
			continue
		}
		by := c.broughtTo(k)
		if by < 0 {
			continue
		}
		for _, i := range c.brought(by) {
			v := c.items[i]
			if v.kind == pronoun || v.kind == building || c.harmedHere(i) || v.g.definite && v.g.plural || v.node.Has(lexicon.Both) || c.is(i-1, lexicon.Det) && v.kind == number || c.corpse(i) {
				continue
			}
			rule := string(cairn.Injured) + ".struck.hospital"
			if v.g.plural || v.kind == number {
				rule = string(cairn.Injured) + ".hospital"
			}
			it.v.harm = cairn.Injured
			c.hurt(i, it, rule)
		}
	}
}

// endsInHospital reports whether the last word of it is one for a hospital.
func (c *clause) endsInHospital(it item) bool {
	return it.kind != number && (c.plays(it.end-1, lexicon.Hospital) || it.kind == plain && c.plays(it.first, lexicon.Hospital))
}

// broughtTo returns the word before item k which says that somebody was brought to
// where k is; -1 where none does.
func (c *clause) broughtTo(k int) int {
	to := false
	for i := k - 1; i >= max(0, k-mostToHospital); i-- {
		it := c.items[i]
		switch {
		case it.kind == plain && to && c.plays(it.end-1, lexicon.Taken):
			return i
		case it.kind == verb, it.kind == number && !to, c.signAt(i) == ',', c.signAt(i) == ';', it.kind == plain && it.node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.Not|1<<lexicon.Be):
			return -1
		}
		to = to || it.kind == plain && it.node.Has(lexicon.Prep)
	}
	return -1
}

// brought returns whoever the word at by says was brought somewhere.
func (c *clause) brought(by int) []int {
	if c.persons(by+1) && c.items[by+1].q != nil {
		return c.following(by + 1) // "the blast sent six people to hospital"
	}
	i := by - 1
	for n := 0; i >= 0 && n < 5 && c.items[i].kind == plain && c.signAt(i) == 0 && !c.items[i].node.HasAny(1<<lexicon.Be|1<<lexicon.Relative|1<<lexicon.Not|1<<lexicon.Cue); n++ {
		i--
	}
	switch {
	case i < 0:
		return nil
	case c.is(i, lexicon.Be) && c.items[i].kind == plain:
		return c.subject(i)
	case c.items[i].kind == number && !c.governed(i) && (i == 0 || c.is(i-1, lexicon.And) || c.signAt(i-1) != 0):
		return []int{i} // "one dead, three taken to hospital"
	}
	return nil
}

// corpse reports whether the people at i are dead already: "the bodies of two men".
func (c *clause) corpse(i int) bool {
	for k := i - 1; k >= max(0, i-4); k-- {
		if c.items[k].kind == harmCount || c.items[k].kind == outcome {
			return true
		}
	}
	return false
}
