package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	a, err := Open(dir, Keys{})
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
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
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
		if v, _ := a.Verify(context.Background(), func(f Fault) { t.Error(f) }); v.Files-len(a.recipients)/2 != 3 {
			t.Errorf("verified %d files, want bytes and two receipts", v.Files)
		}
	})
}

func TestACollectionThatBroughtNothingIsKept(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
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
	})
}

func TestWhatDoesNotBelongTogetherIsRefused(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
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
	})
}

func second[T any](_ T, err error) error { return err }

func TestVerifyNamesEachFault(t *testing.T) {
	for _, test := range []struct {
		name string
		harm func(t *testing.T, g ground, bytes, receipt string)
		want string
	}{
		{"one bit of the bytes flipped", func(t *testing.T, g ground, bytes, _ string) { g.flip(t, bytes) }, "damaged bytes BYTES"},
		{"one letter in place of the bytes", func(t *testing.T, g ground, bytes, _ string) { g.write(t, bytes, "x") }, "damaged bytes BYTES"},
		{"the bytes cut short", func(t *testing.T, g ground, bytes, _ string) { g.write(t, bytes, g.read(t, bytes)[1:]) }, "damaged bytes BYTES"},
		{"the bytes made longer", func(t *testing.T, g ground, bytes, _ string) { g.write(t, bytes, g.read(t, bytes)+" ") }, "damaged bytes BYTES"},
		{"the bytes removed", func(t *testing.T, g ground, bytes, _ string) { g.remove(t, bytes) }, "missing bytes BYTES"},
		{"the receipt removed", func(t *testing.T, g ground, _, receipt string) { g.remove(t, receipt) }, "missing receipt BYTES"},
		{"the receipt rewritten", func(t *testing.T, g ground, _, receipt string) { g.write(t, receipt, "{}") }, "altered receipt RECEIPT"},
		{"one bit of the receipt flipped", func(t *testing.T, g ground, _, receipt string) { g.flip(t, receipt) }, "altered receipt RECEIPT"},
		{"a file added at the top", func(t *testing.T, g ground, _, _ string) { g.write(t, "notes.txt", "x") }, "unknown file TOP/notes.txt"},
		{"a file added among the bytes", func(t *testing.T, g ground, bytes, _ string) { g.write(t, bytes+".bak", "x") }, "unknown file BYTES.bak"},
		{"the bytes under another name", func(t *testing.T, g ground, bytes, _ string) {
			g.write(t, bytes[:len(bytes)-4]+"0000", g.read(t, bytes))
		}, "damaged bytes BYTE0000"},
	} {
		t.Run(test.name, func(t *testing.T) {
			each(t, func(t *testing.T, g ground) {
				a := g.open(t)
				bytes, receipt := namesOf(t, a, put(t, a, receiptAt(0), "seven people"))
				if found := faults(t, a); len(found) != 0 {
					t.Fatalf("before any harm: %v", found)
				}
				test.harm(t, g, bytes, receipt)
				want := strings.NewReplacer("BYTES", g.title+"/"+bytes, "BYTE0000", g.title+"/"+bytes[:len(bytes)-4]+"0000",
					"RECEIPT", g.title+"/"+receipt, "TOP", g.title).Replace(test.want)
				if found := faults(t, a); !slices.Contains(found, want) {
					t.Errorf("faults %q, want %q", found, want)
				}
			})
		})
	}
}

func TestVerifyNamesWhatIsNoFile(t *testing.T) {
	for _, test := range []struct {
		name string
		harm func(dir, bytes, receipt string) error
		want string
	}{
		{"a folder added", func(dir, _, _ string) error { return os.Mkdir(dir+"/sha256/zz", 0o700) }, "unknown file archive/sha256/zz"},
		{"a link in place of the bytes", func(dir, bytes, receipt string) error {
			os.Remove(filepath.Join(dir, bytes))
			return os.Symlink(filepath.Join(dir, receipt), filepath.Join(dir, bytes))
		}, "unknown file archive/BYTES"},
		{"a whole folder removed", func(dir, _, _ string) error { return os.RemoveAll(dir + "/receipts") }, "missing folder archive/receipts"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := onFolder(t)
			a := g.open(t)
			bytes, receipt := namesOf(t, a, put(t, a, receiptAt(0), "seven people"))
			if err := test.harm(g.where, bytes, receipt); err != nil {
				t.Fatal(err)
			}
			want := strings.ReplaceAll(test.want, "BYTES", bytes)
			if found := faults(t, a); !slices.Contains(found, want) {
				t.Errorf("faults %q, want %q", found, want)
			}
		})
	}
}

