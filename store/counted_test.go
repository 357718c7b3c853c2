package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// countedIn writes what a total adds up, one figure a line.
func countedIn(t testing.TB, v store.View, f store.Filter) string {
	t.Helper()
	var all []string
	for c, err := range v.Counted(context.Background(), f) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %s %s %s %s %s %v", c.Code, c.Grade, c.Harm, c.Range, c.First, c.Place, c.Parties))
	}
	return strings.Join(all, "\n")
}

// strike is an incident with its assessment, for counting.
func strike(code, place, first string, killed cairn.Range) (cairn.Incident, cairn.Assessment) {
	i := cairn.Incident{Code: code, Project: "zumra", Where: &cairn.Where{Name: place, Within: []string{"invented:valley"}}, When: cairn.Period{From: cairn.Date(first)},
		By: []cairn.Attacker{{Name: "Federal Army", Strength: cairn.Stated}, {Name: "Orvane Front", Strength: cairn.Denied}}}
	return i, cairn.Assessment{Incident: code, Policy: "airwars/1", Grading: cairn.Grading{Grade: cairn.Fair}, Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: killed}}}
}

func putStrike(tx *store.Tx, i cairn.Incident, a cairn.Assessment) error {
	if _, err := tx.PutIncident(context.Background(), i); err != nil {
		return err
	}
	_, err := tx.PutAssessment(context.Background(), "zumra", a)
	return err
}

// What totals add up follows every act, and is there for every past moment.
func TestWhatTotalsCount(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := storetest.Open(t, where)
		project := func(tx *store.Tx) error {
			return tx.PutProject(context.Background(), cairn.Project{Name: "zumra", Policy: "airwars/1"})
		}
		write(t, s, "project", project)
		first, assessed := strike("Z1", "Selm", "2031-05-03", cairn.Between(3, 5))
		write(t, s, "take", func(tx *store.Tx) error { return putStrike(tx, first, assessed) })
		all := store.Filter{Project: "zumra"}
		same(t, "after one act", countedIn(t, s.View, all), "Z1 fair killed 3–5 2031-05-03 Selm [Federal Army]")

		other, also := strike("Z2", "Orvane", "2031-06", cairn.Exactly(2))
		write(t, s, "take", func(tx *store.Tx) error { return putStrike(tx, other, also) })
		assessed.Tallies[0].Range = cairn.Between(3, 9)
		write(t, s, "judge", func(tx *store.Tx) error { return putStrike(tx, first, assessed) })
		same(t, "assessed anew", countedIn(t, s.View, all), "Z1 fair killed 3–9 2031-05-03 Selm [Federal Army]\nZ2 fair killed 2 2031-06 Orvane [Federal Army]")
		same(t, "as it was", countedIn(t, s.View, store.Filter{Project: "zumra", AsOf: store.Moment{Act: 2}}), "Z1 fair killed 3–5 2031-05-03 Selm [Federal Army]")
		same(t, "of a month", countedIn(t, s.View, store.Filter{Project: "zumra", From: "2031-06", To: "2031-06"}), "Z2 fair killed 2 2031-06 Orvane [Federal Army]")
		same(t, "of what holds a place", countedIn(t, s.View, store.Filter{Project: "zumra", Places: []string{"invented:valley"}, To: "2031-05"}), "Z1 fair killed 3–9 2031-05-03 Selm [Federal Army]")
		same(t, "signed", countedIn(t, s.View, store.Filter{Project: "zumra", Stage: store.Signed}), "")

		also.Signed = &cairn.Signature{Who: "Ana", At: noon}
		write(t, s, "sign", func(tx *store.Tx) error { return putStrike(tx, other, also) })
		other.Into = "Z1"
		write(t, s, "judge", func(tx *store.Tx) error { _, err := tx.PutIncident(context.Background(), other); return err })
		same(t, "merged", countedIn(t, s.View, all), "Z1 fair killed 3–9 2031-05-03 Selm [Federal Army]")
		same(t, "signed and merged", countedIn(t, s.View, store.Filter{Project: "zumra", Stage: store.Signed}), "")
		same(t, "signed, before", countedIn(t, s.View, store.Filter{Project: "zumra", Stage: store.Signed, AsOf: store.Moment{Act: 5}}), "Z2 fair killed 2 2031-06 Orvane [Federal Army]")
	})
}

// A store of a cairn that kept no such rows gets them when it is opened.
func TestAnEarlierStoreIsCounted(t *testing.T) {
	where := filepath.Join(t.TempDir(), "cairn.db")
	s, err := store.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, "project", func(tx *store.Tx) error {
		return tx.PutProject(context.Background(), cairn.Project{Name: "zumra", Policy: "airwars/1"})
	})
	i, a := strike("Z1", "Selm", "2031-05-03", cairn.Between(3, 5))
	write(t, s, "take", func(tx *store.Tx) error { return putStrike(tx, i, a) })
	a.Tallies[0].Range = cairn.Exactly(4)
	write(t, s, "take", func(tx *store.Tx) error { return putStrike(tx, i, a) })
	want, before := countedIn(t, s.View, store.Filter{Project: "zumra"}), countedIn(t, s.View, store.Filter{Project: "zumra", AsOf: store.Moment{Act: 2}})
	if err := s.Forget(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := storetest.Open(t, where)
	same(t, "counted again", countedIn(t, again.View, store.Filter{Project: "zumra"}), want)
	same(t, "as it was", countedIn(t, again.View, store.Filter{Project: "zumra", AsOf: store.Moment{Act: 2}}), before)
}
