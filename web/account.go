package web

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store"
)

// accountView is a person's own account.
type accountView struct {
	Account  cairn.Account  `json:"account"`
	Role     cairn.DeskRole `json:"role"`
	Weak     bool           `json:"-"`
	Keys     bool           `json:"-"` // passkeys work here
	Named    string         `json:"-"`
	Passkeys []passkey      `json:"-"`
	Codes    bool           `json:"-"` // an authenticator is set up
	Secret   string         `json:"-"` // of one that is being set up
	Address  string         `json:"-"`
	Sessions []openSession  `json:"-"`
	Tokens   []heldToken    `json:"-"`
	Given    string         `json:"-"` // a token that was just made, shown once
	Password form           `json:"-"`
	Language form           `json:"-"`
	Provider string         `json:"-"` // its name, where there is one
	Linked   bool           `json:"-"` // the provider knows the account
	Code     form           `json:"-"`
	Token    form           `json:"-"`
}

type passkey struct {
	ID   string
	Used uint32
}

type openSession struct {
	desk.Session
	Key  string
	This bool
}

type heldToken struct {
	desk.Token
	Key  string
	Ends time.Time
}

func (accountView) title() string { return "Your account" }

func (s *site) accountPage(r *http.Request) (view, error) {
	who := visitorOf(r)
	a, err := s.view.Account(r.Context(), who.Name)
	if err != nil {
		return nil, err
	}
	p, _, err := s.proofs(r, who.Name)
	if err != nil {
		return nil, err
	}
	v := accountView{Account: a, Role: who.Role, Weak: who.by == "password" && !s.settings.Local, Codes: p.Codes != ""}
	_, noDoor := s.door(r)
	v.Keys, v.Named = noDoor == nil, s.named(r)
	if v.Provider = s.providerName(); v.Provider != "" {
		linked, err := s.view.Slips(r.Context(), subjectSlip, who.Name)
		if err != nil {
			return nil, err
		}
		v.Linked = len(linked) > 0
	}
	for _, k := range p.Passkeys {
		v.Passkeys = append(v.Passkeys, passkey{base64.RawURLEncoding.EncodeToString(k.ID), k.Authenticator.SignCount})
	}
	if err := s.sessionsAndTokens(r, &v); err != nil {
		return nil, err
	}
	return v, s.accountForms(r, &v)
}

func (s *site) sessionsAndTokens(r *http.Request, v *accountView) error {
	who := visitorOf(r)
	sessions, err := s.view.Slips(r.Context(), sessionSlip, who.Name)
	if err != nil {
		return err
	}
	for _, slip := range sessions {
		one := openSession{Key: slip.Key, This: slip.Key == who.key}
		if json.Unmarshal([]byte(slip.Body), &one.Session) == nil && !s.over(slip) {
			v.Sessions = append(v.Sessions, one)
		}
	}
	slices.SortFunc(v.Sessions, func(a, b openSession) int { return b.Seen.Compare(a.Seen) })
	tokens, err := s.view.Slips(r.Context(), tokenSlip, who.Name)
	for _, slip := range tokens {
		one := heldToken{Key: slip.Key, Ends: slip.Ends}
		if json.Unmarshal([]byte(slip.Body), &one.Token) == nil {
			v.Tokens = append(v.Tokens, one)
		}
	}
	return err
}

func (s *site) accountForms(r *http.Request, v *accountView) error {
	languages := []choice{{"", "as the browser asks", v.Account.Language == ""}, {"en", "English", v.Account.Language == "en"}}
	for _, tag := range sortedNames(s.tongues) {
		languages = append(languages, choice{tag, s.tongues[tag].Name, v.Account.Language == tag})
	}
	v.Language = s.filled(r, form{Name: "language", Action: "/account/language", Submit: "Show the desk in it", Fields: []field{{Name: "language", Label: "Language of the desk", Kind: oneOfThese, Options: languages}}})
	v.Password = s.filled(r, form{Name: "password", Action: "/account/password", Submit: "Change the password", Fields: []field{
		{Name: "former", Label: "Password until now", Kind: secret, Auto: "current-password", Hint: "Empty where you have none."},
		{Name: "password", Label: "New password", Kind: secret, Auto: "new-password", Hint: "At least 12 letters. Every other session ends."}}})
	if !v.Codes {
		secret := r.PostFormValue("secret")
		if secret == "" {
			var err error
			if secret, v.Address, err = desk.NewCodes(v.Account.Name, s.settings.Project); err != nil {
				return err
			}
		}
		v.Secret = secret
		v.Code = s.filled(r, form{Name: "code", Action: "/account/codes", Submit: "Set the authenticator up", Fields: []field{
			{Name: "secret", Kind: unseen, Value: secret},
			{Name: "code", Label: "Code that it shows now", Kind: oneLine, Auto: "one-time-code"}}})
	}
	roles := []choice{}
	for _, role := range cairn.Roles {
		if v.Role.AtLeast(role) {
			roles = append(roles, choice{string(role), deskRole(role), role == cairn.Viewer})
		}
	}
	v.Token = s.filled(r, form{Name: "token", Action: "/account/tokens", Submit: "Make a token", Fields: []field{
		{Name: "label", Label: "What it is for", Kind: oneLine},
		{Name: "role", Label: "It may do at most what is for", Kind: oneOfThese, Options: roles},
		{Name: "days", Label: "Days until it ends", Kind: oneLine, Value: "90"}}})
	return nil
}

