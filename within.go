package cairn

import "time"

// Within says out of which container a thing was taken, where in it that
// stands, and what the container says of how it came there: an archive of web
// pages, the export of a platform, a packed folder. The container itself is kept
// too, so that what was taken out can be held against it.
type Within struct {
	Ref    Ref       `json:"ref"`              // of the container
	Kind   string    `json:"kind"`             // warc, wacz, zip, telegram, whatsapp, x, facebook, mbox, links
	Path   string    `json:"path,omitempty"`   // of the file in it, where it holds files
	Span   *Span     `json:"span,omitempty"`   // the bytes of that file, or of the container, that say it
	Line   int       `json:"line,omitempty"`   // from 1; 0 where lines mean nothing
	ID     string    `json:"id,omitempty"`     // the name that it has there: of a record, of a message
	Tool   string    `json:"tool,omitempty"`   // what captured or exported it, as the container says
	At     time.Time `json:"at,omitzero"`      // when that captured it, UTC; zero where it does not say
	Digest string    `json:"digest,omitempty"` // of the container's own over the thing: holds, differs, unchecked
}

// A Post says of a report what only the platform knows that it stood on. Who
// wrote it is no part of it: persons stand in the private part of a receipt.
type Post struct {
	Channel string   `json:"channel,omitempty"` // or page, group, account
	Edited  string   `json:"edited,omitempty"`  // when it was last changed, as precise as the platform says
	Repeats string   `json:"repeats,omitempty"` // whose post it forwards
	Answers string   `json:"answers,omitempty"` // the post that it answers
	Deleted bool     `json:"deleted,omitempty"` // the platform says that it, or its author's account, is no more
	Media   []string `json:"media,omitempty"`   // files that go with it, as the export names them
}
