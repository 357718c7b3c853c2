package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// inboxView is what came in and waits for a person, the newest first.
type inboxView struct {
	Waiting []waiting       `json:"waiting"`
	Next    string          `json:"next,omitempty"`
	First   string          `json:"-"`
	Source  string          `json:"source,omitempty"`
	Lang    string          `json:"language,omitempty"`
	Undo    string          `json:"-"` // the judgement that u takes back
	Said    string          `json:"-"` // what was done just now
	Faults  []cairn.Invalid `json:"-"`
	Sources []choice        `json:"-"`
	Codes   []choice        `json:"-"`
	Rest    bool            `json:"-"` // a break is due
}

// waiting is one document that waits, with those of the page that repeat the same
// original.
type waiting struct {
	store.Shelved
	Claims    []readClaim `json:"read"`
	Incidents []placed    `json:"incidents"`
	Repeats   []repeat    `json:"repeats,omitempty"`

	alone []cairn.Incident // that no other document reports
}

// readClaim is a claim in a line.
type readClaim struct {
	Harm  cairn.Harm  `json:"harm"`
	Class cairn.Class `json:"class"`
	Range cairn.Range `json:"range"`
	Words string      `json:"words,omitempty"`
}

// placed is an incident that a document was put to, and why.
type placed struct {
	Code    string   `json:"code"`
	Place   string   `json:"place"`
	When    string   `json:"when"`
	Figures []string `json:"figures"`
	Reasons []string `json:"reasons,omitempty"`
	Likely  []likely `json:"may_be_one_with,omitempty"`
}

type repeat struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (inboxView) title() string { return "Inbox" }

// perInbox is how many documents a page of the inbox has.
const perInbox = 20

func (s *site) inboxPage(r *http.Request) (view, error) {
	form := r.URL.Query()
	v := inboxView{Waiting: []waiting{}, Source: given(form, "source"), Lang: given(form, "language"), Undo: given(form, "undo")}
	if v.Undo != "" {
		v.Said = given(form, "did")
	}
	if sent, ok := r.Context().Value(attemptKey).(attempted); ok {
		v.Faults = sent.faults
	}
	var err error
	if v.Rest, err = s.breakDue(r); err != nil {
		return nil, err
	}
	found, err := s.view.Documents(r.Context(), store.DocumentFilter{Project: s.settings.Project, Waiting: true, Source: v.Source, Language: v.Lang,
		After: form.Get("after"), Limit: perInbox + 1})
	if err != nil {
		return nil, err
	}
	if len(found) > perInbox {
		found = found[:perInbox]
		v.Next = with("/inbox", merged(form, url.Values{"after": {found[perInbox-1].Document.ID}}), "undo", "did")
	}
	if form.Get("after") != "" {
		v.First = with("/inbox", form, "after", "undo", "did")
	}
	if err := s.wait(r.Context(), found, &v); err != nil {
		return nil, err
	}
	sources, err := s.view.Sources(r.Context())
	for _, source := range sources {
		v.Sources = append(v.Sources, choice{source.Name, source.Name, source.Name == v.Source})
	}
	return v, err
}

// wait reads what the page says of each document, and folds those that repeat an
// original into the first of them.
func (s *site) wait(ctx context.Context, found []store.Shelved, v *inboxView) error {
	first := map[string]int{} // of a document's origin on the page
	hidden, err := s.toCode(ctx)
	if err != nil {
		return err
	}
	for _, d := range found {
		if hidden[d.Document.ID] {
			continue
		}
		one := waiting{Shelved: d}
		origin, err := s.read(ctx, d.Document.ID, &one)
		if err != nil {
			return err
		}
		if k, ok := first[origin]; ok && origin != "" {
			v.Waiting[k].Repeats = append(v.Waiting[k].Repeats, repeat{d.Document.ID, d.Document.Title})
			continue
		}
		first[origin] = len(v.Waiting)
		v.Waiting = append(v.Waiting, one)
	}
	return s.propose(ctx, v)
}

// propose sets beside each document that stands alone which other incidents it may
// be of.
func (s *site) propose(ctx context.Context, v *inboxView) error {
	var alone []cairn.Incident
	for _, w := range v.Waiting {
		alone = append(alone, w.alone...)
	}
	pairs, err := s.proposals.Among(ctx, alone)
	if err != nil {
		return err
	}
	for k, w := range v.Waiting {
		for n, i := range w.Incidents {
			if !slices.ContainsFunc(w.alone, func(a cairn.Incident) bool { return a.Code == i.Code }) {
				continue
			}
			found := likelyTo(pairs, i.Code)
			v.Waiting[k].Incidents[n].Likely = found
			for _, l := range found {
				if !slices.ContainsFunc(v.Codes, func(c choice) bool { return c.Value == l.Code }) {
					v.Codes = append(v.Codes, choice{Value: l.Code})
				}
			}
		}
	}
	return nil
}

