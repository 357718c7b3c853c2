package cairn

import "time"

// A StampKind says in which form somebody attests a time.
type StampKind string

// The kinds of stamp.
const (
	AuthorityStamp StampKind = "rfc3161"        // an authority signs it (RFC 3161)
	CalendarStamp  StampKind = "opentimestamps" // a calendar takes it into a block of Bitcoin
)

// A StampState says how far a stamp has come.
type StampState string

// The states of a stamp.
const (
	QueuedStamp  StampState = "queued"  // nobody answered yet
	PendingStamp StampState = "pending" // a calendar has it, and no block yet
	WholeStamp   StampState = "whole"   // it can be checked
)

// A Stamp is what somebody outside attests of the log: that a signed checkpoint
// was there at a time. Proof is a token of RFC 3161, in DER, or an OpenTimestamps
// file, of the SHA-256 of the checkpoint; nil while it is queued.
type Stamp struct {
	Acts  int        `json:"acts"` // that the log had at the checkpoint
	From  string     `json:"from"` // the address of the authority or calendar
	Kind  StampKind  `json:"kind"`
	State StampState `json:"state"`
	Of    Ref        `json:"of"`              // the checkpoint, as it was signed
	At    time.Time  `json:"at,omitzero"`     // that an authority signed, UTC; zero where none did
	Block int        `json:"block,omitempty"` // of Bitcoin that a proof leads to; 0 where it leads to none yet
	Proof []byte     `json:"proof,omitempty"`
	Note  string     `json:"note,omitempty"` // why it is still queued
}
