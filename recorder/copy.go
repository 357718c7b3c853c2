package recorder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/store"
)

// A Copied says what the copy of a record holds, and what this run wrote of it.
type Copied struct {
	Acts  int    `json:"acts"`
	Root  string `json:"root"` // of the log of these acts, the same in both, as `cairn log` prints it
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
	Rows  int    `json:"rows"`
	There int    `json:"there"` // files that an earlier run had written
}

// CopyOptions say how a record is copied. Report and Progress must be given.
type CopyOptions struct {
	Recipients []string          // who can read the archive of the copy, public keys of age; nil leaves it as it is
	Report     func(Fault)       // is handed what cannot be copied
	Progress   func(string, int) // is handed how many "files" or "rows" are done
}

// Copy takes the whole record that from names to the place that to names: every
// byte and receipt, every row of every act, the log with its checkpoints and its
// keys. The record may be at work meanwhile; what is copied is what it held when
// the copy began. The other place, of whatever kind, must be empty, or be what an
// earlier run of the same copy left there, which then goes on or is brought up to
// date; anything else is cairn.ErrConflict or cairn.Invalid, and is not touched.
//
// A file of the archive that is not what was kept is reported and not copied. What
// was copied is to be checked with [Verify]: nothing is taken on trust from the
// copying.
func Copy(ctx context.Context, from, to Settings, options CopyOptions) (Copied, error) {
	c, err := beginCopy(ctx, from, to, options.Recipients)
	if err != nil {
		return Copied{}, hinted(err)
	}
	defer c.close()
	copied, err := c.run(ctx, options)
	if closed := c.close(); err == nil {
		err = closed
	}
	return copied, hinted(err)
}

// A copying is a copy of a record on its way.
type copying struct {
	from, to Settings
	view     store.View
	rows     *store.Copy
	original *archive.Archive
	copied   *archive.Archive
}

// beginCopy opens both places. What is at the other is looked at before anything
// is written there.
func beginCopy(ctx context.Context, from, to Settings, recipients []string) (_ *copying, err error) {
	c := &copying{}
	if c.from, err = from.filled(); err != nil {
		return nil, err
	}
	if c.to, err = to.filled(); err != nil {
		return nil, err
	}
	if err := c.apart(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.close())
		}
	}()
	if c.view, err = store.OpenView(ctx, c.from.Database); err != nil {
		return nil, nothingRecorded(err)
	}
	if c.original, err = archive.Open(c.from.Archive, c.from.Keys); err != nil {
		return nil, err
	}
	if c.to.Data != "" {
		if err := os.MkdirAll(c.to.Data, 0o750); err != nil {
			return nil, fmt.Errorf("open %s: %w", c.to.Data, fault(err))
		}
	}
	if c.rows, err = c.view.CopyOf(ctx, c.to.Database); err != nil {
		return nil, err
	}
	if len(recipients) > 0 {
		if err := encryptOnce(c.to, recipients); err != nil {
			return nil, err
		}
	}
	c.copied, err = archive.Open(c.to.Archive, c.to.Keys)
	return c, err
}

// encryptOnce has the archive of a copy be encrypted, unless an earlier run has.
func encryptOnce(s Settings, recipients []string) error {
	a, err := archive.Open(s.Archive, s.Keys)
	if err != nil {
		return err
	}
	same := slices.Equal(a.Recipients(), recipients)
	if err := a.Close(); err != nil || same {
		return err
	}
	return archive.Encrypt(s.Archive, s.Keys, recipients)
}

// apart refuses a place that is the record itself, and a folder with something in
// it that is no part of a record, or with the log of another.
func (c *copying) apart() error {
	for _, pair := range [][2]string{{c.from.Database, c.to.Database}, {c.from.Archive, c.to.Archive}, {c.from.beside(), c.to.beside()}} {
		if samePlace(pair[0], pair[1]) {
			return cairn.Invalid{Field: "to", Reason: fmt.Sprintf("%s is the record itself", pair[1])}
		}
	}
	entries, err := os.ReadDir(c.to.Data)
	if c.to.Data == "" || errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for _, e := range entries {
		if !belongs(e) {
			return cairn.Invalid{Field: "to", Reason: fmt.Sprintf("%s is not empty: it holds %s", c.to.Data, e.Name())}
		}
	}
	if err != nil {
		return fault(err)
	}
	return c.sameKey()
}

