package recorder

import (
	"cmp"
	"context"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// A Pair is two incidents that may be one, which nobody has merged or kept apart
// so far. A is the earlier code.
type Pair struct {
	A       string   `json:"a"`
	B       string   `json:"b"`
	Score   float64  `json:"score"`
	Reasons []string `json:"reasons"`
}

// Pairs returns the incidents among those that q chooses that may be the same as
// another of the project, the likeliest first. Two incidents that one other
// recorder keeps apart are never among them.
func Pairs(ctx context.Context, view store.View, q Query) ([]Pair, error) {
	p, err := view.Project(ctx, q.Project)
	if err != nil {
		return nil, err
	}
	found, err := view.Incidents(ctx, q.filter(places(p, q.Place)))
	if err != nil {
		return nil, err
	}
	var incidents []cairn.Incident
	for _, f := range found {
		incidents = append(incidents, f.Incident)
	}
	return pairsOf(ctx, view, q.Project, incidents...)
}

// PairsOf returns the pairs that one incident may be half of, the likeliest
// first.
func PairsOf(ctx context.Context, view store.View, i cairn.Incident) ([]Pair, error) {
	return pairsOf(ctx, view, i.Project, i)
}

func pairsOf(ctx context.Context, view store.View, project string, incidents ...cairn.Incident) ([]Pair, error) {
	decided, err := view.Judgements(ctx, project)
	if err != nil {
		return nil, err
	}
	s := pairing{view: view, project: project, desk: newDesk(nil), standing: judge.Of(judge.Active(decided)), seen: map[[2]string]bool{}}
	return s.among(ctx, incidents)
}

// among returns the pairs that incidents may be halves of, the likeliest first.
func (s *pairing) among(ctx context.Context, incidents []cairn.Incident) ([]Pair, error) {
	for _, i := range incidents {
		if err := s.with(ctx, i); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.pairs, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return s.pairs, nil
}

// pairing is a search for pairs on its way.
type pairing struct {
	view     store.View
	project  string
	desk     *desk
	standing judge.Standing
	seen     map[[2]string]bool
	pairs    []Pair
}

// with weighs an incident against those near it.
func (s *pairing) with(ctx context.Context, i cairn.Incident) error {
	k, err := s.known(ctx, i)
	if err != nil {
		return err
	}
	area, ok := link.AreaOf(k)
	if !ok {
		return nil
	}
	near, err := s.view.IncidentsNear(ctx, s.project, nearOf(area))
	if err != nil {
		return err
	}
	for _, other := range near {
		pair := [2]string{min(i.Code, other.Code), max(i.Code, other.Code)}
		if other.Into != "" || other.Code == i.Code || s.seen[pair] || s.apart(i, other) {
			continue
		}
		s.seen[pair] = true
		o, err := s.known(ctx, other)
		if err != nil {
			return err
		}
		if like, ok := link.Alike(k, o); ok && like.Score >= link.Proposed {
			s.pairs = append(s.pairs, Pair{pair[0], pair[1], like.Score, like.Reasons})
		}
	}
	return nil
}

// known is an incident as it is weighed: by its words too, unless these are the
// cells of a table.
func (s *pairing) known(ctx context.Context, i cairn.Incident) (link.Known, error) {
	if had, ok := s.desk.incidents[i.Code]; ok && !slices.Equal(had.Incident.Claims, i.Claims) {
		delete(s.desk.incidents, i.Code) // it was known before an act that changed it
	}
	k, err := s.desk.known(ctx, s.view, i)
	if i.Elsewhere != nil {
		k.Words = nil
	}
	return k, err
}

// apart reports whether two incidents are known not to be one: a person said so,
// or the recorder that both come from.
func (s *pairing) apart(a, b cairn.Incident) bool {
	if a.Elsewhere != nil && b.Elsewhere != nil && a.Elsewhere.Recorder == b.Elsewhere.Recorder {
		return true
	}
	_, judged := s.standing.Apart(a.Code, b.Code)
	return judged
}

func nearOf(area link.Area) store.Near {
	n := store.Near{From: area.From, To: area.To, Places: area.Places, Country: area.Country}
	if area.Box != nil {
		n.Box = &store.Box{South: area.Box.South, West: area.Box.West, North: area.Box.North, East: area.Box.East}
	}
	return n
}
