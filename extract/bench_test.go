package extract

import (
	"runtime"
	"testing"
)

// BenchmarkExtract reads real news on one core with the whole pipeline. It
// reports the speed, the heap that stays in use and the slowest hundredth.
func BenchmarkExtract(b *testing.B) {
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
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			r.Read(d)
		}
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapInuse)/(1<<20), "heap-MB")
	runtime.KeepAlive(docs)
}
