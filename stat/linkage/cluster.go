package linkage

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// A joining is records that may belong together, and how they are joined to
// persons.
type joining struct {
	records  []int
	odds     [][]float64 // of each two, in bits, prior and all
	person   []int       // of each record, the place of its first
	joined   [][]float64 // what each two persons, by their first records, speak for one another in the mean
	assigned bool        // one to one, and joined is what a pair is worth beside its rivals
}

// largest is how many records are joined at a time. Where more hang together,
// the weakest pairs between them are cut.
const largest = 240

// most and least bound what one pair of records speaks for the persons they may
// be of, in bits: one that seems certain must not outvote all others.
const (
	mostOdds  = 16.0
	leastOdds = -12.0
)

// odds is the evidence for a pair and how common matches are, in bits.
func (l *linker) odds(kind int, weight float64) float64 {
	p := l.prior[kind]
	return weight + math.Log2(p/(1-p))
}

func probabilityOf(odds float64) float64 { return 1 / (1 + math.Exp2(-odds)) }

// groups is the records that hang together by pairs of at least these odds, each
// group in the order of its records; groups that are too large are taken apart
// by asking for better odds.
func (l *linker) groups(edges []edge, odds []float64, least float64) [][]int {
	parent := map[uint32]uint32{}
	var root func(r uint32) uint32
	root = func(r uint32) uint32 {
		p, ok := parent[r]
		if !ok || p == r {
			return r
		}
		p = root(p)
		parent[r] = p
		return p
	}
	for i, e := range edges {
		if odds[i] >= least {
			a, b := root(e.a), root(e.b)
			parent[max(a, b)] = min(a, b)
			parent[min(a, b)] = min(a, b)
		}
	}
	members := map[uint32][]int{}
	for r := range parent {
		members[root(r)] = append(members[root(r)], int(r))
	}
	var found [][]int
	var tooLarge = map[uint32]bool{}
	for first, all := range members {
		if len(all) <= largest {
			slices.Sort(all)
			found = append(found, all)
		} else {
			tooLarge[first] = true
		}
	}
	if len(tooLarge) > 0 {
		var some []edge
		var better []float64
		for i, e := range edges {
			if odds[i] >= least && tooLarge[root(e.a)] {
				some, better = append(some, e), append(better, odds[i])
			}
		}
		found = append(found, l.groups(some, better, least+2)...)
	}
	slices.SortFunc(found, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return found
}

// joinings joins the records of each group, on all workers.
func (l *linker) joinings(ctx context.Context, groups [][]int) ([]*joining, error) {
	all := make([]*joining, len(groups))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(l.options.workers(), len(groups)) {
		c := newComparer(l.table.features)
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(groups) {
					return
				}
				all[i] = l.join(c, groups[i])
			}
		})
	}
	wait.Wait()
	return all, ctx.Err()
}

// join joins records to persons: of all persons those two that speak most for
// one another in the mean, until none do.
func (l *linker) join(c *comparer, records []int) *joining {
	n := len(records)
	j := &joining{records: records, odds: square(n), person: make([]int, n), joined: square(n)}
	for x := range n {
		j.person[x] = x
		for y := range x {
			a, b := records[y], records[x]
			o := l.odds(l.kind(a, b), l.weigh(c, a, b, nil))
			j.odds[x][y], j.odds[y][x] = o, o
		}
	}
	if i, k, ok := l.bipartite(records); ok {
		j.assign(l, i, k)
	} else {
		j.merge(l)
	}
	return j
}

func square(n int) [][]float64 {
	all, rows := make([]float64, n*n), make([][]float64, n)
	for i := range rows {
		rows[i] = all[i*n : (i+1)*n]
	}
	return rows
}

// nearestCounts is how much the two records that speak most for two persons' being
// one count beside the mean of all: what one record of a person says of them
// others of the same person may say otherwise.
const nearestCounts = .3

// merge joins persons while any two speak for one another.
func (j *joining) merge(l *linker) {
	n := len(j.records)
	sum, best, size, of := square(n), square(n), make([]float64, n), make([]uint64, n)
	for x := range n {
		size[x] = 1
		of[x] = l.onceIn(j.records[x])
		for y := range n {
			sum[x][y] = max(leastOdds, min(mostOdds, j.odds[x][y]))
			best[x][y] = sum[x][y]
		}
	}
	speak := func(x, y int) float64 {
		return nearestCounts*best[x][y] + (1-nearestCounts)*sum[x][y]/(size[x]*size[y])
	}
	for {
		most, into, from := 0.0, -1, -1
		for x := range n {
			if size[x] == 0 {
				continue
			}
			for y := x + 1; y < n; y++ {
				if size[y] > 0 && of[x]&of[y] == 0 {
					if s := speak(x, y); s > most {
						most, into, from = s, x, y
					}
				}
			}
		}
		if into < 0 {
			break
		}
		j.unite(into, from, most)
		size[into], size[from] = size[into]+size[from], 0
		of[into] |= of[from]
		for z := range n {
			sum[into][z] += sum[from][z]
			sum[z][into] = sum[into][z]
			best[into][z] = max(best[into][z], best[from][z])
			best[z][into] = best[into][z]
		}
	}
	for x := range n {
		for y := range n {
			if p, q := j.person[x], j.person[y]; p != q {
				j.joined[x][y] = speak(p, q)
			}
		}
	}
}

// unite makes one person of two, who speak so much for one another.
func (j *joining) unite(into, from int, mean float64) {
	for x, p := range j.person {
		for y, q := range j.person {
			if p == into && q == from {
				j.joined[x][y], j.joined[y][x] = mean, mean
			}
		}
	}
	for x, p := range j.person {
		if p == from {
			j.person[x] = into
		}
	}
}
