package capture

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

func scenario(t testing.TB, text string) Scenario {
	t.Helper()
	s, err := ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScenarios(t *testing.T) {
	for _, test := range []struct {
		text   string
		lists  string
		people int
		none   float64 // chance of no list, of the first group
	}{
		{"sim1", "A B C D E", 2000, 0.967 * 0.967 * 0.901 * 0.868 * 0.967},
		{"sim4", "A B C D E", 2000, 0.9 * 0.95 * 0.85 * 0.8 * 0.9},
		{"500:.5,.5,.2", "A B C", 500, 0.5 * 0.5 * 0.8},
		{" 500:.5,.5,.2  100:1,0,1 ", "A B C", 600, 0.5 * 0.5 * 0.8},
		{"100:.5,.5 12=1.0986123", "A B", 100, 1.0 / 6}, // odds ratio 3
		{"100:.5,.5,.5 12=1 12=-1", "A B C", 100, 1.0 / 8},
	} {
		s := scenario(t, test.text)
		if strings.Join(s.Lists, " ") != test.lists || s.Population() != test.people || math.Abs(s.Groups[0].Chance[0]-test.none) > 1e-7 {
			t.Errorf("%q: %d on %v, none %v", test.text, s.Population(), s.Lists, s.Groups[0].Chance[0])
		}
		for _, g := range s.Groups {
			sum := 0.0
			for _, p := range g.Chance {
				sum += p
			}
			if math.Abs(sum-1) > 1e-12 {
				t.Errorf("%q: chances add up to %v", test.text, sum)
			}
		}
	}
}

func TestScenariosThatAreNone(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "has no group"},
		{"sim9", `"sim9" is no group`},
		{"1800", `"1800" is no group`},
		{"-5:.1,.2", `"-5:.1,.2" is no group`},
		{"100:.1,1.2", `"1.2" is no chance`},
		{"100:.1,NaN", `"NaN" is no chance`},
		{"100:.1", "want 2 lists"},
		{"100:.1,.2 100:.1,.2,.3", "not the same number"},
		{"100:.1,.2 13=1", "of a list that no group has"},
		{"100:.1,.2 11=1", `"11" is no set of lists`},
		{"100:.1,.2 1=1", "not two lists"},
		{"100:.1,.2 12=big", `"big" is no interaction`},
		{"100:.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1", "more than 10 lists"},
		{"9000000:.1,.2 9000000:.1,.2", "10000000 members at most"},
	} {
		if _, err := ParseScenario(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %q", test.text, err, test.want)
		}
	}
}

func FuzzParseScenario(f *testing.F) {
	for _, text := range []string{"sim3", "10:.1,.2 12=0.5", "10:1,0 5:.5,.5", "12=3", "1:,"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseScenario(text)
		if err != nil {
			return
		}
		if n := s.Draw(rand.New(rand.NewPCG(1, 1))).Observed(); n > s.Population() {
			t.Errorf("%q: %d of %d are listed", text, n, s.Population())
		}
	})
}

func TestDrawnTablesFollowTheScenario(t *testing.T) {
	s := scenario(t, "1000000:.3,.4 12=1")
	drawn := s.Draw(rand.New(rand.NewPCG(7, 7)))
	for h, p := range s.Groups[0].Chance[1:] {
		if got := float64(drawn.Count(History(h+1))) / 1e6; math.Abs(got-p) > 0.002 {
			t.Errorf("history %b: %v of all, want %v", h+1, got, p)
		}
	}
}

