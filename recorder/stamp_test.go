package recorder

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/stamp"
	"github.com/cairn-recorder/cairn/stamp/stamptest"
)

var stamping = stamp.Client{HTTP: http.DefaultClient, Random: rand.Reader}

func noonAlways() time.Time { return noon }

// nobody is an address at which nobody answers.
const nobody = "http://127.0.0.1:1"

func states(t *testing.T, r *Recorder) string {
	t.Helper()
	all, err := r.Stamps(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, s := range all {
		found = append(found, string(s.State))
	}
	return strings.Join(found, " ")
}

func stampedBy(t *testing.T, r *Recorder, by Stampers) []cairn.Stamp {
	t.Helper()
	open, err := r.Stamp(ctx, by, stamping)
	if err != nil {
		t.Fatal(err)
	}
	return open
}

func lastAct(t *testing.T, r *Recorder) int {
	t.Helper()
	n, err := r.View().LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAStampWaitsUntilSomebodyAnswers(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		mute := &muteable{next: stamptest.NewAuthority(t, noonAlways, x509.ExtKeyUsageTimeStamping)}
		address := mute.start(t)
		calendar := stamptest.NewCalendar(t)
		by := Stampers{Authorities: []string{address, nobody}, Calendars: []string{calendar.Address}}
		mute.set(true)
		covers := lastAct(t, r)
		for range 2 { // the second changes nothing, and writes nothing
			if open := stampedBy(t, r, by); len(open) != 3 || open[0].Note == "" {
				t.Errorf("%+v", open)
			}
		}
		if got, last := states(t, r), lastAct(t, r); got != "queued queued pending" && got != "queued pending queued" && got != "pending queued queued" || last != covers+1 {
			t.Errorf("%s after act %d, want two queued and one pending by act %d", got, last, covers+1)
		}
		bring(t, r, strings.ReplaceAll(reports, "Seven", "Eight")) // work goes on meanwhile
		mute.set(false)
		calendar.Ripen()
		if open := stampedBy(t, r, Stampers{}); len(open) != 3 {
			t.Errorf("%+v", open)
		}
		whole := 0
		all, err := r.Stamps(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.State == cairn.WholeStamp {
				whole++
			}
			if s.Acts != covers {
				t.Errorf("a stamp of %d acts, want of the %d that there were when it was asked for", s.Acts, covers)
			}
		}
		if whole != 2 {
			t.Errorf("%d are whole: %s", whole, states(t, r))
		}
		verified, err := r.Verify(ctx, func(f Fault) { t.Errorf("%s", f) })
		if err != nil || len(verified.Stamps) != 3 {
			t.Errorf("%d stamps hold, %v", len(verified.Stamps), err)
		}
	})
}

func TestALogIsNotStampedForItsStamps(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	a := stamptest.NewAuthority(t, noonAlways, x509.ExtKeyUsageTimeStamping)
	by := Stampers{Authorities: []string{a.Address}}
	stampedBy(t, r, by)
	before := lastAct(t, r)
	if open := stampedBy(t, r, by); len(open) != 0 || lastAct(t, r) != before {
		t.Errorf("stamped again for nothing: %+v", open)
	}
	other := stamptest.NewAuthority(t, noonAlways, x509.ExtKeyUsageTimeStamping)
	if open := stampedBy(t, r, Stampers{Authorities: []string{a.Address, other.Address}}); len(open) != 1 || open[0].From != other.Address || open[0].Acts != before-1 {
		t.Errorf("a second authority: %+v", open)
	}
}

// TestADossierHoldsItsTime has a dossier say what its stamps prove, with and
// without the root of the authority, and finds one that was tampered with.
func TestADossierHoldsItsTime(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	a := stamptest.NewAuthority(t, noonAlways, x509.ExtKeyUsageTimeStamping)
	calendar := stamptest.NewCalendar(t)
	by := Stampers{Authorities: []string{a.Address, nobody}, Calendars: []string{calendar.Address}}
	stampedBy(t, r, by)
	calendar.Ripen()
	stampedBy(t, r, by)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(a.Root)
	for _, audience := range []dossier.Audience{dossier.Staff, dossier.Public} {
		file := dossierOf(t, r, "T1", audience)
		for _, c := range []struct {
			roots *x509.CertPool
			want  string
		}{{roots, "Proved: the log of 3 acts was there by 2031-06-01 12:00:00 UTC, signed by the authority Clock of Tarn"}, {nil, "Signed, and not proved"}} {
			checked := dossier.Check(bytes.NewReader(file), int64(len(file)), dossier.Known{Roots: c.roots}, func(f ledger.Finding) { t.Errorf("%s: %+v", audience, f) })
			words := strings.Join(checked.Words(), "\n")
			if !strings.Contains(words, c.want) || !strings.Contains(words, "if block 358391 of Bitcoin has the Merkle root") || strings.Contains(words, nobody) {
				t.Errorf("for %s:\n%s", audience, words)
			}
		}
	}
}

func TestAStampThatWasTamperedWithIsFound(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	a := stamptest.NewAuthority(t, noonAlways, x509.ExtKeyUsageTimeStamping)
	stampedBy(t, r, Stampers{Authorities: []string{a.Address}})
	v := newVandal(t, r, 1)
	v.exec(`UPDATE stamps SET body = replace(body, '2031-06-01', '2021-06-01')`)
	got := faults(t, r)
	if !strings.Contains(got, "damaged stamp 3/"+a.Address+" the authority signed 2031-06-01T12:00:00Z, and not 2021-06-01T12:00:00Z") || !strings.Contains(got, "altered stamps") {
		t.Errorf("a stamp was dated back: %s", got)
	}
	v.exec(`DELETE FROM stamps`)
	if got = faults(t, r); !strings.Contains(got, "missing stamps") {
		t.Errorf("a stamp was deleted: %s", got)
	}
}

// muteable is an authority that may answer nothing but a fault.
type muteable struct {
	next http.Handler
	mute atomic.Bool
}

func (m *muteable) start(t *testing.T) string {
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	return server.URL
}

func (m *muteable) set(mute bool) { m.mute.Store(mute) }

func (m *muteable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.mute.Load() {
		http.Error(w, "out of order", http.StatusServiceUnavailable)
		return
	}
	m.next.ServeHTTP(w, r)
}
