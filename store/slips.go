package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A SlipKind is a sort of slips.
type SlipKind string

// A Slip is something that lies on the desk and is no part of the record, such as
// a session, a one-time link or a draft: it is written over and thrown away, and
// no act says so. Body is JSON, which the store does not read.
type Slip struct {
	Kind    SlipKind
	Key     string
	Owner   string    // the account that it is of
	Project string    // empty where it is of no project
	Ends    time.Time // after which it is of no use; never where zero
	Body    string
}

// PutSlip keeps s in the place of the slip of its kind and key.
func (s *Store) PutSlip(ctx context.Context, slip Slip) error {
	ends := ""
	if !slip.Ends.IsZero() {
		ends = moment(slip.Ends)
	}
	_, err := s.scribble(ctx, `INSERT INTO slips (kind, key, owner, project, ends, body) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, key) DO UPDATE SET owner = $3, project = $4, ends = $5, body = $6`,
		string(slip.Kind), slip.Key, slip.Owner, slip.Project, ends, slip.Body)
	return wrap(string(slip.Kind), err)
}

// DropSlip throws a slip away; cairn.ErrNotFound where it is not there, so that
// of several who take a one-time link one alone gets it.
func (s *Store) DropSlip(ctx context.Context, kind SlipKind, key string) error {
	gone, err := s.scribble(ctx, `DELETE FROM slips WHERE kind = $1 AND key = $2`, string(kind), key)
	if err == nil && gone == 0 {
		err = cairn.ErrNotFound
	}
	return wrap(string(kind), err)
}

// ReplaceSlip puts body in the place of what a slip held, unless another did so
// first, which is cairn.ErrConflict.
func (s *Store) ReplaceSlip(ctx context.Context, kind SlipKind, key, held, body string) error {
	changed, err := s.scribble(ctx, `UPDATE slips SET body = $4 WHERE kind = $1 AND key = $2 AND body = $3`, string(kind), key, held, body)
	if err == nil && changed == 0 {
		err = cairn.ErrConflict
	}
	return wrap(string(kind), err)
}

// SweepSlips throws away every slip that ended before a time.
func (s *Store) SweepSlips(ctx context.Context, before time.Time) error {
	_, err := s.scribble(ctx, `DELETE FROM slips WHERE ends <> '' AND ends < $1`, moment(before))
	return wrap("slips", err)
}

// scribble runs one statement that no act makes, and returns how many rows it
// changed.
func (s *Store) scribble(ctx context.Context, query string, args ...any) (int64, error) {
	t, err := s.begin(ctx)
	if err != nil {
		return 0, s.explain(err)
	}
	defer t.end()
	result, err := t.run.ExecContext(ctx, query, storable(args)...)
	if err != nil {
		return 0, s.explain(err)
	}
	if err := t.commit(); err != nil {
		return 0, s.explain(err)
	}
	return result.RowsAffected()
}

const slipColumns = `SELECT kind, key, owner, project, ends, body FROM slips `

// Slip returns the slip of a kind and key.
func (v View) Slip(ctx context.Context, kind SlipKind, key string) (Slip, error) {
	s, err := first(ctx, v, slipColumns+`WHERE kind = $1 AND key = $2`, []any{string(kind), key}, scanSlip)
	if errors.Is(err, cairn.ErrNotFound) {
		return s, fmt.Errorf("%s: %w", kind, cairn.ErrNotFound) // without its key, which may be a secret
	}
	return s, wrap(string(kind), err)
}

// Slips returns the slips of a kind, by key; those of one account unless owner is
// empty.
func (v View) Slips(ctx context.Context, kind SlipKind, owner string) ([]Slip, error) {
	found, err := all(ctx, v, slipColumns+`WHERE kind = $1 AND ($2 = '' OR owner = $2) ORDER BY key`, []any{string(kind), owner}, scanSlip)
	return found, wrap(string(kind), err)
}

func scanSlip(rows *sql.Rows) (Slip, error) {
	var s Slip
	var ends string
	if err := rows.Scan(&s.Kind, &s.Key, &s.Owner, &s.Project, &ends, &s.Body); err != nil || ends == "" {
		return s, err
	}
	at, err := time.Parse(time.RFC3339, ends)
	s.Ends = at
	return s, err
}
