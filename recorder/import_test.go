package recorder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

var documentsByID = store.DocumentFilter{ByID: true}

// many are n reports of invented strikes, three reports a strike.
func many(n int) string {
	var all strings.Builder
	for i := range n {
		k := i / 3
		fmt.Fprintf(&all, `{"id":"r%04d","source":"Paper %d","published":"2031-%02d-%02d","language":"en","text":"%s people were killed in an airstrike on %s on %d %s 2031, %s said."}`+"\n",
			i, i%7, 1+k%4, 2+k%25, []string{"Seven", "Nine", "At least 12"}[i%3], []string{"Orvane", "Selm Bridge"}[k%2], 1+k%25,
			[]string{"January", "February", "March", "April"}[k%4], []string{"the mayor", "a doctor", "residents"}[i%3])
	}
	return all.String()
}

func TestTheSameInputGivesTheSameRecord(t *testing.T) {
	text := many(120)
	var first string
	for _, processors := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(processors)
		r := local(t)
		bring(t, r, text)
		got := everything(t, r)
		runtime.GOMAXPROCS(before)
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("on %d processors the record is another", processors)
		}
	}
}

// stops ends ctx once it has seen n documents.
func stops(n int, stop context.CancelFunc) Progress {
	return Progress{Done: func(_ string, so Summary) {
		if so.Taken >= n {
			stop()
		}
	}}
}

func TestAnImportThatIsStoppedGoesOn(t *testing.T) {
	text := many(300)
	path := file(t, "reports.jsonl", text)
	whole := local(t)
	if _, err := whole.Import(ctx, []string{path}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	r := local(t)
	stopped, stop := context.WithCancel(ctx)
	sum, err := r.Import(stopped, []string{path}, cairn.Given{}, stops(50, stop))
	if !errors.Is(err, context.Canceled) || sum.Taken < 50 || sum.Taken == 300 {
		t.Fatalf("the stopped import is %+v, %v", sum, err)
	}
	rest, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{})
	if err != nil || rest.Again != sum.Taken || rest.Taken != 300-sum.Taken {
		t.Fatalf("the second import is %+v, %v after %+v", rest, err, sum)
	}
	if everything(t, r) != everything(t, whole) {
		t.Error("the record is not that of an undisturbed import")
	}
}

// What is archived and not recorded, as after a kill between the two, is
// recorded by the same import again, its receipt too.
func TestEvidenceWithoutRecordIsRecorded(t *testing.T) {
	path := file(t, "reports.jsonl", reports)
	r := local(t)
	early := noon.Add(-time.Hour)
	r.settings.Collect.Now = func() time.Time { return early }
	for g := range items(collected(r, path)) {
		if a := r.arrive(g); a.err != nil {
			t.Fatal(a.err)
		}
	}
	r.settings.Collect.Now = r.settings.Now
	sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{})
	if err != nil || sum.Taken != 4 {
		t.Fatalf("the import is %+v, %v", sum, err)
	}
	d, err := r.View().Document(ctx, "wire")
	if err != nil {
		t.Fatal(err)
	}
	if receipts, err := r.View().Receipts(ctx, d.Ref); err != nil || len(receipts) != 2 {
		t.Errorf("%d receipts, %v, want those of both walks", len(receipts), err)
	}
	if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("fault: %s", f) }); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeTaken(t *testing.T) {
	big := filepath.Join(t.TempDir(), "big.txt")
	if f, err := os.Create(big); err != nil {
		t.Fatal(err)
	} else if err := errors.Join(f.Truncate(2<<30), f.Close()); err != nil {
		t.Skipf("no sparse file here: %v", err)
	}
	for _, test := range []struct {
		name, path string
		want       Summary
		says       string
	}{
		{"a file that is not there", filepath.Join(t.TempDir(), "none.txt"), Summary{Problems: 1}, "no such file"},
		{"an empty file", file(t, "empty.txt", ""), Summary{Problems: 1}, "no_text"},
		{"white space", file(t, "white.txt", " \n\t\n"), Summary{Problems: 1}, "no_text"},
		{"a picture", file(t, "picture.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), Summary{Problems: 1}, "hold no text"},
		{"two gigabytes", big, Summary{Problems: 1}, "bytes"},
		{"a bad line among good ones", file(t, "lines.jsonl", `{"id":"a","text":"Two people were killed in Orvane on 3 May 2031."}`+"\n{]\n"), Summary{Taken: 1, Problems: 1}, "lines.jsonl:2: line: no JSON object"},
		{"a line without text", file(t, "lines.jsonl", `{"id":"a","text":"Two people were killed in Orvane on 3 May 2031."}`+"\n"+`{"id":"b"}`+"\n"), Summary{Taken: 1, Problems: 1}, "lines.jsonl:2: text: is missing"},
		{"a day that is yet to come", file(t, "future.jsonl", `{"id":"a","published":"2099-01-01","text":"Two people were killed in Orvane."}`), Summary{Taken: 1, Problems: 1}, "2099-01-01"},
		{"a day that is none", file(t, "day.jsonl", `{"id":"a","published":"soon","text":"Two people were killed in Orvane."}`), Summary{Taken: 1, Problems: 1}, "soon"},
		{"bytes that are no UTF-8", file(t, "latin.txt", "Two people were killed in Orvane, said Ren\xe9."), Summary{Taken: 1}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var said []string
			sum, err := local(t).Import(ctx, []string{test.path}, cairn.Given{}, Progress{Fault: func(err error) { said = append(said, err.Error()) }})
			sum.Claims, sum.Incidents = 0, 0
			if err != nil || sum != test.want {
				t.Errorf("the import is %+v, %v, want %+v", sum, err, test.want)
			}
			if !strings.Contains(strings.Join(said, "\n"), test.says) || test.says == "" && len(said) > 0 {
				t.Errorf("it says %q, want %q in it", said, test.says)
			}
		})
	}
}

func TestALockedStoreIsBusy(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the lock")
	}
	r := local(t)
	bring(t, r, reports)
	path := file(t, "more.jsonl", `{"id":"more","text":"Two people were killed in Orvane on 3 May 2031."}`)
	other, err := store.Open(ctx, r.settings.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	_, err = other.Write(ctx, cairn.Act{At: noon, Who: "Bo", What: "take"}, func(*store.Tx) error {
		_, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{})
		var hint cairn.Hint
		if !errors.Is(err, cairn.ErrBusy) || !errors.As(err, &hint) {
			t.Errorf("an import into a locked store is %v, want busy, with a hint", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{}); err != nil || sum.Taken != 1 {
		t.Errorf("once it is free the import is %+v, %v", sum, err)
	}
}
