package archive

import (
	"fmt"
	"io/fs"
	"path"
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
	name, err := bytesName(t.Ref)
	if err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	if t.Authority == "" || t.Why == "" || t.Who == "" || t.At.IsZero() {
		return fmt.Errorf("remove %s: %w", t.Ref, cairn.Invalid{Field: "tombstone", Reason: "says who, when, why and on whose authority"})
	}
	t.At = t.At.UTC()
	line, err := written(t)
	if err == nil {
		err = a.keep(inMemory(name+tombstoneMark+hashOf(line)+".json", line))
	}
	if err == nil {
		err = a.remover.remove(name)
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", t.Ref, fault(err))
	}
	return nil
}

// Tombstone returns the tombstone of bytes, or cairn.ErrNotFound.
func (a *Archive) Tombstone(ref cairn.Ref) (cairn.Tombstone, error) {
	name, err := bytesName(ref)
	if err != nil {
		return cairn.Tombstone{}, err
	}
	found, err := a.place.list(name + tombstoneMark)
	if err == nil && len(found) == 0 {
		err = fs.ErrNotExist
	}
	if err != nil {
		return cairn.Tombstone{}, fmt.Errorf("tombstone of %s: %w", ref, fault(err))
	}
	return a.readTombstone(path.Join(path.Dir(name), found[0].name))
}

// isTombstone reports whether name is that of a tombstone.
func isTombstone(name string) bool {
	bytes, rest, ok := strings.Cut(name, tombstoneMark)
	own, isJSON := strings.CutSuffix(rest, ".json")
	return ok && isJSON && isHash(bytes) && isHash(own)
}

// readTombstone reads a tombstone and holds it against the hashes in its name.
func (a *Archive) readTombstone(name string) (cairn.Tombstone, error) {
	var t cairn.Tombstone
	bytes, rest, _ := strings.Cut(path.Base(name), tombstoneMark)
	if err := a.readLine(name, strings.TrimSuffix(rest, ".json"), "tombstone", &t); err != nil {
		return t, err
	}
	if digits(t.Ref) != bytes {
		return t, fmt.Errorf("the tombstone is of other bytes, %s: %w", t.Ref, cairn.ErrDamaged)
	}
	return t, nil
}

// ReceiptPath returns where a receipt of ref is kept, from the folder that holds
// the archive or from the bucket, with forward slashes.
func (a *Archive) ReceiptPath(ref cairn.Ref, r cairn.Receipt) string {
	line, err := written(r)
	if err != nil {
		return a.BytesPath(ref)
	}
	name := aloneName(digits(ref))
	if r.Ref != "" {
		if name, err = bytesName(ref); err != nil {
			return string(ref)
		}
		name = receiptBeside(name, line)
	}
	return a.named(name)
}

// BytesPath returns where the bytes of ref are kept, likewise.
func (a *Archive) BytesPath(ref cairn.Ref) string {
	name, err := bytesName(ref)
	if err != nil {
		return string(ref)
	}
	return a.named(name)
}

// named returns the whole path of a file.
func (a *Archive) named(name string) string { return a.title + "/" + name }
