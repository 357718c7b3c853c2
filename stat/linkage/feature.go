package linkage

// A grade is how far two values agree; 0 is that one is not stated, 1 that they
// differ. What the others are is the feature's to say, and what they weigh is
// learned.
type grade = uint8

const (
	unstated grade = iota
	differ
)

// grades is how many grades a feature can have.
const grades = 16

// A feature is one thing that is compared of two records.
type feature struct {
	name        string
	kind        Kind
	labels      []string // of the grades
	of          []uint32 // the value of each record, 0 not stated
	compare     func(x, y uint32) (grade, float64)
	others      []*feature             // of the same values, where this one's may stand by mistake
	close       func(x, y uint32) bool // whether x and y could be found for one another; quicker than comparing
	kin         bool                   // relatives share it
	loose       bool                   // names of it may stand in another's place without those standing in its
	swapped     grade                  // the grade of that
	found       grade                  // the least that counts as found there
	exact       [2]grade               // the first and last of the grades of equality, by rarity; the last is the rarest
	mostDiff    float64                // the largest share of matches that can differ
	slope       float64                // what likeness beyond the usual of a grade adds, in bits
	compareSame func(x uint32) grade   // where equal values have no grades of rarity
	packed      []uint32               // the dates, where they are
	texts       *texts                 // the texts, where they are
	values      func() int             // how many values there are, where features share them
	aspects     []aspect
	keysOf      func(value, aspect int) []uint64

	share    []float32 // of each value among those stated
	alike    []float32 // of each value and those of its key
	stated   int
	distinct int
}

// An aspect is a key of a value that candidates can share.
type aspect struct {
	name string
	fine int // how sharply it tells, for names of one feature: the coarser is implied by the finer
}

// unseen is how many records are thought to stand behind every list, of values
// that it does not show: in a list of three, a name that one has is not had by
// one person in three.
const unseen = 100

func (f *feature) count() {
	most := 0
	if f.values != nil {
		most = f.values() - 1
	}
	for _, v := range f.of {
		most = max(most, int(v))
	}
	counts := make([]int, most+1)
	for _, v := range f.of {
		counts[v]++
		if v != 0 {
			f.stated++
		}
	}
	f.share = make([]float32, len(counts))
	byKey := map[uint64]int{}
	for v := 1; v < len(counts); v++ {
		if counts[v] > 0 {
			f.distinct++
			byKey[f.mainKey(v)] += counts[v]
		}
	}
	f.alike = make([]float32, len(counts))
	all := float32(f.stated + unseen)
	for v := 1; v < len(counts); v++ {
		f.share[v] = float32(counts[v]) / all
		f.alike[v] = float32(byKey[f.mainKey(v)]) / all
	}
}

func (f *feature) mainKey(value int) uint64 {
	if keys := f.keysOf(value, 0); len(keys) > 0 {
		return keys[0]
	}
	return uint64(value)
}

// telling is how much the feature tells records apart: the share of pairs that
// it says something of and that differ in it.
func (f *feature) telling() float64 {
	same := 0.0
	for _, s := range f.share {
		same += float64(s) * float64(s)
	}
	stated := float64(f.stated) / float64(max(len(f.of), 1))
	return stated * stated * (1 - same)
}

// rarity is the grade of equality for a value of this share of the list.
func (f *feature) rarity(share float32) grade {
	g := f.exact[0]
	for limit := float32(0.02); g < f.exact[1] && share < limit; limit /= 10 {
		g++
	}
	return g
}

// same is the grade of two records that have the value x.
func (f *feature) same(x uint32) grade {
	if f.compareSame != nil {
		return f.compareSame(x)
	}
	return f.rarity(f.share[x])
}

// eachValue calls do with every value that is stated, its share of those stated
// and that of all thought to stand behind the list.
func (f *feature) eachValue(do func(x uint32, of, behind float64)) {
	more := float64(f.stated+unseen) / float64(max(f.stated, 1))
	for x, share := range f.share {
		if x > 0 && share > 0 {
			do(uint32(x), float64(share)*more, float64(share))
		}
	}
}

// shareOf is how common the values x and y are, where they agree as g.
func (f *feature) shareOf(x, y uint32, g grade) float32 {
	if x == y {
		return f.share[x]
	}
	if f.kind == Text || f.kind == ID {
		return max(f.share[x], f.share[y])
	}
	return max(f.alike[x], f.alike[y])
}

// A comparer compares records, and keeps what it compared of late. One for each
// worker.
type comparer struct {
	features []*feature
	kept     [][]keptGrade
}

type keptGrade struct {
	pair uint64
	g    grade
	fine float32
}

const keptSize = 1 << 14

func newComparer(features []*feature) *comparer {
	c := &comparer{features: features, kept: make([][]keptGrade, len(features))}
	for i := range c.kept {
		c.kept[i] = make([]keptGrade, keptSize)
	}
	return c
}

// values compares two values of feature k.
func (c *comparer) values(k int, x, y uint32) (grade, float32) {
	f := c.features[k]
	if x == 0 || y == 0 {
		return unstated, 0
	}
	if x == y {
		return f.same(x), 0
	}
	pair := uint64(min(x, y))<<32 | uint64(max(x, y))
	slot := &c.kept[k][(pair*0x9E3779B97F4A7C15)>>(64-14)]
	if slot.pair != pair {
		g, fine := f.compare(min(x, y), max(x, y))
		*slot = keptGrade{pair, g, float32(fine)}
	}
	return slot.g, slot.fine
}

// record compares records a and b in feature k.
func (c *comparer) record(k int, a, b int) (grade, float32) {
	f := c.features[k]
	x, y := f.of[a], f.of[b]
	g, fine := c.values(k, x, y)
	if g == differ && c.elsewhere(k, a, b) {
		return f.swapped, 0
	}
	return g, fine
}

// elsewhere reports whether the value of a in feature k stands at another place
// in b, or that of b in a: exchanged with it, or where chains of names are of
// different length.
func (c *comparer) elsewhere(k, a, b int) bool {
	f := c.features[k]
	x, y := f.of[a], f.of[b]
	for _, o := range f.others {
		there, back := c.stands(k, x, o.of[b], f.found), c.stands(k, o.of[a], y, f.found)
		switch {
		case there && back, o.loose && (there || back):
			return true
		case there && (o.of[a] == 0 || y == 0), back && (x == 0 || o.of[b] == 0):
			return true
		}
	}
	return false
}

func (c *comparer) stands(k int, x, y uint32, least grade) bool {
	if x == 0 || y == 0 || !c.features[k].close(x, y) {
		return false
	}
	g, _ := c.values(k, x, y)
	return g >= least
}

// A vector is the grades of all features, four bits each, the first lowest.
type vector uint64

func (v vector) grade(k int) grade { return grade(v>>(4*k)) & 15 }

// vector compares records a and b in all features.
func (c *comparer) vector(a, b int) (v vector) {
	for k := range c.features {
		g, _ := c.record(k, a, b)
		v |= vector(g) << (4 * k)
	}
	return v
}
