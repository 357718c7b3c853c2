package capture

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// linked are histories of which a tenth of those on two lists or more are one
// person or two from one drawn linkage to the next.
func linked(t testing.TB, draws int, doubt float64) string {
	t.Helper()
	whole := independent(t, 3000)
	var b strings.Builder
	fmt.Fprintf(&b, "draw,region,%s,count\n", strings.Join(whole.Lists, ","))
	dice := rand.New(rand.NewPCG(1, 1))
	for d := 1; d <= draws; d++ {
		parted := 0
		for _, c := range whole.Cells {
			n := c.Count
			if c.History.Lists() > 1 {
				apart := binomial(dice, n, doubt)
				n, parted = n-apart, parted+apart
			}
			for region, share := range []float64{0.5, 0.5} {
				fmt.Fprintf(&b, "%d,%s", d, []string{"north", "south"}[region])
				for j := range whole.Lists {
					fmt.Fprintf(&b, ",%d", c.History>>j&1)
				}
				fmt.Fprintf(&b, ",%d\n", int(share*float64(n)))
			}
		}
	}
	return b.String()
}

func readLinked(t testing.TB, text string, by ...string) Histories {
	t.Helper()
	h, err := Read(strings.NewReader(text), by...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// The doubt who is who makes the interval wider than that of any one linkage, by
// as much as it says.
func TestLinkageDoubtIsPartOfTheInterval(t *testing.T) {
	text := linked(t, 10, 0.1)
	if !HasDraws(strings.NewReader(text), DrawColumn) {
		t.Fatal("has no draws")
	}
	h := readLinked(t, text, DrawColumn)
	for _, m := range []Method{Graphs{}, LogLinear{Order: 1}, LowerBound{}} {
		got := ByLinkage(m, h, DrawColumn, 1)
		if len(got) != 1 || got[0].Estimate == nil {
			t.Fatalf("%s: %+v", m.Name(), got)
		}
		r, widest := got[0], 0.0
		for _, d := range h.Linkages(DrawColumn) {
			i := m.Estimate(d.Table()).Estimate
			widest = max(widest, *i.High-*i.Low)
		}
		if wide := *r.Estimate.High - *r.Estimate.Low; wide <= widest {
			t.Errorf("%s: the interval is %.0f wide, that of one linkage %.0f", m.Name(), wide, widest)
		}
		if s := r.Diagnostics.Linked; s == nil || *s < 0.01 || *s > 0.9 {
			t.Errorf("%s: the linkage makes %v of the variance", m.Name(), s)
		}
		if n := r.Warnings[len(r.Warnings)-1]; n.Kind != LinkageDoubt || !strings.Contains(n.Reason, "who is who makes") {
			t.Errorf("%s: %v", m.Name(), r.Warnings)
		}
		if again := ByLinkage(m, h, DrawColumn, 1); !reflect.DeepEqual(again, got) {
			t.Errorf("%s: another answer from the same seed", m.Name())
		}
	}
}

// The variance of the pooled draws is that of Rubin's rule.
func TestPooledVarianceIsRubins(t *testing.T) {
	var of []Result
	dice := rand.New(rand.NewPCG(3, 3))
	means := []float64{1000, 1100, 1250, 950, 1040}
	for _, mean := range means {
		r := Result{Method: "dga", Observed: 100, Warnings: []Notice{}}
		for range 20_000 {
			r.Sample = append(r.Sample, mean+40*dice.NormFloat64())
		}
		r.Estimate = posterior(r.Sample)
		of = append(of, r)
	}
	_, between := moments(means)
	want := 40*40 + between*(1+1.0/5)
	r := pool(of, drawnLinkages, 1)
	if _, got := moments(r.Sample); math.Abs(got/want-1) > 0.05 {
		t.Errorf("the variance is %.0f, want %.0f", got, want)
	}
	if got, want := *r.Diagnostics.Linked, between*1.2/want; math.Abs(got-want) > 0.02 {
		t.Errorf("the linkage makes %.3f of it, want %.3f", got, want)
	}
}

func TestLinkagesOfStrata(t *testing.T) {
	h := readLinked(t, linked(t, 4, 0.1), DrawColumn, "region")
	got := ByLinkage(Graphs{}, h, DrawColumn, 1)
	var labels []string
	for _, r := range got {
		labels = append(labels, r.label())
		if r.Estimate == nil || r.Diagnostics.Linked == nil {
			t.Errorf("%s: %+v", r.label(), r)
		}
	}
	if want := []string{"region north", "region south", ""}; !reflect.DeepEqual(labels, want) {
		t.Errorf("%q, want %q", labels, want)
	}
	if sum := got[2]; math.Abs(*sum.Estimate.Median/(*got[0].Estimate.Median+*got[1].Estimate.Median)-1) > 0.02 {
		t.Errorf("the sum is %v of %v and %v", sum.Estimate, got[0].Estimate, got[1].Estimate)
	}
}

// One linkage that carries no estimate leaves none to pool.
func TestALinkageThatIsRefusedRefuses(t *testing.T) {
	h := readLinked(t, "draw,a,b,c,count\n1,1,0,0,50\n1,0,1,0,50\n1,0,0,1,40\n1,1,1,0,20\n1,0,1,1,20\n1,1,0,1,10\n2,1,0,0,60\n2,0,1,0,60\n2,0,0,1,60\n", DrawColumn)
	r := ByLinkage(LogLinear{}, h, DrawColumn, 1)[0]
	if r.NotEstimable == nil || !strings.Contains(r.NotEstimable.Reason, "in 1 of 2 drawn linkages, nobody is on two lists") {
		t.Errorf("%+v", r)
	}
}

func TestDrawColumns(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"draw,a,b,count\n1,1,0,5\n2,1,0,5\n", true},
		{"draw,a,b,count\n1,1,0,5\n1,0,1,5\n", false}, // one linkage, or a list of everybody
		{"draw,a,b,count\n0,1,0,5\n1,0,1,5\n", false}, // a list of that name
		{"draw,a,b,count\nx,1,0,5\n", false},
		{"a,b,count\n1,0,5\n", false},
		{"", false},
	} {
		if got := HasDraws(strings.NewReader(test.text), DrawColumn); got != test.want {
			t.Errorf("%q: %v", test.text, got)
		}
	}
}

