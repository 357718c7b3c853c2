package archive

import (
	"context"
	"crypto/sha512"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

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
// in order of path. The error is of the world (the disk, the way to it, or a ctx
// that ended), never a fault of a file.
func (a *Archive) Verify(ctx context.Context, report func(Fault)) (Verified, error) {
	v := verifier{ctx: ctx, archive: a, report: report}
	err := v.top()
	v.tell()
	if err != nil {
		return v.verified, fmt.Errorf("verify archive %s: %w", a.at, fault(err))
	}
	return v.verified, nil
}

// requestsAtOnce is how many files of a bucket are asked for together, since most
// of the time goes by waiting for the store.
const requestsAtOnce = 16

type verifier struct {
	ctx     context.Context
	archive *Archive
	report  func(Fault)

	mu       sync.Mutex
	verified Verified
	found    []Fault // in the folder at hand
}

// group returns what runs the checks of the files of one folder.
func (v *verifier) group() *errgroup.Group {
	var g errgroup.Group
	g.SetLimit(1)
	if isBucket(v.archive.at) {
		g.SetLimit(requestsAtOnce)
	}
	return &g
}

func (v *verifier) list(folder string) ([]entry, error) {
	if err := v.ctx.Err(); err != nil {
		return nil, err
	}
	return v.archive.place.list(folder)
}

func (v *verifier) top() error {
	entries, err := v.list("")
	if err != nil {
		return err
	}
	if has := func(e entry) bool { return e.name == recipientsFile }; v.archive.recipients != nil && !slices.ContainsFunc(entries, has) {
		v.fault(Missing, "recipients", "", recipientsFile, "nothing says any more to whom the archive is encrypted")
	}
	for _, kind := range []string{bytesFolder, receiptFolder} {
		if !v.archive.hasFolder(entries, kind) {
			v.fault(Missing, "folder", "", kind, "the folder is not there")
		}
	}
	for _, e := range entries {
		switch {
		case e.isDir && e.name == bytesFolder:
			err = v.kind(bytesFolder, v.bytes)
		case e.isDir && e.name == receiptFolder:
			err = v.kind(receiptFolder, v.alone)
		case e.isFile && e.name == recipientsFile && v.archive.recipients != nil:
			v.verified.Files++
			if now, err := readAll(v.archive.plain(), recipientsFile); err != nil || !slices.Equal(keyLines(string(now)), v.archive.recipients) {
				v.fault(Altered, "recipients", "", recipientsFile, "they are not those that the archive was opened with")
			}
		case !passing(e):
			v.unknown(e.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hasFolder reports whether a folder is among entries; a bucket has none but for
// what lies in them.
func (a *Archive) hasFolder(entries []entry, kind string) bool {
	return isBucket(a.at) || slices.ContainsFunc(entries, func(e entry) bool { return e.name == kind })
}

// tell reports what was found, in order of path.
func (v *verifier) tell() {
	slices.SortStableFunc(v.found, func(a, b Fault) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range v.found {
		v.report(f)
	}
	v.found = v.found[:0]
}

func (v *verifier) kind(kind string, check func(folder string) error) error {
	entries, err := v.list(kind + "/")
	if err != nil {
		return err
	}
	for _, e := range entries {
		folder := path.Join(kind, e.name)
		if !isFolderOfHashes(e) {
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

func isFolderOfHashes(e entry) bool {
	return e.isDir && len(e.name) == 2 && strings.Trim(e.name, "0123456789abcdef") == ""
}

// bytes checks a folder of bytes with their receipts.
func (v *verifier) bytes(folder string) error {
	entries, err := v.list(folder + "/")
	if err != nil {
		return err
	}
	kept, received := map[string]bool{}, map[string]bool{}
	var tombstones []string
	group := v.group()
	for _, e := range entries {
		name := path.Join(folder, e.name)
		hash, _, isReceipt := receiptName(e.name)
		switch {
		case passing(e):
		case !e.isFile || !strings.HasPrefix(hash, path.Base(folder)):
			v.unknown(name)
		case isTombstone(e.name):
			tombstones = append(tombstones, name)
		case isReceipt:
			received[hash] = true
			group.Go(func() error { return v.receipt(name, hash) })
		case isHash(e.name):
			kept[hash] = true
			group.Go(func() error { return v.hashed(name, hash) })
		default:
			v.unknown(name)
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, name := range tombstones {
		hash, sound, err := v.tombstone(name)
		if err != nil {
			return err
		}
		kept[hash], received[hash] = kept[hash] || sound, received[hash] || sound
	}
	v.pairs(folder, entries, kept, received)
	return nil
}

// pairs looks for bytes without a receipt, and for receipts without bytes.
func (v *verifier) pairs(folder string, entries []entry, kept, received map[string]bool) {
	for _, e := range entries {
		hash, _, isReceipt := receiptName(e.name)
		name := path.Join(folder, hash)
		if isReceipt && received[hash] && !kept[hash] && !has(v.archive.place, name) {
			kept[hash] = true
			v.fault(Missing, "bytes", hash, name, "a receipt names these bytes and they are not there")
		}
		if isHash(e.name) && !received[hash] && !v.receivedMeanwhile(folder, hash) {
			v.fault(Missing, "receipt", hash, name, "no receipt says how these bytes came")
		}
	}
}

// receivedMeanwhile reports whether another process has just put, or is putting,
// a receipt beside bytes.
func (v *verifier) receivedMeanwhile(folder, hash string) bool {
	for _, begin := range []string{"", "."} {
		found, err := v.list(folder + "/" + begin + hash + ".")
		if err == nil && slices.ContainsFunc(found, func(e entry) bool { return strings.Contains(e.name, ".json") }) {
			return true
		}
	}
	return false
}

// tombstone checks what stands in the place of bytes that were taken out, and
// reports of which bytes, and whether it is sound.
func (v *verifier) tombstone(name string) (hash string, sound bool, err error) {
	if err := v.count(); err != nil {
		return "", false, err
	}
	hash, _, _ = strings.Cut(path.Base(name), ".")
	t, err := v.archive.readTombstone(name)
	if errors.Is(err, ErrUnreachable) {
		return hash, false, err
	}
	if err != nil {
		v.fault(Altered, "tombstone", hash, name, reason(err))
		return hash, false, nil
	}
	v.verified.Tombstones = append(v.verified.Tombstones, t)
	return hash, true, nil
}

// count counts a file, unless the check was stopped.
func (v *verifier) count() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.verified.Files++
	return v.ctx.Err()
}

// alone checks a folder of receipts that stand without bytes.
func (v *verifier) alone(folder string) error {
	entries, err := v.list(folder + "/")
	if err != nil {
		return err
	}
	group := v.group()
	for _, e := range entries {
		hash, isJSON := strings.CutSuffix(e.name, ".json")
		name := path.Join(folder, e.name)
		switch {
		case passing(e):
		case !e.isFile || !isJSON || !isHash(hash) || !strings.HasPrefix(hash, path.Base(folder)):
			v.unknown(name)
		default:
			group.Go(func() error { return v.receipt(name, hash) })
		}
	}
	return group.Wait()
}

func (v *verifier) receipt(name, hash string) error {
	if err := v.count(); err != nil {
		return err
	}
	receipt, err := v.archive.readReceipt(name)
	switch {
	case errors.Is(err, ErrUnreachable):
		return err
	case err != nil:
		v.fault(Altered, "receipt", hash, name, reason(err))
	case receipt.Ref != "" && digits(receipt.Ref) != hash:
		v.fault(Altered, "receipt", hash, name, "the receipt is of other bytes, "+string(receipt.Ref))
	case receipt.SHA512 != "":
		return v.second(receipt, name, hash)
	}
	return nil
}

// second holds bytes against the second hash that a receipt has of them. Bytes that
// are not there or cannot be read are told by themselves.
func (v *verifier) second(receipt cairn.Receipt, name, hash string) error {
	got, err := hashedBy(sha512.New(), v.archive.place, path.Join(path.Dir(name), hash))
	switch {
	case errors.Is(err, ErrUnreachable):
		return err
	case err == nil && got != receipt.SHA512:
		v.fault(Damaged, "bytes", hash, name, "the SHA-512 of the bytes is now "+got)
	}
	return nil
}

func (v *verifier) hashed(name, hash string) error {
	if err := v.count(); err != nil {
		return err
	}
	got, err := hashAt(v.archive.place, name)
	switch {
	case errors.Is(err, ErrUnreachable):
		return err
	case err != nil:
		v.fault(Damaged, "bytes", hash, name, "the bytes cannot be read: "+reason(err))
	case got != hash:
		v.fault(Damaged, "bytes", hash, name, "the bytes now hash to "+got)
	}
	return nil
}

func reason(err error) string {
	return strings.TrimSuffix(err.Error(), ": "+cairn.ErrDamaged.Error())
}

func (v *verifier) unknown(name string) {
	v.fault(Unknown, "file", "", name, "cairn did not put this here")
}

func (v *verifier) fault(kind FaultKind, what, hash, name, reason string) {
	ref := cairn.Ref("")
	if hash != "" {
		ref = cairn.Ref("sha256-" + hash)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.found = append(v.found, Fault{kind, what, ref, v.archive.named(name), reason})
}
