package assess

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// enumerations returns the figures that stand for everybody: figures without a
// sub-group, figures in one clause summed, and figures with what is added to
// them. What is left are figures of sub-groups.
func enumerations(groups, singles []count) (wholes []account, parted []count) {
	used, sums := map[int]bool{}, make([]account, len(groups))
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
		if g.claim.Is(cairn.Addition) {
			sum, mixed = added(g, sum, groups[:i], sums, singles), true
		}
		for j := range groups {
			if j == i || used[j] && sums[j].max == nil {
				sums[j] = sum
			}
		}
		if mixed {
			wholes = append(wholes, sum)
		} else {
			parted = append(parted, g)
		}
	}
	for _, s := range singles {
		if s.claim.Is(cairn.Addition) {
			base, at := before(s, groups)
			if person, found := before(s, singles); at >= 0 && (found < 0 || person.claim.Span.Start <= base.claim.Span.Start || slices.Contains(sums[at].min, person.ref)) {
				wholes = append(wholes, sums[at].plus(withJoined(s, singles)))
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
			if !in[k] && (!s.claim.Is(cairn.Addition) || g.claim.Is(cairn.Addition)) && (beside || conjoinedToAny(s, members)) {
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

// added returns sum, which began with g, with the figure that g is an addition to,
// whose sum stands among sums: "five were killed; another three died later" is eight.
func added(g count, sum account, earlier []count, sums []account, singles []count) account {
	base, at := before(g, earlier)
	if at < 0 {
		if base, at = before(g, singles); at < 0 {
			return sum
		}
		return accountOf(base).plus(sum)
	}
	near := g.claim.Span.Start-base.claim.Span.End < sentenceAt
	switch {
	case base.risen() && near:
		return accountOf(base) // "rose to 31 after two more were found"
	case near:
		return sums[at].plus(sum)
	}
	return accountOf(base).plus(sum)
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
