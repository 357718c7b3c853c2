package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// Totals adds up the incidents that a [Query] chooses.
type Totals interface {
	Total(ctx context.Context, view store.View, q Query) (Total, error)
}

// A Query says what to add up, as the flags of cairn total do.
type Query struct {
	Project  string
	Place    string
	From, To cairn.Date
	Grades   []cairn.Grade // those of the headline where empty
	Stage    store.Stage
	By       string
	AsOf     store.Moment
}

// A Total is the answer of cairn total.
type Total struct {
	Stage       store.Stage
	Policy      string
	Grades      []cairn.Grade
	Rows        []TotalRow
	Campaigns   []Campaign
	Excluded    map[cairn.Grade]int
	Unmonitored []string // years, months or days that were not, in a total by them
	Note        string   // what else a reader must know of the total
}

// A TotalRow is the sum of one group, harm and class.
type TotalRow struct {
	By        *string
	Harm      cairn.Harm
	Class     cairn.Class
	Min, Max  cairn.Bound
	Open      bool
	Incidents int
	Unknown   int
	Codes     []string // of the incidents, those without a figure too
}

// A Campaign is a toll that documents claim for a period or an area.
type Campaign struct {
	Harm             cairn.Harm
	Class            cairn.Class
	Place            string
	From, To         cairn.Date
	Min, Max         cairn.Bound
	MinFrom, MaxFrom []cairn.ClaimRef
}

// groupings is what totals can be grouped by.
var groupings = []string{"year", "month", "day", "grade", "belligerent", "place", "admin1", "country", "class", "means"}

// totalsView is what a selection adds up to, group by group, with what is never
// part of it and what is left out.
type totalsView struct {
	Filter    totalsForm      `json:"filter"`
	Faults    []cairn.Invalid `json:"faults,omitempty"`
	Headline  *headline       `json:"headline"`
	Groups    []group         `json:"groups"`
	Campaigns []campaign      `json:"campaigns"`
	Policy    string          `json:"policy,omitempty"`
	Note      string          `json:"note,omitempty"`
	Unwatched []string        `json:"unmonitored,omitempty"` // periods of the grouping that nobody watched
	Watched   cairn.Watch     `json:"watched,omitempty"`     // the whole period that is asked for
	Coverage  []watch         `json:"coverage,omitempty"`    // what the project says of when it watched
}

// totalsForm is the filter as the address has it.
type totalsForm struct {
	Place  string      `json:"place,omitempty"`
	From   string      `json:"from,omitempty"`
	To     string      `json:"to,omitempty"`
	By     string      `json:"by"`
	Chosen []string    `json:"grade,omitempty"` // "all" for every one
	Stage  store.Stage `json:"stage,omitempty"`

	All    bool     `json:"-"`
	Grades []choice `json:"-"`
	Stages []choice `json:"-"`
	Bys    []choice `json:"-"`
}

// A group is the rows of one harm and class.
type group struct {
	Harm  cairn.Harm  `json:"harm"`
	Class cairn.Class `json:"class"`
	Rows  []groupRow  `json:"rows"`
	Chart *chart      `json:"-"`
}

// A groupRow is one line of a table of totals.
type groupRow struct {
	By        string      `json:"by"`
	Words     string      `json:"-"`
	Range     cairn.Range `json:"range"`
	Incidents int         `json:"incidents"`
	Unknown   int         `json:"unknown"`
	Watched   cairn.Watch `json:"watched,omitempty"` // of a period
	Address   string      `json:"address,omitempty"` // of the incidents behind it
	Bar       *bar        `json:"-"`
}

// A campaign is a toll that documents claim for a period or an area.
type campaign struct {
	Harm    cairn.Harm   `json:"harm"`
	Class   cairn.Class  `json:"class,omitempty"`
	Place   string       `json:"place,omitempty"`
	When    cairn.Period `json:"when"`
	Range   cairn.Range  `json:"range"`
	Floor   []string     `json:"floor"`   // addresses of the claims that set it
	Ceiling []string     `json:"ceiling"` // addresses of the claims that set it
}

func (v totalsView) title() string           { return "Totals" }
func (v totalsView) faults() []cairn.Invalid { return v.Faults }

func (s *site) totals(r *http.Request) (view, error) {
	form := r.URL.Query()
	q, v := s.totalsFilter(form)
	if len(v.Faults) > 0 {
		return v, nil
	}
	project, err := s.view.Project(r.Context(), s.settings.Project)
	if err != nil {
		return nil, err
	}
	v.Coverage = watches(project)
	project = s.untilToday(project)
	if q.From.Known() || q.To.Known() {
		v.Watched = project.Watched(cairn.Period{From: q.From, To: q.To}, placesOf(q.Place)...)
	}
	if v.Headline, err = s.summed(r.Context(), q); err != nil || v.Headline.Missing != "" {
		return v, err
	}
	t, err := s.total(r.Context(), q)
	if err != nil {
		return nil, err
	}
	v.Policy, v.Note, v.Unwatched, v.Groups = t.Policy, t.Note, t.Unmonitored, groupsOf(t, q, project)
	for _, c := range t.Campaigns {
		v.Campaigns = append(v.Campaigns, campaignOf(c))
	}
	return v, nil
}

