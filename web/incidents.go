package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// incidentsView is a page of incidents, the latest first, and what the whole
// selection adds up to.
type incidentsView struct {
	Filter    incidentForm    `json:"filter"`
	Faults    []cairn.Invalid `json:"faults,omitempty"`
	Selection *headline       `json:"selection"` // null where the form cannot be understood
	Incidents []row           `json:"incidents"`
	Next      string          `json:"next,omitempty"` // address of the page after
	First     string          `json:"-"`
}

// incidentForm is the filter as the address has it.
type incidentForm struct {
	Codes    []string `json:"code,omitempty"`
	Text     string   `json:"text,omitempty"`
	Place    string   `json:"place,omitempty"`
	Country  string   `json:"country,omitempty"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Party    string   `json:"party,omitempty"`
	Tag      string   `json:"tag,omitempty"`
	Changed  bool     `json:"changed,omitempty"`
	Unsigned bool     `json:"unsigned,omitempty"`

	Harms  []choice `json:"-"`
	Grades []choice `json:"-"`
	Means  []choice `json:"-"`
	Stages []choice `json:"-"`

	Chosen struct {
		Harm   cairn.Harm       `json:"harm,omitempty"`
		Grades []string         `json:"grade,omitempty"`
		Means  cairn.MeansClass `json:"means,omitempty"`
		Stage  store.Stage      `json:"stage,omitempty"`
	} `json:"chosen"`
}

// A row is one incident of the page.
type row struct {
	Code      string             `json:"code"`
	When      cairn.Period       `json:"when"`
	Place     string             `json:"place"`
	Accuracy  cairn.Accuracy     `json:"accuracy,omitempty"`
	Killed    cairn.Range        `json:"killed"`
	Injured   cairn.Range        `json:"injured"`
	Others    []tally            `json:"others,omitempty"` // every other harm and class
	Grade     cairn.Grade        `json:"grading,omitempty"`
	Strike    cairn.StrikeStatus `json:"strike_status,omitempty"`
	Parties   []string           `json:"parties"`
	Documents int                `json:"documents"`
	Origins   int                `json:"origins"`
	Signed    bool               `json:"signed"`
	Changed   bool               `json:"changed"`
}

// Of returns the tallies of h besides the one that has a column.
func (r row) Of(h cairn.Harm) []tally {
	return slices.DeleteFunc(slices.Clone(r.Others), func(t tally) bool { return t.Harm != h })
}

// Rest returns the tallies of the harms that have no column.
func (r row) Rest() []tally {
	return slices.DeleteFunc(slices.Clone(r.Others), func(t tally) bool { return t.Harm == cairn.Killed || t.Harm == cairn.Injured })
}

func (v incidentsView) title() string           { return "Incidents" }
func (v incidentsView) faults() []cairn.Invalid { return v.Faults }

func (s *site) incidents(r *http.Request) (view, error) {
	form := r.URL.Query()
	f, shown, wrong := s.incidentFilter(form)
	v := incidentsView{Filter: shown, Faults: wrong, Incidents: []row{}}
	if len(wrong) > 0 {
		return v, nil
	}
	page := f
	page.Newest, page.After, page.Limit = true, form.Get("after"), perPage+1
	found, err := s.view.Incidents(r.Context(), page)
	if err != nil {
		return nil, err
	}
	if len(found) > perPage {
		found = found[:perPage]
		v.Next = with("/incidents", merged(form, url.Values{"after": {found[perPage-1].Incident.Code}}))
	}
	if page.After != "" {
		v.First = with("/incidents", form, "after")
	}
	for _, one := range found {
		v.Incidents = append(v.Incidents, rowOf(one))
	}
	v.Selection, err = s.selection(r.Context(), f)
	return v, err
}

// incidentFilter returns the filter that form asks for, the form as it is shown
// again, and what is wrong with it.
func (s *site) incidentFilter(form url.Values) (store.Filter, incidentForm, []cairn.Invalid) {
	var wrong correction
	f := store.Filter{Project: s.settings.Project, Codes: several(form, "code"), Text: given(form, "text"), Country: given(form, "country"),
		From: wrong.date(form, "from"), To: wrong.date(form, "to"), Harm: oneOf(&wrong, form, "harm", cairn.Harms),
		Party: given(form, "party"), Tag: given(form, "tag"), Means: oneOf(&wrong, form, "means", kinds), Stage: oneOf(&wrong, form, "stage", stages),
		Changed: given(form, "changed") != "", Unsigned: given(form, "unsigned") != ""}
	if place := given(form, "place"); place != "" {
		f.Places = []string{place}
	}
	grades := several(form, "grade")
	for _, g := range grades {
		f.Grades = append(f.Grades, oneOf(&wrong, url.Values{"grade": {g}}, "grade", cairn.Grades))
	}
	if f.To.Before(f.From) {
		wrong.fault("to", "This day is before the first one.")
	}
	shown := incidentForm{Codes: f.Codes, Text: f.Text, Place: given(form, "place"), Country: f.Country, From: given(form, "from"), To: given(form, "to"),
		Party: f.Party, Tag: f.Tag, Changed: f.Changed, Unsigned: f.Unsigned,
		Harms: choicesOf(cairn.Harms, harm, string(f.Harm)), Grades: choicesOf(cairn.Grades, grade, grades...),
		Means: choicesOf(kinds, means, string(f.Means)), Stages: choicesOf(stages, stage, string(f.Stage))}
	shown.Chosen.Harm, shown.Chosen.Grades, shown.Chosen.Means, shown.Chosen.Stage = f.Harm, grades, f.Means, f.Stage
	return f, shown, wrong
}

// rowOf returns the row of an incident. A harm that its assessment does not
// have is unknown.
func rowOf(a store.Assessed) row {
	i := a.Incident
	out := row{Code: i.Code, When: i.When, Place: placeOf(i.Where), Parties: []string{}, Signed: a.Signed > 0, Changed: a.Changed}
	if i.Where != nil {
		out.Accuracy = i.Where.Accuracy
	}
	documents := map[string]bool{}
	for _, c := range i.Claims {
		documents[c.Document] = true
	}
	out.Documents = len(documents)
	for _, by := range i.By {
		name := by.Name
		if name == "" {
			name = by.Words
		}
		if by.Strength != cairn.Denied {
			out.Parties = appendOnce(out.Parties, name)
		}
	}
	if a.Assessment == nil {
		return out
	}
	out.Grade, out.Strike, out.Origins = a.Assessment.Grade, a.Assessment.Strike, len(a.Assessment.Origins)
	for _, t := range a.Assessment.Tallies {
		switch t.Key() {
		case string(cairn.Killed):
			out.Killed = t.Range
		case string(cairn.Injured):
			out.Injured = t.Range
		default:
			out.Others = append(out.Others, tally{Harm: t.Harm, Class: t.Class, Range: t.Range})
		}
	}
	sortTallies(out.Others)
	return out
}

func appendOnce(all []string, one string) []string {
	for _, had := range all {
		if had == one {
			return all
		}
	}
	return append(all, one)
}
