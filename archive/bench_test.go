package archive

import (
	"fmt"
	"testing"
)

// BenchmarkFigures measures what `make bench` prints of this package.
func BenchmarkFigures(b *testing.B) {
	b.Run("verify_mb_s", func(b *testing.B) {
		a := open(b, b.TempDir())
		megabyte := make([]byte, 1<<20)
		for i := range 64 {
			megabyte[0] = byte(i)
			put(b, a, receiptAt(0), string(megabyte))
		}
		b.SetBytes(64 << 20)
		for b.Loop() {
			if found := faults(b, a); len(found) > 0 {
				b.Fatal(found)
			}
		}
		fmt.Printf("figure verify_mb_s %.0f MB/s\n", 64*1.048576*float64(b.N)/b.Elapsed().Seconds())
	})
}
