package store_test

import (
	"errors"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

func TestEstimates(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := storetest.Open(t, where)
		write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) })
		e := cairn.Estimate{ID: "e2", Project: "zumra", Title: "The dead of Zumra", Histories: "a,b,count\n1,0,5\n", Lists: []string{"a", "b"}, Who: "Ada", At: noon}
		run := cairn.EstimateRun{Number: 1, Settings: cairn.EstimateSettings{Method: "chao"}, Answers: []cairn.MethodAnswer{{Method: "chao", Observed: 5, Warnings: []string{"odd"}}}}
		write(t, s, "estimate", func(tx *store.Tx) error {
			return errors.Join(tx.PutEstimate(ctx, e), tx.PutEstimateRun(ctx, "zumra", "e2", run, "method,draw,population\n"))
		})
		e.Runs = []cairn.EstimateRun{run}
		same(t, "the estimate", must[cairn.Estimate](t)(s.Estimate(ctx, "zumra", "e2")), e)
		if all := must[[]cairn.Estimate](t)(s.Estimates(ctx, "zumra")); len(all) != 1 || all[0].ID != "e2" || len(all[0].Runs) != 0 {
			t.Errorf("%+v", all)
		}
		if draws := must[string](t)(s.EstimateDraws(ctx, "zumra", "e2", 1)); draws != "method,draw,population\n" {
			t.Errorf("draws %q", draws)
		}
		_, err := s.EstimateDraws(ctx, "zumra", "e2", 2)
		notFound(t, "draws of a run that is not there", err)
		_, err = s.Estimate(ctx, "selm", "e2")
		notFound(t, "the estimate of another project", err)
		for name, do := range map[string]func(*store.Tx) error{
			"an estimate of the same identifier": func(tx *store.Tx) error { return tx.PutEstimate(ctx, e) },
			"a run of the same number":           func(tx *store.Tx) error { return tx.PutEstimateRun(ctx, "zumra", "e2", run, "") },
		} {
			if _, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "estimate"}, do); !errors.Is(err, cairn.ErrConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if found := audit(t, s.View); found != "" {
			t.Errorf("the log says %s", found)
		}
	})
}

// What releases say of estimates is read as each release said it, but for what was
// withdrawn since.
func TestPublishedEstimates(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		s := storetest.Open(t, where)
		write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) })
		for _, said := range []cairn.PublishedEstimate{{ID: "e2", Title: "first"}, {ID: "e2", Title: "second"}, {ID: "e2", Title: "second", Withdrawn: "a list was read twice"}} {
			write(t, s, "publish", func(tx *store.Tx) error {
				_, err := tx.PutRelease(ctx, cairn.Release{Project: "zumra", Day: "2031-05-04"})
				return errors.Join(err, tx.PutPublishedEstimate(ctx, "zumra", store.EstimateForm{PublishedEstimate: said, Digest: said.Title, Draws: said.Title}))
			})
		}
		public := s.Public("zumra")
		for number, want := range map[int]string{1: "first", 2: "second", 0: "second"} {
			all := must[[]cairn.PublishedEstimate](t)(public.Estimates(ctx, number))
			if len(all) != 1 || all[0].Title != want || all[0].Withdrawn != "a list was read twice" {
				t.Errorf("release %d says %+v", number, all)
			}
			if draws := must[string](t)(public.EstimateDraws(ctx, number, "e2")); draws != want {
				t.Errorf("release %d has the draws %q", number, draws)
			}
		}
		if r := must[cairn.Release](t)(public.Release(ctx, 1)); r.Withheld != 4 {
			t.Errorf("the release is as it was after act %d, want 4: what is shown of it changed", r.Withheld)
		}
	})
}
