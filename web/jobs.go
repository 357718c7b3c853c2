package web

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// jobsView is the long work of the project, the latest first, and the forms that
// start more of it.
type jobsView struct {
	Jobs  []jobRow `json:"jobs"`
	Start []form   `json:"-"`
}

// A jobRow is a job with what can be done about it.
type jobRow struct {
	cairn.Job
	Counted []cameOf `json:"-"` // in order of names
}

// A cameOf is what came of a job, by what is cameOf.
type cameOf struct {
	Name string
	N    int
}

// Part is how much of the job is done, in hundredths; -1 where nobody knows.
func (j jobRow) Part() int {
	if j.Of == 0 {
		return -1
	}
	return min(100, 100*j.Done/j.Of)
}

func (jobsView) title() string { return "Long work" }

func (s *site) jobsPage(r *http.Request) (view, error) {
	all, err := s.settings.Jobs.All(r.Context())
	if err != nil {
		return nil, err
	}
	v := jobsView{Jobs: []jobRow{}, Start: s.jobForms(r)}
	for _, job := range all[:min(len(all), perPage)] {
		v.Jobs = append(v.Jobs, rowOfJob(job))
	}
	return v, nil
}

func rowOfJob(job cairn.Job) jobRow {
	row := jobRow{Job: job}
	for _, name := range slices.Sorted(maps.Keys(job.Counts)) {
		if n := job.Counts[name]; n > 0 {
			row.Counted = append(row.Counted, cameOf{name, n})
		}
	}
	return row
}

// formats are those in which a project can be exported.
var formats = []recorder.Format{recorder.CSV, recorder.JSONL, recorder.GeoJSON, recorder.Parquet, recorder.HXL, recorder.SQLite, recorder.WACZ}

// jobForms is the forms that start work.
func (s *site) jobForms(r *http.Request) []form {
	var files []choice
	for _, f := range formats {
		files = append(files, choice{Value: string(f), Words: string(f)})
	}
	forms := []form{
		{Name: "capture", Submit: "Capture these pages", Fields: []field{
			{Name: "addresses", Label: "Addresses", Kind: longText, Hint: "One on each line. Each page is kept as a reader sees it."},
			{Name: "source", Label: "Source", Kind: oneLine, Hint: "Where the page does not say itself."}}},
		{Name: "redo", Submit: "Read everything again", Fields: []field{
			{Name: "dry", Label: "What for", Kind: oneOfThese, Options: []choice{{"yes", "only to see what would change", true}, {"no", "to have it so", false}},
				Hint: "After the project, its places or its policy changed. No signed number moves. While it runs nobody else can write."}}},
		{Name: "export", Submit: "Export", Fields: []field{
			{Name: "format", Label: "Form", Kind: oneOfThese, Options: files},
			{Name: "stage", Label: "Stage", Kind: oneOfThese, Options: choicesOf(stages, stage, string(store.Proposed))}}},
	}
	if visitorOf(r).Role.AtLeast(cairn.Reviewer) {
		forms = append(forms, form{Name: "publish", Submit: "Publish what is signed", Fields: []field{{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."}}})
	}
	for i := range forms {
		forms[i].Action = "/jobs"
		forms[i] = s.filled(r, forms[i])
	}
	return forms
}

// startJob starts the work of a form.
func (s *site) startJob(_ http.ResponseWriter, r *http.Request) (string, error) {
	form := r.PostForm
	job := cairn.Job{Who: visitorOf(r).Name, Kind: cairn.JobKind(form.Get("form"))}
	switch job.Kind {
	case cairn.CaptureJob:
		addresses, err := addressesIn(form.Get("addresses"))
		if err != nil {
			return "", err
		}
		job.Order = cairn.JobOrder{Addresses: addresses, Source: given(form, "source")}
	case cairn.RedoJob:
		job.Order.Dry = form.Get("dry") != "no"
	case cairn.ExportJob:
		if !slices.Contains(formats, recorder.Format(form.Get("format"))) {
			return "", at("format", "Choose a form.")
		}
		if !slices.Contains(stages, store.Stage(form.Get("stage"))) {
			return "", at("stage", "Choose a stage.")
		}
		job.Order = cairn.JobOrder{Format: form.Get("format"), Stage: form.Get("stage")}
	case cairn.PublishJob:
		if !visitorOf(r).Role.AtLeast(cairn.Reviewer) {
			return "", errMayNot
		}
		job.Order.Why = given(form, "why")
	default:
		return "", at("form", "There is no such work.")
	}
	job, err := s.settings.Jobs.Add(r.Context(), job)
	return "/jobs#" + job.ID, err
}

// mostAddresses is how many pages one job captures.
const mostAddresses = 1000

// addressesIn reads addresses, one a line.
func addressesIn(text string) ([]string, error) {
	var all []string
	for _, line := range strings.Fields(text) {
		if webAddress(line) == "" {
			return nil, at("addresses", "Write addresses of pages, beginning with https://, one on each line, not "+line+".")
		}
		all = append(all, line)
	}
	switch {
	case len(all) == 0:
		return nil, at("addresses", "Write at least one address.")
	case len(all) > mostAddresses:
		return nil, at("addresses", "A thousand addresses are the most for one job.")
	}
	return all, nil
}

// askJob pauses a job, cancels it, or has it go on.
func (s *site) askJob(_ http.ResponseWriter, r *http.Request) (string, error) {
	id := r.PathValue("id")
	to, ok := map[string]cairn.JobState{"pause": cairn.JobPaused, "cancel": cairn.JobCancelled, "go": cairn.JobWaits}[r.PostForm.Get("do")]
	if !ok {
		if _, err := s.settings.Jobs.Job(r.Context(), id); err != nil {
			return "", err
		}
		return "", at("do", "A job is paused, cancelled, or goes on.")
	}
	return "/jobs#" + id, s.settings.Jobs.Ask(r.Context(), id, to)
}

// jobFile answers with a file that a job made.
func (s *site) jobFile(w http.ResponseWriter, r *http.Request) {
	job, err := s.settings.Jobs.Job(r.Context(), r.PathValue("id"))
	if err == nil && !slices.Contains(job.Files, r.PathValue("name")) {
		err = cairn.ErrNotFound
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	file, err := os.Open(filepath.Join(s.settings.Jobs.Folder(job.ID), filepath.Base(r.PathValue("name"))))
	if errors.Is(err, os.ErrNotExist) {
		err = cairn.ErrNotFound
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="`+filepath.Base(file.Name())+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", cmp.Or(job.Ended, job.At), file)
}
