package linkage_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

var picture = flag.Bool("growth", false, "draw how the time grows into docs/match-growth.svg")

// A grown is what a linkage of so many records took.
type grown struct {
	records            int
	seconds, megabytes float64
	pairs              int
}

// BenchmarkFiguresGrowth prints how time and memory grow from 10,000 records to
// 3,000,000, and draws it where -growth is given.
func BenchmarkFiguresGrowth(b *testing.B) {
	asked := false
	b.Run("match_growth", func(b *testing.B) {
		if asked {
			return // once is enough
		}
		asked = true
		sizes := []int{10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000}
		if testing.Short() {
			sizes = sizes[:3]
		}
		var all []grown
		for _, n := range sizes {
			l, who := people(n, 2)
			runtime.GC()
			stop, most := watch()
			begin := time.Now()
			found, err := linkage.Link(b.Context(), []*linkage.List{l}, linkage.Options{})
			if err != nil {
				b.Fatal(err)
			}
			g := grown{n, time.Since(begin).Seconds(), 0, len(found.Pairs)}
			stop()
			g.megabytes = float64(most.Load()) / 1e6
			all = append(all, g)
			_, _, f := scored(found.Pairs, who)
			fmt.Printf("note %d records, F at the default threshold %.4f, %d pairs planned by %d rules\n", n, f, planned(found.Plan), len(found.Plan.Rules))
			figure(fmt.Sprintf("match_growth_%d_s", n), g.seconds, "s")
			figure(fmt.Sprintf("match_growth_%d_mb", n), g.megabytes, "MB")
		}
		first, last := all[0], all[len(all)-1]
		power := math.Log(last.seconds/first.seconds) / math.Log(float64(last.records)/float64(first.records))
		figure("match_growth_power", power, "of-records")
		if *picture {
			if err := os.WriteFile("../../docs/match-growth.svg", []byte(drawn(all, power)), 0o644); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func planned(p linkage.Plan) (pairs int64) {
	for _, r := range p.Rules {
		pairs += r.Pairs
	}
	return pairs
}

// drawn is time over records, both by powers of ten, with a line for growth in
// step with the records.
func drawn(all []grown, power float64) string {
	const left, top, wide, high = 64.0, 46.0, 560.0, 300.0
	x := func(records float64) float64 { return left + (math.Log10(records)-4)/2.7*wide }
	y := func(seconds float64) float64 { return top + high - (math.Log10(seconds)+1.4)/3.6*high }
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 410" font-family="sans-serif" font-size="13" role="img" aria-label="Time to link lists of 10,000 to 3,000,000 records">`+"\n")
	fmt.Fprintf(&s, `<rect width="680" height="410" fill="#fff"/><text x="%g" y="24" font-size="15" font-weight="600">Linking n records, two processors: time grows as n to the power %.2f</text>`+"\n", left, power)
	for p := -1.0; p <= 2; p++ {
		fmt.Fprintf(&s, `<line x1="%g" y1="%.1f" x2="%g" y2="%.1f" stroke="#ddd"/><text x="%g" y="%.1f" text-anchor="end" fill="#555">%g s</text>`+"\n", left, y(math.Pow(10, p)), left+wide, y(math.Pow(10, p)), left-8, y(math.Pow(10, p))+4, math.Pow(10, p))
	}
	for p := 4.0; p <= 6; p++ {
		fmt.Fprintf(&s, `<line x1="%.1f" y1="%g" x2="%.1f" y2="%g" stroke="#ddd"/><text x="%.1f" y="%g" text-anchor="middle" fill="#555">%s</text>`+"\n", x(math.Pow(10, p)), top, x(math.Pow(10, p)), top+high, x(math.Pow(10, p)), top+high+20, map[float64]string{4: "10,000", 5: "100,000", 6: "1,000,000"}[p])
	}
	last := all[len(all)-1]
	per := last.seconds / float64(last.records)
	fmt.Fprintf(&s, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#999" stroke-dasharray="5 4"/><text x="%.1f" y="%.1f" fill="#777">in step with the records</text>`+"\n",
		x(1e4), y(per*1e4), x(3e6), y(per*3e6), x(1e5), y(per*1e5)+22)
	var points []string
	for _, g := range all {
		points = append(points, fmt.Sprintf("%.1f,%.1f", x(float64(g.records)), y(g.seconds)))
	}
	fmt.Fprintf(&s, `<polyline points="%s" fill="none" stroke="#0c5a6a" stroke-width="2.5"/>`+"\n", strings.Join(points, " "))
	for _, g := range all {
		fmt.Fprintf(&s, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#0c5a6a"/><text x="%.1f" y="%.1f" text-anchor="end">%.1f s, %.0f MB</text>`+"\n", x(float64(g.records)), y(g.seconds), x(float64(g.records))-8, y(g.seconds)-8, g.seconds, g.megabytes)
	}
	fmt.Fprintf(&s, `<text x="%g" y="%g" fill="#555">records, of invented people, a quarter of them again with one to three errors (seed 2); by powers of ten</text></svg>`+"\n", left, top+high+46)
	return s.String()
}
