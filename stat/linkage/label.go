package linkage

import "math"

// A Label is what somebody who looked at a pair says of it: that its records are
// one person, or are not.
type Label struct {
	A, B Row
	Same bool
}

// A correction is what labels say that the lists alone do not: what each grade of
// each feature speaks more, or less, than was learned without them, and how much
// likelier matches are, in bits. Its zero value corrects nothing.
type correction struct {
	grades [][grades]float64
	all    float64
}

// of is what c adds to the weight of a grade.
func (c *correction) of(k int, g grade) float64 {
	if c.grades == nil {
		return 0
	}
	return c.grades[k][g]
}

// labelled is a label with what the pair looks like and what the lists alone make
// of it.
type labelled struct {
	v    vector
	odds float64 // in bits
	same bool
}

// labels looks at the labelled pairs. One of records that are not there, or are
// one, says nothing.
func (l *linker) labels() []labelled {
	var all []labelled
	c := newComparer(l.table.features)
	for _, x := range l.options.Labels {
		a, ok := l.place(x.A)
		b, too := l.place(x.B)
		if !ok || !too || a == b {
			continue
		}
		a, b = min(a, b), max(a, b)
		all = append(all, labelled{c.vector(a, b), l.odds(l.kind(a, b), l.weigh(c, a, b, nil)), x.Same})
	}
	return all
}

func (l *linker) place(r Row) (int, bool) {
	if r.List < 0 || r.List >= len(l.table.lists) || r.Number < 0 || r.Number >= l.table.lists[r.List].rows {
		return 0, false
	}
	return l.table.starts[r.List] + r.Number, true
}

// How far labels are let move what was learned, as standard deviations in nats,
// and how much a pair that nobody looked at counts beside one that somebody did.
const (
	gradeMoves = 1.0
	priorMoves = 1.0
	unlabelled = .1
)

// relearn learns from labels what the lists alone did not show. The pairs that
// people are asked about are the doubtful ones, so that counting their grades would
// mislead; what is learned is how they turn out, given what the lists make of each:
// logistic regression on the evidence, with a normal prior about no change, and
// with the pairs that nobody looked at held, each a little, to what they were
// thought to be. So labels say much where nobody was sure and little elsewhere.
func (l *linker) relearn(candidates []pattern) {
	all := l.labels()
	if len(all) == 0 {
		return
	}
	r := regression{n: len(l.table.features)}
	for _, x := range all {
		r.add(x.v, x.odds, map[bool]float64{true: 1}[x.same], 1)
	}
	for _, p := range candidates {
		if share := l.probability(p.kind, l.evidence(p.v)); share > 1e-6 && share < 1-1e-6 {
			r.add(p.v, l.odds(p.kind, l.evidence(p.v)), share, p.pairs*unlabelled)
		}
	}
	l.corrected = r.fit()
}

// A regression is outcomes of pairs, each with what was thought of it.
type regression struct {
	n     int // features
	seen  []vector
	odds  []float64 // in nats
	is    []float64 // 1 for a match; between where that is not known
	worth []float64
}

func (r *regression) add(v vector, odds, is, worth float64) {
	r.seen, r.odds, r.is, r.worth = append(r.seen, v), append(r.odds, odds*math.Ln2), append(r.is, is), append(r.worth, worth)
}

// fit finds the correction by Newton's method.
func (r *regression) fit() correction {
	d := r.n*grades + 1 // the last is of all
	x := make([]float64, d)
	at := make([]int, 0, r.n+1)
	places := func(v vector) []int {
		at = at[:0]
		for k := range r.n {
			if g := v.grade(k); g != unstated {
				at = append(at, k*grades+int(g))
			}
		}
		return append(at, d-1)
	}
	for range 25 {
		slope, curve := make([]float64, d), square(d)
		for i := range x {
			sd := gradeMoves
			if i == d-1 {
				sd = priorMoves
			}
			slope[i], curve[i][i] = -x[i]/(sd*sd), 1/(sd*sd)
		}
		for i, v := range r.seen {
			odds, where := r.odds[i], places(v)
			for _, j := range where {
				odds += x[j]
			}
			p := 1 / (1 + math.Exp(-odds))
			miss, bend := r.worth[i]*(r.is[i]-p), r.worth[i]*p*(1-p)
			for _, j := range where {
				slope[j] += miss
				for _, k := range where {
					curve[j][k] += bend
				}
			}
		}
		if moved := solve(curve, slope, x); moved < 1e-6 {
			break
		}
	}
	c := correction{grades: make([][grades]float64, r.n), all: x[d-1] / math.Ln2}
	for k := range r.n {
		for g := range grades {
			c.grades[k][g] = x[k*grades+g] / math.Ln2
		}
	}
	return c
}

// solve adds to x the solution of a·s = b, a symmetric and positive, by Cholesky's
// decomposition, by no more than longestStep, and returns how far it would move.
func solve(a [][]float64, b, x []float64) (moved float64) {
	n := len(b)
	for i := range n {
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(sum)
			} else {
				a[i][j] = sum / a[j][j]
			}
		}
	}
	s := make([]float64, n)
	for i := range n {
		sum := b[i]
		for k := range i {
			sum -= a[i][k] * s[k]
		}
		s[i] = sum / a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		sum := s[i]
		for k := i + 1; k < n; k++ {
			sum -= a[k][i] * s[k]
		}
		s[i] = sum / a[i][i]
		moved = max(moved, math.Abs(s[i]))
	}
	for i := range n {
		x[i] += s[i] * min(1, longestStep/moved)
	}
	return moved
}

// longestStep keeps a step of Newton's from leaping past what it looks for.
const longestStep = 2.0
