package recorder

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// jobSlip is the kind of the slips that jobs are kept as.
const jobSlip store.SlipKind = "job"

// Jobs runs the jobs of a project, one after the other. It is for several
// goroutines; one of them is in [Jobs.Run].
type Jobs struct {
	r      *Recorder
	fresh  *Current
	at     Station
	wake   chan struct{}
	mutex  sync.Mutex
	now    *cairn.Job         // the one that runs here; nil for none
	asked  cairn.JobState     // what somebody wants of it
	cancel context.CancelFunc // ends it
}

// A Station is where jobs run. Folder keeps the files that are sent and made;
// Server names this process, and Gone reports whether the process of a name is no
// longer there, so that its jobs are taken over at once.
type Station struct {
	Folder string
	Server string
	Gone   func(server string) bool
}

// WorkFolder is where the jobs of a record have their files, in its folder.
const WorkFolder = "work"

// The times of jobs.
const (
	lookEvery  = 2 * time.Second
	beatEvery  = time.Second
	staleAfter = 5 * time.Minute
	keptFor    = 30 * 24 * time.Hour // after the end of a job
	mostTold   = 20
)

// Jobs returns what runs the jobs of the project of r.
func (r *Recorder) Jobs(at Station) *Jobs {
	if at.Gone == nil {
		at.Gone = func(string) bool { return false }
	}
	return &Jobs{r: r, fresh: r.Current(), at: at, wake: make(chan struct{}, 1)}
}

// kept is a job as its slip keeps it.
type kept struct {
	cairn.Job
	Server string         `json:"server,omitempty"`
	Beat   time.Time      `json:"beat,omitzero"`
	Asked  cairn.JobState `json:"asked,omitempty"`
}

func jobOf(s store.Slip) (kept, error) {
	var k kept
	err := json.Unmarshal([]byte(s.Body), &k)
	k.Job.Server, k.Job.Beat = k.Server, k.Beat
	return k, err
}

func (k kept) text() (string, error) {
	text, err := json.Marshal(k)
	return string(text), err
}

// Folder returns where the files of a job are.
func (j *Jobs) Folder(id string) string { return filepath.Join(j.at.Folder, filepath.Base(id)) }

// Add takes a job on, to be run when its turn comes. It returns it with its
// identifier; where that is given already, files were laid into its folder.
func (j *Jobs) Add(ctx context.Context, job cairn.Job) (cairn.Job, error) {
	now := j.r.settings.Now().UTC()
	if job.ID == "" {
		job.ID = j.NewID()
	}
	job.Project, job.State, job.At = j.r.project.Name, cairn.JobWaits, now
	text, err := kept{Job: job}.text()
	if err == nil {
		err = j.r.KeepSlip(ctx, store.Slip{Kind: jobSlip, Key: job.ID, Owner: job.Who, Project: job.Project, Body: text})
	}
	j.Wake()
	return job, err
}

// NewID returns an identifier for a job. Later ones sort behind earlier ones.
func (j *Jobs) NewID() string {
	return fmt.Sprintf("%s-%s", j.r.settings.Now().UTC().Format("20060102-150405.000"), strings.ToLower(rand.Text()[:6]))
}

