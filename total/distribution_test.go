package total

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestDistributions(t *testing.T) {
	many := func(n int, figure string) string {
		var b strings.Builder
		for k := range n {
			fmt.Fprintf(&b, "i%d fair 2031-06-03 | killed %s\n", k, figure)
		}
		return b.String()
	}
	for _, test := range []struct {
		name, incidents       string
		independent, together [2]int // the intervals, and how far they may be off
		off                   int
	}{
		{"a figure that is certain", many(3, "4"), [2]int{12, 12}, [2]int{12, 12}, 0},
		{"one range", many(1, "0–99"), [2]int{2, 97}, [2]int{2, 97}, 0},
		// A hundred ranges of 0 to 10: each of mean 5 and variance 10, so that the sum
		// is about 500 with a deviation of 31.6; together they span the whole.
		{"a hundred ranges", many(100, "0–10"), [2]int{438, 562}, [2]int{0, 1000}, 6},
		{"what has no figure is left out", many(2, "3") + "u1 fair 2031-06-03 | killed unknown\n", [2]int{6, 6}, [2]int{6, 6}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := Selection{Counted: incidents(t, test.incidents)}
			all := Distributions(s, 20000, 1)
			if len(all) != 1 {
				t.Fatalf("%d distributions, want one", len(all))
			}
			d := all[0]
			for _, end := range [][2]int{{d.Independent.Low, test.independent[0]}, {d.Independent.High, test.independent[1]}, {d.Together.Low, test.together[0]}, {d.Together.High, test.together[1]}} {
				if off := end[0] - end[1]; off > test.off || -off > test.off {
					t.Errorf("independent %d to %d, together %d to %d; want %v and %v", d.Independent.Low, d.Independent.High, d.Together.Low, d.Together.High, test.independent, test.together)
				}
			}
			if again := Distributions(s, 20000, 1)[0]; *again.Independent != *d.Independent || *again.Together != *d.Together {
				t.Errorf("the same seed gives %+v and %+v", d, again)
			}
		})
	}
}

func TestADistributionOfWhatIsNotKnownIsNone(t *testing.T) {
	d := Distributions(Selection{Counted: incidents(t, "i1 fair 2031-06-03 | displaced unknown")}, 100, 1)
	if len(d) != 1 || d[0].Independent != nil || d[0].Together != nil {
		t.Errorf("an unknown figure is simulated as %+v", d)
	}
}

func TestADistributionCountsASharedTollOnce(t *testing.T) {
	s := Selection{Counted: incidents(t, "i1 fair 2031-06-03 | killed 3–12\ni2 fair 2031-06-04 | killed 4–12\ni3 fair 2031-07-01 | killed 2"),
		Shared: []Shared{{[]string{"i1", "i2"}, map[string]cairn.Range{"killed": cairn.Exactly(12)}}}}
	d := Distributions(s, 2000, 1)[0]
	if d.Together.High != 14 || d.Independent.High != 14 || d.Together.Low != 9 {
		t.Errorf("the sum of 9 to 14 is simulated as %+v and %+v", *d.Independent, *d.Together)
	}
}
