package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// copied copies v to where, whole, and returns what the copy holds.
func copied(t testing.TB, v store.View, where string) store.Copied {
	t.Helper()
	c, err := v.CopyOf(ctx, where)
	if err != nil {
		t.Fatal(err)
	}
	done, err := c.Run(ctx, nil)
	if err = errors.Join(err, c.Close()); err != nil {
		t.Fatal(err)
	}
	return done
}

// kept is a store with some of everything: revisions, nulls, truths, numbers with
// fractions, odd letters, a document that was taken out, and what is of no act.
func kept(t testing.TB, where string) *store.Store {
	t.Helper()
	s := storetest.Open(t, where)
	day := period("2031-05-03", "2031-05-03")
	write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) })
	put(t, s, "d1", "Z1", day, 3, cairn.Fair)
	put(t, s, "d2", "Z2", day, 5, cairn.Weak)
	write(t, s, "sign", func(tx *store.Tx) error {
		return second(tx.PutAssessment(ctx, "zumra", signed(assessment("Z1", cairn.AtLeast(4), cairn.Confirmed))))
	})
	write(t, s, "take", func(tx *store.Tx) error {
		d := document("d3")
		d.Text, d.Title = "zero \x00 and 'quoted' \u2028 قتلى", "{\"a\":1}"
		return tx.PutDocument(ctx, d)
	})
	write(t, s, "remove", func(tx *store.Tx) error { return tx.TakeOut(ctx, "d2", "a court", "at a family's wish") })
	if err := s.PutCheckpoint(ctx, store.SignedCheckpoint{Size: 3, Note: []byte("signed\n")}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestACopyOfEitherEngineHoldsTheSame(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := kept(t, where)
		between, back := storetest.Postgres(t), storetest.SQLite(t)
		first := copied(t, s.View, between)
		middle, err := store.OpenView(ctx, between)
		if err != nil {
			t.Fatal(err)
		}
		defer middle.Close()
		second := copied(t, middle, back)
		end, err := store.OpenView(ctx, back)
		if err != nil {
			t.Fatal(err)
		}
		defer end.Close()
		if first.Root != second.Root || first.Acts != 6 || first.Rows != second.Rows || first.Rows == 0 {
			t.Errorf("the copies hold %+v and %+v", first, second)
		}
		want := dump(t, s.View)
		for name, v := range map[string]store.View{"in PostgreSQL": middle, "back in SQLite": end} {
			if got := dump(t, v); got != want {
				t.Errorf("%s:\n got %s\nwant %s", name, got, want)
			}
			if found := audit(t, v); found != "" {
				t.Errorf("%s the log says %s", name, found)
			}
			same(t, name+" the checkpoints", must[[]store.SignedCheckpoint](t)(v.Checkpoints(ctx)), must[[]store.SignedCheckpoint](t)(s.Checkpoints(ctx)))
		}
	})
}

// TestACopyThatIsBrokenOffGoesOn ends copies at many moments, as a kill does: what
// was kept stays, nothing opens it but a copy, and the next one ends it.
func TestACopyThatIsBrokenOffGoesOn(t *testing.T) {
	from := storetest.SQLite(t)
	s := kept(t, from)
	storetest.Fill(t, from, "zumra", 600) // some fifteen thousand rows, more than are kept at once
	whole := copied(t, s.View, storetest.SQLite(t))
	storetest.EachPlace(t, func(t *testing.T, where string) {
		ran := 0
		for _, stop := range []int{1, 2000, 7000, 7000} {
			c, err := s.CopyOf(ctx, where)
			if err != nil {
				t.Fatal(err)
			}
			stopping, cancel := context.WithCancel(ctx)
			_, err = c.Run(stopping, func(rows int) {
				if ran = rows; rows >= stop {
					cancel()
				}
			})
			cancel()
			if closed := c.Close(); !errors.Is(err, context.Canceled) || closed != nil {
				t.Fatalf("a copy that was stopped after %d rows: %v, %v", stop, err, closed)
			}
			for name, open := range map[string]func() error{
				"Open":     func() error { _, err := store.Open(ctx, where); return err },
				"OpenView": func() error { _, err := store.OpenView(ctx, where); return err },
			} {
				if err := open(); ran > 5000 && (!errors.Is(err, cairn.ErrConflict) || !errors.As(err, new(cairn.Hint))) {
					t.Errorf("%s of a copy on its way: %v, want a conflict, with what to do", name, err)
				}
			}
		}
		last := copied(t, s.View, where)
		if last.Root != whole.Root || last.Rows >= whole.Rows-5000 {
			t.Errorf("the last run wrote %d of %d rows, with root %v, want %v: it began anew", last.Rows, whole.Rows, last.Root, whole.Root)
		}
		if again := copied(t, s.View, where); again.Rows != 0 {
			t.Errorf("once it was whole, %d rows were written", again.Rows)
		}
		v, err := store.OpenView(ctx, where)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		if got, want := dump(t, v), dump(t, s.View); got != want {
			t.Error("the copy is not the record")
		}
	})
}

func TestACopyIsBroughtUpToDate(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := kept(t, storetest.SQLite(t))
		before := copied(t, s.View, where)
		put(t, s, "d4", "Z1", period("2031-05-03", "2031-05-04"), 6, cairn.Confirmed)
		write(t, s, "remove", func(tx *store.Tx) error { return tx.TakeOut(ctx, "d3", "a court", "once more") })
		after := copied(t, s.View, where)
		if after.Acts != before.Acts+2 || after.Rows == 0 || after.Rows >= before.Rows {
			t.Errorf("the later copy wrote %+v, the first %+v", after, before)
		}
		v, err := store.OpenView(ctx, where)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		if got, want := dump(t, v), dump(t, s.View); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
		if found := audit(t, v); found != "" {
			t.Error(found)
		}
	})
}

func TestWhatIsNoCopyIsRefusedAndLeftAlone(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := kept(t, storetest.SQLite(t))
		for _, test := range []struct {
			name string
			make func(*store.Store)
		}{
			{"another record", func(o *store.Store) {
				write(t, o, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) })
			}},
			{"a copy that went its own way", nil},
		} {
			place := storetest.SQLite(t)
			if test.make == nil {
				copied(t, s.View, place)
				test.make = func(o *store.Store) {
					put(t, o, "d9", "Z9", period("2031-05-03", "2031-05-03"), 1, cairn.Weak)
				}
			}
			other := storetest.Open(t, place)
			test.make(other)
			want := dump(t, other.View)
			if _, err := s.CopyOf(ctx, place); !errors.Is(err, cairn.ErrConflict) || !errors.As(err, new(cairn.Hint)) {
				t.Errorf("%s: %v, want a conflict, with what to do", test.name, err)
			}
			if got := dump(t, other.View); got != want {
				t.Errorf("%s was changed", test.name)
			}
		}
		if _, err := storetest.Open(t, where).CopyOf(ctx, storetest.SQLite(t)); !errors.Is(err, cairn.ErrNotFound) {
			t.Errorf("a copy of a store that holds nothing: %v", err)
		}
	})
}
