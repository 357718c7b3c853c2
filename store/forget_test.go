package store

import "context"

// Forget takes out what totals add up, as an earlier cairn left it.
func (s *Store) Forget(ctx context.Context) error {
	t, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.run.ExecContext(ctx, `DELETE FROM counted`); err != nil {
		return err
	}
	return t.commit()
}
