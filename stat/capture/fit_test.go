package capture

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Hierarchical models with every main effect, the full term left out: one less
// than the number of monotone functions that the Dedekind numbers count.
func TestHierarchies(t *testing.T) {
	for _, test := range []struct{ lists, order, want int }{{3, 3, 8}, {4, 4, 113}, {5, 5, 6893}, {5, 2, 1024}} {
		many, seen := 0, map[string]bool{}
		hierarchies(test.lists, test.order, func(m Model) {
			many++
			seen[m.String()] = true
		})
		if many != test.want || len(seen) != test.want {
			t.Errorf("%d lists to order %d: %d models, %d of them apart, want %d", test.lists, test.order, many, len(seen), test.want)
		}
	}
}

func TestParseModel(t *testing.T) {
	for _, test := range []struct{ text, want, fault string }{
		{"12,3,4", "[12,3,4]", ""},
		{"[123,14,34]", "[123,14,34]", ""},
		{"12,1", "[12,3,4]", ""},
		{"21, 43", "[12,34]", ""},
		{"1234", "", `model "1234": all lists interact, and then nothing says how many are on none`},
		{"15", "", `model "15": '5' is no list from 1 to 4`},
		{"12,,3", "", `model "12,,3": a generator is empty`},
	} {
		m, err := ParseModel(test.text, 4)
		if err != nil && err.Error() != test.fault || err == nil && m.String() != test.want {
			t.Errorf("%q: %s, %v; want %s %s", test.text, m, err, test.want, test.fault)
		}
	}
}

// Two lists under independence: the fitted cells are known, and so is the
// variance of the logarithm of the number unseen.
func TestPoissonByHand(t *testing.T) {
	tab := NewTable([]string{"A", "B"}, []Cell{{1, 40}, {2, 30}, {3, 6}})
	f := poisson(NewModel(2).design(histories(2)), tab.dense())
	if !f.converged || math.Abs(math.Exp(f.beta[0])-200) > 1e-9 {
		t.Errorf("unseen %v, want 40*30/6", math.Exp(f.beta[0]))
	}
	if want := 1.0/40 + 1.0/30 + 1.0/6; math.Abs(f.variance-want) > 1e-9 {
		t.Errorf("variance %v, want %v", f.variance, want)
	}
}

func TestSupport(t *testing.T) {
	for _, test := range []struct {
		name, model string
		counts      []float64 // of 100 010 110 001 101 011 111
		gone        []int     // histories
		unseen      bool
	}{
		{"no cell is empty", "12,13,23", []float64{4, 3, 2, 5, 1, 2, 1}, nil, true},
		{"one cell is empty, its margin is not", "1,2,3", []float64{4, 3, 2, 5, 1, 2, 0}, nil, true},
		{"nobody is on 1 and 2: both cells go", "12,3", []float64{4, 3, 0, 5, 1, 2, 0}, []int{3, 7}, true},
		{"nobody is on 1 and 2, nor on 1 and 3 or 2 and 3", "12,13,23", []float64{4, 3, 0, 5, 0, 0, 0}, []int{3, 5, 6, 7}, false},
		{"the empty cells lie on a face that is no margin", "12,13,23", []float64{0, 3, 2, 5, 1, 2, 0}, []int{1, 7}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, err := ParseModel(test.model, 3)
			if err != nil {
				t.Fatal(err)
			}
			rows, _, unseen := support(m.design(histories(3)), test.counts)
			var gone []int
			for i := range 7 {
				if !slices.Contains(rows, i) {
					gone = append(gone, i+1)
				}
			}
			if !slices.Equal(gone, test.gone) || unseen != test.unseen {
				t.Errorf("cells gone %v, unseen told %v; want %v, %v", gone, unseen, test.gone, test.unseen)
			}
		})
	}
}

// The example of Chan, Silverman and Vincent (2021) with three lists of which
// one shares nobody: with both empty pairs in, the two lists that overlap give
// the number unseen as two lists do, among those not on the third.
func TestEmptyPairsAreExtended(t *testing.T) {
	tab := table(t, "100 40,010 30,001 20,110 6")
	s := newStepwise(3, 0.02)
	f, rows, ok := s.try(tab.dense(), s.totals(tab.dense()), []int{1, 2})
	if !ok || len(rows) != 4 || math.Abs(math.Exp(f.beta[0])-200) > 1e-6 {
		t.Errorf("fitted %v on %d cells, unseen %v; want 200 on 4", ok, len(rows), math.Exp(f.beta[0]))
	}
	if _, _, ok := s.try(tab.dense(), s.totals(tab.dense()), []int{0, 1, 2}); ok {
		t.Error("with all three pairs in, nothing says how many are unseen")
	}
}

func TestPoissonTail(t *testing.T) {
	for _, test := range []struct{ n, mean, want float64 }{
		{0, 2, math.Exp(-2)},
		{1, 2, 3 * math.Exp(-2)},
		{3, 2, 1 - 5*math.Exp(-2)},
		{5, 0, 1},
	} {
		if got := poissonTail(test.n, test.mean); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%v of mean %v: %v, want %v", test.n, test.mean, got, test.want)
		}
	}
}