// changeLanguage says in which language somebody reads the desk.
func (s *site) changeLanguage(_ http.ResponseWriter, r *http.Request) (string, error) {
	tag := r.PostForm.Get("language")
	if tag != "" && tag != "en" && s.tongues[tag] == nil {
		return "", at("language", "There are no words in this language.")
	}
	a, err := s.view.Account(r.Context(), visitorOf(r).Name)
	if err != nil {
		return "", err
	}
	a.Language = tag
	return "/account", s.as(r).PutAccount(r.Context(), a, "the language of the desk")
}

// changePassword sets another password, and ends every other session.
func (s *site) changePassword(_ http.ResponseWriter, r *http.Request) (string, error) {
	who := visitorOf(r)
	p, held, err := s.proofs(r, who.Name)
	if err != nil {
		return "", err
	}
	if p.Password != "" {
		s.doorman.trying <- struct{}{}
		ok := desk.CheckPassword(p.Password, r.PostForm.Get("former"))
		<-s.doorman.trying
		if !ok {
			return "", at("former", "This is not your password.")
		}
	}
	if p.Password, err = desk.HashPassword(r.PostForm.Get("password")); err != nil {
		return "", err
	}
	if err := s.keepProofs(r, p, held); err != nil {
		return "", err
	}
	return "/account", s.endSessions(r, who.Name, who.key)
}

// endSessions ends every session of an account but one.
func (s *site) endSessions(r *http.Request, account, but string) error {
	sessions, err := s.view.Slips(r.Context(), sessionSlip, account)
	for _, slip := range sessions {
		if slip.Key == but {
			continue
		}
		if gone := s.settings.Desk.DropSlip(r.Context(), sessionSlip, slip.Key); gone != nil && !errors.Is(gone, cairn.ErrNotFound) {
			err = gone
		}
	}
	return err
}

// setCodes sets an authenticator up that shows the right code, and takes it away
// where the form asks for that.
func (s *site) setCodes(_ http.ResponseWriter, r *http.Request) (string, error) {
	who := visitorOf(r)
	p, held, err := s.proofs(r, who.Name)
	if err != nil {
		return "", err
	}
	if r.PostForm.Get("remove") != "" {
		p.Codes, p.Used = "", 0
		return "/account", s.keepProofs(r, p, held)
	}
	p.Codes, p.Used = r.PostForm.Get("secret"), 0
	if !p.CheckCode(strings.ReplaceAll(r.PostForm.Get("code"), " ", ""), s.settings.Now()) {
		return "", at("code", "This is not the code that it shows now.")
	}
	if err := s.keepProofs(r, p, held); err != nil {
		return "", err
	}
	return "/account", s.prove(r, "code")
}

// prove notes that the session of a visitor has now been proved better.
func (s *site) prove(r *http.Request, by string) error {
	who := visitorOf(r)
	slip, err := s.view.Slip(r.Context(), sessionSlip, who.key)
	if err != nil {
		return err
	}
	var session desk.Session
	if err := json.Unmarshal([]byte(slip.Body), &session); err != nil {
		return err
	}
	session.By = by
	return s.keepSession(r.Context(), who.key, session)
}

