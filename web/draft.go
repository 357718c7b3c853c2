package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// A draft is what was typed into a form and not sent, so that a crash or a lost
// line loses nothing. It is of one account, one page and one form.
type draft struct {
	At     time.Time  `json:"at"`
	Values url.Values `json:"values"`
}

func draftKey(account, page, form string) string { return account + "\n" + page + "\n" + form }

// draft returns what was typed into a form of the page that r asks for, and when;
// nil where nothing was.
func (s *site) draft(r *http.Request, form string) (url.Values, string) {
	v := visitorOf(r)
	if s.settings.Desk == nil || v.Name == "" || r.Method != http.MethodGet {
		return nil, ""
	}
	slip, err := s.view.Slip(r.Context(), draftSlip, draftKey(v.Name, r.URL.Path, form))
	if err != nil {
		return nil, ""
	}
	var d draft
	if json.Unmarshal([]byte(slip.Body), &d) != nil {
		return nil, ""
	}
	return d.Values, moment(d.At)
}

// keepDraft keeps what is typed, as it is typed.
func (s *site) keepDraft(_ http.ResponseWriter, r *http.Request) (string, error) {
	page, form := r.PostForm.Get("draft-page"), r.PostForm.Get("form")
	if !strings.HasPrefix(page, "/") || form == "" {
		return "", at("form", "A draft is of a form and its page.")
	}
	d := draft{At: s.settings.Now(), Values: url.Values{}}
	for name, values := range r.PostForm {
		if name != "draft-page" && name != "form" && !strings.Contains(name, "password") && name != "code" {
			d.Values[name] = values
		}
	}
	text, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	v := visitorOf(r)
	return "", s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: draftSlip, Key: draftKey(v.Name, page, form), Owner: v.Name,
		Project: s.settings.Project, Ends: d.At.AddDate(0, 1, 0), Body: string(text)})
}

// dropDraft throws the draft of a form away that was taken.
func (s *site) dropDraft(r *http.Request, page string) error {
	v := visitorOf(r)
	if v.Name == "" || page == "" {
		return nil
	}
	err := s.settings.Desk.DropSlip(r.Context(), draftSlip, draftKey(v.Name, pathOf(r, page), r.PostForm.Get("form")))
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	return err
}

// pathOf returns the address of a page by the names that r has in its own.
func pathOf(r *http.Request, page string) string {
	for _, name := range []string{"id", "code", "key"} {
		page = strings.ReplaceAll(page, "{"+name+"}", r.PathValue(name))
	}
	return page
}

// discard throws a draft away that nobody wants.
func (s *site) discard(_ http.ResponseWriter, r *http.Request) (string, error) {
	page := r.PostForm.Get("draft-page")
	if !strings.HasPrefix(page, "/") || strings.HasPrefix(page, "//") {
		return "", at("form", "A draft is of a form and its page.")
	}
	err := s.settings.Desk.DropSlip(r.Context(), draftSlip, draftKey(visitorOf(r).Name, page, r.PostForm.Get("form")))
	if errors.Is(err, cairn.ErrNotFound) {
		err = nil
	}
	return (&url.URL{Path: page}).String(), err
}
