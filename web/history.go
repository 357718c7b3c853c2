package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A change is one act that made a revision of an incident or an assessment of
// it.
type change struct {
	Act        cairn.Act         `json:"act"`
	Incident   int               `json:"incident,omitempty"`   // the revision that it made
	Claims     int               `json:"claims,omitempty"`     // of that revision
	Assessment *cairn.Assessment `json:"assessment,omitempty"` // that it made
	Figures    []tally           `json:"-"`
}

// history returns what was done to the incident of a code, the newest first.
func (s *site) history(ctx context.Context, code string) ([]change, error) {
	incidents, err := s.view.IncidentHistory(ctx, s.settings.Project, code)
	if err != nil {
		return nil, err
	}
	assessments, err := s.view.AssessmentHistory(ctx, s.settings.Project, code)
	if err != nil {
		return nil, err
	}
	by := map[int]*change{}
	of := func(act int) *change {
		if by[act] == nil {
			by[act] = &change{}
		}
		return by[act]
	}
	for _, i := range incidents {
		of(i.Made).Incident, of(i.Made).Claims = i.Revision, len(i.Incident.Claims)
	}
	for _, a := range assessments {
		c := of(a.Made)
		c.Assessment, c.Figures = &a.Assessment, nil
		for _, t := range a.Assessment.Tallies {
			c.Figures = append(c.Figures, tally{Harm: t.Harm, Class: t.Class, Range: t.Range})
		}
		sortTallies(c.Figures)
	}
	all := []change{}
	for number, c := range by {
		if c.Act, err = s.view.Act(ctx, number); err != nil {
			return nil, err
		}
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b change) int { return cmp.Compare(b.Act.Number, a.Act.Number) })
	return all, nil
}
