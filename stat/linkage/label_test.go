package linkage_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// reviewed returns n labels of a simulated reviewer, who knows the truth, on the
// most doubtful pairs of one half of the people that were not seen yet.
func reviewed(found *linkage.Linkage, who []int, n int, seen []linkage.Label) (labels []linkage.Label) {
	pairs := slices.Clone(found.Pairs)
	slices.SortStableFunc(pairs, func(a, b linkage.Pair) int {
		x, y := math.Abs(a.Probability-.5), math.Abs(b.Probability-.5)
		return map[bool]int{true: -1, false: 1}[x < y]
	})
	for _, p := range pairs {
		if a, b := who[p.A.Number], who[p.B.Number]; a%2 == 0 && b%2 == 0 && len(labels) < n && !slices.ContainsFunc(seen, func(x linkage.Label) bool { return x.A == p.A && x.B == p.B }) {
			labels = append(labels, linkage.Label{A: p.A, B: p.B, Same: a == b})
		}
	}
	return labels
}

// otherHalf is the F of the pairs of the half that nobody looked at, at the usual
// threshold.
func otherHalf(found *linkage.Linkage, who []int) float64 {
	size := map[int]int{}
	for _, w := range who {
		if w%2 == 1 {
			size[w]++
		}
	}
	truth, hits, told := 0, 0, 0
	for _, n := range size {
		truth += n * (n - 1) / 2
	}
	for _, p := range found.Pairs {
		if a, b := who[p.A.Number], who[p.B.Number]; p.Probability >= linkage.Usual && (a%2 == 1 && b%2 == 1) {
			told++
			if a == b {
				hits++
			}
		}
	}
	return 2 * float64(hits) / float64(truth+told)
}

func TestLabelsTeachTheWeights(t *testing.T) {
	for _, seed := range []uint64{31, 32} {
		l, who := people(4000, seed)
		found := link(t, linkage.Options{Threshold: .02}, l)
		before := otherHalf(found, who)
		var labels []linkage.Label
		for range 4 {
			labels = append(labels, reviewed(found, who, 25, labels)...)
			found = link(t, linkage.Options{Threshold: .02, Labels: labels}, l)
		}
		after := otherHalf(found, who)
		t.Logf("%d labels: F of the half that nobody looked at %.4f before, %.4f after", len(labels), before, after)
		if after <= before {
			t.Errorf("seed %d: after %d labels F is %.4f, before it was %.4f", seed, len(labels), after, before)
		}
	}
}

func TestLabelsThatSayNothingChangeNothing(t *testing.T) {
	l, _ := people(3000, 4)
	without := link(t, linkage.Options{}, l)
	with := link(t, linkage.Options{Labels: []linkage.Label{{A: linkage.Row{List: 0, Number: 1}, B: linkage.Row{List: 0, Number: 1}, Same: true}, {A: linkage.Row{List: 7}, B: linkage.Row{Number: 2}}}}, l)
	if !reflect.DeepEqual(without.Pairs, with.Pairs) {
		t.Error("labels of rows that are not there, or of one row, move a weight")
	}
}
