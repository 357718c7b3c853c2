package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store"
)

// A Link lets one person in, once, in a role of one project.
type Link struct {
	Role cairn.DeskRole `json:"role"`
	By   string         `json:"by,omitempty"` // who invited; empty for the link of the first start
}

// joinView is where whoever has a one-time link makes an account.
type joinView struct {
	Form form           `json:"-"`
	Role cairn.DeskRole `json:"-"`
	By   string         `json:"-"`
}

func (joinView) title() string { return "Make your account" }

// link returns the one-time link that r asks by.
func (s *site) link(r *http.Request) (Link, error) {
	var l Link
	slip, err := s.view.Slip(r.Context(), linkSlip, desk.HashOf(r.PathValue("key")))
	if errors.Is(err, cairn.ErrNotFound) || err == nil && (s.over(slip) || slip.Project != s.settings.Project) {
		return l, errNoLink
	}
	if err == nil {
		err = json.Unmarshal([]byte(slip.Body), &l)
	}
	return l, err
}

// errNoLink is for a link that was used, has ended or never was.
var errNoLink = errors.New("this link was used before, or has ended; ask for another")

func (s *site) joinPage(r *http.Request) (view, error) {
	l, err := s.link(r)
	if err != nil {
		return nil, err
	}
	if name := visitorOf(r).Name; name != "" {
		return joinView{Role: l.Role, By: l.By, Form: s.filled(r, form{Name: "join", Action: address("join", r.PathValue("key")), Submit: "Take it with the account " + name})}, nil
	}
	return joinView{Role: l.Role, By: l.By, Form: s.filled(r, form{Name: "join", Action: address("join", r.PathValue("key")), Submit: "Make my account", Fields: []field{
		{Name: "name", Label: "Name to sign in with", Kind: oneLine, Hint: "Small letters, digits, dots and hyphens. It stands under everything you do.", Auto: "username"},
		{Name: "shown", Label: "Your name as colleagues see it", Kind: oneLine, Hint: "May stay empty.", Auto: "name"},
		{Name: "password", Label: "Password", Kind: secret, Hint: "At least 12 letters. You may leave it empty and use a passkey alone, which the next page offers.", Auto: "new-password"},
	}})}, nil
}

// accountName is what an account may be called: what can stand in an address and
// be mentioned in a comment.
var accountName = regexp.MustCompile(`^[a-z][a-z0-9.-]{1,39}$`)

// join makes an account by a one-time link, and signs it in.
func (s *site) join(w http.ResponseWriter, r *http.Request) (string, error) {
	l, err := s.link(r)
	if err != nil {
		return "", err
	}
	if visitorOf(r).Name != "" {
		return s.joinAs(r, l)
	}
	name, password := strings.TrimSpace(r.PostForm.Get("name")), r.PostForm.Get("password")
	var faults wrong
	if !accountName.MatchString(name) || strings.HasPrefix(name, "cairn") {
		faults = append(faults, cairn.Invalid{Field: "name", Reason: "Use 2 to 40 small letters, digits, dots or hyphens, the first a letter."})
	} else if _, err := s.view.Account(r.Context(), name); err == nil {
		faults = append(faults, cairn.Invalid{Field: "name", Reason: "This name is taken."})
	}
	proofs := desk.Proofs{Name: name}
	if password != "" {
		if proofs.Password, err = desk.HashPassword(password); err != nil {
			f, _ := faultsOf(err)
			faults = append(faults, f...)
		}
	}
	if len(faults) > 0 {
		return "", faults
	}
	if err := s.settings.Desk.DropSlip(r.Context(), linkSlip, desk.HashOf(r.PathValue("key"))); err != nil {
		return "", errNoLink // another was faster
	}
	why := "by the link of the first start"
	if l.By != "" {
		why = "invited by " + l.By
	}
	a := cairn.Account{Name: name, Shown: strings.TrimSpace(r.PostForm.Get("shown")), Roles: map[string]cairn.DeskRole{s.settings.Project: l.Role}}
	if err := s.settings.Desk.As(name).PutAccount(r.Context(), a, why); err != nil {
		return "", err
	}
	if err := s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: proofsSlip, Key: name, Owner: name, Body: proofs.Text()}); err != nil {
		return "", err
	}
	return "/account", s.signIn(w, r, name, "link")
}

// joinAs gives the role of a one-time link to the account that is signed in.
func (s *site) joinAs(r *http.Request, l Link) (string, error) {
	a, err := s.view.Account(r.Context(), visitorOf(r).Name)
	if err != nil {
		return "", err
	}
	if err := s.settings.Desk.DropSlip(r.Context(), linkSlip, desk.HashOf(r.PathValue("key"))); err != nil {
		return "", errNoLink
	}
	roles := map[string]cairn.DeskRole{s.settings.Project: l.Role}
	for project, role := range a.Roles {
		if project != s.settings.Project || role.AtLeast(l.Role) {
			roles[project] = role
		}
	}
	a.Roles = roles
	return "/", s.as(r).PutAccount(r.Context(), a, "by a one-time link")
}
