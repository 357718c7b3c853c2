package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// pronounHarm records the harm to somebody whom only a pronoun names, where the
// document spoke of that person before.
func (c *clause) pronounHarm(i int, h item, rule string) *found {
	v := c.items[i]
	before := c.spokenOf(v, h.v.harm)
	if name := c.ownName(i); name != "" && before != nil && !v.g.plural && !sharesWord(before.claim.Victims.Names, name) {
		before = nil
	}
	several := v.g.plural && h.v.passive && firstWord(h.v.note) == "arrest" // "they were detained"
	if v.g.plural && h.v.harm != cairn.Population && (before == nil || i > 0 && c.items[i-1].kind == plain && c.subordinates(i-1)) {
		if people := c.namedBefore(i); len(people) > 0 {
			var first *found
			for _, p := range people {
				first = cmp.Or(first, c.add(h.v.harm, c.items[p], h, rule+".pronoun"))
			}
			return first
		}
	}
	if before == nil && (c.sexOf(v) != "" || several) && !h.v.base {
		v.kind, v.g.sex, v.g.head = group, c.sexOf(v), "pronoun"
		f := c.add(h.v.harm, v, h, rule+".pronoun")
		if f != nil {
			f.claim.Victims.Words, f.claim.Victims.Span = "", nil
		}
		return f
	}
	if before == nil || c.reading.is(v.first, "it") {
		return nil
	}
	if v.g.plural && before.claim.Figure.Op == cairn.OpExact && before.claim.Figure.High == cairn.N(1) {
		return nil
	}
	v.g = before.victims.g
	v.node = before.victims.node
	v.q = nil
	if v.g.plural || before.victims.q != nil {
		q := quantity{Figure: before.claim.Figure, rule: "figure.pronoun"}
		span := c.spanOf(v)
		q.Words, q.Span = span.Of(c.text), &span
		v.q = &q
	}
	f := c.add(h.v.harm, v, h, rule+".pronoun")
	if f != nil {
		f.claim.Victims.Words, f.claim.Victims.Span = "", nil
		f.refers = before
	}
	return f
}

// objectBefore reports whether the verb at k has its object right before it as a
// pronoun, which it makes an item of: "lo mataron", they killed him.
func (c *clause) objectBefore(k int) bool {
	v := c.items[k].v
	if k == 0 || !c.lang.FreeOrder || len(c.lang.Cases) > 0 || v.passive || v.suffer || v.gerund || c.items[k-1].kind != plain || !c.plays(c.items[k-1].first, lexicon.Objective) {
		return false
	}
	c.items[k-1].kind, c.items[k-1].g = pronoun, people{class: cairn.UnknownStatus, plural: strings.HasSuffix(foldedOf(c.reading, c.items[k-1].first), "s")}
	return true
}

// ownName returns the name of the one person of the same sentence for whom the
// pronoun at i stands: "Karam was taken to a clinic, where he died"; "" where
// there is none.
func (c *clause) ownName(i int) string {
	if i == 0 || c.items[i-1].kind != plain || !c.subordinates(i-1) {
		return ""
	}
	for k := i - 1; k >= 0; k-- {
		it := c.items[k]
		switch {
		case c.signAt(k) == ';', c.signAt(k) == '"', c.signAt(k) == '“', it.kind == plain && it.node.Has(lexicon.Cue), it.kind == pronoun:
			return ""
		case it.kind == named && !c.governed(k) && (k == 0 || c.items[k-1].kind != building):
			return c.spanOf(it).Of(c.text)
		case c.persons(k) && !c.governed(k):
			return ""
		}
	}
	return ""
}

// sharesWord reports whether one of names has a word of name.
func sharesWord(names []string, name string) bool {
	for _, n := range names {
		for word := range strings.FieldsSeq(n) {
			if slices.Contains(strings.Fields(name), word) {
				return true
			}
		}
	}
	return false
}

// namedBefore returns the people of the same sentence for whom the pronoun at i, of
// several, stands, where nothing was said of their harm yet: "both men were taken to
// a clinic, where they died".
func (c *clause) namedBefore(i int) []int {
	for k := i - 1; k >= 0; k-- {
		it := c.items[k]
		if it.kind == verb || c.signAt(k) == ';' {
			return nil
		}
		if !c.persons(k) || c.governed(k) || it.g.weak {
			continue
		}
		people := c.coordinated(k)
		if len(people) > 1 || it.kind == group && (it.q != nil || it.node.Has(lexicon.Both)) {
			return people
		}
		return nil
	}
	return nil
}

// spokenOf returns the last claim about people whom pronoun v can stand for.
func (c *clause) spokenOf(v item, harm cairn.Harm) *found {
	look := func(all []*found) *found {
		for i := len(all) - 1; i >= 0; i-- {
			f := all[i]
			if c.index-f.sentence > 4 {
				return nil
			}
			one := f.claim.Figure.Op == cairn.OpExact && f.claim.Figure.High == cairn.N(1)
			if v.g.plural == one || f.claim.Victims.Class == cairn.Buildings || f.claim.Harm == cairn.Detained && harm != cairn.Detained {
				continue
			}
			if !v.g.plural && contrary(f.claim.Victims.Sex, c.sexOf(v)) {
				continue
			}
			return f
		}
		return nil
	}
	if f := look(c.out); f != nil {
		return f
	}
	return look(c.found)
}

func contrary(a, b string) bool { return a != "" && b != "" && a != b }

// sexOf returns the sex that a pronoun states.
func (c *clause) sexOf(v item) string {
	switch {
	case c.plays(v.first, lexicon.Male):
		return "male"
	case c.plays(v.first, lexicon.Female):
		return "female"
	}
	return ""
}
