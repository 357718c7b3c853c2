package capture

import "math"

// profile is the interval of the populations that the multinomial likelihood,
// the other parameters at their best for each, does not set apart from the
// best one (Cormack 1992). high is nil where none is too large.
func (f modelFit) profile(t Table) (low, high *float64) {
	n := float64(t.Observed())
	p := newProfile(t, f)
	top, best := p.top(f.unseen())
	drop := best - z*z/2
	bottom := 0.0
	if p.at(0) < drop {
		bottom = p.cross(0, top, drop)
	}
	low = new(n + bottom)
	above := max(2*top, 1)
	for p.at(above) >= drop {
		if above > 1e6*(n+top) {
			return low, nil
		}
		above *= 2
	}
	return low, new(n + p.cross(above, max(top, 1e-9), drop))
}

// A likelihoodProfile is the likelihood of a model as a function of the number
// unseen.
type likelihoodProfile struct {
	d        design // the last row is the cell of no list
	counts   []float64
	observed float64
}

func newProfile(t Table, f modelFit) likelihoodProfile {
	rows := f.d.rows
	d := newDesign(rows+1, f.d.columns)
	copy(d.x, f.d.x)
	d.row(rows)[0] = 1
	return likelihoodProfile{d, append(choose(t.dense(), f.rows), 0), float64(t.Observed())}
}

// at is the logarithm of the likelihood where unseen are on no list.
func (p likelihoodProfile) at(unseen float64) float64 {
	k := len(p.counts) - 1
	if unseen <= 0 {
		unseen = 1e-8
	}
	p.counts[k] = unseen
	f := poisson(p.d, p.counts)
	all := p.observed + unseen
	l := logGammaAt(all+1) - logGammaAt(unseen+1)
	for i, n := range p.counts {
		if n > 0 {
			l += n * math.Log(f.mu[i]/all)
		}
	}
	return l
}

// top finds the best number unseen, by golden section about a first guess.
func (p likelihoodProfile) top(near float64) (unseen, best float64) {
	const golden = 0.6180339887498949
	low, high := 0.5*near, 1.5*near+1
	a, b := high-golden*(high-low), low+golden*(high-low)
	la, lb := p.at(a), p.at(b)
	for high-low > 1e-6*(1+near) {
		if la >= lb {
			high, b, lb = b, a, la
			a = high - golden*(high-low)
			la = p.at(a)
		} else {
			low, a, la = a, b, lb
			b = low + golden*(high-low)
			lb = p.at(b)
		}
	}
	return (low + high) / 2, max(la, lb)
}

// cross finds where the likelihood passes level, by halving between a number
// under it and one above.
func (p likelihoodProfile) cross(under, above, level float64) float64 {
	for range 60 {
		middle := (under + above) / 2
		if p.at(middle) < level {
			under = middle
		} else {
			above = middle
		}
		if math.Abs(under-above) < 1e-7*(1+above) {
			break
		}
	}
	return (under + above) / 2
}
