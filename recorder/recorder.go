// Package recorder joins the steps of the walk: what is collected goes to the
// archive, is read and extracted, linked to incidents and assessed, and is
// written to the store in one act. It is the only package that knows more than
// one step, and the only one that writes to the store.
//
// It contains no method of its own. What is a claim, an incident or a range is
// decided by the steps; how it is kept, by archive and store.
package recorder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/extract"
	"github.com/cairn-recorder/cairn/policy"
	"github.com/cairn-recorder/cairn/store"
)

// Settings say where a record is kept and on whose behalf it is worked on.
type Settings struct {
	Data     string // the folder; it holds cairn.db, archive/, log/ and keys/
	Database string // postgres://…, in place of cairn.db
	Archive  string // a folder or s3://…, in place of archive/
	Keys     archive.Keys
	Witness  string      // a folder on another disk, where checkpoints of the log are kept too; "" for none
	Project  string      // may be empty where there is one project
	Who      string      // whoever acts
	Unsigned func(error) // told why Close could not sign the log; where nil, Close returns it
	Now      func() time.Time
	Collect  collect.Options // Now and Who are filled in
}

// The names that a data folder holds.
const (
	databaseFile  = "cairn.db"
	archiveFolder = "archive"
)

// A Recorder works on the record of one project. It is to be closed. One that
// was opened for reading alone refuses to write, as cairn.ErrReadOnly.
type Recorder struct {
	settings Settings
	view     store.View
	store    *store.Store // nil where it only reads
	archive  *archive.Archive
	project  cairn.Project
	parties  []cairn.Belligerent // that the project reads by
	policy   policy.Policy
	reader   *extract.Reader
	disposed map[cairn.Ref]string  // bytes that were taken out, and why; they do not come in again
	rehearse func(*store.Tx) error // ends every judgement where it is set
}

// Open opens the record that settings name for writing. What is missing is
// made: the folder, the store, and in an empty store the project.
func Open(ctx context.Context, settings Settings) (*Recorder, error) {
	settings, err := settings.filled()
	if err != nil {
		return nil, err
	}
	if settings.Data != "" {
		if err := os.MkdirAll(settings.Data, 0o750); err != nil {
			return nil, fmt.Errorf("open %s: %w", settings.Data, fault(err))
		}
	}
	s, err := store.Open(ctx, settings.Database)
	if err != nil {
		return nil, err
	}
	r := &Recorder{settings: settings, view: s.View, store: s}
	if err := r.begin(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return r, nil
}

// OpenView opens the record that settings name for reading alone. It makes
// nothing; where there is no record it is cairn.ErrNotFound.
func OpenView(ctx context.Context, settings Settings) (*Recorder, error) {
	settings, err := settings.filled()
	if err != nil {
		return nil, err
	}
	v, err := store.OpenView(ctx, settings.Database)
	if err != nil {
		return nil, nothingRecorded(err)
	}
	r := &Recorder{settings: settings, view: v}
	if err := r.begin(ctx); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return r, nil
}

// nothingRecorded says what to do where there is no record.
func nothingRecorded(err error) error {
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.Hint{Err: err, Hint: "nothing is recorded there yet: `cairn import` makes a record, --data says where it is"}
	}
	return err
}

// filled returns the settings with what follows from them.
func (s Settings) filled() (Settings, error) {
	switch {
	case s.Data == "" && s.Database == "":
		return s, cairn.Invalid{Field: "data", Reason: "a record needs a folder or a database"}
	case s.Data == "" && s.Archive == "":
		return s, cairn.Invalid{Field: "archive", Reason: "a record in a database needs a place for its archive"}
	case s.Data == "" && !archive.IsFolder(s.Archive):
		return s, cairn.Invalid{Field: "data", Reason: "a record whose archive is in a bucket needs a folder for its log and its keys"}
	case s.Now == nil:
		return s, cairn.Invalid{Field: "now", Reason: "a record needs a clock"}
	}
	s.Database = cmp.Or(s.Database, filepath.Join(s.Data, databaseFile))
	s.Archive = cmp.Or(s.Archive, filepath.Join(s.Data, archiveFolder))
	s.Who = cmp.Or(s.Who, "cairn "+cairn.Version)
	s.Collect.Now, s.Collect.Who = s.Now, s.Who
	return s, nil
}

// begin opens the archive and finds the project.
func (r *Recorder) begin(ctx context.Context) error {
	a, err := archive.Open(r.settings.Archive, r.settings.Keys)
	if err != nil {
		return hinted(err)
	}
	r.archive = a
	err = r.findProject(ctx)
	if err == nil && r.store != nil {
		err = r.findDisposed(ctx)
	}
	if err != nil {
		return errors.Join(err, a.Close())
	}
	return nil
}

// Close gives the record up. Every act that was answered for is kept, and the
// log is signed up to the last.
func (r *Recorder) Close() error {
	shut := r.view.Close
	var sealed error
	if r.store != nil {
		shut, sealed = r.store.Close, r.Seal(context.Background())
	}
	if sealed != nil && r.settings.Unsigned != nil {
		r.settings.Unsigned(sealed)
		sealed = nil
	}
	return errors.Join(sealed, shut(), r.archive.Close())
}

// View returns what is recorded, for reading alone.
func (r *Recorder) View() store.View {
	if r.store != nil {
		return r.store.ReadOnly()
	}
	return r.view
}

// Originals returns the archive, for reading the bytes of documents.
func (r *Recorder) Originals() *archive.Archive { return r.archive }

// Project returns the project that is worked on.
func (r *Recorder) Project() cairn.Project { return r.project }

// act returns the act that now begins.
func (r *Recorder) act(what, on, why string) cairn.Act {
	return cairn.Act{At: r.settings.Now(), Who: r.settings.Who, What: what, On: on, Why: why}
}

// writable is nil where r may write.
func (r *Recorder) writable() error {
	if r.store == nil {
		return fmt.Errorf("the record was opened for reading: %w", cairn.ErrReadOnly)
	}
	return nil
}