// Wake has Run look for work at once.
func (j *Jobs) Wake() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// All returns the jobs of the project, the latest first.
func (j *Jobs) All(ctx context.Context) ([]cairn.Job, error) {
	slips, err := j.r.view.Slips(ctx, jobSlip, "")
	if err != nil {
		return nil, err
	}
	all := []cairn.Job{}
	for _, s := range slips {
		if s.Project != j.r.project.Name {
			continue
		}
		k, err := jobOf(s)
		if err != nil {
			return nil, err
		}
		all = append(all, j.live(k.Job))
	}
	slices.SortStableFunc(all, func(a, b cairn.Job) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	return all, nil
}

// Job returns the job of an identifier.
func (j *Jobs) Job(ctx context.Context, id string) (cairn.Job, error) {
	s, err := j.r.view.Slip(ctx, jobSlip, id)
	if err == nil && s.Project != j.r.project.Name {
		err = fmt.Errorf("job %s: %w", id, cairn.ErrNotFound)
	}
	if err != nil {
		return cairn.Job{}, err
	}
	k, err := jobOf(s)
	return j.live(k.Job), err
}

// live returns a job as it stands this moment, where it runs here.
func (j *Jobs) live(job cairn.Job) cairn.Job {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if j.now != nil && j.now.ID == job.ID {
		return copied(*j.now)
	}
	return job
}

func copied(job cairn.Job) cairn.Job {
	job.Told, job.Files = slices.Clone(job.Told), slices.Clone(job.Files)
	counts := map[string]int{}
	for name, n := range job.Counts {
		counts[name] = n
	}
	job.Counts = counts
	return job
}

// Ask has a job paused, cancelled, or wait for its turn again. What it cannot be
// asked in its state is cairn.Invalid.
func (j *Jobs) Ask(ctx context.Context, id string, to cairn.JobState) error {
	j.mutex.Lock()
	if j.now != nil && j.now.ID == id && (to == cairn.JobPaused || to == cairn.JobCancelled) {
		j.asked = to
		j.cancel()
		j.mutex.Unlock()
		return nil
	}
	j.mutex.Unlock()
	return j.change(ctx, id, func(k *kept) error {
		switch {
		case to == cairn.JobWaits && k.State == cairn.JobFailed:
			k.State, k.Ended = to, time.Time{}
		case k.State.Over():
			return cairn.Invalid{Field: "job", Reason: "It is over already."}
		case k.State == cairn.JobRuns && to != cairn.JobWaits:
			k.Asked = to // of the server that runs it
		case to == cairn.JobCancelled:
			k.State, k.Ended = to, j.r.settings.Now().UTC()
		case to == cairn.JobPaused && k.State == cairn.JobWaits, to == cairn.JobWaits && k.State == cairn.JobPaused:
			k.State = to
		default:
			return cairn.Invalid{Field: "job", Reason: "It cannot be asked that now."}
		}
		return nil
	})
}

// change changes a job, whoever else does so meanwhile.
func (j *Jobs) change(ctx context.Context, id string, how func(*kept) error) error {
	for {
		s, err := j.r.view.Slip(ctx, jobSlip, id)
		if err != nil {
			return err
		}
		k, err := jobOf(s)
		if err == nil {
			err = how(&k)
		}
		if err != nil {
			return err
		}
		text, err := k.text()
		if err == nil && text != s.Body {
			err = j.r.ReplaceSlip(ctx, jobSlip, id, s.Body, text)
		}
		if !errors.Is(err, cairn.ErrConflict) {
			j.Wake()
			return err
		}
	}
}

// Run runs jobs until ctx ends. One that is under way then waits for the next
// server.
func (j *Jobs) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		k, err := j.next(ctx)
		if err == nil && k != nil {
			err = j.run(ctx, *k)
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, cairn.ErrBusy) {
			return err
		}
		if k != nil && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-j.wake:
		case <-time.After(lookEvery):
		}
	}
	return nil
}

// next takes the job whose turn it is; nil where there is none. A job whose server
// is gone has its turn again; those that ended long ago are thrown away.
func (j *Jobs) next(ctx context.Context) (*kept, error) {
	slips, err := j.r.view.Slips(ctx, jobSlip, "")
	if err != nil {
		return nil, err
	}
	now := j.r.settings.Now().UTC()
	for _, s := range slips {
		k, err := jobOf(s)
		if err != nil || s.Project != j.r.project.Name {
			continue
		}
		if k.State.Over() {
			if now.Sub(k.Ended) > keptFor {
				err = errors.Join(os.RemoveAll(j.Folder(k.ID)), j.r.DropSlip(ctx, jobSlip, k.ID))
			}
			if err != nil && !errors.Is(err, cairn.ErrNotFound) {
				return nil, err
			}
			continue
		}
		orphaned := k.State == cairn.JobRuns && (k.Server == j.at.Server || j.at.Gone(k.Server) || now.Sub(k.Beat) > staleAfter)
		if k.State != cairn.JobWaits && !orphaned {
			continue
		}
		if orphaned && k.Asked != "" { // of a server that is gone before it heard
			return nil, j.change(ctx, k.ID, func(k *kept) error {
				k.State, k.Asked, k.Ended = k.Asked, "", now
				return nil
			})
		}
		k.State, k.Server, k.Beat, k.Asked, k.Starts = cairn.JobRuns, j.at.Server, now, "", k.Starts+1
		k.Begun = cmp.Or(k.Begun, now)
		k.Done, k.Doing, k.Counts, k.Faults, k.Told = 0, "", nil, 0, nil
		text, err := k.text()
		if err == nil {
			err = j.r.ReplaceSlip(ctx, jobSlip, k.ID, s.Body, text)
		}
		if errors.Is(err, cairn.ErrConflict) || errors.Is(err, cairn.ErrNotFound) {
			continue // another server was faster
		}
		return &k, err
	}
	return nil, nil
}