// Where its assumptions hold a method's intervals hold the truth; where one list
// draws on another independence does not.
func TestSimulationTellsMethodsApart(t *testing.T) {
	alone := LogLinear{Order: 1}
	for _, test := range []struct {
		name, scenario string
		least, most    float64
		bias           float64
	}{
		{"independent lists", "1000:.3,.4,.5", 0.88, 1, 0},
		{"lists that draw on each other", "1000:.2,.3,.3 12=2 23=2", 0, 0.1, -17},
	} {
		got := Simulate(scenario(t, test.scenario), []Method{alone, LowerBound{}}, 100, 5)
		if len(got) != 2 || got[0].Method != "loglinear" || got[1].Method != "chao" || got[0].Truth != 1000 || got[0].Refused != 0 {
			t.Fatalf("%s: %+v", test.name, got)
		}
		if c := *got[0].Coverage; c < test.least || c > test.most {
			t.Errorf("%s: %v of the intervals hold the truth", test.name, c)
		}
		if b := *got[0].Bias; math.Abs(b-test.bias) > max(3**got[0].BiasError, 5) {
			t.Errorf("%s: bias %v %%, want near %v", test.name, b, test.bias)
		}
		if got[1].Warned[Bound] != 1 {
			t.Errorf("%s: chao says that it is a bound in %v of the tables", test.name, got[1].Warned[Bound])
		}
	}
	refused := Simulate(scenario(t, "50:.01,.01,.01"), []Method{alone}, 10, 5)[0]
	if refused.Refused != 10 || refused.RMSE != nil || refused.Coverage != nil {
		t.Errorf("tables of nobody: %+v", refused)
	}
}

func TestSimulationOnAnyNumberOfProcessors(t *testing.T) {
	s := scenario(t, "300:.3,.4,.5 100:.6,.7,.8")
	methods := []Method{Coverage{Bootstrap: 100}, Graphs{}, Sparse{}}
	many := Simulate(s, methods, 12, 9)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if one := Simulate(s, methods, 12, 9); !reflect.DeepEqual(one, many) {
		t.Errorf("one processor %+v\nmany %+v", one, many)
	}
}

// Tables drawn from what was fitted have the overlaps of the table, cell by cell.
func TestScenariosLikeATable(t *testing.T) {
	whole := independent(t, 3000)
	like, refused := Like(whole, 1)
	if refused != nil || len(like) != 2 {
		t.Fatalf("%v, %v", like, refused)
	}
	for _, s := range like {
		if n := float64(s.Population()); math.Abs(n/3000-1) > 0.1 {
			t.Errorf("%s: a population of %v", s.Name, n)
		}
		for _, c := range whole.Cells {
			want := 0.0
			for _, g := range s.Groups {
				want += float64(g.Members) * g.Chance[c.History]
			}
			if math.Abs(want-float64(c.Count)) > 6*math.Sqrt(float64(c.Count)) {
				t.Errorf("%s: %v on %s, the table has %d", s.Name, want, names(whole, c.History), c.Count)
			}
		}
	}
	if _, refused := Like(whole.Without(0).Without(0), 1); refused == nil || refused.Kind != FewLists {
		t.Errorf("two lists: %v", refused)
	}
}

func TestListsPredictEachOther(t *testing.T) {
	whole := independent(t, 3000)
	predictions, sum := InternalConsistency(LogLinear{Order: 1}, whole)
	for _, p := range predictions {
		if !near(p.Result.Estimate.Point, float64(p.Truth), 0.02) {
			t.Errorf("%s has %d, predicted %v", p.List, p.Truth, p.Result.Estimate)
		}
	}
	if len(predictions) != 4 || *sum.Coverage != 1 || math.Abs(*sum.Bias) > 0.01 || sum.Refused != 0 {
		t.Errorf("%+v", sum)
	}
	_, sum = InternalConsistency(LogLinear{}, whole.Without(0))
	if sum.Refused != 3 || sum.Bias != nil {
		t.Errorf("two lists are left of three: %+v", sum)
	}
}

// The predictions that the reference programs make of the lists of Kosovo.
func TestKosovoListsPredictEachOther(t *testing.T) {
	kosovo := evaluation(t, "kosovo")
	truth := []int{1910, 1528, 1786, 685}
	for _, test := range []struct {
		method Method
		want   []float64
	}{
		{LogLinear{}, []float64{1493, 894, 1612, 689}},
		{Graphs{}, []float64{1482, 889, 1591, 642}},
	} {
		predictions, sum := InternalConsistency(test.method, kosovo)
		for j, p := range predictions {
			if got := p.Result.Estimate.center(); p.Truth != truth[j] || math.Abs(got/test.want[j]-1) > 0.01 {
				t.Errorf("%s: %s has %d, predicted %v, want %v", test.method.Name(), p.List, p.Truth, got, test.want[j])
			}
		}
		if *sum.Bias >= 0 {
			t.Errorf("%s: %+v", test.method.Name(), sum)
		}
	}
}
