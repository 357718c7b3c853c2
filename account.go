package cairn

import "slices"

// A DeskRole says what a person may do in a project. Each may also do what those
// before it may.
type DeskRole string

// The roles, the least first. The zero DeskRole may do nothing.
const (
	NoRole        DeskRole = ""
	DataViewer    DeskRole = "data_viewer" // reads, without the names of those who work on it
	Viewer        DeskRole = "viewer"
	Researcher    DeskRole = "researcher"
	Reviewer      DeskRole = "reviewer"
	Administrator DeskRole = "administrator"
)

// Roles is every DeskRole that can be given, the least first.
var Roles = []DeskRole{DataViewer, Viewer, Researcher, Reviewer, Administrator}

// AtLeast reports whether r may do what least may. Everybody may do what NoRole
// may.
func (r DeskRole) AtLeast(least DeskRole) bool {
	return least == NoRole || slices.Index(Roles, r) >= slices.Index(Roles, least) && slices.Contains(Roles, r)
}

// An Account is a person who works at the desk, or looks at it. How the person
// proves to be who it is, is kept apart and is no part of the record.
type Account struct {
	Name  string              `json:"name"`            // that acts are signed with, and that never changes
	Shown string              `json:"shown,omitempty"` // the person's name as others see it
	Roles map[string]DeskRole `json:"roles"`           // by project
	Ended bool                `json:"ended,omitempty"` // it signs in no more

	Language string `json:"language,omitempty"` // of the desk, as a tag; that of the browser where empty
}

// RoleIn returns what the person may do in a project; NoRole once the account has
// ended.
func (a Account) RoleIn(project string) DeskRole {
	if a.Ended {
		return NoRole
	}
	return a.Roles[project]
}
