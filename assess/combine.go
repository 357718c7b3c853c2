package assess

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// An account is a range with the claims that set its ends.
type account struct {
	r        cairn.Range
	min, max []cairn.ClaimRef
	words    bool   // rests on a vague figure
	speaker  string // who it rests on; "" for the document itself
}

func accountOf(c count) account {
	return account{r: c.bound, min: refs(c), max: refs(c), words: c.words(), speaker: c.speaker()}
}

func (a account) plus(b account) account {
	a.r = a.r.Plus(b.r)
	a.min, a.max = append(slices.Clone(a.min), b.min...), append(slices.Clone(a.max), b.max...)
	a.words = a.words || b.words
	return a
}

// combine makes one account of the claims of one document about one harm, none
// of which is a part of another.
func combine(chosen []count) account {
	chosen = slices.DeleteFunc(slices.Clone(chosen), func(c count) bool { return !c.bound.Known() })
	chosen = withoutNobodyElse(chosen)
	var singles, groups []count
	for _, c := range chosen {
		if c.single() && !c.tollOfOne() {
			singles = append(singles, c)
		} else {
			groups = append(groups, c)
		}
	}
	wholes, parted := enumerations(groups, singles)
	people := persons(singles)
	parts := sumOf(parted, people)
	if len(wholes) == 0 {
		return parts
	}
	return overall(wholes, parts, named(people, groups))
}

// withoutNobodyElse leaves out that nobody was harmed where the same voice, or the
// document itself, tells of somebody who was: it means nobody else.
func withoutNobodyElse(chosen []count) []count {
	return slices.DeleteFunc(slices.Clone(chosen), func(z count) bool {
		return z.claim.Figure.Op == cairn.OpZero && slices.ContainsFunc(chosen, func(c count) bool {
			return c.bound.Min.Known && c.bound.Min.N > 0 && (z.speaker() == "" || c.speaker() == "" || c.speaker() == z.speaker())
		})
	})
}

// enumerations returns the figures that stand for everybody: figures without a
// sub-group, figures in one clause summed, and figures with what is added to
// them. What is left are figures of sub-groups.
func enumerations(groups, singles []count) (wholes []account, parted []count) {
	used := map[int]bool{}
	for i, g := range groups {
		if used[i] {
			continue
		}
		sum, mixed := accountOf(g), g.generic()
		for _, j := range joined(i, groups, used) {
			sum, mixed, used[j] = sum.plus(accountOf(groups[j])), true, true
		}
		for _, s := range personsBeside(g, groups, singles, used) {
			sum, mixed = sum.plus(accountOf(s)), true
		}
		if !mixed && !g.claim.Is(cairn.Addition) {
			parted = append(parted, g)
			continue
		}
		wholes = append(wholes, added(g, sum, groups[:i], singles))
	}
	for _, s := range singles {
		if s.claim.Is(cairn.Addition) {
			base, at := before(s, groups)
			if person, found := before(s, singles); at >= 0 && (found < 0 || person.claim.Span.Start < base.claim.Span.Start) {
				wholes = append(wholes, upTo(at, groups, singles).plus(withJoined(s, singles)))
			}
		}
	}
	return wholes, parted
}

// joined returns the figures after that at i of which one clause makes one list with
// it: of another sub-group beside it, or joined to one of the list by an "and".
func joined(i int, groups []count, used map[int]bool) (list []int) {
	members := groups[i : i+1 : i+1]
	for j := i + 1; j < len(groups); j++ {
		o := groups[j]
		if used[j] || o.claim.Is(cairn.Addition) || !(beside(groups[i].claim, o.claim) && unlike(groups[i], o) || conjoinedToAny(o, members)) {
			continue
		}
		members, list = append(members, o), append(list, j)
	}
	return list
}

// personsBeside returns the persons of the list of g, which may hold others of groups, those
// joined to a person of the list too: "the groom, his brother and six guests".
func personsBeside(g count, groups, singles []count, used map[int]bool) (list []count) {
	members := []count{g}
	for j, o := range groups {
		if used[j] && conjoinedToAny(o, members) {
			members = append(members, o)
		}
	}
	in := map[int]bool{}
	for grown := true; grown; {
		grown = false
		for k, s := range singles {
			beside := g.claim.Victims.Class != s.claim.Victims.Class && beside(g.claim, s.claim)
			if !in[k] && !s.claim.Is(cairn.Addition) && (beside || conjoinedToAny(s, members)) {
				in[k], grown = true, true
				members, list = append(members, s), append(list, s)
			}
		}
	}
	return list
}

