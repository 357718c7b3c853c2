package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// codingView is one document to be worked on: its text with what counts of it, and
// the incidents that it stands in.
type codingView struct {
	Document   cairn.Document `json:"document"`
	Claims     []codedClaim   `json:"claims"`
	Incidents  []coded        `json:"incidents"`
	Taken      []decided      `json:"corrections"` // of what was read here, the last first
	Paragraphs []paragraph    `json:"-"`
	Add        form           `json:"-"`
	Attach     form           `json:"-"`
	Answer     string         `json:"answer"` // what a person did with it; empty where it waits
	Next       string         `json:"-"`      // the address of the next that waits
	Seen       int            `json:"seen"`
	Undo       string         `json:"-"`
	Pictures   []picture      `json:"pictures,omitempty"`
}

// AddOpen reports whether the form for a claim more has something to say.
func (v codingView) AddOpen() bool { return v.Add.Blamed() || v.Add.Draft != "" }

// Open reports whether the form of a claim has something to say.
func (c codedClaim) Open() bool { return c.Form.Blamed() || c.Form.Draft != "" }

// A codedClaim is a claim as it counts, or would if it stood in an incident.
type codedClaim struct {
	cairn.Claim
	K        int            `json:"k"` // its number on the page
	Ref      cairn.ClaimRef `json:"ref"`
	Incident string         `json:"incident,omitempty"`
	ByPerson bool           `json:"by_person"`
	Form     form           `json:"-"`
}

// coded is an incident as a coder needs to see it.
type coded struct {
	Code    string      `json:"code"`
	Place   string      `json:"place"`
	When    string      `json:"when"`
	Grade   cairn.Grade `json:"grading"`
	Tallies []tally     `json:"tallies"`
	Others  []account   `json:"accounts"` // of other documents
	Reasons []string    `json:"reasons"`  // why this document stands in it
	Likely  []likely    `json:"may_be_one_with"`
}

func (v codingView) title() string {
	if v.Document.Title != "" {
		return plain(v.Document.Title)
	}
	return "Document " + plain(v.Document.ID)
}

func (s *site) codingPage(r *http.Request) (view, error) {
	ctx := r.Context()
	if err := s.blinded(r, r.PathValue("id")); err != nil {
		return nil, err
	}
	d, err := s.view.Document(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	v := codingView{Claims: []codedClaim{}, Incidents: []coded{}}
	if v.Seen, err = s.view.LastAct(ctx); err != nil {
		return nil, err
	}
	if err := s.codedClaims(r, d, &v); err != nil {
		return nil, err
	}
	var marked []cairn.Claim
	for _, c := range v.Claims {
		c.Claim.N = c.K
		marked = append(marked, c.Claim)
	}
	v.Paragraphs, _ = highlight(d.Text, marked)
	d.Map, d.Cells = nil, nil
	v.Document = d
	if v.Pictures, err = s.picturesOf(r, d); err != nil {
		return nil, err
	}
	s.codingForms(r, &v)
	return v, s.codingState(r, &v)
}

// codedClaims reads what counts of a document in each incident, and what of its
// reading stands in none.
func (s *site) codedClaims(r *http.Request, d cairn.Document, v *codingView) error {
	ctx := r.Context()
	in, err := s.view.IncidentsOf(ctx, s.settings.Project, d.ID)
	if err != nil {
		return err
	}
	placed := map[cairn.ClaimRef]bool{}
	for _, i := range in {
		testimonies, err := s.view.Testimonies(ctx, s.settings.Project, i.Code)
		if err != nil {
			return err
		}
		for _, t := range testimonies {
			if t.Ref.Document == d.ID {
				placed[t.Ref] = true
				v.Claims = append(v.Claims, codedClaim{Claim: t.Claim, Ref: t.Ref, Incident: i.Code})
			}
		}
		one, err := s.codedIncident(r, i, d.ID)
		if err != nil {
			return err
		}
		v.Incidents = append(v.Incidents, one)
	}
	reading, err := s.view.CurrentReading(ctx, s.settings.Project, d.ID)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	for _, c := range reading.Claims {
		if ref := (cairn.ClaimRef{Document: d.ID, N: c.N, Reading: reading.ID}); !placed[ref] && len(in) == 0 {
			v.Claims = append(v.Claims, codedClaim{Claim: c, Ref: ref})
		}
	}
	for k := range v.Claims {
		c := &v.Claims[k]
		c.K, c.ByPerson = k+1, len(c.Rules) > 0 && c.Rules[0] == "person"
		c.Form = s.claimForm(r, v.Seen, *c)
	}
	return nil
}

// codedIncident returns an incident as a coder needs to see it.
func (s *site) codedIncident(r *http.Request, i cairn.Incident, document string) (coded, error) {
	one := coded{Code: i.Code, Place: placeOf(i.Where), When: period(i.When)}
	found, err := s.view.Assessed(r.Context(), s.settings.Project, i.Code)
	if err != nil {
		return one, err
	}
	decided, err := s.view.JudgementsOf(r.Context(), s.settings.Project, i.Code)
	if err != nil {
		return one, err
	}
	b, err := s.bundle(r.Context(), i.Code, decided)
	if err != nil {
		return one, err
	}
	page := incidentView{Incident: i, Assessment: found.Assessment}
	b.fill(&page)
	one.Tallies = page.Tallies
	if found.Assessment != nil {
		one.Grade = found.Assessment.Grade
	}
	for _, ref := range b.order {
		if ref.Document != document {
			one.Others = append(one.Others, b.accounts[ref])
		}
	}
	for _, line := range i.Reasons {
		if why, ok := strings.CutPrefix(line, document+": "); ok {
			one.Reasons = append(one.Reasons, why)
		}
	}
	one.Likely, err = s.likely(r.Context(), i)
	return one, err
}

// codingState reads what was done with the document so far, and what comes next.
func (s *site) codingState(r *http.Request, v *codingView) error {
	a, err := s.view.AnsweredOf(r.Context(), s.settings.Project, v.Document.ID)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	v.Answer, v.Undo = string(a.Answer), a.Judgement
	all, err := s.view.JudgementsOn(r.Context(), v.Document.ID)
	if err != nil {
		return err
	}
	stands := recorder.Standing(all)
	for k := len(all) - 1; k >= 0; k-- {
		if j := all[k]; j.Project == s.settings.Project && stands(j) && j.Decision != cairn.Undo {
			v.Taken = append(v.Taken, decided{j, false})
		}
	}
	return nil
}
