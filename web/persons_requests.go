package web

import (
	"cmp"
	"net/http"

	"github.com/cairn-recorder/cairn"
)

// requestsView is what readers ask about persons, what waits first.
type requestsView struct {
	Requests []requestView `json:"requests"`
}

// requestView is one request, with the letter that it came in.
type requestView struct {
	cairn.Request
	Person  string `json:"person,omitempty"` // whom it is about
	Name    string `json:"name,omitempty"`
	Text    string `json:"text"`
	Contact string `json:"-"` // how the reader is reached, for reviewers
	Check   form   `json:"-"`
	Decide  form   `json:"-"`
}

func (requestsView) title() string { return "Requests" }

func (s *site) requestsPage(r *http.Request) (view, error) {
	people, _, err := s.crowd(r.Context())
	if err != nil {
		return nil, err
	}
	all, err := s.settings.Desk.Requests(r.Context())
	if err != nil {
		return nil, err
	}
	v := requestsView{Requests: []requestView{}}
	for _, q := range all {
		one := requestView{Request: q}
		if person, err := s.settings.Desk.PersonOf(r.Context(), people, q.Key); err == nil {
			one.Person, one.Name = person.ID, person.Name()
		}
		letter, err := s.settings.Desk.Letter(r.Context(), q)
		if err != nil {
			one.Text = "The letter cannot be read: " + err.Error()
		} else {
			one.Text = letter.Text
		}
		if visitorOf(r).Role.AtLeast(cairn.Reviewer) {
			one.Contact = letter.Contact
		}
		if q.Decision == "" {
			s.requestForms(r, &one)
		}
		v.Requests = append(v.Requests, one)
	}
	return v, nil
}

// requestForms are the check of who asks, and the decision.
func (s *site) requestForms(r *http.Request, v *requestView) {
	outcomes := choicesOf([]cairn.CheckOutcome{cairn.Proved, cairn.NotProved, cairn.NotNeeded}, checkOutcome)
	v.Check = s.filled(r, form{Name: "check-" + v.ID, Action: address("persons", "requests", v.ID, "check"), Submit: "Keep the check", Fields: []field{
		{Name: "outcome", Label: "Who asks is", Kind: oneOfThese, Options: outcomes}, {Name: "how", Label: "How it was found out", Kind: oneLine}}})
	if !visitorOf(r).Role.AtLeast(cairn.Reviewer) {
		return
	}
	fields := []field{{Name: "decision", Label: "Decision", Kind: oneOfThese, Options: choicesOf([]cairn.RequestDecision{cairn.Granted, cairn.Refused}, requestDecision)}}
	if v.Person == "" {
		fields = append(fields, field{Name: "person", Label: "Whom it is about", Kind: oneLine, Hint: "As p12, or list/key."})
	}
	fields = append(fields, field{Name: "why", Label: "Why", Kind: oneLine}, field{Name: "answer", Label: "What is written back", Kind: longText})
	v.Decide = s.filled(r, form{Name: "decide-" + v.ID, Action: address("persons", "requests", v.ID, "decide"), Submit: "Decide", Fields: fields})
}

func checkOutcome(o cairn.CheckOutcome) string {
	return worded(map[cairn.CheckOutcome]string{cairn.Proved: "proved to be who they say", cairn.NotProved: "not proved to be", cairn.NotNeeded: "no matter for this"}, o)
}

func requestDecision(d cairn.RequestDecision) string {
	return worded(map[cairn.RequestDecision]string{"": "waits", cairn.Granted: "grant", cairn.Refused: "refuse"}, d)
}

// letterKind says what a reader asks for.
func letterKind(k cairn.LetterKind) string {
	return worded(map[cairn.LetterKind]string{cairn.SomethingWrong: "Something is wrong", cairn.SomethingMore: "There is more", cairn.TakeDown: "Take it down", cairn.IsAlive: "The person is alive"}, k)
}

// relationship says what a reader says to be to the person.
func relationship(of string) string {
	return worded(map[string]string{"self": "the person", "family": "family", "other": "somebody else", "": "somebody"}, of)
}

// checkRequest keeps how it was found out who asks.
func (s *site) checkRequest(_ http.ResponseWriter, r *http.Request) (string, error) {
	_, err := s.as(r).CheckRequest(r.Context(), r.PathValue("id"), cairn.CheckOutcome(r.PostForm.Get("outcome")), given(r.PostForm, "how"))
	return "/persons/requests", err
}

// decideRequest grants or refuses a request.
func (s *site) decideRequest(_ http.ResponseWriter, r *http.Request) (string, error) {
	id, form, as := r.PathValue("id"), r.PostForm, s.as(r)
	why, answer := given(form, "why"), given(form, "answer")
	var err error
	switch cairn.RequestDecision(form.Get("decision")) {
	case cairn.Granted:
		_, err = as.GrantRequest(r.Context(), id, given(form, "person"), why, answer)
	case cairn.Refused:
		_, err = as.RefuseRequest(r.Context(), id, why, answer)
	default:
		return "", at("decision", "Choose one.")
	}
	if faults, ours := faultsOf(err); err != nil && ours && faults[0].Field == id {
		return "", at("decision", cmp.Or(faults[0].Reason, err.Error()))
	}
	return "/persons/requests", err
}
