package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"

	"github.com/cairn-recorder/cairn"
)

// A place keeps files under names with forward slashes. It has no method of the
// archive: what is a receipt, and what belongs to what, is not its business.
type place interface {
	// open opens a file: fs.ErrNotExist where there is none.
	open(name string) (*reading, error)
	// keep writes files in their order, so that after a kill at any moment each
	// is whole or absent, and none is there without those before it. A file that
	// is there already is left alone; sound says whether it is as it should be.
	keep(files []file, sound func(file) error) error
	// list returns what lies in the folder of prefix and has a name that begins
	// with what follows its last slash, in order of name.
	list(prefix string) ([]entry, error)
}

// A remover takes a file out of its place; one that is not there is no fault.
type remover interface{ remove(name string) error }

// A file is what is to be kept: under which name, and the hash of content.
type file struct {
	name    string
	hash    string
	size    int64 // of content; -1 where it is not known before it is read
	content io.Reader
}

// An entry is what lies in a folder: a file, a folder, or neither.
type entry struct {
	name   string // without its folder
	isFile bool
	isDir  bool
}

// A reading is a file that was opened. It is read through once, or, by what at
// returns with its size, at any place; not both.
type reading struct {
	io.Reader
	io.Closer
	at func() (io.ReaderAt, int64, error)
}

// ErrUnreachable is a failure between here and where the archive is kept, which
// says nothing of what is kept.
var ErrUnreachable = errors.New("the store cannot be reached")

// unreachable is such a failure.
type unreachable struct{ err error }

// Error is the failure.
func (u unreachable) Error() string { return ErrUnreachable.Error() + ": " + u.err.Error() }

// Unwrap returns the failure and its sort.
func (u unreachable) Unwrap() []error { return []error{ErrUnreachable, u.err} }

// fault names the categories of failure that a caller can act on.
func fault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", cairn.ErrFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", cairn.ErrReadOnly, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", cairn.ErrNotFound, err)
	}
	return err
}
