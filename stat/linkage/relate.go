package linkage

import (
	"math"
	"slices"
)

// mostSwapped is the largest share of matches whose name stands elsewhere.
const mostSwapped = .15

// limit keeps matches from differing in a field more often than people do: what
// goes together without that is a family or a place, not a person (the
// constraints of Winkler 1993, and of Enamorado and others 2019).
func (l *linker) limit() {
	for k, f := range l.table.features {
		m := &l.match.alone[k]
		if over := m[differ]; over > f.mostDiff {
			for g := range m {
				m[g] *= (1 - f.mostDiff) / (1 - over)
			}
			m[differ] = f.mostDiff
		}
		if f.swapped != 0 && m[f.swapped] > mostSwapped {
			m[differ] += m[f.swapped] - mostSwapped
			m[f.swapped] = mostSwapped
		}
	}
}

// settle takes the found matches for the new share of them, and reports whether
// that moved little.
func (l *linker) settle(found []float64) bool {
	still := true
	for kind, n := range found {
		now := (n + .1) / (l.total[kind] + 1)
		if math.Abs(now-l.prior[kind]) > .001*l.prior[kind] {
			still = false
		}
		l.prior[kind] = min(now, .5)
	}
	return still
}

// depend lets features go with others, as the pairs of either class show them
// to.
func (l *linker) depend(candidates []pattern, base *tallies) {
	matches, others := l.divide(candidates, base, make([]float64, len(l.prior)))
	l.relate()
	for _, of := range []struct {
		*class
		*tallies
		bound []int
	}{{l.match, matches, nil}, {l.other, others, l.kin()}} {
		for k := range of.parent {
			of.parent[k] = -1
		}
		of.forest(of.tallies, of.bound)
		for k, p := range of.parent {
			if p >= 0 {
				of.fitGiven(of.tallies, k, p)
			}
		}
		of.ready()
	}
}

// kin is, for each feature that relatives share, that of the family name; -1
// for the others.
func (l *linker) kin() []int {
	family := slices.IndexFunc(l.table.features, func(f *feature) bool { return f.kind == FamilyName })
	bound := make([]int, len(l.table.features))
	for k, f := range l.table.features {
		bound[k] = -1
		if f.kin {
			bound[k] = family
		}
	}
	return bound
}

// relate lets the model expect, before it has seen any, that of people who share
// a rare family name one in four are relatives, who share more. Lists of victims
// are full of brothers, and brothers are not one person.
func (l *linker) relate() {
	const relatives = .25
	l.other.lean = make([][grades][grades]float64, len(l.table.features))
	for k, f := range l.table.features {
		if !f.kin {
			continue
		}
		for h := nameSlip; h < grades; h++ {
			for g := differ; g < grades; g++ {
				l.other.lean[k][h][g] = (1-relatives)*l.other.alone[k][g] + relatives*l.match.alone[k][g]
			}
		}
	}
}
