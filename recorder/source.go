package recorder

import (
	"context"
	"errors"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// putSource records the publisher of a document, where it is not known by its
// name already. What kind of publisher it is, and how reliable, is for a person
// to say.
func putSource(ctx context.Context, tx *store.Tx, name string) error {
	id := sourceID(name)
	if id == "" {
		return nil
	}
	_, err := tx.Source(ctx, name)
	if errors.Is(err, cairn.ErrNotFound) {
		return tx.PutSource(ctx, cairn.Source{ID: id, Name: strings.Join(strings.Fields(name), " ")})
	}
	return err
}
