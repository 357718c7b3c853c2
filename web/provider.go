package web

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store"
)

// The kinds of slips of sign-in by a provider.
const (
	questionSlip store.SlipKind = "question" // that a browser was sent with
	subjectSlip  store.SlipKind = "subject"  // by which a provider knows an account
)

// providerCookie holds which question a browser was sent with, so that its answer
// comes back by the same browser.
const providerCookie = "cairn-question"

// providerTime is how long a browser may stay with the provider, answerTime how long
// the provider itself may take.
const (
	providerTime = 10 * time.Minute
	answerWithin = 15 * time.Second
)

// askProvider sends a browser to the provider: to sign in, or, from its account, to
// be known to the provider from then on.
func (s *site) askProvider(w http.ResponseWriter, r *http.Request) {
	to := within(r.URL.Query().Get("to"))
	link := ""
	if r.URL.Query().Get("link") != "" {
		link, to = visitorOf(r).Name, "/account"
		if link == "" {
			s.fail(w, r, errNobody)
			return
		}
	}
	ctx, stop := context.WithTimeout(r.Context(), answerWithin)
	defer stop()
	at, q, err := s.settings.Provider.Ask(ctx, to)
	if err == nil {
		err = s.settings.Desk.KeepSlip(ctx, store.Slip{Kind: questionSlip, Key: desk.HashOf(q.State), Owner: link, Project: s.settings.Project, Ends: s.settings.Now().Add(providerTime), Body: q.Text()})
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	c := s.cookie(q.State, int(providerTime.Seconds()))
	c.Name, c.Path = providerCookie, "/sign-in"
	http.SetCookie(w, c)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, at, http.StatusSeeOther)
}

// answerProvider takes in a browser that comes back from the provider.
func (s *site) answerProvider(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	to, err := s.cameBack(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (s *site) cameBack(w http.ResponseWriter, r *http.Request) (string, error) {
	state := r.URL.Query().Get("state")
	sent := r.CookiesNamed(providerCookie)
	if len(sent) == 0 || subtle.ConstantTimeCompare([]byte(sent[0].Value), []byte(state)) != 1 {
		return "", cairn.Invalid{Field: "provider", Reason: "This browser asked nothing of the kind. Sign in again."}
	}
	slip, err := s.view.Slip(r.Context(), questionSlip, desk.HashOf(state))
	if err == nil {
		err = s.settings.Desk.DropSlip(r.Context(), questionSlip, slip.Key)
	}
	if errors.Is(err, cairn.ErrNotFound) || err == nil && s.over(slip) {
		return "", cairn.Invalid{Field: "provider", Reason: "This was asked too long ago. Sign in again."}
	}
	var q desk.Question
	if err == nil {
		err = json.Unmarshal([]byte(slip.Body), &q)
	}
	if err != nil {
		return "", err
	}
	ctx, stop := context.WithTimeout(r.Context(), answerWithin)
	defer stop()
	subject, err := s.settings.Provider.Answer(ctx, q, r.URL.Query().Get("code"))
	if err != nil {
		return "", err
	}
	key := desk.HashOf(s.settings.Provider.Issuer + "\n" + subject)
	if slip.Owner != "" {
		return "/account", s.linkSubject(r, slip.Owner, key)
	}
	known, err := s.view.Slip(r.Context(), subjectSlip, key)
	if err != nil {
		if errors.Is(err, cairn.ErrNotFound) {
			err = cairn.Invalid{Field: "provider", Reason: s.settings.Provider.Name() + " knows you, but no account here is yours. Sign in another way, and link it on the page of your account."}
		}
		return "", err
	}
	a, err := s.view.Account(r.Context(), known.Owner)
	if err != nil || a.Ended {
		return "", cairn.Invalid{Field: "provider", Reason: "This account has ended."}
	}
	return within(q.To), s.signIn(w, r, a.Name, "provider")
}

// linkSubject has the provider know an account. It must be the one that asked for it.
func (s *site) linkSubject(r *http.Request, account, key string) error {
	if visitorOf(r).Name != account {
		return cairn.Invalid{Field: "provider", Reason: "Another account asked for this. Sign in again."}
	}
	known, err := s.view.Slip(r.Context(), subjectSlip, key)
	if err == nil && known.Owner != account {
		return cairn.Invalid{Field: "provider", Reason: "Another account here is linked to it."}
	}
	if err := unlessNotFound(err); err != nil {
		return err
	}
	return s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: subjectSlip, Key: key, Owner: account, Body: "{}"})
}

// dropProvider has the provider know the account no more.
func (s *site) dropProvider(_ http.ResponseWriter, r *http.Request) (string, error) {
	linked, err := s.view.Slips(r.Context(), subjectSlip, visitorOf(r).Name)
	for _, slip := range linked {
		if err == nil {
			err = unlessNotFound(s.settings.Desk.DropSlip(r.Context(), subjectSlip, slip.Key))
		}
	}
	return "/account", err
}

// providerName is the name of the provider; "" where there is none.
func (s *site) providerName() string {
	if s.settings.Provider == nil {
		return ""
	}
	return s.settings.Provider.Name()
}

// providerAsk is where a browser is sent to the provider on its way somewhere.
func providerAsk(to string) string {
	return (&url.URL{Path: "/sign-in/provider", RawQuery: url.Values{"to": {to}}.Encode()}).String()
}
