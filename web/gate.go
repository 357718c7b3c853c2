package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/cairn-recorder/cairn"
)

// errNobody is for who has to sign in first, errStart for where nobody has an
// account yet, and errMayNot for who may not.
var (
	errNobody = errors.New("this wants somebody who is signed in")
	errStart  = errors.New("nobody has an account here yet")
	errMayNot = errors.New("this is not for your role")
)

// gate lets through whoever may do what least may.
func (s *site) gate(least cairn.DeskRole, next http.HandlerFunc) http.HandlerFunc {
	if s.settings.Desk == nil {
		return next
	}
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.whoAsks(r)
		if err == nil {
			v, err = s.admit(r.Context(), v, least)
		}
		r = r.WithContext(context.WithValue(r.Context(), visitorKey, v))
		switch {
		case err == nil:
			next(w, r)
		case errors.Is(err, errNobody) && r.Method == http.MethodGet && !twin(r) && r.Header.Get("Authorization") == "":
			to := "/sign-in"
			if r.URL.Path != "/" {
				to += "?" + url.Values{"to": {r.URL.RequestURI()}}.Encode()
			}
			http.Redirect(w, r, to, http.StatusSeeOther)
		case errors.Is(err, errWeak) && r.Method == http.MethodGet:
			http.Redirect(w, r, "/account", http.StatusSeeOther)
		default:
			s.fail(w, r, err)
		}
	}
}

// errWeak is for who has proved less than this wants.
var errWeak = errors.New("add an authenticator or a passkey to your account first")

// admit returns the visitor as one who may do what least may, or why not. Where
// nobody has an account yet and the pages are for this machine alone, everybody
// may read.
func (s *site) admit(ctx context.Context, v visitor, least cairn.DeskRole) (visitor, error) {
	if least == cairn.NoRole {
		return v, nil
	}
	if v.Name == "" {
		begun, err := s.begun(ctx)
		switch {
		case err != nil:
			return v, err
		case begun:
			return v, errNobody
		case s.settings.Local && cairn.Viewer.AtLeast(least):
			return visitor{Role: cairn.Viewer}, nil
		}
		return v, errStart
	}
	if v.by == "password" && !s.settings.Local && least != anyAccount {
		return v, errWeak
	}
	if least != anyAccount && !v.Role.AtLeast(least) {
		return v, errMayNot
	}
	return v, nil
}

// anyAccount is what is for everybody who is signed in, in whatever role.
const anyAccount cairn.DeskRole = "any"

// begun reports whether anybody has an account.
func (s *site) begun(ctx context.Context) (bool, error) {
	all, err := s.view.Accounts(ctx)
	return len(all) > 0, err
}

// take answers a form: with the page that it leads to, or with its own page again
// and what was wrong.
func (s *site) take(a action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, mostSent)
		if err := parse(r); err != nil {
			s.fail(w, r, cairn.Invalid{Field: "form", Reason: err.Error()})
			return
		}
		to, err := a.do(s, w, r)
		if err == nil {
			if err = s.dropDraft(r, a.page); err == nil {
				if to != "" {
					http.Redirect(w, r, to, http.StatusSeeOther)
				}
				return
			}
		}
		faults, ours := faultsOf(err)
		if !ours {
			s.fail(w, r, err)
			return
		}
		s.showAgain(w, again(r, faults), a.page, err)
	}
}

// mostSent bounds what a form may hold, its files too.
const mostSent = 64 << 20

func parse(r *http.Request) error {
	if err := r.ParseMultipartForm(4 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	return nil
}

// showAgain answers with the page of a form that could not be taken.
func (s *site) showAgain(w http.ResponseWriter, r *http.Request, page string, why error) {
	p, ok := routeOf(page)
	if !ok {
		if faults, ours := faultsOf(why); ours && faults[0].Field != "" {
			why = faults[0]
		}
		s.fail(w, r, why)
		return
	}
	v, err := p.read(s, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	status := http.StatusUnprocessableEntity
	if errors.Is(why, cairn.ErrConflict) {
		status = http.StatusConflict
	}
	s.write(w, r, status, p.template, frame{Here: partOf(p.path), Title: v.title(), View: v})
}

func routeOf(path string) (route, bool) {
	for _, p := range append(routes, deskRoutes...) {
		if p.path == path {
			return p, true
		}
	}
	return route{}, false
}
