package cairn

import "time"

// A Display says how much of a person the public may see. The zero Display is
// what the project settles for everybody (see [Publicity]).
type Display string

// The displays, the least first. Of somebody who is OnlyCounted no block is shown,
// only that there is one more.
const (
	OnlyCounted Display = "counted"
	AgeAndSex   Display = "age_sex"
	Initials    Display = "initials"
	FullName    Display = "name"
)

// Displays is every Display, the least first.
var Displays = []Display{OnlyCounted, AgeAndSex, Initials, FullName}

// Within returns the lesser of two displays; the zero Display shows nothing at
// all.
func (d Display) Within(most Display) Display {
	if d.rank() > most.rank() {
		return most
	}
	return d
}

func (d Display) rank() int {
	for i, o := range Displays {
		if o == d {
			return i + 1
		}
	}
	return 0
}

// A Showing is what a person's record says of how much of them may be seen in
// public, and by whose authority: the person's own, that of next of kin, a
// court's. Without one the project's policy holds. Suppressed takes the person
// out of everything that is public.
type Showing struct {
	Display    Display `json:"display,omitempty"`
	Suppressed bool    `json:"suppressed,omitempty"`
	Authority  string  `json:"authority"`
}

// A Request is what somebody asks about one person of the record: that something
// is wrong, that the person is alive, that it be taken down. It waits until who
// asks was checked and somebody decided; who asked, and how they are reached,
// stands in the letter and nowhere else.
type Request struct {
	ID       string     `json:"id"` // r and a number from 1
	Project  string     `json:"project"`
	Kind     LetterKind `json:"kind"`
	Key      string     `json:"key,omitempty"`      // of the person, as the public pages have it
	About    string     `json:"about,omitempty"`    // the address of the page
	Relation string     `json:"relation,omitempty"` // of who asks to the person, as they say
	Document string     `json:"document"`           // the letter
	At       time.Time  `json:"at"`                 // UTC

	Check     *IdentityCheck  `json:"check,omitempty"`     // nil where nobody checked yet
	Decision  RequestDecision `json:"decision,omitempty"`  // empty while it waits
	Judgement string          `json:"judgement,omitempty"` // by which it was granted
	Answer    string          `json:"answer,omitempty"`    // what was written back
	Who       string          `json:"who,omitempty"`       // decided
	Decided   time.Time       `json:"decided,omitzero"`    // UTC
	Why       string          `json:"why,omitempty"`
}

// An IdentityCheck says how it was found out who asks.
type IdentityCheck struct {
	Outcome CheckOutcome `json:"outcome"`
	How     string       `json:"how"`
	Who     string       `json:"who"`
	At      time.Time    `json:"at"` // UTC
}

// A CheckOutcome is what an identity check came to.
type CheckOutcome string

// The outcomes. NotNeeded is for what anybody may ask, such as that a word is
// misspelled.
const (
	Proved    CheckOutcome = "proved"
	NotProved CheckOutcome = "not_proved"
	NotNeeded CheckOutcome = "not_needed"
)

// A RequestDecision is how a request was answered.
type RequestDecision string

// The decisions on a request.
const (
	Granted RequestDecision = "granted"
	Refused RequestDecision = "refused"
)
