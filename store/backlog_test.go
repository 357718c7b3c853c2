package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// What acts count up is what the whole record counts, after any of them.
func TestBacklogFollowsEveryAct(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s, random := storetest.Open(t, where), rand.New(rand.NewPCG(9, 4))
		write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) })
		var codes []string
		var most store.Backlog
		for n := range 80 {
			what := "take"
			if len(codes) > 3 {
				what = []string{"take", "sign", "assess", "assess", "publish", "merge", "drop", "withhold", "problem", "read", "take out", "twice"}[random.IntN(12)]
			}
			code := fmt.Sprintf("Z%d", n)
			if what != "take" && what != "twice" {
				code = codes[random.IntN(len(codes))]
			}
			write(t, s, what, func(tx *store.Tx) error { return backlogAct(tx, what, code, n, &codes) })
			same(t, fmt.Sprintf("%s %s, act %d", what, code, n), must[store.Backlog](t)(s.Backlog(ctx, "zumra")), must[store.Backlog](t)(s.BacklogAnew(ctx, "zumra")))
			b := must[store.Backlog](t)(s.Backlog(ctx, "zumra"))
			most.Signed, most.Changed, most.Published = max(most.Signed, b.Signed), max(most.Changed, b.Changed), max(most.Published, b.Published)
		}
		same(t, "another project", must[store.Backlog](t)(s.Backlog(ctx, "orvane")), must[store.Backlog](t)(s.BacklogAnew(ctx, "orvane")))
		want := must[store.Backlog](t)(s.Backlog(ctx, "zumra"))
		if most.Signed == 0 || most.Changed == 0 || most.Published == 0 || want.InReview == 0 || want.Claims == 0 || len(want.Problems) < 2 {
			t.Errorf("the acts left something out: %s and %s", form(t, most), form(t, want))
		}
		counted := countedIn(t, s.View, store.Filter{Project: "zumra"})
		if err := s.Forget(context.Background()); err != nil {
			t.Fatal(err)
		}
		again := storetest.Open(t, where)
		same(t, "counted anew", must[store.Backlog](t)(again.Backlog(ctx, "zumra")), want)
		same(t, "what totals count, anew", countedIn(t, again.View, store.Filter{Project: "zumra"}), counted)
	})
}

// backlogAct does one of the acts that a backlog follows.
func backlogAct(tx *store.Tx, what, code string, n int, codes *[]string) error {
	id := "d" + code
	switch what {
	case "take", "twice":
		*codes = append(*codes, code)
		r := reading(id, claim(1, n, period("2031-05-03", "2031-05-03")))
		if err := tx.PutDocument(ctx, document(id)); err != nil {
			return err
		}
		if err := tx.PutReading(ctx, "zumra", r); err != nil {
			return err
		}
		i := incident(code, period("2031-05-03", "2031-05-03"), refs(r)...)
		if err := putStrike(tx, i, assessment(code, cairn.Exactly(n), cairn.Fair)); err != nil || what == "take" {
			return err
		}
		if err := tx.Recount(ctx); err != nil {
			return err
		}
		i.Reasons = append(i.Reasons, "another")
		return putStrike(tx, i, signed(assessment(code, cairn.Exactly(n), cairn.Weak)))
	case "problem":
		d := document(id)
		d.Problem = &cairn.Problem{Kind: cairn.Scanned, Reason: fmt.Sprint(n)}
		return tx.PutDocument(ctx, d)
	case "read":
		r := reading(id, claim(1, n, period("2031-05-03", "2031-05-03")), claim(2, n, period("2031-05-03", "2031-05-03")))
		r.Extractor = fmt.Sprint(n)
		r.ID = cairn.ReadingID(id, r.Versions)
		return tx.PutReading(ctx, "zumra", r)
	case "take out":
		return tx.TakeOut(ctx, id, "a court", "asked")
	case "withhold":
		return tx.Withhold(ctx, "zumra", []cairn.Withholding{{Key: code}})
	}
	stood, err := tx.IncidentAs(ctx, "zumra", code)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	switch what {
	case "sign":
		return second(tx.PutAssessment(ctx, "zumra", signed(assessment(code, cairn.Exactly(n), cairn.Fair))))
	case "assess":
		return second(tx.PutAssessment(ctx, "zumra", assessment(code, cairn.Exactly(n), cairn.Weak)))
	case "publish":
		a, err := tx.PutAssessment(ctx, "zumra", signed(assessment(code, cairn.Exactly(n), cairn.Fair)))
		if err != nil {
			return err
		}
		return tx.PutPublished(ctx, "zumra", []store.Form{{Published: cairn.Published{Listing: cairn.Listing{Code: code}}, Assessment: a.Revision, Digest: fmt.Sprint(n)}})
	case "merge":
		if stood.Into == "" {
			stood.Into = "Z0"
		} else {
			stood.Into = ""
		}
		return second(tx.PutIncident(ctx, stood))
	case "drop":
		return tx.DropIncident(ctx, "zumra", code)
	}
	return nil
}
