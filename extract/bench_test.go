package extract

import (
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// BenchmarkFigures measures what `make bench` prints of this package, over real
// news where the evaluation kit is at hand and over marked reports otherwise.
func BenchmarkFigures(b *testing.B) {
	docs := evaluation(b, 3000)
	if docs == nil {
		for range 400 {
			docs = append(docs, documents(b)...)
		}
	}
	size := 0
	for _, d := range docs {
		size += len(d.Text)
	}
	r := New(Pack{})
	b.Run("extract_en_mb_s", func(b *testing.B) { speed(b, "extract_en_mb_s", r, docs, size) })
	b.Run("extract_ar_mb_s", func(b *testing.B) { arabic(b, r) })
	b.Run("extract_heap_mb", func(b *testing.B) { heap(b, r, docs) })
	b.Run("extract_p99_ms", func(b *testing.B) { slowest(b, r, docs) })
}

// speed is megabytes of text a second on one core, the whole pipeline, beside
// one regular expression for a number of victims over the same text.
func speed(b *testing.B, name string, r *Reader, docs []cairn.Document, size int) {
	b.SetBytes(int64(size))
	var spent time.Duration
	for b.Loop() {
		start := time.Now()
		for _, d := range docs {
			r.Read(d)
		}
		spent += time.Since(start)
	}
	pattern := regexp.MustCompile(`(?i)\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|dozens|several) (people|persons|civilians|men|women|children)[^.]{0,60}(killed|dead|died|wounded|injured)`)
	start := time.Now()
	for _, d := range docs {
		pattern.FindAllStringIndex(d.Text, -1)
	}
	megabytes := float64(size) / 1e6
	fmt.Printf("figure %s %.2f MB/s reference %.2f one_regexp\n", name, megabytes*float64(b.N)/spent.Seconds(), megabytes/time.Since(start).Seconds())
}

// arabic is speed over the Arabic reports of the gold set, many times over.
func arabic(b *testing.B, r *Reader) {
	var docs []cairn.Document
	size := 0
	for range 200 {
		for _, g := range goldReports(b, "testdata/gold/ar.txt", "ar") {
			docs = append(docs, g.document)
			size += len(g.document.Text)
		}
	}
	speed(b, "extract_ar_mb_s", r, docs, size)
}

// heap is the heap in use after all documents were read and their claims kept.
func heap(b *testing.B, r *Reader, docs []cairn.Document) {
	var most uint64
	for b.Loop() {
		kept := make([]cairn.Reading, 0, len(docs))
		for _, d := range docs {
			kept = append(kept, r.Read(d))
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
		runtime.KeepAlive(kept)
	}
	fmt.Printf("figure extract_heap_mb %.1f MB\n", float64(most)/1e6)
}

// slowest is the time within which 99 of a hundred documents are read.
func slowest(b *testing.B, r *Reader, docs []cairn.Document) {
	took := make([]time.Duration, 0, len(docs))
	for b.Loop() {
		took = took[:0]
		for _, d := range docs {
			start := time.Now()
			r.Read(d)
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	fmt.Printf("figure extract_p99_ms %.2f ms\n", float64(took[len(took)*99/100].Microseconds())/1000)
}
