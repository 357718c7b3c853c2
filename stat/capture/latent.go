package capture

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// A latent chain samples the posterior of the latent class model. Its state is
// the weight and the listing chances of each class; who of the observed is in
// which class, and how many are unobserved, are drawn anew in every iteration.
type latent struct {
	dice           *rand.Rand
	lists, classes int
	a, b           float64 // prior of alpha
	histories      []History
	counts         []float64
	observed       float64

	alpha    float64
	weight   []float64 // of each class; add up to total
	total    float64
	logLast  float64   // logarithm of the last class's share, which may underflow as a number
	chance   []float64 // by class, then list
	joint    []float64 // by class, then cell: weight times the chance of the cell
	none     []float64 // by class: weight times the chance of no list
	sum      []float64 // of joint by cell, over the classes
	unseen   float64
	size, on []float64 // members by class, and by class and list

	scratch []float64 // by history
	moved   []float64 // by cell: joint as a move proposes it
	power   []float64 // by number of lists
	rest    []float64 // by class: weight of it and those after
	lambda  []float64 // by list
	past    []float64 // by place in order: chance of a cell in that class or those after
	order   []int     // classes, the heaviest first
	lengths []int     // by cell: number of lists
	glider  *glider
	done    int // iterations
}

// widestDoubling is the number of lists up to which the chances of all
// histories are computed at once.
const widestDoubling = 7

func newLatent(t Table, classes int, a, b float64, dice *rand.Rand) *latent {
	j, c := len(t.Lists), len(t.Cells)
	s := &latent{dice: dice, lists: j, classes: classes, a: a, b: b, counts: t.counts(), observed: float64(t.Observed())}
	for _, cell := range t.Cells {
		s.histories, s.lengths = append(s.histories, cell.History), append(s.lengths, cell.History.Lists())
	}
	for _, v := range []*[]float64{&s.weight, &s.none, &s.size, &s.rest, &s.past} {
		*v = make([]float64, classes)
	}
	s.chance, s.on, s.joint = make([]float64, classes*j), make([]float64, classes*j), make([]float64, classes*c)
	s.sum, s.moved, s.power, s.lambda = make([]float64, c), make([]float64, c), make([]float64, j+1), make([]float64, j)
	if j <= widestDoubling {
		s.scratch = make([]float64, 1<<j)
	}
	s.order = make([]int, classes)
	s.glider = newGlider(classes, j, c)
	s.start()
	return s
}

// start draws a state far out: classes of like weight, chances from the prior.
func (s *latent) start() {
	s.alpha = 0.2 + 2*s.dice.Float64()
	for k := range s.weight {
		s.weight[k] = s.dice.ExpFloat64()
		s.total += s.weight[k]
	}
	for k := range s.weight {
		s.weight[k] /= s.total
	}
	s.total, s.logLast = 1, math.Log(s.weight[s.classes-1])
	for i := range s.chance {
		s.chance[i] = s.dice.Float64()
	}
	s.expect()
}

// iterate is one iteration: moves with everybody's class and the number
// unobserved integrated out, then the sampler of Manrique-Vallier (2016) once
// through.
func (s *latent) iterate() {
	if s.done++; s.done%s.glider.every == 0 {
		s.glide()
	}
	for range shifts {
		s.shift()
	}
	s.exchange()
	s.allocate()
	s.drawUnseen()
	s.drawChances()
	s.drawWeights()
	s.expect()
}

// expect sets joint, none and sum from the state.
func (s *latent) expect() {
	c := len(s.histories)
	clear(s.sum)
	for k := range s.weight {
		joint := s.joint[k*c : (k+1)*c]
		s.none[k] = s.expectClass(k, joint)
		for i, p := range joint {
			s.sum[i] += p
		}
	}
}

// expectClass sets joint of one class, and returns its weight on no list.
func (s *latent) expectClass(k int, joint []float64) float64 {
	chance := s.chance[k*s.lists : (k+1)*s.lists]
	if s.scratch == nil {
		return s.multiply(s.weight[k], chance, joint)
	}
	s.double(s.weight[k], chance, joint)
	return s.scratch[0]
}

// double sets joint by doubling: the chances of all histories of the first
// lists, with the next list and without it.
func (s *latent) double(w float64, chance, joint []float64) {
	all := s.scratch
	all[0] = w
	width := 1
	for _, p := range chance {
		low, high := all[:width], all[width:2*width]
		for i, v := range low {
			high[i] = v * p
			low[i] = v - high[i]
		}
		width *= 2
	}
	for i, h := range s.histories {
		joint[i] = all[h]
	}
}

