package capture

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// LatentClasses is the Bayesian non-parametric latent class method of
// Manrique-Vallier (2016), known as LCMCR: the population is a mixture of
// classes, within each of which lists are independent, and a stick-breaking
// prior (Ishwaran and James 2001) lets the table say how many classes it needs.
// Chances of being listed are uniform before the lists are seen, and the prior
// of the population N is 1/N.
//
// Several chains run, from starts that lie far apart, until they agree and are
// worth enough draws ([Convergence]). Where they do not come to agree, the
// posterior has parts that no chain crosses between, or no end, and there is no
// estimate.
//
// An estimate may differ from a published one of the same model. For the four
// lists of Australia Binette and Steorts (2022) print 4,094 (1,531 to 7,905);
// here chains from any seed settle at 4,270 to 4,310 (2,230 to 2,300, to 10,800
// to 11,000), and so does the sampler of the paper alone, without the moves that
// are added here, if it is let run: four chains of 20,000 iterations give 4,078,
// worth 120 independent draws, and of 2,850,000 give 4,272 (2,226 to 10,714),
// worth 7,400. The published chains seem not to have run so long: its lower end
// is another in a second run of the same program.
type LatentClasses struct {
	Classes    int     // most classes; 10 for 0
	A, B       float64 // shape and rate of the gamma prior of the sticks' alpha; 0.25 for 0
	Chains     int     // 4 for 0
	Iterations int     // of a chain, at most; 1,280,000 for 0
	Seed       uint64
}

// How long chains run: so many iterations first, then as many again, until the
// draws are enough. Of the draws that a chain has stored the first are left out
// as burn-in.
const (
	firstIterations = 40_000
	mostIterations  = 1_280_000
	stored          = 4000
	burnIn          = 1500
	enoughDraws     = 1500
)

// Name is lcmcr.
func (LatentClasses) Name() string { return "lcmcr" }

// Estimate returns mean, median and interval of the posterior.
func (m LatentClasses) Estimate(t Table) Result {
	r := begin(m.Name(), t, m.Seed)
	if n, refused := needsThree(t); refused {
		return r.refuse(n)
	}
	m.Classes, m.Chains, m.Iterations = cmp.Or(m.Classes, 10), cmp.Or(m.Chains, 4), cmp.Or(m.Iterations, mostIterations)
	m.A, m.B = cmp.Or(m.A, 0.25), cmp.Or(m.B, 0.25)
	traces := make([]trace, m.Chains)
	for c := range traces {
		traces[c] = trace{chain: newLatent(t, max(2, m.Classes), m.A, m.B, rand.New(rand.NewPCG(m.Seed, uint64(c)))), thin: firstIterations / stored}
	}
	var draws [][]float64
	var rhat, ess float64
	length := min(firstIterations, m.Iterations)
	for ; ; length *= 2 {
		parallel(len(traces), func(c int) { traces[c].run(length) })
		draws = draws[:0]
		for c := range traces {
			draws = append(draws, traces[c].kept())
		}
		rhat, ess = Convergence(draws)
		if rhat < goodRHat && ess > enoughDraws || 2*length > m.Iterations {
			break
		}
		for c := range traces {
			traces[c].chain.glider.every, traces[c].chain.glider.steps = glideOften, glideManySteps
		}
	}
	r.Diagnostics = &Diagnostics{Chains: &m.Chains, RHat: &rhat, ESS: &ess, Iterations: new(length * m.Chains), Medians: medians(draws)}
	if rhat >= convergedRHat || ess < leastESS {
		return r.refuse(unsettled(r.Diagnostics))
	}
	r.Sample = slices.Concat(draws...)
	r.Estimate, r.Draws = posterior(r.Sample), new(len(r.Sample))
	if rhat >= goodRHat || ess < goodESS {
		r.warn(Notice{FewDraws, fmt.Sprintf("the chains agree only roughly (R-hat %.3f, worth %.0f independent draws)", rhat, ess), "run with another seed and compare"})
	}
	r.judge(t)
	return r
}

// unsettled is the refusal of chains that are no posterior.
func unsettled(d *Diagnostics) Notice {
	n := Notice{Kind: ChainsDisagree, Help: "take another method, or merge or leave out lists that overlap little"}
	each := *d.Iterations / *d.Chains
	if *d.RHat < convergedRHat {
		n.Reason = fmt.Sprintf("after %d iterations each the chains are worth only %.0f independent draws, too few to say where an interval ends", each, *d.ESS)
		return n
	}
	n.Reason = fmt.Sprintf("after %d iterations each the chains still disagree (R-hat %.2f; their medians run from %.0f to %.0f), so that no interval of theirs is the posterior's", each, *d.RHat, slices.Min(d.Medians), slices.Max(d.Medians))
	return n
}

func medians(chains [][]float64) []float64 {
	var all []float64
	for _, c := range chains {
		sorted := slices.Clone(c)
		slices.Sort(sorted)
		all = append(all, quantile(sorted, 0.5))
	}
	return all
}

// A trace is a chain and the populations that it drew, every thin-th kept.
type trace struct {
	chain *latent
	done  int
	thin  int
	draws []float64
}

// run goes on to so many iterations, and thins so that stored draws are kept.
func (t *trace) run(iterations int) {
	for t.done < iterations {
		t.chain.iterate()
		if t.done++; t.done%t.thin == 0 {
			t.draws = append(t.draws, t.chain.observed+t.chain.unseen)
		}
		if len(t.draws) == 2*stored {
			for i := range stored {
				t.draws[i] = t.draws[2*i+1]
			}
			t.draws, t.thin = t.draws[:stored], 2*t.thin
		}
	}
}

// kept are the draws after burn-in.
func (t *trace) kept() []float64 { return t.draws[len(t.draws)*burnIn/stored:] }
