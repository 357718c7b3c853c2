package recorder

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
)

// A Change is what became of one incident in a total between two moments: what it
// counted, what it counts, and the acts that made the difference. Was or Is is
// nil where it did not count, or does not.
type Change struct {
	Incident string        `json:"incident"`
	Was      *Contribution `json:"was"`
	Is       *Contribution `json:"is"`
	Acts     []cairn.Act   `json:"acts"`

	// BackDated is how many days the incident lies before the act by which it first
	// counted, where that is more than a month: a batch that came late is booked to
	// its own days, and does not show that more happened lately.
	BackDated int `json:"back_dated,omitempty"`
}

// A Contribution is what one incident gives a total.
type Contribution struct {
	Grade   cairn.Grade            `json:"grading,omitempty"`
	First   cairn.Date             `json:"first,omitempty"` // the day, month or year that it is booked to
	Figures map[string]cairn.Range `json:"figures"`         // by the key of the tally
}

// Changes says which incidents make the total of q another than it was at a
// moment, by code.
func Changes(ctx context.Context, view store.View, q Query, since store.Moment) ([]Change, error) {
	then := q
	then.AsOf, then.Moment = "", since
	was, err := contributions(ctx, view, then)
	if err != nil {
		return nil, err
	}
	is, err := contributions(ctx, view, q)
	if err != nil {
		return nil, err
	}
	from, err := view.ActAt(ctx, since)
	if err != nil {
		return nil, err
	}
	to, err := view.ActAt(ctx, q.moment())
	if err != nil {
		return nil, err
	}
	all := map[string]bool{}
	for _, of := range []map[string]Contribution{was, is} {
		for code := range of {
			all[code] = true
		}
	}
	changes := []Change{}
	for _, code := range sorted(all) {
		c := Change{Incident: code, Was: counts(was, code), Is: counts(is, code)}
		if alike(c.Was, c.Is) {
			continue
		}
		if c.Acts, err = actsOn(ctx, view, q.Project, code, from, to); err != nil {
			return nil, err
		}
		if c.Was == nil && len(c.Acts) > 0 {
			c.BackDated = total.Late(c.Is.First, c.Acts[0].At)
		}
		changes = append(changes, c)
	}
	return changes, nil
}

func counts(of map[string]Contribution, code string) *Contribution {
	if c, ok := of[code]; ok {
		return &c
	}
	return nil
}

// contributions returns what each incident gives the total of q.
func contributions(ctx context.Context, view store.View, q Query) (map[string]Contribution, error) {
	s, err := selection(ctx, view, q)
	if err != nil {
		return nil, err
	}
	var broken error
	s.Counted = counted(&broken, view.Counted(ctx, q.filter(s.Places)))
	all := map[string]Contribution{}
	for c := range s.Taken() {
		one, ok := all[c.Code]
		if !ok {
			one = Contribution{Grade: c.Grade, First: c.First, Figures: map[string]cairn.Range{}}
			all[c.Code] = one
		}
		if c.Harm != "" {
			one.Figures[cairn.Tally{Harm: c.Harm, Class: c.Class}.Key()] = c.Range
		}
	}
	return all, broken
}

// actsOn returns the acts after one and up to another that made the incident of a
// code, or its assessment, what it is.
func actsOn(ctx context.Context, view store.View, project, code string, from, to int) ([]cairn.Act, error) {
	incidents, err := view.IncidentHistory(ctx, project, code)
	if err != nil {
		return nil, err
	}
	assessments, err := view.AssessmentHistory(ctx, project, code)
	if err != nil {
		return nil, err
	}
	numbers := map[int]bool{}
	for _, i := range incidents {
		numbers[i.Made], numbers[i.Replaced] = true, true
	}
	for _, a := range assessments {
		numbers[a.Made] = true
	}
	var acts []cairn.Act
	for n := range numbers {
		if n <= from || n > to {
			continue
		}
		act, err := view.Act(ctx, n)
		if err != nil {
			return nil, err
		}
		acts = append(acts, act)
	}
	slices.SortFunc(acts, func(a, b cairn.Act) int { return a.Number - b.Number })
	return acts, nil
}

// String writes a change as a line: what was, what is, and by whom.
func (c Change) String() string {
	said := c.Incident + ": "
	switch {
	case c.Was == nil:
		said += "counts " + c.Is.String()
	case c.Is == nil:
		said += "counted " + c.Was.String() + ", and counts no more"
	default:
		said += c.Is.String() + ", from " + c.Was.String()
	}
	if c.BackDated > 0 {
		said += fmt.Sprintf(", back-dated by %d days to %s", c.BackDated, c.Is.First)
	}
	for _, a := range c.Acts {
		said += fmt.Sprintf("; %s on %s by %s", a.What, cairn.DayOf(a.At), a.Who)
		if a.Why != "" {
			said += ": " + a.Why
		}
	}
	return said
}

// String writes what an incident gives: "killed 7–9, injured 12, fair".
func (c Contribution) String() string {
	var all []string
	for _, key := range sorted(c.Figures) {
		all = append(all, strings.ReplaceAll(key, "_", " ")+" "+c.Figures[key].String())
	}
	if c.Grade != "" {
		all = append(all, string(c.Grade))
	}
	return strings.Join(all, ", ")
}

// identity is the permanent identifier of a total: the act that it was made
// after, and what it chose. [Identified] makes the total of it again, with the
// same numbers, whatever was recorded since.
func identity(s total.Selection, q Query, act int) string {
	v := url.Values{}
	for name, value := range map[string]string{"project": q.Project, "place": q.Place, "from": string(q.From), "to": string(q.To), "stage": string(q.stage()), "by": q.By} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for _, g := range s.Grades {
		v.Add("grade", string(g))
	}
	if s.Headline {
		v.Set("headline", "yes")
	}
	return strconv.Itoa(act) + "?" + v.Encode()
}

// Identified returns the query of a permanent identifier.
func Identified(id string) (Query, error) {
	bad := cairn.Invalid{Field: "id", Reason: "is no identifier of a total: want one that `cairn total --json` prints"}
	number, chosen, ok := strings.Cut(id, "?")
	act, err := strconv.Atoi(number)
	v, errValues := url.ParseQuery(chosen)
	if !ok || err != nil || act < 1 || errValues != nil || v.Get("project") == "" {
		return Query{}, bad
	}
	q := Query{Project: v.Get("project"), Place: v.Get("place"), From: cairn.Date(v.Get("from")), To: cairn.Date(v.Get("to")), Stage: store.Stage(v.Get("stage")), By: v.Get("by"),
		Moment: store.Moment{Act: act}, headline: v.Get("headline") == "yes"}
	for _, g := range v["grade"] {
		q.Grades = append(q.Grades, cairn.Grade(g))
	}
	return q, nil
}
