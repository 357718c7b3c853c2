package recorder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// run does a job, and says what became of it.
func (j *Jobs) run(ctx context.Context, k kept) error {
	doing, cancel := context.WithCancel(ctx)
	defer cancel()
	job := k.Job
	j.mutex.Lock()
	j.now, j.asked, j.cancel = &job, "", cancel
	j.mutex.Unlock()
	beats, stop := context.WithCancel(ctx)
	beaten := make(chan struct{})
	go func() {
		defer close(beaten)
		j.beat(beats, k.ID, cancel)
	}()
	err := j.do(doing, k.Job)
	stop()
	<-beaten
	j.mutex.Lock()
	asked, last := j.asked, copied(job)
	j.mutex.Unlock()
	state := stateAfter(ctx, asked, err)
	if state == cairn.JobFailed {
		last.Faults++
		last.Told = append([]string{err.Error()}, last.Told...)
	}
	defer func() {
		j.mutex.Lock()
		j.now, j.cancel = nil, nil
		j.mutex.Unlock()
	}()
	if k.Kind == cairn.ImportJob && (state == cairn.JobDone || state == cairn.JobCancelled) {
		if err := os.RemoveAll(j.Folder(k.ID)); err != nil { // the archive has what was sent
			return err
		}
	}
	return j.change(context.WithoutCancel(ctx), k.ID, func(k *kept) error {
		last.State, last.Doing = state, ""
		if state.Over() {
			last.Ended = j.r.settings.Now().UTC()
		}
		k.Job, k.Server, k.Asked = last, "", ""
		return nil
	})
}

// stateAfter says how a job stands that was broken off, or came to its end.
func stateAfter(ctx context.Context, asked cairn.JobState, err error) cairn.JobState {
	switch {
	case err == nil:
		return cairn.JobDone
	case errors.Is(err, context.Canceled) && asked != "":
		return asked
	case ctx.Err() != nil:
		return cairn.JobWaits // for the next server
	}
	return cairn.JobFailed
}

// beat keeps how far a job has come, so that others see it, and hears what others
// ask of it by another server. While a job has the record to itself, as a redo
// does, nothing can be kept, and that is passed over.
func (j *Jobs) beat(ctx context.Context, id string, cancel context.CancelFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(beatEvery):
		}
		j.mutex.Lock()
		if j.now == nil {
			j.mutex.Unlock()
			return
		}
		now := copied(*j.now)
		j.mutex.Unlock()
		soon, stop := context.WithTimeout(ctx, beatEvery)
		var asked cairn.JobState
		_ = j.change(soon, id, func(k *kept) error {
			asked = k.Asked
			now.State = k.State
			k.Job, k.Beat = now, j.r.settings.Now().UTC()
			return nil
		})
		stop()
		if asked != "" {
			j.mutex.Lock()
			j.asked = asked
			j.mutex.Unlock()
			cancel()
			return
		}
	}
}

// note changes what is shown of the job that runs.
func (j *Jobs) note(how func(*cairn.Job)) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if j.now != nil {
		how(j.now)
	}
}

// progress tells of a job as it goes on.
func (j *Jobs) progress(folder string) Progress {
	return Progress{
		Done: func(from string, so Summary) {
			j.note(func(job *cairn.Job) {
				job.Done, job.Doing, job.Counts = job.Done+1, shortened(from, folder), so.counts()
			})
		},
		Fault: func(err error) {
			j.note(func(job *cairn.Job) {
				if job.Faults++; len(job.Told) < mostTold {
					job.Told = append(job.Told, shortened(err.Error(), folder))
				}
			})
		},
	}
}

// shortened takes the folder of a job out of what is told, which says nothing to
// whoever sent the file.
func shortened(text, folder string) string {
	return strings.ReplaceAll(text, folder+string(filepath.Separator), "")
}

// counts are the parts of a summary by name.
func (s Summary) counts() map[string]int {
	return map[string]int{"taken": s.Taken, "again": s.Again, "problems": s.Problems, "claims": s.Claims, "incidents": s.Incidents, "originals": s.Originals}
}

// do does what a job is for.
func (j *Jobs) do(ctx context.Context, job cairn.Job) error {
	now, err := j.fresh.Recorder(ctx)
	if err != nil {
		return err
	}
	as, folder, o := now.As(job.Who), j.Folder(job.ID), job.Order
	given := cairn.Given{Source: o.Source, Published: o.Published}
	switch job.Kind {
	case cairn.ImportJob:
		var targets []string
		for _, name := range o.Files {
			targets = append(targets, filepath.Join(folder, filepath.Base(name)))
		}
		sum, err := as.Import(ctx, append(targets, o.Addresses...), given, j.progress(folder))
		j.note(func(job *cairn.Job) { job.Counts = sum.counts() })
		return err
	case cairn.CaptureJob:
		j.note(func(job *cairn.Job) { job.Of = len(o.Addresses) })
		since := j.r.settings.Now().Sub(job.At) + time.Minute // what this job captured before it was broken off
		sum, err := as.Capture(ctx, o.Addresses, given, since, j.progress(folder))
		j.note(func(job *cairn.Job) { job.Counts = sum.counts() })
		return err
	case cairn.RedoJob:
		done, err := as.Redo(ctx, o.Dry, j.progress(folder))
		j.note(func(job *cairn.Job) {
			job.Counts = map[string]int{"documents": done.Documents, "reread": done.Reread, "changed": done.Incidents, "made": done.Made, "signed": done.Signed, "unfit": len(done.Unfit), "missing": len(done.Missing)}
		})
		return err
	case cairn.PublishJob:
		release, err := as.Publish(ctx, o.Why)
		j.note(func(job *cairn.Job) {
			job.Counts = map[string]int{"release": release.Number, "incidents": release.Incidents}
		})
		return err
	case cairn.ExportJob:
		return j.export(ctx, as, o, folder)
	case cairn.EstimateJob:
		return j.estimate(ctx, as, o)
	}
	return cairn.Invalid{Field: "kind", Reason: fmt.Sprintf("there is no work of the kind %q", job.Kind)}
}

// export writes the files of an export into the folder of a job.
func (j *Jobs) export(ctx context.Context, as *Recorder, o cairn.JobOrder, folder string) error {
	q := Query{Project: j.r.project.Name, Stage: store.Stage(o.Stage)}
	var names []string
	var err error
	if Format(o.Format) == WACZ {
		var name string
		if name, err = as.ExportWACZ(ctx, q, folder); err == nil {
			names = []string{filepath.Base(name)}
		}
	} else {
		names, err = Export(ctx, j.r.View(), q, Format(o.Format), folder)
	}
	j.note(func(job *cairn.Job) { job.Files, job.Counts = names, map[string]int{"files": len(names)} })
	return err
}

// estimate estimates from the lists of the record, and keeps what came of it.
func (j *Jobs) estimate(ctx context.Context, as *Recorder, o cairn.JobOrder) error {
	e := cairn.Estimate{Title: o.Title}
	if o.About != nil {
		e.About = *o.About
	}
	e, err := as.EstimateLists(ctx, e, o.By, o.Draws, func(what string) {
		j.note(func(job *cairn.Job) { job.Doing = what })
	})
	refused := 0
	for _, r := range e.Runs {
		for _, a := range r.Answers {
			if a.Estimate == nil {
				refused++
			}
		}
	}
	j.note(func(job *cairn.Job) {
		job.Counts = map[string]int{"runs": len(e.Runs), "refused": refused}
		if err == nil {
			job.Doing = e.ID
		}
	})
	return err
}