// totalsFilter returns what form asks for, and the form as it is shown again.
func (s *site) totalsFilter(form url.Values) (Query, totalsView) {
	var wrong correction
	q := Query{Project: s.settings.Project, Place: given(form, "place"), From: wrong.date(form, "from"), To: wrong.date(form, "to"),
		Stage: oneOf(&wrong, form, "stage", stages), By: oneOf(&wrong, form, "by", groupings)}
	if q.By == "" {
		q.By = "year"
	}
	grades := several(form, "grade")
	all := slices.Contains(grades, "all")
	if all {
		q.Grades = cairn.Grades
	}
	for _, g := range grades {
		if !all {
			q.Grades = append(q.Grades, oneOf(&wrong, url.Values{"grade": {g}}, "grade", cairn.Grades))
		}
	}
	if q.To.Before(q.From) {
		wrong.fault("to", "This day is before the first one.")
	}
	f := totalsForm{Place: q.Place, From: given(form, "from"), To: given(form, "to"), By: q.By, Chosen: grades, Stage: q.Stage, All: all,
		Grades: choicesOf(cairn.Grades, grade, grades...), Stages: choicesOf(stages, stage, string(q.Stage)), Bys: choicesOf(groupings, grouping, q.By)}
	return q, totalsView{Filter: f, Faults: wrong, Groups: []group{}, Campaigns: []campaign{}}
}

func grouping(by string) string {
	return worded(map[string]string{"admin1": "first-level area", "grade": "grading"}, by)
}

func placesOf(place string) []string {
	if place == "" {
		return nil
	}
	return []string{place}
}

// groupsOf returns the rows of t by harm and class.
func groupsOf(t Total, q Query, project cairn.Project) []group {
	groups := []group{}
	for _, r := range t.Rows {
		i := slices.IndexFunc(groups, func(g group) bool { return g.Harm == r.Harm && g.Class == r.Class })
		if i < 0 {
			i, groups = len(groups), append(groups, group{Harm: r.Harm, Class: r.Class})
		}
		groups[i].Rows = append(groups[i].Rows, groupRowOf(r, t, q, project))
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		if d := slices.Index(cairn.Harms, a.Harm) - slices.Index(cairn.Harms, b.Harm); d != 0 {
			return d
		}
		return slices.Index(cairn.Classes, a.Class) - slices.Index(cairn.Classes, b.Class)
	})
	for i := range groups {
		groups[i].draw(q.By)
	}
	return groups
}

// draw sets the bars of the rows of g, and its chart where it goes along time.
func (g *group) draw(by string) {
	highest := 0
	for _, r := range g.Rows {
		highest = most(highest, r.Range)
	}
	for i := range g.Rows {
		g.Rows[i].Bar = barOf(g.Rows[i].Range, highest)
	}
	g.Chart = chartOf(*g, by)
}

func groupRowOf(r TotalRow, t Total, q Query, project cairn.Project) groupRow {
	out := groupRow{Range: cairn.Range{Min: r.Min, Max: r.Max, Open: r.Open}, Incidents: r.Incidents, Unknown: r.Unknown}
	if r.By != nil {
		out.By = *r.By
	}
	out.Words = groupWords(q.By, out.By)
	if d, err := cairn.ParseDate(out.By); err == nil && alongTime(q.By) && d.Known() {
		out.Watched = project.Watched(cairn.Period{From: d, To: d}, placesOf(q.Place)...)
	}
	out.Address = behind(q, t.Grades, r, out.By)
	return out
}

func alongTime(by string) bool { return by == "year" || by == "month" || by == "day" }

// groupWords returns the heading of the row of a group.
func groupWords(by, value string) string {
	switch {
	case value == "" || value == "none" && !alongTime(by):
		return "not known"
	case alongTime(by):
		return date(cairn.Date(value))
	case by == "grade":
		return grade(cairn.Grade(value))
	case by == "country":
		return country(value)
	case by == "class":
		return class(cairn.Class(value))
	case by == "means":
		return means(cairn.MeansClass(value))
	}
	return value
}

// mostCodes is how many incidents an address may name one by one.
const mostCodes = 60

// behind returns the address of the incidents behind a row: by the filter that
// chooses them, or else by their codes; "" where there are too many of these.
func behind(q Query, grades []cairn.Grade, r TotalRow, value string) string {
	form := url.Values{"place": {q.Place}, "from": {string(q.From)}, "to": {string(q.To)}, "stage": {string(q.Stage)}, "harm": {string(r.Harm)}}
	for _, g := range grades {
		form.Add("grade", string(g))
	}
	switch {
	case (value == "" || value == "none" || q.By == "class") && len(r.Codes) <= mostCodes:
		return with("/incidents", url.Values{"code": {strings.Join(r.Codes, ",")}, "stage": {string(q.Stage)}})
	case value == "" || value == "none" || q.By == "class":
		return ""
	case alongTime(q.By):
		form.Set("from", value)
		form.Set("to", value)
	case q.By == "belligerent":
		form.Set("party", value)
	case q.By == "admin1":
		form.Set("place", value)
	default:
		form.Set(q.By, value)
	}
	return with("/incidents", form)
}

func campaignOf(c Campaign) campaign {
	return campaign{Harm: c.Harm, Class: c.Class, Place: c.Place, When: cairn.Period{From: c.From, To: c.To},
		Range: cairn.Range{Min: c.Min, Max: c.Max}, Floor: addresses(c.MinFrom), Ceiling: addresses(c.MaxFrom)}
}

// addresses returns where the words of claims are.
func addresses(refs []cairn.ClaimRef) []string {
	all := []string{}
	for _, r := range refs {
		all = append(all, address("documents", r.Document)+"#"+anchorOf(r.N))
	}
	return all
}

// queryOf returns f as cairn total can be asked for it.
func queryOf(f store.Filter, by string) Query {
	return Query{Project: f.Project, Place: strings.Join(f.Places, ""), From: f.From, To: f.To, Grades: f.Grades, Stage: f.Stage, By: by}
}