func TestBootstrapHoldsThePoint(t *testing.T) {
	r := Sparse{Bootstrap: 500, Seed: 1}.Estimate(independent(t, 3000))
	if i := r.Estimate; !(*i.Low < *i.Point && *i.Point < *i.High) || !(*i.Low < 3000 && 3000 < *i.High) {
		t.Errorf("interval %s", i)
	}
}

func TestAverageOfModels(t *testing.T) {
	tab := independent(t, 3000)
	best, mean := LogLinear{}.Estimate(tab), LogLinear{Average: true}.Estimate(tab)
	if !near(mean.Estimate.Point, 3000, 0.05) {
		t.Errorf("the mean over models is %s", mean.Estimate)
	}
	if *mean.Estimate.High-*mean.Estimate.Low <= *best.Estimate.High-*best.Estimate.Low {
		t.Errorf("the interval over models, %s, is no wider than that of the best alone, %s", mean.Estimate, best.Estimate)
	}
}

func strata(t *testing.T, unknown int) Histories {
	t.Helper()
	h := Histories{Lists: []string{"A", "B", "C", "D"}, By: []string{"sex"}}
	if unknown > 0 {
		h.Strata = append(h.Strata, Stratum{[]string{""}, NewTable(h.Lists, []Cell{{1, unknown}, {2, unknown}, {3, unknown}})})
	}
	h.Strata = append(h.Strata, Stratum{[]string{"man"}, independent(t, 4000)}, Stratum{[]string{"woman"}, independent(t, 2000)})
	return h
}

// Two strata of known size: the sum's error is the root of the sum of squares,
// so that its interval is narrower than the sum of both intervals.
func TestSumOverStrata(t *testing.T) {
	for _, m := range []Method{LogLinear{Order: 2}, Graphs{Grid: 2000, MaxMissing: 3, Multiple: true}, LowerBound{}} {
		r := ByStratum(m, strata(t, 0), 1)
		if len(r) != 3 || r[0].Stratum["sex"] != "man" || r[2].Stratum != nil {
			t.Fatalf("%s answers %v", m.Name(), r)
		}
		width := func(i *Interval) float64 { return *i.High - *i.Low }
		want := math.Hypot(width(r[0].Estimate), width(r[1].Estimate))
		if got := width(r[2].Estimate); math.Abs(got/want-1) > 0.1 {
			t.Errorf("%s: the sum's interval is %.0f wide, want about %.0f", m.Name(), got, want)
		}
		if m.Name() == "chao" && !strings.Contains(fmt.Sprint(r[2].Warnings), "in 2 of 2 strata, first in sex man: this is a lower bound") {
			t.Errorf("the sum of lower bounds does not say that it is one: %v", r[2].Warnings)
		}
		if got := r[2].Estimate.center(); math.Abs(got/6000-1) > 0.02 {
			t.Errorf("%s: the sum is %.0f of 6000", m.Name(), got)
		}
	}
}

func TestSumWithAStratumRefused(t *testing.T) {
	h := strata(t, 0)
	h.Strata[1].Table = NewTable(h.Lists, []Cell{{1, 5}, {2, 5}, {4, 5}, {8, 5}})
	r := ByStratum(LowerBound{}, h, 1)
	if last := r[2]; last.NotEstimable == nil || last.NotEstimable.Kind != StratumRefused {
		t.Errorf("the sum is %s, want a refusal that names the stratum", last)
	}
}

func TestMissingStrata(t *testing.T) {
	whole, gaps := ByStratum(LowerBound{}, strata(t, 0), 1), ByStratum(LowerBound{}, strata(t, 150), 1)
	if len(gaps) != 3 {
		t.Fatalf("%d answers, want both strata and the sum: %v", len(gaps), gaps)
	}
	if share := gaps[0].Diagnostics.Imputed; share == nil || *share <= 0 || *share >= 1 {
		t.Errorf("the imputation's share of the variance is %v", share)
	}
	if sum := gaps[2].Diagnostics.Imputed; sum == nil || *sum > *gaps[0].Diagnostics.Imputed/5 {
		t.Errorf("the imputation's share of the variance of the sum is %v, though whom one stratum wins another loses", value(sum))
	}
	if got, want := gaps[0].Observed+gaps[1].Observed, whole[0].Observed+whole[1].Observed+450; got != want {
		t.Errorf("%d observed in both strata, want %d", got, want)
	}
	again := ByStratum(LowerBound{}, strata(t, 150), 1)
	if fmt.Sprint(again) != fmt.Sprint(gaps) {
		t.Error("the same seed deals otherwise")
	}
}

func value(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

// An interval from drawn tables says how many of them carry no estimate.
func TestBootstrapOfCoverageSaysWhatItLeavesOut(t *testing.T) {
	thin := scenario(t, "sim1").Draw(rand.New(rand.NewPCG(1, 1)))
	if r := (Coverage{}).Estimate(thin); r.Estimate == nil || !kinds(r.Warnings)[NotIdentifiable] {
		t.Errorf("no warning in %s", r)
	}
	if r := (Coverage{}).Estimate(independent(t, 3000)); r.Estimate == nil || kinds(r.Warnings)[NotIdentifiable] {
		t.Errorf("a warning without need in %s", r)
	}
}
