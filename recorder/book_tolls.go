package recorder

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
)

// A toll is a campaign claim while it stands from one act to another.
type toll struct {
	total.Toll
	places         uint32
	from, to       int32
	made, replaced int32
}

// readTolls returns the campaign claims as they are after an act: those at hand with
// what began or ceased to stand since. Where words were taken out of the record, it
// reads them all anew.
func (b *Book) readTolls(ctx context.Context, last int) ([]*toll, error) {
	after, all := b.act, b.tolls
	cut, err := b.view.CutSince(ctx, after)
	if err != nil {
		return nil, err
	}
	if cut {
		after, all = 0, nil
	}
	changed, err := b.view.CampaignsSince(ctx, b.project, after, last)
	if err != nil || len(changed) == 0 {
		return all, err
	}
	all = slices.Clone(all)
	for _, c := range changed {
		one, ok := b.grounds.Toll(c.Testimony)
		if !ok {
			continue
		}
		fresh := &toll{one, b.places.Of(c.Places), number(c.FromDay), number(c.ToDay), int32(c.Made), int32(c.Replaced)}
		k, found := slices.BinarySearchFunc(all, fresh, compareTolls)
		if found {
			all[k] = fresh
		} else {
			all = slices.Insert(all, k, fresh)
		}
	}
	return all, nil
}

// compareTolls orders tolls as they are grouped, and those of a reading that a
// project went back to by when it did.
func compareTolls(x, y *toll) int {
	return cmp.Or(strings.Compare(x.Ref.Document, y.Ref.Document), strings.Compare(x.Ref.Reading, y.Ref.Reading), cmp.Compare(x.Ref.N, y.Ref.N), cmp.Compare(x.made, y.made))
}

// campaigns groups the campaign claims that q chooses as they stood after an act.
func (b *Book) campaigns(q Query, places []string, act int) []total.Campaign {
	w := b.wish(q, places, act)
	return b.grounds.Campaigns(func(yield func(*total.Toll) bool) {
		for _, t := range b.tolls {
			if w.stands(t.made, t.replaced, t.from, t.to, t.places) && !b.rejected(t.Ref.Document, act) && !yield(&t.Toll) {
				return
			}
		}
	})
}

// rejected reports whether somebody rejected a report, as it was after an act.
func (b *Book) rejected(document string, act int) bool {
	return slices.ContainsFunc(b.refused[document], func(r store.Rejected) bool {
		return r.Made <= act && (r.Replaced == 0 || r.Replaced > act)
	})
}

// campaignsOf groups the campaign claims that q chooses of what view shows.
func campaignsOf(ctx context.Context, view store.View, q Query, places []string) ([]total.Campaign, error) {
	found, err := view.Campaigns(ctx, store.CampaignFilter{Project: q.Project, Places: places, From: q.From, To: q.To, AsOf: q.moment()})
	return total.Campaigns(found), err
}