// multiply sets joint list by list, and returns the chance of no list.
func (s *latent) multiply(w float64, chance, joint []float64) float64 {
	for i, h := range s.histories {
		p := w
		for j, v := range chance {
			if h.On(j) {
				p *= v
			} else {
				p *= 1 - v
			}
		}
		joint[i] = p
	}
	for _, v := range chance {
		w *= 1 - v
	}
	return w
}

// oneByOne is the number of members of a cell from which on each is dealt to a
// class by itself.
const oneByOne = 6

// allocate deals the observed over the classes.
func (s *latent) allocate() {
	clear(s.size)
	clear(s.on)
	s.sort()
	c := len(s.histories)
	for i, h := range s.histories {
		sum := 0.0
		for k := s.classes - 1; k >= 0; k-- {
			sum += s.joint[s.order[k]*c+i]
			s.past[k] = sum
		}
		left, k := int(s.counts[i]), 0
		for ; left > oneByOne && k < s.classes-1; k++ {
			if n := binomial(s.dice, left, s.joint[s.order[k]*c+i]/s.past[k]); n > 0 {
				s.put(s.order[k], h, float64(n))
				left -= n
			}
		}
		for range left {
			s.put(s.deal(k), h, 1)
		}
	}
}

// sort puts the classes in order of their weight, the heaviest first, so that
// few draws deal nearly everybody.
func (s *latent) sort() {
	for k := range s.order {
		i := k
		for ; i > 0 && s.weight[s.order[i-1]] < s.weight[k]; i-- {
			s.order[i] = s.order[i-1]
		}
		s.order[i] = k
	}
}

// deal draws a class from those from place k of the order on, by past.
func (s *latent) deal(k int) int {
	u := s.dice.Float64() * s.past[k]
	for k < s.classes-1 && s.past[k+1] > u {
		k++
	}
	return s.order[k]
}

// put counts n members of history h in class k.
func (s *latent) put(k int, h History, n float64) {
	s.size[k] += n
	h.add(s.on[k*s.lists:(k+1)*s.lists], n)
}

// add adds n for each list of h.
func (h History) add(to []float64, n float64) {
	for rest := uint32(h); rest != 0; rest &= rest - 1 {
		to[bits.TrailingZeros32(rest)] += n
	}
}

// mostUnseen keeps the number unseen a whole number that a float64 holds.
const mostUnseen = 1e15

// drawUnseen draws how many are unobserved, a negative binomial under the prior
// 1/N, and deals them over the classes.
func (s *latent) drawUnseen() {
	dark := 0.0
	for k := s.classes - 1; k >= 0; k-- {
		dark += s.none[s.order[k]]
		s.past[k] = dark
	}
	s.unseen = poissonDraw(s.dice, min(gamma(s.dice, s.observed)*dark/(s.total-dark), mostUnseen))
	left, k := int(s.unseen), 0
	for ; left > oneByOne && k < s.classes-1; k++ {
		n := binomial(s.dice, left, s.none[s.order[k]]/s.past[k])
		s.size[s.order[k]] += float64(n)
		left -= n
	}
	for range left {
		s.size[s.deal(k)]++
	}
}

// drawChances draws how easily each class is listed.
func (s *latent) drawChances() {
	for k, n := range s.size {
		for j := k * s.lists; j < (k+1)*s.lists; j++ {
			s.chance[j] = beta(s.dice, 1+s.on[j], 1+n-s.on[j])
		}
	}
}

// drawWeights draws the sticks, then alpha, which is a gamma given them. The
// share that is left of the stick is kept as a logarithm too, because a small
// alpha makes it smaller than any number.
func (s *latent) drawWeights() {
	after := s.observed + s.unseen
	left, logGone := 1.0, 0.0
	for k, n := range s.size[:s.classes-1] {
		after -= n
		if s.alpha+after >= 1 {
			broken, kept := gamma(s.dice, 1+n), gamma(s.dice, s.alpha+after)
			s.weight[k] = left * (broken / (broken + kept))
			left *= kept / (broken + kept)
			continue
		}
		broken, kept := math.Log(gamma(s.dice, 1+n)), logGamma(s.dice, s.alpha+after)
		whole := max(broken, kept) + math.Log1p(math.Exp(-math.Abs(broken-kept)))
		logLeft := logGone + math.Log(left)
		s.weight[k] = math.Exp(logLeft + broken - whole)
		left, logGone = 1, logLeft+kept-whole
	}
	s.logLast = logGone + math.Log(left)
	s.weight[s.classes-1] = math.Exp(s.logLast)
	s.total = 0
	for _, w := range s.weight {
		s.total += w
	}
	s.alpha = gamma(s.dice, s.a+float64(s.classes-1)) / (s.b - s.logLast)
}