// askNewPasskey asks the browser for a new passkey.
func (s *site) askNewPasskey(w http.ResponseWriter, r *http.Request) (string, error) {
	door, err := s.door(r)
	if err != nil {
		return "", err
	}
	who := visitorOf(r)
	p, held, err := s.proofs(r, who.Name)
	if err != nil {
		return "", err
	}
	c, err := door.Enrol(&p)
	if err != nil {
		return "", err
	}
	if err := s.keepProofs(r, p, held); err != nil {
		return "", err
	}
	handle := base64.RawURLEncoding.EncodeToString(p.Handle)
	if err := s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: handleSlip, Key: handle, Owner: who.Name, Body: "{}"}); err != nil {
		return "", err
	}
	return "", s.challenge(w, r, c, who.Name)
}

// takePasskey adds the passkey that the browser made.
func (s *site) takePasskey(w http.ResponseWriter, r *http.Request) (string, error) {
	door, err := s.door(r)
	if err != nil {
		return "", err
	}
	who := visitorOf(r)
	challenge, err := s.held(r, who.Name)
	if err != nil {
		return "", err
	}
	p, held, err := s.proofs(r, who.Name)
	if err == nil {
		err = door.Enrolled(&p, challenge, r)
	}
	if err == nil {
		err = s.keepProofs(r, p, held)
	}
	if err == nil {
		err = s.prove(r, "passkey")
	}
	if err != nil {
		return "", err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write([]byte(`{"to":"/account"}`))
	return "", err
}

// dropPasskey takes a passkey away.
func (s *site) dropPasskey(_ http.ResponseWriter, r *http.Request) (string, error) {
	p, held, err := s.proofs(r, visitorOf(r).Name)
	if err != nil {
		return "", err
	}
	rest := p.Passkeys[:0:0]
	for _, k := range p.Passkeys {
		if base64.RawURLEncoding.EncodeToString(k.ID) != r.PostForm.Get("passkey") {
			rest = append(rest, k)
		}
	}
	p.Passkeys = rest
	return "/account", s.keepProofs(r, p, held)
}

// endSession ends one session of the visitor.
func (s *site) endSession(_ http.ResponseWriter, r *http.Request) (string, error) {
	return "/account", s.dropOwn(r, sessionSlip, r.PostForm.Get("session"))
}

// endToken ends one token of the visitor.
func (s *site) endToken(_ http.ResponseWriter, r *http.Request) (string, error) {
	return "/account", s.dropOwn(r, tokenSlip, r.PostForm.Get("token"))
}

// dropOwn throws a slip of the visitor's away, and nobody else's.
func (s *site) dropOwn(r *http.Request, kind store.SlipKind, key string) error {
	slip, err := s.view.Slip(r.Context(), kind, key)
	if err != nil {
		return err
	}
	if slip.Owner != visitorOf(r).Name {
		return cairn.ErrNotFound
	}
	return s.settings.Desk.DropSlip(r.Context(), kind, key)
}

// longestToken is how many days a token lasts at most.
const longestToken = 366

// makeToken makes a token, and shows it once.
func (s *site) makeToken(w http.ResponseWriter, r *http.Request) (string, error) {
	who, now := visitorOf(r), s.settings.Now()
	t := desk.Token{Account: who.Name, Label: strings.TrimSpace(r.PostForm.Get("label")), Role: r.PostForm.Get("role"), Made: now}
	var faults wrong
	if t.Label == "" {
		faults = append(faults, cairn.Invalid{Field: "label", Reason: "Say what it is for, so that you know it again."})
	}
	if role := cairn.DeskRole(t.Role); !role.AtLeast(cairn.DataViewer) || !who.Role.AtLeast(role) {
		faults = append(faults, cairn.Invalid{Field: "role", Reason: "Choose a role that is no greater than yours."})
	}
	days, err := strconv.Atoi(strings.TrimSpace(r.PostForm.Get("days")))
	if err != nil || days < 1 || days > longestToken {
		faults = append(faults, cairn.Invalid{Field: "days", Reason: "Write a number of days from 1 to " + strconv.Itoa(longestToken) + "."})
	}
	if len(faults) > 0 {
		return "", faults
	}
	text, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	given := "cairn_" + desk.NewSecret()
	if err := s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: tokenSlip, Key: desk.HashOf(given), Owner: who.Name, Project: s.settings.Project,
		Ends: now.AddDate(0, 0, days), Body: string(text)}); err != nil {
		return "", err
	}
	v, err := s.accountPage(r)
	if err != nil {
		return "", err
	}
	page := v.(accountView)
	page.Given = given
	s.write(w, r, http.StatusOK, "account", frame{Here: "account", Title: page.title(), View: page})
	return "", nil
}
