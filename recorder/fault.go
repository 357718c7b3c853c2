package recorder

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
)

// fault names the categories of failure that a caller can act on.
func fault(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		err = fmt.Errorf("%w: %w", cairn.ErrFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		err = fmt.Errorf("%w: %w", cairn.ErrReadOnly, err)
	}
	return hinted(err)
}

// hinted adds what a person can do about err, where nobody has said it yet.
func hinted(err error) error {
	var already cairn.Hint
	if err == nil || errors.As(err, &already) {
		return err
	}
	for _, known := range []struct {
		is   error
		hint string
	}{
		{cairn.ErrFull, "make room on the disk; what was taken so far is kept, and the same command goes on from there"},
		{cairn.ErrReadOnly, "the folder must be writable for whoever runs cairn; --data names another"},
		{cairn.ErrBusy, "another cairn is at work; wait for it to end, and try again"},
		{cairn.ErrDamaged, "`cairn verify` says what is damaged; take it back from a copy"},
	} {
		if errors.Is(err, known.is) {
			return cairn.Hint{Err: err, Hint: known.hint}
		}
	}
	return err
}

// ofWorld reports whether err would meet every other document too, so that it
// is no use going on.
func ofWorld(err error) bool {
	for _, world := range []error{cairn.ErrFull, cairn.ErrReadOnly, cairn.ErrBusy, archive.ErrUnreachable} {
		if errors.Is(err, world) {
			return true
		}
	}
	return false
}
