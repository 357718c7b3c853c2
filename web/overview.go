package web

import (
	"maps"
	"net/http"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// overviewView is where a project stands: what it watches, how far what came in
// has got, and what that adds up to.
type overviewView struct {
	Project  cairn.Project `json:"project"`
	Watched  []watch       `json:"watched"`
	Backlog  store.Backlog `json:"backlog"`
	Problems []problems    `json:"problems"`
	Headline headline      `json:"headline"`
	Latest   []cairn.Act   `json:"latest"` // the last acts, newest first
	Fixity   fixity        `json:"fixity"`
}

// A watch is one coverage of a project.
type watch struct {
	cairn.Coverage
	Open bool `json:"open"` // still watched
}

// watches returns the coverage of p.
func watches(p cairn.Project) []watch {
	all := []watch{}
	for _, c := range p.Coverage {
		all = append(all, watch{c, !c.Monitored.To.Known()})
	}
	return all
}

// untilToday returns p with every coverage that has no end ended today, since
// what is to come is not yet watched.
func (s *site) untilToday(p cairn.Project) cairn.Project {
	p.Coverage = slices.Clone(p.Coverage)
	for i, c := range p.Coverage {
		if c.Monitored.From.Known() && !c.Monitored.To.Known() {
			p.Coverage[i].Monitored.To = cairn.DayOf(s.settings.Now())
		}
	}
	return p
}

// problems counts the documents of one kind of problem.
type problems struct {
	Kind  cairn.ProblemKind `json:"kind"`
	Count int               `json:"count"`
}

func (v overviewView) title() string { return "Overview" }

// Troubled returns how many documents have a problem.
func (v overviewView) Troubled() int {
	n := 0
	for _, p := range v.Problems {
		n += p.Count
	}
	return n
}

// latestActs is how many acts the overview shows.
const latestActs = 8

func (s *site) overview(r *http.Request) (view, error) {
	ctx := r.Context()
	var v overviewView
	var err error
	if v.Project, err = s.view.Project(ctx, s.settings.Project); err != nil {
		return nil, err
	}
	if v.Backlog, err = s.view.Backlog(ctx, s.settings.Project); err != nil {
		return nil, err
	}
	for _, kind := range slices.Sorted(maps.Keys(v.Backlog.Problems)) {
		v.Problems = append(v.Problems, problems{kind, v.Backlog.Problems[kind]})
	}
	if v.Fixity, err = s.checked(ctx); err != nil {
		return nil, err
	}
	if v.Fixity.Last != nil && !visitorOf(r).Works() {
		v.Fixity.Last.Who, v.Fixity.Last.Told = "", nil
	}
	v.Watched = watches(v.Project)
	if v.Headline, err = s.headline(r); err != nil {
		return nil, err
	}
	last, err := s.view.LastAct(ctx)
	if err != nil {
		return nil, err
	}
	v.Latest, err = s.view.Acts(ctx, max(0, last-latestActs), latestActs)
	slices.Reverse(v.Latest)
	return v, err
}
