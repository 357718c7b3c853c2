package recorder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestTheFilesOfTheLogAreHeld changes, deletes and swaps the checkpoints and the
// keys.
func TestTheFilesOfTheLogAreHeld(t *testing.T) {
	r := local(t)
	for _, text := range strings.SplitAfter(strings.TrimSpace(reports), "\n") {
		bring(t, r, text)
		if err := r.Seal(ctx); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"log/key", "keys/log.key"}
	checkpoints, err := r.settings.checkpoints()
	if err != nil || len(checkpoints) != 4 {
		t.Fatalf("%d checkpoints, %v", len(checkpoints), err)
	}
	for _, c := range checkpoints {
		names = append(names, "log/"+checkpointFile(c.Size))
	}
	for i, name := range names {
		path := filepath.Join(r.settings.Data, name)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		next := filepath.Join(r.settings.Data, names[(i+1)%len(names)])
		other, err := os.ReadFile(next)
		if err != nil {
			t.Fatal(err)
		}
		restore := func() { replace(t, path, content); replace(t, next, other) }
		for bit := 0; bit < 8*len(content); bit += 13 {
			spoilt := append([]byte(nil), content...)
			spoilt[bit/8] ^= 1 << (bit % 8)
			replace(t, path, spoilt)
			if got := faults(t, r); !strings.Contains(got, name) || strings.Count(got, "\n") > 0 {
				t.Errorf("%s with bit %d changed:\n%s", name, bit, got)
			}
		}
		replace(t, path, content[:len(content)-1])
		if got := faults(t, r); !strings.Contains(got, name) {
			t.Errorf("%s cut short:\n%s", name, got)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if got := faults(t, r); !strings.Contains(got, name) {
			t.Errorf("%s deleted:\n%s", name, got)
		}
		replace(t, path, other)
		replace(t, next, content)
		if got := faults(t, r); !strings.Contains(got, name) || !strings.Contains(got, names[(i+1)%len(names)]) {
			t.Errorf("%s and %s swapped:\n%s", name, names[(i+1)%len(names)], got)
		}
		restore()
		if got := faults(t, r); got != "" {
			t.Fatalf("put back, and yet:\n%s", got)
		}
	}
}

func replace(t testing.TB, path string, content []byte) {
	t.Helper()
	_ = os.Remove(path) // which may not be there
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestADatabaseThatIsGoneIsAFault takes the record away and spoils it.
func TestADatabaseThatIsGoneIsAFault(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	settings := r.settings
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(settings.Database)
	if err != nil {
		t.Fatal(err)
	}
	for what, spoilt := range map[string][]byte{"missing file cairn.db": nil, "damaged file cairn.db": content[:len(content)/3], "damaged": []byte("no database at all, and a little longer")} {
		_ = os.Remove(settings.Database)
		if spoilt != nil {
			replace(t, settings.Database, spoilt)
		}
		var all []string
		if _, err := Verify(ctx, settings, nil, func(f Fault) { all = append(all, f.String()) }); err != nil || !strings.Contains(strings.Join(all, "\n"), what) {
			t.Errorf("want %q: %v, %v", what, all, err)
		}
	}
}

// TestALogThatWasRewrittenIsNotSigned signs nothing over acts that are not those
// that were signed before.
func TestALogThatWasRewrittenIsNotSigned(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	if err := r.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	newVandal(t, r, 1).exec(`UPDATE hashes SET hash = (SELECT hash FROM hashes WHERE n = 0) WHERE n > 0`)
	if _, err := r.Sign(ctx, "T1", ""); err != nil {
		t.Fatal(err)
	}
	if err := r.Seal(ctx); err == nil || !strings.Contains(err.Error(), cairn.ErrDamaged.Error()) {
		t.Errorf("a log that was rewritten is signed: %v", err)
	}
}