// conjoinedToAny reports whether c is joined by an "and" to one of members.
func conjoinedToAny(c count, members []count) bool {
	return slices.ContainsFunc(members, func(m count) bool { return conjoined(m.claim, c.claim) })
}

// unlike reports whether two figures of one clause are of different people:
// their sub-groups differ.
func unlike(a, b count) bool { return a.claim.Victims.Class != b.claim.Victims.Class }

// conjoined reports whether two claims of one verb name people between whom only
// an "and" or a comma stands: "a driver, his three passengers and a passer-by".
func conjoined(x, y cairn.Claim) bool {
	if x.Span.Start != y.Span.Start && x.Span.End != y.Span.End {
		return false // not of one verb
	}
	const and, atMost = 2, 12
	a, b := peopleOf(x), peopleOf(y)
	gap := max(a.Start-b.End, b.Start-a.End)
	return gap >= and && gap <= atMost
}

// peopleOf returns the words of a claim's figure and victims.
func peopleOf(c cairn.Claim) cairn.Span {
	var s cairn.Span
	for _, p := range []*cairn.Span{c.Figure.Span, c.Victims.Span} {
		if p != nil && s.Len() == 0 {
			s = *p
		} else if p != nil {
			s = s.Cover(*p)
		}
	}
	return s
}

// added returns sum, which began with g, with the figure that g is an addition
// to: "five were killed; another three died later" is eight.
func added(g count, sum account, earlier, singles []count) account {
	if !g.claim.Is(cairn.Addition) {
		return sum
	}
	if base, at := before(g, earlier); at >= 0 {
		near := g.claim.Span.Start-base.claim.Span.End < sentenceAt
		if base.risen() && near {
			return accountOf(base) // "rose to 31 after two more were found"
		}
		if near {
			return upTo(at, earlier, singles).plus(sum)
		}
		return accountOf(base).plus(sum)
	}
	if base, at := before(g, singles); at >= 0 {
		return accountOf(base).plus(sum)
	}
	return sum
}

// withJoined returns s and whoever is added with it in one breath: "a mother and her
// baby had been killed in the first".
func withJoined(s count, singles []count) account {
	sum := accountOf(s)
	for _, o := range singles {
		if o.claim.Is(cairn.Addition) && conjoined(s.claim, o.claim) {
			sum = sum.plus(accountOf(o))
		}
	}
	return sum
}

// upTo returns the figure of groups at an index with all that it comes on top of:
// "four in one town, two in another and three in the next".
func upTo(at int, groups, singles []count) account {
	return added(groups[at], accountOf(groups[at]), groups[:at], singles)
}

// sentenceAt is how many bytes may part two claims of one sentence.
const sentenceAt = 80

// before returns the closest claim that stands before c in the text, and its index;
// -1 where none does.
func before(c count, among []count) (count, int) {
	for i := len(among) - 1; i >= 0; i-- {
		if o := among[i]; o.claim.Span.Start < c.claim.Span.Start || o.claim.Span.Start == c.claim.Span.Start && o.claim.N < c.claim.N {
			return o, i
		}
	}
	return count{}, -1
}

// sumOf adds up sub-groups and persons. Children, women and men are different
// people; of other sub-groups, who may be any of these, only the largest
// counts. A person who can be one of a counted group is one of it.
func sumOf(parted []count, people []person) account {
	best := map[cairn.Class]count{}
	for _, c := range parted {
		class := c.claim.Victims.Class
		if b, ok := best[class]; !ok || higher(c.bound, b.bound) {
			best[class] = c
		}
	}
	var sum, other account
	for _, class := range cairn.Classes {
		c, ok := best[class]
		if !ok {
			continue
		}
		if class == cairn.Child || class == cairn.Woman || class == cairn.Man {
			sum = sum.plus(accountOf(c))
		} else if higher(c.bound, other.r) {
			other = accountOf(c)
		}
	}
	for _, p := range people {
		if !memberOf(p, best) {
			sum = sum.plus(account{r: cairn.Exactly(1), min: refs(p.counts...), max: refs(p.counts...)})
		}
	}
	if higher(other.r, sum.r) {
		return other
	}
	return sum
}

func memberOf(p person, groups map[cairn.Class]count) bool {
	for class := range groups {
		switch class {
		case cairn.Child:
			if !p.adult {
				return true
			}
		case cairn.Woman:
			if p.sex != "male" && !p.child {
				return true
			}
		case cairn.Man:
			if p.sex != "female" && !p.child {
				return true
			}
		case p.group:
			return true
		}
	}
	return false
}

