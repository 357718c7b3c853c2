package linkage

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
)

// A linker is one linkage under way.
type linker struct {
	table   *table
	options Options
	plan    *plan
	since   int      // the first record that is not linked yet
	before  *Linkage // of the records before it
	person  []int32  // of them, see former

	match, other *class
	corrected    correction
	once         []bool               // of each list, whether nobody stands in it twice
	prior        []float64            // the share of matches, by kind of pair
	held         [][grades]float64    // the share of records whose value is of each grade of equality, be it by how it is written or by how it sounds
	refer        [2][][grades]float64 // the share that a value of each grade of equality has in the mean, written so and sounding so
	total        []float64            // how many pairs there are, by kind
}

// A pattern is the grades of pairs of one kind, and how many such there are.
type pattern struct {
	kind  int
	v     vector
	pairs float64
}

type patternKey struct {
	kind int
	v    vector
}

// A gathering counts patterns of the pairs that it visits. Counts add up the
// same in any order.
type gathering struct {
	*comparer
	table  *table
	every  uint64 // one in how many is counted
	counts map[patternKey]int64
	all    []int64 // the pairs seen, by kind
}

func (g *gathering) pair(a, b int) {
	kind := 0
	if len(g.table.lists) > 1 {
		kind = g.table.kindOfPair(a, b)
	}
	g.all[kind]++
	if g.every > 1 && stir(uint64(a)<<32|uint64(b))%g.every != 0 {
		return
	}
	g.counts[patternKey{kind, g.vector(a, b)}]++
}

// mostLearned is about how many candidates the model is learned from.
const mostLearned = 1_500_000

// learn learns the model from the candidates and from pairs taken at random.
func (l *linker) learn(ctx context.Context) error {
	n := len(l.table.features)
	l.match, l.other = newClass(n), newClass(n)
	l.total = l.totals()
	l.priors()
	candidates, seen, err := l.gather(ctx)
	if err != nil || n == 0 {
		return err
	}
	random := l.random(seen)
	first := l.firstGuess()
	l.reference()
	l.startOther(candidates, random)
	base := newTallies(n, true)
	for _, p := range random {
		base.add(p.v, p.pairs)
	}
	for _, rounds := range []int{3, 30} {
		l.expect(first, candidates, base, rounds)
		candidates = l.settled(candidates, base)
	}
	for range 2 {
		l.depend(candidates, base)
		l.expect(first, candidates, base, 10)
	}
	l.relearn(candidates)
	return nil
}

// settled takes the patterns that are no matches by any odds out of candidates,
// and counts them in base for good.
func (l *linker) settled(candidates []pattern, base *tallies) []pattern {
	const hopeless = 1e-7
	return keep(candidates, func(p pattern) bool {
		if l.probability(p.kind, l.evidence(p.v)) > hopeless {
			return true
		}
		base.add(p.v, p.pairs)
		return false
	})
}

// totals is how many pairs there are of each kind.
func (l *linker) totals() []float64 {
	t := l.table
	total := make([]float64, pairNumber(len(t.lists)-1, len(t.lists)-1)+1)
	for i, x := range t.lists {
		for j, y := range t.lists[:i+1] {
			pairs := float64(x.rows) * float64(y.rows)
			if i == j {
				pairs = float64(x.rows) * float64(x.rows-1) / 2
			}
			total[pairNumber(i, j)] = pairs
		}
	}
	return total
}

// gather counts the patterns of the candidates.
func (l *linker) gather(ctx context.Context) ([]pattern, []float64, error) {
	pairs := int64(0)
	for _, r := range l.plan.Rules {
		pairs += r.Pairs
	}
	var all []*gathering
	err := l.candidates(ctx, func() visitor {
		g := l.gathering(max(1, uint64(pairs/mostLearned)))
		all = append(all, g)
		return g
	})
	if err != nil || len(all) == 0 {
		return nil, make([]float64, len(l.total)), err
	}
	counts, seen := map[patternKey]int64{}, make([]float64, len(l.total))
	for _, g := range all {
		for k, n := range g.counts {
			counts[k] += n
		}
		for kind, n := range g.all {
			seen[kind] += float64(n)
		}
	}
	return patterns(counts, float64(all[0].every)), seen, nil
}

func (l *linker) gathering(every uint64) *gathering {
	return &gathering{comparer: newComparer(l.table.features), table: l.table, every: every, counts: map[patternKey]int64{}, all: make([]int64, len(l.total))}
}

