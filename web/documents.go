package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// documentsView is a page of what was collected, newest first.
type documentsView struct {
	Filter    documentForm    `json:"filter"`
	Faults    []cairn.Invalid `json:"faults,omitempty"`
	Documents []shelved       `json:"documents"`
	Next      string          `json:"next,omitempty"` // address of the page after
	First     string          `json:"-"`              // of the first page, where this is another
}

// documentForm is the filter as the address has it.
type documentForm struct {
	Text     string   `json:"text,omitempty"`
	Source   string   `json:"source,omitempty"`
	Problem  string   `json:"problem,omitempty"` // a kind, or "any"
	Language string   `json:"language,omitempty"`
	Sources  []choice `json:"-"`
	Problems []choice `json:"-"`
}

// shelved is one document of the page.
type shelved struct {
	store.Shelved
	Incidents []string `json:"incidents"` // codes
}

func (v documentsView) title() string           { return "Documents" }
func (v documentsView) faults() []cairn.Invalid { return v.Faults }

// perPage is how many rows a page has.
const perPage = 50

// anyProblem chooses documents with whatever problem.
const anyProblem = "any"

func (s *site) documents(r *http.Request) (view, error) {
	form := r.URL.Query()
	var wrong correction
	f := store.DocumentFilter{Project: s.settings.Project, Text: given(form, "text"), Source: given(form, "source"),
		Language: given(form, "language"), After: form.Get("after"), Limit: perPage + 1}
	v := documentsView{Filter: documentForm{Text: f.Text, Source: f.Source, Problem: given(form, "problem"), Language: f.Language}, Documents: []shelved{}}
	if v.Filter.Problem == anyProblem {
		f.Problems = true
	} else {
		f.Problem = oneOf(&wrong, form, "problem", troubles)
	}
	if v.Faults = wrong; len(wrong) == 0 {
		if err := s.shelve(r, f, form, &v); err != nil {
			return nil, err
		}
	}
	v.Filter.Problems = append([]choice{{anyProblem, "any problem", v.Filter.Problem == anyProblem}}, choicesOf(troubles, problem, v.Filter.Problem)...)
	sources, err := s.view.Sources(r.Context())
	for _, source := range sources {
		v.Filter.Sources = append(v.Filter.Sources, choice{source.Name, source.Name, source.Name == f.Source})
	}
	return v, err
}

// shelve reads the documents of one page.
func (s *site) shelve(r *http.Request, f store.DocumentFilter, form url.Values, v *documentsView) error {
	found, err := s.view.Documents(r.Context(), f)
	if err != nil {
		return err
	}
	if len(found) > perPage {
		found = found[:perPage]
		next := url.Values{"after": {found[perPage-1].Document.ID}}
		v.Next = with("/documents", merged(form, next))
	}
	if f.After != "" {
		v.First = with("/documents", form, "after")
	}
	for _, d := range found {
		incidents, err := s.view.IncidentsOf(r.Context(), s.settings.Project, d.Document.ID)
		if err != nil {
			return err
		}
		one := shelved{Shelved: d, Incidents: []string{}}
		for _, i := range incidents {
			one.Incidents = append(one.Incidents, i.Code)
		}
		v.Documents = append(v.Documents, one)
	}
	return nil
}

// merged returns form with the fields of over in the place of its own.
func merged(form, over url.Values) url.Values {
	all := url.Values{}
	for field, values := range form {
		all[field] = slices.Clone(values)
	}
	for field, values := range over {
		all[field] = values
	}
	return all
}
