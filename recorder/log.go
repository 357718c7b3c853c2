package recorder

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
)

// The names that the log has in the folder of a record.
const (
	logFolder     = "log"
	keyFolder     = "keys"
	publicFile    = "key"        // in log/: what checks the signatures
	secretFile    = "log.key"    // in keys/: what signs
	checkpointEnd = "checkpoint" // in log/: NUMBER.checkpoint, NUMBER being how many acts the log had
)

// actsPerCheckpoint is after how many acts of an import the log is signed, beside
// at its end.
const actsPerCheckpoint = 100

// beside is the folder that holds the log and the keys.
func (s Settings) beside() string {
	if s.Data != "" {
		return s.Data
	}
	return filepath.Dir(s.Archive)
}

func (s Settings) log() string  { return filepath.Join(s.beside(), logFolder) }
func (s Settings) keys() string { return filepath.Join(s.beside(), keyFolder) }

func checkpointFile(size int) string { return fmt.Sprintf("%012d.%s", size, checkpointEnd) }

// checkpointSize returns the number in the name of a checkpoint, and whether it
// is one.
func checkpointSize(name string) (int, bool) {
	digits, ok := strings.CutSuffix(name, "."+checkpointEnd)
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && checkpointFile(n) == name
}

// Seal signs how far the log has come, unless that was signed already: the
// checkpoint is written to the folder log/ and kept in the record, so that
// neither can be taken back to an older copy without the other. A log that is no
// longer the one that was signed before is cairn.ErrDamaged, and is not signed.
func (r *Recorder) Seal(ctx context.Context) error {
	if err := r.writable(); err != nil {
		return err
	}
	if err := r.seal(ctx); err != nil {
		return fmt.Errorf("sign the log: %w", hinted(err))
	}
	return nil
}

func (r *Recorder) seal(ctx context.Context) error {
	size, err := r.view.LastAct(ctx)
	if err != nil || size == 0 {
		return err
	}
	last, err := r.lastCheckpoint(ctx)
	if err != nil {
		return err
	}
	if last.Size == size {
		return r.settings.bearWitness(last)
	}
	key, err := r.settings.key(last.Size > 0)
	if err != nil {
		return err
	}
	tree := r.view.Tree(ctx)
	if err := r.settings.heldAgainstWitness(key, size, tree); err != nil {
		return err
	}
	root, err := tlog.TreeHash(int64(size), tree)
	if err != nil {
		return err
	}
	if err := stillHolds(key, last, size, tree); err != nil {
		return err
	}
	signed, err := key.Checkpoint(size, root, last.Note)
	if err != nil {
		return err
	}
	if err := writeWhole(r.settings.log(), checkpointFile(size), signed, 0o440); err != nil {
		return fault(err)
	}
	sealed := store.SignedCheckpoint{Size: size, Note: signed}
	if err := r.store.PutCheckpoint(ctx, sealed); err != nil {
		return err
	}
	return r.settings.bearWitness(sealed)
}

// stillHolds checks that the tree is one that has grown out of that of last.
func stillHolds(key ledger.Key, last store.SignedCheckpoint, size int, tree tlog.HashReader) error {
	if last.Note == nil {
		return nil
	}
	public, err := ledger.ParsePublic(key.Public())
	if err != nil {
		return err
	}
	c, err := public.OpenCheckpoint(last.Note)
	if err != nil {
		return err
	}
	if c.Size > size {
		return fmt.Errorf("it was signed with %d acts and has %d: %w", c.Size, size, cairn.ErrDamaged)
	}
	root, err := tlog.TreeHash(int64(c.Size), tree)
	if err == nil && root != c.Root {
		err = fmt.Errorf("its first %d acts are not those that were signed: %w", c.Size, cairn.ErrDamaged)
	}
	return err
}

// lastCheckpoint returns the newest checkpoint of the record; where a killed
// process wrote a later one to its file alone, that is taken in first.
func (r *Recorder) lastCheckpoint(ctx context.Context) (store.SignedCheckpoint, error) {
	last, err := r.view.LastCheckpoint(ctx)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return last, err
	}
	files, err := r.settings.checkpoints()
	if err != nil || len(files) == 0 || files[len(files)-1].Size <= last.Size {
		return last, err
	}
	newest := files[len(files)-1]
	if !bytes.Contains(newest.Note, []byte("\nformer "+ledger.FormerOf(last.Note)+"\n")) && last.Note != nil {
		return newest, nil // of another history, of which stillHolds will tell
	}
	return newest, r.store.PutCheckpoint(ctx, newest)
}

// checkpoints returns those in log/, the earliest first.
func (s Settings) checkpoints() ([]store.SignedCheckpoint, error) { return checkpointsIn(s.log()) }

func checkpointsIn(folder string) ([]store.SignedCheckpoint, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var found []store.SignedCheckpoint
	for _, e := range entries {
		size, ok := checkpointSize(e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		signed, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		found = append(found, store.SignedCheckpoint{Size: size, Note: signed})
	}
	return found, err
}

// key returns the key that signs, and draws it for a log that has none yet.
func (s Settings) key(signed bool) (ledger.Key, error) {
	text, err := os.ReadFile(filepath.Join(s.keys(), secretFile))
	if err == nil {
		return ledger.ParseKey(strings.TrimSuffix(string(text), "\n"))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return ledger.Key{}, fault(err)
	}
	if _, err := os.Stat(filepath.Join(s.log(), publicFile)); err == nil || signed {
		return ledger.Key{}, cairn.Hint{
			Err:  fmt.Errorf("the key that signed it before is not in %s: %w", filepath.Join(s.keys(), secretFile), cairn.ErrNotFound),
			Hint: "put the key back from its copy; without it nobody can sign this log any further",
		}
	}
	key, err := ledger.NewKey(rand.Reader)
	if err != nil {
		return key, err
	}
	if err := os.MkdirAll(s.keys(), 0o700); err != nil {
		return key, fault(err)
	}
	if err := os.MkdirAll(s.log(), 0o750); err != nil {
		return key, fault(err)
	}
	if err := writeWhole(s.keys(), secretFile, []byte(key.Secret()+"\n"), 0o600); err != nil {
		return key, fault(err)
	}
	return key, fault(writeWhole(s.log(), publicFile, []byte(key.Public()+"\n"), 0o440))
}

// writeWhole writes a file so that after a kill it is whole or absent.
func writeWhole(folder, name string, content []byte, mode fs.FileMode) (err error) {
	passing := filepath.Join(folder, "."+name)
	if err := os.Remove(passing); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(passing, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(passing, filepath.Join(folder, name))
	}
	if err != nil {
		return err
	}
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
