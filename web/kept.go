package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store"
)

// filterSlip is the kind of the slips that filters are kept as.
const filterSlip store.SlipKind = "filter"

// A keptFilter is a selection of a page that somebody keeps under a name.
type keptFilter struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Key     string `json:"-"`
}

// filterable are the pages whose selections can be kept.
var filterable = []string{"/incidents", "/documents", "/inbox", "/totals", "/search"}

// mostFilters is how many filters one person keeps.
const mostFilters = 50

// keptFilters returns the filters that whoever asks keeps of a page, by name.
func (s *site) keptFilters(r *http.Request, page string) ([]keptFilter, error) {
	who := visitorOf(r).Name
	if s.settings.Desk == nil || who == "" {
		return nil, nil
	}
	slips, err := s.view.Slips(r.Context(), filterSlip, who)
	var all []keptFilter
	for _, slip := range slips {
		k := keptFilter{Key: slip.Key}
		if slip.Project != s.settings.Project || json.Unmarshal([]byte(slip.Body), &k) != nil {
			continue
		}
		if path, _, _ := strings.Cut(k.Address, "?"); page == "" || path == page {
			all = append(all, k)
		}
	}
	return all, err
}

// keepFilter keeps the selection that a page shows, under a name, in the place of
// the one of that name.
func (s *site) keepFilter(_ http.ResponseWriter, r *http.Request) (string, error) {
	name, to := strings.Join(strings.Fields(r.PostForm.Get("name")), " "), within(r.PostForm.Get("to"))
	u, err := url.Parse(to)
	if err != nil || !keepable(u.Path) {
		return "", at("to", "Selections of incidents, documents, the inbox, totals and searches can be kept.")
	}
	if name == "" || utf8.RuneCountInString(name) > 60 {
		return "", at("name", "Give it a name of at most 60 letters.")
	}
	all, err := s.keptFilters(r, "")
	if err != nil {
		return "", err
	}
	if len(all) >= mostFilters {
		return "", at("name", "You keep as many as can be kept. Throw one away first.")
	}
	query := u.Query()
	for _, passing := range []string{"after", "did", "undo"} {
		query.Del(passing)
	}
	u.RawQuery, u.Fragment = query.Encode(), ""
	text, err := json.Marshal(keptFilter{Name: name, Address: u.String()})
	if err != nil {
		return "", err
	}
	who := visitorOf(r).Name
	return u.String(), s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: filterSlip, Key: desk.HashOf(strings.Join([]string{who, s.settings.Project, u.Path, name}, "\n")), Owner: who, Project: s.settings.Project, Body: string(text)})
}

func keepable(path string) bool {
	for _, p := range filterable {
		if p == path {
			return true
		}
	}
	return false
}

// dropFilter throws a filter of one's own away.
func (s *site) dropFilter(_ http.ResponseWriter, r *http.Request) (string, error) {
	key := r.PostForm.Get("key")
	slip, err := s.view.Slip(r.Context(), filterSlip, key)
	if err == nil && slip.Owner != visitorOf(r).Name {
		err = cairn.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return within(r.PostForm.Get("to")), unlessNotFound(s.settings.Desk.DropSlip(r.Context(), filterSlip, key))
}
