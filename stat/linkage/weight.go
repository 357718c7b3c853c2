package linkage

import "math"

// A Model is what was learned of the lists: how often each grade of agreement
// is met among matches and among other pairs, and how common matches are.
type Model struct {
	Features []Learned
	Prior    [][]float64 // the share of matches among the pairs of list i and list j, j up to i
}

// Learned is what a model knows of one field.
type Learned struct {
	Name   string
	Grades []Weighed
	// GoesWith is the field that this one's agreement is weighed beside, among
	// matches and among other pairs, because the two go together; empty where it
	// stands alone.
	GoesWith [2]string
}

// Weighed is one grade of agreement: its share of the matches and of the other
// pairs in which both state the field (the m and u of Fellegi and Sunter).
type Weighed struct {
	Agreement string
	M, U      float64
}

// Weight is what the grade speaks for a match, in bits.
func (w Weighed) Weight() float64 { return math.Log2(w.M / w.U) }

// A class is how the grades of one kind of pairs, matches or others, are
// distributed: each feature by itself, or given one other that it goes with (a
// forest, after Chow and Liu 1968, "Approximating discrete probability
// distributions with dependence trees").
type class struct {
	alone  [][grades]float64
	parent []int // -1 where a feature stands alone
	given  [][grades][grades]float64
	lean   [][grades][grades]float64 // what given leans on where little was seen, beside alone; all 0 where on that
	logs   [][grades][grades]float64 // to the base 2, of given or alone: [feature][grade of its parent][grade]
}

func newClass(n int) *class {
	c := &class{alone: make([][grades]float64, n), parent: make([]int, n), given: make([][grades][grades]float64, n)}
	for k := range c.parent {
		c.parent[k] = -1
	}
	return c
}

// log2 is the logarithm of how probable it is that a pair of the class has the
// grade that v has in feature k, given what v has in the one it goes with.
func (c *class) log2(v vector, k int) float64 {
	h := unstated
	if p := c.parent[k]; p >= 0 {
		h = v.grade(p)
	}
	return c.logs[k][h][v.grade(k)]
}

// ready takes the logarithms of what c says by now.
func (c *class) ready() {
	c.logs = make([][grades][grades]float64, len(c.alone))
	for k := range c.alone {
		for h := range grades {
			for g := int(differ); g < grades; g++ {
				p := c.alone[k][g]
				if c.parent[k] >= 0 && h != int(unstated) {
					p = c.given[k][h][g]
				}
				if p > 0 {
					c.logs[k][h][g] = math.Log2(p)
				}
			}
		}
	}
}

// tallies is how often grades are met in a class, by themselves and in twos.
type tallies struct {
	alone [][grades]float64
	twos  []float64 // of features k > l: [k][l][grade of k][grade of l]
	n     int
}

func newTallies(n int, twos bool) *tallies {
	t := &tallies{alone: make([][grades]float64, n), n: n}
	if twos {
		t.twos = make([]float64, n*n*grades*grades)
	}
	return t
}

func (t *tallies) at(k, l int) []float64 {
	i := (k*t.n + l) * grades * grades
	return t.twos[i : i+grades*grades]
}

func (t *tallies) add(v vector, weight float64) {
	for k := range t.n {
		g := v.grade(k)
		if g == unstated {
			continue
		}
		t.alone[k][g] += weight
		if t.twos == nil {
			continue
		}
		for l := range k {
			if h := v.grade(l); h != unstated {
				t.at(k, l)[int(g)*grades+int(h)] += weight
			}
		}
	}
}

// fit makes c what t says, with a few pairs of the prior mixed in.
func (c *class) fit(t *tallies, prior *class, few float64) {
	for k := range c.alone {
		sum := 0.0
		for g := differ; g < grades; g++ {
			sum += t.alone[k][g]
		}
		for g := differ; g < grades; g++ {
			c.alone[k][g] = (t.alone[k][g] + few*prior.alone[k][g]) / (sum + few)
		}
	}
	for k, p := range c.parent {
		if p >= 0 && t.twos != nil {
			c.fitGiven(t, k, p)
		}
	}
}

