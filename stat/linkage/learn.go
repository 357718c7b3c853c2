package linkage

import (
	"context"
	"math"
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

// mostLearned is about how many candidates the model is learned from.
const mostLearned = 1_000_000

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

func (t *tallies) copyOf(from *tallies) {
	copy(t.alone, from.alone)
	copy(t.twos, from.twos)
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
