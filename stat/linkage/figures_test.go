package linkage_test

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// BenchmarkFigures prints the figures of speed and size of the contract, on
// invented people.
func BenchmarkFigures(b *testing.B) {
	n := 1_000_000
	if testing.Short() {
		n = 50_000
		fmt.Printf("note match_1m_s and match_1m_mb are of %d records, as -short asks\n", n)
	}
	var seconds, megabytes, f float64
	var before *linkage.Linkage
	var known *linkage.List
	run := func() {
		l, who := people(n, 2)
		known = l
		runtime.GC()
		stop, most := watch()
		begin := time.Now()
		found, err := linkage.Link(b.Context(), []*linkage.List{l}, linkage.Options{})
		if err != nil {
			b.Fatal(err)
		}
		seconds = time.Since(begin).Seconds()
		stop()
		megabytes = float64(most.Load()) / 1e6
		_, _, f = scored(found.Pairs, who)
		found.Pairs = nil
		before = found
	}
	b.Run("match_1m_s", func(b *testing.B) {
		for range b.N {
			run()
		}
		figure("match_1m_s", seconds, "s")
		fmt.Printf("note F at the default threshold %.4f\n", f)
	})
	b.Run("match_1m_mb", func(b *testing.B) {
		if megabytes == 0 {
			run()
		}
		figure("match_1m_mb", megabytes, "MB")
	})
	b.Run("match_add_s", func(b *testing.B) {
		if before == nil {
			run()
		}
		later, _ := people(n/20, 9)
		var added float64
		for range b.N {
			begin := time.Now()
			if _, err := linkage.Add(b.Context(), []*linkage.List{known, later}, before, linkage.Options{}); err != nil {
				b.Fatal(err)
			}
			added = time.Since(begin).Seconds()
		}
		figure("match_add_s", added, "s")
	})
}

func figure(name string, value float64, unit string) {
	fmt.Fprintf(os.Stdout, "figure %s %.2f %s\n", name, value, unit)
}

// watch looks at how much memory is held until it is told to stop.
func watch() (stop func(), most *atomic.Uint64) {
	most = &atomic.Uint64{}
	done := make(chan struct{})
	look := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most.Store(max(most.Load(), m.Sys-m.HeapReleased))
	}
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(200 * time.Millisecond):
				look()
			}
		}
	}()
	return func() { look(); close(done) }, most
}
