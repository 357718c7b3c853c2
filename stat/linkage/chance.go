package linkage

import (
	"slices"
)

// firstGuess is what matches are like before anything is known: three in four
// are equal in a field, the common values as often as they are met.
func (l *linker) firstGuess() *class {
	c := newClass(len(l.table.features))
	for k, f := range l.table.features {
		some := len(f.labels)
		for g := differ; g < grade(some); g++ {
			c.alone[k][g] = .2 / float64(some)
		}
		c.alone[k][differ] = min(.05, f.mostDiff)
		f.eachValue(func(x uint32, of, _ float64) { c.alone[k][f.same(x)] += .75 * of })
	}
	l.match = c
	first := newClass(len(c.alone))
	copy(first.alone, c.alone)
	return first
}

// reference is the mean share of the values of each grade of equality, among
// pairs that agree by chance.
func (l *linker) reference() {
	n := len(l.table.features)
	l.refer = [2][][grades]float64{make([][grades]float64, n), make([][grades]float64, n)}
	l.held = make([][grades]float64, n)
	for k, f := range l.table.features {
		if f.exact[0] == 0 {
			continue
		}
		var held, twice [2][grades]float64
		f.eachValue(func(x uint32, of, behind float64) {
			for i, share := range [2]float64{behind, float64(f.alike[x])} {
				g := f.rarity(float32(share))
				held[i][g] += of
				twice[i][g] += of * share
			}
		})
		for g := range grades {
			l.held[k][g] = min(held[0][g], held[1][g])
			for i := range held {
				if held[i][g] > 0 {
					l.refer[i][k][g] = twice[i][g] / held[i][g]
				}
			}
		}
	}
}

// startOther takes the others to be like all pairs.
func (l *linker) startOther(candidates, random []pattern) {
	all := newTallies(len(l.table.features), false)
	for _, p := range slices.Concat(candidates, random) {
		all.add(p.v, p.pairs)
	}
	l.other.fit(all, l.chance(), 100)
	l.match.ready()
	l.other.ready()
}

// chance is what pairs would be like that agree by chance alone.
func (l *linker) chance() *class {
	c := newClass(len(l.table.features))
	for k, f := range l.table.features {
		some := len(f.labels)
		left := 1.0
		for g := differ + 1; g < grade(some); g++ {
			c.alone[k][g] = .001
			left -= .001
		}
		f.eachValue(func(x uint32, of, behind float64) {
			c.alone[k][f.same(x)] += of * behind
			left -= of * behind
		})
		c.alone[k][differ] = max(left, .001)
	}
	return c
}

// byChance keeps equality from being rarer among others than lists of this
// length can show: a value that one person has may well be had by the next. Not
// so for identifiers, which are made to be had by one.
func (l *linker) byChance() {
	for k, f := range l.table.features {
		if f.kind == ID || f.exact[0] == 0 {
			continue
		}
		for g := f.exact[0]; g <= f.exact[1]; g++ {
			least := l.held[k][g] / float64(2*(f.stated+unseen))
			if g > f.exact[0]+1 { // what is the same and not common speaks no less than what is only alike
				least = min(least, l.match.alone[k][g]/l.alikeSpeaks(k))
			}
			l.other.alone[k][g] = max(l.other.alone[k][g], least)
		}
	}
}

// alikeSpeaks is how much oftener among matches the grades are met that are no
// equality, at most, of those that some matches have.
func (l *linker) alikeSpeaks(k int) float64 {
	const some = .005
	most := 1.0
	for g := differ + 1; g < l.table.features[k].exact[0]; g++ {
		if m := l.match.alone[k][g]; m > some {
			most = max(most, m/l.other.alone[k][g])
		}
	}
	return most
}
