package linkage

import "math"

// findOnce finds the lists in which, beside others, hardly anybody stands twice:
// the model expects no pairs in it to speak of, or few of the records elsewhere
// that have a sure partner in the list have two.
// Two such records of one list need far better evidence to be one person.
func (l *linker) findOnce(edges []edge, odds []float64) {
	const sure, enough, hardly = 4.0, 20, .04 // bits, records, share of them
	n := len(l.table.lists)
	l.once = make([]bool, n)
	partners := make([][]uint8, n) // of each record, its sure partners in each list
	for i := range partners {
		partners[i] = make([]uint8, l.table.len())
	}
	for k, e := range edges {
		if a, b := l.table.list(int(e.a)), l.table.list(int(e.b)); a != b && odds[k] > sure {
			partners[b][e.a] = min(partners[b][e.a]+1, 2)
			partners[a][e.b] = min(partners[a][e.b]+1, 2)
		}
	}
	for i := range n {
		one, two := 0, 0
		for _, p := range partners[i] {
			if p > 0 {
				one++
			}
			if p > 1 {
				two++
			}
		}
		k := pairNumber(i, i)
		none := l.prior[k]*l.total[k] < .01*float64(l.table.lists[i].rows)
		if l.once[i] = none || one >= enough && float64(two) < hardly*float64(one); l.once[i] {
			l.prior[k] = min(l.prior[k], .001*float64(l.table.lists[i].rows)/max(l.total[k], 1))
		}
	}
}

// onceIn is a mark of the list of record r, where nobody stands in it twice.
func (l *linker) onceIn(r int) uint64 {
	if i := l.table.list(r); i < len(l.once) && i < 64 && l.once[i] {
		return 1 << i
	}
	return 0
}

// bipartite reports whether records are of two lists in each of which nobody
// stands twice, and which.
func (l *linker) bipartite(records []int) (i, k int, ok bool) {
	i, k = -1, -1
	for _, r := range records {
		switch in := l.table.list(r); {
		case in == i || in == k:
		case in >= len(l.once) || !l.once[in] || k >= 0:
			return 0, 0, false
		case i < 0:
			i = in
		default:
			k = in
		}
	}
	return i, k, k >= 0
}

// assign gives each record of list i one of list k at most, so that the odds of
// all pairs together are best, and leaves a record alone rather than give it one
// that speaks against it (Sadinle 2017; the assignment after Kuhn 1955, "The
// Hungarian method for the assignment problem").
func (j *joining) assign(l *linker, i, k int) {
	var rows, columns []int
	for x, r := range j.records {
		if l.table.list(r) == i {
			rows = append(rows, x)
		} else {
			columns = append(columns, x)
		}
	}
	gain := make([][]float64, len(rows))
	for a, x := range rows {
		gain[a] = make([]float64, len(columns))
		for b, y := range columns {
			gain[a][b] = max(0, j.odds[x][y])
		}
	}
	j.assigned = true
	partner := assignment(gain)
	got := make([]float64, len(j.records)) // what the partner of each record speaks for it
	for a, b := range partner {
		if b >= 0 && gain[a][b] > 0 {
			got[rows[a]], got[columns[b]] = gain[a][b], gain[a][b]
			j.person[rows[a]], j.person[columns[b]] = min(rows[a], columns[b]), min(rows[a], columns[b])
		}
	}
	j.rival(rows, columns, got)
}

// rival sets what the records of two lists speak for one another once their
// rivals are heard: a pair that stands loses what the best free rival of either
// would bring in its place, another what its records would lose.
func (j *joining) rival(rows, columns []int, got []float64) {
	freeRival := func(x, partner int, others []int) (best float64) {
		for _, y := range others {
			if y != partner && got[y] == 0 {
				best = max(best, j.odds[x][y])
			}
		}
		return best
	}
	for _, x := range rows {
		for _, y := range columns {
			o := j.odds[x][y]
			if j.person[x] == j.person[y] {
				o -= max(freeRival(x, y, columns), freeRival(y, x, rows), j.exchange(x, y, rows, columns, got))
			} else {
				o -= got[x] + got[y]
			}
			j.joined[x][y], j.joined[y][x] = o, o
		}
	}
}

// exchange is what would be left of the odds of x and y if x took the partner of
// some other pair, and y what that leaves alone.
func (j *joining) exchange(x, y int, rows, columns []int, got []float64) (best float64) {
	for _, u := range rows {
		if u == x || got[u] == 0 || j.odds[u][y] <= 0 {
			continue
		}
		for _, v := range columns {
			if j.person[v] == j.person[u] && v != y && j.odds[x][v] > 0 {
				best = max(best, j.odds[x][v]+j.odds[u][y]-j.odds[u][v])
			}
		}
	}
	return best
}

// assignment is, for each row, the column that it is given so that the gains
// are most in all; -1 where there are fewer columns than rows. It is by shortest
// augmenting paths (Jonker and Volgenant 1987).
func assignment(gain [][]float64) []int {
	n, m := len(gain), len(gain[0])
	if n > m {
		return turned(gain, n, m)
	}
	const none = -1
	u, v := make([]float64, n+1), make([]float64, m+1)
	rowOf, way := make([]int, m+1), make([]int, m+1)
	for row := 1; row <= n; row++ {
		rowOf[0] = row
		least, used := make([]float64, m+1), make([]bool, m+1)
		for c := range least {
			least[c] = math.Inf(1)
		}
		at := 0
		for rowOf[at] != 0 {
			used[at] = true
			delta, next := math.Inf(1), 0
			for c := 1; c <= m; c++ {
				if used[c] {
					continue
				}
				if d := -gain[rowOf[at]-1][c-1] - u[rowOf[at]] - v[c]; d < least[c] {
					least[c], way[c] = d, at
				}
				if least[c] < delta {
					delta, next = least[c], c
				}
			}
			for c := 0; c <= m; c++ {
				if used[c] {
					u[rowOf[c]] += delta
					v[c] -= delta
				} else {
					least[c] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			rowOf[at] = rowOf[way[at]]
			at = way[at]
		}
	}
	given := make([]int, n)
	for i := range given {
		given[i] = none
	}
	for c := 1; c <= m; c++ {
		if rowOf[c] > 0 {
			given[rowOf[c]-1] = c - 1
		}
	}
	return given
}

// turned is assignment where there are more rows than columns.
func turned(gain [][]float64, n, m int) []int {
	other := make([][]float64, m)
	for c := range other {
		other[c] = make([]float64, n)
		for r := range n {
			other[c][r] = gain[r][c]
		}
	}
	given := make([]int, n)
	for i := range given {
		given[i] = -1
	}
	for c, r := range assignment(other) {
		given[r] = c
	}
	return given
}
