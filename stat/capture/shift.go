package capture

import "math"

// shifts is how many shifts an iteration makes.
const shifts = 1

// smallestWeight is the share under which a class makes no move.
const smallestWeight = 1e-280

// shift proposes for one class to list all its members more, or less, and to be
// smaller or larger by as much, so that about as many members as before are on
// one list (or two) and the number on none changes. That is the way on which the
// likelihood changes least and the number unseen most, along which Gibbs steps
// creep; the unobserved are integrated out.
//
// In the logits of the chances and the logarithm of the weight against another
// class the move is a translation, so that its Jacobian is 1.
func (s *latent) shift() {
	u := s.dice.Float64()
	k := int(u * u * float64(s.classes)) // early classes are the larger ones
	w := s.weight[k]
	if w < smallestWeight {
		return
	}
	by := s.stride()
	times := math.Exp(by)
	fixed := 1 // number of lists whose cells keep their mass
	if s.dice.Uint64()&3 == 0 {
		fixed = 2
	}
	chance := s.chance[k*s.lists : (k+1)*s.lists]
	shrunk := 1.0
	for j, p := range chance {
		whole := 1 - p + p*times
		s.lambda[j] = p * times / whole
		shrunk *= whole
	}
	s.power[0] = math.Exp(-float64(fixed) * by)
	for m := 1; m <= s.lists; m++ {
		s.power[m] = s.power[m-1] * times
	}
	weight := w * s.power[0] * shrunk
	none := s.none[k] * s.power[0]
	if weight < smallestWeight || math.IsInf(weight, 1) {
		return
	}
	seen := s.seen()
	ratio := -s.observed * math.Log((seen-(w-s.none[k])+(weight-none))/seen)
	c := len(s.histories)
	joint := s.joint[k*c : (k+1)*c]
	for i, p := range joint {
		q := p * s.power[s.lengths[i]]
		s.moved[i] = q
		ratio += s.counts[i] * math.Log((s.sum[i]-p+q)/s.sum[i])
	}
	ratio += float64(s.lists)*by - 2*math.Log(shrunk) + s.priorRatio(k, weight)
	if !(ratio > -s.dice.ExpFloat64()) {
		return
	}
	for i, q := range s.moved {
		s.sum[i] += q - joint[i]
		joint[i] = q
	}
	copy(chance, s.lambda)
	total := s.total - w + weight
	s.logLast -= math.Log(total / s.total)
	if k == s.classes-1 {
		s.logLast += math.Log(weight / w)
	}
	s.none[k], s.weight[k], s.total = none, weight, total
}

// stride draws how far to go: mostly little, sometimes far.
func (s *latent) stride() float64 {
	return s.dice.NormFloat64() * [4]float64{0.05, 0.2, 0.5, 1.5}[s.dice.Uint64()&3]
}

// seen is the weight of all members who are on some list.
func (s *latent) seen() float64 {
	seen := s.total
	for _, n := range s.none {
		seen -= n
	}
	return seen
}

// priorRatio is the logarithm of the prior of the weights, in log weights
// against another class, with the weight of class k changed over that as it is.
// With R the weight of a class and those after it, that prior is the product
// over all classes but the last of w/R, times the last share to the alpha.
func (s *latent) priorRatio(k int, weight float64) float64 {
	last := s.classes - 1
	rest := 0.0
	for h := last; h > k; h-- {
		rest += s.weight[h]
	}
	before := rest + s.weight[k]
	after := rest + weight
	product := 1.0
	for h := k; ; h-- {
		if h < last {
			product *= after / before
		}
		if h == 0 {
			break
		}
		before += s.weight[h-1]
		after += s.weight[h-1]
	}
	grown := math.Log(weight / s.weight[k])
	ratio := -math.Log(product) - s.alpha*math.Log(after/before)
	if k < last {
		return ratio + grown
	}
	return ratio + s.alpha*grown
}

// exchange proposes that two classes change places (Papaspiliopoulos and
// Roberts 2008): the likelihood stays, and the sticks fit their sizes better.
func (s *latent) exchange() {
	h := s.dice.IntN(s.classes - 1)
	k := h + 1
	if s.dice.Uint64()&1 == 0 {
		k += s.dice.IntN(s.classes - k)
	}
	if s.weight[h] < smallestWeight || s.weight[k] < smallestWeight {
		return
	}
	rest := 0.0
	for i := s.classes - 1; i > k; i-- {
		rest += s.weight[i]
	}
	before, after := rest+s.weight[k], rest+s.weight[h]
	product := 1.0
	for i := k; i > h; i-- {
		if i < s.classes-1 {
			product *= after / before
		}
		before += s.weight[i-1]
		after += s.weight[i-1]
	}
	ratio := -math.Log(product)
	grown := math.Log(s.weight[h] / s.weight[k])
	if k == s.classes-1 {
		ratio += (s.alpha - 1) * grown
	}
	if !(ratio > -s.dice.ExpFloat64()) {
		return
	}
	if k == s.classes-1 {
		s.logLast += grown
	}
	s.swap(h, k)
}

func (s *latent) swap(h, k int) {
	c := len(s.histories)
	s.weight[h], s.weight[k] = s.weight[k], s.weight[h]
	s.none[h], s.none[k] = s.none[k], s.none[h]
	swapRows(s.chance, h, k, s.lists)
	swapRows(s.joint, h, k, c)
}

func swapRows(all []float64, h, k, width int) {
	a, b := all[h*width:(h+1)*width], all[k*width:(k+1)*width]
	for i := range a {
		a[i], b[i] = b[i], a[i]
	}
}
