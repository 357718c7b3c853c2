package capture

import (
	"cmp"
	"math/bits"
	"slices"
)

// MostLists is how many lists a table may have.
const MostLists = 20

// A History is the set of lists that a member is on: bit j is the list at j.
type History uint32

// On reports whether h has the list at j.
func (h History) On(j int) bool { return h>>j&1 == 1 }

// Lists is how many lists h has.
func (h History) Lists() int { return bits.OnesCount32(uint32(h)) }

// A Cell is how many members share a history.
type Cell struct {
	History History
	Count   int
}

// A Table counts the members of a population by capture history. The history of
// no list is never in it: how many have that one is the question. Cells are in
// ascending order of history, each once, none of them empty.
type Table struct {
	Lists []string
	Cells []Cell
}

// NewTable returns the table of these cells: equal histories added up, empty
// cells and the history of no list left out.
func NewTable(lists []string, cells []Cell) Table {
	sums := map[History]int{}
	for _, c := range cells {
		if c.History != 0 && c.Count > 0 {
			sums[c.History] += c.Count
		}
	}
	t := Table{Lists: lists}
	for h, n := range sums {
		t.Cells = append(t.Cells, Cell{h, n})
	}
	slices.SortFunc(t.Cells, func(a, b Cell) int { return cmp.Compare(a.History, b.History) })
	return t
}

// Observed is how many members are on any list.
func (t Table) Observed() int { return t.Overlap(0) }

// Overlap is how many members are on every list of h.
func (t Table) Overlap(h History) int {
	n := 0
	for _, c := range t.Cells {
		if c.History&h == h {
			n += c.Count
		}
	}
	return n
}

// Size is how many members the list at j has.
func (t Table) Size(j int) int { return t.Overlap(1 << j) }

// Count is how many members have exactly the history h.
func (t Table) Count(h History) int {
	k, found := slices.BinarySearchFunc(t.Cells, h, func(c Cell, h History) int { return cmp.Compare(c.History, h) })
	if !found {
		return 0
	}
	return t.Cells[k].Count
}

// Frequencies are how many members are on exactly one list, two lists and so
// on; the first is always 0.
func (t Table) Frequencies() []int {
	f := make([]int, len(t.Lists)+1)
	for _, c := range t.Cells {
		f[c.History.Lists()] += c.Count
	}
	return f
}

// dense are the counts of all histories but that of no list: the count of h is
// at h-1.
func (t Table) dense() []float64 {
	counts := make([]float64, 1<<len(t.Lists)-1)
	for _, c := range t.Cells {
		counts[c.History-1] = float64(c.Count)
	}
	return counts
}

// counts are those of Cells, as numbers.
func (t Table) counts() []float64 {
	n := make([]float64, len(t.Cells))
	for i, c := range t.Cells {
		n[i] = float64(c.Count)
	}
	return n
}

// with returns t with other counts, cell by cell; cells may become empty.
func (t Table) with(counts []int) Table {
	cells := make([]Cell, 0, len(counts))
	for i, n := range counts {
		if n > 0 {
			cells = append(cells, Cell{t.Cells[i].History, n})
		}
	}
	return Table{t.Lists, cells}
}

// pairs calls f with every pair of lists, the earlier list first.
func (t Table) pairs(f func(i, j int, both History)) {
	for i := range t.Lists {
		for j := i + 1; j < len(t.Lists); j++ {
			f(i, j, 1<<i|1<<j)
		}
	}
}
