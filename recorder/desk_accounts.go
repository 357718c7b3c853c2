package recorder

import (
	"context"
	"fmt"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// As returns r acting for somebody else. It works on the same record, and only
// the first is to be closed.
func (r *Recorder) As(who string) *Recorder {
	as := *r
	as.settings.Who, as.settings.Collect.Who = who, who
	return &as
}

// PutAccount records an account in the place of that of its name.
func (r *Recorder) PutAccount(ctx context.Context, a cairn.Account, why string) error {
	for project, role := range a.Roles {
		if role != cairn.NoRole && !role.AtLeast(cairn.DataViewer) {
			return cairn.Invalid{Field: "role", Reason: fmt.Sprintf("there is no role %s (in %s)", role, project)}
		}
	}
	return r.writes(ctx, "account", a.Name, why, func(tx *store.Tx) error { return tx.PutAccount(ctx, a) })
}

// writes records one act that judges nothing.
func (r *Recorder) writes(ctx context.Context, what, on, why string, do func(*store.Tx) error) error {
	if err := r.writable(); err != nil {
		return err
	}
	if _, err := r.store.Write(ctx, r.act(what, on, why), do); err != nil {
		return fmt.Errorf("%s %s: %w", what, on, hinted(err))
	}
	return nil
}

// KeepSlip keeps what lies on the desk and is no part of the record.
func (r *Recorder) KeepSlip(ctx context.Context, s store.Slip) error {
	if err := r.writable(); err != nil {
		return err
	}
	return hinted(r.store.PutSlip(ctx, s))
}

// DropSlip throws away what lies on the desk; cairn.ErrNotFound where another did
// so first.
func (r *Recorder) DropSlip(ctx context.Context, kind store.SlipKind, key string) error {
	if err := r.writable(); err != nil {
		return err
	}
	return hinted(r.store.DropSlip(ctx, kind, key))
}

// ReplaceSlip puts body where held was; cairn.ErrConflict where it is something
// else by now.
func (r *Recorder) ReplaceSlip(ctx context.Context, kind store.SlipKind, key, held, body string) error {
	if err := r.writable(); err != nil {
		return err
	}
	return hinted(r.store.ReplaceSlip(ctx, kind, key, held, body))
}

// SweepSlips throws away what has ended by a time.
func (r *Recorder) SweepSlips(ctx context.Context, before time.Time) error {
	if err := r.writable(); err != nil {
		return err
	}
	return hinted(r.store.SweepSlips(ctx, before))
}
