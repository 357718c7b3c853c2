package web

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store"
)

// signInView is where somebody signs in.
type signInView struct {
	Form  form   `json:"-"`
	To    string `json:"-"`
	Named string `json:"-"` // the address where passkeys work, where they do not here
	Keys  bool   `json:"-"` // passkeys work here

	Provider, ProviderAt string // its name, and where it is asked; "" where there is none
}

func (signInView) title() string { return "Sign in" }

func (s *site) signInPage(r *http.Request) (view, error) {
	to := within(r.FormValue("to"))
	v := signInView{To: to}
	_, err := s.door(r)
	v.Keys, v.Named = err == nil, s.named(r)
	if v.Provider = s.providerName(); v.Provider != "" {
		v.ProviderAt = providerAsk(to)
	}
	v.Form = s.filled(r, form{Name: "sign-in", Action: "/sign-in", Submit: "Sign in", Fields: []field{
		{Name: "to", Kind: unseen, Value: to},
		{Name: "name", Label: "Name", Kind: oneLine, Auto: "username webauthn"},
		{Name: "password", Label: "Password", Kind: secret, Auto: "current-password"},
		{Name: "code", Label: "Code", Kind: oneLine, Hint: "Six digits of your authenticator; leave empty if you have none.", Auto: "one-time-code"},
	}})
	return v, nil
}