func TestMiddleAndEndLinkages(t *testing.T) {
	h := readLinked(t, "draw,a,b,count\n1,1,0,7\n2,1,0,5\n3,1,0,9\n10,1,1,6\n", DrawColumn)
	fewest, most := h.EndLinkages(DrawColumn)
	if m, f, l := h.MiddleLinkage(DrawColumn).Table().Observed(), fewest.Table().Observed(), most.Table().Observed(); m != 6 || f != 5 || l != 9 {
		t.Errorf("middle %d, ends %d and %d", m, f, l)
	}
	if all := h.Linkages(DrawColumn); all[3].Table().Observed() != 6 {
		t.Errorf("linkage 10 is not the last: %+v", all)
	}
}

// What is written reads as what it was.
func FuzzHistoriesRoundTrip(f *testing.F) {
	f.Add("a,b,sex,count\n1,0,man,5\n0,1,,3\n1,1,NA,2\n", "sex")
	f.Add("a,b,c\n1,0,1\n0,1,0\n", "")
	f.Fuzz(func(t *testing.T, text, by string) {
		var columns []string
		if by != "" {
			columns = []string{by}
		}
		h, err := Read(strings.NewReader(text), columns...)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := h.Write(&b); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&b, columns...)
		if err != nil || !reflect.DeepEqual(again, h) {
			t.Errorf("%q reads as %+v, which reads back as %+v, %v", text, h, again, err)
		}
	})
}