// patterns is counts in a fixed order, each worth so many pairs.
func patterns(counts map[patternKey]int64, worth float64) []pattern {
	all := make([]pattern, 0, len(counts))
	for k, n := range counts {
		all = append(all, pattern{k.kind, k.v, float64(n) * worth})
	}
	slices.SortFunc(all, func(a, b pattern) int {
		if c := cmp.Compare(a.kind, b.kind); c != 0 {
			return c
		}
		return cmp.Compare(a.v, b.v)
	})
	return all
}

// random counts the patterns of pairs taken at random from those that are no
// candidates, each worth as many as it stands for.
func (l *linker) random(seen []float64) []pattern {
	if l.plan.All {
		return nil
	}
	const draws, chunks = 512_000, 64
	n, all := uint64(l.table.len()), make([]*gathering, chunks)
	var wait sync.WaitGroup
	limit := make(chan struct{}, l.options.workers())
	for c := range chunks {
		wait.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			g := l.gathering(1)
			for i := range draws / chunks {
				x := stir(seed + uint64(c*draws+i)*2)
				a, b := int(x%n), int(stir(x+1)%n)
				if a != b && !l.isCandidate(a, b) {
					g.pair(min(a, b), max(a, b))
				}
			}
			all[c] = g
		})
	}
	wait.Wait()
	counts, drawn := map[patternKey]int64{}, make([]float64, len(l.total))
	for _, g := range all {
		for k, n := range g.counts {
			counts[k] += n
			drawn[k.kind] += float64(n)
		}
	}
	found := patterns(counts, 1)
	for i := range found {
		kind := found[i].kind
		found[i].pairs *= max(0, l.total[kind]-seen[kind]) / drawn[kind]
	}
	return found
}

func (l *linker) isCandidate(a, b int) bool {
	for i := range l.plan.rules {
		if l.plan.rules[i].shares(a, b) {
			return true
		}
	}
	return false
}

// priors guesses how many matches there are before anything is known: half of
// the shorter of two lists, a tenth of one.
func (l *linker) priors() {
	l.prior = make([]float64, len(l.total))
	for i, x := range l.table.lists {
		for j, y := range l.table.lists[:i+1] {
			matches := float64(min(x.rows, y.rows)) / 2
			if i == j {
				matches /= 5
			}
			k := pairNumber(i, j)
			l.prior[k] = matches / max(l.total[k], 1)
		}
	}
}

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

// expect runs expectation and maximisation for so many rounds, or until nothing
// moves. base is what is no match.
func (l *linker) expect(first *class, candidates []pattern, base *tallies, rounds int) {
	chance := l.chance()
	for range rounds {
		found := make([]float64, len(l.prior))
		matches, others := l.divide(candidates, base, found)
		l.match.fit(matches, first, 6)
		l.limit()
		l.other.fit(others, chance, 20)
		l.byChance()
		l.match.ready()
		l.other.ready()
		if l.settle(found) {
			return
		}
	}
}

// divide is what matches and what others look like, each pair counting to both
// by its probability. It adds the matches to found, by kind.
func (l *linker) divide(candidates []pattern, base *tallies, found []float64) (matches, others *tallies) {
	matches, others = newTallies(base.n, true), newTallies(base.n, true)
	others.copyOf(base)
	for _, p := range candidates {
		r := l.probability(p.kind, l.evidence(p.v))
		found[p.kind] += r * p.pairs
		matches.add(p.v, r*p.pairs)
		others.add(p.v, (1-r)*p.pairs)
	}
	return matches, others
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

func (t *tallies) copyOf(from *tallies) {
	copy(t.alone, from.alone)
	copy(t.twos, from.twos)
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

// evidence is what a vector speaks for a match, in bits.
func (l *linker) evidence(v vector) (bits float64) {
	for k := range l.table.features {
		bits += l.match.log2(v, k) - l.other.log2(v, k) + l.corrected.of(k, v.grade(k))
	}
	return bits
}

// probability is that of a match of a kind of pair, given the evidence in bits.
func (l *linker) probability(kind int, bits float64) float64 {
	p := l.prior[kind]
	if p <= 0 {
		return 0
	}
	return 1 / (1 + (1-p)/p*math.Exp2(-bits-l.corrected.all))
}
