package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Put keeps bytes and the receipt of their coming, and returns the Ref of the
// bytes once both are on the disk. Bytes that are there already are checked and
// left alone; the receipt is added beside them. A collection that brought no
// bytes is kept as its receipt alone, under the Ref of the receipt. A receipt
// already kept, equal to the last digit of its time, is the same receipt.
//
// The errors are cairn.ErrFull, cairn.ErrReadOnly, cairn.ErrDamaged where the
// bytes kept before have changed since, and cairn.Invalid where receipt and
// bytes do not belong together.
func (a *Archive) Put(receipt cairn.Receipt, bytes []byte) (cairn.Ref, error) {
	if err := belongs(&receipt, bytes); err != nil {
		return "", fmt.Errorf("put %s: %w", receipt.From, err)
	}
	line, err := json.Marshal(receipt)
	if err != nil {
		return "", fmt.Errorf("put %s: %w", receipt.From, err)
	}
	line = append(line, '\n')
	name := hashOf(line)
	if len(bytes) == 0 {
		ref := cairn.Ref("sha256-" + name)
		folder := a.folder(receiptFolder, name)
		if err := a.keep(folder, file{name + ".json", line}); err != nil {
			return "", fmt.Errorf("put %s: %w", receipt.From, fault(err))
		}
		return ref, nil
	}
	hash := digits(receipt.Ref)
	folder := a.folder(bytesFolder, hash)
	// The bytes come first, so that no receipt ever stands without them.
	err = a.keep(folder, file{hash, bytes}, file{hash + "." + name + ".json", line})
	if err != nil {
		return "", fmt.Errorf("put %s: %w", receipt.From, fault(err))
	}
	return receipt.Ref, nil
}

func belongs(receipt *cairn.Receipt, bytes []byte) error {
	receipt.At = receipt.At.UTC()
	if len(bytes) == 0 {
		if receipt.Outcome == cairn.Fetched {
			return cairn.Invalid{Field: "outcome", Reason: "fetched, and yet no bytes came"}
		}
		if receipt.Ref != "" {
			return cairn.Invalid{Field: "ref", Reason: "names bytes, and none came"}
		}
		return nil
	}
	ref := cairn.RefOf(bytes)
	if receipt.Ref != "" && receipt.Ref != ref {
		return cairn.Invalid{Field: "ref", Reason: "names other bytes than those that came"}
	}
	receipt.Ref, receipt.Size = ref, int64(len(bytes))
	return nil
}

type file struct {
	name  string
	bytes []byte
}

// keep writes files into folder so that after a kill at any moment each is
// whole or absent, and none is there without those before it.
func (a *Archive) keep(folder string, files ...file) error {
	if err := a.makeFolder(folder); err != nil {
		return err
	}
	var written []string
	defer func() {
		for _, path := range written {
			os.Remove(path)
		}
	}()
	for _, f := range files {
		there, err := check(filepath.Join(folder, f.name), f.bytes)
		if err != nil {
			return err
		}
		if there {
			written = append(written, "")
			continue
		}
		path, err := writeDown(folder, f)
		if err != nil {
			return err
		}
		written = append(written, path)
	}
	for i, f := range files {
		if written[i] == "" {
			continue
		}
		if err := os.Rename(written[i], filepath.Join(folder, f.name)); err != nil {
			return err
		}
		written[i] = ""
	}
	return flush(folder)
}

// check reports whether path already holds bytes; bytes that differ are an
// error, for nothing here is ever rewritten.
func check(path string, bytes []byte) (bool, error) {
	kept, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if string(kept) != string(bytes) {
		return false, fmt.Errorf("%s was kept before and has changed since: %w", filepath.Base(path), cairn.ErrDamaged)
	}
	return true, nil
}

// writeDown writes f under a passing name that begins with "." and f's own, and
// flushes it to the disk.
func writeDown(folder string, f file) (path string, err error) {
	t, err := os.CreateTemp(folder, "."+f.name+".*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			t.Close()
			os.Remove(t.Name())
		}
	}()
	if _, err := t.Write(f.bytes); err != nil {
		return "", err
	}
	if err := t.Chmod(fileMode); err != nil {
		return "", err
	}
	if err := t.Sync(); err != nil {
		return "", err
	}
	return t.Name(), t.Close()
}

func (a *Archive) makeFolder(folder string) error {
	if info, err := os.Stat(folder); err == nil && info.IsDir() {
		return nil
	}
	a.folders.Lock()
	defer a.folders.Unlock()
	err := os.Mkdir(folder, folderMode)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return flush(filepath.Dir(folder))
}

func flush(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Receipts returns the receipts kept under ref, in order of time: those of its
// bytes, or the one of a collection that brought nothing. Where there are none
// it is cairn.ErrNotFound, where one has been altered cairn.ErrDamaged.
func (a *Archive) Receipts(ref cairn.Ref) ([]cairn.Receipt, error) {
	paths, err := a.receiptPaths(ref)
	if err != nil {
		return nil, fmt.Errorf("receipts of %s: %w", ref, err)
	}
	var receipts []cairn.Receipt
	for _, path := range paths {
		receipt, err := readReceipt(path)
		if err != nil {
			return nil, fmt.Errorf("receipts of %s: %s: %w", ref, filepath.Base(path), err)
		}
		receipts = append(receipts, receipt)
	}
	sort.SliceStable(receipts, func(i, j int) bool { return receipts[i].At.Before(receipts[j].At) })
	return receipts, nil
}

func (a *Archive) receiptPaths(ref cairn.Ref) ([]string, error) {
	if _, err := cairn.ParseRef(string(ref)); err != nil {
		return nil, err
	}
	hash := digits(ref)
	alone := filepath.Join(a.folder(receiptFolder, hash), hash+".json")
	if _, err := os.Lstat(alone); err == nil {
		return []string{alone}, nil
	}
	folder := a.folder(bytesFolder, hash)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fault(err)
	}
	first := sort.Search(len(entries), func(i int) bool { return entries[i].Name() >= hash })
	var paths []string
	for _, e := range entries[first:] {
		if !strings.HasPrefix(e.Name(), hash) {
			break
		}
		if _, _, ok := receiptName(e.Name()); ok {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	if len(paths) == 0 {
		return nil, cairn.ErrNotFound
	}
	return paths, nil
}

// receiptName reads the name of a receipt that stands beside bytes: the hash of
// the bytes and that of the receipt.
func receiptName(name string) (bytes, receipt string, ok bool) {
	bytes, rest, _ := strings.Cut(name, ".")
	receipt, isJSON := strings.CutSuffix(rest, ".json")
	return bytes, receipt, isJSON && isHash(bytes) && isHash(receipt)
}

// readReceipt reads a receipt and holds it against the hash in its name.
func readReceipt(path string) (cairn.Receipt, error) {
	line, err := os.ReadFile(path)
	if err != nil {
		return cairn.Receipt{}, fault(err)
	}
	name := strings.TrimSuffix(filepath.Base(path), ".json")
	if hashOf(line) != name[max(0, len(name)-64):] {
		return cairn.Receipt{}, fmt.Errorf("the receipt is not the one that was written: %w", cairn.ErrDamaged)
	}
	var receipt cairn.Receipt
	if err := json.Unmarshal(line, &receipt); err != nil {
		return cairn.Receipt{}, fmt.Errorf("%w: %w", cairn.ErrDamaged, err)
	}
	return receipt, nil
}
