package cairn

// An Incident is one event in one place at one time, with every claim about it.
// Its Code is how recorders speak of it: the project's prefix and a number.
// Where, When, By and Means are the union of what its claims say; the range and
// the grading are the Assessment's.
//
// An incident that was merged into another keeps its Code, with the survivor in
// Into, so that old references resolve.
type Incident struct {
	Code    string     `json:"id"`
	Project string     `json:"project"`
	Former  []string   `json:"former,omitempty"`
	Into    string     `json:"into,omitempty"`
	Where   *Where     `json:"where,omitempty"`
	When    Period     `json:"when,omitzero"`
	By      []Attacker `json:"by,omitempty"`
	Means   MeansClass `json:"means,omitempty"`
	Claims  []ClaimRef `json:"claims"`
	Reasons []string   `json:"reasons,omitempty"` // why the claims stand together

	Judged    bool       `json:"judged,omitempty"`    // its claims stand where persons put them
	Elsewhere *Elsewhere `json:"elsewhere,omitempty"` // nil for an incident of the project's own
}

// An Elsewhere is what another recorder judged of an incident that was taken
// over from it, under its own code. The judgement stays that recorder's: its
// range and grade are not computed anew, until a person merges the incident
// into one of the project's own. A recorder that does not grade leaves Grade and
// Strike empty.
type Elsewhere struct {
	Recorder string       `json:"recorder"`
	Code     string       `json:"code"`
	Grade    Grade        `json:"grading,omitempty"`
	Strike   StrikeStatus `json:"strike_status,omitempty"`
	// Narrative is its text of the incident, and Published when it first stood in
	// public.
	Narrative string     `json:"narrative,omitempty"`
	Published Date       `json:"published,omitempty"`
	Sources   []Citation `json:"sources,omitempty"`
	Positions []Position `json:"positions,omitempty"`
}

// A Citation is a source as another recorder cites it: a name, a title and links,
// of which cairn has no bytes.
type Citation struct {
	Name      string `json:"name,omitempty"`
	Title     string `json:"title,omitempty"`
	Link      string `json:"link,omitempty"`
	Archived  string `json:"archived,omitempty"` // where a copy is kept
	Published Date   `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
}

// A Testimony is a claim with the document it stands in: what an incident is
// assessed from.
type Testimony struct {
	Ref      ClaimRef `json:"ref"`
	Claim    Claim    `json:"claim"`
	Document Document `json:"document"` // the text may be left out
}

// A Relation says what several incidents have to do with one another that stay
// incidents of their own.
type Relation string

// The relations.
const (
	SameAttack      Relation = "same_attack"      // parts of one attack on several places
	OverlappingToll Relation = "overlapping_toll" // accounts give one toll for all of them
	PartOf          Relation = "part_of"          // the first is part of the others
	DoubleStrike    Relation = "double_strike"    // a second strike on those who came to help
)

// Relations is every Relation.
var Relations = []Relation{SameAttack, OverlappingToll, PartOf, DoubleStrike}

// Related are incidents with what they have to do with one another. Toll is what
// accounts give for all of them together, by the key of a tally; nil where none
// does. A total counts such a toll once.
type Related struct {
	As        Relation         `json:"as"`
	Incidents []string         `json:"incidents"`
	Toll      map[string]Range `json:"toll,omitempty"`
	Who       string           `json:"who"`
	Why       string           `json:"why,omitempty"`
}
