package cairn

// A Circumstance is what happened around incidents and is no harm: an operation
// begins, a place changes hands, nobody could report. It stands on the timeline
// beside the harm and is never counted as any.
type Circumstance struct {
	ID      string           `json:"id"`
	Project string           `json:"project"`
	Kind    CircumstanceKind `json:"kind"`
	Title   string           `json:"title"` // in words
	When    Period           `json:"when"`
	Place   string           `json:"place,omitempty"` // a name or identifier; empty for everywhere
	Claim   *ClaimRef        `json:"claim,omitempty"` // where a document says so; nil where a person knows it
	Link    string           `json:"link,omitempty"`
}

// A CircumstanceKind says what sort of thing happened.
type CircumstanceKind string

// The kinds of circumstance.
const (
	OperationBegins CircumstanceKind = "operation_begins"
	OperationEnds   CircumstanceKind = "operation_ends"
	ChangesHands    CircumstanceKind = "changes_hands" // of a place
	Ceasefire       CircumstanceKind = "ceasefire"
	Statement       CircumstanceKind = "statement"
	Sanction        CircumstanceKind = "sanction"
	Blackout        CircumstanceKind = "blackout" // of reporting: what is not here may yet have happened
)

// CircumstanceKinds is every CircumstanceKind.
var CircumstanceKinds = []CircumstanceKind{OperationBegins, OperationEnds, ChangesHands, Ceasefire, Statement, Sanction, Blackout}
