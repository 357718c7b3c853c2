package recorder

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A shift is a server that runs jobs, until it ends.
type shift struct {
	*Jobs
	end func()
}

// begin starts a server of a name over a record.
func begin(t testing.TB, r *Recorder, folder, server string) shift {
	t.Helper()
	j := r.Jobs(Station{Folder: folder, Server: server, Gone: func(other string) bool { return other != server }})
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- j.Run(ctx) }()
	over := false
	s := shift{j, func() {
		if cancel(); !over {
			over = true
			if err := <-ended; err != nil {
				t.Errorf("the jobs of %s end with %v", server, err)
			}
		}
	}}
	t.Cleanup(s.end)
	return s
}

// until waits for a job to be as is says.
func (s shift) until(t testing.TB, id string, is func(cairn.Job) bool) cairn.Job {
	t.Helper()
	for range 3000 {
		job, err := s.Job(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if is(job) {
			return job
		}
		time.Sleep(5 * time.Millisecond)
	}
	job, _ := s.Job(ctx, id)
	t.Fatalf("job %s stands at %+v", id, job)
	return job
}

func over(job cairn.Job) bool { return job.State.Over() }

// sent lays n invented reports into the folder of a job to import them.
func (s shift) sent(t testing.TB, n int) cairn.Job {
	t.Helper()
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, `{"id":"r%04d","source":"Paper %d","published":"2031-05-%02d","language":"en","text":"%d people were killed when a shell hit Selm Bridge on %d May 2031."}`+"\n", i, i%7, 2+i%25, 2+i%9, 1+i%25)
	}
	id := s.NewID()
	if err := os.MkdirAll(s.Folder(id), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Folder(id), "reports.jsonl"), []byte(all.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	job, err := s.Add(ctx, cairn.Job{ID: id, Kind: cairn.ImportJob, Who: "Ben", Order: cairn.JobOrder{Files: []string{"reports.jsonl"}}})
	if err != nil {
		t.Fatal(err)
	}
	return job
}

func TestAnImportIsAJob(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		s := begin(t, r, t.TempDir(), "one")
		id := s.sent(t, 40).ID
		job := s.until(t, id, over)
		if job.State != cairn.JobDone || job.Counts["taken"] != 40 || job.Faults != 0 || job.Begun.IsZero() || job.Ended.IsZero() {
			t.Errorf("done, it says %+v", job)
		}
		acts, err := r.View().Acts(ctx, 0, 0)
		if last := acts[len(acts)-1]; err != nil || last.Who != "Ben" {
			t.Errorf("the import is the work of %s, %v", last.Who, err)
		}
		all, err := s.All(ctx)
		if err != nil || len(all) != 1 || all[0].ID != id {
			t.Errorf("the jobs are %+v, %v", all, err)
		}
		if err := s.Ask(ctx, id, cairn.JobPaused); err == nil {
			t.Error("a job that is over is paused")
		}
	})
}

func TestAJobIsPausedAndGoesOnWithoutLosingOrDoubling(t *testing.T) {
	whole := local(t)
	undisturbed := begin(t, whole, t.TempDir(), "whole")
	undisturbed.until(t, undisturbed.sent(t, 300).ID, over)
	undisturbed.end()
	want := everything(t, whole)

	each(t, func(t *testing.T, r *Recorder) {
		folder := t.TempDir()
		s := begin(t, r, folder, "one")
		id := s.sent(t, 300).ID
		s.until(t, id, func(job cairn.Job) bool { return job.Done > 20 || job.State.Over() })
		if err := s.Ask(ctx, id, cairn.JobPaused); err != nil {
			t.Fatal(err)
		}
		paused := s.until(t, id, func(job cairn.Job) bool { return job.State != cairn.JobRuns })
		if paused.State != cairn.JobPaused {
			t.Fatalf("paused, it is %+v", paused)
		}
		if some, _ := r.View().Readings(ctx, "tarn", "", 0); len(some) == 0 || len(some) == 300 {
			t.Errorf("paused, %d documents are taken", len(some))
		}
		if err := s.Ask(ctx, id, cairn.JobWaits); err != nil {
			t.Fatal(err)
		}
		s.until(t, id, func(job cairn.Job) bool { return job.State == cairn.JobRuns && job.Done > 0 || job.State.Over() })
		s.end() // the server is asked to end
		if job, err := s.Job(ctx, id); err != nil || job.State != cairn.JobWaits && job.State != cairn.JobDone {
			t.Fatalf("after the server ended the job is %s, %v", job.State, err)
		}
		next := begin(t, r, folder, "two")
		job := next.until(t, id, over)
		if job.State != cairn.JobDone || job.Counts["taken"]+job.Counts["again"] != 300 {
			t.Errorf("in the end it says %+v", job)
		}
		if got := everything(t, r); got != want {
			t.Error("what was imported with a pause and a restart is not what is imported at once")
		}
	})
}

