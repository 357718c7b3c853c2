package recorder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
)

// A Fault is something that is no longer as it was recorded. What is wrong is
// "damaged", "missing", "altered" or "unknown"; Of is the kind of thing.
type Fault struct {
	Kind   string `json:"kind"`
	Of     string `json:"of"`
	ID     string `json:"id,omitempty"`
	Reason string `json:"reason"`
}

// String writes f as one line of `cairn verify`.
func (f Fault) String() string {
	line := f.Kind + " " + f.Of
	if f.ID != "" {
		line += " " + f.ID
	}
	return line + " " + f.Reason
}

// Verified counts what was checked, and the bytes that were taken out under a
// tombstone, which are no fault.
type Verified struct {
	Items      int
	Tombstones int
	Stamps     []Stamped // that are as they were had
}

// verifier checks one record. Its view is the zero one where the record cannot be
// opened, of which it has then told.
type verifier struct {
	settings Settings
	open     bool
	view     store.View
	archive  *archive.Archive
	report   func(Fault)
	faults   int // told of so far
	checked  Verified
	disposed map[cairn.Ref]bool // by an act of the record
	tree     ledger.Tree        // of the log, as it was found
}

// Verify checks the record that settings name: that the archive is as it was
// kept, that what is recorded rests on it, that every row is as the log has it,
// that the log is as its checkpoints were signed, and that nothing else lies in
// the folder. outside is a signed checkpoint that was kept elsewhere, from which
// the log must have grown; nil where there is none. It hands each fault to report;
// the error is of the world. A record that is damaged so that it does not open is
// a fault like any other.
func Verify(ctx context.Context, settings Settings, outside []byte, report func(Fault)) (Verified, error) {
	settings, err := settings.filled()
	if err != nil {
		return Verified{}, err
	}
	v := verifier{settings: settings, report: report}
	v.view, err = store.OpenView(ctx, settings.Database)
	switch {
	case err == nil:
		v.open = true
		defer v.view.Close()
	case errors.Is(err, cairn.ErrNotFound) && settings.holdsSomething():
		report(Fault{"missing", "file", filepath.Base(settings.Database), "the archive and the log are there, and what is recorded is not"})
	case errors.Is(err, cairn.ErrDamaged):
		report(Fault{"damaged", "file", filepath.Base(settings.Database), "it does not open: " + err.Error()})
	case errors.Is(err, cairn.ErrNotFound):
		return v.checked, nothingRecorded(err)
	default:
		return v.checked, err
	}
	if v.archive, err = archive.Open(settings.Archive, settings.Keys); err != nil {
		return v.checked, hinted(err)
	}
	defer v.archive.Close()
	return v.run(ctx, outside)
}

// Verify is [Verify] of a record that is open already, as for a check that runs
// by the clock.
func (r *Recorder) Verify(ctx context.Context, report func(Fault)) (Verified, error) {
	v := verifier{settings: r.settings, open: true, view: r.view, archive: r.archive, report: report}
	return v.run(ctx, nil)
}

// holdsSomething reports whether there is an archive or a log where the record
// should be, so that a database that is not there was there before.
func (s Settings) holdsSomething() bool {
	for _, folder := range []string{s.Archive, s.log()} {
		if _, err := os.Stat(folder); err == nil {
			return true
		}
	}
	return false
}

// run makes every check. One that the record is too damaged for is a fault, and
// the others are still made.
func (v *verifier) run(ctx context.Context, outside []byte) (Verified, error) {
	tell := v.report
	v.report = func(f Fault) { v.faults++; tell(f) }
	checks := []func(context.Context) error{v.folder, v.files}
	if v.open {
		checks = append([]func(context.Context) error{v.folder, v.disposals, v.files, v.tables, v.documents, v.packs, v.ledger, v.stamps, v.progress},
			func(context.Context) error { v.outside("given", outside); return nil }, v.witness)
	} else {
		checks = append(checks, v.signatures)
	}
	for _, check := range checks {
		err := check(ctx)
		if ended := ctx.Err(); ended != nil {
			return v.checked, ended
		}
		if ofWorld(err) {
			return v.checked, hinted(err)
		}
		if err != nil {
			v.report(Fault{"damaged", "record", v.database(), err.Error()})
		}
	}
	return v.checked, nil
}

// database names the place of what is recorded in faults.
func (v *verifier) database() string {
	if v.settings.Data == "" || filepath.Dir(v.settings.Database) != filepath.Clean(v.settings.Data) {
		return "database"
	}
	return databaseFile
}

// folder looks for what does not belong into the folder of the record.
func (v *verifier) folder(context.Context) error {
	if v.settings.Data == "" {
		return nil // everything has a place of its own, with others beside it
	}
	entries, err := os.ReadDir(v.settings.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if !belongs(e) {
			v.report(Fault{"unknown", "file", e.Name(), "cairn did not put this here"})
		}
	}
	return err
}

func belongs(e fs.DirEntry) bool {
	switch e.Name() {
	case archiveFolder, logFolder, keyFolder, WorkFolder:
		return e.IsDir()
	case databaseFile, databaseFile + "-wal", databaseFile + "-shm", databaseFile + "-journal":
		return e.Type().IsRegular()
	}
	return false
}

// tables has the engine check its own file.
func (v *verifier) tables(ctx context.Context) error {
	faults, err := v.view.Sound(ctx)
	for _, f := range faults {
		v.report(Fault{"damaged", "file", v.database(), f})
	}
	return err
}

// disposals reads which bytes were taken out by an act.
func (v *verifier) disposals(ctx context.Context) error {
	v.disposed = map[cairn.Ref]bool{}
	disposals, err := v.view.Disposed(ctx)
	for _, d := range disposals {
		v.disposed[d.Ref] = true
	}
	return err
}

// files checks the archive by itself, and that nothing was taken out of it but
// by an act.
func (v *verifier) files(ctx context.Context) error {
	checked, err := v.archive.Verify(ctx, func(f archive.Fault) {
		v.report(Fault{Kind: string(f.Kind), Of: f.What, ID: string(f.Ref), Reason: filepath.ToSlash(f.Path) + ": " + f.Reason})
	})
	v.checked.Items += checked.Files
	v.checked.Tombstones = len(checked.Tombstones)
	for _, t := range checked.Tombstones {
		if v.open && !v.disposed[t.Ref] {
			v.report(Fault{"unknown", "tombstone", string(t.Ref), fmt.Sprintf("%s: no act took these bytes out", v.archive.BytesPath(t.Ref))})
		}
	}
	return err
}