// namesOf returns where bytes and their first receipt are kept.
func namesOf(t testing.TB, a *Archive, ref cairn.Ref) (bytes, receipt string) {
	t.Helper()
	bytes, err := bytesName(ref)
	if err != nil {
		t.Fatal(err)
	}
	receipts, err := a.receiptNames(ref)
	if err != nil {
		t.Fatal(err)
	}
	return bytes, receipts[0]
}

func rewrite(path, text string) error {
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

func TestDamagedBytesAreNeitherGivenOutNorMended(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
		ref := put(t, a, receiptAt(0), "seven people")
		bytes, _ := namesOf(t, a, ref)
		g.write(t, bytes, "nobody at all")
		if _, err := a.Get(ref); !errors.Is(err, cairn.ErrDamaged) {
			t.Errorf("Get = %v, want damaged", err)
		}
		if _, err := a.Put(receiptAt(1), []byte("seven people")); !errors.Is(err, cairn.ErrDamaged) {
			t.Errorf("Put = %v, want damaged", err)
		}
		if kept := g.read(t, bytes); kept != "nobody at all" {
			t.Errorf("damaged evidence was rewritten: %q", kept)
		}
		if n := g.kept(t); n != 2 {
			t.Errorf("%d files, want the bytes and the one receipt that they came with", n)
		}
	})
}

func TestFilesAreReadOnly(t *testing.T) {
	a := open(t, t.TempDir())
	bytes, _ := namesOf(t, a, put(t, a, receiptAt(0), "seven people"))
	info, err := os.Stat(filepath.Join(a.at, bytes))
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
			for _, g := range []ground{onFolder(t), encrypted(t, onFolder(t))} {
				dir := g.where
				a := g.open(t)
				ref := put(t, a, receiptAt(0), "seven people")
				put(t, a, receiptAt(1), "seven people")
				receipts, err := a.receiptNames(ref)
				if err != nil {
					t.Fatal(err)
				}
				bytes, _ := bytesName(ref)
				path := filepath.Join(dir, bytes)
				passing := filepath.Join(filepath.Dir(path), "."+filepath.Base(receipts[0])+".123")
				if err := os.Rename(filepath.Join(dir, receipts[0]), passing); err != nil {
					t.Fatal(err)
				}
				if !test.whole {
					if err := rewrite(passing, "{"); err != nil {
						t.Fatal(err)
					}
				}
				if !test.bytesArrived {
					os.Rename(path, filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".9"))
					os.Remove(filepath.Join(dir, receipts[1]))
				}
				a.Close()
				a = g.open(t)
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
			}
		})
	}
}

func TestAFileOnItsWayInIsNoFaultAndIsLeftToWhoeverWritesIt(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	bytes, _ := namesOf(t, a, put(t, a, receiptAt(0), "seven people"))
	path := filepath.Join(dir, bytes)
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
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
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
		if err != nil || v.Files-len(a.recipients)/2 != 20+8*20 {
			t.Errorf("verified %d files, %v; want 20 bytes and 160 receipts", v.Files, err)
		}
	})
}

func TestVerifyStopsWhenAsked(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		a := g.open(t)
		put(t, a, receiptAt(0), "seven people")
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := a.Verify(ctx, func(Fault) {}); !errors.Is(err, context.Canceled) {
			t.Errorf("Verify = %v", err)
		}
	})
}

func ExampleArchive_Put() {
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	a, err := Open(dir, Keys{})
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
