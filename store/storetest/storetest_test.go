package storetest_test

import (
	"context"
	"testing"

	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

func TestEachStoreIsEmptyAndItsOwn(t *testing.T) {
	engines := 0
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		engines++
		if last, err := s.LastAct(context.Background()); last != 0 || err != nil {
			t.Errorf("last act of a new store = %d, %v, want 0", last, err)
		}
	})
	if engines == 0 {
		t.Error("no engine was tested")
	}
}
