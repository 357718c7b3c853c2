package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// refer applies "the figure is as high as N" and "it runs into the thousands":
// a figure for the victims, place and period of the claim before it.
func (c *clause) refer() {
	for k, it := range c.items {
		isFigure := it.kind == plain && it.node.Has(lexicon.Figure)
		isIt := it.kind == pronoun && c.reading.is(it.first, "it") && k == 0
		if !isFigure && !isIt {
			continue
		}
		if before := c.before(); isFigure && c.is(k+1, lexicon.Of) && k+2 < len(c.items) && c.items[k+2].kind == number && before != nil && before.victims.first < it.first && (k+3 >= len(c.items) || c.items[k+3].kind == plain) {
			c.again(before, c.items[k+2], it) // "gave a figure of 28"
			return
		}
		if isFigure && c.is(k+1, lexicon.Of) {
			c.numberOf(k)
			continue
		}
		before := c.before()
		if before == nil || isIt && before.claim.Figure.Op != cairn.OpUnknown {
			continue
		}
		if v, ok := c.reached(k + 1); ok {
			if c.again(before, c.extreme(v, it), it) != nil {
				return
			}
		}
	}
}

// putsNumber reports whether n is a word of saying that puts a number to what was said
// before: "guards spoke of dozens".
func putsNumber(n *lexicon.Node) bool {
	s, ok := n.Sense(lexicon.Cue)
	return ok && note(s.Value) == "of"
}

// before returns the claim of people's harm that stands last before this
// sentence, in it or in the one before.
func (c *clause) before() *found {
	for i := len(c.out) - 1; i >= 0; i-- {
		if f := c.out[i]; f.whole == nil && f.claim.Harm == cairn.Killed {
			return f
		}
	}
	for i := len(c.out) - 1; i >= 0; i-- {
		if f := c.out[i]; f.whole == nil && f.claim.Harm == cairn.Injured && f.claim.Figure.High != cairn.N(1) {
			return f
		}
	}
	for i := len(c.found) - 1; i >= 0; i-- {
		f := c.found[i]
		if c.index-f.sentence > 2 {
			return nil
		}
		if f.whole == nil && f.claim.Victims.Class != cairn.Buildings {
			return f
		}
	}
	return nil
}

// reached returns the number that the figure before item k is said to be.
func (c *clause) reached(k int) (item, bool) {
	joined := c.lang.VerbFirst
	for i := k; i < len(c.items) && i < k+8; i++ {
		it := c.items[i]
		switch {
		case (it.kind == number || it.kind == group && it.node.HasAny(1<<lexicon.People)) && it.q != nil && (joined || i == k && it.q.Op == cairn.OpAtMost):
			return it, true
		case it.kind == plain && it.node.HasAny(1<<lexicon.Be|1<<lexicon.Reach|1<<lexicon.Modal):
			joined = true
		case it.kind == plain && it.node.HasAny(1<<lexicon.Adverb|1<<lexicon.Have|1<<lexicon.Hedge|1<<lexicon.Det), joined && c.is(i, lexicon.Prep), c.signAt(i) == '"', c.signAt(i) == '“':
		default:
			return item{}, false
		}
	}
	return item{}, false
}

// again records one more figure for what before speaks of; nil where it has none.
func (c *clause) again(before *found, v, h item) *found {
	class := v.g.class
	v.g = before.victims.g
	if class != "" && class != cairn.UnknownStatus {
		v.g.class = class
	}
	if subgroup(v.g.class) && (class == "" || class == cairn.UnknownStatus) && fewer(before.victims.q, v.q) {
		v.g.class = cairn.UnknownStatus // "four women and seven children; the total was put at 16"
	}
	f := c.add(before.claim.Harm, v, h, string(before.claim.Harm)+".figure")
	if f == nil || f == before {
		return nil
	}
	f.refers = before
	f.claim.Victims = cairn.Victims{Class: v.g.class, Sex: before.claim.Victims.Sex}
	if before.claim.Campaign() {
		f.is(cairn.Cumulative, cairn.Phrase{}, "it speaks of a toll of a period again")
	}
	return f
}

// subgroup reports whether class is of some of the people only.
func subgroup(class cairn.Class) bool {
	return class == cairn.Child || class == cairn.Woman || class == cairn.Man
}

// extreme returns v as the end of a range that the words of h make it: "the highest
// was eleven" is at most eleven, of many figures.
func (c *clause) extreme(v, h item) item {
	s, _ := h.node.Sense(lexicon.Figure)
	op, ends := map[string]cairn.Op{"highest": cairn.OpAtMost, "lowest": cairn.OpAtLeast}[s.Value]
	if !ends || v.q.Op != cairn.OpExact {
		return v
	}
	q := *v.q
	q.bound(op)
	q.rule, v.q = "figure."+string(op), &q
	return v
}

// numberOf applies "the number of N killed is unknown": the harm frames found
// the people, and the figure stands behind the verb.
func (c *clause) numberOf(k int) {
	for _, f := range c.out {
		if f.victims.first < c.items[k].end || f.victims.q != nil || f.victims.first > c.items[k].end+3 {
			continue
		}
		for i := k + 2; i < len(c.items); i++ {
			it := c.items[i]
			if it.first < f.harm.end {
				continue
			}
			if it.kind == plain && it.node.HasAny(1<<lexicon.Be|1<<lexicon.Adverb|1<<lexicon.Reach|1<<lexicon.Have|1<<lexicon.Det) {
				continue
			}
			if it.kind == plain && it.node.Has(lexicon.Unknown) {
				it = c.unknown(it)
			}
			if it.q != nil {
				f.claim.Figure = it.q.Figure
				f.core = f.core.Cover(*it.q.Span)
				f.claim.Rules = []string{f.claim.Rules[0], it.q.rule}
				if it.q.wording != "" {
					f.claim.Rules = append(f.claim.Rules, it.q.wording)
				}
			}
			break
		}
	}
}