// fitGiven fits how feature k goes with p, leaning on what is thought of that
// where little was seen.
func (c *class) fitGiven(t *tallies, k, p int) {
	const few = 8
	for h := differ; h < grades; h++ {
		sum := 0.0
		for g := differ; g < grades; g++ {
			sum += t.two(k, p, g, h)
		}
		lean := c.alone[k]
		if c.lean != nil && c.lean[k][h] != ([grades]float64{}) {
			lean = c.lean[k][h]
		}
		for g := differ; g < grades; g++ {
			c.given[k][h][g] = (t.two(k, p, g, h) + few*lean[g]) / (sum + few)
		}
	}
}

// two is how often feature k has grade g where l has h.
func (t *tallies) two(k, l int, g, h grade) float64 {
	if k > l {
		return t.at(k, l)[int(g)*grades+int(h)]
	}
	return t.at(l, k)[int(h)*grades+int(g)]
}

// forest lets each feature go with the one that tells most of it, where that is
// more than chance tells, without cycles.
//
// Where bound says of a feature which it goes with, that is so.
func (c *class) forest(t *tallies, bound []int) {
	joined := make([]bool, t.n)
	for k, p := range bound {
		if p >= 0 {
			c.parent[k], joined[k] = p, true
		}
	}
	for range t.n {
		best, from, to := 0.0, -1, -1
		for k := range t.n {
			for l := range t.n {
				if k != l && !joined[k] && c.parent[k] < 0 && !c.reaches(l, k) {
					if tells := t.information(k, l); tells > best {
						best, from, to = tells, k, l
					}
				}
			}
		}
		if from < 0 {
			return
		}
		c.parent[from], joined[from] = to, true
	}
}

// reaches reports whether the way from l by what features go with comes to k.
func (c *class) reaches(l, k int) bool {
	for ; l >= 0; l = c.parent[l] {
		if l == k {
			return true
		}
	}
	return false
}

// information is how many bits the grades of l tell of those of k; 0 where that
// may be chance.
func (t *tallies) information(k, l int) float64 {
	var ofK, ofL [grades]float64
	sum, cells := 0.0, 0
	for g := differ; g < grades; g++ {
		for h := differ; h < grades; h++ {
			n := t.two(k, l, g, h)
			ofK[g], ofL[h], sum = ofK[g]+n, ofL[h]+n, sum+n
			if n > 0 {
				cells++
			}
		}
	}
	if sum < 50 {
		return 0
	}
	bits := 0.0
	for g := differ; g < grades; g++ {
		for h := differ; h < grades; h++ {
			if n := t.two(k, l, g, h); n > 0 {
				bits += n / sum * math.Log2(n*sum/(ofK[g]*ofL[h]))
			}
		}
	}
	if bits*sum*2*math.Ln2 < 4*float64(cells) {
		return 0
	}
	return bits
}

// describe is the model as others may read it.
func (l *linker) describe() Model {
	m := Model{}
	name := func(k int) string {
		if k < 0 {
			return ""
		}
		return l.table.features[k].name
	}
	for k, f := range l.table.features {
		learned := Learned{Name: f.name, GoesWith: [2]string{name(l.match.parent[k]), name(l.other.parent[k])}}
		for g := 1; g < len(f.labels); g++ {
			learned.Grades = append(learned.Grades, Weighed{f.labels[g], l.match.alone[k][g], l.other.alone[k][g]})
		}
		m.Features = append(m.Features, learned)
	}
	for j := range l.table.lists {
		row := make([]float64, j+1)
		for i := range row {
			row[i] = l.prior[pairNumber(i, j)]
		}
		m.Prior = append(m.Prior, row)
	}
	return m
}