// sameKey refuses a place whose log is signed with another key.
func (c *copying) sameKey() error {
	has, err := os.ReadFile(filepath.Join(c.to.log(), publicFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault(err)
	}
	want, err := os.ReadFile(filepath.Join(c.from.log(), publicFile))
	if err == nil && string(want) != string(has) {
		err = fmt.Errorf("%s holds the log of another record: %w", c.to.log(), cairn.ErrConflict)
	}
	return fault(err)
}

func samePlace(a, b string) bool {
	if a == b {
		return true
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// run copies. The bytes go first, as they do when they come in, and the acts last:
// a copy that is broken off is told from a whole one.
func (c *copying) run(ctx context.Context, options CopyOptions) (Copied, error) {
	files, err := c.original.CopyTo(ctx, c.copied, func(f archive.Fault) {
		options.Report(Fault{Kind: string(f.Kind), Of: f.What, ID: string(f.Ref), Reason: f.Path + ": " + f.Reason})
	}, func(files int) { options.Progress("files", files) })
	if err != nil {
		return Copied{}, err
	}
	if err := c.log(c.rows.Acts()); err != nil {
		return Copied{}, fmt.Errorf("copy the log: %w", err)
	}
	rows, err := c.rows.Run(ctx, func(rows int) { options.Progress("rows", rows) })
	if err != nil {
		return Copied{}, err
	}
	return Copied{Acts: rows.Acts, Root: rows.Root.String(), Files: files.Files, Bytes: files.Bytes, Rows: rows.Rows, There: files.There}, nil
}

// log copies the checkpoints that were signed for the acts that are copied, and
// the keys: without the secret one nobody could sign the log of the copy further.
func (c *copying) log(acts int) error {
	checkpoints, err := c.from.checkpoints()
	if err != nil {
		return err
	}
	for _, checkpoint := range checkpoints {
		if checkpoint.Size > acts {
			continue
		}
		if err := keepFile(c.to.log(), checkpointFile(checkpoint.Size), checkpoint.Note, 0o750, 0o440); err != nil {
			return err
		}
	}
	for _, key := range []struct {
		from, to, name string
		folder, mode   fs.FileMode
	}{{c.from.log(), c.to.log(), publicFile, 0o750, 0o440}, {c.from.keys(), c.to.keys(), secretFile, 0o700, 0o600}} {
		text, err := os.ReadFile(filepath.Join(key.from, key.name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // a log that was never signed has none
		}
		if err == nil {
			err = keepFile(key.to, key.name, text, key.folder, key.mode)
		}
		if err != nil {
			return fault(err)
		}
	}
	return nil
}

// keepFile writes a file that is not there yet; one that says something else is
// cairn.ErrConflict.
func keepFile(folder, name string, content []byte, folderMode, mode fs.FileMode) error {
	has, err := os.ReadFile(filepath.Join(folder, name))
	switch {
	case err == nil && string(has) != string(content):
		return fmt.Errorf("%s is there already and says something else: %w", filepath.Join(folder, name), cairn.ErrConflict)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fault(err)
	}
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return fault(err)
	}
	return fault(writeWhole(folder, name, content, mode))
}

// close gives both places up; a second time does nothing.
func (c *copying) close() error {
	var all []error
	if c.rows != nil {
		all = append(all, c.rows.Close())
	}
	if c.copied != nil {
		all = append(all, c.copied.Close())
	}
	if c.original != nil {
		all = append(all, c.original.Close())
	}
	all = append(all, c.view.Close())
	*c = copying{}
	return errors.Join(all...)
}
