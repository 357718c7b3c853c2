package cairn

import (
	"strconv"
	"time"
)

// A List is a list of people harmed that somebody keeps and publishes again and
// again: a ministry's, a monitor's, a family association's. It is a source with
// releases; what it says of each person is an [Entry].
type List struct {
	ID      string            `json:"id"`
	Project string            `json:"project"`
	Title   string            `json:"title,omitempty"`
	Source  string            `json:"source,omitempty"`  // who keeps it
	Columns map[string]string `json:"columns,omitempty"` // the header of each field, where a person said so
	Kinds   map[string]string `json:"kinds,omitempty"`   // what each header holds
	Covers  []ListCoverage    `json:"covers,omitempty"`  // what it could name; everything where empty
	DrawsOn []string          `json:"draws_on,omitempty"`
	Harm    Harm              `json:"harm,omitempty"` // what was done to those who stand on it; Killed where empty
	// Linked is the release up to which its entries were weighed with those of the
	// other lists, and LinkedBy the act that did it; 0 where they never were.
	Linked   int `json:"linked,omitempty"`
	LinkedBy int `json:"linked_by,omitempty"`
	// Releases are its states as they came, the newest last.
	Releases []ListRelease `json:"releases,omitempty"`
}

// Tells returns the harm that was done to those who stand on l.
func (l List) Tells() Harm {
	if l.Harm == "" {
		return Killed
	}
	return l.Harm
}

// A ListCoverage says of whom a list can know: people with one of these values in
// a stratum, such as the places or months that it watched. Outside it a blank is
// "could not have been seen" and no absence.
type ListCoverage struct {
	Stratum string   `json:"stratum"` // place, month, year, sex, age
	Values  []string `json:"values"`
}

// A ListRelease is one state of a list, with what changed since the one before.
type ListRelease struct {
	Number  int       `json:"number"` // from 1
	Ref     Ref       `json:"ref"`    // the bytes that it was read from
	From    string    `json:"from"`
	At      time.Time `json:"at"` // UTC
	Rows    int       `json:"rows"`
	Added   int       `json:"added"`
	Changed int       `json:"changed"`
	Removed int       `json:"removed"`
}

// An Entry is what a list says of one person. It stays when a later release of
// the list leaves it out: Gone is then that release. Number is its place in the
// order in which entries came to the project, from 1, and never changes.
//
// Values are by field (name, given_name, father_name, family_name,
// date_of_birth, age, sex, place, incident, date, id) or by header, as they were
// understood; Notes say in words what was odd about how they were written. They
// are private unless the project's policy and the person's record say otherwise.
type Entry struct {
	List    string            `json:"list"`
	Key     string            `json:"key"` // in its list
	Number  int               `json:"number"`
	Row     int               `json:"row"` // of the release it was last read from, from 1
	First   int               `json:"first"`
	Gone    int               `json:"gone,omitempty"`
	Values  map[string]string `json:"values"`
	Written map[string]string `json:"written,omitempty"` // as the list has it, where that differs
	Notes   []string          `json:"notes,omitempty"`
}

// Ref names the entry among those of its project. It is private, since it holds
// what the list calls the person.
func (e Entry) Ref() string { return e.List + "/" + e.Key }

// Name names the entry among those of its project by its number, as p12, which
// says nothing of the person and never changes. A person is known by the name of
// the entry that came first.
func (e Entry) Name() string { return "p" + strconv.Itoa(e.Number) }

// A Match is two entries that may be one person, and what speaks for it. Joined
// says that the lists alone make them one; A is the earlier entry.
type Match struct {
	A           string        `json:"a"` // as [Entry.Ref] names them
	B           string        `json:"b"`
	Probability float64       `json:"probability"`
	Weight      float64       `json:"weight"` // in bits
	Joined      bool          `json:"joined,omitempty"`
	Fields      []MatchWeight `json:"fields,omitempty"`
}

// A MatchWeight is what one field of a [Match] speaks for it, in bits.
type MatchWeight struct {
	Field     string  `json:"field"`
	Agreement string  `json:"agreement"`
	Weight    float64 `json:"weight"`
}

// A Label is what one person says of a [Match], without seeing what others say:
// whether its two entries are one person. Unsure is a label too.
type Label struct {
	A    string    `json:"a"`
	B    string    `json:"b"`
	Says LabelSays `json:"says"`
	Who  string    `json:"who"`
	At   time.Time `json:"at"` // UTC
	Why  string    `json:"why,omitempty"`
}

// A LabelSays is one of the answers of a [Label].
type LabelSays string

// The answers.
const (
	SamePerson   LabelSays = "same"
	OtherPerson  LabelSays = "other"
	UnsurePerson LabelSays = "unsure"
)
