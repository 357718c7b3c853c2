package cairn

import "time"

// A CustodyKind says what happened to evidence after it came.
type CustodyKind string

// The kinds of custody, after the Berkeley Protocol, paragraph 167 (custodians,
// transfer, analysis, disposition).
const (
	Viewed      CustodyKind = "viewed"      // somebody looked at the original bytes
	Exported    CustodyKind = "exported"    // a dossier or a file of it was given to somebody
	Copied      CustodyKind = "copied"      // a copy was made, which somebody keeps
	Transferred CustodyKind = "transferred" // somebody else has charge of it now
	Disposed    CustodyKind = "disposed"    // its bytes were taken out, under a tombstone
)

// CustodyKinds is every CustodyKind.
var CustodyKinds = []CustodyKind{Viewed, Exported, Copied, Transferred, Disposed}

// A Custody is one link in the chain of custody of a document: what happened to
// its evidence, through whom, when and why. Its capture is the Receipt's.
type Custody struct {
	Document  string      `json:"document"` // its identifier, or the Ref of bytes that are none
	N         int         `json:"n"`        // from 1, in the order in which they happened
	What      CustodyKind `json:"what"`
	Ref       Ref         `json:"ref,omitempty"`       // of the bytes
	Whom      string      `json:"whom,omitempty"`      // who was given it; empty where nobody was
	Authority string      `json:"authority,omitempty"` // on which it was disposed of
	Who       string      `json:"who"`
	At        time.Time   `json:"at"` // UTC
	Why       string      `json:"why,omitempty"`
}

// A Tombstone stands in the place of bytes that were taken out of the archive.
// It keeps their hash, so that whoever has a copy can still prove it.
type Tombstone struct {
	Ref       Ref       `json:"ref"`
	Authority string    `json:"authority"` // who may demand it, as a court by an order
	Why       string    `json:"why"`
	Who       string    `json:"who"`
	At        time.Time `json:"at"` // UTC
}
