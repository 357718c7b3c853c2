// Package agreement measures how far coders agree beyond chance: Cohen's kappa of
// two (Cohen 1960, "A coefficient of agreement for nominal scales"), and
// Krippendorff's alpha of any number, who need not all have coded everything
// (Krippendorff 2004, "Content analysis", chapter 11), each with a bootstrap
// interval over clusters, since what stands in one document is not independent.
//
// It knows nothing of claims. Same units, same numbers.
package agreement

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
)

// A Unit is one thing that coders put a value on. Values has that of each coder who
// did, by the coder's name. Units of one Cluster are drawn together.
type Unit struct {
	Cluster string
	Values  map[string]string
}

// A Distance says how far two values are apart: 0 where they are the same.
type Distance func(a, b string) float64

// Nominal is the distance of values that are the same or not.
func Nominal(a, b string) float64 {
	if a == b {
		return 0
	}
	return 1
}

// Ratio is the distance of figures, by their difference over their sum, squared
// (Krippendorff's metric for ratio scales). A value that is no number is as far as
// can be from every other.
func Ratio(a, b string) float64 {
	if a == b {
		return 0
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil || x+y == 0 {
		return 1
	}
	d := (x - y) / (x + y)
	return d * d
}

// An Estimate is a coefficient with its interval of 95 per cent. Known is false
// where it cannot be told: nobody coded the same unit, or all that was said is one
// value.
type Estimate struct {
	Value   float64 `json:"value"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Known   bool    `json:"known"`
	Bounded bool    `json:"bounded"` // there are several clusters to draw from, so that Low and High are told
}

// Kappa returns Cohen's kappa of two coders over the units that both coded.
func Kappa(units []Unit, a, b string) Estimate {
	m := measure{of: kappa}
	for _, u := range units {
		x, hasX := u.Values[a]
		y, hasY := u.Values[b]
		if !hasX || !hasY {
			continue
		}
		s := m.cluster(u.Cluster)
		s.n++
		s.first[m.value(x)]++
		s.second[m.value(y)]++
		if x == y {
			s.sum++
		}
	}
	return m.estimate()
}

// kappa is that of the units that s counts; sum is how many agree.
func kappa(s sums, m *measure) (float64, bool) {
	if s.n == 0 {
		return 0, false
	}
	chance := 0.0
	for v := range m.names {
		chance += s.first[v] * s.second[v] / (s.n * s.n)
	}
	if 1-chance < 1e-12 {
		return 0, false
	}
	return (s.sum/s.n - chance) / (1 - chance), true
}

// Alpha returns Krippendorff's alpha of all coders.
func Alpha(units []Unit, d Distance) Estimate {
	m := measure{of: alpha, distance: d}
	for _, u := range units {
		if len(u.Values) < 2 {
			continue
		}
		said := make([]string, 0, len(u.Values))
		for _, v := range u.Values {
			said = append(said, v)
		}
		slices.Sort(said)
		s, apart := m.cluster(u.Cluster), 0.0
		for i, x := range said {
			s.n++
			s.first[m.value(x)]++
			for k, y := range said {
				if i != k {
					apart += d(x, y)
				}
			}
		}
		s.sum += apart / float64(len(said)-1)
	}
	return m.estimate()
}

// alpha is that of the values that s counts; sum is how far they are apart.
func alpha(s sums, m *measure) (float64, bool) {
	expected := 0.0
	for x, apart := range m.apart() {
		for y, d := range apart {
			expected += s.first[x] * s.first[y] * d
		}
	}
	if s.n < 2 || expected == 0 {
		return 0, false
	}
	return 1 - (s.sum/s.n)/(expected/(s.n*(s.n-1))), true
}

// A measure is units counted by cluster, so that clusters can be drawn again and
// again without looking at their units.
type measure struct {
	of       func(sums, *measure) (float64, bool)
	distance Distance
	names    []string // of values
	numbers  map[string]int
	clusters map[string]*sums
	between  [][]float64 // the distances of values
}

// sums is what the units of a cluster, or of several, come to. first and second
// count values, by their number.
type sums struct {
	n, sum        float64
	first, second map[int]float64
}

func (m *measure) cluster(name string) *sums {
	if m.clusters == nil {
		m.clusters, m.numbers = map[string]*sums{}, map[string]int{}
	}
	if m.clusters[name] == nil {
		m.clusters[name] = &sums{first: map[int]float64{}, second: map[int]float64{}}
	}
	return m.clusters[name]
}

func (m *measure) value(name string) int {
	n, ok := m.numbers[name]
	if !ok {
		n = len(m.names)
		m.numbers[name], m.names = n, append(m.names, name)
	}
	return n
}

// apart returns the distances of all values, which are told once.
func (m *measure) apart() [][]float64 {
	if len(m.between) != len(m.names) {
		m.between = make([][]float64, len(m.names))
		for x, a := range m.names {
			for _, b := range m.names {
				m.between[x] = append(m.between[x], m.distance(a, b))
			}
		}
	}
	return m.between
}

// together adds clusters up.
func (m *measure) together(clusters []*sums) sums {
	all := sums{first: make(map[int]float64, len(m.names)), second: make(map[int]float64, len(m.names))}
	for _, c := range clusters {
		all.n += c.n
		all.sum += c.sum
		for v, n := range c.first {
			all.first[v] += n
		}
		for v, n := range c.second {
			all.second[v] += n
		}
	}
	return all
}

// draws is how often clusters are drawn for an interval.
const draws = 1000

// estimate returns the coefficient with its interval: clusters are drawn with
// replacement, and the middle 95 per cent of what the coefficient then is are told.
func (m *measure) estimate() Estimate {
	var e Estimate
	names := slices.Sorted(maps.Keys(m.clusters))
	whole := make([]*sums, len(names))
	for i, name := range names {
		whole[i] = m.clusters[name]
	}
	if e.Value, e.Known = m.of(m.together(whole), m); !e.Known || len(names) < 2 {
		return e
	}
	random := rand.New(rand.NewPCG(1, uint64(len(names))))
	drawn, some := make([]float64, 0, draws), make([]*sums, len(names))
	for range draws {
		for i := range some {
			some[i] = whole[random.IntN(len(whole))]
		}
		if v, ok := m.of(m.together(some), m); ok {
			drawn = append(drawn, v)
		}
	}
	if len(drawn) < draws/2 {
		return e // too often all that is drawn is one value
	}
	slices.Sort(drawn)
	e.Low, e.High, e.Bounded = drawn[int(.025*float64(len(drawn)))], drawn[int(.975*float64(len(drawn)-1))], true
	return e
}
