package cairn

// A Position is what a party itself says of an incident that it is held to have
// done: whether it assessed it, with what result, and what it concedes. It is a
// fact about the party, kept beside what others report, and never an end of
// their range (Airwars, coalition assessments).
type Position struct {
	Party     string           `json:"party"` // the identifier or name of a belligerent
	Result    PositionResult   `json:"result"`
	Conceded  map[string]Range `json:"conceded,omitempty"` // by the key of a tally: killed, children_injured
	On        Date             `json:"on,omitempty"`       // when it said so
	Statement string           `json:"statement,omitempty"`
	Link      string           `json:"link,omitempty"`
}

// A PositionResult is the result of a party's own assessment.
type PositionResult string

// The results of a party's own assessment.
const (
	NotAssessed PositionResult = "not_assessed"
	NonCredible PositionResult = "non_credible"
	Credible    PositionResult = "credible"
	Duplicate   PositionResult = "duplicate" // of another incident, which it assessed
)

// PositionResults is every PositionResult.
var PositionResults = []PositionResult{NotAssessed, NonCredible, Credible, Duplicate}

// Admits reports whether the party accepts that it harmed people.
func (p Position) Admits() bool {
	for key, r := range p.Conceded {
		t, ok := TallyOf(key)
		if ok && t.Class != Combatant && (r.Min.N > 0 || r.Max.N > 0) {
			return true
		}
	}
	return false
}
