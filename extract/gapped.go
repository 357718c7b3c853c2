package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// gapped reads figures that go on with the harm of the one before without saying it
// again: "four dead in Burri, two in Shajara", "six died at once and three more by
// Sunday". They come on top of it, unless they only part it.
func (c *clause) gapped() {
	for _, f := range c.out[:len(c.out):len(c.out)] {
		q := f.victims.q
		if q == nil || f.whole != nil || strings.Contains(f.claim.Rules[0], ".struck") || f.claim.Harm == cairn.Damaged || f.claim.Harm == cairn.Population || q.Op == cairn.OpZero || q.Unit != "" {
			continue
		}
		all, sum := c.goesOn(f)
		if len(all) == 0 || q.Op == cairn.OpExact && (sum == q.Low.N || sum < q.Low.N && !c.elsewhere(f, all)) && !c.more(all) {
			continue
		}
		for _, k := range all {
			v := c.items[k]
			if v.g.class == cairn.UnknownStatus {
				v.g.class = f.claim.Victims.Class
			}
			if o := c.add(f.claim.Harm, v, f.harm, string(f.claim.Harm)+".gapped"); o != nil && !o.claim.Is(cairn.Addition) {
				o.core = c.spanOf(v)
				o.is(cairn.Addition, cairn.Phrase{}, "it goes on from the figure before it, in another place or time")
			}
		}
	}
}

// more reports whether one of the figures at all is said to be of more people.
func (c *clause) more(all []int) bool {
	for _, k := range all {
		if c.items[k].q.addition {
			return true
		}
	}
	return false
}

// elsewhere reports whether the first of the figures at all, which are together less
// than that of f, is of another place than f and no part of it: both places have
// names, or one is set against the other, "on one side, five on the other".
func (c *clause) elsewhere(f *found, all []int) bool {
	end := max(f.victims.end, f.harm.end)
	for _, it := range c.items {
		if it.first < end || it.kind != plain || !it.node.Has(lexicon.Prep) {
			continue
		}
		here, there := it.end, c.items[all[0]+1].end
		if here >= len(c.terms) || there >= len(c.terms) {
			return false
		}
		return c.terms[here].upper && c.terms[there].upper || c.terms[here].figure.Has(lexicon.Number) || c.plays(min(there+1, len(c.terms)-1), lexicon.Others)
	}
	return false
}

// goesOn returns the figures that go on from f, and their sum.
func (c *clause) goesOn(f *found) (all []int, sum int) {
	end := max(f.victims.end, f.harm.end)
	where := -1
	for k, it := range c.items {
		if it.first < end {
			continue
		}
		switch {
		case c.figureAlone(k):
			if how := c.items[k+1].first; !it.q.addition && (where < 0 || foldedOf(c.reading, where) != foldedOf(c.reading, how) && !(c.plays(where, lexicon.PlaceBefore) && c.plays(how, lexicon.PlaceBefore))) {
				return nil, 0
			}
			all, sum = append(all, k), sum+it.q.Low.N
		case it.kind == plain && it.node.Has(lexicon.Prep) && where < 0:
			where = it.first
		case it.kind == number && c.is(k-1, lexicon.Prep): // "on one side"
		case it.kind == verb, it.kind == outcome, it.kind == harmCount, it.kind == toll, it.kind == number, it.kind == group && it.q != nil,
			it.kind == plain && it.node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Cue|1<<lexicon.Relative|1<<lexicon.If), c.signAt(k) == ';', c.signAt(k) == ':', c.signAt(k) == '(':
			return all, sum
		}
	}
	return all, sum
}

// figureAlone reports whether item k is a count of people behind a comma or an
// "and" that only words of a place or a time follow, up to the next of these.
func (c *clause) figureAlone(k int) bool {
	it := c.items[k]
	if it.q == nil || it.kind != number && it.kind != group || it.g.things || it.g.partitive || c.contrasts(it) || it.q.Op != cairn.OpExact && it.q.Op != cairn.OpAtLeast || it.q.Unit != "" || it.q.High == cairn.N(0) {
		return false
	}
	if joined := c.signAt(k-1) == ',' || c.is(k-1, lexicon.And); !joined || k+1 >= len(c.items) || c.items[k+1].kind != plain || !c.items[k+1].node.HasAny(1<<lexicon.Prep|1<<lexicon.By) || c.including(k+1) {
		return false
	}
	for i := k + 2; i < len(c.items); i++ {
		it := c.items[i]
		if n := c.terms[it.end-1].node; n.Has(lexicon.Wound) || it.kind == building && c.is(i-1, lexicon.Prep) {
			return false // "and three in hospital" are no more dead
		}
		if c.signAt(i) == ',' || c.signAt(i) == ';' || c.signAt(i) == '.' || it.kind == plain && it.node.Has(lexicon.And) {
			return true
		}
		if it.kind == verb || it.kind == outcome || it.kind == harmCount || it.kind == toll || it.kind == plain && it.node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Cue) {
			return false
		}
	}
	return true
}
