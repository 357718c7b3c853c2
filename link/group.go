package link

// groups are sets of numbers that are joined two at a time, each known by its
// smallest member.
type groups struct{ parent []int }

func newGroups(n int) *groups {
	g := &groups{parent: make([]int, n)}
	for i := range g.parent {
		g.parent[i] = i
	}
	return g
}

// of returns the smallest member of the group of i.
func (g *groups) of(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// join makes one group of those of i and j, and reports whether they were two.
func (g *groups) join(i, j int) bool {
	i, j = g.of(i), g.of(j)
	if i == j {
		return false
	}
	g.parent[max(i, j)] = min(i, j)
	return true
}
