package capture

import "math/bits"

// A graph on the lists joins those that may depend on each other. Bit k is the
// pair k, in the order 12, 13, 23, 14, 24, 34 and so on: the pair of i < j is at
// j(j-1)/2 + i.
type graph uint64

func edge(i, j int) graph { return 1 << (j*(j-1)/2 + i) }

// neighbours are those of each list.
func (g graph) neighbours(lists int) []History {
	n := make([]History, lists)
	for j := range lists {
		for i := range j {
			if g&edge(i, j) != 0 {
				n[i] |= 1 << j
				n[j] |= 1 << i
			}
		}
	}
	return n
}

// A factor is a set of lists whose marginal table stands in the likelihood of a
// decomposable graph, and how often: once for each clique, and once less for
// each separator.
type factor struct {
	set   History
	times int
}

// factors take g apart, list by list: one whose neighbours are all joined, with
// them, is a clique beyond what they are themselves. It reports false where g is
// not decomposable, which is when at some time no such list is left.
func (g graph) factors(lists int) ([]factor, bool) {
	near := g.neighbours(lists)
	left := History(1<<lists - 1)
	var all []factor
	for left != 0 {
		j := simplicial(near, left)
		if j < 0 {
			return nil, false
		}
		rest := near[j] & left
		all = tally(all, rest|1<<j, 1)
		if rest != 0 {
			all = tally(all, rest, -1)
		}
		left &^= 1 << j
	}
	kept := all[:0]
	for _, f := range all {
		if f.times != 0 {
			kept = append(kept, f)
		}
	}
	return kept, true
}

// simplicial finds a list whose neighbours in left are all joined.
func simplicial(near []History, left History) int {
	for rest := left; rest != 0; rest &= rest - 1 {
		j := bits.TrailingZeros32(uint32(rest))
		around := near[j] & left
		ok := true
		for n := around; n != 0 && ok; n &= n - 1 {
			k := bits.TrailingZeros32(uint32(n))
			ok = (around&^(1<<k))&^near[k] == 0
		}
		if ok {
			return j
		}
	}
	return -1
}

func tally(all []factor, set History, times int) []factor {
	for i := range all {
		if all[i].set == set {
			all[i].times += times
			return all
		}
	}
	return append(all, factor{set, times})
}

// decomposable are all the decomposable graphs on so many lists: 1, 2, 8, 61,
// 822 and 18,154 for one to six.
func decomposable(lists int) []graph {
	var all []graph
	for g := graph(0); g < 1<<(lists*(lists-1)/2); g++ {
		if _, ok := g.factors(lists); ok {
			all = append(all, g)
		}
	}
	return all
}

// name writes the cliques of g, as in "[12,23]".
func (g graph) name(lists int) string {
	factors, _ := g.factors(lists)
	var cliques []History
	for _, f := range factors {
		if f.times > 0 {
			cliques = append(cliques, f.set)
		}
	}
	return NewModel(lists, cliques...).String()
}
