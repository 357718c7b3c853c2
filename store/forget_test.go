package store

import "context"

// Forget takes out what totals add up, how far what was collected has come and what is found by words, as an earlier cairn
// left it.
func (s *Store) Forget(ctx context.Context) error {
	t, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	for _, table := range []string{"counted", "progress", "document_index", "entry_index", "indexed"} {
		if _, err := t.run.ExecContext(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	return t.commit()
}
