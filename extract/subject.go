package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// subject returns the items that are the subject of the verb at v: the nearest
// group to the left that is not inside a prepositional phrase, with whoever is
// joined to it.
func (c *clause) subject(v int) []int {
	if i := c.oneOf(v); i >= 0 {
		return []int{i}
	}
	fallback, steps := -1, 0
	for k := v - 1; k >= 0 && steps < 30; k, steps = k-1, steps+1 {
		k = c.outOfBrackets(k)
		if k < 0 {
			break
		}
		it := c.items[k]
		switch {
		case it.kind == verb && k == v-1 && !c.inRelative(k):
			return nil
		case it.kind == verb && c.persons(k-1) && c.noneOf(k-1) >= 0:
			return []int{c.noneOf(k - 1)}
		case it.kind == verb && c.reducedBefore(k):
			return c.coordinated(k - 1)
		case it.kind == verb:
			if c.joined(k, v) && !(c.signAt(v-1) == ',' && c.inRelative(k)) {
				return c.subjectOf(k)
			}
			if !c.inRelative(k) {
				return c.onlyNear(fallback, v)
			}
		case it.kind == pronoun:
			if (!c.plays(it.first, lexicon.Objective) || c.is(k-1, lexicon.Of)) && (k == v-1 || c.light(k+1, v)) {
				return []int{k}
			}
		case it.node.Has(lexicon.Relative) && it.kind == plain && k > 1 && c.is(k-1, lexicon.Of) && c.items[k-2].kind == number && (k == v-1 || c.light(k+1, v)):
			return []int{k - 2} // "one of whom died"
		case it.node.Has(lexicon.Relative) && it.kind == plain:
			if k == v-1 || c.light(k+1, v) {
				return c.antecedent(k)
			}
		case it.node.HasAny(clauseMask) && it.kind == plain && c.finiteCue(k):
			return c.onlyNear(fallback, v)
		case it.kind == plain && c.subordinates(k) && k < v-1 && fallback < 0 && !c.persons(k+1):
			return nil
		case c.signAt(k) == ';' || c.signAt(k) == ':' || c.signAt(k) == '—' && fallback >= 0:
			return c.onlyNear(fallback, v)
		case it.kind == named && c.caseless && !c.light(k+1, v):
		case c.persons(k) || it.kind == building:
			if i := c.noneOf(k); i >= 0 {
				return []int{i}
			}
			if w := c.wholeOf(k); w != k {
				return []int{w}
			}
			if w := c.saidOfSome(k, v); w != k {
				return c.coordinated(w)
			}
			if w := c.amongThem(k); w != k {
				return c.coordinated(w)
			}
			if some := c.someAside(k); some >= 0 {
				return []int{some}
			}
			if !c.governed(k) && !(it.kind == building && it.node != nil && c.terms[it.first].node.Has(lexicon.Of)) {
				return c.coordinated(k)
			}
			if fallback < 0 {
				fallback = k
			}
		}
	}
	return c.onlyNear(fallback, v)
}

// saidOfSome returns the people before the number at k, which between commas tells
// something of some of them only: "six monks, five of them of the abbey, were shot";
// k where it is not so.
func (c *clause) saidOfSome(k, v int) int {
	if k < 2 || !c.items[k].g.partitive || c.signAt(k-1) != ',' || c.signAt(v-1) != ',' || v-k < 3 {
		return k
	}
	if w := c.items[k-2]; c.persons(k-2) && w.q != nil && c.items[k].q != nil && w.q.Low.N > c.items[k].q.Low.N {
		return k - 2
	}
	return k
}

// someAside returns the number of those of whom the person at k, between commas, only
// says more: "one of whom, a man of 70, died"; -1 where there is none.
func (c *clause) someAside(k int) int {
	if k < 4 || c.signAt(k-1) != ',' || !c.is(k-2, lexicon.Relative) || !c.is(k-3, lexicon.Of) || c.items[k-4].kind != number {
		return -1
	}
	return k - 4
}

