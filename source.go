package cairn

import (
	"maps"
	"slices"
	"time"
)

// A SourceKind says what sort of publisher a source is.
type SourceKind string

// The kinds of source. The zero SourceKind is not known.
const (
	Outlet            SourceKind = "outlet"
	Agency            SourceKind = "agency"
	Monitor           SourceKind = "monitor"
	Ministry          SourceKind = "ministry"
	BelligerentSource SourceKind = "belligerent"
	LocalPage         SourceKind = "local_page"
	Witness           SourceKind = "witness"
	Recorder          SourceKind = "recorder"
)

// A Source is who publishes: an outlet, an agency, a monitor, a ministry, a
// page of neighbours. Sources are shared by all projects.
type Source struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Names     map[string]string `json:"names,omitempty"` // by language tag
	Kind      SourceKind        `json:"kind,omitempty"`
	Side      string            `json:"side,omitempty"` // a belligerent's id, where it speaks for one
	Languages []string          `json:"languages,omitempty"`
	Address   string            `json:"address,omitempty"`
	Also      []string          `json:"also,omitempty"`      // other names that it publishes under
	Rating    *Rating           `json:"rating,omitempty"`    // nil until a person rates it
	Columns   map[string]string `json:"columns,omitempty"`   // of its tables: the header of each field
	Anonymous bool              `json:"anonymous,omitempty"` // it spoke on condition of not being named, see [Source.Withheld]
}

// Undisclosed stands in what leaves the house in the place of the name of a source
// that is not to be named, the same for all of them.
const Undisclosed = "undisclosed source"

// Withheld reports whether s is named to nobody outside the house: it asked not to
// be, or it is a witness. Inside, it is known by its name, so that what it says
// is counted as one voice.
func (s Source) Withheld() bool { return s.Anonymous || s.Kind == Witness }

// SourceKinds is every SourceKind, in the order in which they are offered.
var SourceKinds = []SourceKind{Outlet, Agency, Monitor, Ministry, BelligerentSource, LocalPage, Witness, Recorder}

// A Rating is how reliable a source as a whole is held to be, from A to E, F
// where nobody can tell, by whom and why. It is the first axis of the scale that
// military intelligence uses (NATO STANAG 2511); the second, how credible a
// single claim is, is of the claim and not of the source.
type Rating struct {
	Reliability string    `json:"reliability"` // A, B, C, D, E or F
	Who         string    `json:"who,omitempty"`
	At          time.Time `json:"at,omitzero"` // UTC
	Why         string    `json:"why,omitempty"`
}

// Called returns every name of s.
func (s Source) Called() []string {
	all := append([]string{s.Name}, s.Also...)
	for _, tag := range slices.Sorted(maps.Keys(s.Names)) {
		all = append(all, s.Names[tag])
	}
	return all
}
