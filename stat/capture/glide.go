package capture

import "math"

// A glider makes Hamiltonian moves (Duane, Kennedy, Pendleton and Roweth 1987)
// of the chances and weights of the first few classes at once, with everybody's
// class and the number unobserved integrated out: it follows the gradient of the
// posterior for many short steps, and so goes far along ways that are narrow
// across. How many classes move, how long the steps are and how many, is drawn
// before it starts.
type glider struct {
	every, steps int     // iterations between glides, and how many steps one has at most beside the least
	step         float64 // typical length, learned in the first glides
	lessons      int     // glides that it learned from

	logit, logWeight        []float64 // where it is, by class and list, and by class
	slopeLogit, slopeWeight []float64
	speedLogit, speedWeight []float64
	chance, weight          []float64 // as they were before
	others                  []float64 // by cell: joint of the classes that stay
	othersWeight            float64
	othersNone              float64
	share                   []float64 // by cell: members over sum
}

// How often and how far a chain glides, at first and once its draws were found
// too few, and how its step is learned.
const (
	glideEvery      = 16
	glideOften      = 4
	glideSteps      = 28
	glideManySteps  = 60
	glideLeastSteps = 4
	glideLessons    = 400
	glideTarget     = 0.75 // share of glides taken
)

// flat is how near a chance may come to 0 or 1 in a glide.
const flat = 1e-12

func newGlider(classes, lists, cells int) *glider {
	g := &glider{every: glideEvery, steps: glideSteps, step: 0.05}
	for _, v := range []*[]float64{&g.logWeight, &g.slopeWeight, &g.speedWeight, &g.weight} {
		*v = make([]float64, classes)
	}
	for _, v := range []*[]float64{&g.logit, &g.slopeLogit, &g.speedLogit, &g.chance} {
		*v = make([]float64, classes*lists)
	}
	g.others, g.share = make([]float64, cells), make([]float64, cells)
	return g
}

// glide moves the first few classes, all but the last at most.
func (s *latent) glide() {
	g, moving := s.glider, 1+s.dice.IntN(s.classes-1)
	step, steps := g.step*math.Exp(2.4*s.dice.Float64()-1.2), glideLeastSteps+s.dice.IntN(g.steps)
	if !s.canGlide(moving) {
		return
	}
	s.setOff(moving)
	before := s.height(moving) - g.kinetic(moving, s.lists)
	s.slope(moving)
	for range steps {
		g.push(moving, s.lists, step/2)
		g.advance(moving, s.lists, step)
		s.place(moving)
		s.slope(moving)
		g.push(moving, s.lists, step/2)
	}
	gain := s.height(moving) - g.kinetic(moving, s.lists) - before
	if g.lessons < glideLessons {
		g.learn(gain)
	}
	if !(gain > -s.dice.ExpFloat64()) || !s.canGlide(moving) {
		copy(s.weight, g.weight)
		copy(s.chance, g.chance)
		s.expect()
		return
	}
	total := 0.0
	for _, w := range s.weight {
		total += w
	}
	s.logLast -= math.Log(total / s.total)
	s.total = total
	s.expect()
}

// canGlide reports whether the classes lie where logits and logarithms are
// exact enough.
func (s *latent) canGlide(moving int) bool {
	for _, w := range s.weight[:moving] {
		if !(w > smallestWeight && w < 1/smallestWeight) {
			return false
		}
	}
	for _, p := range s.chance[:moving*s.lists] {
		if !(p > flat && p < 1-flat) {
			return false
		}
	}
	return true
}

// setOff keeps the state, and gives it a random speed.
func (s *latent) setOff(moving int) {
	g, c := s.glider, len(s.histories)
	copy(g.weight, s.weight)
	copy(g.chance, s.chance)
	clear(g.others)
	g.othersWeight, g.othersNone = 0, 0
	for k := moving; k < s.classes; k++ {
		g.othersWeight += s.weight[k]
		g.othersNone += s.none[k]
		for i, p := range s.joint[k*c : (k+1)*c] {
			g.others[i] += p
		}
	}
	for k := range moving {
		g.logWeight[k], g.speedWeight[k] = math.Log(s.weight[k]), s.dice.NormFloat64()
	}
	for i, p := range s.chance[:moving*s.lists] {
		g.logit[i], g.speedLogit[i] = math.Log(p/(1-p)), s.dice.NormFloat64()
	}
}

