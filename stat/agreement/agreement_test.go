package agreement_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/stat/agreement"
)

// coded reads what coders said of units: a line for each, a value for each unit, a
// dot where it did not code.
func coded(table string) []agreement.Unit {
	var units []agreement.Unit
	for line := range strings.Lines(strings.TrimSpace(table)) {
		words := strings.Fields(line)
		for i, value := range words[1:] {
			for len(units) <= i {
				units = append(units, agreement.Unit{Cluster: fmt.Sprint(len(units)), Values: map[string]string{}})
			}
			if value != "." {
				units[i].Values[words[0]] = value
			}
		}
	}
	return units
}

// textbook is the reliability data of Krippendorff (2011), "Computing
// Krippendorff's alpha-reliability", section C: nominal .743, ratio .797.
const textbook = `
A 1 2 3 3 2 1 4 1 2 . . .
B 1 2 3 3 2 2 4 1 2 5 . 3
C . 3 3 3 2 3 4 2 2 5 1 .
D 1 2 3 3 2 4 4 1 2 5 1 .`

func TestAlphaOfTheTextbook(t *testing.T) {
	for name, test := range map[string]struct {
		d    agreement.Distance
		want float64
	}{"nominal": {agreement.Nominal, .743}, "ratio": {agreement.Ratio, .797}} {
		if got := agreement.Alpha(coded(textbook), test.d); !got.Known || math.Abs(got.Value-test.want) > .0006 {
			t.Errorf("%s alpha is %+v, want %.3f", name, got, test.want)
		}
	}
}

func TestKappaOfTheTextbook(t *testing.T) {
	var a, b strings.Builder
	for pair, n := range map[string]int{"y y": 20, "y n": 5, "n y": 10, "n n": 15} {
		for range n {
			x, y, _ := strings.Cut(pair, " ")
			a.WriteString(" " + x)
			b.WriteString(" " + y)
		}
	}
	units := coded("A" + a.String() + "\nB" + b.String())
	e := agreement.Kappa(units, "A", "B")
	if !e.Known || math.Abs(e.Value-.4) > 1e-9 {
		t.Errorf("kappa is %+v, want 0.4", e)
	}
	if !e.Bounded || math.Abs(e.Low-.15) > .06 || math.Abs(e.High-.65) > .06 {
		t.Errorf("the interval is %.2f to %.2f, and by the formula of Fleiss 0.15 to 0.65", e.Low, e.High)
	}
	if again := agreement.Kappa(units, "A", "B"); again != e {
		t.Errorf("asked again it is %+v, and was %+v", again, e)
	}
}

func TestWhatCannotBeTold(t *testing.T) {
	for name, table := range map[string]string{
		"nothing":          "",
		"one coder":        "A 1 2 3",
		"only one value":   "A 1 1 1\nB 1 1 1",
		"never both":       "A 1 . 2\nB . 1 .",
		"one unit of each": "A 1\nB 1",
	} {
		if got := agreement.Alpha(coded(table), agreement.Nominal); got.Known {
			t.Errorf("%s: alpha is %v", name, got)
		}
		if got := agreement.Kappa(coded(table), "A", "B"); got.Known {
			t.Errorf("%s: kappa is %v", name, got)
		}
	}
	if got := agreement.Alpha(coded("A 1 2 1 2\nB 1 2 1 2"), agreement.Nominal); !got.Known || got.Value != 1 {
		t.Errorf("of those who agree throughout alpha is %+v", got)
	}
	if got := agreement.Alpha(coded("A 1 2 1 2\nB 2 1 2 1"), agreement.Nominal); !got.Known || got.Value >= 0 {
		t.Errorf("of those who always differ alpha is %+v", got)
	}
}

func ExampleKappa() {
	units := []agreement.Unit{
		{Cluster: "wire", Values: map[string]string{"ana": "killed", "ben": "killed"}},
		{Cluster: "wire", Values: map[string]string{"ana": "injured", "ben": "killed"}},
		{Cluster: "herald", Values: map[string]string{"ana": "injured", "ben": "injured"}},
	}
	fmt.Printf("%.2f\n", agreement.Kappa(units, "ana", "ben").Value)
	// Output: 0.40
}