// within returns an address where it is of these pages; "/" else.
func within(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, `\`) {
		return "/"
	}
	return to
}

// A doorman slows down who guesses passwords.
type doorman struct {
	mu     sync.Mutex
	failed map[string][]time.Time
	trying chan struct{} // a password costs memory to try
}

// mostFailed is how often a password may be wrong within slowFor.
const (
	mostFailed = 6
	slowFor    = 15 * time.Minute
	atOnce     = 2
)

// tired reports whether an account was guessed at too often.
func (d *doorman) tired(name string, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	recent := 0
	for _, t := range d.failed[name] {
		if now.Sub(t) < slowFor {
			recent++
		}
	}
	return recent >= mostFailed
}

func (d *doorman) note(name string, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.failed) > 10_000 {
		d.failed = map[string][]time.Time{}
	}
	last := append(d.failed[name], now)
	d.failed[name] = last[max(0, len(last)-mostFailed):]
}

func (d *doorman) forget(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.failed, name)
}

// enter signs in by password and code.
func (s *site) enter(w http.ResponseWriter, r *http.Request) (string, error) {
	name, now := strings.TrimSpace(r.PostForm.Get("name")), s.settings.Now()
	if s.doorman.tired(name, now) {
		return "", at("password", "This was tried too often. Wait a quarter of an hour, or sign in with a passkey.")
	}
	proofs, held, err := s.proofs(r, name)
	if err != nil {
		return "", err
	}
	s.doorman.trying <- struct{}{}
	ok := desk.CheckPassword(proofs.Password, r.PostForm.Get("password"))
	<-s.doorman.trying
	by := "password"
	if ok && proofs.Codes != "" {
		ok, by = proofs.CheckCode(strings.ReplaceAll(r.PostForm.Get("code"), " ", ""), now), "code"
		if ok {
			err = s.keepProofs(r, proofs, held)
		}
	}
	a, missing := s.view.Account(r.Context(), name)
	switch {
	case err != nil && !errors.Is(err, cairn.ErrConflict):
		return "", err
	case err != nil, !ok, missing != nil, a.Ended:
		s.doorman.note(name, now)
		return "", at("password", "Name, password and code do not belong together.")
	}
	s.doorman.forget(name)
	return within(r.PostForm.Get("to")), s.signIn(w, r, name, by)
}

// leave signs out.
func (s *site) leave(w http.ResponseWriter, r *http.Request) (string, error) {
	http.SetCookie(w, s.cookie("", -1))
	err := s.settings.Desk.DropSlip(r.Context(), sessionSlip, visitorOf(r).key)
	if errors.Is(err, cairn.ErrNotFound) {
		err = nil
	}
	return "/sign-in", err
}

// proofs returns what an account can prove with, and the text that is kept.
func (s *site) proofs(r *http.Request, account string) (desk.Proofs, string, error) {
	slip, err := s.view.Slip(r.Context(), proofsSlip, account)
	if errors.Is(err, cairn.ErrNotFound) {
		return desk.Proofs{Name: account}, "", nil
	}
	if err != nil {
		return desk.Proofs{}, "", err
	}
	p, err := desk.Read(slip.Body)
	return p, slip.Body, err
}

// keepProofs keeps what an account can prove with; cairn.ErrConflict where it has
// changed since it was read as held.
func (s *site) keepProofs(r *http.Request, p desk.Proofs, held string) error {
	if held == "" {
		return s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: proofsSlip, Key: p.Name, Owner: p.Name, Body: p.Text()})
	}
	return s.settings.Desk.ReplaceSlip(r.Context(), proofsSlip, p.Name, held, p.Text())
}

// door returns where passkeys are shown: the origin that was set, or where the
// browser asks.
func (s *site) door(r *http.Request) (desk.Door, error) {
	origin := cmp.Or(s.settings.Origin, "http://"+r.Host)
	u, err := url.Parse(origin)
	if err != nil {
		return desk.Door{}, cairn.Invalid{Field: "passkey", Reason: err.Error()}
	}
	return desk.NewDoor(u.Hostname(), origin, s.settings.Project)
}

// named returns the same page under the name of this machine, where passkeys work;
// "" where they do here.
func (s *site) named(r *http.Request) string {
	if _, err := s.door(r); err == nil || !s.settings.Local {
		return ""
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(r.Host, "[::1]"), ":")
	return "http://localhost:" + port + r.URL.RequestURI()
}

// A challenged browser is told what to sign, and under which key the server holds
// it to that.
type challenged struct {
	Key string `json:"key"`
	Ask any    `json:"ask"`
}

const challengeTime = 5 * time.Minute

// challenge keeps what an answer will be held to, and tells the browser.
func (s *site) challenge(w http.ResponseWriter, r *http.Request, c desk.Challenge, account string) error {
	key := desk.NewSecret()
	err := s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: challengeSlip, Key: desk.HashOf(key), Owner: account, Ends: s.settings.Now().Add(challengeTime), Body: c.Held})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(challenged{key, c.Asked})
}

// held takes what an answer is held to; each answer is held to its own, once.
func (s *site) held(r *http.Request, account string) (string, error) {
	key := desk.HashOf(r.URL.Query().Get("key"))
	slip, err := s.view.Slip(r.Context(), challengeSlip, key)
	if err == nil {
		err = s.settings.Desk.DropSlip(r.Context(), challengeSlip, key)
	}
	if errors.Is(err, cairn.ErrNotFound) || err == nil && (s.over(slip) || slip.Owner != account) {
		return "", at("passkey", "This was asked too long ago. Try again.")
	}
	return slip.Body, err
}

// askPasskey asks a browser to sign in with a passkey.
func (s *site) askPasskey(w http.ResponseWriter, r *http.Request) (string, error) {
	door, err := s.door(r)
	if err != nil {
		return "", err
	}
	c, err := door.Ask()
	if err != nil {
		return "", err
	}
	return "", s.challenge(w, r, c, "")
}

// enterByPasskey signs in with what a passkey has signed.
func (s *site) enterByPasskey(w http.ResponseWriter, r *http.Request) (string, error) {
	door, err := s.door(r)
	if err != nil {
		return "", err
	}
	held, err := s.held(r, "")
	if err != nil {
		return "", err
	}
	kept := ""
	proved, err := door.Proved(held, r, func(handle []byte) (p desk.Proofs, err error) {
		slip, err := s.view.Slip(r.Context(), handleSlip, base64.RawURLEncoding.EncodeToString(handle))
		if err == nil {
			p, kept, err = s.proofs(r, slip.Owner)
		}
		return p, err
	})
	if err != nil {
		return "", err
	}
	a, err := s.view.Account(r.Context(), proved.Name)
	if err != nil || a.Ended {
		return "", at("passkey", "This account has ended.")
	}
	if err := s.keepProofs(r, proved, kept); err != nil {
		return "", err
	}
	if err := s.signIn(w, r, a.Name, "passkey"); err != nil {
		return "", err
	}
	w.Header().Set("Content-Type", "application/json")
	return "", json.NewEncoder(w).Encode(struct {
		To string `json:"to"`
	}{within(r.URL.Query().Get("to"))})
}
