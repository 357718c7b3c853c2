package capture

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Methods warn where members differ in how easily they are listed in a way that
// the method does not allow for, and keep still where lists depend on each other
// as it has them.
func TestMethodsWarnWhereMembersDiffer(t *testing.T) {
	const tables = 30
	graphs := Graphs{MaxMissing: 5, Multiple: true, Grid: 300}
	alike := []Method{graphs, LogLinear{Order: 2}, Sparse{}, Coverage{Bootstrap: 20}}
	for _, test := range []struct {
		name, scenario string
		methods        []Method
		least, most    int // tables with the warning
	}{
		{"one in ten is known everywhere", "sim1", []Method{graphs, Sparse{}}, 27, tables},
		{"one in five is known everywhere", "sim3", alike, 27, tables},
		{"three classes", "sim4", []Method{graphs, Sparse{}, Coverage{Bootstrap: 20}}, 27, tables},
		{"classes that avoid each other's lists", "sim5", append(alike, LowerBound{}), 26, tables},
		{"a quarter is well known, four lists", "1500:.1,.15,.2,.1 500:.6,.5,.7,.6", alike, 27, tables},
		{"a bound stays one", "sim1", []Method{LowerBound{}}, 0, 3},
		{"lists apart", "2000:.2,.3,.25,.3,.2", append(alike, LowerBound{}), 0, 3},
		{"two pairs of lists", "2000:.2,.3,.25,.3,.2 12=1 34=1", alike, 0, 3},
		{"a chain of lists", "2000:.2,.3,.25,.3 12=1 23=1", alike, 0, 3},
		{"three lists together", "2000:.1,.15,.1,.2,.2 12=1 23=1 13=0.5 123=0.5", []Method{graphs}, 0, 3},
	} {
		s := scenario(t, test.scenario)
		for _, m := range test.methods {
			warned, estimated := 0, 0
			for k := range uint64(tables) {
				r := m.Estimate(s.Draw(rand.New(rand.NewPCG(4, k))))
				estimated += int(indicator(r.Estimate != nil))
				warned += int(indicator(slices.ContainsFunc(r.Warnings, func(n Notice) bool { return n.Kind == Heterogeneous })))
			}
			if warned < test.least-(tables-estimated) || warned > test.most {
				t.Error(test.name, "is warned of by", m.Name(), "in", fmt.Sprint(warned, " of ", estimated), "tables, want from", test.least, "to", test.most)
			}
		}
	}
}

// The latent classes warn where lists depend on each other in pairs, and keep still
// where members are of classes.
func TestClassesWarnWhereListsDepend(t *testing.T) {
	const tables = 30
	for _, test := range []struct {
		name, scenario string
		least, most    int
	}{
		{"one pair", "2000:.2,.3,.25,.3,.2 12=1", 28, tables},
		{"two pairs", "2000:.2,.3,.25,.3,.2 12=1 34=1", 28, tables},
		{"a chain of four lists", "2000:.2,.3,.25,.3 12=1 23=1", 27, tables},
		{"two classes", "sim1", 0, 2}, {"two classes", "sim2", 0, 2}, {"two classes", "sim3", 0, 2}, {"three classes", "sim4", 0, 2}, {"two classes", "sim5", 0, 2},
		{"lists apart", "2000:.2,.3,.25,.3,.2", 0, 2},
		{"three lists, of which classes cannot be told", "600:.3,.4,.35 12=1", 0, 0},
	} {
		s, warned := scenario(t, test.scenario), 0
		for k := range uint64(tables) {
			table := s.Draw(rand.New(rand.NewPCG(4, k)))
			r := begin("lcmcr", table, 1)
			r.dependent(table)
			warned += len(r.Warnings)
		}
		if warned < test.least || warned > test.most {
			t.Error(test.name, test.scenario, "is warned of in", warned, "tables, want from", test.least, "to", test.most)
		}
	}
}
