package recorder

import (
	"context"
	"crypto/sha512"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// spoil changes a byte of the archive.
func spoil(t *testing.T, r *Recorder, document string) {
	t.Helper()
	ref, err := r.View().DocumentRef(ctx, document)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(r.settings.Archive, "sha256", "*", strings.TrimPrefix(string(ref), "sha256-")))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	if err := os.Chmod(files[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestACheckIsKeptWithWhatItFound(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		settings := r.settings
		check, err := CheckFixity(ctx, settings, func(f Fault) { t.Errorf("of a sound record: %s", f) })
		if err != nil || check.N != 1 || check.Faults != 0 || check.Items < 8 || check.Who != "Ana" || !check.At.Equal(noon) {
			t.Fatalf("%+v, %v", check, err)
		}
		spoil(t, r, "wire")
		found := 0
		check, err = CheckFixity(ctx, settings, func(Fault) { found++ })
		if err != nil || check.N != 2 || check.Faults == 0 || check.Faults != found || !strings.HasPrefix(check.Told[0], "damaged ") {
			t.Errorf("%+v, %v", check, err)
		}
		kept, err := r.View().FixityChecks(ctx, 0)
		if err != nil || len(kept) != 2 || kept[0].N != 2 || kept[0].Faults != check.Faults || kept[1].Faults != 0 {
			t.Errorf("%+v, %v", kept, err)
		}
		if want := "checked 2031-06-01 12:00:00: "; !strings.HasPrefix(kept[1].String(), want) || !strings.HasSuffix(kept[1].String(), " items, no fault") {
			t.Errorf("a check says %q", kept[1])
		}
	})
}

// The next check comes by the clock, and a record that was checked lately is not
// checked at once.
func TestARecordIsCheckedByTheClock(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	settings := r.settings
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	var told []cairn.FixityCheck
	err := WatchFixity(ctx, settings, 20*time.Millisecond, func(c cairn.FixityCheck) {
		if told = append(told, c); len(told) == 2 {
			spoil(t, r, "herald")
		}
		if len(told) == 4 {
			stop()
		}
	})
	if err != nil || len(told) != 4 || told[0].Faults+told[1].Faults > 0 || told[2].Faults == 0 || told[3].Faults == 0 {
		t.Fatalf("%+v, %v", told, err)
	}
	if numbers := []int{told[0].N, told[1].N, told[2].N, told[3].N}; !slices.Equal(numbers, []int{1, 2, 3, 4}) {
		t.Errorf("the checks are numbered %v", numbers)
	}
	settings.Now = func() time.Time { return noon.Add(time.Minute) }
	if wait := untilDue(context.Background(), settings, time.Hour); wait != 59*time.Minute {
		t.Errorf("a minute after the last check the next of an hour is due in %s", wait)
	}
	settings.Now = func() time.Time { return noon.Add(48 * time.Hour) }
	if wait := untilDue(context.Background(), settings, time.Hour); wait != 0 {
		t.Errorf("one that is overdue waits %s", wait)
	}
	settings.Database = filepath.Join(t.TempDir(), "nothing.db")
	if wait := untilDue(context.Background(), settings, time.Hour); wait != 0 {
		t.Errorf("of a record that does not open the check waits %s", wait)
	}
}

// A record that does not open is told like any other fault, and so is that it
// cannot keep the check.
func TestADamagedRecordIsCheckedToo(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	settings := r.settings
	settings.Database = filepath.Join(t.TempDir(), "cairn.db")
	if err := os.WriteFile(settings.Database, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	check, err := CheckFixity(ctx, settings, func(Fault) {})
	if err != nil || check.N != 0 || check.Faults < 2 || !strings.Contains(strings.Join(check.Told, "\n"), "does not take in that it was checked") {
		t.Errorf("%+v, %v", check, err)
	}
}

// A second hash is kept of whatever comes once the project asks for it, and bytes are
// held against it.
func TestASecondHashIsKeptOnRequest(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	p := r.Project()
	p.SHA512 = true
	if err := r.PutProject(ctx, p, "a court asks for it"); err != nil {
		t.Fatal(err)
	}
	letter := "Four people were injured in Selm Bridge on 20 May 2031."
	if _, err := r.Import(ctx, []string{file(t, "letter.txt", letter), file(t, "photos.zip", string(photos(t)))}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	receipts, err := r.View().Receipts(ctx, cairn.RefOf([]byte(letter)))
	if want := fmt.Sprintf("%x", sha512.Sum512([]byte(letter))); err != nil || len(receipts) != 1 || receipts[0].SHA512 != want {
		t.Fatalf("%+v, %v, want %s", receipts, err, want)
	}
	zipped, err := r.View().Receipts(ctx, cairn.RefOf(photos(t)))
	if want := fmt.Sprintf("%x", sha512.Sum512(photos(t))); err != nil || len(zipped) != 1 || zipped[0].SHA512 != want {
		t.Errorf("of a container %+v, %v, want %s", zipped, err, want)
	}
	if earlier, err := r.View().DocumentRef(ctx, "wire"); err != nil {
		t.Error(err)
	} else if receipts, err := r.View().Receipts(ctx, earlier); err != nil || receipts[0].SHA512 != "" {
		t.Errorf("what came before has %+v, %v", receipts, err)
	}
	if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("%s", f) }); err != nil {
		t.Error(err)
	}
	odd := receipts[0]
	odd.SHA512, odd.At = strings.Repeat("0", 128), noon.Add(time.Hour)
	if _, err := r.archive.Put(odd, []byte(letter)); err != nil {
		t.Fatal(err)
	}
	if got := faults(t, r); !strings.Contains(got, "the SHA-512 of the bytes is now "+receipts[0].SHA512) {
		t.Errorf("of bytes without their second hash: %s", got)
	}
}
