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

// searchView is what one question finds among incidents, documents, places and, for
// those who may see them, the names of victims.
type searchView struct {
	Asked     string          `json:"asked"`
	Incidents []found         `json:"incidents"`
	Documents []foundDocument `json:"documents"`
	Places    []cairn.Where   `json:"places"`
	Alike     []cairn.Where   `json:"alike,omitempty"`    // places whose names sound like it, where none has it
	Names     []personLine    `json:"names,omitempty"`    // of entries of lists
	Sounding  []personLine    `json:"sounding,omitempty"` // persons whose names sound like it, where nothing else is found
	Private   bool            `json:"-"`                  // names may be seen
	More      []furtherOn     `json:"-"`
}

// foundDocument is a document with the first words of its text that were asked for.
type foundDocument struct {
	store.Shelved
	Excerpt store.Excerpt `json:"excerpt,omitzero"`
}

// furtherOn leads to the rest of what was found.
type furtherOn struct{ Words, Address string }

// found is an incident with its figures.
type found struct {
	Code    string   `json:"code"`
	Place   string   `json:"place"`
	When    string   `json:"when"`
	Figures []string `json:"figures"`
}

func (searchView) title() string { return "Search" }

// perSearch is how much of each sort a search shows.
const perSearch = 20

func (s *site) searchPage(r *http.Request) (view, error) {
	v := searchView{Asked: given(r.URL.Query(), "q"), Incidents: []found{}, Documents: []foundDocument{}, Places: []cairn.Where{},
		Private: visitorOf(r).Role.AtLeast(cairn.Researcher)}
	if v.Asked == "" {
		return v, nil
	}
	for _, search := range []func(*http.Request, *searchView) error{s.searchPlaces, s.searchIncidents, s.searchDocuments, s.searchNames} {
		if err := search(r, &v); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// searchDocuments finds the documents by what they are called and by their words.
func (s *site) searchDocuments(r *http.Request, v *searchView) error {
	documents, err := s.view.Documents(r.Context(), store.DocumentFilter{Project: s.settings.Project, Text: v.Asked, Limit: perSearch + 1})
	if err != nil {
		return err
	}
	if len(documents) > perSearch {
		documents = documents[:perSearch]
		v.More = append(v.More, furtherOn{"More documents", "/documents?" + url.Values{"text": {v.Asked}}.Encode()})
	}
	for _, d := range documents {
		whole, err := s.view.Document(r.Context(), d.Document.ID)
		if err != nil {
			return err
		}
		v.Documents = append(v.Documents, foundDocument{d, store.ExcerptOf(whole.Text, v.Asked)})
	}
	return nil
}

// searchNames finds entries of lists by the names in them, for those who work on the
// record; where nothing at all is found, persons whose names sound like it.
func (s *site) searchNames(r *http.Request, v *searchView) error {
	if !v.Private {
		return nil
	}
	entries, err := s.view.EntriesNamed(r.Context(), s.settings.Project, v.Asked, perSearch+1)
	if err != nil {
		return err
	}
	lists, err := s.view.Lists(r.Context(), s.settings.Project)
	if err != nil {
		return err
	}
	titles := titlesOf(lists)
	if len(entries) > perSearch {
		entries = entries[:perSearch]
		v.More = append(v.More, furtherOn{"More persons", "/persons?" + url.Values{"q": {v.Asked}}.Encode()})
	}
	for _, e := range entries {
		v.Names = append(v.Names, titles.line(recorder.Person{ID: e.Name(), Entries: []cairn.Entry{e}}))
	}
	if len(v.Names)+len(v.Incidents)+len(v.Documents)+len(v.Places) > 0 {
		return nil
	}
	people, _, err := s.crowd(r.Context())
	for _, p := range people.Sounding(v.Asked, perSearch) {
		v.Sounding = append(v.Sounding, titles.line(p))
	}
	return err
}

// searchPlaces finds the places that have the name, in whatever script.
func (s *site) searchPlaces(r *http.Request, v *searchView) error {
	places, alike, err := s.desk(r.Context()).FindPlaces(r.Context(), v.Asked)
	v.Places = append(v.Places, places[:min(len(places), perSearch)]...)
	v.Alike = alike[:min(len(alike), perSearch)]
	return err
}

// searchIncidents finds the incidents by their words, and those at the places that
// have the name, each once: first those by words.
func (s *site) searchIncidents(r *http.Request, v *searchView) error {
	filters := []store.Filter{{Project: s.settings.Project, Text: v.Asked, Newest: true, Limit: perSearch + 1}}
	var names []string
	for _, p := range v.Places {
		if p.ID != "" {
			names = append(names, strings.ToLower(p.ID))
		}
	}
	if len(names) > 0 {
		filters = append(filters, store.Filter{Project: s.settings.Project, Places: names, Newest: true, Limit: perSearch + 1})
	}
	for _, f := range filters {
		all, err := s.view.Incidents(r.Context(), f)
		if err != nil {
			return err
		}
		for _, one := range all {
			if slices.ContainsFunc(v.Incidents, func(h found) bool { return h.Code == one.Incident.Code }) {
				continue
			}
			if len(v.Incidents) == perSearch {
				v.More = append(v.More, furtherOn{"More incidents", "/incidents?" + url.Values{"text": {v.Asked}}.Encode()})
				return nil
			}
			h := found{Code: one.Incident.Code, Place: placeOf(one.Incident.Where), When: period(one.Incident.When)}
			if one.Assessment != nil {
				h.Figures = figuresOf(*one.Assessment)
			}
			v.Incidents = append(v.Incidents, h)
		}
	}
	return nil
}
