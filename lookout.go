package cairn

import "time"

// A LookoutKind says what is watched.
type LookoutKind string

// The kinds of lookouts.
const (
	FeedLookout    LookoutKind = "feed"    // RSS, Atom or JSON
	SitemapLookout LookoutKind = "sitemap" // with the sitemaps that it names
	LinksLookout   LookoutKind = "links"   // those of a page that a selector chooses
	PageLookout    LookoutKind = "page"    // one page, for what becomes of it
	FolderLookout  LookoutKind = "folder"  // files that appear in it, or change
)

// LookoutKinds is every LookoutKind, in the order in which they are offered.
var LookoutKinds = []LookoutKind{FeedLookout, SitemapLookout, LinksLookout, PageLookout, FolderLookout}

// A Lookout is a source that is looked at again and again, for what is new there.
type Lookout struct {
	Project  string      `json:"project"`
	Name     string      `json:"name"`
	Kind     LookoutKind `json:"kind"`
	Address  string      `json:"address"` // or a path
	Selector string      `json:"selector,omitempty"`
	Minutes  int         `json:"minutes"`           // between two looks, as long as nothing is wrong
	Capture  bool        `json:"capture,omitempty"` // pages are captured, with a browser where there is one
	Via      string      `json:"via,omitempty"`     // the way out; direct where empty
	Agent    string      `json:"agent,omitempty"`   // the User-Agent shown; cairn's own where empty
	Given    Given       `json:"given,omitzero"`
}

// A LookoutState is how a lookout stands after its last look. The zero LookoutState is
// that of one that was never looked at.
type LookoutState struct {
	At       time.Time `json:"at,omitzero"`        // of the last look, UTC
	Next     time.Time `json:"next,omitzero"`      // when it is to be looked at again
	Outcome  Outcome   `json:"outcome,omitempty"`  // of the source itself
	Note     string    `json:"note,omitempty"`     // why, where it is not Fetched
	Failures int       `json:"failures,omitempty"` // looks in a row that failed
	Since    time.Time `json:"since,omitzero"`     // when that began
	New      time.Time `json:"new,omitzero"`       // when something new was last there
	Moved    string    `json:"moved,omitempty"`    // where the source says that it stands from now on
	ETag     string    `json:"etag,omitempty"`     // for asking whether anything changed
	Modified string    `json:"modified,omitempty"` // the same, by date
}

// Silent reports whether a source that answers has had nothing new for longer
// than its looks would lead one to expect: a fortnight, or two hundred looks.
func (s LookoutState) Silent(w Lookout, now time.Time) bool {
	most := max(14*24*time.Hour, 200*time.Duration(w.Minutes)*time.Minute)
	return s.Failures == 0 && !s.New.IsZero() && now.Sub(s.New) > most
}

// A Seen is one thing that a lookout found: what became of it, and how often it
// was tried.
type Seen struct {
	Mark    string    `json:"mark"` // tells it from other versions of it
	Address string    `json:"address,omitempty"`
	Ref     Ref       `json:"ref,omitempty"` // of its bytes, or of the receipt where none came
	Outcome Outcome   `json:"outcome"`
	At      time.Time `json:"at"` // of the last try, UTC
	Tries   int       `json:"tries"`
}
