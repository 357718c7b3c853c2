package recorder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
)

// signedCopies are the two copies of a checkpoint: that of log/ and that of the
// record, nil where there is none.
type signedCopies struct{ file, row []byte }

// ledger checks every row against the log, the log against its checkpoints, and
// the checkpoints against one another.
func (v *verifier) ledger(ctx context.Context) error {
	copies, err := v.copies(ctx) // before the tree, which only grows
	if err != nil {
		return err
	}
	at, end, err := v.view.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer end()
	size, err := at.LogSize(ctx)
	if err != nil {
		return err
	}
	record, err := at.Log(ctx)
	if err != nil {
		return err
	}
	audit := ledger.NewAudit(size, record, func(f ledger.Finding) { v.report(Fault(f)) })
	checked, err := audit.Run()
	v.checked.Items += checked
	if err != nil {
		return err
	}
	v.tree = audit.Tree()
	v.checkpoints(copies, v.tree, true)
	return nil
}

// signatures checks the checkpoints alone, where there is no record to hold them
// against.
func (v *verifier) signatures(ctx context.Context) error {
	copies, err := v.copies(ctx)
	if err == nil {
		v.checkpoints(copies, ledger.Tree{}, false)
	}
	return err
}

// copies reads both copies of every checkpoint, and looks for what does not
// belong beside them.
func (v *verifier) copies(ctx context.Context) (map[int]signedCopies, error) {
	copies := map[int]signedCopies{}
	files, err := v.settings.checkpoints()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		copies[f.Size] = signedCopies{file: f.Note}
	}
	var rows []store.SignedCheckpoint
	if v.open {
		rows, err = v.view.Checkpoints(ctx)
	}
	for _, row := range rows {
		copies[row.Size] = signedCopies{copies[row.Size].file, row.Note}
	}
	v.strangers(logFolder, func(name string) bool {
		_, ok := checkpointSize(strings.TrimPrefix(name, "."))
		return ok || strings.TrimPrefix(name, ".") == publicFile
	})
	v.strangers(keyFolder, func(name string) bool { return strings.TrimPrefix(name, ".") == secretFile })
	return copies, err
}

// strangers reports what lies in a folder and is not ours.
func (v *verifier) strangers(folder string, ours func(string) bool) {
	entries, _ := os.ReadDir(filepath.Join(v.settings.beside(), folder)) // one that is not there is told of elsewhere
	for _, e := range entries {
		if !e.Type().IsRegular() || !ours(e.Name()) {
			v.report(Fault{"unknown", "file", path.Join(folder, e.Name()), "cairn did not put this here"})
		}
	}
}

// checkpoints checks the signature of every checkpoint, that each follows the one
// before, and, where the tree is at hand, that it has grown out of each.
func (v *verifier) checkpoints(copies map[int]signedCopies, tree ledger.Tree, held bool) {
	public, ok := v.public(len(copies) > 0)
	if !ok {
		return
	}
	sizes := slices.Sorted(maps.Keys(copies))
	var former []byte
	agreed := 0
	for i, size := range sizes {
		v.checked.Items++
		c, signed, ok := v.checkpoint(public, size, copies[size], i == len(sizes)-1)
		if !ok {
			former = nil
			continue
		}
		want := ""
		if former != nil {
			want = ledger.FormerOf(former)
		}
		if (former != nil || i == 0) && c.Former != want {
			v.report(Fault{"missing", "checkpoint", path.Join(logFolder, checkpointFile(size)), "the checkpoint that it follows is gone"})
		}
		former = signed
		if held {
			held = v.holds(c, path.Join(logFolder, checkpointFile(size)), agreed, tree)
			agreed = c.Size
		}
	}
}

// holds checks that the tree has grown out of that of a checkpoint, as it has out
// of that of agreed acts. Those that follow one that it has not grown out of can
// tell no more.
func (v *verifier) holds(c ledger.Checkpoint, name string, agreed int, tree ledger.Tree) bool {
	switch {
	case c.Size > tree.Leaves():
		v.report(Fault{"missing", "acts", fmt.Sprintf("%d-%d", tree.Leaves()+1, c.Size),
			fmt.Sprintf("%s was signed when there were %d, and there are %d: the record is an older copy, or was cut short", name, c.Size, tree.Leaves())})
		return false
	case tree.RootAt(c.Size) != c.Root:
		v.report(Fault{"altered", "acts", fmt.Sprintf("%d-%d", agreed+1, c.Size), "they are not those that " + name + " was signed for"})
		return false
	}
	return true
}

