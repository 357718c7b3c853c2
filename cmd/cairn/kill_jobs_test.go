package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A deskProcess is a desk in a process of its own, with a browser that is signed in.
type deskProcess struct {
	t      *testing.T
	cmd    *exec.Cmd
	site   string
	client *http.Client
	joined string // the link of the first start
}

// serveDesk starts cairn serve over a folder.
func serveDesk(t *testing.T, data string, client *http.Client) *deskProcess {
	t.Helper()
	s := &deskProcess{t: t, cmd: exec.Command("cairn", "serve", "--data", data, "--listen", "127.0.0.1:0"), client: client}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	told, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	links := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(told); lines.Scan(); {
			if at := strings.Index(lines.Text(), "/join/"); at >= 0 {
				links <- lines.Text()[at:]
			}
		}
		close(links)
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	s.site = strings.TrimSpace(line)
	if client.Jar.Cookies(must(url.Parse(s.site))) == nil {
		s.joined = <-links
	}
	return s
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (s *deskProcess) kill() {
	_ = s.cmd.Process.Kill() // it may have ended by itself
	_ = s.cmd.Wait()
}

// imported sends text as a file to be imported, whatever becomes of the answer.
func (s *deskProcess) imported(text string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part := must(form.CreateFormFile("file", "reports.jsonl"))
	part.Write([]byte(text))
	form.Close()
	answer, err := s.client.Post(s.site+"/import", form.FormDataContentType(), &body)
	if err == nil {
		answer.Body.Close()
	}
}

// hasJob reports whether there is a job.
func (s *deskProcess) hasJob() bool {
	s.t.Helper()
	answer, err := s.client.Get(s.site + "/jobs.json")
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return err == nil && bytes.Contains(text, []byte(`"kind":"import"`))
}

type ranJob struct {
	State  string         `json:"state"`
	Done   int            `json:"done"`
	Starts int            `json:"starts"`
	Counts map[string]int `json:"counts"`
}

// job returns how the one job stands.
func (s *deskProcess) job() ranJob {
	s.t.Helper()
	answer, err := s.client.Get(s.site + "/jobs.json")
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	var page struct{ Jobs []ranJob }
	if err := json.NewDecoder(answer.Body).Decode(&page); err != nil || len(page.Jobs) != 1 {
		s.t.Fatalf("the jobs are %+v, %v", page.Jobs, err)
	}
	return page.Jobs[0]
}

// TestKilledJobs kills a desk with kill -9 in the midst of an import, again and
// again, and lets the last one end: the record is that of an undisturbed import.
func TestKilledJobs(t *testing.T) {
	kills, reports := 2, 1500
	if os.Getenv("CAIRN_SOAK") == "1" {
		kills, reports = 10, 4000
	}
	dir := t.TempDir()
	data, input := filepath.Join(dir, "record"), filepath.Join(dir, "reports.jsonl")
	if err := os.WriteFile(input, []byte(strikes(reports)), 0o600); err != nil {
		t.Fatal(err)
	}
	project := filepath.Join(dir, "project.json")
	if err := os.WriteFile(project, []byte(`{"name":"tarn","policy":"airwars/1","prefix":"i"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{filepath.Join(dir, "whole"), data} {
		cairnRuns(t, "project", "--data", folder, project)
	}
	cairnRuns(t, "import", "--data", filepath.Join(dir, "whole"), input)
	client := &http.Client{Jar: must(cookiejar.New(nil))}
	s := serveDesk(t, data, client)
	answer, err := client.PostForm(s.site+s.joined, url.Values{"form": {"join"}, "name": {"ana"}, "password": {"seven stones on a hill"}})
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("joining: %v, %v", answer, err)
	}
	answer.Body.Close()
	go s.imported(strikes(reports))
	for !s.hasJob() {
		time.Sleep(time.Millisecond)
	}
	for k := range kills {
		for from := s.job().Done; ; {
			if job := s.job(); job.Done >= from+25 || job.State == "done" {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		s.kill()
		port := must(url.Parse(s.site))
		cookies := client.Jar.Cookies(port)
		s = serveDesk(t, data, client)
		client.Jar.SetCookies(must(url.Parse(s.site)), cookies)
		t.Logf("kill %d: %+v", k+1, s.job())
	}
	var job ranJob
	for range 2000 {
		if job = s.job(); job.State == "done" || job.State == "failed" {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if job.State != "done" || job.Counts["taken"]+job.Counts["again"] != reports || job.Starts < 2 {
		t.Errorf("in the end the job says %+v", job)
	}
	s.kill()
	if faults := cairnRuns(t, "verify", "--data", data); !strings.Contains(faults, ", 0 faults") {
		t.Errorf("after the kills: %s", faults)
	}
	for name, from := range map[string]string{"whole": filepath.Join(dir, "whole"), "killed": data} {
		cairnRuns(t, "export", "--data", from, "--format", "jsonl", filepath.Join(dir, name+"-out"))
	}
	for _, name := range []string{"incidents.jsonl", "documents.jsonl", "claims.jsonl"} {
		want := must(os.ReadFile(filepath.Join(dir, "whole-out", name)))
		if got := must(os.ReadFile(filepath.Join(dir, "killed-out", name))); !bytes.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s is not that of an undisturbed import", name)
		}
	}
}
