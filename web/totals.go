package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// groupings is what totals can be grouped by.
var groupings = []string{"year", "month", "week", "day", "grade", "belligerent", "place", "admin1", "country", "class", "means"}

// totalsView is what a selection adds up to, group by group, with what is never
// part of it and what is left out.
type totalsView struct {
	Filter    totalsForm           `json:"filter"`
	Faults    []cairn.Invalid      `json:"faults,omitempty"`
	Headline  *headline            `json:"headline"`
	Groups    []group              `json:"groups"`
	Campaigns []campaign           `json:"campaigns"`
	Policy    string               `json:"policy,omitempty"`
	Note      string               `json:"note,omitempty"`
	Context   []cairn.Circumstance `json:"context,omitempty"`     // what happened meanwhile
	Unwatched []string             `json:"unmonitored,omitempty"` // periods of the grouping that nobody watched
	Watched   cairn.Watch          `json:"watched,omitempty"`     // the whole period that is asked for
	Coverage  []watch              `json:"coverage,omitempty"`    // what the project says of when it watched
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
	Name      bool        `json:"-"` // Words is what a place or a party is called
	Range     cairn.Range `json:"range"`
	Incidents int         `json:"incidents"`
	Unknown   int         `json:"unknown"`
	Watched   cairn.Watch `json:"watched,omitempty"` // of a period
	Address   string      `json:"address,omitempty"` // of the incidents behind it
	Bar       *bar        `json:"-"`

	codes []string // of the incidents, those without a figure too
}

// A campaign is a toll that documents claim for a period or an area.
type campaign struct {
	Harm    cairn.Harm   `json:"harm"`
	Class   cairn.Class  `json:"class,omitempty"`
	Place   string       `json:"place,omitempty"`
	When    cairn.Period `json:"when"`
	Unit    string       `json:"unit,omitempty"`
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
	if v.Headline, err = s.summed(r.Context(), q); err != nil {
		return nil, err
	}
	t, err := s.total(r.Context(), q)
	if err != nil {
		return nil, err
	}
	v.Policy, v.Note, v.Groups, v.Campaigns = t.Policy, t.Note, groupsOf(t, q, project), campaignsOf(t)
	if v.Context, err = recorder.Circumstances(r.Context(), s.view, q); err != nil {
		return nil, err
	}
	for _, span := range t.Unmonitored {
		if v.Watched != cairn.NotMonitored && watchedOn(project, q, span) == cairn.NotMonitored {
			v.Unwatched = append(v.Unwatched, span)
		}
	}
	return v, nil
}

// totalsFilter returns what form asks for, and the form as it is shown again.
func (s *site) totalsFilter(form url.Values) (recorder.Query, totalsView) {
	var wrong correction
	q := recorder.Query{Project: s.settings.Project, Place: given(form, "place"), From: wrong.date(form, "from"), To: wrong.date(form, "to"),
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
func groupsOf(t recorder.Answer, q recorder.Query, project cairn.Project) []group {
	groups := []group{}
	for _, r := range t.Rows {
		i := slices.IndexFunc(groups, func(g group) bool { return g.Harm == r.Harm && g.Class == r.Class })
		if i < 0 {
			i, groups = len(groups), append(groups, group{Harm: r.Harm, Class: r.Class})
		}
		words, name := groupWords(q.By, string(r.By))
		row := groupRow{By: string(r.By), Words: words, Name: name, Range: r.Range(), Incidents: r.Incidents, Unknown: r.Unknown, codes: r.Codes}
		if alongTime(q.By) {
			row.Watched = watchedOn(project, q, row.By)
		}
		row.Address = row.behind(q, t.Grades, r.Harm)
		groups[i].Rows = append(groups[i].Rows, row)
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

// watchedOn says whether the period that a row is called by was watched; ""
// where it is called by none.
func watchedOn(project cairn.Project, q recorder.Query, row string) cairn.Watch {
	days := recorder.DaysOf(row)
	if !days.From.Known() {
		return ""
	}
	return project.Watched(days, placesOf(q.Place)...)
}

func alongTime(by string) bool { return slices.Contains([]string{"year", "month", "week", "day"}, by) }

// groupWords returns the heading of the row of a group, and whether it is a name.
func groupWords(by, value string) (words string, name bool) {
	switch {
	case value == "" || value == "none" && !alongTime(by):
		return "not known", false
	case alongTime(by):
		return period(recorder.DaysOf(value)), false
	case by == "grade":
		return grade(cairn.Grade(value)), false
	case by == "country":
		return country(value), false
	case by == "class":
		return class(cairn.Class(value)), false
	case by == "means":
		return means(cairn.MeansClass(value)), false
	}
	return value, true
}

// mostCodes is how many incidents an address may name one by one.
const mostCodes = 60

// behind returns the address of the incidents behind r: by their codes where
// these are few, or else by the filter that chooses them; "" where none does.
func (r groupRow) behind(q recorder.Query, grades []cairn.Grade, h cairn.Harm) string {
	if q.Place != "" && len(r.codes) <= mostCodes || noFilter(q.By, r.By) {
		if len(r.codes) > mostCodes {
			return ""
		}
		return with("/incidents", url.Values{"code": {strings.Join(r.codes, ",")}, "stage": {string(q.Stage)}})
	}
	form := url.Values{"place": {q.Place}, "from": {string(q.From)}, "to": {string(q.To)}, "stage": {string(q.Stage)}, "harm": {string(h)}}
	for _, g := range grades {
		form.Add("grade", string(g))
	}
	switch {
	case alongTime(q.By):
		days := recorder.DaysOf(r.By)
		form.Set("from", string(days.From))
		form.Set("to", string(days.To))
	case q.By == "belligerent":
		form.Set("party", r.By)
	case q.By == "admin1":
		form.Set("place", r.By)
	default:
		form.Set(q.By, r.By)
	}
	return with("/incidents", form)
}

// noFilter reports whether no filter chooses the incidents of a group.
func noFilter(by, value string) bool { return value == "" || value == "none" || by == "class" }

// campaignsOf returns the tolls of t for a period or an area.
func campaignsOf(t recorder.Answer) []campaign {
	all := []campaign{}
	for _, c := range t.Campaigns {
		all = append(all, campaign{Harm: c.Harm, Class: c.Class, Place: string(c.Place), When: cairn.Period{From: cairn.Date(c.From), To: cairn.Date(c.To)}, Unit: c.Unit,
			Range: cairn.Range{Min: c.Min, Max: c.Max, Open: c.Open}, Floor: addresses(c.MinFrom), Ceiling: addresses(c.MaxFrom)})
	}
	return all
}

// addresses returns where the words of claims are.
func addresses(refs []cairn.ClaimRef) []string {
	all := []string{}
	for _, r := range refs {
		all = append(all, address("documents", r.Document)+"#"+anchorOf(r.N))
	}
	return all
}

// queryOf returns f as totals can be asked for it.
func queryOf(f store.Filter, by string) recorder.Query {
	return recorder.Query{Project: f.Project, Place: strings.Join(f.Places, ""), From: f.From, To: f.To, Grades: f.Grades, Stage: f.Stage, By: by}
}
