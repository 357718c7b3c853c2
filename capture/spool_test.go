package capture

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func read(t testing.TB, r io.Reader) string {
	t.Helper()
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// What was written is read again from any place, short or long, and no byte of it
// stands in a file as it was.
func TestASpoolKeepsWhatIsWritten(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	random := rand.New(rand.NewPCG(4, 2))
	for _, size := range []int{0, 1, 15, 16, 17, 4095, 4096, 4097, 100_000} {
		want := make([]byte, size)
		for k := range want {
			want[k] = byte(random.Uint32())
		}
		s := &Spool{Most: 4096}
		for rest := want; len(rest) > 0; {
			n := min(len(rest), 1+random.IntN(700))
			if _, err := s.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if got := read(t, s.Section(0)); got != string(want) || s.Size() != int64(size) {
			t.Fatalf("%d bytes come back as %d others", size, len(got))
		}
		for range 50 {
			at := random.IntN(size + 1)
			if got := read(t, s.Section(int64(at))); got != string(want[at:]) {
				t.Fatalf("of %d bytes those from %d on come back as others", size, at)
			}
		}
		if s.file != nil {
			sealed := make([]byte, size)
			if _, err := s.file.ReadAt(sealed, 0); err != nil || bytes.Contains(sealed, want[size/2:size/2+64]) {
				t.Errorf("what is in the file is what was written, or cannot be read: %v", err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
}

// A page of half a gibibyte is captured in a few mebibytes of memory, to the byte.
func TestALargePageIsNotHeldInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("half a gibibyte goes over the line")
	}
	const pictures, size = 12, 30 << 20
	block := make([]byte, 1<<20)
	for k := range block {
		block[k] = byte(k * k >> 7)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html")
			for n := range pictures {
				fmt.Fprintf(w, `<img src="/%d.bin">`, n)
			}
			return
		}
		w.Header().Set("Content-Type", "image/png")
		for range size >> 20 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	most := peak(t, func() {
		c, err := Page(context.Background(), server.URL+"/", options(t, line(t, "", true)))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if len(c.Exchanges) != pictures+1 {
			t.Fatalf("%d answers, want %d", len(c.Exchanges), pictures+1)
		}
		for _, e := range c.Exchanges[1:] {
			if n, err := io.Copy(io.Discard, e.Body()); e.Err != nil || n != size || err != nil || e.Cut != "" {
				t.Errorf("%s: %d bytes, %v, %v %s", e.Address, n, e.Err, err, e.Cut)
			}
		}
		if _, err := c.Write(io.Discard, options(t, line(t, "", true))); err != nil {
			t.Error(err)
		}
	})
	if most > 64<<20 {
		t.Errorf("%d MiB were held in memory", most>>20)
	}
}

// peak is the most memory that is in use while something is done.
func peak(t *testing.T, do func()) (most uint64) {
	t.Helper()
	done, told := make(chan bool), make(chan uint64)
	go func() {
		var most uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				told <- most
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	do()
	close(done)
	return <-told
}