func TestTheJobOfAServerThatIsGoneIsTakenOver(t *testing.T) {
	r := local(t)
	folder := t.TempDir()
	crashed := shift{Jobs: r.Jobs(Station{Folder: folder, Server: "crashed"})}
	id := crashed.sent(t, 30).ID
	if k, err := crashed.next(ctx); err != nil || k == nil || k.ID != id {
		t.Fatalf("its turn has %+v, %v", k, err)
	}
	elsewhere := r.Jobs(Station{Folder: folder, Server: "elsewhere"})
	if k, err := elsewhere.next(ctx); err != nil || k != nil {
		t.Errorf("a server that knows nothing of the other's end takes over %+v, %v", k, err)
	}
	s := begin(t, r, folder, "next")
	if job := s.until(t, id, over); job.State != cairn.JobDone || job.Starts != 2 || job.Counts["taken"] != 30 {
		t.Errorf("taken over, it says %+v", job)
	}
}

func TestAJobIsCancelled(t *testing.T) {
	r := local(t)
	s := begin(t, r, t.TempDir(), "one")
	id := s.sent(t, 300).ID
	waiting := s.sent(t, 10).ID
	if err := s.Ask(ctx, waiting, cairn.JobCancelled); err != nil {
		t.Fatal(err)
	}
	s.until(t, id, func(job cairn.Job) bool { return job.Done > 20 || job.State.Over() })
	if err := s.Ask(ctx, id, cairn.JobCancelled); err != nil {
		t.Fatal(err)
	}
	if job := s.until(t, id, over); job.State != cairn.JobCancelled {
		t.Errorf("cancelled, it is %s", job.State)
	}
	if job := s.until(t, waiting, over); job.State != cairn.JobCancelled || job.Starts != 0 {
		t.Errorf("cancelled while it waited, it is %+v", job)
	}
	wantInvalid(t, s.Ask(ctx, id, cairn.JobWaits), "over already")
}

func TestJobsOfEveryKind(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	if _, err := r.Sign(ctx, "T1", "both read"); err != nil {
		t.Fatal(err)
	}
	s := begin(t, r, t.TempDir(), "one")
	for _, test := range []struct {
		order cairn.Job
		state cairn.JobState
		count string
		want  int
	}{
		{cairn.Job{Kind: cairn.RedoJob, Order: cairn.JobOrder{Dry: true}}, cairn.JobDone, "documents", 4},
		{cairn.Job{Kind: cairn.PublishJob, Order: cairn.JobOrder{Why: "monthly"}}, cairn.JobDone, "release", 1},
		{cairn.Job{Kind: cairn.ExportJob, Order: cairn.JobOrder{Format: "csv"}}, cairn.JobDone, "files", 3},
		{cairn.Job{Kind: cairn.ExportJob, Order: cairn.JobOrder{Format: "slides"}}, cairn.JobFailed, "files", 0},
		{cairn.Job{Kind: "dance"}, cairn.JobFailed, "", 0},
		{cairn.Job{Kind: cairn.ImportJob, Order: cairn.JobOrder{Files: []string{"../../../etc/passwd"}}}, cairn.JobDone, "problems", 1},
	} {
		test.order.Who = "Ben"
		job, err := s.Add(ctx, test.order)
		if err != nil {
			t.Fatal(err)
		}
		job = s.until(t, job.ID, over)
		if job.State != test.state || test.count != "" && job.Counts[test.count] != test.want {
			t.Errorf("%s %+v ends as %s with %v, %q; want %s with %d %s", job.Kind, job.Order, job.State, job.Counts, job.Told, test.state, test.want, test.count)
		}
		for _, name := range job.Files {
			if _, err := os.Stat(filepath.Join(s.Folder(job.ID), name)); err != nil {
				t.Error(err)
			}
		}
	}
}
