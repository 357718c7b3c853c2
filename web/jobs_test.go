package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// send sends files as the form of an import.
func (b *browserless) send(files map[string]string) answered {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, text := range files {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			b.t.Fatal(err)
		}
		part.Write([]byte(text))
	}
	w.WriteField("form", "import")
	w.WriteField("source", "Selm Hospital")
	w.WriteField("published", "2031-05-13")
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, b.server.URL+"/import", &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.ask(r)
}

// jobs returns the jobs as JSON has them, the latest first.
func (b *browserless) jobs() []cairn.Job {
	b.t.Helper()
	var page struct {
		Jobs []cairn.Job `json:"jobs"`
	}
	if err := json.Unmarshal([]byte(b.get("/jobs.json").body), &page); err != nil {
		b.t.Fatal(err)
	}
	return page.Jobs
}

// done waits for the job of a kind to be over.
func (b *browserless) done(kind cairn.JobKind) cairn.Job {
	b.t.Helper()
	for range 500 {
		for _, job := range b.jobs() {
			if job.Kind == kind && job.State.Over() {
				return job
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.t.Fatalf("no job comes to an end: %+v", b.jobs())
	return cairn.Job{}
}

func TestFilesAreBroughtInAsAJob(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	got := ana.send(map[string]string{"one.txt": "Eleven people were killed when a shell hit Selm Bridge on 11 May 2031, a nurse said.", "../two.txt": "Twelve people were injured in Orvane on 3 May 2031."})
	if got.status != http.StatusOK || !strings.Contains(got.body, "2 taken") {
		t.Fatalf("two files: %d %s", got.status, got.body)
	}
	job := ana.done(cairn.ImportJob)
	if job.Kind != cairn.ImportJob || job.Who != "ana" || strings.Join(job.Order.Files, " ") == "" || strings.Contains(strings.Join(job.Order.Files, " "), "..") {
		t.Errorf("the job is %+v", job)
	}
	if got := ana.send(map[string]string{"one.txt": ""}); got.status >= 500 {
		t.Errorf("an empty file: %d", got.status)
	}
	if got := ana.send(nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="import-file-fault"`) || !strings.Contains(got.body, "Selm Hospital") {
		t.Errorf("no file: %d", got.status)
	}
}

func TestLongWorkIsStartedAndSeenByAll(t *testing.T) {
	w := newWorkshop(t)
	for name, role := range map[string]cairn.DeskRole{"ana": cairn.Researcher, "ben": cairn.Reviewer} {
		w.account(name, role, "tarn")
	}
	ana, ben := w.as("ana"), w.as("ben")
	for _, test := range []struct {
		name, form, field string
		sent              url.Values
	}{
		{"no address", "capture", "addresses", url.Values{"addresses": {""}}},
		{"no web address", "capture", "addresses", url.Values{"addresses": {"file:///etc/passwd"}, "source": {"kept as typed"}}},
		{"no form of export", "export", "format", url.Values{"format": {"slides"}}},
		{"no stage", "export", "stage", url.Values{"format": {"csv"}, "stage": {"dreamt"}}},
	} {
		test.sent.Set("form", test.form)
		got := ana.post("/jobs", test.sent)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, fmt.Sprintf(`id="%s-%s-fault"`, test.form, test.field)) {
			t.Errorf("%s: %d", test.name, got.status)
		}
		if source := test.sent.Get("source"); !strings.Contains(got.body, source) {
			t.Errorf("%s: what was typed is gone", test.name)
		}
	}
	if got := ana.post("/jobs", url.Values{"form": {"publish"}}); got.status != http.StatusForbidden {
		t.Errorf("a researcher publishes: %d", got.status)
	}
	started := ana.post("/jobs", url.Values{"form": {"export"}, "format": {"csv"}, "stage": {"proposed"}})
	if !strings.HasPrefix(started.to, "/jobs#") {
		t.Fatalf("an export leads to %d %s", started.status, started.to)
	}
	job := ben.done(cairn.ExportJob)
	if job.State != cairn.JobDone || len(job.Files) != 3 {
		t.Fatalf("the export is %+v", job)
	}
	page := ben.get("/jobs").body
	if !strings.Contains(page, `href="/jobs/`+job.ID+`/incidents.csv"`) || !strings.Contains(page, "<bdi>ana</bdi>") {
		t.Error("what another exported is not on the page")
	}
	if got := ben.get("/jobs/" + job.ID + "/incidents.csv"); got.status != 200 || !strings.HasPrefix(got.body, "id,project,") {
		t.Errorf("the file answers %d %.40q", got.status, got.body)
	}
	for _, path := range []string{"/jobs/" + job.ID + "/..%2f..%2fcairn.db", "/jobs/none/incidents.csv", "/jobs/" + job.ID + "/none"} {
		if got := ben.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got.status)
		}
	}
	ben.post("/jobs", url.Values{"form": {"publish"}})
	if job := ben.done(cairn.PublishJob); job.Kind != cairn.PublishJob || job.State != cairn.JobDone {
		t.Errorf("publishing is %+v", job)
	}
	if got := ana.post("/jobs/"+job.ID, url.Values{"do": {"pause"}}); got.status < 400 || got.status >= 500 {
		t.Errorf("a job that is over is paused: %d", got.status)
	}
	ana.post("/jobs", url.Values{"form": {"redo"}, "dry": {"yes"}})
	if job := ana.done(cairn.RedoJob); job.Kind != cairn.RedoJob || job.Counts["documents"] != 4 || !job.Order.Dry {
		t.Errorf("reading again is %+v", job)
	}
}
