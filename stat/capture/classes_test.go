package capture

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Classes that a table was drawn from are found again.
func TestClassesAreFound(t *testing.T) {
	for _, test := range []struct {
		scenario string
		classes  int
		within   float64
	}{
		{"16000:.113,.113,.199,.832,.733 4000:.86,.925,.859,.19,.193", 2, 0.01},
		{"16000:.113,.113,.199,.232,.133 4000:.86,.925,.859,.99,.793", 2, 0.03},
		{"6000:.3,.4,.2,.25,.5", 2, 0.1},
	} {
		s := scenario(t, test.scenario)
		f, ok := fitClasses(s.Draw(rand.New(rand.NewPCG(2, 2))), test.classes)
		if !ok || math.Abs(f.population/float64(s.Population())-1) > test.within {
			t.Errorf("%s: %+v, %v", test.scenario, f, ok)
		}
	}
	three := independent(t, 3000).Without(0)
	if _, ok := fitClasses(three, 2); ok {
		t.Error("two classes of three lists have as many parameters as there are cells")
	}
}

// One class is the model of independent lists, whose likelihood is that of the
// log-linear model.
func TestOneClassIsIndependence(t *testing.T) {
	whole := independent(t, 3000)
	f, ok := fitClasses(whole, 1)
	alone := fitModel(NewModel(4), histories(4), whole.dense())
	if !ok || math.Abs(f.likelihood-alone.fit.likelihood) > 1e-4 || f.parameters != 4 {
		t.Errorf("%+v, want %v", f, alone.fit.likelihood)
	}
	if got, want := f.population, 0.0+float64(whole.Observed())+alone.unseen(); math.Abs(got/want-1) > 1e-3 {
		t.Errorf("population %v, want %v", got, want)
	}
}

func BenchmarkClasses(b *testing.B) {
	t := scenario(b, "sim2").Draw(rand.New(rand.NewPCG(2, 2)))
	for b.Loop() {
		rivals(t)
	}
}
