package capture

import "math"

// A design is the matrix of a log-linear model: a row a cell, a column a
// parameter, row after row. Column 0 is 1 everywhere and is the only one that
// the cell of nobody's list has, so that exp of its coefficient is the number
// unseen.
type design struct {
	rows, columns int
	x             []float64
}

func newDesign(rows, columns int) design {
	return design{rows, columns, make([]float64, rows*columns)}
}

func (d design) row(i int) []float64 { return d.x[i*d.columns : (i+1)*d.columns] }

// choose returns the rows and columns that are wanted.
func (d design) choose(rows, columns []int) design {
	c := newDesign(len(rows), len(columns))
	for a, i := range rows {
		from, to := d.row(i), c.row(a)
		for b, j := range columns {
			to[b] = from[j]
		}
	}
	return c
}

// A fit is a Poisson regression with the logarithm as link.
type fit struct {
	beta, mu      []float64
	likelihood    float64 // its logarithm, without the factorials
	variance      float64 // of beta[0]
	converged     bool
	factor, slope []float64 // workspace: the information, and its right side
}

// steps of Newton that a fit may take.
const mostSteps = 200

// poisson fits counts on d by Newton's method, which for this link is iterated
// weighted least squares, halving steps that lose likelihood.
func poisson(d design, counts []float64) fit {
	f := fit{beta: make([]float64, d.columns), mu: make([]float64, d.rows), factor: make([]float64, d.columns*d.columns), slope: make([]float64, d.columns)}
	start := make([]float64, d.rows)
	for i, n := range counts {
		f.mu[i] = n + 0.5
		start[i] = math.Log(f.mu[i])
	}
	f.leastSquares(d, start)
	f.expect(d, counts)
	next := fit{beta: make([]float64, d.columns), mu: make([]float64, d.rows)}
	for range mostSteps {
		step := f.newton(d, counts)
		if step == nil {
			return f
		}
		gain := 0.0
		for j, s := range step {
			gain += s * f.slope[j]
		}
		for scale := 1.0; ; scale /= 2 {
			for j, s := range step {
				next.beta[j] = f.beta[j] + scale*s
			}
			next.expect(d, counts)
			if next.likelihood >= f.likelihood-1e-9*(1+math.Abs(f.likelihood)) || scale < 1e-6 {
				break
			}
		}
		f.beta, next.beta, f.mu, next.mu = next.beta, f.beta, next.mu, f.mu
		f.likelihood = next.likelihood
		if gain < 1e-16*(1+math.Abs(f.likelihood)) {
			f.converged = true
			break
		}
	}
	f.newton(d, counts)
	f.variance = f.inverse(d.columns)
	return f
}

// expect sets mu and the likelihood from beta.
func (f *fit) expect(d design, counts []float64) {
	f.likelihood = 0
	for i := range f.mu {
		eta := 0.0
		for j, x := range d.row(i) {
			eta += x * f.beta[j]
		}
		eta = min(eta, 300)
		f.mu[i] = math.Exp(eta)
		f.likelihood += counts[i]*eta - f.mu[i]
	}
}

// information sets factor to its Cholesky factor, and reports whether it has
// one.
func (f *fit) information(d design) bool {
	p := d.columns
	clear(f.factor)
	for i, m := range f.mu {
		row := d.row(i)
		for a, x := range row {
			if x == 0 {
				continue
			}
			xm, to := x*m, f.factor[a*p:a*p+a+1]
			for b := range to {
				to[b] += xm * row[b]
			}
		}
	}
	return cholesky(f.factor, p)
}

// newton returns the step from beta, in slope's other half; nil where the
// information is singular. slope is left as the gradient.
func (f *fit) newton(d design, counts []float64) []float64 {
	clear(f.slope)
	for i, m := range f.mu {
		for j, x := range d.row(i) {
			f.slope[j] += x * (counts[i] - m)
		}
	}
	if !f.information(d) {
		return nil
	}
	step := make([]float64, len(f.slope))
	copy(step, f.slope)
	solve(f.factor, step)
	return step
}

// leastSquares starts beta at the weighted fit of the logarithms.
func (f *fit) leastSquares(d design, logs []float64) {
	for i, m := range f.mu {
		for j, x := range d.row(i) {
			f.beta[j] += x * m * logs[i]
		}
	}
	if !f.information(d) {
		clear(f.beta)
		return
	}
	solve(f.factor, f.beta)
}

// inverse is the first diagonal entry of the inverse of what factor factors.
func (f *fit) inverse(p int) float64 {
	unit := make([]float64, p)
	unit[0] = 1
	solve(f.factor, unit)
	return unit[0]
}

// cholesky replaces the lower half of the p by p matrix a by its factor, and
// reports whether a is positive definite.
func cholesky(a []float64, p int) bool {
	for j := range p {
		rowj := a[j*p : j*p+j+1]
		whole := rowj[j]
		s := whole
		for _, v := range rowj[:j] {
			s -= v * v
		}
		if !(s > 1e-13*whole) {
			return false
		}
		pivot := math.Sqrt(s)
		rowj[j] = pivot
		for i := j + 1; i < p; i++ {
			rowi := a[i*p : i*p+j+1]
			v := rowi[j]
			for k, w := range rowj[:j] {
				v -= rowi[k] * w
			}
			rowi[j] = v / pivot
		}
	}
	return true
}

// solve replaces b by the solution of the system whose factor is given.
func solve(factor, b []float64) {
	p := len(b)
	for i := range p {
		for k := range i {
			b[i] -= factor[i*p+k] * b[k]
		}
		b[i] /= factor[i*p+i]
	}
	for i := p - 1; i >= 0; i-- {
		for k := i + 1; k < p; k++ {
			b[i] -= factor[k*p+i] * b[k]
		}
		b[i] /= factor[i*p+i]
	}
}
