package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// searchView is what one question finds among incidents, documents and places.
type searchView struct {
	Asked     string          `json:"asked"`
	Incidents []found         `json:"incidents"`
	Documents []store.Shelved `json:"documents"`
	Places    []cairn.Where   `json:"places"`
	Alike     []cairn.Where   `json:"alike,omitempty"` // places whose names sound like it, where none has it
	More      []furtherOn     `json:"-"`
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
	v := searchView{Asked: given(r.URL.Query(), "q"), Incidents: []found{}, Documents: []store.Shelved{}, Places: []cairn.Where{}}
	if v.Asked == "" {
		return v, nil
	}
	if err := s.searchPlaces(r, &v); err != nil {
		return nil, err
	}
	if err := s.searchIncidents(r, &v); err != nil {
		return nil, err
	}
	documents, err := s.view.Documents(r.Context(), store.DocumentFilter{Project: s.settings.Project, Text: v.Asked, Limit: perSearch + 1})
	if len(documents) > perSearch {
		documents = documents[:perSearch]
		v.More = append(v.More, furtherOn{"More documents", "/documents?" + url.Values{"text": {v.Asked}}.Encode()})
	}
	v.Documents = documents
	return v, err
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
