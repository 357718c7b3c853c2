package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive/archivetest"
)

// filled puts a little of everything into g: small and large bytes, several
// receipts, a collection that brought nothing, and bytes that were taken out.
func filled(t testing.TB, g ground) *Archive {
	t.Helper()
	a := g.open(t)
	for i := range 12 {
		put(t, a, receiptAt(i), fmt.Sprintf("report %d", i/2))
	}
	if _, err := a.PutFrom(receiptAt(0), bytes.NewReader(bytes.Repeat([]byte("film"), inMemoryMost/3))); err != nil {
		t.Fatal(err)
	}
	gone := receiptAt(0)
	gone.Outcome, gone.Status = cairn.Gone, 404
	put(t, a, gone, "")
	if err := a.Remove(cairn.Tombstone{Ref: cairn.RefOf([]byte("report 5")), Who: "R. Corder", At: noon, Why: "a wish", Authority: "court"}); err != nil {
		t.Fatal(err)
	}
	return a
}

func copyTo(t testing.TB, from, to *Archive) (Copied, []string) {
	t.Helper()
	var told []string
	n := 0
	copied, err := from.CopyTo(t.Context(), to, func(f Fault) { told = append(told, f.String()) }, func(files int) { n = files })
	if err != nil {
		t.Fatal(err)
	}
	if n != copied.Files+copied.There {
		t.Errorf("told of %d files, copied %+v", n, copied)
	}
	return copied, told
}

// contents reads everything in an archive, by name.
func contents(t testing.TB, g ground, a *Archive) string {
	t.Helper()
	var all []string
	for _, name := range g.names(t) {
		if name == recipientsFile {
			continue
		}
		hash, err := hashAt(a.place, name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, name+" "+hash)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func TestACopyHoldsTheSameWhereverItIs(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		original := onFolder(t)
		from := filled(t, original)
		there := g.open(t)
		if copied, told := copyTo(t, from, there); copied.Files != 21 || copied.There != 0 || len(told) > 0 {
			t.Errorf("copied %+v, told of %v", copied, told)
		}
		if got, want := contents(t, g, there), contents(t, original, from); got != want {
			t.Errorf("the copy holds\n%s\nwant\n%s", got, want)
		}
		if found := faults(t, there); len(found) > 0 {
			t.Error(found)
		}
		if copied, _ := copyTo(t, from, there); copied.Files != 0 || copied.There != 21 {
			t.Errorf("a second time: %+v", copied)
		}
		home := onFolder(t)
		back := home.open(t)
		copyTo(t, there, back)
		if got, want := contents(t, home, back), contents(t, original, from); got != want {
			t.Errorf("back again it holds\n%s\nwant\n%s", got, want)
		}
	})
}

func TestWhatWasTakenOutSinceIsTakenOutOfTheCopy(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		original := onFolder(t)
		from, to := filled(t, original), g.open(t)
		copyTo(t, from, to)
		ref := cairn.RefOf([]byte("report 3"))
		if err := from.Remove(cairn.Tombstone{Ref: ref, Who: "R. Corder", At: noon, Why: "a wish", Authority: "court"}); err != nil {
			t.Fatal(err)
		}
		if copied, _ := copyTo(t, from, to); copied.Files != 1 || to.Has(ref) {
			t.Errorf("copied %+v; the copy still has them: %v", copied, to.Has(ref))
		}
		if found := faults(t, to); len(found) > 0 {
			t.Error(found)
		}
	})
}

func TestAnArchiveOfOtherThingsIsNoCopy(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		from, to := filled(t, onFolder(t)), g.open(t)
		put(t, to, receiptAt(0), "of another record")
		before := g.names(t)
		if _, err := from.CopyTo(t.Context(), to, func(Fault) {}, func(int) {}); !errors.Is(err, cairn.ErrConflict) {
			t.Errorf("CopyTo = %v, want a conflict", err)
		}
		if after := g.names(t); !slices.Equal(before, after) {
			t.Errorf("it was changed to %v", after)
		}
	})
}

func TestDamageIsNamedAndNotCopied(t *testing.T) {
	each(t, func(t *testing.T, g ground) {
		from := filled(t, g)
		bytes, _ := namesOf(t, from, cairn.RefOf([]byte("report 1")))
		_, receipt := namesOf(t, from, cairn.RefOf([]byte("report 2")))
		g.flip(t, bytes)
		g.flip(t, receipt)
		home := onFolder(t)
		copied, told := copyTo(t, from, home.open(t))
		if copied.Files != 19 || len(told) != 2 {
			t.Fatalf("copied %+v, told of %q", copied, told)
		}
		for _, want := range []string{"damaged bytes " + string(cairn.RefOf([]byte("report 1"))), "altered receipt " + string(cairn.RefOf([]byte("report 2")))} {
			if !strings.Contains(strings.Join(told, "\n"), want) {
				t.Errorf("told of %q, want %q", told, want)
			}
		}
		for _, name := range []string{bytes, receipt} {
			if slices.Contains(home.names(t), name) {
				t.Errorf("%s was copied", name)
			}
		}
	})
}

func TestACopyStopsWhenAsked(t *testing.T) {
	from, to := filled(t, onFolder(t)), onBucket(archivetest.Fake(t)).open(t)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := from.CopyTo(ctx, to, func(Fault) {}, func(int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("CopyTo = %v, want that it was stopped", err)
	}
	if copied, _ := copyTo(t, from, to); copied.There == 0 || copied.Files+copied.There != 21 {
		t.Errorf("the next run: %+v; it began anew", copied)
	}
}
