package cairn

import (
	"encoding/json"
	"sort"
	"strings"
	"time"
)

// A Grade says how well civilian harm in an incident is established. The
// grades and their definitions are those that Airwars publishes (civilian harm
// status: confirmed, fair, weak, contested, discounted).
type Grade string

// The grades.
const (
	Confirmed  Grade = "confirmed"
	Fair       Grade = "fair"
	Weak       Grade = "weak"
	Contested  Grade = "contested"
	Discounted Grade = "discounted"
)

// Grades is every Grade, best established first.
var Grades = []Grade{Confirmed, Fair, Weak, Contested, Discounted}

// A StrikeStatus says how well it is established who did it. It is an axis of
// its own: a declared strike can have weakly reported harm (Airwars, strike
// status).
type StrikeStatus string

// The strike statuses.
const (
	Declared        StrikeStatus = "declared"
	Likely          StrikeStatus = "likely"
	ContestedStrike StrikeStatus = "contested"
	SingleSource    StrikeStatus = "single_source"
)

// A Grading is a Grade and a StrikeStatus with the reasons for both in words.
type Grading struct {
	Grade   Grade        `json:"grading,omitempty"`
	Strike  StrikeStatus `json:"strike_status,omitempty"`
	Reasons []string     `json:"reasons,omitempty"`
}

// A Tally is the casualty range of one harm and class in an incident, with the
// claims that set each end. A harm that is claimed with no figure has a Tally
// with the unknown Range and its claims in MinFrom: it is counted as unknown.
// Named are the persons of lists on whom the lower end rests, as [Victim] has
// them; none where claims alone set it.
type Tally struct {
	Harm    Harm
	Class   Class
	Range   Range
	MinFrom []ClaimRef
	MaxFrom []ClaimRef
	Named   []string
}

// Key returns the name of t in the contract: "killed" for civilians and people
// of unstated status together, "children_killed", "combatants_injured".
func (t Tally) Key() string {
	if p := plurals[t.Class]; p != "" {
		return p + "_" + string(t.Harm)
	}
	return string(t.Harm)
}

var plurals = map[Class]string{
	Child: "children", Woman: "women", Man: "men", Combatant: "combatants", Journalist: "journalists",
	Medic: "medics", AidWorker: "aid_workers", Detainee: "detainees", DisplacedPerson: "displaced_persons",
	All: "all", UnknownStatus: "unknown", Buildings: "buildings",
}

// TallyOf returns the harm and class of a key that Key wrote, and whether it is
// one.
func TallyOf(key string) (Tally, bool) {
	for _, h := range Harms {
		if key == string(h) {
			return Tally{Harm: h, Class: Civilian}, true
		}
		if p, ok := strings.CutSuffix(key, "_"+string(h)); ok {
			for c, plural := range plurals {
				if p == plural {
					return Tally{Harm: h, Class: c}, true
				}
			}
		}
	}
	return Tally{}, false
}

// An Assessment is what cairn proposes for an incident under a policy, and what
// a person may sign. A later one stands beside an earlier; a signed one is
// never moved. The class Civilian of its tallies holds civilians and people of
// unstated status; only stated combatants are left out.
type Assessment struct {
	Incident string
	Revision int // from 1
	Tallies  []Tally
	Grading
	Origins [][]string // documents that repeat one original, together
	Policy  string
	Signed  *Signature

	Contradictions []Contradiction // what the sources do not agree on
	Warnings       []string        // parts of a toll that do not fit into its whole

	Positions []Position   // of the parties themselves
	Overrides []Overridden // values that a person set over the computed ones
	Victims   []string     // persons of lists who are of the incident, as [Victim] has them

	Narratives []Narrative // what happened, in words, one for each language that has any
	Tags       []string    // words of the project's own that it is found by, in their order
}

// An Overridden is a value of an assessment that a person set, with what is
// computed for it and would stand without the person.
type Overridden struct {
	Field    string    `json:"field"`              // grading, strike_status, or the key of a tally
	Computed string    `json:"computed,omitempty"` // as it is written; empty where nothing is computed
	Who      string    `json:"who"`
	At       time.Time `json:"at"` // UTC
	Why      string    `json:"why,omitempty"`
}

// A Signature is who signed an assessment, when and why.
type Signature struct {
	Who string    `json:"who"`
	At  time.Time `json:"at"` // UTC
	Why string    `json:"why,omitempty"`
}

// Tally returns the tally of a harm and class, and whether there is one.
func (a Assessment) Tally(h Harm, c Class) (Tally, bool) {
	for _, t := range a.Tallies {
		if t.Harm == h && t.Class == c {
			return t, true
		}
	}
	return Tally{}, false
}

