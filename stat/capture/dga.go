package capture

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Graphs averages over decomposable graphical models, in each of which lists
// are independent given those that stand between them (Madigan and York 1997).
// The cell probabilities of each graph have the hyper-Dirichlet prior of Dawid
// and Lauritzen (1993) with Delta in every cell; graphs are alike before the
// lists are seen, and the prior of the population N is 1/N. The posterior is
// exact: every graph and every N is summed over, one N at a time.
//
// With up to six lists all graphs are taken. Above, random walks look for those
// that count.
type Graphs struct {
	MaxMissing float64 // the most unseen considered; in multiples of the observed where Multiple; 5n for 0
	Multiple   bool
	Grid       int     // how many values from 1 to MaxMissing; every one from 0 for 0
	Delta      float64 // 2^-lists for 0
	Seed       uint64  // of the walks
}

// everyGraphLists is the number of lists up to which all graphs are summed over.
const everyGraphLists = 6

// mostGrid is how many values of N are considered at most.
const mostGrid = 20_000_000

// Name is dga.
func (Graphs) Name() string { return "dga" }

// Estimate returns mean, median and interval of the posterior.
func (m Graphs) Estimate(t Table) Result {
	r := begin(m.Name(), t, m.Seed)
	if n, refused := needsThree(t); refused {
		return r.refuse(n)
	}
	if len(t.Lists) > exactListLimit {
		return r.refuse(Notice{ManyLists, fmt.Sprintf("%d lists are more than the %d that this method takes", len(t.Lists), exactListLimit), "merge lists that come from one maker"})
	}
	missing := m.missing(r.Observed)
	if len(missing) < 2 || len(missing) > mostGrid {
		return r.refuse(Notice{GridEnds, fmt.Sprintf("%d values of the number unseen are none that can be summed over", len(missing)), "choose --max-missing and --grid anew"})
	}
	s := newMarginals(t, cmp.Or(m.Delta, math.Pow(2, -float64(len(t.Lists)))))
	graphs, top := s.candidates(missing, m.Seed, &r)
	by, over := s.posterior(graphs, top, missing)
	r.Estimate = summarise(r.Observed, missing, over)
	r.Diagnostics = s.diagnose(graphs, by)
	if end := tail(over); end > mostOfEnd {
		r.warn(Notice{GridEnds, fmt.Sprintf("%.0f %% of the posterior lies in the last twentieth of the numbers considered, which end at %d unseen", 100*end, missing[len(missing)-1]), "raise --max-missing; if the interval goes with it, the table sets no upper bound"})
	}
	r.Sample = spread(r.Observed, missing, over)
	r.judge(t)
	return r
}

// missing are the numbers unseen that are considered.
func (m Graphs) missing(observed int) []int {
	most := m.MaxMissing
	if m.Multiple {
		most *= float64(observed)
	}
	if most == 0 {
		most = 5 * float64(observed)
	}
	if most > 1e15 || m.Grid == 0 && most > mostGrid {
		return nil
	}
	if m.Grid == 0 {
		all := make([]int, int(most)+1)
		for i := range all {
			all[i] = i
		}
		return all
	}
	var all []int
	for i := range m.Grid {
		v := int(math.RoundToEven(1 + (math.Floor(most)-1)*float64(i)/float64(max(1, m.Grid-1))))
		if len(all) == 0 || v > all[len(all)-1] {
			all = append(all, v)
		}
	}
	return all
}

// marginals hold what the likelihood of every graph is made of: for each set of
// lists the Dirichlet-multinomial probability of its marginal table.
type marginals struct {
	lists    int
	observed float64
	prior    float64   // over all cells together
	fixed    []float64 // by set: the cells that hold a list of it
	none     []float64 // by set: observed on none of it, and the prior of that cell
}

func newMarginals(t Table, delta float64) *marginals {
	sets := 1 << len(t.Lists)
	s := &marginals{lists: len(t.Lists), observed: float64(t.Observed()), prior: delta * float64(sets), fixed: make([]float64, sets), none: make([]float64, sets)}
	for set := range sets {
		h := History(set)
		prior := s.prior / math.Pow(2, float64(h.Lists()))
		margin := map[History]int{}
		for _, c := range t.Cells {
			margin[c.History&h] += c.Count
		}
		for _, c := range NewTable(t.Lists, cells(margin)).Cells {
			s.fixed[set] += logGammaAt(float64(c.Count)+prior) - logGammaAt(prior)
		}
		s.fixed[set] -= logGammaAt(prior)
		s.none[set] = float64(margin[0]) + prior
	}
	return s
}

func cells(counts map[History]int) []Cell {
	var all []Cell
	for h, n := range counts {
		all = append(all, Cell{h, n})
	}
	return all
}

