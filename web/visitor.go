package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// The kinds of slips that the desk keeps.
const (
	sessionSlip   store.SlipKind = "session"
	linkSlip      store.SlipKind = "link"      // that lets somebody in once
	proofsSlip    store.SlipKind = "proofs"    // of who somebody is
	handleSlip    store.SlipKind = "handle"    // by which a passkey names its account
	challengeSlip store.SlipKind = "challenge" // that a passkey is held to
	tokenSlip     store.SlipKind = "token"
	draftSlip     store.SlipKind = "draft"
)

// A visitor is whoever asks for a page. The zero visitor is nobody.
type visitor struct {
	Name  string // of the account
	Role  cairn.DeskRole
	Token bool
	by    string // how the session was proved
	key   string // of the session

	language string // that the account asks for; empty for that of the browser
}

// Works reports whether the visitor may change what is recorded.
func (v visitor) Works() bool { return v.Role.AtLeast(cairn.Researcher) }

// Rules reports whether the visitor gives others their roles.
func (v visitor) Rules() bool { return v.Role.AtLeast(cairn.Administrator) }

// visitorOf returns who asks.
func visitorOf(r *http.Request) visitor {
	v, _ := r.Context().Value(visitorKey).(visitor)
	return v
}

// desk returns the record as its project now is.
func (s *site) desk(ctx context.Context) *recorder.Recorder {
	now, err := s.current.Recorder(ctx)
	if err != nil {
		return s.settings.Desk // what goes wrong will say so itself
	}
	return now
}

// as returns the record to be written to by whoever asks.
func (s *site) as(r *http.Request) *recorder.Recorder {
	return s.desk(r.Context()).As(visitorOf(r).Name)
}

const cookieName = "cairn-session"

// whoAsks finds out who asks, by the session of the browser or the token of the
// program.
func (s *site) whoAsks(r *http.Request) (visitor, error) {
	if given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		v, err := s.program(r.Context(), given)
		return v, unlessNotFound(err)
	}
	cookies := r.CookiesNamed(cookieName)
	if len(cookies) == 0 {
		return visitor{}, nil
	}
	v, err := s.person(r.Context(), desk.HashOf(cookies[0].Value))
	return v, unlessNotFound(err)
}

// unlessNotFound returns err, but for that something is not there.
func unlessNotFound(err error) error {
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	return err
}

// program returns who a token stands for; nobody where it is none.
func (s *site) program(ctx context.Context, given string) (visitor, error) {
	slip, err := s.view.Slip(ctx, tokenSlip, desk.HashOf(given))
	if err == nil && (s.over(slip) || slip.Project != s.settings.Project) {
		err = cairn.ErrNotFound
	}
	if err != nil {
		return visitor{}, err
	}
	var token desk.Token
	if err := json.Unmarshal([]byte(slip.Body), &token); err != nil {
		return visitor{}, err
	}
	a, err := s.view.Account(ctx, token.Account)
	if err != nil {
		return visitor{}, err
	}
	role := a.RoleIn(s.settings.Project)
	if lesser := cairn.DeskRole(token.Role); role.AtLeast(lesser) {
		role = lesser
	}
	return visitor{Name: a.Name, Role: role, Token: true, by: "token"}, nil
}

// over reports whether a slip has ended.
func (s *site) over(slip store.Slip) bool {
	return !slip.Ends.IsZero() && slip.Ends.Before(s.settings.Now())
}

// seenAfter is how long a session goes on before it is noted that it does.
const seenAfter = 5 * time.Minute

// person returns who a session is of, and notes that it is used.
func (s *site) person(ctx context.Context, key string) (visitor, error) {
	slip, err := s.view.Slip(ctx, sessionSlip, key)
	if err != nil {
		return visitor{}, err
	}
	var session desk.Session
	if err := json.Unmarshal([]byte(slip.Body), &session); err != nil || s.over(slip) {
		return visitor{}, errors.Join(err, cairn.ErrNotFound)
	}
	a, err := s.view.Account(ctx, session.Account)
	if err != nil || a.Ended {
		return visitor{}, errors.Join(err, cairn.ErrNotFound)
	}
	if now := s.settings.Now(); now.Sub(session.Seen) > seenAfter {
		session.Seen = now
		if err := s.keepSession(ctx, key, session); err != nil {
			return visitor{}, err
		}
	}
	return visitor{Name: a.Name, Role: a.RoleIn(s.settings.Project), by: session.By, key: key, language: a.Language}, nil
}

func (s *site) keepSession(ctx context.Context, key string, session desk.Session) error {
	text, err := json.Marshal(session)
	if err != nil {
		return err
	}
	return s.settings.Desk.KeepSlip(ctx, store.Slip{Kind: sessionSlip, Key: key, Owner: session.Account, Ends: session.Seen.Add(desk.Lifetime), Body: string(text)})
}

// signIn begins a session of an account, proved in some way, and tells the browser.
// A session that the browser had before ends.
func (s *site) signIn(w http.ResponseWriter, r *http.Request, account, by string) error {
	if before := visitorOf(r); before.key != "" {
		if err := s.settings.Desk.DropSlip(r.Context(), sessionSlip, before.key); err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return err
		}
	}
	now := s.settings.Now()
	if err := s.settings.Desk.SweepSlips(r.Context(), now); err != nil {
		return err
	}
	given := desk.NewSecret()
	browser := r.UserAgent()
	session := desk.Session{Account: account, Begun: now, Seen: now, Browser: browser[:min(len(browser), 200)], By: by}
	if err := s.keepSession(r.Context(), desk.HashOf(given), session); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(given, 0))
	return nil
}

func (s *site) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: age,
		Secure: strings.HasPrefix(s.settings.Origin, "https://")}
}
