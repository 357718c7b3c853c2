package capture

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// dga warns where members differ in how easily they are listed, and keeps still
// where lists depend on each other as its graphs have it.
func TestGraphsWarnWhereMembersDiffer(t *testing.T) {
	const tables = 40
	for _, test := range []struct {
		name, scenario string
		least, most    int // tables with the warning
	}{
		{"one in ten is known everywhere", "sim1", 36, tables},
		{"one in five is known everywhere", "sim3", 36, tables},
		{"a quarter is well known, four lists", "1500:.1,.15,.2,.1 500:.6,.5,.7,.6", 36, tables},
		{"lists apart", "2000:.2,.3,.25,.3,.2", 0, 4},
		{"two pairs of lists", "2000:.2,.3,.25,.3,.2 12=1 34=1", 0, 4},
		{"a chain of lists", "2000:.2,.3,.25,.3 12=1 23=1", 0, 4},
		{"three lists together", "2000:.1,.15,.1,.2,.2 12=1 23=1 13=0.5 123=0.5", 0, 4},
	} {
		s, warned := scenario(t, test.scenario), 0
		for k := range uint64(tables) {
			r := Graphs{MaxMissing: 5, Multiple: true, Grid: 300}.Estimate(s.Draw(rand.New(rand.NewPCG(4, k))))
			warned += int(indicator(slices.ContainsFunc(r.Warnings, func(n Notice) bool { return n.Kind == Heterogeneous })))
		}
		if warned < test.least || warned > test.most {
			t.Error(test.name, "is warned of in", fmt.Sprint(warned, " of ", tables), "tables, want from", test.least, "to", test.most)
		}
	}
}
