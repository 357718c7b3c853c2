package capture

import (
	"cmp"
	"math"
	"slices"
)

// Convergence says how well chains of draws agree, and how many independent
// draws they are worth, after Vehtari, Gelman, Simpson, Carpenter and Bürkner
// (2021): chains are split in halves and draws replaced by normal scores of
// their ranks. rhat is the larger one of the draws and of their distances from
// the median; ess the smallest one of the bulk and of the two tails of a
// twentieth. Chains must be of one length, at least 4.
func Convergence(chains [][]float64) (rhat, ess float64) {
	var halves [][]float64
	var all []float64
	for _, c := range chains {
		half := len(c) / 2
		halves = append(halves, c[:half], c[len(c)-half:])
		all = append(all, c[:half]...)
		all = append(all, c[len(c)-half:]...)
	}
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	if sorted[0] == sorted[len(sorted)-1] {
		return 1, float64(len(all))
	}
	median := quantile(sorted, 0.5)
	folded := mapped(halves, func(v float64) float64 { return math.Abs(v - median) })
	scores := rankNormal(halves)
	rhat = max(rHat(scores), rHat(rankNormal(folded)))
	ess = effective(scores)
	for _, p := range []float64{0.05, 0.95} {
		end := quantile(sorted, p)
		ess = min(ess, effective(mapped(halves, func(v float64) float64 {
			if v <= end {
				return 1
			}
			return 0
		})))
	}
	return rhat, ess
}

func mapped(chains [][]float64, f func(float64) float64) [][]float64 {
	out := make([][]float64, len(chains))
	for c, chain := range chains {
		out[c] = make([]float64, len(chain))
		for i, v := range chain {
			out[c][i] = f(v)
		}
	}
	return out
}

// rankNormal replaces each draw by the normal quantile of its rank among all.
func rankNormal(chains [][]float64) [][]float64 {
	type place struct {
		value    float64
		chain, i int
	}
	var all []place
	for c, chain := range chains {
		for i, v := range chain {
			all = append(all, place{v, c, i})
		}
	}
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(a.value, b.value) })
	out := mapped(chains, func(v float64) float64 { return v })
	n := float64(len(all))
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].value == all[from].value {
			to++
		}
		score := normalQuantile((float64(from+1+to)/2 - 0.375) / (n + 0.25))
		for ; from < to; from++ {
			out[all[from].chain][all[from].i] = score
		}
	}
	return out
}

// rHat is the root of the variance of all draws, estimated from between the
// chains, over that within them (Gelman and Rubin 1992).
func rHat(chains [][]float64) float64 {
	within, between := variances(chains)
	n := float64(len(chains[0]))
	if within == 0 {
		return math.Inf(1)
	}
	return math.Sqrt((n-1)/n + between/within)
}

// variances are the mean variance of a chain, and that of the chains' means.
func variances(chains [][]float64) (within, between float64) {
	var means []float64
	for _, c := range chains {
		m, v := moments(c)
		means = append(means, m)
		within += v / float64(len(chains))
	}
	_, between = moments(means)
	return within, between
}

func moments(v []float64) (mean, variance float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		variance += (x - mean) * (x - mean)
	}
	return mean, variance / max(1, float64(len(v)-1))
}

// effective is the effective number of draws, from the autocorrelations of all
// chains together up to where the sum of a pair of them falls under 0, none of
// the sums larger than the one before (Geyer 1992).
func effective(chains [][]float64) float64 {
	n := len(chains[0])
	all := float64(n * len(chains))
	within, between := variances(chains)
	if within == 0 {
		return all
	}
	variance := within*float64(n-1)/float64(n) + between
	centred := make([][]float64, len(chains))
	for c, chain := range chains {
		mean, _ := moments(chain)
		centred[c] = mapped([][]float64{chain}, func(v float64) float64 { return v - mean })[0]
	}
	correlation := func(lag int) float64 {
		cov := 0.0
		for _, c := range centred {
			sum := 0.0
			for i := lag; i < n; i++ {
				sum += c[i] * c[i-lag]
			}
			cov += sum / float64(n) / float64(len(centred))
		}
		return 1 - (within-cov)/variance
	}
	time, last := -1.0, math.Inf(1)
	for lag := 0; lag+1 < n; lag += 2 {
		pair := correlation(lag) + correlation(lag+1)
		if lag == 0 {
			pair = 1 + correlation(1)
		}
		if pair < 0 {
			break
		}
		last = min(last, pair)
		time += 2 * last
	}
	return all / max(time, 1/math.Log10(all))
}
