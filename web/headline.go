package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// A headline is what a selection of incidents adds up to, and what is left out
// of that.
type headline struct {
	Stage    store.Stage   `json:"stage"`
	Grades   []cairn.Grade `json:"grades"`
	Figures  []sum         `json:"figures"`
	Excluded []leftOut     `json:"excluded,omitempty"`
	Harm     cairn.Harm    `json:"harm,omitempty"`    // the only one that was asked for
	Missing  string        `json:"missing,omitempty"` // why there is no total, where there is none
}

// A sum is the total of one harm and class.
type sum struct {
	Harm      cairn.Harm  `json:"harm"`
	Class     cairn.Class `json:"class"`
	Range     cairn.Range `json:"range"`
	Incidents int         `json:"incidents"`
	Unknown   int         `json:"unknown"` // incidents that have this harm with no figure
	Bar       *bar        `json:"-"`
}

// leftOut counts the incidents of a grade that is not in a total.
type leftOut struct {
	Grade cairn.Grade `json:"grade"`
	Count int         `json:"count"`
}

// mainHarms is how many harms stand in large figures.
const mainHarms = 2

// Main returns the sums of the first harms, one each; those of a class that is
// part of another are in Rest.
func (h headline) Main() []sum { main, _ := h.split(); return main }

// Rest returns the sums that Main leaves.
func (h headline) Rest() []sum { _, rest := h.split(); return rest }

func (h headline) split() (main, rest []sum) {
	seen := map[cairn.Harm]bool{}
	for _, f := range h.Figures {
		if !seen[f.Harm] && len(main) < mainHarms {
			main = append(main, f)
		} else {
			rest = append(rest, f)
		}
		seen[f.Harm] = true
	}
	return main, rest
}

// headline adds up the whole project.
func (s *site) headline(r *http.Request) (headline, error) {
	h, err := s.selection(r.Context(), store.Filter{Project: s.settings.Project})
	if err != nil {
		return headline{}, err
	}
	return *h, nil
}

// selection adds up the incidents that f chooses.
func (s *site) selection(ctx context.Context, f store.Filter) (*headline, error) {
	if why := unsummed(f); why != "" {
		return &headline{Stage: stageOf(f.Stage), Figures: []sum{}, Missing: why}, nil
	}
	h, err := s.summed(ctx, queryOf(f, ""))
	if err == nil && f.Harm != "" {
		h.only(f.Harm)
	}
	return h, err
}

// summed adds up what q chooses, in one group whatever q says of groups.
func (s *site) summed(ctx context.Context, q recorder.Query) (*headline, error) {
	q.By = ""
	t, err := s.total(ctx, q)
	if err != nil {
		return nil, err
	}
	h := &headline{Stage: store.Stage(t.Stage), Grades: t.Grades, Figures: []sum{}, Excluded: excludedOf(t)}
	for _, r := range t.Rows {
		h.Figures = append(h.Figures, sum{Harm: r.Harm, Class: r.Class, Range: r.Range(), Incidents: r.Incidents, Unknown: r.Unknown})
	}
	sortSums(h.Figures)
	draw(h.Figures)
	return h, nil
}

// only leaves the sums of one harm. How many incidents with that harm are left
// out is then not known.
func (h *headline) only(one cairn.Harm) {
	h.Figures = slices.DeleteFunc(h.Figures, func(f sum) bool { return f.Harm != one })
	h.Excluded, h.Harm = nil, one
	draw(h.Figures)
}

// unsummed says why there is no total of f: totals are made of what cairn total
// can be asked for.
func unsummed(f store.Filter) string {
	if len(f.Codes) > 0 || f.Text != "" || f.Party != "" || f.Means != "" || f.Country != "" || f.Changed || f.Unsigned {
		return "Totals are made by place, dates, grading and stage. This selection asks for more, so it is shown without a total."
	}
	return ""
}

func stageOf(s store.Stage) store.Stage {
	if s == "" {
		return store.Proposed
	}
	return s
}

func excludedOf(t recorder.Answer) []leftOut {
	var all []leftOut
	for _, g := range append(slices.Clone(cairn.Grades), recorder.Ungraded) {
		if n := t.Excluded[g]; n > 0 {
			all = append(all, leftOut{g, n})
		}
	}
	return all
}

func sortSums(sums []sum) {
	slices.SortStableFunc(sums, func(a, b sum) int {
		if d := slices.Index(cairn.Harms, a.Harm) - slices.Index(cairn.Harms, b.Harm); d != 0 {
			return d
		}
		return slices.Index(cairn.Classes, a.Class) - slices.Index(cairn.Classes, b.Class)
	})
}

// draw sets the bars of sums, all on one scale.
func draw(sums []sum) {
	highest := 0
	for _, f := range sums {
		highest = most(highest, f.Range)
	}
	for i := range sums {
		sums[i].Bar = barOf(sums[i].Range, highest)
	}
}
