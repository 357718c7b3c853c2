package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

var noon = time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)

func receiptAt(hour int) cairn.Receipt {
	return cairn.Receipt{From: "report.txt", How: "file", Who: "R. Corder", Outcome: cairn.Fetched,
		At: noon.Add(time.Duration(hour) * time.Hour)}
}

func open(t testing.TB, dir string) *Archive {
	t.Helper()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func put(t testing.TB, a *Archive, r cairn.Receipt, bytes string) cairn.Ref {
	t.Helper()
	ref, err := a.Put(r, []byte(bytes))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func faults(t testing.TB, a *Archive) []string {
	t.Helper()
	found := []string{}
	if _, err := a.Verify(context.Background(), func(f Fault) {
		found = append(found, string(f.Kind)+" "+f.What+" "+f.Path)
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheSameBytesTwiceHaveTwoReceipts(t *testing.T) {
	a := open(t, t.TempDir())
	late := put(t, a, receiptAt(2), "seven people were killed")
	early := put(t, a, receiptAt(1), "seven people were killed")
	if late != early || late != cairn.RefOf([]byte("seven people were killed")) {
		t.Errorf("refs %s and %s, want one, of the bytes", late, early)
	}
	receipts, err := a.Receipts(late)
	if err != nil || len(receipts) != 2 {
		t.Fatalf("%d receipts, %v; want 2", len(receipts), err)
	}
	if !receipts[0].At.Before(receipts[1].At) {
		t.Error("receipts are not in order of time")
	}
	if receipts[0].Ref != late || receipts[0].Size != 24 {
		t.Errorf("receipt says ref %s of %d bytes", receipts[0].Ref, receipts[0].Size)
	}
	bytes, err := a.Get(late)
	if err != nil || string(bytes) != "seven people were killed" {
		t.Errorf("Get = %q, %v", bytes, err)
	}
	if v, _ := a.Verify(context.Background(), func(f Fault) { t.Error(f) }); v.Files != 3 {
		t.Errorf("verified %d files, want bytes and two receipts", v.Files)
	}
}

func TestACollectionThatBroughtNothingIsKept(t *testing.T) {
	a := open(t, t.TempDir())
	r := receiptAt(0)
	r.From, r.Outcome, r.Status = "https://news.example/a", cairn.Gone, 404
	ref := put(t, a, r, "")
	if receipts, err := a.Receipts(ref); err != nil || len(receipts) != 1 || receipts[0].Status != 404 {
		t.Errorf("receipts = %v, %v", receipts, err)
	}
	if _, err := a.Get(ref); !errors.Is(err, cairn.ErrNotFound) {
		t.Errorf("Get = %v, want not found", err)
	}
	if a.Has(ref) {
		t.Error("the archive says that it has bytes where none came")
	}
	if found := faults(t, a); len(found) != 0 {
		t.Error(found)
	}
}

func TestWhatDoesNotBelongTogetherIsRefused(t *testing.T) {
	a := open(t, t.TempDir())
	other := receiptAt(0)
	other.Ref = cairn.RefOf([]byte("other"))
	for name, err := range map[string]error{
		"fetched without bytes":          second(a.Put(receiptAt(0), nil)),
		"a receipt of other bytes":       second(a.Put(other, []byte("these"))),
		"a ref that is not a ref":        second(a.Get("sha256-xyz")),
		"a ref that climbs":              second(a.Get("sha256-../../../etc/passwd")),
		"receipts of a ref that is none": second(a.Receipts("")),
	} {
		var invalid cairn.Invalid
		if !errors.As(err, &invalid) {
			t.Errorf("%s: %v, want cairn.Invalid", name, err)
		}
	}
	if _, err := a.Receipts(cairn.RefOf([]byte("never seen"))); !errors.Is(err, cairn.ErrNotFound) {
		t.Errorf("receipts of bytes never seen: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestVerifyNamesEachFault(t *testing.T) {
	for _, test := range []struct {
		name string
		harm func(dir, bytes, receipt string) error
		want string
	}{
		{"one bit of the bytes flipped", func(_, bytes, _ string) error { return rewrite(bytes, "Seven people") }, "damaged bytes archive/BYTES"},
		{"the bytes cut short", func(_, bytes, _ string) error { return rewrite(bytes, "") }, "damaged bytes archive/BYTES"},
		{"the bytes removed", func(_, bytes, _ string) error { return os.Remove(bytes) }, "missing bytes archive/BYTES"},
		{"the receipt removed", func(_, _, receipt string) error { return os.Remove(receipt) }, "missing receipt archive/BYTES"},
		{"the receipt rewritten", func(_, _, receipt string) error { return rewrite(receipt, "{}") }, "altered receipt archive/RECEIPT"},
		{"a file added at the top", func(dir, _, _ string) error { return os.WriteFile(dir+"/notes.txt", nil, 0o600) }, "unknown file archive/notes.txt"},
		{"a file added among the bytes", func(_, bytes, _ string) error { return os.WriteFile(bytes+".bak", nil, 0o600) }, "unknown file archive/BYTES.bak"},
		{"a folder added", func(dir, _, _ string) error { return os.Mkdir(dir+"/sha256/zz", 0o700) }, "unknown file archive/sha256/zz"},
		{"the bytes under another name", func(dir, bytes, _ string) error {
			return os.Link(bytes, bytes[:len(bytes)-4]+"0000")
		}, "damaged bytes archive/BYTE0000"},
		{"a link in place of the bytes", func(_, bytes, receipt string) error {
			os.Remove(bytes)
			return os.Symlink(receipt, bytes)
		}, "unknown file archive/BYTES"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "archive")
			a := open(t, dir)
			ref := put(t, a, receiptAt(0), "seven people")
			path, _ := a.path(ref)
			receipts, err := a.receiptPaths(ref)
			if err != nil {
				t.Fatal(err)
			}
			if found := faults(t, a); len(found) != 0 {
				t.Fatalf("before any harm: %v", found)
			}
			if err := test.harm(dir, path, receipts[0]); err != nil {
				t.Fatal(err)
			}
			short := strings.TrimPrefix(path, dir+"/")
			want := strings.NewReplacer("BYTES", short, "BYTE0000", short[:len(short)-4]+"0000",
				"RECEIPT", strings.TrimPrefix(receipts[0], dir+"/")).Replace(test.want)
			found := faults(t, a)
			if !strings.Contains(strings.Join(found, "\n"), want) {
				t.Errorf("faults %q, want %q", found, want)
			}
		})
	}
}

func rewrite(path, text string) error {
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

func TestDamagedBytesAreNeitherGivenOutNorMended(t *testing.T) {
	a := open(t, t.TempDir())
	ref := put(t, a, receiptAt(0), "seven people")
	path, _ := a.path(ref)
	if err := rewrite(path, "nobody at all"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Get(ref); !errors.Is(err, cairn.ErrDamaged) {
		t.Errorf("Get = %v, want damaged", err)
	}
	if _, err := a.Put(receiptAt(1), []byte("seven people")); !errors.Is(err, cairn.ErrDamaged) {
		t.Errorf("Put = %v, want damaged", err)
	}
	if kept, _ := os.ReadFile(path); string(kept) != "nobody at all" {
		t.Error("damaged evidence was rewritten")
	}
}

func TestFilesAreReadOnly(t *testing.T) {
	a := open(t, t.TempDir())
	path, _ := a.path(put(t, a, receiptAt(0), "seven people"))
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o440 {
		t.Errorf("mode %v, %v; want 0440", info.Mode(), err)
	}
}

func TestOpenFinishesWhatAKilledProcessLeft(t *testing.T) {
	for _, test := range []struct {
		name         string
		bytesArrived bool
		whole        bool
		receipts     int
	}{
		{"killed before the bytes took their name", false, true, 1},
		{"killed between the bytes and their receipt", true, true, 2},
		{"killed while the receipt was written", true, false, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			a := open(t, dir)
			ref := put(t, a, receiptAt(0), "seven people")
			put(t, a, receiptAt(1), "seven people")
			path, _ := a.path(ref)
			receipts, _ := a.receiptPaths(ref)
			passing := filepath.Join(filepath.Dir(path), "."+filepath.Base(receipts[0])+".123")
			if err := os.Rename(receipts[0], passing); err != nil {
				t.Fatal(err)
			}
			if !test.whole {
				if err := rewrite(passing, "{"); err != nil {
					t.Fatal(err)
				}
			}
			if !test.bytesArrived {
				os.Rename(path, filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".9"))
				os.Remove(receipts[1])
			}
			a.Close()
			a = open(t, dir)
			if left, _ := filepath.Glob(filepath.Join(dir, "sha256", "*", ".*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if found := faults(t, a); len(found) > 0 {
				t.Errorf("faults after the kill: %v", found)
			}
			put(t, a, receiptAt(2), "seven people")
			want := test.receipts + 1
			if !test.bytesArrived {
				want = 1
			}
			if kept, err := a.Receipts(ref); len(kept) != want {
				t.Errorf("%d receipts, %v; want %d", len(kept), err, want)
			}
		})
	}
}

func TestAFileOnItsWayInIsNoFaultAndIsLeftToWhoeverWritesIt(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	path, _ := a.path(put(t, a, receiptAt(0), "seven people"))
	passing := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".77")
	if err := os.WriteFile(passing, []byte("sev"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, dir) // a is still at work
	if !exists(passing) {
		t.Error("a second process swept away what the first one is writing")
	}
	if found := faults(t, b); len(found) > 0 {
		t.Error(found)
	}
}

func TestManyAtOnce(t *testing.T) {
	a := open(t, t.TempDir())
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 20 {
				r := receiptAt(worker)
				r.From = fmt.Sprint("worker ", worker)
				if _, err := a.Put(r, fmt.Appendf(nil, "report %d", i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	v, err := a.Verify(context.Background(), func(f Fault) { t.Error(f) })
	if err != nil || v.Files != 20+8*20 {
		t.Errorf("verified %d files, %v; want 20 bytes and 160 receipts", v.Files, err)
	}
}

func TestVerifyStopsWhenAsked(t *testing.T) {
	a := open(t, t.TempDir())
	put(t, a, receiptAt(0), "seven people")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Verify(ctx, func(Fault) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify = %v", err)
	}
}

func ExampleArchive_Put() {
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	a, err := Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer a.Close()
	receipt := cairn.Receipt{From: "report.txt", How: "file", At: noon, Who: "R. Corder", Outcome: cairn.Fetched}
	ref, err := a.Put(receipt, []byte("Seven people were killed."))
	fmt.Println(ref.Short(), err, a.Has(ref))
	// Output: a7cde5292ca0 <nil> true
}

func BenchmarkPut3KB(b *testing.B) {
	a := open(b, b.TempDir())
	bytes := []byte(strings.Repeat("seven people were killed. ", 120))
	i := 0
	for b.Loop() {
		i++
		if _, err := a.Put(receiptAt(0), fmt.Appendf(bytes[:len(bytes):len(bytes)], "%d", i)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "puts/s")
}
