package cairn

import "time"

// A ReviewState says how far the work on an incident has come before anybody
// signed it.
type ReviewState string

// The states of a review. Whether an incident is signed or published says its
// assessment.
const (
	Collected ReviewState = "collected"
	InWork    ReviewState = "in_work"
	ForReview ReviewState = "for_review"
)

// ReviewStates is every ReviewState, the first first.
var ReviewStates = []ReviewState{Collected, InWork, ForReview}

// A Review is the work on one incident: how far it has come and whose it is.
// Submitter is who last put it before a reviewer, and may not be the one who
// signs where the project asks for two. The zero Review is of an incident that
// nobody has taken up.
type Review struct {
	Project   string      `json:"project"`
	Incident  string      `json:"incident"`
	State     ReviewState `json:"state"`
	Assignee  string      `json:"assignee,omitempty"`
	Submitter string      `json:"submitter,omitempty"`
}

// A Comment is what one person says to others about an incident. It is no
// evidence and no judgement.
type Comment struct {
	ID       string    `json:"id"`
	Project  string    `json:"project"`
	Incident string    `json:"incident"`
	Who      string    `json:"who"`
	At       time.Time `json:"at"` // UTC
	Text     string    `json:"text"`
	Mentions []string  `json:"mentions,omitempty"` // the accounts that it names with @
}

// An InboxAnswer says what a person did with a document that came in.
type InboxAnswer string

// The answers. A document without one waits in the inbox.
const (
	Accepted    InboxAnswer = "accepted"     // it was read rightly and stands where it belongs
	Attached    InboxAnswer = "attached"     // it belongs to another incident
	NewIncident InboxAnswer = "new_incident" // it reports an incident of its own
	Rejected    InboxAnswer = "rejected"     // nothing of what was read in it counts
)

// An Answered is a document with what a person did with it. Judgement is the one
// by which it can be undone; empty where nothing was judged.
type Answered struct {
	Project   string      `json:"project"`
	Document  string      `json:"document"`
	Answer    InboxAnswer `json:"answer"`
	Judgement string      `json:"judgement,omitempty"`
	Who       string      `json:"who"`
}
