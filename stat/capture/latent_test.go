package capture

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

func chain(t testing.TB, seed uint64) *latent {
	t.Helper()
	s := newLatent(independent(t, 500), 5, 0.25, 0.25, rand.New(rand.NewPCG(seed, 1)))
	for range 200 {
		s.iterate()
	}
	return s
}

// The gradient that glides follow is that of the height they are judged by.
func TestSlopeIsOfHeight(t *testing.T) {
	const moving, by = 3, 1e-5
	s := chain(t, 1)
	for !s.canGlide(moving) {
		s.iterate()
	}
	s.setOff(moving)
	s.slope(moving)
	g := s.glider
	check := func(name string, at *float64, slope float64) {
		was := *at
		*at = was + by
		s.place(moving)
		up := s.height(moving)
		*at = was - by
		s.place(moving)
		down := s.height(moving)
		*at = was
		s.place(moving)
		if got := (up - down) / (2 * by); math.Abs(got-slope) > 1e-4*(1+math.Abs(slope)) {
			t.Errorf("along %s the height rises by %v, the slope says %v", name, got, slope)
		}
	}
	for k := range moving {
		check("a weight", &g.logWeight[k], g.slopeWeight[k])
		for i := k * s.lists; i < (k+1)*s.lists; i++ {
			check("a chance", &g.logit[i], g.slopeLogit[i])
		}
	}
}

// The ratio that shifts use is that of the density of the weights.
func TestPriorRatio(t *testing.T) {
	s := chain(t, 2)
	density := func() float64 {
		d := s.alpha * math.Log(s.weight[s.classes-1])
		rest := 0.0
		for k := s.classes - 1; k >= 0; k-- {
			rest += s.weight[k]
			if k < s.classes-1 {
				d += math.Log(s.weight[k] / rest)
			}
		}
		return d - s.alpha*math.Log(rest)
	}
	for k := range s.classes {
		before, was := density(), s.weight[k]
		got := s.priorRatio(k, 1.7*was)
		s.weight[k] = 1.7 * was
		if want := density() - before; math.Abs(got-want) > 1e-9 {
			t.Errorf("class %d: %v, want %v", k, got, want)
		}
		s.weight[k] = was
	}
}

// With shifts, exchanges and glides the chain must draw from the same posterior
// as without: here the plain Gibbs sampler, run longer.
func TestMovesKeepThePosterior(t *testing.T) {
	tab := table(t, "1000 40,0100 30,0010 50,0001 20,1100 9,0110 12,0011 8,1010 7,1001 5,0101 4,1110 3,0111 3,1111 2")
	median := func(iterations int, step func(*latent)) float64 {
		s := newLatent(tab, 4, 0.25, 0.25, rand.New(rand.NewPCG(3, 4)))
		var draws []float64
		for i := range iterations {
			step(s)
			if i > iterations/10 {
				draws = append(draws, s.unseen)
			}
		}
		return *posterior(draws).Median
	}
	plain := median(400_000, func(s *latent) {
		s.allocate()
		s.drawUnseen()
		s.drawChances()
		s.drawWeights()
		s.expect()
	})
	moved := median(150_000, (*latent).iterate)
	if math.Abs(moved/plain-1) > 0.04 {
		t.Errorf("the median unseen is %.1f with moves and %.1f without", moved, plain)
	}
}

func TestSameDrawsOnAnyNumberOfProcessors(t *testing.T) {
	tab := independent(t, 800)
	methods := []Method{LatentClasses{Seed: 7, Iterations: firstIterations}, Graphs{}, LogLinear{}, Sparse{Bootstrap: 200, Seed: 7}}
	for _, m := range methods {
		var answers [2]string
		for i, processors := range []int{1, 8} {
			was := runtime.GOMAXPROCS(processors)
			r := m.Estimate(tab)
			runtime.GOMAXPROCS(was)
			b, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			answers[i] = string(b)
		}
		if answers[0] != answers[1] {
			t.Errorf("%s: on one processor\n%s\non eight\n%s", m.Name(), answers[0], answers[1])
		}
	}
}

func TestChainsThatDisagreeAreRefused(t *testing.T) {
	d := &Diagnostics{Chains: new(4), RHat: new(1.3), ESS: new(9.0), Iterations: new(400), Medians: []float64{100, 900, 90, 110}}
	if n := unsettled(d); n.Kind != ChainsDisagree || n.Help == "" || n.Reason == "" {
		t.Errorf("%+v", n)
	}
	apart := make([][]float64, 4)
	dice := rand.New(rand.NewPCG(1, 1))
	for c := range apart {
		for range 500 {
			apart[c] = append(apart[c], dice.NormFloat64()+float64(c%2)*3)
		}
	}
	if rhat, ess := Convergence(apart); rhat < 1.5 || ess > 20 {
		t.Errorf("two pairs of chains three deviations apart have R-hat %.2f and are worth %.0f draws", rhat, ess)
	}
}

// Draws without memory are worth their number; those of an autoregression with
// correlation r are worth (1-r)/(1+r) of it.
func TestEffectiveDraws(t *testing.T) {
	for _, r := range []float64{0, 0.5, 0.9} {
		dice := rand.New(rand.NewPCG(5, 6))
		chains := make([][]float64, 4)
		for c := range chains {
			x := dice.NormFloat64()
			for range 5000 {
				x = r*x + math.Sqrt(1-r*r)*dice.NormFloat64()
				chains[c] = append(chains[c], x)
			}
		}
		got, want := effective(rankNormal(chains)), 20000*(1-r)/(1+r)
		if math.Abs(got/want-1) > 0.15 {
			t.Errorf("correlation %.1f: worth %.0f draws, want about %.0f", r, got, want)
		}
		if rhat, _ := Convergence(chains); rhat > 1.01 {
			t.Errorf("correlation %.1f: R-hat %.3f", r, rhat)
		}
	}
}

// Mean and variance of what is drawn, where the algorithms change over.
func TestVariates(t *testing.T) {
	dice := rand.New(rand.NewPCG(8, 9))
	for _, test := range []struct {
		name           string
		draw           func() float64
		mean, variance float64
	}{
		{"binomial, few", func() float64 { return float64(binomial(dice, 50, 0.03)) }, 1.5, 1.455},
		{"binomial, some", func() float64 { return float64(binomial(dice, 50, 0.12)) }, 6, 5.28},
		{"binomial, many", func() float64 { return float64(binomial(dice, 1000, 0.3)) }, 300, 210},
		{"binomial, most", func() float64 { return float64(binomial(dice, 40, 0.9)) }, 36, 3.6},
		{"poisson, few", func() float64 { return poissonDraw(dice, 3) }, 3, 3},
		{"poisson, many", func() float64 { return poissonDraw(dice, 70) }, 70, 70},
		{"gamma", func() float64 { return gamma(dice, 2.5) }, 2.5, 2.5},
		{"gamma, small shape", func() float64 { return math.Exp(logGamma(dice, 0.3)) }, 0.3, 0.3},
		{"beta", func() float64 { return beta(dice, 2, 3) }, 0.4, 0.04},
	} {
		var draws []float64
		for range 100_000 {
			draws = append(draws, test.draw())
		}
		mean, variance := moments(draws)
		if math.Abs(mean-test.mean) > 5*math.Sqrt(test.variance/1e5) {
			t.Errorf("%s: mean %v, want %v", test.name, mean, test.mean)
		}
		if math.Abs(variance/test.variance-1) > 0.04 {
			t.Errorf("%s: variance %v, want %v", test.name, variance, test.variance)
		}
	}
}
