package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

func TestTheOverviewSoundsTheAlarm(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	checked := func(at time.Time, told ...string) {
		t.Helper()
		if _, err := s.Write(ctx, cairn.Act{At: at, Who: "Ana", What: "verify"}, func(tx *store.Tx) error {
			_, err := tx.PutFixityCheck(ctx, cairn.FixityCheck{At: at, Items: 40, Faults: len(told), Told: told, Who: "Ana"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	now := noon.Add(time.Hour)
	h, err := New(s.ReadOnly(), shelf{}, Settings{Project: "zumra", Checked: 24 * time.Hour, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	says := func(when, first string, status int, alarms int) {
		t.Helper()
		w := get(t, h, "/healthz/fixity")
		if w.Code != status || !strings.HasPrefix(w.Body.String(), first+"\n") {
			t.Errorf("%s a monitor is answered %d, %q", when, w.Code, w.Body)
		}
		if got := all(t, page(t, h, "/", http.StatusOK), ".notice.trouble h2"); len(got) != alarms {
			t.Errorf("%s the overview says %q", when, got)
		}
	}
	says("before any check", "no check was kept: cairn serve --verify-every, or cairn verify --keep", http.StatusServiceUnavailable, 0)
	checked(noon)
	says("after a check", "ok", http.StatusOK, 0)
	if got := wordsOf(page(t, h, "/", http.StatusOK)); !strings.Contains(got, "last checked, without a fault: "+moment(noon)) {
		t.Errorf("the overview does not say when it was checked: %s", got)
	}
	now = noon.Add(49 * time.Hour)
	says("two days later", "the next check is long due", http.StatusServiceUnavailable, 1)
	checked(now, "damaged file archive/x its bytes are others")
	says("after a fault", "faults were found", http.StatusServiceUnavailable, 1)
	if got := one(t, page(t, h, "/", http.StatusOK), ".notice.trouble"); !strings.Contains(got, "Faults that the last check found: 1") {
		t.Errorf("the alarm says %q", got)
	}
}
