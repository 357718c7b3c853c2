package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// reviewView is what is worked on, by how far it has come.
type reviewView struct {
	Mine    []reviewed `json:"mine"`
	Waiting []reviewed `json:"for_review"`
	Work    []reviewed `json:"in_work"`
	Changed []reviewed `json:"signed_evidence_changed"`
	News    []news     `json:"news"`
	Two     bool       `json:"-"`
}

// reviewed is one incident of a queue.
type reviewed struct {
	cairn.Review
	Place   string   `json:"place"`
	When    string   `json:"when"`
	Figures []string `json:"figures"`
	Own     bool     `json:"-"` // the reader submitted it
}

// news is what was said on one incident, folded into one line.
type news struct {
	Incident string        `json:"incident"`
	Last     cairn.Comment `json:"last"`
	Several  int           `json:"several"`
	Mentions bool          `json:"mentions"` // the reader
}

func (reviewView) title() string { return "Review" }

// perQueue is how many incidents a queue shows.
const perQueue = 50

func (s *site) reviewPage(r *http.Request) (view, error) {
	ctx, me := r.Context(), visitorOf(r).Name
	v := reviewView{Two: s.settings.Two}
	for _, queue := range []struct {
		state    cairn.ReviewState
		assignee string
		into     *[]reviewed
	}{{"", me, &v.Mine}, {cairn.ForReview, "", &v.Waiting}, {cairn.InWork, "", &v.Work}} {
		found, err := s.view.Reviews(ctx, s.settings.Project, queue.state, queue.assignee, "", perQueue)
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			shown, signed, err := s.reviewedOf(ctx, one)
			if err != nil {
				return nil, err
			}
			if shown.Own = one.Submitter == me; !signed {
				*queue.into = append(*queue.into, shown)
			}
		}
	}
	changed, err := s.view.Incidents(ctx, store.Filter{Project: s.settings.Project, Changed: true, Limit: perQueue})
	if err != nil {
		return nil, err
	}
	for _, one := range changed {
		shown, _, err := s.reviewedOf(ctx, cairn.Review{Project: s.settings.Project, Incident: one.Incident.Code})
		if err != nil {
			return nil, err
		}
		v.Changed = append(v.Changed, shown)
	}
	v.News, err = s.news(ctx, me)
	return v, err
}

// reviewedOf returns an incident of a queue, and whether it is signed as it stands.
func (s *site) reviewedOf(ctx context.Context, one cairn.Review) (reviewed, bool, error) {
	found, err := s.view.Assessed(ctx, s.settings.Project, one.Incident)
	if err != nil {
		return reviewed{}, false, err
	}
	v := reviewed{Review: one, Place: placeOf(found.Incident.Where), When: period(found.Incident.When)}
	v.Incident = found.Incident.Code
	if found.Assessment == nil {
		return v, false, nil
	}
	v.Figures = figuresOf(*found.Assessment)
	return v, found.Assessment.Signed != nil, nil
}

// mostNews is how many comments are looked through for news.
const mostNews = 200

// news returns what was said lately, an incident a line; what mentions the reader
// comes first.
func (s *site) news(ctx context.Context, me string) ([]news, error) {
	said, err := s.view.CommentsAfter(ctx, s.settings.Project, 0, mostNews)
	if err != nil {
		return nil, err
	}
	var all []news
	for _, c := range said {
		if c.Who == me {
			continue
		}
		k := slices.IndexFunc(all, func(n news) bool { return n.Incident == c.Incident })
		if k < 0 {
			k, all = len(all), append(all, news{Incident: c.Incident, Last: c})
		}
		all[k].Several++
		all[k].Mentions = all[k].Mentions || slices.Contains(c.Mentions, me)
	}
	slices.SortStableFunc(all, func(a, b news) int { return -cmp.Compare(rank(a.Mentions), rank(b.Mentions)) })
	return all[:min(len(all), 20)], nil
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sortedNames[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
