package capture

import "math"

// support answers whether a log-linear model can be fitted to counts, and the
// number unseen told from it.
//
// Where cells are empty the maximum of the likelihood may lie at infinity. It
// does exactly if some direction d has Xd = 0 on the cells that hold somebody
// and Xd <= 0, somewhere < 0, on the empty ones (Haberman 1974; Fienberg and
// Rinaldo 2012). The cells on which any such d is negative have expectation 0 in
// the extended maximum likelihood estimate; rows are the others, found by
// linear programming. On these the model may have columns that depend on each
// other; columns are a full set of independent ones. unseen reports whether the
// coefficient of column 0 is the same in every one of the best fits, so that the
// number unseen can be told.
func support(d design, counts []float64) (rows, columns []int, unseen bool) {
	var held, empty []int
	for i, n := range counts {
		if n > 0 {
			held = append(held, i)
		} else {
			empty = append(empty, i)
		}
	}
	columns, free := d.independent(held)
	if len(free) == 0 {
		rows = make([]int, d.rows)
		for i := range rows {
			rows[i] = i
		}
		return rows, columns, true
	}
	for {
		gone := d.recede(empty, free)
		if gone == nil {
			break
		}
		var left []int
		for k, i := range empty {
			if !gone[k] {
				left = append(left, i)
			}
		}
		empty = left
	}
	rows = merge(held, empty)
	columns, free = d.independent(rows)
	unseen = true
	for _, v := range free {
		unseen = unseen && math.Abs(v[0]) < 1e-9
	}
	return rows, columns, unseen
}

// merge merges ascending a and b.
func merge(a, b []int) []int {
	m := make([]int, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			m, a = append(m, a[0]), a[1:]
		} else {
			m, b = append(m, b[0]), b[1:]
		}
	}
	return append(append(m, a...), b...)
}

// independent returns the first columns of d that are independent on the rows
// given, and a basis of the directions v with Xv = 0 there.
func (d design) independent(rows []int) (columns []int, free [][]float64) {
	p := d.columns
	a := make([][]float64, len(rows))
	for k, i := range rows {
		a[k] = append([]float64(nil), d.row(i)...)
	}
	var pivots []int
	rank := 0
	for j := range p {
		best := rank
		for k := rank; k < len(a); k++ {
			if math.Abs(a[k][j]) > math.Abs(a[best][j]) {
				best = k
			}
		}
		if best >= len(a) || math.Abs(a[best][j]) < 1e-9 {
			continue
		}
		a[rank], a[best] = a[best], a[rank]
		for k := range a {
			if k == rank || a[k][j] == 0 {
				continue
			}
			factor := a[k][j] / a[rank][j]
			for c := j; c < p; c++ {
				a[k][c] -= factor * a[rank][c]
			}
		}
		pivots = append(pivots, j)
		rank++
	}
	for j, k := 0, 0; j < p; j++ {
		if k < len(pivots) && pivots[k] == j {
			k++
			continue
		}
		v := make([]float64, p)
		v[j] = 1
		for r, c := range pivots {
			v[c] = -a[r][j] / a[r][c]
		}
		free = append(free, v)
	}
	return pivots, free
}

// recede looks for a combination of the directions of free under which no cell
// of empty grows and some shrink; it reports which, or nil where there is none.
//
// The program: with y the shrinkage of each cell, at most 1, make the sum of y
// as large as can be.
func (d design) recede(empty []int, free [][]float64) []bool {
	if len(empty) == 0 {
		return nil
	}
	k := len(free)
	shrink := make([][]float64, len(empty)) // of each cell by each direction
	for r, i := range empty {
		shrink[r] = make([]float64, k)
		for c, v := range free {
			for j, x := range d.row(i) {
				shrink[r][c] -= x * v[j]
			}
		}
	}
	w := maximise(shrink)
	var gone []bool
	for r, s := range shrink {
		by := 0.0
		for c := range k {
			by += s[c] * w[c]
		}
		if by > 1e-7 {
			if gone == nil {
				gone = make([]bool, len(empty))
			}
			gone[r] = true
		}
	}
	return gone
}

// maximise returns w that makes the sum of the entries of Sw largest while each
// lies between 0 and 1. The simplex method with Bland's rule, which cannot
// cycle: w is split in two halves that are not negative, w = 0 is where it
// starts, and each row stands twice, once for each bound.
func maximise(s [][]float64) []float64 {
	m, k := len(s), len(s[0])
	width := 2*k + 2*m + 1
	tableau := make([][]float64, 2*m+1)
	for r := range tableau {
		tableau[r] = make([]float64, width)
	}
	goal := tableau[2*m]
	basis := make([]int, 2*m)
	for r, row := range s {
		for c, v := range row {
			tableau[r][c], tableau[r][k+c] = v, -v
			tableau[m+r][c], tableau[m+r][k+c] = -v, v
			goal[c] -= v
			goal[k+c] += v
		}
		tableau[r][2*k+r], tableau[m+r][2*k+m+r] = 1, 1
		tableau[r][width-1] = 1
		basis[r], basis[m+r] = 2*k+r, 2*k+m+r
	}
	for range 100000 {
		enter := 0
		for enter < width-1 && goal[enter] > -1e-9 {
			enter++
		}
		if enter == width-1 {
			break
		}
		leave := -1
		for r := range basis {
			if tableau[r][enter] < 1e-9 {
				continue
			}
			if leave < 0 {
				leave = r
				continue
			}
			a, b := tableau[r][width-1]/tableau[r][enter], tableau[leave][width-1]/tableau[leave][enter]
			if a < b-1e-12 || a <= b+1e-12 && basis[r] < basis[leave] {
				leave = r
			}
		}
		if leave < 0 {
			break
		}
		pivot(tableau, leave, enter)
		basis[leave] = enter
	}
	w := make([]float64, k)
	for r, b := range basis {
		switch {
		case b < k:
			w[b] += tableau[r][width-1]
		case b < 2*k:
			w[b-k] -= tableau[r][width-1]
		}
	}
	return w
}

// pivot makes column c the unit vector of row r.
func pivot(tableau [][]float64, r, c int) {
	scale := tableau[r][c]
	for j := range tableau[r] {
		tableau[r][j] /= scale
	}
	for i, row := range tableau {
		if i == r || row[c] == 0 {
			continue
		}
		factor := row[c]
		for j, v := range tableau[r] {
			row[j] -= factor * v
		}
	}
}
