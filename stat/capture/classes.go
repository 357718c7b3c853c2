package capture

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A classFit is the maximum of the likelihood of a mixture of few classes of
// members, within each of which lists are independent (Goodman 1974), of a table
// without those on no list.
type classFit struct {
	likelihood float64 // its logarithm, as [poisson] has it
	population float64
	parameters int // beside the constant
}

// How the maximum is looked for: from some starts, by steps of expectation and
// maximisation, sped up (Varadhan and Roland 2008), the best going on.
const (
	classStarts     = 8
	classSteps      = 40
	classMostSteps  = 600
	classGain       = 1e-7
	classEdge       = 1e-7 // how near a chance may come to 0 or 1
	classMostLists  = exactListLimit
	classLeastSpare = 2 // cells more than parameters
)

// fitClasses fits so many classes, where the table has cells enough for them.
func fitClasses(t Table, classes int) (classFit, bool) {
	lists := len(t.Lists)
	parameters := classes*(lists+1) - 1
	if lists > classMostLists || 1<<lists-1 < parameters+1+classLeastSpare {
		return classFit{}, false
	}
	var best *mixture
	for k := range classStarts {
		m := newMixture(t, classes, rand.New(rand.NewPCG(0xc1a5, uint64(k))), k)
		m.climb(classSteps)
		if best == nil || m.at > best.at {
			best = m
		}
	}
	best.climb(classMostSteps)
	n := best.observed
	if math.IsNaN(best.at) || best.dark >= 1 {
		return classFit{}, false
	}
	return classFit{best.at + n*math.Log(n) - n, n / (1 - best.dark), parameters}, true
}

// A mixture is classes on their way to the maximum. Its state is one vector: the
// logarithms of the weights, then the logits of the chances, class by class.
type mixture struct {
	lists, classes int
	cells          []Cell
	observed       float64

	state []float64
	at    float64 // logarithm of the likelihood of the state, given that one is listed
	dark  float64 // chance of no list

	weight, chance, joint, size, on []float64
}

// newMixture starts from a first guess who is in which class: by how many lists
// they are on, by one list, or by chance.
func newMixture(t Table, classes int, dice *rand.Rand, start int) *mixture {
	lists := len(t.Lists)
	m := &mixture{lists: lists, classes: classes, cells: t.Cells, observed: float64(t.Observed())}
	m.state, m.weight, m.chance = make([]float64, classes*(lists+1)), make([]float64, classes), make([]float64, classes*lists)
	m.joint, m.size, m.on = make([]float64, classes), make([]float64, classes), make([]float64, classes*lists)
	for _, c := range t.Cells {
		k := min(classes-1, (c.History.Lists()-1)*classes/max(1, lists-1))
		switch {
		case start > 0 && start <= lists:
			k = int(indicator(c.History.On(start-1))) * (1 + (c.History.Lists()-1)*(classes-1)/lists)
		case start > lists:
			k = dice.IntN(classes)
		}
		for h := range classes {
			share := 0.2 / float64(classes)
			if h == min(k, classes-1) {
				share += 0.8
			}
			m.size[h] += share * float64(c.Count)
			c.History.add(m.on[h*lists:(h+1)*lists], share*float64(c.Count))
		}
	}
	for h := range classes {
		m.size[h] *= 1.2
	}
	m.settle()
	m.at = m.expect()
	return m
}

// settle sets the state from the members of each class.
func (m *mixture) settle() {
	for k, n := range m.size {
		m.state[k] = math.Log(max(n, 1e-9))
		for j := range m.lists {
			p := min(1-classEdge, max(classEdge, m.on[k*m.lists+j]/max(n, 1e-9)))
			m.state[m.classes+k*m.lists+j] = math.Log(p / (1 - p))
		}
	}
}

// expect sets the members of each class that the state expects, those on no list
// with them, and returns the logarithm of the likelihood.
func (m *mixture) expect() float64 {
	sum := 0.0
	for k := range m.weight {
		m.weight[k] = math.Exp(min(m.state[k], 700))
		sum += m.weight[k]
	}
	for i := range m.chance {
		m.chance[i] = min(1-classEdge, max(classEdge, 1/(1+math.Exp(-m.state[m.classes+i]))))
	}
	clear(m.size)
	clear(m.on)
	for k := range m.weight {
		m.weight[k] /= sum
	}
	m.dark = m.spread(0)
	likelihood := -m.observed * math.Log1p(-m.dark)
	unseen := m.observed / (1 - m.dark)
	for k, p := range m.joint {
		m.size[k] += unseen * p
	}
	for _, c := range m.cells {
		all := m.spread(c.History)
		likelihood += float64(c.Count) * math.Log(all)
		for k, p := range m.joint {
			n := float64(c.Count) * p / all
			m.size[k] += n
			c.History.add(m.on[k*m.lists:(k+1)*m.lists], n)
		}
	}
	return likelihood
}

// spread sets joint to the chances of a history by class, and returns their sum.
func (m *mixture) spread(h History) float64 {
	sum := 0.0
	for k, p := range m.weight {
		for j, v := range m.chance[k*m.lists : (k+1)*m.lists] {
			if h.On(j) {
				p *= v
			} else {
				p *= 1 - v
			}
		}
		m.joint[k] = p
		sum += p
	}
	return sum
}

// climb goes so many steps up at most: two plain ones, then as far along their
// course as the likelihood rises.
func (m *mixture) climb(steps int) {
	first, second := slices.Clone(m.state), slices.Clone(m.state)
	for range steps {
		before := m.at
		copy(first, m.state)
		m.expect()
		m.settle()
		copy(second, m.state)
		m.expect()
		m.settle()
		plain := slices.Clone(m.state)
		length, bend := 0.0, 0.0
		for i, v := range plain {
			r, b := second[i]-first[i], v-2*second[i]+first[i]
			length, bend = length+r*r, bend+b*b
		}
		m.at = m.expect()
		if stride := math.Sqrt(length / max(bend, 1e-300)); stride > 1 {
			for i := range m.state {
				m.state[i] = first[i] + 2*stride*(second[i]-first[i]) + stride*stride*(plain[i]-2*second[i]+first[i])
			}
			if far := m.expect(); far > m.at {
				m.at = far
			} else {
				copy(m.state, plain)
				m.expect()
			}
		}
		if m.at-before < classGain {
			return
		}
	}
}
