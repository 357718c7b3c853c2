package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// fuse folds into one item what the words of a person are spread over: a name
// and its apposition, an age between commas. It does so in the space of items.
func fuse(r *reading, items []item) []item {
	out := items[:0]
	for i := 0; i < len(items); i++ {
		it := items[i]
		if n := len(out); it.kind == age && n > 1 {
			if w := withAge(r, out, it); w >= 0 {
				if r.sign(out[n-1].first) == '(' && i+1 < len(items) && r.sign(items[i+1].first) == ')' {
					out, i = out[:n-1], i+1 // "Adam (8)"
				}
				continue
			}
		}
		if n := len(out); n > 1 && calledSo(r, out, it) {
			person := &out[n-2]
			merge(person, it)
			person.end = it.end
			out = out[:n-1]
			continue
		}
		if n := len(out); n > 1 && apposed(r, out, items, i) {
			person := &out[n-2]
			merge(person, it)
			person.end = it.end
			out = out[:n-1]
			continue
		}
		if it.kind == group && it.g.plural && it.q == nil && !r.caseless && it.end-it.first > 1 && r.nameWord(it.end-1) && r.terms[it.end-1].upper && namesFollow(r, items[i+1:]) {
			it.g.plural = false // "brothers Adam", before "and Zein"
			it.g.name = r.terms[it.end-1].span.Of(r.text)
		}
		if it.kind == group && it.q != nil && it.q.Op == cairn.OpExact && it.q.Low.N > 1 && !r.caseless && it.end-it.first > 2 && r.terms[it.end-1].upper && r.nameWord(it.end-1) {
			i += namesOfAll(r, items[i+1:], it.q.Low.N-1)
		}
		out = append(out, it)
		if it.kind == named || it.kind == group && !it.g.plural {
			i += agedPhrase(r, items[i+1:])
		}
	}
	return out
}

// namesOfAll returns how many of the items behind counted people go on naming
// them, "two brothers Ali and Hasan Diab": n names at most, with what joins them.
func namesOfAll(r *reading, items []item, n int) int {
	taken := 0
	for i := 0; i+1 < len(items) && n > 0; i += 2 {
		joins := items[i].kind == plain && (items[i].node.Has(lexicon.And) || r.sign(items[i].first) == ',')
		if !joins || items[i+1].kind != named {
			break
		}
		taken, n = i+2, n-1
	}
	return taken
}

// namesFollow reports whether items go on with another name, past an age.
func namesFollow(r *reading, items []item) bool {
	for i := 0; i < min(len(items), 7); i++ {
		it := items[i]
		switch {
		case it.kind == named:
			return i > 0
		case it.kind == age, it.kind == plain && (r.sign(it.first) != 0 && r.sign(it.first) != '.' || it.node.Has(lexicon.And)):
			continue
		}
		return false
	}
	return false
}

// calledSo reports whether it is the name that the word before it gives to the
// person before that: "a man named Issa Karam".
func calledSo(r *reading, out []item, it item) bool {
	n := len(out)
	p := out[n-2]
	return it.kind == named && out[n-1].kind == plain && r.plays(out[n-1].first, lexicon.Called) && p.kind == group && !p.g.plural && p.g.name == ""
}

// agedPhrase returns how many of the items behind a person say how old they are:
// "a boy of five years", "a girl in the seventh of her age".
func agedPhrase(r *reading, items []item) int {
	n, number := 0, false
	for i := 0; i < min(len(items), 7); i++ {
		it := items[i]
		if sign := r.sign(it.first); it.kind != plain || sign != 0 && i > 0 || it.node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.Cue) {
			break
		}
		if unit, ok := it.node.Sense(lexicon.TimeUnit); ok && number && strings.HasSuffix(unit.Value, "year") && (r.terms[items[0].first].node.Has(lexicon.Of) || len(items) > 1 && r.sign(items[0].first) == ',' && r.terms[items[1].first].node.Has(lexicon.Of) || n > 0) {
			n = i + 1
		}
		if r.plays(it.first, lexicon.AgeWord) {
			n = i + 1
		}
		_, _, ok := r.number(it.first, it.end)
		number = number || ok
	}
	return n
}

// withAge gives an age to the person that it stands behind, and returns that
// person's index, -1 where there is none.
func withAge(r *reading, out []item, it item) int {
	n := len(out)
	sign := r.sign(out[n-1].first)
	if out[n-1].kind != plain || sign != ',' && sign != '(' {
		return -1
	}
	p := &out[n-2]
	if p.kind != group && p.kind != named {
		return -1
	}
	if p.g.age == nil && it.q != nil {
		years := cairn.Exactly(it.q.Low.N)
		p.g.age = &years
		if years.Max.N < 18 && p.g.class != cairn.Combatant {
			p.g.class = cairn.Child
		}
	}
	return n - 2
}

// apposed reports whether item i says again who the person before the comma is.
func apposed(r *reading, out, items []item, i int) bool {
	n, it := len(out), items[i]
	if out[n-1].kind != plain || r.sign(out[n-1].first) != ',' {
		return false
	}
	p := out[n-2]
	one := func(x item) bool {
		return (x.kind == named || x.kind == group && !x.g.plural && !x.g.collective) && x.q == nil
	}
	if !one(p) || !one(it) || (p.g.name != "") == (it.g.name != "") {
		return false
	}
	if it.kind == group && it.g.name == "" && it.g.age == nil && !r.isArticle(it.first) && !r.terms[it.first].node.Has(lexicon.Det) {
		return false
	}
	if len(r.lang.Cases) > 0 && it.g.possessive {
		return false // "a boy, his father"
	}
	after := rune(0)
	if i+1 < len(items) {
		if items[i+1].kind == verb || items[i+1].kind == outcome {
			return true
		}
		after = r.sign(items[i+1].first)
		if items[i+1].node.HasAny(1<<lexicon.Of | 1<<lexicon.Prep | 1<<lexicon.Relative) {
			return true
		}
	}
	return after == ',' || after == '.' || i+1 == len(items)
}

func merge(p *item, it item) {
	if p.g.name == "" {
		p.g.name = it.g.name
	}
	if p.g.age == nil {
		p.g.age = it.g.age
	}
	if p.g.sex == "" {
		p.g.sex = it.g.sex
	}
	if p.g.class == cairn.UnknownStatus || p.g.class == "" {
		p.g.class = it.g.class
	}
	if p.kind == named && it.kind == group {
		p.kind, p.node, p.g.head = group, it.node, it.g.head
	}
}

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
			if c.joined(k, v) {
				return c.subjectOf(k)
			}
			if !c.inRelative(k) {
				return c.onlyNear(fallback, v)
			}
		case it.kind == pronoun:
			if k == v-1 || c.light(k+1, v) {
				return []int{k}
			}
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
		if c.persons(i) && c.items[i].kind != number {
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
	all := []int{k}
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
		if !and && !comma || !c.persons(prev) && !(c.counted(first) && c.counted(prev)) || c.harmedAs(prev) || c.governed(prev) && (comma || c.including(prev-1) || c.reading.is(c.items[first].first, "that")) {
			return all
		}
		if comma && len(all) == 1 && !c.severally(prev, first) || c.whole(prev) != prev {
			return all
		}
		if c.items[prev].kind == named && c.items[first].g.possessive {
			c.items[prev].g.weak = false // whoever has daughters is no place
		}
		all = append([]int{prev}, all...)
	}
}

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
