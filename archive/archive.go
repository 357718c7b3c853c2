// Package archive keeps evidence: bytes once, under their SHA-256, each with
// the receipts that say how they came. Nothing in it is ever changed or
// deleted, and it can check itself without any other record.
//
// Under the folder of the archive
//
//	sha256/ab/ab12…                the bytes whose hash is ab12…
//	sha256/ab/ab12….cd34….json     one receipt of them, whose own hash is cd34…
//	receipts/ef/ef56….json         a receipt of a collection that brought nothing
//
// Every file is written under a name that begins with a dot, flushed, and then
// renamed; what a killed process leaves behind is finished or removed by the
// next Open.
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/cairn-recorder/cairn"
)

const (
	bytesFolder   = "sha256"
	receiptFolder = "receipts"
	fileMode      = 0o440
	folderMode    = 0o750
)

// An Archive is a folder of evidence. Several goroutines, and several
// processes, may use one at a time.
type Archive struct {
	dir  string
	lock *os.File // the folder itself, held shared for as long as it is in use

	folders sync.Mutex // held while a folder is made
}

// Open opens the archive in the folder dir and makes it where there is none.
// What a killed process left half done is finished or swept away, unless
// another process is at work in the archive. A folder that cannot be made gives
// cairn.ErrReadOnly or cairn.ErrFull; one that can only be read opens, and Put
// then fails.
func Open(dir string) (*Archive, error) {
	a := &Archive{dir: dir}
	for _, folder := range []string{bytesFolder, receiptFolder} {
		if err := os.MkdirAll(filepath.Join(dir, folder), folderMode); err != nil {
			return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
		}
	}
	lock, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
	}
	a.lock = lock
	if lockAlone(lock) {
		if err := a.sweep(); err != nil {
			lock.Close()
			return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
		}
	}
	if err := lockShared(lock); err != nil {
		lock.Close()
		return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
	}
	return a, nil
}

// Close gives the archive up, so that another process may sweep it.
func (a *Archive) Close() error { return a.lock.Close() }

// Get returns the bytes that ref names, hashed anew: cairn.ErrNotFound where
// there are none, cairn.ErrDamaged where they are no longer what was kept.
func (a *Archive) Get(ref cairn.Ref) ([]byte, error) {
	path, err := a.path(ref)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", ref, err)
	}
	bytes, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", ref, fault(err))
	}
	if cairn.RefOf(bytes) != ref {
		return nil, fmt.Errorf("get %s: bytes do not match their name: %w", ref, cairn.ErrDamaged)
	}
	return bytes, nil
}

// Has reports whether bytes are kept under ref, without hashing them.
func (a *Archive) Has(ref cairn.Ref) bool {
	path, err := a.path(ref)
	if err != nil {
		return false
	}
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular()
}

func (a *Archive) path(ref cairn.Ref) (string, error) {
	if _, err := cairn.ParseRef(string(ref)); err != nil {
		return "", err
	}
	return filepath.Join(a.folder(bytesFolder, digits(ref)), digits(ref)), nil
}

func (a *Archive) folder(kind, digits string) string {
	return filepath.Join(a.dir, kind, digits[:2])
}

func digits(ref cairn.Ref) string { return strings.TrimPrefix(string(ref), "sha256-") }

func hashOf(bytes []byte) string {
	sum := sha256.Sum256(bytes)
	return hex.EncodeToString(sum[:])
}

// isHash reports whether s is 64 hexadecimal digits.
func isHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// fault names the categories of failure that a caller can act on.
func fault(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", cairn.ErrFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", cairn.ErrReadOnly, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", cairn.ErrNotFound, err)
	}
	return err
}
