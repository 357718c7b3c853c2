package recorder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// pathOf is where the archive keeps bytes.
func pathOf(r *Recorder, ref cairn.Ref) string {
	digits := strings.TrimPrefix(string(ref), "sha256-")
	return filepath.Join(r.settings.Archive, "sha256", digits[:2], digits)
}

// remove takes bytes and receipts out of the archive.
func remove(t testing.TB, r *Recorder, ref cairn.Ref) {
	t.Helper()
	all, err := filepath.Glob(pathOf(r, ref) + "*")
	if err != nil || len(all) < 2 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, path := range all {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func faults(t testing.TB, r *Recorder) string {
	t.Helper()
	var all []string
	checked, err := r.Verify(ctx, func(f Fault) { all = append(all, f.String()) })
	if err != nil || checked.Items == 0 {
		t.Fatalf("%+v checked, %v", checked, err)
	}
	return strings.Join(all, "\n")
}

func TestVerify(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		if got := faults(t, r); got != "" {
			t.Fatalf("a new record has faults:\n%s", got)
		}
		wire, err := r.View().Document(ctx, "wire")
		if err != nil {
			t.Fatal(err)
		}
		selm, err := r.View().Document(ctx, "selm")
		if err != nil {
			t.Fatal(err)
		}
		remove(t, r, wire.Ref)
		if err := os.Chmod(pathOf(r, selm.Ref), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(pathOf(r, selm.Ref), []byte("another text"), 0o600); err != nil {
			t.Fatal(err)
		}
		got := faults(t, r)
		for _, want := range []string{
			"damaged bytes " + string(selm.Ref) + " archive/sha256/",
			"missing document wire its bytes (" + string(wire.Ref) + ") are not in the archive: archive/sha256/",
			"missing receipt archive/sha256/",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("the faults are\n%s\nwant %q among them", got, want)
			}
		}
		if n := strings.Count(got, "\n"); n != 2 {
			t.Errorf("%d faults, want 3:\n%s", n+1, got)
		}
	})
}
