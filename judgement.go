package cairn

import "time"

// A Decision is the kind of a judgement.
type Decision string

// The decisions that a person can take.
const (
	Accept   Decision = "accept"
	Correct  Decision = "correct"
	Override Decision = "override"
	Merge    Decision = "merge"
	Split    Decision = "split"
	NotSame  Decision = "not_same"
	Sign     Decision = "sign"
	Suppress Decision = "suppress"
	Undo     Decision = "undo" // of an earlier judgement

	Relates       Decision = "relates"  // incidents that have to do with one another, and stay several
	Rates         Decision = "rates"    // how credible a claim is, from 1 (confirmed) to 5 (improbable), 6 where nobody can tell
	Clear         Decision = "clear"    // the names in a document may be published
	TakesPosition Decision = "position" // what a party itself says of an incident was recorded

	Appears  Decision = "appears"  // a person of lists is a victim of an incident
	Absent   Decision = "absent"   // a person of lists is none of an incident
	Alive    Decision = "alive"    // a person of lists was found to be alive
	Shows    Decision = "shows"    // what may be shown of a person of lists in public, see [Showing]
	Narrates Decision = "narrates" // what happened was told, in the language that Field says
	Locates  Decision = "locates"  // an incident was at a point, see [Geolocation]
	Tags     Decision = "tags"     // an incident is found by words of the project's own

	Refers Decision = "refers" // a work of others refers to an incident, see [Reference]

	Proposes  Decision = "proposes"  // answers of an estimate are put forward
	Withdraws Decision = "withdraws" // an estimate stands no more
)

// A Kind is a sort of noun that can be found to be the same as another.
type Kind string

// The kinds. The zero Kind is that of incidents.
const (
	OfIncidents Kind = ""
	OfSources   Kind = "source"
	OfDocuments Kind = "document" // the same means: repeats the same original
	OfPersons   Kind = "person"   // entries of lists of victims
	OfEstimates Kind = "estimate" // of people that no list names
)

// A Judgement is what a person decided, with who, when and why. It is data of
// its own kind, kept beside what was computed and never inside it, and it is
// applied again over whatever is computed anew.
//
// What a judgement of a claim is about is found again by document, harm and
// span, since a later reading may number its claims otherwise.
type Judgement struct {
	ID       string    `json:"id"`
	Project  string    `json:"project"` // empty for what all projects share
	Decision Decision  `json:"decision"`
	Kind     Kind      `json:"kind,omitempty"`     // of what is judged; an incident where empty
	Incident string    `json:"incident,omitempty"` // the code, or the identifier of another kind
	Revision int       `json:"revision,omitempty"` // of the assessment signed
	Document string    `json:"document,omitempty"`
	Harm     Harm      `json:"harm,omitempty"`
	Span     *Span     `json:"span,omitempty"`
	Words    string    `json:"words,omitempty"` // of the span, as they stood
	Field    string    `json:"field,omitempty"` // what is corrected or overridden
	Value    string    `json:"value,omitempty"` // its new value, as JSON
	Others   []string  `json:"others,omitempty"`
	Undoes   string    `json:"undoes,omitempty"` // the judgement that is taken back
	Who      string    `json:"who"`
	At       time.Time `json:"at"` // UTC
	Why      string    `json:"why,omitempty"`
}

// An Act is one write to what is recorded: who did what, when and why. Every
// row names the act that made it and the act that replaced it, so that as-of,
// history and audit read the acts and keep no account of their own. Who is a
// person's name, or "cairn" and its version.
type Act struct {
	Number int       `json:"number"` // from 1, without gaps
	At     time.Time `json:"at"`     // UTC
	Who    string    `json:"who"`
	What   string    `json:"what"` // take, sign, redo, project, judge
	On     string    `json:"on,omitempty"`
	Why    string    `json:"why,omitempty"`
}
