package recorder

import (
	"fmt"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive/archivetest"
)

// importToBucket measures the whole walk of 2,000 documents with the archive in a
// bucket of a real server on this machine.
func importToBucket(b *testing.B) {
	text := many(2000)
	for b.Loop() {
		b.StopTimer()
		r, err := Open(ctx, inBucket(b, archivetest.Versity(b)))
		if err != nil {
			b.Fatal(err)
		}
		path := file(b, "reports.jsonl", text)
		b.StartTimer()
		if sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{}); err != nil || sum.Taken != 2000 {
			b.Fatal(fmt.Sprintf("%+v", sum), err)
		}
		b.StopTimer()
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	fmt.Printf("figure import_bucket_docs_s %.0f docs/s\n", 2000*float64(b.N)/b.Elapsed().Seconds())
}

// copyOfMany measures a copy of 2,000 documents from a folder to a folder, with
// its files flushed, and without the check that follows.
func copyOfMany(b *testing.B) {
	r := local(b)
	bring(b, r, many(2000))
	for b.Loop() {
		if _, err := Copy(ctx, r.settings, emptyPlace(b, ""), CopyOptions{Report: func(f Fault) { b.Fatal(f) }, Progress: func(string, int) {}}); err != nil {
			b.Fatal(err)
		}
	}
	fmt.Printf("figure copy_docs_s %.0f docs/s\n", 2000*float64(b.N)/b.Elapsed().Seconds())
}
