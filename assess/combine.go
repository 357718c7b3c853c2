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
	at       int    // where in the text it begins
}

func accountOf(c count) account {
	return account{r: c.bound, min: refs(c), max: refs(c), words: c.words(), speaker: c.speaker(), at: c.claim.Span.Start}
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
	sum := overall(wholes, parts, named(people, groups))
	if !slices.ContainsFunc(groups, count.generic) {
		sum = over(sum, sumOf(groups, people)) // nobody gave a figure for everybody
	}
	return sum
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
	return withOpenFloor(best, numbers)
}

// withOpenFloor returns best with the floor that the document itself gives, "at least
// 43 were killed", where it sets somebody's higher figure right beside it, "other
// sources claiming 50".
func withOpenFloor(best account, numbers []account) account {
	for _, own := range numbers {
		if own.speaker != "" || own.r.Max.Known || !own.r.Min.Known || !best.r.Min.Known || !best.r.Max.Known || own.r.Min.N >= best.r.Min.N {
			continue
		}
		beside := slices.ContainsFunc(numbers, func(a account) bool {
			return a.speaker != "" && a.at > own.at && a.at-own.at < besideAt && a.r.Min == best.r.Min
		})
		if beside {
			best.r.Min, best.min = own.r.Min, own.min
		}
	}
	return best
}

// besideAt is how many bytes may part two figures that a document sets beside each
// other.
const besideAt = 160

// atLeast returns the higher of two figures of one toll; a figure that an open
// one takes in is the closer statement.
func atLeast(a, b account) account {
	switch {
	case !a.r.Known():
		return b
	case !b.r.Known():
		return a
	case !a.r.Max.Known && b.r.Max.Known && b.r.Max.N >= a.r.Min.N:
		return floored(b, a)
	case !b.r.Max.Known && a.r.Max.Known && a.r.Max.N >= b.r.Min.N:
		return floored(a, b)
	case higher(b.r, a.r):
		return over(b, account{r: cairn.Range{Max: a.r.Max}, max: a.max})
	}
	return over(a, account{r: cairn.Range{Max: b.r.Max}, max: b.max})
}

// floored returns a with the floor of b where a has none: "up to eight" beside "at
// least three".
func floored(a, b account) account {
	if !a.r.Min.Known {
		a.r.Min, a.min = b.r.Min, b.min
	}
	return a
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
