package capture

import (
	"math"
	"reflect"
	"runtime"
	"testing"
)

func TestListsLeftOutAndMerged(t *testing.T) {
	whole := table(t, "100 50, 010 40, 001 30, 110 12, 101 8, 011 6, 111 4")
	for _, test := range []struct {
		name string
		got  Table
		want Table
	}{
		{"the first left out", whole.Without(0), NewTable([]string{"B", "C"}, []Cell{{0b01, 52}, {0b10, 38}, {0b11, 10}})},
		{"the middle left out", whole.Without(1), NewTable([]string{"A", "C"}, []Cell{{0b01, 62}, {0b10, 36}, {0b11, 12}})},
		{"the last left out", whole.Without(2), NewTable([]string{"A", "B"}, []Cell{{0b01, 58}, {0b10, 46}, {0b11, 16}})},
		{"the first two as one", whole.Merge(0, 1), NewTable([]string{"A+B", "C"}, []Cell{{0b01, 102}, {0b10, 30}, {0b11, 18}})},
		{"the outer two as one", whole.Merge(0, 2), NewTable([]string{"A+C", "B"}, []Cell{{0b01, 88}, {0b10, 40}, {0b11, 22}})},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, test.got, test.want)
		}
	}
}

// A list that copies another makes the two look as if they had found everybody;
// the variant that takes both as one shows it.
func TestSensitivityShowsACopy(t *testing.T) {
	whole := independent(t, 2000)
	var cells []Cell
	for _, c := range whole.Cells {
		h := c.History
		if h.On(2) { // E has two in three of C
			cells = append(cells, Cell{h | 1<<4, c.Count * 2 / 3}, Cell{h, c.Count - c.Count*2/3})
			continue
		}
		cells = append(cells, c)
	}
	copied := NewTable([]string{"A", "B", "C", "D", "E"}, cells)
	order := LogLinear{Order: 1}
	for _, v := range Sensitivity(order, copied) {
		switch v.Name {
		case Baseline:
			if *v.Result.Estimate.Point > 1950 || *v.Moved != 0 {
				t.Errorf("with the copy %v, moved by %v", v.Result.Estimate, *v.Moved)
			}
		case "C and E as one", "without E":
			if !near(v.Result.Estimate.Point, 2000, 0.01) || *v.Moved < 0.02 {
				t.Errorf("%s: %v, moved by %v", v.Name, v.Result.Estimate, *v.Moved)
			}
		}
	}
}

func TestSensitivityVariants(t *testing.T) {
	three := table(t, "100 240, 010 180, 001 120, 110 60, 101 40, 011 30, 111 10")
	lists := []string{Baseline, "without A", "without B", "without C", "A and B as one", "A and C as one", "B and C as one"}
	model := NewModel(3, 0b11)
	for _, test := range []struct {
		method  Method
		more    []string
		refused int
	}{
		{Graphs{}, []string{"delta 0.0625", "delta 0.25"}, 6},
		{LatentClasses{Seed: 1}, []string{"a = 0.125, b = 0.125", "a = 0.5, b = 0.5"}, 6},
		{LogLinear{}, []string{"no interactions", "interactions of 2 lists at most"}, 6},
		{LogLinear{Model: &model}, []string{"no interactions", "interactions of 2 lists at most"}, 6},
		{Sparse{}, []string{"threshold 0.01", "threshold 0.04"}, 6},
		{LowerBound{}, nil, 0},
	} {
		want := append(lists[:len(lists):len(lists)], test.more...)
		var got []string
		refused := 0
		for _, v := range Sensitivity(test.method, three) {
			got = append(got, v.Name)
			if v.Result.NotEstimable != nil {
				refused++
				if v.Moved != nil {
					t.Errorf("%s, %s: refused and yet moved by %v", test.method.Name(), v.Name, *v.Moved)
				}
			}
		}
		if !reflect.DeepEqual(got, want) || refused != test.refused {
			t.Errorf("%s: %d refused of %q, want %d of %q", test.method.Name(), refused, got, test.refused, want)
		}
	}
}

func TestSensitivityOnAnyNumberOfProcessors(t *testing.T) {
	whole := independent(t, 1500)
	many := Sensitivity(Coverage{Seed: 3}, whole)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := Sensitivity(Coverage{Seed: 3}, whole)
	if !reflect.DeepEqual(many, one) {
		t.Error("one processor answers otherwise than many")
	}
	for _, v := range one {
		if v.Result.Estimate != nil && math.IsNaN(*v.Moved) {
			t.Error(v.Name, "moved by no number")
		}
	}
}
