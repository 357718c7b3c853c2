package recorder

import (
	"context"
	"fmt"
	"path"

	"github.com/cairn-recorder/cairn/dossier"
)

// stamps checks every stamp against the checkpoint that it is of. Whether anybody
// vouches for an authority is no matter of the record, and no fault.
func (v *verifier) stamps(ctx context.Context) error {
	all, err := stamped(ctx, v.view)
	for _, s := range all {
		v.checked.Items++
		name := fmt.Sprintf("%d/%s", s.Acts, s.From)
		if s.Checkpoint == nil {
			v.report(Fault{"missing", "checkpoint", path.Join(logFolder, checkpointFile(s.Acts)), "it was stamped by " + s.From + ", and is gone"})
			continue
		}
		if _, err := dossier.Attest(s.Stamp, s.Checkpoint, nil); err != nil {
			v.report(Fault{"damaged", "stamp", name, err.Error()})
			continue
		}
		v.checked.Stamps = append(v.checked.Stamps, s)
	}
	return err
}
