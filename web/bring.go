package web

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// importView is where files are brought in.
type importView struct {
	Form   form
	Done   *recorder.Summary
	Faults []string
}

func (importView) title() string { return "Import" }

func (s *site) importPage(r *http.Request) (view, error) {
	return importView{Form: s.filled(r, form{Name: "import", Action: "/import", Submit: "Bring it in", Files: true, Fields: []field{
		{Name: "file", Label: "Files", Kind: aFile, Hint: "Pages, PDF, DOCX, e-mail, plain text, JSON Lines or archives, of at most 60 MB together."},
		{Name: "source", Label: "Source", Kind: oneLine, Hint: "Where the file does not say itself."},
		{Name: "published", Label: "Published", Kind: oneLine, Hint: "2031-05-04, where the file does not say itself."},
	}})}, nil
}

// patience is how long whoever sends files waits for what becomes of them. What
// takes longer goes on among the long work.
const patience = 2 * time.Second

// bringIn has files brought in as a job, and shows what became of it where that is
// soon known.
func (s *site) bringIn(w http.ResponseWriter, r *http.Request) (string, error) {
	var faults correction
	published := faults.date(r.PostForm, "published")
	var sent []*multipart.FileHeader
	if r.MultipartForm != nil {
		sent = r.MultipartForm.File["file"]
	}
	if len(sent) == 0 || sent[0].Filename == "" {
		faults.fault("file", "Choose a file.")
	}
	if len(faults) > 0 {
		return "", wrong(faults)
	}
	job := cairn.Job{ID: s.settings.Jobs.NewID(), Kind: cairn.ImportJob, Who: visitorOf(r).Name, Order: cairn.JobOrder{Source: given(r.PostForm, "source"), Published: published}}
	folder := s.settings.Jobs.Folder(job.ID)
	names, err := laid(folder, sent)
	if err == nil {
		job.Order.Files = names
		job, err = s.settings.Jobs.Add(r.Context(), job)
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(folder))
	}
	job, err = s.settled(r.Context(), job)
	if err != nil || job.State != cairn.JobDone {
		return "/jobs#" + job.ID, err
	}
	return "", s.broughtIn(w, r, job)
}

// settled waits a little for a job to be over.
func (s *site) settled(ctx context.Context, job cairn.Job) (cairn.Job, error) {
	for end := time.Now().Add(patience); time.Now().Before(end) && !job.State.Over(); {
		select {
		case <-ctx.Done():
			return job, nil // nobody waits for the answer, and the job goes on
		case <-time.After(20 * time.Millisecond):
		}
		now, err := s.settings.Jobs.Job(ctx, job.ID)
		if err != nil {
			return job, err
		}
		job = now
	}
	return job, nil
}

// broughtIn shows what became of an import.
func (s *site) broughtIn(w http.ResponseWriter, r *http.Request, job cairn.Job) error {
	n := job.Counts
	sum := recorder.Summary{Taken: n["taken"], Again: n["again"], Problems: n["problems"], Claims: n["claims"], Incidents: n["incidents"], Originals: n["originals"]}
	if sum.Taken+sum.Again+sum.Problems == 0 && job.Faults > 0 {
		return at("file", strings.Join(job.Told[:min(3, len(job.Told))], " "))
	}
	page, err := s.importPage(r)
	if err != nil {
		return err
	}
	done := importView{Form: page.(importView).Form, Done: &sum, Faults: job.Told}
	s.write(w, r, http.StatusOK, "import", frame{Here: "import", Title: done.title(), View: done})
	return nil
}

// laid lays files that were sent into a folder, each under its own name.
func laid(folder string, sent []*multipart.FileHeader) ([]string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	var names []string
	for i, header := range sent {
		name := filepath.Base(filepath.Clean("/" + strings.ReplaceAll(header.Filename, `\`, "/")))
		if name == "/" || name == "." {
			name = "file"
		}
		if _, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			name = string(rune('a'+i%26)) + "-" + name
		}
		if err := lay(filepath.Join(folder, name), header); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func lay(path string, header *multipart.FileHeader) error {
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, file)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}
