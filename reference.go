package cairn

// A Reference is a work of others that refers to an incident: a judgment, a report of
// the United Nations, an article. It shows readers what was made of the incident,
// and is no evidence of it: it moves no figure and no grading.
type Reference struct {
	Kind  ReferenceKind `json:"as"`
	Title string        `json:"title"`
	By    string        `json:"by"`              // who published it
	On    Date          `json:"on,omitempty"`    // when
	Where string        `json:"where,omitempty"` // in it: a page, a paragraph, a footnote
	Link  string        `json:"link,omitempty"`  // the address of a web page
}

// A ReferenceKind is a sort of work that refers to an incident.
type ReferenceKind string

// The kinds of work.
const (
	ByCourt         ReferenceKind = "court"
	ByInquiry       ReferenceKind = "inquiry" // of a state or an international body
	ByParliament    ReferenceKind = "parliament"
	ByGovernment    ReferenceKind = "government"
	ByUnitedNations ReferenceKind = "united_nations"
	ByPress         ReferenceKind = "press"
	ByResearch      ReferenceKind = "research"
	ByOrganisation  ReferenceKind = "organisation" // another that is none of these
)

// ReferenceKinds is every ReferenceKind, in the order in which pages show them.
var ReferenceKinds = []ReferenceKind{ByCourt, ByInquiry, ByUnitedNations, ByParliament, ByGovernment, ByResearch, ByOrganisation, ByPress}
