package store

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/cairn-recorder/cairn"
)

// Faults of the world, each with what the person can do. The engine's own
// message stays behind the sentinel.

func busy(err error) error {
	return cairn.Hint{Err: fmt.Errorf("%w: %w", cairn.ErrBusy, err), Hint: "another cairn is writing; wait for it to end, or end it, and try again"}
}

func full(err error) error {
	return cairn.Hint{Err: fmt.Errorf("%w: %w", cairn.ErrFull, err), Hint: "nothing of this act was written; make room and try again"}
}

func readOnly(err error) error {
	return cairn.Hint{Err: fmt.Errorf("%w: %w", cairn.ErrReadOnly, err), Hint: "the store and its folder must be writable for whoever runs cairn"}
}

func damaged(err error) error {
	return cairn.Hint{Err: fmt.Errorf("%w: %w", cairn.ErrDamaged, err), Hint: "take the store back from a copy, or import the archive into a new one"}
}

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// nothingThere is the fault of a database without the tables of a store.
func nothingThere(err error) error { return fmt.Errorf("%w: %w", cairn.ErrNotFound, err) }
