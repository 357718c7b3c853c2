package capture

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// table builds a table from histories and counts, as in "110 6, 100 40".
func table(t testing.TB, text string) Table {
	t.Helper()
	rows := "count"
	for i, part := range strings.Split(text, ",") {
		fields := strings.Fields(part)
		if i == 0 {
			rows = ""
			for j := range fields[0] {
				rows += string(rune('A'+j)) + ","
			}
			rows += "count\n"
		}
		rows += strings.Join(strings.Split(fields[0], ""), ",") + "," + fields[1] + "\n"
	}
	h, err := Read(strings.NewReader(rows))
	if err != nil {
		t.Fatal(err)
	}
	return h.Table()
}

// evaluation is a published table, where the evaluation kit is at hand.
func evaluation(t testing.TB, name string) Table {
	t.Helper()
	file, err := os.Open("../../../shared/eval/estimate/" + name + ".csv")
	if err != nil {
		t.Skip("the evaluation kit is not at hand: ", err)
	}
	defer file.Close()
	h, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return h.Table()
}

// near reports whether got lies within a relative tolerance of want.
func near(got *float64, want, tolerance float64) bool {
	return got != nil && math.Abs(*got-want) <= tolerance*math.Abs(want)
}

// independent are four lists that take 30, 40, 50 and 20 % of so many, each
// without regard to the others; counts are the expected ones, rounded.
func independent(t testing.TB, population float64) Table {
	t.Helper()
	chance := []float64{0.3, 0.4, 0.5, 0.2}
	var cells []Cell
	for h := History(1); h < 16; h++ {
		p := population
		for j, c := range chance {
			if h.On(j) {
				p *= c
			} else {
				p *= 1 - c
			}
		}
		cells = append(cells, Cell{h, int(math.Round(p))})
	}
	return NewTable([]string{"A", "B", "C", "D"}, cells)
}

func TestTwoLists(t *testing.T) {
	for _, test := range []struct {
		name      string
		n1, n2, m int
		want      float64
		chapman   float64
	}{
		{"half of each list is on the other", 200, 100, 50, 400, 201*101/51.0 - 1},
		{"everybody on one list is on the other", 100, 50, 50, 100, 101*51/51.0 - 1},
		{"nobody is on both", 10, 10, 0, math.Inf(1), 120},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, _ := LincolnPetersen(test.n1, test.n2, test.m); got != test.want {
				t.Errorf("LincolnPetersen = %v, want %v", got, test.want)
			}
			if got, _ := Chapman(test.n1, test.n2, test.m); math.Abs(got-test.chapman) > 1e-9 {
				t.Errorf("Chapman = %v, want %v", got, test.chapman)
			}
		})
	}
	if _, stderr := Chapman(200, 100, 50); math.Abs(stderr-math.Sqrt(201*101*150*50/(51.0*51*52))) > 1e-9 {
		t.Errorf("the standard error is %v", stderr)
	}
}

// Where lists are independent, everybody alike and counts are the expected ones,
// every method must find the population.
func TestIndependentListsRecoverThePopulation(t *testing.T) {
	const population = 10000
	for _, m := range All(1) {
		t.Run(m.Name(), func(t *testing.T) {
			r := m.Estimate(independent(t, population))
			if r.NotEstimable != nil {
				t.Fatal(r.NotEstimable)
			}
			if got := r.Estimate.center(); math.Abs(got/population-1) > 0.02 {
				t.Errorf("%s gives %.0f of %d", m.Name(), got, population)
			}
			if !(*r.Estimate.Low < population && population < *r.Estimate.High) {
				t.Errorf("%.0f to %.0f misses %d", *r.Estimate.Low, *r.Estimate.High, population)
			}
		})
	}
}

// With all interactions but that of three lists, the odds of the third are those
// of the second in both halves, so that the number unseen is known in closed
// form (Fienberg 1972).
func TestSaturatedThreeLists(t *testing.T) {
	m, err := ParseModel("12,13,23", 3)
	if err != nil {
		t.Fatal(err)
	}
	r := LogLinear{Model: &m}.Estimate(table(t, "100 60,010 50,001 40,110 20,101 30,011 10,111 15"))
	want := 225 + 60.0*50*40*15/(20*30*10)
	if !near(r.Estimate.Point, want, 1e-9) {
		t.Errorf("point %v, want %v", *r.Estimate.Point, want)
	}
	if r.Estimate.High == nil || *r.Estimate.Low > want || *r.Estimate.High < want {
		t.Errorf("the interval %s does not hold the point", r.Estimate)
	}
}

