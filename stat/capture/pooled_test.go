package capture

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// The eight schools of Rubin (1981): effects and standard errors, and the
// posterior medians as Gelman et al. (2013, table 5.3) print them.
func TestEightSchools(t *testing.T) {
	effects, errors := []float64{28, 8, -3, 7, -1, 1, 18, 12}, []float64{15, 10, 16, 11, 9, 11, 10, 18}
	want := []float64{10, 8, 7, 8, 5, 6, 10, 8}
	measures := make([]measure, len(effects))
	for i := range effects {
		measures[i] = measure{effects[i], errors[i] * errors[i]}
	}
	e, dice := newExchange(measures), rand.New(rand.NewPCG(1, 1))
	draws := make([][]float64, len(effects))
	for range 20000 {
		for i, v := range e.draw(dice) {
			draws[i] = append(draws[i], v)
		}
	}
	for i, d := range draws {
		slices.Sort(d)
		if got := quantile(d, 0.5); math.Abs(got-want[i]) > 1.1 {
			t.Errorf("school %c: median %.1f, want about %v", 'A'+i, got, want[i])
		}
	}
	if m := e.spread.median(); m < 3.5 || m > 6.5 { // the posterior of the book falls from 0 on, half of it under about 5
		t.Errorf("spread %v", m)
	}
}

// strataOf are results of strata whose draws are log-normal about a truth.
func strataOf(dice *rand.Rand, observed []int, odds []float64, stderr float64) (results []Result, truth float64) {
	for i, n := range observed {
		truth += float64(n) * (1 + math.Exp(-odds[i]))
		said := odds[i] + stderr*dice.NormFloat64()
		r := Result{Method: "dga", Lists: 3, Observed: n, Stratum: map[string]string{"region": fmt.Sprint("r", i)}}
		for range 2000 {
			r.Sample = append(r.Sample, float64(n)*(1+math.Exp(-said-stderr*dice.NormFloat64())))
		}
		r.Estimate = posterior(r.Sample)
		results = append(results, r)
	}
	return append(results, Result{Method: "dga", Lists: 3}), truth
}

// Strata that differ as the model has it: the pooled sum holds the truth as
// often as it says, in an interval that is shorter than that of strata apart.
func TestPooledSumHoldsTheTruth(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 1))
	held, pooledWidth, apartWidth := 0, 0.0, 0.0
	const tables = 100
	for k := range uint64(tables) {
		odds := make([]float64, 8)
		for i := range odds {
			odds[i] = 0.2 + 0.2*dice.NormFloat64()
		}
		results, truth := strataOf(dice, []int{50, 80, 120, 60, 90, 200, 40, 70}, odds, 0.5)
		p := last(Pool(results, k)).Pooled
		held += int(indicator(p.holds(truth)))
		pooledWidth += *p.High - *p.Low
		sums := make([]float64, 2000)
		for _, r := range results[:8] {
			for i := range sums {
				sums[i] += r.Sample[i]
			}
		}
		apart := posterior(sums)
		apartWidth += *apart.High - *apart.Low
	}
	if held < 88 {
		t.Errorf("%d of %d pooled sums hold the truth", held, tables)
	}
	if pooledWidth > 0.95*apartWidth {
		t.Errorf("pooled intervals are %v wide, those of strata apart %v", pooledWidth/tables, apartWidth/tables)
	}
}

// last is the sum of results.
func last(results []Result) *Result { return &results[len(results)-1] }

func TestPoolingDrawsTheUncertainToTheRest(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 1))
	results, _ := strataOf(dice, []int{400, 400, 400, 400, 400}, []float64{0, 0, 0, 0, 0}, 0.05)
	far, _ := strataOf(dice, []int{400}, []float64{-1.5}, 1)
	far[0].Stratum = map[string]string{"region": "far"}
	results[4] = far[0]
	pooled := Pool(results, 1)
	if before, after := *results[4].Estimate.Median, *pooled[4].Pooled.Median; math.Abs(after-800) > math.Abs(before-800)/2 {
		t.Errorf("the stratum that says little moved from %v to %v only, the others have 800", before, after)
	}
	if before, after := *results[0].Estimate.Median, *pooled[0].Pooled.Median; math.Abs(after/before-1) > 0.05 {
		t.Errorf("a stratum that says much moved from %v to %v", before, after)
	}
	if !reflect.DeepEqual(results[4].Estimate, pooled[4].Estimate) {
		t.Error("the estimate of the stratum itself moved")
	}
}

