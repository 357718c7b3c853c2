package cairn

import "time"

// A Job is long work that somebody started at the desk: it goes on by itself, can
// be paused and cancelled by whoever works on the project, and goes on where it was
// after a restart. It is no part of the record, which holds what the job does as
// acts.
type Job struct {
	ID      string         `json:"id"`
	Project string         `json:"project"`
	Kind    JobKind        `json:"kind"`
	State   JobState       `json:"state"`
	Order   JobOrder       `json:"order"`
	Who     string         `json:"who"`
	At      time.Time      `json:"at"` // UTC, when it was asked for
	Begun   time.Time      `json:"begun,omitzero"`
	Ended   time.Time      `json:"ended,omitzero"`
	Done    int            `json:"done"`             // things that it is through with
	Of      int            `json:"of,omitempty"`     // how many there are; 0 where nobody knows
	Doing   string         `json:"doing,omitempty"`  // what it is at
	Counts  map[string]int `json:"counts,omitempty"` // what came of it, by what is counted
	Faults  int            `json:"faults,omitempty"`
	Told    []string       `json:"told,omitempty"`   // the first of the faults, in words
	Files   []string       `json:"files,omitempty"`  // that can be taken away
	Starts  int            `json:"starts,omitempty"` // how often it was begun
	Server  string         `json:"-"`                // that runs it
	Beat    time.Time      `json:"-"`                // when that server last said so
}

// A JobOrder is what a job is to do. What its kind does not need is empty.
type JobOrder struct {
	Files     []string `json:"files,omitempty"` // that were sent, in the folder of the job
	Addresses []string `json:"addresses,omitempty"`
	Source    string   `json:"source,omitempty"`
	Published Date     `json:"published,omitempty"`
	Format    string   `json:"format,omitempty"` // of an export
	Stage     string   `json:"stage,omitempty"`  // of an export
	Dry       bool     `json:"dry,omitempty"`    // of a redo: say what would change, and change nothing
	Why       string   `json:"why,omitempty"`

	Title string           `json:"title,omitempty"` // of an estimate from the lists of the record
	About *EstimateSubject `json:"about,omitempty"` // likewise
	By    []string         `json:"by,omitempty"`    // its strata
	Draws int              `json:"draws,omitempty"` // how often who is who is drawn for it
}

// A JobKind says what sort of work a job is.
type JobKind string

// The kinds of job.
const (
	ImportJob  JobKind = "import"
	CaptureJob JobKind = "capture"
	RedoJob    JobKind = "redo"
	PublishJob JobKind = "publish"
	ExportJob  JobKind = "export"

	EstimateJob JobKind = "estimate"
)

// A JobState says how far a job has come.
type JobState string

// The states of a job.
const (
	JobWaits     JobState = "waits" // for its turn: one job runs at a time
	JobRuns      JobState = "runs"
	JobPaused    JobState = "paused"
	JobCancelled JobState = "cancelled" // what it did until then stands
	JobDone      JobState = "done"
	JobFailed    JobState = "failed"
)

// Over reports whether a job goes on no more by itself or by anybody's word.
func (s JobState) Over() bool { return s == JobCancelled || s == JobDone || s == JobFailed }
