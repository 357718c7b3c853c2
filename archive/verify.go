package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A FaultKind says what is wrong with a file of the archive.
type FaultKind string

// The faults of an archive.
const (
	Damaged FaultKind = "damaged" // bytes that are no longer what was kept
	Missing FaultKind = "missing" // bytes without receipt, or a receipt without bytes
	Altered FaultKind = "altered" // a receipt that is not the one written
	Unknown FaultKind = "unknown" // a file that cairn did not put there
)

// A Fault is something wrong in the archive. What is "bytes", "receipt" or
// "file"; Ref is that of the bytes, or of a receipt that stands alone, and is
// empty for an unknown file. Path is that of the file, also of one that is
// missing, from the folder that holds the archive, with forward slashes.
type Fault struct {
	Kind   FaultKind
	What   string
	Ref    cairn.Ref
	Path   string
	Reason string
}

// String writes f as one line: kind, what, ref and the path with the reason.
func (f Fault) String() string {
	parts := []string{string(f.Kind), f.What}
	if f.Ref != "" {
		parts = append(parts, string(f.Ref))
	}
	return strings.Join(append(parts, f.Path+": "+f.Reason), " ")
}

// Verified says what was checked: how many files, and what was taken out of the
// archive under a tombstone.
type Verified struct {
	Files      int
	Tombstones []cairn.Tombstone
}

// Verify hashes everything in the archive again and hands each fault to report,
// in order of path. The error is of the world (the disk, or a ctx that ended),
// never a fault of a file.
func (a *Archive) Verify(ctx context.Context, report func(Fault)) (Verified, error) {
	v := verifier{ctx: ctx, archive: a, report: report}
	err := v.top()
	v.tell()
	if err != nil {
		return v.verified, fmt.Errorf("verify archive %s: %w", a.dir, fault(err))
	}
	return v.verified, nil
}

type verifier struct {
	ctx      context.Context
	archive  *Archive
	report   func(Fault)
	verified Verified
	found    []Fault // in the folder at hand
}

func (v *verifier) top() error {
	entries, err := os.ReadDir(v.archive.dir)
	if err != nil {
		return err
	}
	for _, kind := range []string{bytesFolder, receiptFolder} {
		if _, err := os.Stat(filepath.Join(v.archive.dir, kind)); errors.Is(err, fs.ErrNotExist) {
			v.fault(Missing, "folder", "", filepath.Join(v.archive.dir, kind), "the folder is not there")
		}
	}
	for _, e := range entries {
		path := filepath.Join(v.archive.dir, e.Name())
		if !e.IsDir() || e.Name() != bytesFolder && e.Name() != receiptFolder {
			v.unknown(path)
			continue
		}
		if err := v.kind(path); err != nil {
			return err
		}
	}
	return nil
}

// tell reports what was found, in order of path.
func (v *verifier) tell() {
	slices.SortStableFunc(v.found, func(a, b Fault) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range v.found {
		v.report(f)
	}
	v.found = v.found[:0]
}

func (v *verifier) kind(path string) error {
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	check := v.bytes
	if filepath.Base(path) == receiptFolder {
		check = v.alone
	}
	for _, e := range entries {
		folder := filepath.Join(path, e.Name())
		if !e.IsDir() || len(e.Name()) != 2 || strings.Trim(e.Name(), "0123456789abcdef") != "" {
			v.unknown(folder)
			continue
		}
		if err := check(folder); err != nil {
			return err
		}
		v.tell()
	}
	return nil
}

// bytes checks a folder of bytes with their receipts.
func (v *verifier) bytes(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	kept, received := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		path := filepath.Join(folder, e.Name())
		hash, _, isReceipt := receiptName(e.Name())
		switch {
		case passing(e):
		case !e.Type().IsRegular() || !strings.HasPrefix(hash, filepath.Base(folder)):
			v.unknown(path)
		case isTombstone(e.Name()):
			if v.tombstone(path) {
				kept[hash], received[hash] = true, true
			}
		case isReceipt:
			received[hash] = true
			v.receipt(path, hash)
		case isHash(e.Name()):
			kept[hash] = true
			v.hashed(path, hash)
		default:
			v.unknown(path)
		}
	}
	for _, e := range entries {
		hash, _, isReceipt := receiptName(e.Name())
		path := filepath.Join(folder, hash)
		if isReceipt && received[hash] && !kept[hash] && !exists(path) {
			kept[hash] = true
			v.fault(Missing, "bytes", hash, path, "a receipt names these bytes and they are not there")
		}
		if isHash(e.Name()) && !received[hash] && !v.receivedMeanwhile(hash) {
			v.fault(Missing, "receipt", hash, path, "no receipt says how these bytes came")
		}
	}
	return nil
}

// receivedMeanwhile reports whether another process has just put, or is putting,
// a receipt beside bytes.
func (v *verifier) receivedMeanwhile(hash string) bool {
	pattern := filepath.Join(v.archive.folder(bytesFolder, hash), "*"+hash+".*.json*")
	found, err := filepath.Glob(pattern)
	return err == nil && len(found) > 0
}

// tombstone checks what stands in the place of bytes that were taken out, and
// reports whether it is sound.
func (v *verifier) tombstone(path string) bool {
	v.verified.Files++
	hash, _, _ := strings.Cut(filepath.Base(path), ".")
	t, err := readTombstone(path)
	if err != nil {
		v.fault(Altered, "tombstone", hash, path, reason(err))
		return false
	}
	v.verified.Tombstones = append(v.verified.Tombstones, t)
	return true
}

// alone checks a folder of receipts that stand without bytes.
func (v *verifier) alone(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		hash, isJSON := strings.CutSuffix(e.Name(), ".json")
		path := filepath.Join(folder, e.Name())
		switch {
		case passing(e):
		case !e.Type().IsRegular() || !isJSON || !isHash(hash) || !strings.HasPrefix(hash, filepath.Base(folder)):
			v.unknown(path)
		default:
			v.receipt(path, hash)
		}
	}
	return nil
}

func (v *verifier) receipt(path, hash string) {
	v.verified.Files++
	receipt, err := readReceipt(path)
	switch {
	case err != nil:
		v.fault(Altered, "receipt", hash, path, reason(err))
	case receipt.Ref != "" && digits(receipt.Ref) != hash:
		v.fault(Altered, "receipt", hash, path, "the receipt is of other bytes, "+string(receipt.Ref))
	}
}

func (v *verifier) hashed(path, hash string) {
	v.verified.Files++
	got, err := hashFile(path)
	switch {
	case err != nil:
		v.fault(Damaged, "bytes", hash, path, "the bytes cannot be read: "+err.Error())
	case got != hash:
		v.fault(Damaged, "bytes", hash, path, "the bytes now hash to "+got)
	}
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func reason(err error) string {
	return strings.TrimSuffix(err.Error(), ": "+cairn.ErrDamaged.Error())
}

func (v *verifier) unknown(path string) {
	v.fault(Unknown, "file", "", path, "cairn did not put this here")
}

func (v *verifier) fault(kind FaultKind, what, hash, path, reason string) {
	ref := cairn.Ref("")
	if hash != "" {
		ref = cairn.Ref("sha256-" + hash)
	}
	v.found = append(v.found, Fault{kind, what, ref, v.archive.named(path), reason})
}