type tallyJSON struct {
	Min     Bound      `json:"min"`
	Max     Bound      `json:"max"`
	Open    bool       `json:"open,omitempty"`
	MinFrom []ClaimRef `json:"min_from,omitempty"`
	MaxFrom []ClaimRef `json:"max_from,omitempty"`
	Named   []string   `json:"named,omitempty"` // persons of lists
}

type assessmentJSON struct {
	Incident string     `json:"incident"`
	Revision int        `json:"revision,omitempty"`
	Killed   *tallyJSON `json:"killed"`
	Injured  *tallyJSON `json:"injured"`
}

type gradingJSON struct {
	Grading
	Unknown map[string][]ClaimRef `json:"unknown,omitempty"` // harms claimed with no figure
	Origins [][]string            `json:"origins,omitempty"`
	Policy  string                `json:"policy,omitempty"`
	Signed  *Signature            `json:"signed,omitempty"`

	Contradictions []Contradiction `json:"contradictions,omitempty"`
	Warnings       []string        `json:"warnings,omitempty"`

	Positions []Position   `json:"positions,omitempty"`
	Overrides []Overridden `json:"overrides,omitempty"`
	Victims   []string     `json:"victims,omitempty"`

	Narratives []Narrative `json:"narratives,omitempty"`
	Tags       []string    `json:"tags,omitempty"`
}

// MarshalJSON writes the answer of `cairn assess`: killed and injured always,
// null where nothing is known, then every other tally by its key.
func (a Assessment) MarshalJSON() ([]byte, error) {
	rest, unknown := map[string]*tallyJSON{}, map[string][]ClaimRef{}
	head := assessmentJSON{Incident: a.Incident, Revision: a.Revision}
	for _, t := range a.Tallies {
		j := &tallyJSON{t.Range.Min, t.Range.Max, t.Range.Open, t.MinFrom, t.MaxFrom, t.Named}
		if !t.Range.Known() {
			j, unknown[t.Key()] = nil, t.MinFrom
		}
		switch t.Key() {
		case "killed":
			head.Killed = j
		case "injured":
			head.Injured = j
		default:
			rest[t.Key()] = j
		}
	}
	first, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	middle, err := json.Marshal(rest)
	if err != nil {
		return nil, err
	}
	last, err := json.Marshal(gradingJSON{a.Grading, unknown, a.Origins, a.Policy, a.Signed, a.Contradictions, a.Warnings, a.Positions, a.Overrides, a.Victims, a.Narratives, a.Tags})
	if err != nil {
		return nil, err
	}
	return joinObjects(first, middle, last), nil
}

// joinObjects writes the fields of several JSON objects as one.
func joinObjects(objects ...[]byte) []byte {
	var fields []string
	for _, o := range objects {
		if inner := string(o[1 : len(o)-1]); inner != "" {
			fields = append(fields, inner)
		}
	}
	return []byte("{" + strings.Join(fields, ",") + "}")
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Assessment) UnmarshalJSON(data []byte) error {
	var head assessmentJSON
	var tail gradingJSON
	var all map[string]json.RawMessage
	for _, into := range []any{&head, &tail, &all} {
		if err := json.Unmarshal(data, into); err != nil {
			return err
		}
	}
	*a = Assessment{Incident: head.Incident, Revision: head.Revision, Grading: tail.Grading, Origins: tail.Origins, Policy: tail.Policy, Signed: tail.Signed,
		Contradictions: tail.Contradictions, Warnings: tail.Warnings, Positions: tail.Positions, Overrides: tail.Overrides, Victims: tail.Victims,
		Narratives: tail.Narratives, Tags: tail.Tags}
	for key, raw := range all {
		t, ok := TallyOf(key)
		if !ok {
			continue
		}
		var j *tallyJSON
		if err := json.Unmarshal(raw, &j); err != nil {
			return err
		}
		if j != nil {
			t.Range, t.MinFrom, t.MaxFrom, t.Named = Range{j.Min, j.Max, j.Open}, j.MinFrom, j.MaxFrom, j.Named
			a.Tallies = append(a.Tallies, t)
		}
	}
	for key, refs := range tail.Unknown {
		if t, ok := TallyOf(key); ok {
			t.MinFrom = refs
			a.Tallies = append(a.Tallies, t)
		}
	}
	SortTallies(a.Tallies)
	return nil
}

// SortTallies puts tallies in the order in which they are shown: by harm, then
// by class.
func SortTallies(tallies []Tally) {
	rank := func(t Tally) int {
		r := 0
		for i, h := range Harms {
			if h == t.Harm {
				r = i * 100
			}
		}
		for i, c := range Classes {
			if c == t.Class {
				r += i
			}
		}
		return r
	}
	sort.SliceStable(tallies, func(i, j int) bool { return rank(tallies[i]) < rank(tallies[j]) })
}
