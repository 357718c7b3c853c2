package cairn

import "time"

// A Coding is what one person reads in a document without seeing what cairn or
// anybody else reads in it, so that it can be measured how far they agree. It moves
// no figure. Coder and document name it.
type Coding struct {
	Project  string      `json:"project"`
	Document string      `json:"document"`
	Coder    string      `json:"coder"`
	State    CodingState `json:"state"`
	Claims   []Claim     `json:"claims"`
	By       string      `json:"by"` // who assigned it
	At       time.Time   `json:"at"` // UTC, when it was assigned
	Ended    time.Time   `json:"ended,omitzero"`
	Why      string      `json:"why,omitempty"` // of an adjudication
}

// A CodingState says how far a coding has come.
type CodingState string

// The states of a coding.
const (
	Assigned    CodingState = "assigned"
	Coded       CodingState = "coded"       // handed in: it is changed no more
	Adjudicated CodingState = "adjudicated" // by a third, who saw what the coders read
)
