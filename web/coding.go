package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
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

// claimForm is the form in which a claim is corrected.
func (s *site) claimForm(r *http.Request, seen int, c codedClaim) form {
	e := recorder.EditOf(c.Claim)
	name := "claim-" + strconv.Itoa(c.K)
	fields := []field{
		{Name: "incident", Kind: unseen, Value: c.Incident},
		{Name: "reading", Kind: unseen, Value: c.Ref.Reading},
		{Name: "n", Kind: unseen, Value: strconv.Itoa(c.Ref.N)},
		{Name: "seen", Kind: unseen, Value: strconv.Itoa(seen)},
	}
	return s.filled(r, form{Name: name, Action: address("code", c.Ref.Document, "correct"), Submit: "Correct", Fields: append(fields, editFields(e)...)})
}

// editFields is what of a claim can be corrected.
func editFields(e recorder.ClaimEdit) []field {
	harms := choicesOf(cairn.Harms, harm, e.Harm)
	classes := append([]choice{{"", "not said", e.Class == ""}}, choicesOf(cairn.Classes, class, e.Class)...)
	stances := []choice{{"", "passes it on", e.Stance == ""}}
	stances = append(stances, choicesOf([]cairn.Stance{cairn.Asserts, cairn.Denies, cairn.Doubts}, stance, e.Stance)...)
	return []field{
		{Name: "figure", Label: "Figure", Kind: oneLine, Value: e.Figure, Hint: "7, 3–5, 5+, or words; empty where none is given."},
		{Name: "harm", Label: "What was done", Kind: oneOfThese, Options: harms},
		{Name: "class", Label: "To whom", Kind: oneOfThese, Options: classes},
		{Name: "place", Label: "Where", Kind: oneLine, Value: e.Place},
		{Name: "from", Label: "From", Kind: oneLine, Value: e.From, Hint: "2031, 2031-05 or 2031-05-04"},
		{Name: "to", Label: "To", Kind: oneLine, Value: e.To},
		{Name: "party", Label: "By", Kind: oneLine, Value: e.Party},
		{Name: "says", Label: "Who says so", Kind: oneLine, Value: e.Says},
		{Name: "stance", Label: "Who says so …", Kind: oneOfThese, Options: stances},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."},
	}
}

func (s *site) codingForms(r *http.Request, v *codingView) {
	id := v.Document.ID
	codes := []choice{}
	for _, i := range v.Incidents {
		codes = append(codes, choice{i.Code, i.Code + ", " + i.Place, len(codes) == 0})
	}
	if len(codes) == 0 {
		codes = append(codes, choice{"", "a new incident", true})
	}
	v.Add = s.filled(r, form{Name: "add", Action: address("code", id, "add"), Submit: "Add this claim", Fields: []field{
		{Name: "seen", Kind: unseen, Value: strconv.Itoa(v.Seen)},
		{Name: "start", Kind: unseen},
		{Name: "words", Label: "Words of the text", Kind: oneLine, Hint: "Select them in the text, or type them as they stand there."},
		{Name: "harm", Label: "What was done", Kind: oneOfThese, Options: choicesOf(cairn.Harms, harm, string(cairn.Killed))},
		{Name: "class", Label: "To whom", Kind: oneOfThese, Options: choicesOf(cairn.Classes, class, string(cairn.UnknownStatus))},
		{Name: "figure", Label: "Figure", Kind: oneLine, Hint: "Empty to read it from the words."},
		{Name: "incident", Label: "Of which incident", Kind: oneOfThese, Options: codes},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."},
	}})
	likelyTo := ""
	for _, i := range v.Incidents {
		if len(i.Likely) > 0 && likelyTo == "" {
			likelyTo = i.Likely[0].Code
		}
	}
	v.Attach = s.filled(r, form{Name: "attach", Action: address("code", id, "attach"), Submit: "Attach", Fields: []field{
		{Name: "to", Label: "Incident that it belongs to", Kind: oneLine, Value: likelyTo},
		{Name: "why", Label: "Why", Kind: oneLine},
	}})
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

// A previewed is what a form would make of a claim and its incident.
type previewed struct {
	Range  string          `json:"range"`
	Rules  []string        `json:"rules"`
	Policy string          `json:"policy"`
	Before []string        `json:"before"` // the figures of the incident
	After  []string        `json:"after"`
	Grade  string          `json:"grading"`
	Faults []cairn.Invalid `json:"faults,omitempty"`
}

// in returns p in the words of a tongue, which is nil for English.
func (p previewed) in(t *tongue) previewed {
	if t == nil {
		return p
	}
	say := func(words *string) { *words, _ = t.say(*words) }
	say(&p.Range)
	say(&p.Grade)
	for _, all := range [][]string{p.Before, p.After} {
		for i := range all {
			say(&all[i])
		}
	}
	for i := range p.Faults {
		say(&p.Faults[i].Reason)
	}
	return p
}

// preview answers what a correction would make of it, and writes nothing.
func (s *site) preview(w http.ResponseWriter, r *http.Request) (string, error) {
	w.Header().Set("Content-Type", "application/json")
	ref, now, err := s.editSent(r)
	if faults, ours := faultsOf(err); ours {
		return "", json.NewEncoder(w).Encode(previewed{Faults: faults}.in(s.tongueOf(r)))
	}
	if err != nil {
		return "", err
	}
	p := previewed{Range: figure(now.Range), Rules: now.Rules, Policy: now.Policy}
	code := r.PostForm.Get("incident")
	if code == "" {
		return "", json.NewEncoder(w).Encode(p)
	}
	before, err := s.view.Assessment(r.Context(), s.settings.Project, code)
	if err != nil {
		return "", err
	}
	after, err := s.as(r).Preview(r.Context(), code, func(as *recorder.Recorder) (cairn.Judgement, error) {
		return as.CorrectClaim(r.Context(), code, ref, now, "")
	})
	if err != nil {
		return "", err
	}
	p.Before, p.After, p.Grade = figuresOf(before), figuresOf(after), grade(after.Grade)
	return "", json.NewEncoder(w).Encode(p.in(s.tongueOf(r)))
}

// figuresOf writes the figures of an assessment.
func figuresOf(a cairn.Assessment) []string {
	all := []string{}
	for _, t := range a.Tallies {
		all = append(all, tallyWords(t.Harm, t.Class)+" "+figure(t.Range))
	}
	return all
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
