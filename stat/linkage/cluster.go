package linkage

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
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

// besides is the odds, in bits, beyond which asking for better ones takes nothing
// apart: so many records are alike in all they state that they are joined some
// at a time.
const besides = 40

// odds is the evidence for a pair and how common matches are, in bits.
func (l *linker) odds(kind int, weight float64) float64 {
	p := l.prior[kind]
	return weight + math.Log2(p/(1-p)) + l.corrected.all
}

func probabilityOf(odds float64) float64 { return 1 / (1 + math.Exp2(-odds)) }

// groups is the records that hang together, each group in the order of its
// records.
func (l *linker) groups(edges []edge, odds []float64) [][]int {
	return l.groupsFrom(edges, odds, leastJoined)
}

// groupsFrom is the groups by pairs of at least these odds; those that are too
// large are taken apart by asking for better ones.
func (l *linker) groupsFrom(edges []edge, odds []float64, least float64) [][]int {
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
	if len(tooLarge) > 0 && least > besides {
		for first := range tooLarge {
			slices.Sort(members[first])
			found = slices.AppendSeq(found, slices.Chunk(members[first], largest))
		}
	} else if len(tooLarge) > 0 {
		var some []edge
		var better []float64
		for i, e := range edges {
			if odds[i] >= least && tooLarge[root(e.a)] {
				some, better = append(some, e), append(better, odds[i])
			}
		}
		found = append(found, l.groupsFrom(some, better, least+2)...)
	}
	slices.SortFunc(found, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return found
}

// joinings joins the records of each group, on all workers.
func (l *linker) joinings(ctx context.Context, groups [][]int) ([]*joining, error) {
	all := make([]*joining, len(groups))
	kept := sync.Pool{New: func() any { return newComparer(l.table.features) }}
	together(l.options.workers(), len(groups), func(i int) {
		if ctx.Err() == nil {
			c := kept.Get().(*comparer)
			all[i] = l.join(c, groups[i])
			kept.Put(c)
		}
	})
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
	if i, k, ok := l.bipartite(records); ok && l.since == 0 {
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

// A merging is persons on their way to be joined: of each two by their first
// records, what all their records and what the best two speak for one another.
type merging struct {
	*joining
	sum, best [][]float64
	size      []float64
	once      []uint64 // the lists that a person has a record of and can have no second
	former    []bool   // whether a person was known before: no two such are joined
}

// merge joins persons while any two speak for one another.
func (j *joining) merge(l *linker) {
	n := len(j.records)
	m := &merging{joining: j, sum: square(n), best: square(n), size: make([]float64, n), once: make([]uint64, n), former: make([]bool, n)}
	for x, r := range j.records {
		m.size[x], m.once[x], m.former[x] = 1, l.onceIn(r), r < l.since
		for y := range n {
			m.sum[x][y] = max(leastOdds, min(mostOdds, j.odds[x][y]))
			m.best[x][y] = m.sum[x][y]
		}
	}
	m.restore(l)
	for {
		into, from, speaks := m.next()
		if into < 0 {
			break
		}
		m.one(into, from, speaks)
	}
	for x := range n {
		for y := range n {
			if p, q := j.person[x], j.person[y]; p != q {
				j.joined[x][y] = m.speak(p, q)
			}
		}
	}
}

// restore joins the persons that were known before.
func (m *merging) restore(l *linker) {
	first := map[int32]int{}
	for x, r := range m.records {
		if r >= l.since || l.person[r] == 0 {
			continue
		}
		if into, ok := first[l.person[r]]; ok {
			m.one(into, x, mostOdds)
		} else {
			first[l.person[r]] = x
		}
	}
}

// speak is what two persons speak for one another.
func (m *merging) speak(x, y int) float64 {
	return nearestCounts*m.best[x][y] + (1-nearestCounts)*m.sum[x][y]/(m.size[x]*m.size[y])
}

// next is the two persons that speak most for one another of those that may be
// one, and how much; -1 where none do.
func (m *merging) next() (into, from int, most float64) {
	into, from = -1, -1
	for x := range m.records {
		if m.size[x] == 0 {
			continue
		}
		for y := x + 1; y < len(m.records); y++ {
			if m.size[y] == 0 || m.best[x][y] <= 0 || m.once[x]&m.once[y] != 0 || m.former[x] && m.former[y] {
				continue
			}
			if s := m.speak(x, y); s > most {
				into, from, most = x, y, s
			}
		}
	}
	return into, from, most
}

// one makes one person of two.
func (m *merging) one(into, from int, speaks float64) {
	m.unite(into, from, speaks)
	m.size[into], m.size[from] = m.size[into]+m.size[from], 0
	m.once[into] |= m.once[from]
	m.former[into] = m.former[into] || m.former[from]
	for z := range m.records {
		m.sum[into][z] += m.sum[from][z]
		m.sum[z][into] = m.sum[into][z]
		m.best[into][z] = max(m.best[into][z], m.best[from][z])
		m.best[z][into] = m.best[into][z]
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
