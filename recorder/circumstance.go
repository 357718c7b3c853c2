package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// PutCircumstance records what happened around incidents. Without an identifier
// it gets one of its own; it returns what was recorded.
func (r *Recorder) PutCircumstance(ctx context.Context, c cairn.Circumstance, why string) (cairn.Circumstance, error) {
	if err := r.writable(); err != nil {
		return c, err
	}
	switch {
	case !slices.Contains(cairn.CircumstanceKinds, c.Kind):
		return c, cairn.Invalid{Field: "kind", Reason: fmt.Sprintf("want one of %v, not %s", cairn.CircumstanceKinds, c.Kind)}
	case c.Title == "":
		return c, cairn.Invalid{Field: "title", Reason: "say in words what happened"}
	case !c.When.From.Known():
		return c, cairn.Invalid{Field: "when", Reason: "say on which day, month or year"}
	case c.When.To.Known() && c.When.To.Before(c.When.From):
		return c, cairn.Invalid{Field: "when", Reason: fmt.Sprintf("%s lies before %s", c.When.To, c.When.From)}
	}
	if !c.When.To.Known() {
		c.When.To = c.When.From
	}
	c.Project = r.project.Name
	_, err := r.store.Write(ctx, r.act("context", c.ID, why), func(tx *store.Tx) error {
		if c.Claim != nil {
			reading, err := tx.CurrentReading(ctx, r.project.Name, c.Claim.Document)
			if err != nil || !slices.ContainsFunc(reading.Claims, func(o cairn.Claim) bool { return o.N == c.Claim.N }) {
				return errors.Join(err, cairn.Invalid{Field: "claim", Reason: fmt.Sprintf("%s has no claim %d", c.Claim.Document, c.Claim.N)})
			}
			c.Claim.Reading = reading.ID
		}
		if c.ID == "" {
			c.ID = fmt.Sprintf("c%d", tx.Act().Number)
			tx.About(c.ID, "")
		}
		return tx.PutCircumstance(ctx, c)
	})
	return c, hinted(err)
}

// DropCircumstance takes a circumstance out again. Its history stays.
func (r *Recorder) DropCircumstance(ctx context.Context, id, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	all, err := r.view.Circumstances(ctx, store.Filter{Project: r.project.Name})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(c cairn.Circumstance) bool { return c.ID == id }) {
		return fmt.Errorf("circumstance %s: %w", id, cairn.ErrNotFound)
	}
	_, err = r.store.Write(ctx, r.act("context", id, why), func(tx *store.Tx) error { return tx.DropCircumstance(ctx, r.project.Name, id) })
	return hinted(err)
}

// Circumstances returns what happened around the incidents that q chooses, in
// the order of days.
func Circumstances(ctx context.Context, view store.View, q Query) ([]cairn.Circumstance, error) {
	p, err := view.Project(ctx, q.Project)
	if err != nil {
		return nil, err
	}
	return view.Circumstances(ctx, q.filter(places(p, q.Place)))
}
