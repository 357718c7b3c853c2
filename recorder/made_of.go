package recorder

import (
	"context"
	"errors"

	"github.com/cairn-recorder/cairn"
)

// MadeOf names what was made of the bytes of a document and stands beside them: the
// documents that a machine read off them, and copies with parts made unseen. Who
// takes a document out must think of these too.
func (r *Recorder) MadeOf(ctx context.Context, document string) ([]string, error) {
	d, err := r.view.Document(ctx, document)
	if err != nil {
		return nil, err
	}
	ref := d.Ref
	var found []string
	for _, how := range []string{howScan, howRedacted} {
		receipts, err := r.view.ReceiptsHow(ctx, how)
		if err != nil {
			return nil, err
		}
		for _, one := range receipts {
			if one.Within == nil || one.Within.Ref != ref || !r.archive.Has(one.Ref) {
				continue
			}
			name := string(one.Ref)
			made, err := r.view.DocumentByRef(ctx, one.Ref)
			if err == nil {
				name = made.ID
			} else if !errors.Is(err, cairn.ErrNotFound) {
				return nil, err
			}
			found = append(found, name)
		}
	}
	return found, nil
}
