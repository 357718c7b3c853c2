package identify

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Steady returns matches that a linkage found anew with nobody taken apart, and no
// two persons made one, of whom the lists say what they said: only entries that
// are new or changed join anybody, each the person that is surest of it. same
// reports whether an entry is as it was when before was found. It also returns how
// many pairs would now be joined, or not, if the linkage were taken as it is.
//
// So another list, or another release, moves no identifier of a person whose
// evidence it leaves alone, although the weights that it teaches are others.
func Steady(entries []cairn.Entry, before, now []cairn.Match, same func(ref string) bool) ([]cairn.Match, int) {
	u := union{index: map[string]int{}, entries: entries}
	for i, e := range entries {
		u.index[e.Ref()] = i
		u.parent = append(u.parent, i)
	}
	joined := map[[2]string]bool{}
	for _, m := range before {
		if m.Joined && same(m.A) && same(m.B) {
			u.join(m.A, m.B)
			joined[pairOf(m.A, m.B)] = true
		}
	}
	old := make([]bool, len(entries)) // by root: whether a person of before is in it
	for i, e := range entries {
		if same(e.Ref()) {
			old[u.root(i)] = true
		}
	}
	out, moved := slices.Clone(now), 0
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		a, b := out[i], out[k]
		return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	listed := map[[2]string]bool{}
	for _, i := range order {
		m := &out[i]
		key := pairOf(m.A, m.B)
		listed[key] = true
		was := m.Joined
		switch x, y := u.root(u.index[m.A]), u.root(u.index[m.B]); {
		case same(m.A) && same(m.B):
			m.Joined = joined[key]
		case m.Joined && x != y && old[x] && old[y]:
			m.Joined = false
		case m.Joined && x != y:
			u.join(m.A, m.B)
			old[u.root(x)] = old[x] || old[y]
		}
		if m.Joined != was {
			moved++
		}
	}
	for _, m := range before {
		if key := pairOf(m.A, m.B); joined[key] && !listed[key] {
			out, moved = append(out, m), moved+1
		}
	}
	return out, moved
}
