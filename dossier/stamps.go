package dossier

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// stamps checks each stamp against its checkpoint, and that the log that was
// signed has grown out of it.
func (c *checking) stamps() {
	if _, ok := c.files[stampsFile]; !ok {
		return
	}
	each(c, stampsFile, func(n int, s Stamp) {
		where := fmt.Sprintf("stamp of %d acts by %s (line %d): ", s.Acts, s.From, n)
		if err := c.stamp(s); err != nil {
			c.fault("altered", stampsFile, where+err.Error())
		}
	})
}

func (c *checking) stamp(s Stamp) error {
	signed, there := c.files[s.Checkpoint]
	proof, proofThere := c.files[s.File]
	if !there || !proofThere {
		return fmt.Errorf("%s or %s is not there", s.Checkpoint, s.File)
	}
	if c.signed {
		checkpoint, err := c.verifier.OpenCheckpoint(signed)
		if err != nil {
			return err
		}
		if checkpoint.Size != s.Acts {
			return fmt.Errorf("its checkpoint is of %d acts", checkpoint.Size)
		}
		if err := tlog.CheckTree(s.Path, int64(c.found.Checkpoint.Size), c.found.Checkpoint.Root, int64(checkpoint.Size), checkpoint.Root); err != nil {
			return fmt.Errorf("the log that was signed has not grown out of its checkpoint: %w", err)
		}
	}
	whole := s.Stamp
	whole.Proof = proof
	attested, err := Attest(whole, signed, c.roots)
	if err == nil {
		c.found.Stamps = append(c.found.Stamps, attested)
	}
	return err
}
