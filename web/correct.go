package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// editSent reads the claim of a form, as it was and as it is now.
func (s *site) editSent(r *http.Request) (ref cairn.ClaimRef, now cairn.Claim, err error) {
	form := r.PostForm
	n, err := strconv.Atoi(form.Get("n"))
	if err != nil {
		return ref, now, at("n", "The claim has no number.")
	}
	ref = cairn.ClaimRef{Document: r.PathValue("id"), N: n, Reading: form.Get("reading")}
	reading, err := s.view.Reading(r.Context(), ref.Reading)
	if err != nil {
		return ref, now, err
	}
	for _, c := range reading.Claims {
		if c.N != n || reading.Document != ref.Document {
			continue
		}
		now, faults := s.desk(r.Context()).Edited(r.Context(), c, editOf(form, recorder.EditOf(c)))
		if len(faults) > 0 {
			return ref, now, wrong(faults)
		}
		return ref, now, nil
	}
	return ref, now, cairn.ErrNotFound
}

// editOf reads the parts of a claim from a form; what the form leaves out stays.
func editOf(form url.Values, e recorder.ClaimEdit) recorder.ClaimEdit {
	for name, part := range map[string]*string{"harm": &e.Harm, "figure": &e.Figure, "class": &e.Class, "place": &e.Place, "from": &e.From,
		"to": &e.To, "party": &e.Party, "says": &e.Says, "stance": &e.Stance} {
		if _, ok := form[name]; ok {
			*part = given(form, name)
		}
	}
	return e
}

// fresh is cairn.ErrConflict where an incident has changed since a form was made.
func (s *site) fresh(r *http.Request, code string) error {
	given := r.PostForm.Get("seen")
	if given == "" {
		return nil // a program, which says what it means
	}
	seen, err := strconv.Atoi(given)
	if err != nil {
		return at("seen", "The form does not say when it was made.")
	}
	acts, err := recorder.Since(r.Context(), s.view, s.settings.Project, code, seen)
	for _, a := range acts {
		if a.Who != visitorOf(r).Name {
			return errors.Join(err, cairn.ErrConflict)
		}
	}
	return err
}

// correct corrects a claim, or rejects it where the form says so.
func (s *site) correct(_ http.ResponseWriter, r *http.Request) (string, error) {
	code, why := r.PostForm.Get("incident"), given(r.PostForm, "why")
	if code == "" {
		return "", at("incident", "Attach the document to an incident first, or make one of it.")
	}
	if err := s.fresh(r, code); err != nil {
		return "", err
	}
	if r.PostForm.Get("reject") != "" {
		n, _ := strconv.Atoi(r.PostForm.Get("n"))
		_, err := s.as(r).RejectClaim(r.Context(), code, cairn.ClaimRef{Document: r.PathValue("id"), N: n, Reading: r.PostForm.Get("reading")}, why)
		return address("code", r.PathValue("id")), err
	}
	ref, now, err := s.editSent(r)
	if err != nil {
		return "", err
	}
	_, err = s.as(r).CorrectClaim(r.Context(), code, ref, now, why)
	return address("code", r.PathValue("id")) + afterClaim(r.PostForm.Get("form")), err
}

// afterClaim returns where on its page the claim after that of a form stands.
func afterClaim(form string) string {
	k, err := strconv.Atoi(strings.TrimPrefix(form, "claim-"))
	if err != nil {
		return ""
	}
	return "#card-" + strconv.Itoa(k+1)
}

// add adds a claim where words of the text say something that cairn did not read.
func (s *site) add(_ http.ResponseWriter, r *http.Request) (string, error) {
	d, err := s.view.Document(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	span, err := spanOf(d.Text, given(r.PostForm, "words"), r.PostForm.Get("start"))
	if err != nil {
		return "", err
	}
	c, err := s.desk(r.Context()).ClaimAt(d, span, cairn.Harm(r.PostForm.Get("harm")))
	if err != nil {
		return "", err
	}
	e := recorder.EditOf(c)
	e.Class = r.PostForm.Get("class")
	if f := given(r.PostForm, "figure"); f != "" {
		e.Figure = f
	}
	c, faults := s.desk(r.Context()).Edited(r.Context(), c, e)
	if len(faults) > 0 {
		return "", wrong(faults)
	}
	code := r.PostForm.Get("incident")
	if code == "" {
		return "", at("incident", "Attach the document to an incident first, or make one of it.")
	}
	if err := s.fresh(r, code); err != nil {
		return "", err
	}
	_, err = s.as(r).AddClaim(r.Context(), code, d.ID, c, given(r.PostForm, "why"))
	return address("code", d.ID), err
}

// spanOf returns where words stand in a text: at start where the browser says so,
// and else where they stand, if they stand once.
func spanOf(text, words, start string) (cairn.Span, error) {
	if words == "" {
		return cairn.Span{}, at("words", "Select words of the text, or type them.")
	}
	if n, err := strconv.Atoi(start); err == nil && n >= 0 && n <= len(text) && strings.HasPrefix(text[n:], words) {
		return cairn.Span{Start: n, End: n + len(words)}, nil
	}
	switch strings.Count(text, words) {
	case 0:
		return cairn.Span{}, at("words", "These words do not stand in the text.")
	case 1:
		n := strings.Index(text, words)
		return cairn.Span{Start: n, End: n + len(words)}, nil
	}
	return cairn.Span{}, at("words", "These words stand in the text several times. Take more of them.")
}
