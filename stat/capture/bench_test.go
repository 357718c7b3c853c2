package capture

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"
)

// BenchmarkFigures measures what `make bench` prints of this package, on the
// published tables of the evaluation kit.
func BenchmarkFigures(b *testing.B) {
	b.Run("lcmcr_it_s", func(b *testing.B) { iterations(b) })
	b.Run("lcmcr_ess_s", func(b *testing.B) { effectiveSpeed(b) })
	b.Run("dga4_ms", func(b *testing.B) { milliseconds(b, "dga4_ms", "kosovo", Graphs{}) })
	b.Run("dga5_ms", func(b *testing.B) { milliseconds(b, "dga5_ms", "uk5", wide) })
	b.Run("dga5_mb", func(b *testing.B) { memory(b) })
	b.Run("loglinear_s", func(b *testing.B) { seconds(b, "loglinear_s", "uk5", LogLinear{Order: 2}) })
	b.Run("sparse_s", func(b *testing.B) { seconds(b, "sparse_s", "uk5", Sparse{Bootstrap: 1000, Seed: 1}) })
}

// wide is dga on five lists with 82,321 values of N.
var wide = Graphs{MaxMissing: 30, Multiple: true}

// iterations is how many a chain makes a second on one core, burnt in.
func iterations(b *testing.B) {
	s := newLatent(evaluation(b, "kosovo"), 10, 0.25, 0.25, rand.New(rand.NewPCG(1, 1)))
	for range 20_000 {
		s.iterate()
	}
	many, spent := 0, time.Duration(0)
	for b.Loop() {
		start := time.Now()
		for range 100_000 {
			s.iterate()
		}
		many, spent = many+100_000, spent+time.Since(start)
	}
	fmt.Printf("figure lcmcr_it_s %.0f it/s\n", float64(many)/spent.Seconds())
}

// effectiveSpeed is the independent draws that a whole estimate is worth, its
// burn-in and checks with it, over its time on all cores together.
func effectiveSpeed(b *testing.B) {
	t := evaluation(b, "kosovo")
	worth, spent, seed := 0.0, 0.0, uint64(0)
	for b.Loop() {
		seed++
		start := time.Now()
		r := LatentClasses{Seed: seed}.Estimate(t)
		spent += time.Since(start).Seconds() * float64(min(4, runtime.GOMAXPROCS(0)))
		worth += *r.Diagnostics.ESS
	}
	fmt.Printf("figure lcmcr_ess_s %.0f draws/s\n", worth/spent)
}

func milliseconds(b *testing.B, name, table string, m Method) {
	fmt.Printf("figure %s %.2f ms\n", name, 1000*spent(b, evaluation(b, table), m))
}

func seconds(b *testing.B, name, table string, m Method) {
	fmt.Printf("figure %s %.3f s\n", name, spent(b, evaluation(b, table), m))
}

// spent is the mean time of an estimate, in seconds.
func spent(b *testing.B, t Table, m Method) float64 {
	start := time.Now()
	n := 0
	for b.Loop() {
		if r := m.Estimate(t); r.Estimate == nil {
			b.Fatal(r.NotEstimable)
		}
		n++
	}
	return time.Since(start).Seconds() / float64(n)
}

// memory is all that dga on five lists allocates, which bounds what it holds.
func memory(b *testing.B) {
	t := evaluation(b, "uk5")
	var before, after runtime.MemStats
	n := 0
	runtime.ReadMemStats(&before)
	for b.Loop() {
		wide.Estimate(t)
		n++
	}
	runtime.ReadMemStats(&after)
	fmt.Printf("figure dga5_mb %.1f MB\n", float64(after.TotalAlloc-before.TotalAlloc)/1e6/float64(n))
}
