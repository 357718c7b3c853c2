package cairn

import "encoding/json"

// A Project is what somebody records: in words what counts, where and when,
// under which policy. Incidents, lists, estimates and releases belong to one
// project; sources and documents are shared by all.
type Project struct {
	Name   string `json:"name"` // short, as on the command line
	Title  string `json:"title,omitempty"`
	Scope  string `json:"scope,omitempty"` // what counts, in words
	Policy string `json:"policy"`          // airwars/1
	// Convention is the policy itself, where it is none of those built in, as a
	// file of policies has it.
	Convention json.RawMessage `json:"convention,omitempty"`
	Prefix     string          `json:"prefix,omitempty"` // of incident codes
	Naming     Naming          `json:"naming,omitempty"`
	Coverage   []Coverage      `json:"coverage,omitempty"`
	Grades     []Grade         `json:"grades,omitempty"` // of the headline; the policy's where empty
	Places     []Place         `json:"places,omitempty"` // the project's own, beside the gazetteer
	Parties    []Belligerent   `json:"belligerents,omitempty"`
	Credit     string          `json:"credit,omitempty"` // what the licences of its data ask to be shown
	Publicity  Publicity       `json:"publicity,omitzero"`
	SHA512     bool            `json:"sha512,omitempty"`    // receipts keep the SHA-512 of what came too
	OneSigns   bool            `json:"one_signs,omitempty"` // at the desk, whoever submitted an incident may sign it too
}

// A Naming says which victims may be named in public.
type Naming string

// Who may be named. The zero Naming is Nobody.
const (
	Nobody    Naming = ""
	Consented Naming = "consented" // persons whose record says so
	Everybody Naming = "everybody"
)

// Displays returns how much of a person the public may see under the policy of
// the project and the person's own record, nil where there is none: a record
// always lowers it, and raises it where the project names those who consent.
// Empty is nothing at all.
func (p Project) Displays(s *Showing) Display {
	most := p.Publicity.Victims
	if p.Naming == Everybody {
		most = FullName
	}
	switch {
	case s == nil:
	case s.Suppressed:
		return ""
	case p.Naming == Nobody:
		return s.Display.Within(most)
	default:
		return s.Display
	}
	if p.Naming != Everybody {
		return most.Within(Initials)
	}
	return most
}

// A Coverage says when a project watched a place and when it finished judging
// what it saw. A day outside Monitored is not monitored, which is never the
// same as nobody harmed.
type Coverage struct {
	Place     string `json:"place"` // a name or identifier; empty for everywhere
	Monitored Period `json:"monitored"`
	Assessed  Period `json:"assessed,omitzero"`
}

// A Watch says whether a day was watched.
type Watch string

// The states of a day or period under a project's Coverage.
const (
	Monitored     Watch = "monitored"
	PartlyWatched Watch = "partly monitored"
	NotMonitored  Watch = "not monitored"
	Undeclared    Watch = "undeclared" // the project says nothing of when it watched
)

// Watched returns whether p does declare that it watched place, within the
// given period. A project without Coverage answers Undeclared.
func (p Project) Watched(period Period, places ...string) Watch {
	if len(p.Coverage) == 0 {
		return Undeclared
	}
	state := NotMonitored
	for _, c := range p.Coverage {
		watched := c.Monitored
		if !watched.To.Known() {
			watched.To = "9999" // goes on
		}
		if !c.covers(places) || !watched.Meets(period, 0) {
			continue
		}
		if watched.Holds(period) {
			return Monitored
		}
		state = PartlyWatched
	}
	return state
}

func (c Coverage) covers(places []string) bool {
	if c.Place == "" || len(places) == 0 {
		return true
	}
	for _, name := range places {
		if name == c.Place {
			return true
		}
	}
	return false
}
