package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/cairn-recorder/cairn"
)

// faults maps the categories of failure to what a reader is told.
var faults = []struct {
	err     error
	status  int
	heading string
	words   string
}{
	{cairn.ErrNotFound, http.StatusNotFound, "Nothing is recorded here", "No document, incident or page has this address. A code or identifier may be mistyped, or may belong to another project."},
	{errNobody, http.StatusUnauthorized, "Sign in first", "This is for those who work on the record."},
	{errStart, http.StatusUnauthorized, "Begin with the link on the terminal", "Nobody has an account here yet. cairn serve printed a link, by which the administrator makes the first."},
	{errWeak, http.StatusForbidden, "A password alone is not enough here", "Add a passkey or an authenticator to your account."},
	{errMayNot, http.StatusForbidden, "This is not for your role", "An administrator of the project can give you another."},
	{errNoLink, http.StatusGone, "This link is of no use any more", "It was used, or has ended. Ask for another; the one of the first start is printed anew each time that cairn serve starts."},
	{cairn.ErrReadOnly, http.StatusServiceUnavailable, "The record cannot be written now", "It was opened for reading alone, or its place takes no writes."},
	{cairn.ErrBusy, http.StatusServiceUnavailable, "The record is busy", "Another process holds the record. Try again in a moment."},
	{cairn.ErrDamaged, http.StatusInternalServerError, "What was kept is damaged", "It no longer is what was recorded. Run cairn verify to see what else is."},
}

// moved is the answer to a name that another has taken over.
type moved struct{ to string }

// Error says where the page now is.
func (m moved) Error() string { return "now at " + m.to }

// faultView is the page of an error.
type faultView struct {
	Status  int    `json:"status"`
	Heading string `json:"error"`
	Words   string `json:"words,omitempty"`
	Detail  string `json:"detail,omitempty"`
}

func (f faultView) title() string { return f.Heading }

// faultOf returns the page of err.
func faultOf(err error) faultView {
	if invalid := (cairn.Invalid{}); errors.As(err, &invalid) {
		return faultView{Status: http.StatusBadRequest, Heading: "This address asks for something that cannot be", Detail: invalid.Error()}
	}
	for _, f := range faults {
		if errors.Is(err, f.err) {
			return faultView{f.status, f.heading, f.words, err.Error()}
		}
	}
	return faultView{http.StatusInternalServerError, "This page could not be made", "Nothing that was recorded is changed by that.", err.Error()}
}

// fail answers with the page of err.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody waits for the answer
	}
	w.Header().Set("Cache-Control", "no-store")
	if m := (moved{}); errors.As(err, &m) {
		http.Redirect(w, r, m.to, http.StatusFound)
		return
	}
	f := faultOf(err)
	page, kind, err := s.render(r, "fault", frame{Title: f.Heading, View: f})
	if err != nil {
		http.Error(w, f.Heading, f.Status)
		return
	}
	send(w, f.Status, kind, page)
}

// nowhere answers for every address that has no page.
func (s *site) nowhere(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "the pages are for reading", http.StatusMethodNotAllowed)
		return
	}
	s.fail(w, r, cairn.ErrNotFound)
}