func TestProfileEndsWhereTheLikelihoodFalls(t *testing.T) {
	tab := independent(t, 3000)
	f := fitModel(NewModel(4), histories(4), tab.dense())
	p := newProfile(tab, f)
	_, best := p.top(f.unseen())
	low, high := f.profile(tab)
	for _, end := range []float64{*low, *high} {
		if drop := best - p.at(end-float64(tab.Observed())); math.Abs(drop-z*z/2) > 1e-4 {
			t.Errorf("at %.1f the likelihood has fallen by %.4f, want %.4f", end, drop, z*z/2)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		name, table string
		method      Method
		kind        Kind
		words       string
	}{
		{"two lists give bounds only", "10 40,01 30,11 12", LogLinear{}, FewLists, "find a third list"},
		{"two lists give bounds only", "10 40,01 30,11 12", LatentClasses{}, FewLists, "bounds only"},
		{"nobody is on two lists", "100 40,010 30,001 12", LowerBound{}, NoOverlap, "nobody is on two lists"},
		{"a list of everybody", "100 40,110 30,101 12,111 3", Sparse{}, SaysNothing, "list A names everybody"},
		{"a list of nobody", "100 40,010 30,110 12", Graphs{}, SaysNothing, "list C names nobody"},
		{"hardly anybody", "100 4,010 3,001 2,110 2,011 3", Coverage{}, TooSmall, "14 members are on any list"},
		{"hardly anybody on two lists", "100 40,010 30,001 20,110 1,011 1,101 1", LogLinear{}, TooSmall, "3 members are on two lists"},
	} {
		t.Run(test.method.Name()+", "+test.name, func(t *testing.T) {
			r := test.method.Estimate(table(t, test.table))
			if r.Estimate != nil || r.NotEstimable == nil {
				t.Fatalf("there is an estimate: %s", r)
			}
			if r.NotEstimable.Kind != test.kind || !strings.Contains(r.NotEstimable.String(), test.words) || r.NotEstimable.Help == "" {
				t.Errorf("refused as %s: %s; want %s with %q", r.NotEstimable.Kind, r.NotEstimable, test.kind, test.words)
			}
		})
	}
}

func TestModelThatTheTableCannotTell(t *testing.T) {
	m, _ := ParseModel("12,13,23", 3)
	r := LogLinear{Model: &m}.Estimate(table(t, "100 40,010 30,001 20,110 6"))
	if r.NotEstimable == nil || r.NotEstimable.Kind != NotIdentifiable {
		t.Errorf("got %s, want a refusal: with two overlaps empty three interactions leave the unseen open", r)
	}
}

func TestWarnings(t *testing.T) {
	for _, test := range []struct {
		name, table string
		method      Method
		kind        Kind
		words       string
	}{
		{"a list apart from the rest", "100 40,010 30,001 20,110 6", Sparse{}, Disjoint, "nobody on C is on any other list"},
		{"two lists that share nobody", "100 400,010 300,001 200,110 60,011 50", Sparse{}, EmptyOverlap, "nobody is on both A and C"},
		{"the overlap is one cell", "100 40,010 30,001 20,110 30,011 1,101 1", LowerBound{}, OneCell, "30 of the 32"},
		{"a lower bound", "100 40,010 30,001 20,110 10,011 10,101 9,111 3", LowerBound{}, Bound, "at least"},
		{"two lists", "10 40,01 30,11 12", LowerBound{}, FewLists, "two lists"},
		{"a grid that ends too early", "100 90,010 80,001 70,110 9,011 8,101 7,111 2", Graphs{MaxMissing: 300}, GridEnds, "raise --max-missing"},
		{"some are easier to list", "100 400,010 400,001 400,110 100,011 100,101 100,111 200", Sparse{Threshold: 1e-300}, Heterogeneous, "easier to list"},
		{"an interval of no use", "100 90,010 80,001 70,110 4,011 3,101 2,111 1", Coverage{}, Wide, "times the lower"},
	} {
		t.Run(test.method.Name()+", "+test.name, func(t *testing.T) {
			r := test.method.Estimate(table(t, test.table))
			k := slices.IndexFunc(r.Warnings, func(n Notice) bool { return n.Kind == test.kind })
			if k < 0 {
				t.Fatalf("no such warning in %s", r)
			}
			if !strings.Contains(r.Warnings[k].String(), test.words) {
				t.Errorf("%q lacks %q", r.Warnings[k], test.words)
			}
		})
	}
	for _, m := range All(1) {
		if r := m.Estimate(independent(t, 10000)); slices.ContainsFunc(r.Warnings, func(n Notice) bool { return n.Kind != Bound }) {
			t.Errorf("%s warns of independent lists: %v", m.Name(), r.Warnings)
		}
	}
}

func TestPublished(t *testing.T) {
	for _, test := range []struct {
		table           string
		method          Method
		point           float64 // or mean
		tolerance       float64
		low, high, ends float64
	}{
		{"kosovo", LogLinear{}, 10356.52, 1e-6, 0, 0, 0},
		{"kosovo", Graphs{}, 12749.3115, 1e-7, 9827, 16544, 1e-9},
		{"kosovo", LowerBound{}, 8591.18, 1e-6, 0, 0, 0},
		{"uk5", LowerBound{}, 13570.03, 1e-6, 0, 0, 0},
		{"uk5", Sparse{}, 11312.99, 1e-6, 9884, 13027, 1e-4},
		{"netherlands5", Sparse{}, 121521.6, 1e-6, 98675, 150139, 1e-4},
		{"hav", Coverage{Seed: 1}, 507.8, 1e-3, 432, 618, 0.05},
		{"congenital", Graphs{MaxMissing: 300, Delta: 0.5}, 617.815891, 1e-9, 588, 655, 1e-9},
	} {
		t.Run(test.table+" "+test.method.Name(), func(t *testing.T) {
			i := test.method.Estimate(evaluation(t, test.table)).Estimate
			got := i.Point
			if got == nil {
				got = i.Mean
			}
			if !near(got, test.point, test.tolerance) {
				t.Errorf("got %.6f, published %.6f", *got, test.point)
			}
			if test.ends > 0 && !(near(i.Low, test.low, test.ends) && near(i.High, test.high, test.ends)) {
				t.Errorf("got %s, published %.0f to %.0f", i, test.low, test.high)
			}
		})
	}
}

// draw draws a population of two kinds of people over five lists.
func draw(dice *rand.Rand, kinds ...kind) Table {
	counts := map[History]int{}
	for _, k := range kinds {
		for range k.people {
			h := History(0)
			for j, p := range k.chance {
				if dice.Float64() < p {
					h |= 1 << j
				}
			}
			counts[h]++
		}
	}
	return NewTable([]string{"A", "B", "C", "D", "E"}, cells(counts))
}

type kind struct {
	people int
	chance []float64
}

// Tables drawn from what a method assumes are within its interval about as often
// as it says. Forty tables tell 95 % from less than 80.
func TestCoverageOfIntervals(t *testing.T) {
	alike := []kind{{2000, []float64{0.2, 0.25, 0.15, 0.3, 0.1}}}
	differing := []kind{{1600, []float64{0.05, 0.1, 0.1, 0.15, 0.05}}, {400, []float64{0.6, 0.8, 0.7, 0.7, 0.6}}}
	for _, test := range []struct {
		name   string
		kinds  []kind
		method Method
		tables int
	}{
		{"loglinear, independent lists", alike, LogLinear{Order: 2}, 40},
		{"sparse, independent lists", alike, Sparse{}, 40},
		{"dga, independent lists", alike, Graphs{Grid: 1000, MaxMissing: 5, Multiple: true}, 40},
		{"lcmcr, two kinds of people", differing, LatentClasses{Iterations: firstIterations, Seed: 1}, 12},
	} {
		t.Run(test.name, func(t *testing.T) {
			if testing.Short() && test.tables < 40 {
				t.Skip("long")
			}
			dice := rand.New(rand.NewPCG(1, 2))
			within := 0
			for range test.tables {
				r := test.method.Estimate(draw(dice, test.kinds...))
				if r.Estimate != nil && *r.Estimate.Low <= 2000 && *r.Estimate.High >= 2000 {
					within++
				}
			}
			if float64(within) < 0.8*float64(test.tables) {
				t.Errorf("%d of %d intervals hold the truth", within, test.tables)
			}
		})
	}
}
