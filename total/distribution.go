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
// Incidents without a figure are in neither.
type Distribution struct {
	Method      string `json:"method"`
	Independent Spread `json:"independent"`
	Together    Spread `json:"together"`
	Draws       int    `json:"draws"`
	Seed        uint64 `json:"seed"`
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
const DistributionMethod = "each whole number of an incident's range is as likely as any other; independent: incidents vary each for itself; together: all lie equally far up their ranges; incidents with no figure are left out; a floor that nobody gives is taken for nobody, a ceiling that nobody gives for the floor"

// Distributions returns the distribution of every row of the answer of s, in
// their order. The same seed gives the same numbers.
func Distributions(s Selection, draws int, seed uint64) []Distribution {
	ranges := map[key][]cairn.Range{}
	for f := range s.taken() {
		c := s.Counted.Words.Counted(f)
		for _, g := range s.By.groups(s.Counted.Words, s.By.number(f)) {
			k := key{g, c.Harm, c.Class}
			ranges[k] = append(ranges[k], c.Range)
		}
	}
	var all []Distribution
	for n, row := range Of(s).Rows {
		random := rand.New(rand.NewPCG(seed, uint64(n)))
		all = append(all, distribution(ranges[key{string(row.By), row.Harm, row.Class}], draws, seed, random))
	}
	return all
}

// A key is what a row adds up.
type key struct {
	by    string
	harm  cairn.Harm
	class cairn.Class
}

func distribution(of []cairn.Range, draws int, seed uint64, random *rand.Rand) Distribution {
	of = slices.DeleteFunc(slices.Clone(of), func(r cairn.Range) bool { return !r.Known() })
	apart, together := make([]int, draws), make([]int, draws)
	for n := range draws {
		level := random.Float64()
		for _, r := range of {
			low, width := ends(r)
			apart[n] += low + random.IntN(width)
			together[n] += low + min(int(level*float64(width)), width-1)
		}
	}
	return Distribution{DistributionMethod, spread(apart), spread(together), draws, seed}
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

func spread(draws []int) Spread {
	slices.Sort(draws)
	var sum float64
	for _, d := range draws {
		sum += float64(d)
	}
	n := len(draws)
	return Spread{Mean: sum / float64(n), Median: draws[n/2], Low: draws[n*25/1000], High: draws[min(n-1, n*975/1000)]}
}
