package archive

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// changing is a file that another program writes to between two readings.
type changing struct {
	io.ReadSeeker
	seeks int
}

func (c *changing) Seek(offset int64, whence int) (int64, error) {
	if c.seeks++; c.seeks == 2 {
		c.ReadSeeker = bytes.NewReader([]byte("something else"))
	}
	return c.ReadSeeker.Seek(offset, whence)
}

func TestAStreamIsKeptAsBytesAre(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		for _, times := range []int{10_000, 800_000} { // of which the larger goes in parts
			a := g.open(t)
			content := bytes.Repeat([]byte("Seven people were killed. "), times)
			receipt := cairn.Receipt{From: "crawl.warc.gz", How: "file", Outcome: cairn.Fetched}
			for range 2 {
				ref, err := a.PutFrom(receipt, bytes.NewReader(content))
				if err != nil || ref != cairn.RefOf(content) {
					t.Fatalf("%s, %v", ref, err)
				}
			}
			kept, err := a.Get(cairn.RefOf(content))
			if err != nil || !bytes.Equal(kept, content) {
				t.Errorf("%d bytes, %v", len(kept), err)
			}
			receipts, err := a.Receipts(cairn.RefOf(content))
			if err != nil || len(receipts) != 1 || receipts[0].Size != int64(len(content)) {
				t.Errorf("%+v, %v", receipts, err)
			}
			if found := faults(t, a); len(found) != 0 {
				t.Error(found)
			}
			readAnywhere(t, a, content)
		}
	})
}

// readAnywhere reads bytes at places of their own, across the bounds of blocks.
func readAnywhere(t *testing.T, a *Archive, content []byte) {
	t.Helper()
	f, err := a.File(cairn.RefOf(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Size() != int64(len(content)) {
		t.Errorf("the file has %d bytes, want %d", f.Size(), len(content))
	}
	for _, at := range []int{0, 1, 65_535, len(content) / 2, len(content) - 7, len(content) - 1} {
		want := content[at:min(at+100_000, len(content))]
		got := make([]byte, 100_000)
		n, err := f.ReadAt(got, int64(at))
		if !bytes.Equal(got[:n], want) || n < len(got) && !errors.Is(err, io.EOF) {
			t.Errorf("at %d: %d bytes, %v; want %d", at, n, err, len(want))
		}
	}
}

func TestAStreamThatIsNotItselfIsRefused(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
		if _, err := a.PutFrom(cairn.Receipt{From: "a"}, &changing{ReadSeeker: bytes.NewReader([]byte("one"))}); err == nil {
			t.Error("a file that changed while it was read was kept")
		}
		if _, err := a.PutFrom(cairn.Receipt{From: "a"}, &changing{ReadSeeker: bytes.NewReader(make([]byte, 2*partSize))}); err == nil {
			t.Error("a large file that changed while it was read was kept")
		}
		if _, err := a.PutFrom(cairn.Receipt{From: "a", Ref: cairn.RefOf([]byte("two"))}, bytes.NewReader([]byte("one"))); !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("other bytes than the receipt names: %v", err)
		}
		if n := g.kept(t); n != 0 {
			t.Errorf("%d files are kept of what was refused", n)
		}
		ref, err := a.PutFrom(cairn.Receipt{From: "a"}, bytes.NewReader([]byte("one")))
		if err != nil {
			t.Fatal(err)
		}
		name, _ := namesOf(t, a, ref)
		g.flip(t, name)
		if _, err := a.PutFrom(cairn.Receipt{From: "b"}, bytes.NewReader([]byte("one"))); !errors.Is(err, cairn.ErrDamaged) {
			t.Errorf("bytes that changed in the archive: %v", err)
		}
	})
}
