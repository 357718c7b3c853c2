package extract

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// reflexive reports whether item i says that the subject did it to itself.
func (c *clause) reflexive(i int) bool {
	return c.items[i].kind == pronoun && c.plays(c.items[i].first, lexicon.Reflexive)
}

// oneself returns who did it to himself: the subject, where it is one person of
// whom no other harm was read here, or else the pronoun for somebody unnamed.
func (c *clause) oneself(k, pronoun int) []int {
	subject := c.subject(k)
	if len(subject) == 1 && !c.items[subject[0]].g.plural && c.items[subject[0]].q == nil && c.items[subject[0]].kind != number {
		first, free := c.items[subject[0]].first, true
		for _, f := range c.out {
			free = free && f.victims.first != first
		}
		if free {
			return subject
		}
	}
	c.items[pronoun].kind = group
	c.items[pronoun].g = people{class: cairn.UnknownStatus, sex: c.sexOf(c.items[pronoun]), head: "self"}
	return []int{pronoun}
}

// andOneself returns the objects of a verb with the one who did it, where he is the
// last of them: "killed four people and then himself".
func (c *clause) andOneself(objects []int) []int {
	i := objects[len(objects)-1] + 1
	if !c.is(i, lexicon.And) || c.items[i].kind != plain {
		return objects
	}
	i = c.pastAdverbs(i + 1)
	if i >= len(c.items) || !c.reflexive(i) || i+1 < len(c.items) && c.items[i+1].kind == verb {
		return objects
	}
	c.items[i].kind = group
	c.items[i].g = people{class: cairn.UnknownStatus, sex: c.sexOf(c.items[i]), head: "self"}
	return append(objects[:len(objects):len(objects)], i)
}

// ownEnd reports whether f is the death of whoever did what the claim before it tells
// of, by the verb at k, so that he is none of those whom he killed: "killed seven
// people before killing himself".
func (c *clause) ownEnd(k int, f *found, rule string) bool {
	if f.claim.Harm != cairn.Killed || f.claim.Figure.High != cairn.N(1) || !strings.HasSuffix(rule, ".self") && c.items[k].v.note != "self" {
		return false
	}
	did := func(o *found) bool {
		return o != f && o.claim.Harm == cairn.Killed && o.whole == nil && c.index-o.sentence <= 1 && (strings.HasSuffix(o.claim.Rules[0], ".active") || strings.HasSuffix(o.claim.Rules[0], ".left"))
	}
	return slices.ContainsFunc(c.out, did) || slices.ContainsFunc(c.found, did)
}
