package archive

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
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
	a, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	content := bytes.Repeat([]byte("Seven people were killed. "), 10_000)
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
	if faults, err := faultsOf(t, a); err != nil || len(faults) != 0 {
		t.Errorf("%v, %v", faults, err)
	}
}

func faultsOf(t *testing.T, a *Archive) (faults []Fault, err error) {
	_, err = a.Verify(t.Context(), func(f Fault) { faults = append(faults, f) })
	return faults, err
}

func TestAStreamThatIsNotItselfIsRefused(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.PutFrom(cairn.Receipt{From: "a"}, &changing{ReadSeeker: bytes.NewReader([]byte("one"))}); err == nil {
		t.Error("a file that changed while it was read was kept")
	}
	if _, err := a.PutFrom(cairn.Receipt{From: "a", Ref: cairn.RefOf([]byte("two"))}, bytes.NewReader([]byte("one"))); !errors.As(err, new(cairn.Invalid)) {
		t.Errorf("other bytes than the receipt names: %v", err)
	}
	ref, err := a.PutFrom(cairn.Receipt{From: "a"}, bytes.NewReader([]byte("one")))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "sha256", digits(ref)[:2], digits(ref))
	os.Chmod(path, 0o600)
	if err := os.WriteFile(path, []byte("0ne"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.PutFrom(cairn.Receipt{From: "b"}, bytes.NewReader([]byte("one"))); !errors.Is(err, cairn.ErrDamaged) {
		t.Errorf("bytes that changed in the archive: %v", err)
	}
}
