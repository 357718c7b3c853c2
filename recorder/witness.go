package recorder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
)

// Whoever can take record and log back to an older copy can do so with both at once.
// The witness is a folder that does not go back with them: every checkpoint is kept
// there too, and nothing is signed that has not grown out of the newest of them.

// bearWitness keeps a checkpoint in the folder of the witness, unless it is there.
func (s Settings) bearWitness(signed store.SignedCheckpoint) error {
	if s.Witness == "" {
		return nil
	}
	name := checkpointFile(signed.Size)
	if _, err := os.Stat(filepath.Join(s.Witness, name)); err == nil {
		return nil
	}
	err := writeWhole(s.Witness, name, signed.Note, 0o440)
	if errors.Is(err, fs.ErrNotExist) {
		return cairn.Hint{Err: fmt.Errorf("the witness %s: %w", s.Witness, err), Hint: "the log is signed, but nothing outside says so: make the folder, or bring back the disk that has it; the next act makes it good"}
	}
	return fault(err)
}

// heldAgainstWitness refuses a log that has not grown out of the newest checkpoint
// that the witness has.
func (s Settings) heldAgainstWitness(key ledger.Key, size int, tree tlog.HashReader) error {
	kept, err := s.witnessed()
	if err != nil || len(kept) == 0 {
		return err
	}
	if err := stillHolds(key, kept[len(kept)-1], size, tree); err != nil {
		return cairn.Hint{Err: fmt.Errorf("the witness %s has another log: %w", s.Witness, err),
			Hint: "record and log were taken back to an older copy, or the folder is that of another record; run cairn verify, and bring the newer record back"}
	}
	return nil
}

// witnessed returns the checkpoints that the witness has, the earliest first.
func (s Settings) witnessed() ([]store.SignedCheckpoint, error) {
	if s.Witness == "" {
		return nil, nil
	}
	return checkpointsIn(s.Witness)
}

// witness checks that the log has grown out of every checkpoint that the witness has.
func (v *verifier) witness(context.Context) error {
	kept, err := v.settings.witnessed()
	for _, c := range kept {
		v.outside("of the witness with "+fmt.Sprint(c.Size)+" acts", c.Note)
	}
	return err
}
