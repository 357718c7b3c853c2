package estimate_test

import (
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/estimate"
)

// BenchmarkFigures measures what `make bench` prints of this package: the whole
// report of five lists by every method, sensitivity and consistency with it.
func BenchmarkFigures(b *testing.B) {
	b.Run("estimate_report_s", func(b *testing.B) {
		content, err := os.ReadFile("../../shared/eval/estimate/uk5.csv")
		if err != nil {
			b.Skip("no evaluation kit beside the repository")
		}
		start, n := time.Now(), 0
		for b.Loop() {
			e, _, err := estimate.Whole(asked("all"), estimate.Source{Content: content, Name: "uk5.csv"}, func(string) {})
			if err == nil {
				err = estimate.Report(io.Discard, e)
			}
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		fmt.Printf("figure estimate_report_s %.1f s\n", time.Since(start).Seconds()/float64(n))
	})
}
