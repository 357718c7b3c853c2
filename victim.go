package cairn

// A Victim is one person of lists as a victim of one incident: what the entries
// of the lists and the claims of the incident say of that person together. A name
// is private unless the project and the person's own record say otherwise (see
// [Publicity] and [Showing]).
//
// Alive marks somebody who was found to be alive and counts nowhere. With names
// another victim of the incident who may be the same person; of the two only the
// other one holds a floor up. Group is that of the family, empty where none is
// proposed.
type Victim struct {
	ID       string     `json:"id"` // of the person: p and the number of the first entry
	Incident string     `json:"incident"`
	Names    []string   `json:"names,omitempty"`   // as the lists spell them
	Claimed  []string   `json:"claimed,omitempty"` // names in claims that may be theirs
	Sex      string     `json:"sex,omitempty"`
	Age      Range      `json:"age,omitzero"` // years at the incident
	Harm     Harm       `json:"harm"`
	Group    string     `json:"group,omitempty"`
	Alive    bool       `json:"alive,omitempty"`
	With     string     `json:"with,omitempty"`
	Entries  []string   `json:"entries"` // as [Entry.Ref] names them
	Lists    []string   `json:"lists"`   // the titles of their lists, in order
	Claims   []ClaimRef `json:"claims,omitempty"`
	Reasons  []string   `json:"reasons,omitempty"` // why they are of the incident
}

// Is reports whether v is of a class of victims: a child under 18, a woman or man
// of 18 or more, and every one a civilian, since lists say nothing of status.
func (v Victim) Is(c Class) bool {
	grown := v.Age.Min.Known && v.Age.Min.N >= grownUp
	switch c {
	case Civilian:
		return true
	case Child:
		return v.Age.Max.Known && v.Age.Max.N < grownUp
	case Woman:
		return grown && v.Sex == "female"
	case Man:
		return grown && v.Sex == "male"
	}
	return false
}

// Called returns every name that may be theirs.
func (v Victim) Called() []string { return append(v.Names[:len(v.Names):len(v.Names)], v.Claimed...) }

// grownUp is the age in years from which nobody is a child (Convention on the
// Rights of the Child, 1989, article 1).
const grownUp = 18