func TestPoolingOfRefusedStrata(t *testing.T) {
	small := Notice{TooSmall, "7 members are on any list, fewer than 20", "join it with other strata"}
	copied := Notice{SaysNothing, "list press names nobody", "leave it out"}
	for _, test := range []struct {
		name     string
		refused  []Notice
		pooled   bool // the refused stratum
		sum      bool
		warnings int
	}{
		{"one too small", []Notice{small}, true, true, 0},
		{"one where a list says nothing", []Notice{copied}, false, false, 1},
		{"too few others", []Notice{small, small, small}, false, false, 1},
	} {
		results, _ := strataOf(rand.New(rand.NewPCG(2, 2)), []int{100, 120, 90, 80, 7}, []float64{0, 0.1, -0.1, 0.1, 0}, 0.2)
		for i, n := range test.refused {
			results[4-i] = results[4-i].refuse(n)
		}
		pooled := Pool(results, 1)
		if got := pooled[4].Pooled != nil; got != test.pooled {
			t.Errorf("%s: pooled %v", test.name, pooled[4].Pooled)
		}
		if test.pooled && pooled[4].Warnings[len(pooled[4].Warnings)-1].Kind != Borrowed {
			t.Errorf("%s: %v", test.name, pooled[4].Warnings)
		}
		if s := last(pooled); (s.Pooled != nil) != test.sum || len(s.Warnings) != test.warnings {
			t.Errorf("%s: the sum %v, warnings %v", test.name, s.Pooled, s.Warnings)
		}
		if again := Pool(results, 1); !reflect.DeepEqual(again, pooled) {
			t.Errorf("%s: the same seed answers otherwise", test.name)
		}
	}
}

// The flow of the Nile at Aswan, 1871 to 1970, has the most likely steps of
// variance 1,469 where each year is measured with variance 15,099 (Durbin and
// Koopman 2012, 2.10).
func TestStepsOfTheNile(t *testing.T) {
	flow := []float64{1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740}
	w := drift{gaps: make([]float64, len(flow))}
	for i, f := range flow {
		w.measures, w.gaps[i] = append(w.measures, measure{f, 15099}), min(1, float64(i))
	}
	best, at := math.Inf(-1), 0.0
	for spread := 1.0; spread < 200; spread += 0.1 {
		if _, l := w.filter(spread); l > best {
			best, at = l, spread
		}
	}
	if math.Abs(at*at/1469-1) > 0.01 {
		t.Errorf("steps of variance %v", at*at)
	}
}

func TestTrendBridgesAndSmooths(t *testing.T) {
	dice := rand.New(rand.NewPCG(8, 1))
	for _, test := range []struct {
		name   string
		values []string
		order  []int // of the strata in time
	}{
		{"years", []string{"10", "11", "12", "13", "8", "9"}, []int{4, 5, 0, 1, 2, 3}},
		{"months over the turn of a year", []string{"2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04"}, []int{0, 1, 2, 3, 4, 5}},
		{"phases in the alphabet", []string{"a", "b", "c", "d", "e", "f"}, []int{0, 1, 2, 3, 4, 5}},
	} {
		results, _ := strataOf(dice, []int{100, 100, 100, 100, 100, 100}, []float64{0, 0, 0, 0, 0, 0}, 0.3)
		for i := range test.values {
			results[i].Stratum = map[string]string{"when": test.values[i]}
		}
		gone := test.order[2]
		results[gone] = results[gone].refuse(Notice{TooSmall, "7 members are on any list", ""})
		smoothed := Trend(results, "when", 1)
		held := 0
		for i, r := range smoothed[:6] {
			if r.Smooth == nil {
				t.Fatalf("%s: %s has no smooth", test.name, test.values[i])
			}
			held += int(indicator(r.Smooth.holds(200)))
			if r.Estimate != nil && *r.Smooth.High-*r.Smooth.Low > *r.Estimate.High-*r.Estimate.Low {
				t.Errorf("%s: %s is no surer by its neighbours: %v, smooth %v", test.name, test.values[i], r.Estimate, r.Smooth)
			}
		}
		if held < 5 {
			t.Errorf("%s: %d of 6 smooths hold the truth", test.name, held)
		}
		if last(smoothed).Smooth != nil || last(smoothed).Step == nil {
			t.Errorf("%s: the sum %+v", test.name, last(smoothed))
		}
	}
	for _, test := range []struct {
		values []string
		want   []float64
	}{
		{[]string{"2019", "2020", "2023"}, []float64{2019, 2020, 2023}},
		{[]string{"2023-12", "2024-02"}, []float64{24288, 24290}},
		{[]string{"2024-02-28", "2024-03-01"}, []float64{19781, 19783}},
		{[]string{"before", "after"}, []float64{0, 1}},
	} {
		var strata []Result
		for _, v := range test.values {
			strata = append(strata, Result{Stratum: map[string]string{"when": v}})
		}
		if got := positions(strata, "when"); !slices.Equal(got, test.want) {
			t.Errorf("%v lie at %v, want %v", test.values, got, test.want)
		}
	}
}
