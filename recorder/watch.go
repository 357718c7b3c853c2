package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/follow"
	"github.com/cairn-recorder/cairn/store"
)

// The bounds on looking again.
const (
	mostTries   = 6                  // of one thing that a source names and that does not come
	leastWait   = time.Minute        // between two looks
	longestWait = 7 * 24 * time.Hour // after failures
)

// A Sight is a lookout with how it stands.
type Sight struct {
	cairn.Lookout
	State  cairn.LookoutState `json:"state"`
	Silent bool               `json:"silent,omitempty"` // answers, and has had nothing new for long
	Found  int                `json:"found,omitempty"`  // of the look at hand: what was new or edited
}

// PutLookout records that a source is watched from now on, or otherwise than
// before.
func (r *Recorder) PutLookout(ctx context.Context, w cairn.Lookout, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	switch {
	case w.Name == "" || w.Address == "":
		return cairn.Invalid{Field: "watch", Reason: "has a name and an address"}
	case !slices.Contains(cairn.LookoutKinds, w.Kind):
		return cairn.Invalid{Field: "kind", Reason: fmt.Sprintf("want one of %v, not %s", cairn.LookoutKinds, w.Kind)}
	case w.Kind == cairn.LinksLookout && w.Selector == "":
		return cairn.Invalid{Field: "selector", Reason: "say which links: --selector '.news a'"}
	case w.Minutes < 1:
		return cairn.Invalid{Field: "every", Reason: "want a minute or more"}
	}
	if w.Selector != "" {
		if _, err := follow.Links(nil, w.Selector, "http://x/"); err != nil {
			return err
		}
	}
	w.Project = r.project.Name
	_, err := r.store.Write(ctx, r.act("watch", w.Name, why), func(tx *store.Tx) error { return tx.PutLookout(ctx, w) })
	return hinted(err)
}

// DropLookout ends a watch. What it found stays.
func (r *Recorder) DropLookout(ctx context.Context, name, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	all, err := r.view.Lookouts(ctx, r.project.Name)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(w cairn.Lookout) bool { return w.Name == name }) {
		return fmt.Errorf("watch %s: %w", name, cairn.ErrNotFound)
	}
	_, err = r.store.Write(ctx, r.act("watch", name, why), func(tx *store.Tx) error { return tx.DropLookout(ctx, r.project.Name, name) })
	return hinted(err)
}

// Lookouts returns what is watched and how each stands, by name.
func (r *Recorder) Lookouts(ctx context.Context) ([]Sight, error) {
	all, err := r.view.Lookouts(ctx, r.project.Name)
	if err != nil {
		return nil, err
	}
	var sights []Sight
	for _, w := range all {
		state, err := r.view.LookoutState(ctx, r.project.Name, w.Name)
		if err != nil {
			return nil, err
		}
		sights = append(sights, Sight{Lookout: w, State: state, Silent: state.Silent(w, r.settings.Now())})
	}
	return sights, nil
}

// LookAround looks at every source whose time has come, and walks what is new
// there through. What was taken is remembered only once it is kept, so that a
// look that is broken off loses nothing. It returns what was looked at, and when
// the next look is due; the zero time where nothing is watched.
func (r *Recorder) LookAround(ctx context.Context, p Progress) (looked []Sight, sum Summary, next time.Time, err error) {
	if err := r.writable(); err != nil {
		return nil, sum, next, err
	}
	all, err := r.Lookouts(ctx)
	if err != nil {
		return nil, sum, next, err
	}
	asked := map[string]time.Time{}
	var states []Sight
	for _, s := range all {
		if !s.State.Next.After(r.settings.Now()) {
			run := looking{Recorder: r, Sight: s, asked: asked, progress: p}
			brought, err := run.look(ctx)
			if sum.add(brought); err != nil {
				return looked, sum, next, errors.Join(err, r.putStates(context.WithoutCancel(ctx), states))
			}
			s = run.Sight
			looked, states = append(looked, s), append(states, s)
		}
		if next.IsZero() || s.State.Next.Before(next) {
			next = s.State.Next
		}
	}
	return looked, sum, next, r.putStates(ctx, states)
}

// putStates records how lookouts stand, as one act.
func (r *Recorder) putStates(ctx context.Context, all []Sight) error {
	if len(all) == 0 {
		return nil
	}
	_, err := r.store.Write(ctx, r.act("watch", "", fmt.Sprintf("looked at %d sources", len(all))), func(tx *store.Tx) error {
		for _, s := range all {
			if err := tx.PutLookoutState(ctx, r.project.Name, s.Name, s.State); err != nil {
				return err
			}
		}
		return nil
	})
	return hinted(err)
}