// overall chooses among the figures that a document gives for everybody. The
// highest of one voice is the toll, since lower ones are earlier or partial; a
// number stands over a vague word that it does not fall short of. Voices that
// the document sets against each other keep their own figures, as a range.
func overall(wholes []account, parts, names account) account {
	numbers := slices.DeleteFunc(slices.Clone(wholes), func(a account) bool { return a.words })
	words := slices.DeleteFunc(slices.Clone(wholes), func(a account) bool { return !a.words })
	best := voices(numbers)
	for _, a := range words {
		if !best.r.Known() || a.r.Min.Known && top(best.r) < a.r.Min.N {
			best = over(best, a)
		}
	}
	if best.words {
		best = over(best, parts)
	}
	if best.r.Max.Known && !best.r.Min.Known && parts.r.Min.Known && parts.r.Min.N <= best.r.Max.N {
		best.r.Min, best.min = parts.r.Min, parts.min // "up to ten", of whom some are told one by one
	}
	if best.r == cairn.Exactly(0) && parts.r.Max.Known {
		best.r.Max, best.max = parts.r.Max, parts.max // another voice tells of some who were harmed
	}
	return over(best, names)
}

// voices returns the toll that figures of several speakers amount to: the
// highest of each, and from the lowest to the highest where two speakers whom
// the document names contradict each other.
func voices(numbers []account) account {
	var best account
	var order []string
	of := map[string]account{}
	for _, a := range numbers {
		best = atLeast(best, a)
		if a.speaker == "" {
			continue
		}
		if _, ok := of[a.speaker]; !ok {
			order = append(order, a.speaker)
		}
		of[a.speaker] = atLeast(of[a.speaker], a)
	}
	for _, speaker := range order {
		a := of[speaker]
		if len(order) > 1 && a.r.Min.Known && best.r.Min.Known && a.r.Min.N < best.r.Min.N {
			if !best.r.Max.Known {
				best.r.Max, best.max = best.r.Min, best.min // the largest figure that any of them names
			}
			best.r.Min, best.min = a.r.Min, a.min
		}
	}
	return best
}

// atLeast returns the higher of two figures of one toll; a figure that an open
// one takes in is the closer statement.
func atLeast(a, b account) account {
	switch {
	case !a.r.Known():
		return b
	case !b.r.Known():
		return a
	case !a.r.Max.Known && b.r.Max.Known && b.r.Max.N >= a.r.Min.N:
		return b
	case !b.r.Max.Known && a.r.Max.Known && a.r.Max.N >= b.r.Min.N:
		return a
	case higher(b.r, a.r):
		return over(b, account{r: cairn.Range{Max: a.r.Max}, max: a.max})
	}
	return over(a, account{r: cairn.Range{Max: b.r.Max}, max: b.max})
}

// over raises each end of a to that of b, where b's is higher.
func over(a, b account) account {
	said := a.r.Known()
	if b.r.Min.Known && (!a.r.Min.Known || b.r.Min.N > a.r.Min.N) {
		a.r.Min, a.min = b.r.Min, b.min
	}
	if b.r.Max.Known && (a.r.Max.Known && b.r.Max.N > a.r.Max.N || !said) {
		a.r.Max, a.max = b.r.Max, b.max
	}
	if a.r.Max.Known && a.r.Min.Known && a.r.Max.N < a.r.Min.N {
		a.r.Max, a.max = a.r.Min, a.min
	}
	a.words = a.words || b.words
	return a
}

// top returns the highest number of r.
func top(r cairn.Range) int {
	if r.Max.Known {
		return r.Max.N
	}
	return r.Min.N
}

// higher reports whether a names the higher figure; of two that begin alike,
// the one that ends higher or is the closer.
func higher(a, b cairn.Range) bool {
	if a.Known() != b.Known() {
		return a.Known()
	}
	low := func(r cairn.Range) int {
		if r.Min.Known {
			return r.Min.N
		}
		return -1
	}
	if low(a) != low(b) {
		return low(a) > low(b)
	}
	return top(a) > top(b)
}

// named returns the count of persons whom claims name: those of people, and
// those that a figure lists.
func named(people []person, groups []count) account {
	var out account
	var known [][]string
	add := func(words []string, from ...count) {
		if len(words) < 2 || slices.ContainsFunc(known, func(k []string) bool { return sameName(k, words) }) {
			return
		}
		known = append(known, words)
		out = out.plus(account{r: cairn.Exactly(1), min: refs(from...), max: refs(from...)})
	}
	for _, p := range people {
		add(p.name, p.counts...)
	}
	for _, g := range groups {
		for _, n := range g.claim.Victims.Names {
			add(nameWords(n), g)
		}
	}
	return out
}
