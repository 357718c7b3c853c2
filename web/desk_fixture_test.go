package web

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// A workshop is a desk with a record of a few invented reports, as a server.
type workshop struct {
	t      testing.TB
	record *recorder.Recorder
	server *httptest.Server
	now    time.Time
}

// came is what came in, one document a line.
const came = `{"id":"wire","source":"Tarn Wire","published":"2031-05-04","language":"en","title":"Airstrike on Orvane","text":"Seven people were killed in an airstrike on Orvane on 3 May 2031, the mayor said. The air force carried out the strike."}
{"id":"herald","source":"Orvane Herald","published":"2031-05-05","language":"en","title":"Doctors count the dead","text":"Doctors in Orvane counted nine dead after the airstrike of 3 May 2031. At least 12 people were injured."}
{"id":"shabaka","source":"شبكة تارن","published":"2031-05-04","language":"ar","title":"قصف على أورفان","text":"قتل سبعة أشخاص في غارة جوية على أورفان في 3 أيار 2031، بحسب رئيس البلدية."}
{"id":"selm","source":"Orvane Herald","published":"2031-05-12","language":"en","title":"Shell on Selm Bridge","text":"Two civilians were killed when a shell hit Selm Bridge on 11 May 2031."}
`

// workshopAt opens a desk at where.
func workshopAt(t testing.TB, where string, change func(*Settings)) *workshop {
	t.Helper()
	w := &workshop{t: t, now: noon}
	folder := t.TempDir()
	r, err := recorder.Open(ctx, recorder.Settings{Database: where, Data: folder, Archive: filepath.Join(folder, "archive"), Project: "tarn", Who: "terminal", Now: func() time.Time { return w.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	w.record = r
	p := cairn.Project{Name: "tarn", Title: "Tarn", Policy: "airwars/1", Prefix: "T", Places: []cairn.Place{
		{ID: "project:orvane", Name: "Orvane", Names: map[string]string{"ar": "أورفان"}, Country: "XA", Accuracy: cairn.City, Point: &cairn.Point{Lat: 40, Lon: 50}},
		{ID: "project:selm", Name: "Selm Bridge", Country: "XA", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 41, Lon: 51}}},
		Parties: []cairn.Belligerent{{ID: "air", Name: "Tarn Air Force", Aliases: []string{"the air force"}}}}
	if err := r.PutProject(ctx, p, "to begin with"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "came.jsonl")
	if err := os.WriteFile(file, []byte(came), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Import(ctx, []string{file}, cairn.Given{}, recorder.Progress{}); err != nil {
		t.Fatal(err)
	}
	settings := Settings{Project: "tarn", Now: func() time.Time { return w.now }, Desk: r, Jobs: jobsOf(t, r, folder), Local: true, Two: true}
	if change != nil {
		change(&settings)
	}
	h, err := New(r.View(), r.Originals(), settings)
	if err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(h)
	t.Cleanup(w.server.Close)
	return w
}

// jobsOf runs the jobs of a record for as long as a test goes on.
func jobsOf(t testing.TB, r *recorder.Recorder, folder string) *recorder.Jobs {
	t.Helper()
	jobs := r.Jobs(recorder.Station{Folder: filepath.Join(folder, "work"), Server: "test"})
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- jobs.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return jobs
}

func newWorkshop(t testing.TB) *workshop { return workshopAt(t, storetest.SQLite(t), nil) }

// account makes an account with a role in the project.
func (w *workshop) account(name string, role cairn.DeskRole, in string) {
	w.t.Helper()
	if err := w.record.PutAccount(ctx, cairn.Account{Name: name, Roles: map[string]cairn.DeskRole{in: role}}, ""); err != nil {
		w.t.Fatal(err)
	}
	kept, err := desk.HashPassword(passwordOf(name))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.record.KeepSlip(ctx, store.Slip{Kind: proofsSlip, Key: name, Owner: name, Body: desk.Proofs{Name: name, Password: kept}.Text()}); err != nil {
		w.t.Fatal(err)
	}
}

func passwordOf(name string) string { return name + " walks up the hill" }

// link makes a one-time link and returns where it leads.
func (w *workshop) link(role cairn.DeskRole) string {
	w.t.Helper()
	key := desk.NewSecret()
	if err := w.record.KeepSlip(ctx, store.Slip{Kind: linkSlip, Key: desk.HashOf(key), Project: "tarn", Ends: w.now.Add(time.Hour), Body: `{"role":"` + string(role) + `"}`}); err != nil {
		w.t.Fatal(err)
	}
	return "/join/" + key
}

// A browserless is a client that keeps cookies and follows nothing.
type browserless struct {
	*workshop
	client *http.Client
}

func (w *workshop) nobody() *browserless {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &browserless{w, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as returns a client that is signed in.
func (w *workshop) as(name string) *browserless {
	w.t.Helper()
	b := w.nobody()
	if got := b.post("/sign-in", url.Values{"name": {name}, "password": {passwordOf(name)}}); got.status != http.StatusSeeOther {
		w.t.Fatalf("%s does not get in: %d %s", name, got.status, got.body)
	}
	return b
}

// An answered is what a server said.
type answered struct {
	status int
	to     string
	body   string
}

func (b *browserless) get(path string) answered {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodGet, b.server.URL+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.ask(r)
}

func (b *browserless) post(path string, form url.Values) answered {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodPost, b.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.ask(r)
}

func (b *browserless) ask(r *http.Request) answered {
	b.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	var body strings.Builder
	buffer := make([]byte, 32<<10)
	for {
		n, err := answer.Body.Read(buffer)
		body.Write(buffer[:n])
		if err != nil {
			break
		}
	}
	return answered{answer.StatusCode, answer.Header.Get("Location"), body.String()}
}