// outOfBrackets returns the item before the brackets, or the pair of dashes, that
// item k closes, or k.
func (c *clause) outOfBrackets(k int) int {
	open := map[rune]rune{')': '(', ']': '[', '–': '–', '—': '—', '-': '-'}[c.signAt(k)]
	if open == 0 || open == '-' && c.terms[c.items[k].first].glued {
		return k
	}
	for i := k - 1; i >= 0; i-- {
		if c.signAt(i) == open {
			return i - 1
		}
	}
	return k
}

// onlyNear returns the group k inside a prepositional phrase as subject only
// where it stands right before the verb and is counted.
func (c *clause) onlyNear(k, v int) []int {
	if k >= 0 && v-k <= 2 && c.items[k].kind == group && c.items[k].q != nil {
		return c.coordinated(k)
	}
	return nil
}

// subjectOf returns the subject that the verb at k was given.
func (c *clause) subjectOf(k int) []int {
	if !c.items[k].v.passive && !c.items[k].v.suffer && c.subjectless(k) {
		return nil
	}
	return c.subject(k)
}

// subjectless reports whether the verb at k took its victims as objects.
func (c *clause) subjectless(k int) bool {
	return len(c.taken[k]) > 0 && c.taken[k][0].victims.first > c.items[k].first
}

// reducedBefore reports whether the verb at k was read as a participle of the
// people before it, so that they go on as subject: "a teen shot at school died".
func (c *clause) reducedBefore(k int) bool {
	return c.persons(k-1) && len(c.taken[k]) > 0 && c.taken[k][0].victims.end == c.items[k-1].end && strings.HasSuffix(c.taken[k][0].claim.Rules[0], ".reduced")
}

// finiteCue reports whether the cue at k is the verb of its clause and not a
// participle or noun.
func (c *clause) finiteCue(k int) bool {
	if !c.is(k, lexicon.Cue) {
		return true
	}
	s, _ := c.items[k].node.Sense(lexicon.Cue)
	return s.Form&(lexicon.Past|lexicon.Third|lexicon.Base) != 0
}

// joined reports whether the verbs at k and v share a subject: "was hit and
// died", "was shot, wounded and later died".
func (c *clause) joined(k, v int) bool {
	and := false
	for i := k + 1; i < v; i++ {
		switch it := c.items[i]; {
		case it.node.HasAny(1<<lexicon.And|1<<lexicon.Or) || c.signAt(i) == ',' || c.is(i, lexicon.Relative):
			and = true
		case it.kind == plain && it.node.HasAny(1<<lexicon.Adverb|1<<lexicon.Hedge|1<<lexicon.Prep|1<<lexicon.TimeWord|1<<lexicon.TimeUnit|1<<lexicon.Weekday), it.kind == plain && it.node == nil && !and:
		case c.persons(i) && and:
			return false
		}
	}
	return and
}

// inRelative reports whether the verb at k is that of a relative clause, so
// that the subject may stand before it.
func (c *clause) inRelative(k int) bool {
	for i := k - 1; i >= 0 && i >= k-4; i-- {
		if c.is(i, lexicon.Relative) && c.items[i].kind == plain {
			return true
		}
	}
	return false
}

// light reports whether only adverbs and commas stand between two items.
func (c *clause) light(from, to int) bool {
	for i := from; i < to; i++ {
		if !(c.items[i].kind == plain && (c.items[i].node.HasAny(1<<lexicon.Adverb|1<<lexicon.Hedge) || c.signAt(i) == ',')) {
			return false
		}
	}
	return true
}

// antecedent returns the group that the relative pronoun at k stands for.
func (c *clause) antecedent(k int) []int {
	for i := k - 1; i >= 0 && i >= k-8; i-- {
		if c.persons(i) && (c.items[i].kind != number || i == k-1) {
			if be, ok := c.node(c.items[min(k+1, len(c.items)-1)].first).Sense(lexicon.Be); ok && be.N == 2 && !c.items[i].g.plural {
				return c.coordinated(i) // "Adam and Sara, who were"
			}
			return []int{i}
		}
		if c.items[i].kind == verb {
			return nil
		}
	}
	return nil
}

