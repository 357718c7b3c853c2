package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
	"github.com/cairn-recorder/cairn/store"
)

// peopleView is who works on the project.
type peopleView struct {
	People []person `json:"people"`
	Invite form     `json:"-"`
	Link   string   `json:"-"` // one that was just made, shown once
}

type person struct {
	cairn.Account
	Role cairn.DeskRole `json:"role"`
	Form form           `json:"-"`
	Self bool           `json:"-"`
}

func (peopleView) title() string { return "People" }

func (s *site) peoplePage(r *http.Request) (view, error) {
	all, err := s.view.Accounts(r.Context())
	v := peopleView{People: []person{}}
	for _, a := range all {
		role, here := a.Roles[s.settings.Project]
		if !here {
			continue // of another project
		}
		p := person{Account: a, Role: role, Self: a.Name == visitorOf(r).Name}
		options := append([]choice{{"", "no role here", role == cairn.NoRole}}, choicesOf(cairn.Roles, deskRole, string(role))...)
		ended := []string{}
		if a.Ended {
			ended = []string{"yes"}
		}
		p.Form = s.filled(r, form{Name: "person-" + a.Name, Action: address("people", a.Name), Submit: "Change", Fields: []field{
			{Name: "role", Label: "Role of " + a.Name, Kind: oneOfThese, Options: options},
			{Name: "ended", Label: "Account", Kind: severalOf, Values: ended, Options: []choice{{Value: "yes", Words: "has ended: " + a.Name + " signs in no more"}}}}})
		v.People = append(v.People, p)
	}
	v.Invite = s.filled(r, form{Name: "invite", Action: "/people", Submit: "Make a one-time link", Fields: []field{
		{Name: "role", Label: "Invite somebody as", Kind: oneOfThese, Options: choicesOf(cairn.Roles, deskRole, string(cairn.Researcher))}}})
	return v, err
}

// linkDays is how long an invitation stands.
const linkDays = 7

// invite makes a one-time link, and shows it once.
func (s *site) invite(w http.ResponseWriter, r *http.Request) (string, error) {
	role := cairn.DeskRole(r.PostForm.Get("role"))
	if !role.AtLeast(cairn.DataViewer) {
		return "", at("role", "Choose a role.")
	}
	text, err := json.Marshal(Link{Role: role, By: visitorOf(r).Name})
	if err != nil {
		return "", err
	}
	key := desk.NewSecret()
	err = s.settings.Desk.KeepSlip(r.Context(), store.Slip{Kind: linkSlip, Key: desk.HashOf(key), Owner: visitorOf(r).Name, Project: s.settings.Project,
		Ends: s.settings.Now().AddDate(0, 0, linkDays), Body: string(text)})
	if err != nil {
		return "", err
	}
	v, err := s.peoplePage(r)
	if err != nil {
		return "", err
	}
	page := v.(peopleView)
	scheme := "http://"
	if s.settings.Origin != "" {
		page.Link = s.settings.Origin + address("join", key)
	} else {
		page.Link = scheme + r.Host + address("join", key)
	}
	s.write(w, r, http.StatusOK, "people", frame{Here: "people", Title: page.title(), View: page})
	return "", nil
}

// changePerson gives a person another role, or ends the account.
func (s *site) changePerson(_ http.ResponseWriter, r *http.Request) (string, error) {
	name := r.PathValue("id")
	a, err := s.view.Account(r.Context(), name)
	if err != nil {
		return "", err
	}
	if _, here := a.Roles[s.settings.Project]; !here {
		return "", cairn.ErrNotFound
	}
	role := cairn.DeskRole(r.PostForm.Get("role"))
	if role != cairn.NoRole && !role.AtLeast(cairn.DataViewer) {
		return "", at("role", "Choose a role.")
	}
	ended := r.PostForm.Get("ended") == "yes"
	if name == visitorOf(r).Name && (ended || role != cairn.Administrator) {
		return "", at("role", "You cannot take your own role away; another administrator can.")
	}
	roles := map[string]cairn.DeskRole{}
	for project, held := range a.Roles {
		roles[project] = held
	}
	roles[s.settings.Project] = role
	if ended && len(roles) > 1 {
		return "", at("ended", "This account works in another project too. Take its role here away instead.")
	}
	if !ended {
		a.Roles, a.Ended = roles, false
		return "/people", s.as(r).PutAccount(r.Context(), a, strings.TrimSpace("role: "+string(role)))
	}
	a.Ended = true
	if err := s.as(r).PutAccount(r.Context(), a, "ended"); err != nil {
		return "", err
	}
	return "/people", s.endSessions(r, name, "")
}
