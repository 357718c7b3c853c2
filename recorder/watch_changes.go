package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/follow"
)

// pageMark is the mark of the one thing that a lookout on a page sees.
const pageMark = "page"

// An Edition is one form that a watched page had, with what differs from the
// form before.
type Edition struct {
	At       time.Time       `json:"at"`
	Document string          `json:"document"`
	Changes  []follow.Change `json:"changes,omitempty"`
}

// Editions returns the forms that the page of a lookout had, the first first.
func (r *Recorder) Editions(ctx context.Context, name string) ([]Edition, error) {
	all, err := r.view.Lookouts(ctx, r.project.Name)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(w cairn.Lookout) bool { return w.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("watch %s: %w", name, cairn.ErrNotFound)
	}
	if all[i].Kind != cairn.PageLookout {
		return nil, cairn.Invalid{Field: name, Reason: "is no page that is watched for what becomes of it, but a " + string(all[i].Kind)}
	}
	seen, err := r.view.SeenBefore(ctx, r.project.Name, name, pageMark)
	if err != nil {
		return nil, err
	}
	var editions []Edition
	before := ""
	for _, s := range seen {
		d, err := r.view.DocumentByRef(ctx, s.Ref)
		if errors.Is(err, cairn.ErrNotFound) {
			continue
		}
		if err == nil {
			d, err = r.view.Document(ctx, d.ID)
		}
		if err != nil {
			return nil, err
		}
		e := Edition{At: s.At, Document: d.ID}
		if len(editions) > 0 {
			e.Changes = follow.Difference(before, d.Text)
		}
		editions, before = append(editions, e), d.Text
	}
	return editions, nil
}