// place sets the state to where the glider is.
func (s *latent) place(moving int) {
	g, c := s.glider, len(s.histories)
	copy(s.sum, g.others)
	for i, l := range g.logit[:moving*s.lists] {
		s.chance[i] = 1 / (1 + math.Exp(-l))
	}
	for k, l := range g.logWeight[:moving] {
		s.weight[k] = math.Exp(l)
		joint := s.joint[k*c : (k+1)*c]
		s.none[k] = s.expectClass(k, joint)
		for i, p := range joint {
			s.sum[i] += p
		}
	}
}

// within is the weight of all classes, and of their members who are on a list.
func (s *latent) within(moving int) (all, seen float64) {
	all, seen = s.glider.othersWeight, s.glider.othersWeight-s.glider.othersNone
	for k, w := range s.weight[:moving] {
		all += w
		seen += w - s.none[k]
	}
	return all, seen
}

// height is the logarithm of the posterior, in the logits of the chances and the
// logarithms of the weights against that of the last class.
func (s *latent) height(moving int) float64 {
	all, seen := s.within(moving)
	h := -s.observed*math.Log(seen) - s.alpha*math.Log(all)
	for i, n := range s.counts {
		h += n * math.Log(s.sum[i])
	}
	for k, w := range s.weight[:moving] {
		h += s.glider.logWeight[k] - math.Log(all)
		all -= w
	}
	flatness := 1.0
	for i, p := range s.chance[:moving*s.lists] {
		if flatness *= p * (1 - p); i%8 == 7 {
			h, flatness = h+math.Log(flatness), 1
		}
	}
	return h + math.Log(flatness)
}

// slope sets the gradient of height.
func (s *latent) slope(moving int) {
	g, c := s.glider, len(s.histories)
	all, seen := s.within(moving)
	for i, n := range s.counts {
		g.share[i] = n / s.sum[i]
	}
	perWeight, rest, perRest := s.alpha/all, all, 0.0
	lacking := s.observed / seen
	for k, w := range s.weight[:moving] {
		perRest += 1 / rest
		rest -= w
		on := g.slopeLogit[k*s.lists : (k+1)*s.lists]
		clear(on)
		members := 0.0
		for i, p := range s.joint[k*c : (k+1)*c] {
			n := p * g.share[i]
			members += n
			s.histories[i].add(on, n)
		}
		g.slopeWeight[k] = members - lacking*(w-s.none[k]) + 1 - w*(perRest+perWeight)
		size := members + lacking*s.none[k] + 2
		for j, p := range s.chance[k*s.lists : (k+1)*s.lists] {
			on[j] += 1 - p*size
		}
	}
}

// push changes the speed along the slope.
func (g *glider) push(moving, lists int, by float64) {
	for k, v := range g.slopeWeight[:moving] {
		g.speedWeight[k] += by * v
	}
	for i, v := range g.slopeLogit[:moving*lists] {
		g.speedLogit[i] += by * v
	}
}

// advance moves at the present speed.
func (g *glider) advance(moving, lists int, by float64) {
	for k, v := range g.speedWeight[:moving] {
		g.logWeight[k] += by * v
	}
	for i, v := range g.speedLogit[:moving*lists] {
		g.logit[i] += by * v
	}
}

func (g *glider) kinetic(moving, lists int) float64 {
	sum := 0.0
	for _, v := range g.speedWeight[:moving] {
		sum += v * v
	}
	for _, v := range g.speedLogit[:moving*lists] {
		sum += v * v
	}
	return sum / 2
}

// learn makes the step longer where glides are taken, shorter where not, less
// with each lesson (Robbins and Monro 1951).
func (g *glider) learn(gain float64) {
	taken := math.Exp(min(gain, 0))
	if math.IsNaN(taken) {
		taken = 0
	}
	g.lessons++
	g.step *= math.Exp((taken - glideTarget) / math.Sqrt(float64(g.lessons)))
	g.step = max(1e-4, min(g.step, 1))
}
