package cairn

import "strings"

// A Release is what a project made public on a day: a number, from 1, and the
// public forms of every incident whose signed assessment stood. It is never
// changed. What a person suppresses afterwards is left out wherever it is shown.
type Release struct {
	Number        int            `json:"number"`
	Project       string         `json:"project"`
	Day           Date           `json:"day"`    // UTC
	Digest        string         `json:"digest"` // SHA-256 over what it says, in hexadecimal digits
	Incidents     int            `json:"incidents"`
	Title         string         `json:"title,omitempty"`
	Scope         string         `json:"scope,omitempty"`
	Policy        string         `json:"policy"`
	Grades        []Grade        `json:"grades"` // of the headline
	Coverage      []Coverage     `json:"coverage,omitempty"`
	Credit        string         `json:"credit,omitempty"`
	Publicity     Publicity      `json:"publicity,omitzero"`
	Shared        []SharedToll   `json:"shared,omitempty"`
	Circumstances []Circumstance `json:"circumstances,omitempty"`
	Estimates     []EstimateMark `json:"estimates,omitempty"`   // that it says something of
	Corrections   []Correction   `json:"corrections,omitempty"` // of the releases before it, the last first
	Withheld      int            `json:"-"`                     // the last act that suppressed something, ceased to, or changed the policy of the project
}

// A Publicity is what a project settles about what it makes public. Its zero
// value publishes in English and Arabic, no point closer than a neighbourhood.
type Publicity struct {
	Languages []string `json:"languages,omitempty"` // en, ar, es, uk, ru; en and ar where empty, the first is that of the front page
	Accuracy  Accuracy `json:"accuracy,omitempty"`  // no point is given closer than this
	Address   string   `json:"address,omitempty"`   // of the site, for permanent links: https://…
	Contact   string   `json:"contact,omitempty"`   // an e-mail or web address for corrections
	Licence   string   `json:"licence,omitempty"`   // under which the data may be used
	Citation  string   `json:"citation,omitempty"`  // whom to cite; the title where empty
	Victims   Display  `json:"victims,omitempty"`   // how much is shown of a person of lists whose record says nothing; no block of victims where empty
	Basemap   Basemap  `json:"basemap,omitzero"`    // of the maps, beside what is built in; `cairn basemap` puts it there
}

// Closest returns how closely a point may be known.
func (p Publicity) Closest() Accuracy {
	if p.Accuracy == "" {
		return Neighbourhood
	}
	return p.Accuracy
}

// Tags returns the languages in which a project publishes, the first first.
func (p Publicity) Tags() []string {
	if len(p.Languages) == 0 {
		return []string{"en", "ar"}
	}
	return p.Languages
}

// A SharedToll is what accounts give for several incidents together, by the key
// of a tally; a total that has several of them counts it once.
type SharedToll struct {
	Incidents []string         `json:"incidents"`
	Toll      map[string]Range `json:"toll"`
}

// A Correction is what a release changed of what an earlier one had said.
type Correction struct {
	Release int            `json:"release"`
	Day     Date           `json:"day"`
	Code    string         `json:"id"`
	As      CorrectionKind `json:"as"`
	Into    string         `json:"into,omitempty"` // the incident that now holds it
	Changes []Changed      `json:"changes,omitempty"`
}

// A CorrectionKind says what became of an incident from one release to the next.
type CorrectionKind string

// The kinds of correction.
const (
	Added   CorrectionKind = "added" // of a later release than the first
	Revalue CorrectionKind = "changed"
	Merged  CorrectionKind = "merged"
	Removed CorrectionKind = "removed"
)

// A Withholding is something that a person suppressed: it is left out of every
// page of every release.
type Withholding struct {
	Kind Kind   `json:"kind"` // of incidents, sources, documents, or persons
	Key  string `json:"key"`  // a code, the name of a source, or the key of a document, excerpt or person; before a person's, where it is no more than shown so, a [Display] and a colon, or [Unnamed]; or after [Called] a name, after [Uncleared] the key of a document
}

// Unnamed begins the key of a person whose own record says that they are not to be
// named, in cleared documents either.
const Unnamed = "unnamed:"

// Called begins a name of such a person, which is masked in whatever was published
// before a list gave it. After a tab it is followed by the code of an incident whose
// victim the person is, in which each word of it is masked.
const Called = "called:"

// Uncleared begins the key of a document whose names were cleared once and are no
// more.
const Uncleared = "uncleared:"

// Calling returns the key that withholds a name, in an incident where code is not
// empty.
func Calling(name, code string) string {
	key := Called + strings.Join(strings.Fields(name), " ")
	if code != "" {
		key += "\t" + code
	}
	return key
}

// A Letter is what a reader of the public pages wrote: that something is wrong,
// that there is more, or that it should be taken down. It comes into the record
// as a document of a witness, who is never named.
type Letter struct {
	Kind    LetterKind `json:"kind"`
	About   string     `json:"about,omitempty"` // the address of the page
	Text    string     `json:"text"`
	Contact string     `json:"contact,omitempty"` // how the reader is reached; never published

	Person   string `json:"person,omitempty"`   // the key of the person whom it is about
	Relation string `json:"relation,omitempty"` // of the reader to that person: one of [Relationships]
}

// A LetterKind says what a reader asks for.
type LetterKind string

// The kinds of letter.
const (
	SomethingWrong LetterKind = "wrong"
	SomethingMore  LetterKind = "more"
	TakeDown       LetterKind = "down"
	IsAlive        LetterKind = "alive" // of one person
)

// PersonKinds are the kinds of a letter about one person.
var PersonKinds = []LetterKind{SomethingWrong, IsAlive, TakeDown}

// Relationships are what a reader may be to the person whom a letter is about.
var Relationships = []string{"self", "family", "other"}

// LetterKinds are the kinds of a letter about anything.
var LetterKinds = []LetterKind{SomethingWrong, SomethingMore, TakeDown}
