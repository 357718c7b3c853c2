package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
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
	ref, err := a.put(receipt, bytes)
	if err != nil {
		return "", fmt.Errorf("put %s: %w", receipt.From, fault(err))
	}
	return ref, nil
}

func (a *Archive) put(receipt cairn.Receipt, bytes []byte) (cairn.Ref, error) {
	if err := belongs(&receipt, bytes); err != nil {
		return "", err
	}
	line, err := written(receipt)
	if err != nil {
		return "", err
	}
	if len(bytes) == 0 {
		hash := hashOf(line)
		return cairn.Ref("sha256-" + hash), a.keep(inMemory(aloneName(hash), line))
	}
	name, err := bytesName(receipt.Ref)
	if err != nil {
		return "", err
	}
	// The bytes come first, so that no receipt ever stands without them.
	return receipt.Ref, a.keep(inMemory(name, bytes), inMemory(receiptBeside(name, line), line))
}

// written returns a receipt or a tombstone as the line that is kept.
func written(noun any) ([]byte, error) {
	line, err := json.Marshal(noun)
	return append(line, '\n'), err
}

// receiptBeside returns the name of a receipt of the bytes of a name.
func receiptBeside(name string, line []byte) string { return name + "." + hashOf(line) + ".json" }

func inMemory(name string, content []byte) file {
	return file{name, hashOf(content), int64(len(content)), bytes.NewReader(content)}
}

// keep writes files; one that is there already must be what it was.
func (a *Archive) keep(files ...file) error {
	return a.place.keep(files, func(f file) error {
		got, err := hashAt(a.place, f.name)
		if err == nil && got != f.hash {
			err = fmt.Errorf("%s was kept before and has changed since: %w", path.Base(f.name), cairn.ErrDamaged)
		}
		return err
	})
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

// Receipts returns the receipts kept under ref, in order of time: those of its
// bytes, or the one of a collection that brought nothing. Where there are none
// it is cairn.ErrNotFound, where one has been altered cairn.ErrDamaged.
func (a *Archive) Receipts(ref cairn.Ref) ([]cairn.Receipt, error) {
	names, err := a.receiptNames(ref)
	if err != nil {
		return nil, fmt.Errorf("receipts of %s: %w", ref, err)
	}
	var receipts []cairn.Receipt
	for _, name := range names {
		receipt, err := a.readReceipt(name)
		if err != nil {
			return nil, fmt.Errorf("receipts of %s: %s: %w", ref, path.Base(name), err)
		}
		receipts = append(receipts, receipt)
	}
	sort.SliceStable(receipts, func(i, j int) bool { return receipts[i].At.Before(receipts[j].At) })
	return receipts, nil
}

func (a *Archive) receiptNames(ref cairn.Ref) ([]string, error) {
	name, err := bytesName(ref)
	if err != nil {
		return nil, err
	}
	entries, err := a.place.list(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault(err)
	}
	var names []string
	for _, e := range entries {
		if _, _, ok := receiptName(e.name); ok {
			names = append(names, path.Join(path.Dir(name), e.name))
		}
	}
	if len(names) > 0 {
		return names, nil
	}
	if alone := aloneName(digits(ref)); has(a.place, alone) {
		return []string{alone}, nil
	}
	return nil, cairn.ErrNotFound
}

// receiptName reads the name of a receipt that stands beside bytes: the hash of
// the bytes and that of the receipt.
func receiptName(name string) (bytes, receipt string, ok bool) {
	bytes, rest, _ := strings.Cut(name, ".")
	receipt, isJSON := strings.CutSuffix(rest, ".json")
	return bytes, receipt, isJSON && isHash(bytes) && isHash(receipt)
}

// readReceipt reads a receipt and holds it against the hash in its name.
func (a *Archive) readReceipt(name string) (cairn.Receipt, error) {
	var receipt cairn.Receipt
	own := strings.TrimSuffix(path.Base(name), ".json")
	err := a.readLine(name, own[max(0, len(own)-64):], "receipt", &receipt)
	return receipt, err
}

// readLine reads a receipt or a tombstone, and holds it against its hash.
func (a *Archive) readLine(name, hash, what string, noun any) error {
	line, err := readAll(a.place, name)
	if err != nil {
		return fault(err)
	}
	if hashOf(line) != hash {
		return fmt.Errorf("the %s is not the one that was written: %w", what, cairn.ErrDamaged)
	}
	if err := json.Unmarshal(line, noun); err != nil {
		return fmt.Errorf("%w: %w", cairn.ErrDamaged, err)
	}
	return nil
}