// governed reports whether a preposition stands right before item k.
func (c *clause) governed(k int) bool {
	for i := k - 1; i >= 0; i-- {
		it := c.items[i]
		switch {
		case it.kind == plain && it.node.HasAny(1<<lexicon.Of|1<<lexicon.By|1<<lexicon.According):
			return true
		case it.kind == plain && it.node.Has(lexicon.Prep):
			return !c.is(i, lexicon.And) && !c.subordinates(i)
		case it.kind == plain && (it.node.Has(lexicon.Adverb) || it.node.Has(lexicon.Det)):
			continue
		}
		return false
	}
	return false
}

// subordinates reports whether item i opens a clause, whose subject follows it,
// rather than a prepositional phrase.
func (c *clause) subordinates(i int) bool {
	return c.plays(c.items[i].first, lexicon.Subordinator)
}

// coordinated returns item k and whoever is joined to it on its left.
func (c *clause) coordinated(k int) []int {
	all := []int{c.pastAges(k)}
	for {
		first := all[0]
		and := c.is(first-1, lexicon.And) && c.items[first-1].kind == plain || c.is(first-1, lexicon.Or) && c.items[first-1].kind == plain
		comma := c.signAt(first-1) == ','
		prev := first - 2
		for and && prev > 0 && c.items[prev].kind == plain && c.items[prev].node.Has(lexicon.Adverb) {
			prev-- // "two men in their twenties and a boy"
		}
		for and && c.signAt(prev) == ',' { // one on either side of an age
			comma = comma || c.governed(prev-1) // "from one family, and two others"
			prev--
		}
		if and && c.lang.FreeOrder && c.persons(prev-1) && c.items[prev].kind == plain && c.items[prev].node == nil && c.signAt(prev) == 0 {
			prev-- // "a resident of the town and her son"
		}
		if and && c.sharesLot(prev, first) {
			return append([]int{prev}, all...)
		}
		if !and && !comma || !c.persons(prev) && !(c.counted(first) && c.counted(prev)) || c.harmedAs(prev) || c.signAt(prev+1) == ',' && c.inPart(prev) || c.governed(prev) && (comma || c.including(prev-1) || c.reading.is(c.items[first].first, "that")) {
			return all
		}
		if comma && len(all) == 1 && !c.severally(prev, first) || c.whole(prev) != prev || c.contrasted(first) && c.wholeOf(prev) != prev {
			return all
		}
		if c.items[prev].kind == named && c.items[first].g.possessive {
			c.items[prev].g.weak = false // whoever has daughters is no place
		}
		all = append([]int{prev}, all...)
	}
}

// sharesLot reports whether a pronoun at k and somebody of his at i are told of as one
// subject: "he and his son died".
func (c *clause) sharesLot(k, i int) bool {
	return k >= 0 && c.items[k].kind == pronoun && !c.items[k].g.plural && c.items[i].g.possessive && c.sexOf(c.items[k]) != "" && !c.plays(c.items[k].first, lexicon.Objective)
}

// inPart reports whether the people at k are the last of a list that tells of whom some
// are: "among them 13 children and 9 women".
func (c *clause) inPart(k int) bool {
	for k > 1 && c.is(k-1, lexicon.And) && c.items[k-1].kind == plain && c.persons(k-2) {
		k -= 2
	}
	return k > 0 && (c.including(k-1) || c.items[k].q == nil && c.items[k-1].kind != verb && c.plays(c.items[k-1].first, lexicon.Mostly))
}

// contrasted reports whether item k is of more people than were spoken of.
func (c *clause) contrasted(k int) bool { return c.items[k].q != nil && c.items[k].q.addition }

// harmedAs reports whether item k stands as the object of a verb of harm already,
// so that what is joined to it by "and" opens a clause of its own: "claimed seven
// lives and six were injured".
func (c *clause) harmedAs(k int) bool {
	for _, o := range c.out {
		if o.victims.first == c.items[k].first && o.harm.end <= o.victims.first {
			return true
		}
	}
	return false
}

// severally reports whether two persons with only a comma between them are two,
// as in a headline, and not one said twice.
func (c *clause) severally(a, b int) bool {
	x, y := c.items[a], c.items[b]
	bare := func(it item) bool {
		return it.kind == group && it.g.name == "" && !c.isArticle(it.first) && !c.terms[it.first].node.Has(lexicon.Det)
	}
	return bare(x) && bare(y) && (x.q != nil) == (y.q != nil) && x.g.head != y.g.head
}