// checkpoint checks the two copies of one checkpoint and returns it as it was
// signed. Of the newest the record may not have its copy yet, where a process was
// killed in between.
func (v *verifier) checkpoint(public ledger.Verifier, size int, copies signedCopies, newest bool) (ledger.Checkpoint, []byte, bool) {
	name := path.Join(logFolder, checkpointFile(size))
	file, fileErr := opened(public, size, copies.file)
	row, rowErr := opened(public, size, copies.row)
	switch {
	case copies.file == nil:
		v.report(Fault{"missing", "checkpoint", name, "the record has it, and the file is gone"})
	case fileErr != nil:
		v.report(Fault{"damaged", "checkpoint", name, fileErr.Error()})
	}
	switch {
	case copies.row == nil && v.open && !newest:
		v.report(Fault{"missing", "checkpoints", fmt.Sprint(size), "the file has it, and the record does not: " + name})
	case copies.row != nil && rowErr != nil:
		v.report(Fault{"altered", "checkpoints", fmt.Sprint(size), rowErr.Error()})
	}
	if copies.file != nil && fileErr == nil && copies.row != nil && rowErr == nil && !bytes.Equal(copies.file, copies.row) {
		v.report(Fault{"altered", "checkpoint", name, "the record has another of the same number of acts, signed as well"})
	}
	if copies.file != nil && fileErr == nil {
		return file, copies.file, true
	}
	return row, copies.row, copies.row != nil && rowErr == nil
}

// opened returns a signed checkpoint that must be of so many acts.
func opened(public ledger.Verifier, size int, signed []byte) (ledger.Checkpoint, error) {
	c, err := public.OpenCheckpoint(signed)
	if err == nil && c.Size != size {
		err = fmt.Errorf("it is the checkpoint of %d acts", c.Size)
	}
	return c, err
}

// public returns what checks the signatures: that of log/, or, where that was
// changed, of the secret key.
func (v *verifier) public(needed bool) (ledger.Verifier, bool) {
	publicName, secretName := path.Join(logFolder, publicFile), path.Join(keyFolder, secretFile)
	var public ledger.Verifier
	var secret ledger.Key
	hasPublic := v.keyFile(publicName, needed, func(text string) (again string, err error) {
		public, err = ledger.ParsePublic(text)
		return public.Public(), err
	})
	hasSecret := v.keyFile(secretName, needed, func(text string) (again string, err error) {
		secret, err = ledger.ParseKey(text)
		return secret.Secret(), err
	})
	if hasPublic && hasSecret && secret.Public() != public.Public() {
		v.report(Fault{"altered", "key", secretName, "it is not the key of " + publicName})
	}
	if !hasPublic && hasSecret {
		own, err := ledger.ParsePublic(secret.Public())
		return own, err == nil
	}
	return public, hasPublic
}

// keyFile reads a file of a key, which must be as it was written, and reports
// whether it could.
func (v *verifier) keyFile(name string, needed bool, parse func(string) (again string, err error)) bool {
	text, err := os.ReadFile(filepath.Join(v.settings.beside(), name))
	if errors.Is(err, fs.ErrNotExist) {
		if needed {
			v.report(Fault{"missing", "key", name, "the log was signed, and the key is gone"})
		}
		return false
	}
	again, broken := parse(strings.TrimSuffix(string(text), "\n"))
	if err != nil || broken != nil || string(text) != again+"\n" {
		v.report(Fault{"damaged", "key", name, "it is not the key that was written"})
		return false
	}
	return true
}

// outside checks a checkpoint that was kept elsewhere, nil where none is given.
func (v *verifier) outside(which string, signed []byte) {
	if signed == nil {
		return
	}
	quiet := *v
	quiet.report = func(Fault) {} // of the keys it was told already
	public, ok := quiet.public(false)
	if !ok {
		return
	}
	v.checked.Items++
	if c, err := public.OpenCheckpoint(signed); err != nil {
		v.report(Fault{"altered", "checkpoint", "outside", "this record's key did not sign it as it stands: " + err.Error()})
	} else {
		v.holds(c, "the checkpoint "+which, 0, v.tree)
	}
}
