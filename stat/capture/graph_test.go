package capture

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The numbers of labelled chordal graphs (OEIS A058862).
func TestDecomposableGraphs(t *testing.T) {
	for i, want := range []int{1, 2, 8, 61, 822, 18154} {
		if got := len(decomposable(i + 1)); got != want {
			t.Errorf("%d lists have %d decomposable graphs, want %d", i+1, got, want)
		}
	}
}

func TestFactors(t *testing.T) {
	for _, test := range []struct {
		name  string
		graph graph
		want  string
		ok    bool
	}{
		{"no two lists depend", 0, "[1,2,3,4]", true},
		{"a chain", edge(0, 1) | edge(1, 2) | edge(2, 3), "[12,23,34]", true},
		{"a ring of four is not decomposable", edge(0, 1) | edge(1, 2) | edge(2, 3) | edge(0, 3), "", false},
		{"a ring with one string", edge(0, 1) | edge(1, 2) | edge(2, 3) | edge(0, 3) | edge(0, 2), "[123,134]", true},
		{"all depend", 63, "[1234]", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			factors, ok := test.graph.factors(4)
			if ok != test.ok {
				t.Fatalf("decomposable: %v", ok)
			}
			if ok && test.graph.name(4) != test.want {
				t.Errorf("cliques %s, want %s", test.graph.name(4), test.want)
			}
			lists := 0
			for _, f := range factors {
				lists += f.times * f.set.Lists()
			}
			if ok && lists != 4 {
				t.Errorf("cliques less separators hold %d lists, want each of 4 once", lists)
			}
		})
	}
}

// Two lists and nothing joined: the probability of the table is that of two
// beta-binomials, worked out by hand for five people.
func TestMarginalByHand(t *testing.T) {
	tab := NewTable([]string{"A", "B"}, []Cell{{1, 2}, {2, 1}, {3, 1}})
	s := newMarginals(tab, 0.25)
	logs := make([]float64, 4)
	common := s.at(1, []History{1, 2}, logs)
	factors, _ := graph(0).factors(2)
	got := common + candidate{0, factors}.score(logs)
	beta := func(a, b float64) float64 { return logGammaAt(a) + logGammaAt(b) - logGammaAt(a+b) }
	// on A 3 of 5, on B 2 of 5; each half of the prior weighs 1/2
	want := beta(3.5, 2.5) + beta(2.5, 3.5) - 2*beta(0.5, 0.5) + math.Log(120) - math.Log(5)
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("log likelihood %v, want %v", got, want)
	}
}

// The walks above six lists, started on five, must find what the sum over all
// graphs finds.
func TestWalksFindWhatCounts(t *testing.T) {
	tab := NewTable([]string{"A", "B", "C", "D", "E"}, []Cell{{1, 90}, {2, 80}, {4, 70}, {8, 60}, {16, 50}, {3, 30}, {6, 9}, {12, 25}, {17, 8}, {24, 6}, {7, 4}, {31, 1}})
	s := newMarginals(tab, 1.0/32)
	missing := Graphs{MaxMissing: 2000}.missing(tab.Observed())
	var r Result
	r.Lists = 5
	all, top := s.candidates(missing, 1, &r)
	by, _ := s.posterior(all, top, missing)
	met := map[graph]bool{}
	for _, c := range s.walk(missing, 1) {
		met[c.graph] = true
	}
	found := 0.0
	for i, c := range all {
		if met[c.graph] {
			found += by[i]
		}
	}
	if found < 0.999 {
		t.Errorf("the walks met %.4f of the posterior", found)
	}
}

// Of large tables the posterior is a peak so narrow that a coarse look at it sees
// only its feet; graphs must not be left out by those.
func TestNarrowPosteriorsLeaveNoGraphOut(t *testing.T) {
	for _, text := range []string{"2562889:.3,.4,.5,.3 12=.02", "1708593:.3,.4,.5,.3 12=.05", "2562889:.3,.4,.5,.3 12=.05 34=.05"} {
		tab := scenario(t, text).Draw(rand.New(rand.NewPCG(5, 5)))
		m := Graphs{MaxMissing: 0.3, Multiple: true, Grid: 50_000}
		missing, s := m.missing(tab.Observed()), newMarginals(tab, 1.0/16)
		var all []candidate
		for _, g := range decomposable(4) {
			factors, _ := g.factors(4)
			all = append(all, candidate{g, factors})
		}
		_, top := s.peaks(all, missing)
		by, over := s.posterior(all, top, missing)
		want, got := summarise(tab.Observed(), missing, over), m.Estimate(tab)
		if got.Estimate.String() != want.String() || got.Diagnostics.Model != s.diagnose(all, by).Model {
			t.Errorf("%s: %s by %s, every graph summed over gives %s by %s", text, got.Estimate, got.Diagnostics.Model, want, s.diagnose(all, by).Model)
		}
	}
}

func TestSevenLists(t *testing.T) {
	var cells []Cell
	for j := range 7 {
		cells = append(cells, Cell{1 << j, 100}, Cell{1<<j | 1<<((j+1)%7), 20}, Cell{1<<j | 1<<((j+3)%7), 15})
	}
	r := Graphs{MaxMissing: 3, Multiple: true, Grid: 200, Seed: 1}.Estimate(NewTable([]string{"A", "B", "C", "D", "E", "F", "G"}, cells))
	if r.Estimate == nil || *r.Estimate.Low < float64(r.Observed) {
		t.Errorf("seven lists give %s", r)
	}
}