// at sets logs to the logarithm of each set's marginal probability where so
// many are unseen, and returns what all graphs have in common: the number of
// ways to deal the population over the cells, and the prior 1/N.
func (s *marginals) at(unseen int, sets []History, logs []float64) float64 {
	common, whole := s.whole(unseen)
	for _, set := range sets {
		logs[set] = s.marginal(set, unseen, whole)
	}
	return common
}

// whole is what all graphs have in common, and what all sets have.
func (s *marginals) whole(unseen int) (graphs, sets float64) {
	m := float64(unseen)
	all := s.observed + m
	return logGammaAt(all+1) - logGammaAt(m+1) - math.Log(all), logGammaAt(s.prior) - logGammaAt(all+s.prior)
}

// marginal is the logarithm of a set's marginal probability, given the part that
// all sets have in common.
func (s *marginals) marginal(set History, unseen int, common float64) float64 {
	return s.fixed[set] + logGammaAt(s.none[set]+float64(unseen)) + common
}

// A candidate is a graph with its factors.
type candidate struct {
	graph   graph
	factors []factor
}

// score is the logarithm of the likelihood of a graph, from those of its sets.
func (c candidate) score(logs []float64) float64 {
	l := 0.0
	for _, f := range c.factors {
		l += float64(f.times) * logs[f.set]
	}
	return l
}

// sets are those that the factors of graphs need.
func sets(lists int, graphs []candidate) []History {
	needed := make([]bool, 1<<lists)
	for _, c := range graphs {
		for _, f := range c.factors {
			needed[f.set] = true
		}
	}
	var all []History
	for set, n := range needed {
		if n {
			all = append(all, History(set))
		}
	}
	return all
}

// posterior is the weight of each graph, and of each number unseen, both adding
// up to 1; top is the score of the best. Numbers are taken in blocks, which are
// added in order.
func (s *marginals) posterior(graphs []candidate, top float64, missing []int) (by, over []float64) {
	needed := sets(s.lists, graphs)
	over = make([]float64, len(missing))
	const block = 1024
	blocks := (len(missing) + block - 1) / block
	sums := make([][]float64, blocks)
	parallel(blocks, func(b int) {
		logs, sum := make([]float64, 1<<s.lists), make([]float64, len(graphs))
		for k := b * block; k < min((b+1)*block, len(missing)); k++ {
			common := s.at(missing[k], needed, logs) - top
			for g, c := range graphs {
				if l := c.score(logs) + common; l > -60 {
					w := math.Exp(l)
					over[k] += w
					sum[g] += w
				}
			}
		}
		sums[b] = sum
	})
	by = make([]float64, len(graphs))
	total := 0.0
	for _, sum := range sums {
		for g, w := range sum {
			by[g] += w
			total += w
		}
	}
	for g := range by {
		by[g] /= total
	}
	for k := range over {
		over[k] /= total
	}
	return by, over
}

// summarise reads the posterior of the population.
func summarise(observed int, missing []int, over []float64) *Interval {
	mean, below := 0.0, 0.0
	ends := []float64{(1 - Level) / 2, 0.5, (1 + Level) / 2}
	values := make([]float64, len(ends))
	next := 0
	for k, w := range over {
		mean += w * float64(observed+missing[k])
		below += w
		for next < len(ends) && below >= ends[next] {
			values[next] = float64(observed + missing[k])
			next++
		}
	}
	return &Interval{Median: &values[1], Mean: &mean, Low: &values[0], High: &values[2], Level: Level}
}

// tail is the weight of the last twentieth of the numbers unseen.
func tail(over []float64) float64 {
	sum := 0.0
	for _, w := range over[len(over)-max(1, len(over)/20):] {
		sum += w
	}
	return sum
}

// spread is a sample of the posterior: its quantiles at even steps, as so many
// draws.
func spread(observed int, missing []int, over []float64) []float64 {
	const draws = 10000
	sample := make([]float64, 0, draws)
	below := 0.0
	for k, w := range over {
		below += w
		for len(sample) < draws && below >= (float64(len(sample))+0.5)/draws {
			sample = append(sample, float64(observed+missing[k]))
		}
	}
	return sample
}

// diagnose names the heaviest graphs.
func (s *marginals) diagnose(graphs []candidate, by []float64) *Diagnostics {
	order := make([]int, len(graphs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by[b], by[a]) })
	d := &Diagnostics{Compared: len(graphs)}
	for _, g := range order[:min(10, len(order))] {
		d.Models = append(d.Models, Weight{Model: graphs[g].graph.name(s.lists), Weight: by[g]})
	}
	d.Model = d.Models[0].Model
	return d
}
