package capture

import (
	"math"
	"math/rand/v2"
)

// gamma draws from the gamma distribution with this shape, at least 1, and
// scale 1 (Marsaglia and Tsang 2000).
func gamma(dice *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := dice.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := dice.Float64()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < 0.5*x*x+d*(1-v+math.Log(v)) {
			return d * v
		}
	}
}

// logGamma draws the logarithm of a gamma with any shape above 0, however small.
func logGamma(dice *rand.Rand, shape float64) float64 {
	if shape >= 1 {
		return math.Log(gamma(dice, shape))
	}
	return math.Log(gamma(dice, shape+1)) - dice.ExpFloat64()/shape
}

// beta draws from the beta distribution with both shapes at least 1.
func beta(dice *rand.Rand, a, b float64) float64 {
	if a == 1 && b == 1 {
		return dice.Float64()
	}
	x := gamma(dice, a)
	return x / (x + gamma(dice, b))
}

// binomial draws how many of n happen with probability p: by inversion where
// few do, else by transformed rejection (BTRS of Hörmann 1993).
func binomial(dice *rand.Rand, n int, p float64) int {
	switch {
	case n == 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - fewBinomial(dice, n, 1-p)
	}
	return fewBinomial(dice, n, p)
}

func fewBinomial(dice *rand.Rand, n int, p float64) int {
	size := float64(n)
	mean := size * p
	if mean >= 10 {
		return manyBinomial(dice, n, p)
	}
	if mean < 4 {
		return waitingBinomial(dice, size, p)
	}
	ratio := p / (1 - p)
	none := math.Exp(-size * minusLog1p(p))
	u, chance := dice.Float64(), none
	for k := 0; ; k++ {
		if u < chance {
			return k
		}
		if k >= n || k > 200 { // what rounding leaves
			u, chance, k = dice.Float64(), none, -1
			continue
		}
		u -= chance
		chance *= ratio * (size - float64(k)) / float64(k+1)
	}
}

// waitingBinomial counts how many of n waiting times end by the time that p
// have: the gaps between them are exponential (Devroye 1986, X.4.3).
func waitingBinomial(dice *rand.Rand, n, p float64) int {
	waited := dice.ExpFloat64() / n
	if waited > p/(1-p) { // at least -log(1-p), which costs more
		return 0
	}
	end := minusLog1p(p)
	k := 0.0
	for waited <= end {
		if k++; k == n {
			break
		}
		waited += dice.ExpFloat64() / (n - k)
	}
	return int(k)
}

func manyBinomial(dice *rand.Rand, n int, p float64) int {
	size := float64(n)
	sd := math.Sqrt(size * p * (1 - p))
	b := 1.15 + 2.53*sd
	a := -0.0873 + 0.0248*b + 0.01*p
	alpha := (2.83 + 5.1/b) * sd
	mode := math.Floor((size + 1) * p)
	for {
		u, v := dice.Float64()-0.5, dice.Float64()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + size*p + 0.5)
		if us >= 0.07 && v <= 0.92-4.2/b {
			return int(k)
		}
		if k < 0 || k > size {
			continue
		}
		if math.Log(v*alpha/(a/(us*us)+b)) <= logFactorial(mode)+logFactorial(size-mode)-logFactorial(k)-logFactorial(size-k)+(k-mode)*math.Log(p/(1-p)) {
			return int(k)
		}
	}
}

// poissonDraw draws from the Poisson distribution: by inversion where the mean
// is small, else by transformed rejection (PTRS of Hörmann 1993).
func poissonDraw(dice *rand.Rand, mean float64) float64 {
	if mean < 10 {
		chance := math.Exp(-mean)
		u := dice.Float64()
		for k := 0.0; ; k++ {
			if u < chance || k > 200 {
				return k
			}
			u -= chance
			chance *= mean / (k + 1)
		}
	}
	b := 0.931 + 2.53*math.Sqrt(mean)
	a := -0.059 + 0.02483*b
	inverse := 1.1239 + 1.1328/(b-3.4)
	for {
		u, v := dice.Float64()-0.5, dice.Float64()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + mean + 0.43)
		if us >= 0.07 && v <= 0.9277-3.6224/(b-2) {
			return k
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		if math.Log(v*inverse/(a/(us*us)+b)) <= k*math.Log(mean)-mean-logFactorial(k) {
			return k
		}
	}
}

// logFactorials are those of the numbers that most draws need.
var logFactorials = func() (table [2048]float64) {
	for k := range table {
		table[k] = logGammaAt(float64(k + 1))
	}
	return table
}()

// logFactorial is the logarithm of k!, for a whole k.
func logFactorial(k float64) float64 {
	if k < float64(len(logFactorials)) {
		return logFactorials[int(k)]
	}
	return logGammaAt(k + 1)
}

// logGammaAt is the logarithm of the gamma function of x > 0.
func logGammaAt(x float64) float64 {
	l, _ := math.Lgamma(x)
	return l
}

// multinomial deals n over cells by their weights.
func multinomial(dice *rand.Rand, n int, weights []float64) []int {
	left := 0.0
	for _, w := range weights {
		left += w
	}
	counts := make([]int, len(weights))
	for i, w := range weights {
		if n == 0 {
			break
		}
		counts[i] = n
		if i < len(weights)-1 {
			counts[i] = binomial(dice, n, w/left)
		}
		n -= counts[i]
		left -= w
	}
	return counts
}

// minusLog1p is -log(1-p), by its series where p is small.
func minusLog1p(p float64) float64 {
	if p > 0.02 {
		return -math.Log(1 - p) // p is large enough for 1-p to hold it
	}
	return p * (1 + p*(1.0/2+p*(1.0/3+p*(1.0/4+p*(1.0/5+p*(1.0/6+p*(1.0/7+p*(1.0/8+p*(1.0/9+p/10)))))))))
}
