package total

// A memo asks once for each number, and knows the answer from then on.
type memo[V any] struct {
	ask   func(uint32) V
	known []bool
	of    []V
}

func (m *memo[V]) at(n uint32) V {
	if int(n) >= len(m.known) {
		more := int(n) + 1 + len(m.known)/2 - len(m.known)
		m.known, m.of = append(m.known, make([]bool, more)...), append(m.of, make([]V, more)...)
	}
	if !m.known[n] {
		m.of[n], m.known[n] = m.ask(n), true
	}
	return m.of[n]
}

// counts is how often each number was counted.
type counts []int

func (c *counts) add(n uint32) { c.more(n, 1) }

func (c *counts) more(n uint32, often int) {
	if int(n) >= len(*c) {
		*c = append(*c, make([]int, int(n)+1-len(*c))...)
	}
	(*c)[n] += often
}

// plus adds the counts of another.
func (c *counts) plus(other counts) {
	for n, often := range other {
		if often > 0 {
			c.more(uint32(n), often)
		}
	}
}
