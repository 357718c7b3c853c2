package recorder

import (
	"context"
	"errors"

	"github.com/cairn-recorder/cairn"
)

// A Made is what was made of other bytes and stands beside them: a machine's reading
// of pictures, which is a document, or a copy with parts made unseen.
type Made struct {
	Name     string // of the document, or the Ref of bytes that are none
	Document string // empty where it is none
	Ref      cairn.Ref
	How      string // scan, redacted
}

// MadeOf finds what was made of bytes, and what was made of that.
func (r *Recorder) MadeOf(ctx context.Context, from cairn.Ref) ([]Made, error) {
	var receipts []cairn.Receipt
	for _, how := range []string{howScan, howRedacted} {
		some, err := r.view.ReceiptsHow(ctx, how)
		if err != nil {
			return nil, err
		}
		receipts = append(receipts, some...)
	}
	var found []Made
	of := map[cairn.Ref]bool{from: from != ""}
	for grew := true; grew; {
		grew = false
		for _, one := range receipts {
			if one.Within == nil || !of[one.Within.Ref] || of[one.Ref] || !r.archive.Has(one.Ref) {
				continue
			}
			made, err := r.made(ctx, one)
			if err != nil {
				return nil, err
			}
			found, of[one.Ref], grew = append(found, made), true, true
		}
	}
	return found, nil
}

func (r *Recorder) made(ctx context.Context, receipt cairn.Receipt) (Made, error) {
	m := Made{Name: string(receipt.Ref), Ref: receipt.Ref, How: receipt.How}
	d, err := r.view.DocumentByRef(ctx, receipt.Ref)
	if errors.Is(err, cairn.ErrNotFound) {
		return m, nil
	}
	m.Name, m.Document = d.ID, d.ID
	return m, err
}
