package link

import (
	"fmt"
	"runtime"
	"testing"
)

// originsOver is over how many documents the figures of origins are measured.
const originsOver = 200_000

// BenchmarkFigures measures what `make bench` prints of this package, over
// invented reports, three of each strike.
func BenchmarkFigures(b *testing.B) {
	b.Run("origins_s", func(b *testing.B) {
		docs, claims := invented(originsOver)
		for b.Loop() {
			Origins(docs, claims)
		}
		fmt.Printf("figure origins_s %.2f s\n", b.Elapsed().Seconds()/float64(b.N))
	})
	b.Run("origins_mb", func(b *testing.B) {
		docs, claims := invented(originsOver)
		var after runtime.MemStats
		for b.Loop() {
			runtime.KeepAlive(Origins(docs, claims))
			runtime.ReadMemStats(&after)
		}
		fmt.Printf("figure origins_mb %.0f MB\n", float64(after.Sys)/1e6)
	})
}
