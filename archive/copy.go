package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cairn-recorder/cairn"
)

// foldersAtOnce is how many of the 512 folders are copied together: most of the
// time goes by waiting for a disk or a store.
const foldersAtOnce = 8

// A Copied counts what [Archive.CopyTo] wrote, and what was there already.
type Copied struct {
	Files int   // written
	Bytes int64 // of them
	There int   // files that an earlier run had written
}

// CopyTo copies everything that is kept in a to the archive to, which may be
// anywhere, encrypted or not: the names are the same. What is there already is
// left alone, so that a copy that was broken off goes on when it is run again.
// What was taken out under a tombstone is taken out of the copy too. Every file is
// hashed on its way; one that is not what was kept is handed to report, in order
// of path, and not copied. An archive that holds what a does not is no copy of it:
// cairn.ErrConflict, and nothing is written. told is handed how many files were
// looked at so far.
func (a *Archive) CopyTo(ctx context.Context, to *Archive, report func(Fault), told func(files int)) (Copied, error) {
	c := &copying{ctx: ctx, from: a, to: to, told: told}
	err := c.eachFolder(c.compare)
	if err == nil {
		err = c.eachFolder(c.folder)
	}
	slices.SortFunc(c.faults, func(x, y Fault) int { return strings.Compare(x.Path, y.Path) })
	for _, f := range c.faults {
		report(f)
	}
	if err != nil {
		return c.copied, fmt.Errorf("copy archive %s to %s: %w", a.at, to.at, fault(err))
	}
	return c.copied, nil
}

type copying struct {
	ctx      context.Context
	from, to *Archive
	told     func(int)

	mu     sync.Mutex
	copied Copied
	faults []Fault
}

// eachFolder hands the names of the folders that are in either archive to do,
// several at once.
func (c *copying) eachFolder(do func(folder string) error) error {
	var group errgroup.Group
	group.SetLimit(foldersAtOnce)
	for _, kind := range []string{bytesFolder, receiptFolder} {
		names := map[string]bool{}
		for _, a := range []*Archive{c.from, c.to} {
			entries, err := listed(a.place, kind+"/")
			if err != nil {
				return errors.Join(err, group.Wait())
			}
			for _, e := range entries {
				names[e.name] = names[e.name] || isFolderOfHashes(e)
			}
		}
		for name, ours := range names {
			if ours {
				group.Go(func() error { return errors.Join(c.ctx.Err(), do(path.Join(kind, name))) })
			}
		}
	}
	return group.Wait()
}

// listed is list where a folder that is not there has nothing in it.
func listed(p place, prefix string) ([]entry, error) {
	entries, err := p.list(prefix)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

// compare looks for what the copy has and the original does not. Bytes that the
// original has a tombstone of were copied before it was put.
func (c *copying) compare(folder string) error {
	has, err := names(c.to.place, folder)
	if err != nil || len(has) == 0 {
		return err
	}
	want, err := names(c.from.place, folder)
	if err != nil {
		return err
	}
	for name := range has {
		if !want[name] && !goneSince(want, name) {
			return fmt.Errorf("it holds %s/%s, which is not in what is copied: %w", folder, name, cairn.ErrConflict)
		}
	}
	return nil
}

func goneSince(kept map[string]bool, hash string) bool { return begins(kept, hash+tombstoneMark) }

func received(kept map[string]bool, hash string) bool { return begins(kept, hash+".") }

func begins(kept map[string]bool, prefix string) bool {
	for name := range kept {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// names returns the names of what an archive keeps in a folder, but not of what is
// on its way in, nor of what it did not put there.
func names(p place, folder string) (map[string]bool, error) {
	entries, err := listed(p, folder+"/")
	kept := map[string]bool{}
	for _, e := range entries {
		if e.isFile && ownHash(e.name) != "" {
			kept[e.name] = true
		}
	}
	return kept, err
}

// ownHash returns the hash that the content of a file must have by its name; ""
// where the name is none of ours.
func ownHash(name string) string {
	if _, own, ok := receiptName(name); ok {
		return own
	}
	if isTombstone(name) {
		_, rest, _ := strings.Cut(name, tombstoneMark)
		return strings.TrimSuffix(rest, ".json")
	}
	if own := strings.TrimSuffix(name, ".json"); isHash(own) {
		return own
	}
	return ""
}

// folder copies what is in a folder: bytes before their receipts, since their
// names come first.
func (c *copying) folder(folder string) error {
	want, err := names(c.from.place, folder)
	if err == nil && slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(name string) bool { return isHash(name) && !received(want, name) }) {
		want, err = names(c.from.place, folder) // a receipt that was on its way in has arrived
	}
	if err != nil {
		return err
	}
	has, err := names(c.to.place, folder)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if has[name] {
			c.count(func(n *Copied) { n.There++ })
			continue
		}
		if err := c.file(folder, name); err != nil {
			return err
		}
	}
	for name := range has {
		if !want[name] { // compare has seen its tombstone
			if err := c.to.remover.remove(path.Join(folder, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// file copies one file, or tells of it that it is not what was kept.
func (c *copying) file(folder, name string) error {
	at, hash := path.Join(folder, name), ownHash(name)
	r, err := c.from.place.open(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // taken out meanwhile
	}
	if err == nil {
		defer r.Close()
		var f file
		if f, err = sized(at, hash, r); err == nil {
			counted := &counter{Reader: f.content}
			f.content = counted
			if err = c.to.keep(f); err == nil {
				c.count(func(n *Copied) { n.Files, n.Bytes = n.Files+1, n.Bytes+counted.n })
			}
		}
	}
	if errors.Is(err, errChanged) || errors.Is(err, cairn.ErrDamaged) {
		c.tell(at, hash, err)
		return nil
	}
	return err
}

// sized returns what r reads as a file, whose size is known where it is small.
func sized(name, hash string, r io.Reader) (file, error) {
	content := unchanged(r, hash)
	begin, err := io.ReadAll(io.LimitReader(content, inMemoryMost))
	if err != nil {
		return file{}, err
	}
	if len(begin) < inMemoryMost {
		return file{name, hash, int64(len(begin)), bytes.NewReader(begin)}, nil
	}
	return file{name, hash, -1, io.MultiReader(bytes.NewReader(begin), content)}, nil
}

// A counter counts what it reads.
type counter struct {
	io.Reader
	n int64
}

// Read reads on.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *copying) count(do func(*Copied)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	do(&c.copied)
	c.told(c.copied.Files + c.copied.There)
}

// tell takes down a file that is not what was kept.
func (c *copying) tell(name, hash string, err error) {
	f := Fault{Damaged, "bytes", cairn.Ref("sha256-" + hash), c.from.named(name), "not copied: " + reason(err)}
	if base := path.Base(name); base != hash {
		of, _, _ := strings.Cut(base, ".")
		f.Kind, f.What, f.Ref = Altered, "receipt", cairn.Ref("sha256-"+of)
		if isTombstone(base) {
			f.What = "tombstone"
		}
	}
	if errors.Is(err, errChanged) {
		f.Reason = "not copied: it is not what was kept"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, f)
}
