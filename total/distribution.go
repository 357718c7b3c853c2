package total

import (
	"math/rand/v2"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Distribution is what the sum of one row may be under stated assumptions,
// simulated from the ranges of its incidents. It stands beside the sum of floors
// and the sum of ceilings, which assume nothing, and takes the place of neither.
//
// Two ways of depending are simulated, since nobody knows which holds: that each
// incident's number lies anywhere in its range whatever the others are
// (Independent), and that all lie equally far up their ranges (Together), as
// when the same habit of counting made every report. The truth is likely
// between. Within a range every whole number is taken as equally likely.
// Incidents without a figure are in neither; where no incident has one, both are
// nil, since what is not known is not nobody. Incidents that share a toll go
// together no higher than it, as in the sums.
type Distribution struct {
	Method      string  `json:"method"`
	Independent *Spread `json:"independent"`
	Together    *Spread `json:"together"`
	Draws       int     `json:"draws"`
	Seed        uint64  `json:"seed"`
}

// A Spread is the middle of a distribution and the interval that holds 95 of 100
// draws.
type Spread struct {
	Mean   float64 `json:"mean"`
	Median int     `json:"median"`
	Low    int     `json:"low"`  // 2.5 of 100 draws lie below
	High   int     `json:"high"` // 2.5 of 100 draws lie above
}

// DistributionMethod says in words what Distribution assumes.
const DistributionMethod = "each whole number of an incident's range is as likely as any other; independent: incidents vary each for itself; together: all lie equally far up their ranges; incidents with no figure are left out; those that share a toll go together no higher than it; a floor that nobody gives is taken for nobody, a ceiling that nobody gives for the floor"

// Distributions returns the distribution of every row of the answer of s, in
// their order. The same seed gives the same numbers.
func Distributions(s Selection, draws int, seed uint64) []Distribution {
	figures := map[key][]drawn{}
	for f := range s.taken() {
		c := s.Counted.Words.Counted(f)
		for _, g := range s.By.groups(s.Counted.Words, s.By.number(f)) {
			k := key{g, c.Harm, c.Class}
			if of := figures[k]; c.Range.Known() && (len(of) == 0 || of[len(of)-1].code != c.Code) {
				low, width := ends(c.Range)
				figures[k] = append(of, drawn{c.Code, low, width})
			}
		}
	}
	var all []Distribution
	for n, row := range Of(s).Rows {
		d := Distribution{Method: DistributionMethod, Draws: draws, Seed: seed}
		if of := figures[key{string(row.By), row.Harm, row.Class}]; len(of) > 0 {
			random := rand.New(rand.NewPCG(seed, uint64(n)))
			d.Independent, d.Together = simulated(of, s.caps(cairn.Tally{Harm: row.Harm, Class: row.Class}, of), draws, random)
		}
		all = append(all, d)
	}
	return all
}

// A key is what a row adds up.
type key struct {
	by    string
	harm  cairn.Harm
	class cairn.Class
}

// A drawn is the figure of one incident: its floor and how many whole numbers its
// range holds.
type drawn struct {
	code       string
	low, width int
}

// A limit is a toll that some of the figures of a row share.
type limit struct {
	members []int
	toll    int
}

// caps returns the tolls that several of the figures of a row share.
func (s Selection) caps(row cairn.Tally, of []drawn) []limit {
	var all []limit
	for _, shared := range s.Shared {
		toll, ok := shared.Toll[row.Key()]
		if !ok || !toll.Max.Known {
			continue
		}
		l := limit{toll: toll.Max.N}
		for k, d := range of {
			if slices.Contains(shared.Incidents, d.code) {
				l.members = append(l.members, k)
			}
		}
		if len(l.members) > 1 {
			all = append(all, l)
		}
	}
	return all
}

func simulated(of []drawn, caps []limit, draws int, random *rand.Rand) (independent, together *Spread) {
	apart, joint := make([]int, draws), make([]int, draws)
	one, other := make([]int, len(of)), make([]int, len(of))
	for n := range draws {
		level := random.Float64()
		for k, d := range of {
			one[k] = d.low + random.IntN(d.width)
			other[k] = d.low + min(int(level*float64(d.width)), d.width-1)
		}
		apart[n], joint[n] = summed(one, caps), summed(other, caps)
	}
	return spread(apart), spread(joint)
}

// summed adds figures up; those that share a toll go no higher than it.
func summed(figures []int, caps []limit) int {
	sum := 0
	for _, f := range figures {
		sum += f
	}
	for _, l := range caps {
		shared := 0
		for _, k := range l.members {
			shared += figures[k]
		}
		sum -= max(0, shared-l.toll)
	}
	return sum
}

// ends returns the floor of a range and how many whole numbers it holds. A floor
// that is lacking is taken for nobody, a ceiling for the floor, as the method
// says in words.
func ends(r cairn.Range) (low, width int) {
	low, high := r.Min.N, r.Max.N
	if !r.Min.Known {
		low = 0
	}
	if !r.Max.Known {
		high = low
	}
	return low, high - low + 1
}

func spread(draws []int) *Spread {
	slices.Sort(draws)
	var sum float64
	for _, d := range draws {
		sum += float64(d)
	}
	n := len(draws)
	return &Spread{Mean: sum / float64(n), Median: draws[n/2], Low: draws[n*25/1000], High: draws[min(n-1, n*975/1000)]}
}