// read reads what was read in a document and where it was put, and returns the
// first document of its origin.
func (s *site) read(ctx context.Context, document string, one *waiting) (origin string, err error) {
	reading, err := s.view.CurrentReading(ctx, s.settings.Project, document)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return "", err
	}
	for _, c := range reading.Claims {
		one.Claims = append(one.Claims, readClaim{c.Harm, c.Victims.Class, c.Range, c.Figure.Words})
	}
	in, err := s.view.IncidentsOf(ctx, s.settings.Project, document)
	if err != nil {
		return "", err
	}
	for _, i := range in {
		p := placed{Code: i.Code, Place: placeOf(i.Where), When: period(i.When)}
		a, err := s.view.Assessment(ctx, s.settings.Project, i.Code)
		if err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return "", err
		}
		p.Figures = figuresOf(a)
		for _, line := range i.Reasons {
			if why, ok := strings.CutPrefix(line, document+": "); ok {
				p.Reasons = append(p.Reasons, why)
			}
		}
		for _, group := range a.Origins {
			if len(group) > 1 && slices.Contains(group, document) {
				origin = slices.Min(group)
			}
		}
		if !slices.ContainsFunc(i.Claims, func(c cairn.ClaimRef) bool { return c.Document != document }) {
			one.alone = append(one.alone, i)
		}
		one.Incidents = append(one.Incidents, p)
	}
	return origin, nil
}

// answers is what can be done with what waits.
var answers = map[string]struct {
	did  string
	take func(*recorder.Recorder, *http.Request, string) (cairn.Judgement, error)
}{
	"accept": {"accepted", func(as *recorder.Recorder, r *http.Request, id string) (cairn.Judgement, error) {
		return as.AcceptReport(r.Context(), id, given(r.PostForm, "why"))
	}},
	"reject": {"rejected", func(as *recorder.Recorder, r *http.Request, id string) (cairn.Judgement, error) {
		return as.RejectReport(r.Context(), id, given(r.PostForm, "why"))
	}},
	"new": {"made an incident of its own", func(as *recorder.Recorder, r *http.Request, id string) (cairn.Judgement, error) {
		return as.NewFromReport(r.Context(), id, given(r.PostForm, "why"))
	}},
	"attach": {"attached", func(as *recorder.Recorder, r *http.Request, id string) (cairn.Judgement, error) {
		to := given(r.PostForm, "to-"+id)
		if to == "" {
			return cairn.Judgement{}, at("to-"+id, "Name the incident that "+id+" belongs to.")
		}
		return as.AttachReport(r.Context(), id, to, given(r.PostForm, "why"))
	}},
}

// answer does something with one document, or with every one that is ticked. do is
// "accept" for those ticked, and "accept ID" for one.
func (s *site) answer(_ http.ResponseWriter, r *http.Request) (string, error) {
	do, id, one := strings.Cut(r.PostForm.Get("do"), " ")
	how, ok := answers[do]
	if !ok {
		return "", at("do", "Choose what to do with it.")
	}
	ids := r.PostForm["document"]
	if one {
		ids = []string{id}
	}
	if len(ids) == 0 {
		return "", at("document", "Tick what this is for.")
	}
	var last cairn.Judgement
	var failed wrong
	for _, id := range ids {
		j, err := how.take(s.as(r), r, id)
		if err == nil {
			last = j
			continue
		}
		faults, ours := faultsOf(err)
		if errors.Is(err, cairn.ErrNotFound) && !ours {
			faults, ours = []cairn.Invalid{{Reason: "There is no such document."}}, true
		}
		if !ours || len(ids) == 1 {
			return "", err
		}
		for _, f := range faults { // the others go on
			failed = append(failed, cairn.Invalid{Field: "document", Reason: id + ": " + f.Reason})
		}
	}
	if len(failed) > 0 {
		return "", failed
	}
	did := ids[0] + " " + how.did
	if len(ids) > 1 {
		did = strconv.Itoa(len(ids)) + " documents " + how.did
	}
	query := url.Values{"undo": {last.ID}, "did": {did}}
	for _, name := range []string{"source", "language", "after"} {
		if value := r.PostForm.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	return "/inbox?" + query.Encode(), nil
}

// undo takes a judgement back.
func (s *site) undo(_ http.ResponseWriter, r *http.Request) (string, error) {
	_, err := s.as(r).Undo(r.Context(), given(r.PostForm, "judgement"), given(r.PostForm, "why"))
	return within(r.PostForm.Get("to")), err
}

// attach takes a document to an incident, from its own page.
func (s *site) attach(_ http.ResponseWriter, r *http.Request) (string, error) {
	id, to := r.PathValue("id"), given(r.PostForm, "to")
	if to == "" {
		return "", at("to", "Name the incident that it belongs to.")
	}
	_, err := s.as(r).AttachReport(r.Context(), id, to, given(r.PostForm, "why"))
	return address("code", id), err
}

// submit accepts a document as it now stands, and puts its incidents before a
// reviewer.
func (s *site) submit(_ http.ResponseWriter, r *http.Request) (string, error) {
	id := r.PathValue("id")
	if _, err := s.view.AnsweredOf(r.Context(), s.settings.Project, id); errors.Is(err, cairn.ErrNotFound) {
		if _, err := s.as(r).AcceptReport(r.Context(), id, ""); err != nil {
			return "", err
		}
	} else if err != nil {
		return "", err
	}
	in, err := s.view.IncidentsOf(r.Context(), s.settings.Project, id)
	for _, i := range in {
		if err == nil {
			err = s.as(r).Submit(r.Context(), i.Code)
		}
	}
	return "/inbox", err
}
