package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A tombstone stands beside the place of its bytes, under their hash and its own.
const tombstoneMark = ".tombstone."

// Remove takes bytes out of the archive and leaves t in their place, which says
// who did so, when, why and on whose authority. Their receipts stay. The
// tombstone is on the disk before the bytes go, so that none ever go without;
// bytes that are gone already are left so.
func (a *Archive) Remove(t cairn.Tombstone) error {
	path, err := a.path(t.Ref)
	if err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	if t.Authority == "" || t.Why == "" || t.Who == "" || t.At.IsZero() {
		return fmt.Errorf("remove %s: %w", t.Ref, cairn.Invalid{Field: "tombstone", Reason: "says who, when, why and on whose authority"})
	}
	t.At = t.At.UTC()
	line, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("remove %s: %w", t.Ref, err)
	}
	line = append(line, '\n')
	name := filepath.Base(path) + tombstoneMark + hashOf(line) + ".json"
	if err := a.keep(filepath.Dir(path), file{name, line}); err != nil {
		return fmt.Errorf("remove %s: %w", t.Ref, fault(err))
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", t.Ref, fault(err))
	}
	return fault(flush(filepath.Dir(path)))
}

// Tombstone returns the tombstone of bytes, or cairn.ErrNotFound.
func (a *Archive) Tombstone(ref cairn.Ref) (cairn.Tombstone, error) {
	path, err := a.path(ref)
	if err != nil {
		return cairn.Tombstone{}, err
	}
	found, err := filepath.Glob(path + tombstoneMark + "*.json")
	if err == nil && len(found) == 0 {
		err = cairn.ErrNotFound
	}
	if err != nil {
		return cairn.Tombstone{}, fmt.Errorf("tombstone of %s: %w", ref, err)
	}
	return readTombstone(found[0])
}

// isTombstone reports whether name is that of a tombstone.
func isTombstone(name string) bool {
	bytes, rest, ok := strings.Cut(name, tombstoneMark)
	own, isJSON := strings.CutSuffix(rest, ".json")
	return ok && isJSON && isHash(bytes) && isHash(own)
}

// readTombstone reads a tombstone and holds it against the hashes in its name.
func readTombstone(path string) (cairn.Tombstone, error) {
	var t cairn.Tombstone
	line, err := os.ReadFile(path)
	if err != nil {
		return t, fault(err)
	}
	bytes, rest, _ := strings.Cut(filepath.Base(path), tombstoneMark)
	if hashOf(line)+".json" != rest {
		return t, fmt.Errorf("the tombstone is not the one that was written: %w", cairn.ErrDamaged)
	}
	if err := json.Unmarshal(line, &t); err != nil {
		return t, fmt.Errorf("%w: %w", cairn.ErrDamaged, err)
	}
	if digits(t.Ref) != bytes {
		return t, fmt.Errorf("the tombstone is of other bytes, %s: %w", t.Ref, cairn.ErrDamaged)
	}
	return t, nil
}

// ReceiptPath returns where a receipt of ref is kept, from the folder that holds
// the archive, with forward slashes.
func (a *Archive) ReceiptPath(ref cairn.Ref, r cairn.Receipt) string {
	line, err := json.Marshal(r)
	if err != nil {
		return a.BytesPath(ref)
	}
	name := hashOf(append(line, '\n'))
	path := filepath.Join(a.folder(bytesFolder, digits(ref)), digits(ref)+"."+name+".json")
	if r.Ref == "" {
		path = filepath.Join(a.folder(receiptFolder, digits(ref)), digits(ref)+".json")
	}
	return a.named(path)
}

// BytesPath returns where the bytes of ref are kept, likewise.
func (a *Archive) BytesPath(ref cairn.Ref) string {
	path, err := a.path(ref)
	if err != nil {
		return string(ref)
	}
	return a.named(path)
}

// named returns path from the folder that holds the archive.
func (a *Archive) named(path string) string {
	if abs, err := filepath.Abs(a.dir); err == nil {
		if rel, err := filepath.Rel(a.dir, path); err == nil {
			path = filepath.Join(filepath.Base(abs), rel)
		}
	}
	return filepath.ToSlash(path)
}
