package cairn

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Span is a run of bytes, half open, of a document's text.
type Span struct{ Start, End int }

// Len returns the number of bytes of s.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Holds reports whether t lies within s.
func (s Span) Holds(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Cover returns the smallest Span over both; a zero Span adds nothing.
func (s Span) Cover(t Span) Span {
	if s == (Span{}) {
		return t
	}
	if t == (Span{}) {
		return s
	}
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// Of returns the words of text that s covers; "" where s leaves the text.
func (s Span) Of(text string) string {
	if s.Start < 0 || s.Start > s.End || s.End > len(text) {
		return ""
	}
	return text[s.Start:s.End]
}

// In reports whether s is whole letters of text with something to see.
func (s Span) In(text string) bool {
	words := s.Of(text)
	return strings.TrimSpace(words) != "" && utf8.RuneStart(words[0]) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// MarshalJSON writes [start,end].
func (s Span) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{s.Start, s.End}) }

// UnmarshalJSON reads [start,end].
func (s *Span) UnmarshalJSON(data []byte) error {
	var pair []int
	if err := json.Unmarshal(data, &pair); err != nil || len(pair) != 2 || pair[0] < 0 || pair[0] > pair[1] {
		return Invalid{Field: "span", Reason: "want [start,end], not " + quote(string(data))}
	}
	*s = Span{pair[0], pair[1]}
	return nil
}

// A Locator says where in its document a claim stands. Span is always that of
// the text that was read. Where the words stand in a cell of a table, Table,
// Row and Column say so (each from 1); Page and Box place them on a page or
// picture, Seconds in a recording, and Note holds a person's own note of a
// conversation, which then is all there is.
type Locator struct {
	Span    Span        `json:"span"`
	Table   int         `json:"table,omitempty"`
	Row     int         `json:"row,omitempty"`
	Column  int         `json:"column,omitempty"`
	Page    int         `json:"page,omitempty"`
	Box     *Box        `json:"box,omitempty"`
	Seconds *[2]float64 `json:"seconds,omitempty"`
	Note    string      `json:"note,omitempty"`
}

// A Box is a rectangle on a page or picture, each side a share of its width or
// height from 0 to 1, counted from the upper left.
type Box struct {
	Left   float64 `json:"left"`
	Top    float64 `json:"top"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
}

// A Phrase is words of a document and where they stand. Span is nil for a value
// that came from elsewhere: the metadata, or a person.
type Phrase struct {
	Words string `json:"words,omitempty"`
	Span  *Span  `json:"span,omitempty"`
}

// A Harm is what was done to people or buildings.
type Harm string

// The harms. Casualties are dead and injured not told apart; Detained takes in
// abducted and arrested; Population is the people present or remaining, a
// stock and no harm, read because shares and displacement are measured by it.
const (
	Killed     Harm = "killed"
	Injured    Harm = "injured"
	Casualties Harm = "casualties"
	Missing    Harm = "missing"
	Displaced  Harm = "displaced"
	Detained   Harm = "detained"
	Damaged    Harm = "damaged"
	Population Harm = "population"
)

// Harms is every Harm, in the order in which they are shown.
var Harms = []Harm{Killed, Injured, Casualties, Missing, Displaced, Detained, Damaged, Population}

// A Class says who is harmed. Civilian status is only what the document states;
// UnknownStatus is the default.
type Class string

// The classes. All is the union that imported incident rows use.
const (
	Civilian        Class = "civilian"
	Combatant       Class = "combatant"
	UnknownStatus   Class = "unknown"
	Child           Class = "child"
	Woman           Class = "woman"
	Man             Class = "man"
	Journalist      Class = "journalist"
	Medic           Class = "medic"
	AidWorker       Class = "aid_worker"
	Detainee        Class = "detainee"
	DisplacedPerson Class = "displaced_person"
	Buildings       Class = "buildings"
	All             Class = "all"
)

// Classes is every Class, in the order in which they are shown.
var Classes = []Class{Civilian, UnknownStatus, All, Child, Woman, Man, Journalist, Medic, AidWorker, Detainee, DisplacedPerson, Combatant, Buildings}

// An Op says how the words of a figure bound the number.
type Op string

// The ops of a figure.
const (
	OpExact    Op = "exact"
	OpAtLeast  Op = "at_least"
	OpAtMost   Op = "at_most"
	OpMoreThan Op = "more_than"
	OpLessThan Op = "less_than"
	OpBetween  Op = "between"
	OpAbout    Op = "about"
	OpPlural   Op = "plural"
	OpVague    Op = "vague"
	OpZero     Op = "zero"
	OpUnknown  Op = "unknown"
)

// The units of a figure. The empty Unit is persons or things.
const (
	Percent    = "percent"
	Families   = "families"
	Households = "households"
)

// A Figure is a number as written: the words, how they bound it, and the
// numbers in them. What a policy makes of vague words is the claim's Range.
type Figure struct {
	Phrase
	Op   Op     `json:"op"`
	Low  Bound  `json:"low"`
	High Bound  `json:"high"`
	Unit string `json:"unit,omitempty"`
}

// Victims is the people or buildings that a claim is about, as it words them.
type Victims struct {
	Phrase
	Class Class    `json:"class,omitempty"`
	Age   *Range   `json:"age,omitempty"` // years
	Sex   string   `json:"sex,omitempty"`
	Names []string `json:"names,omitempty"`
}

// A Where is a place that words stand for, with the alternatives that were
// weighed against it.
type Where struct {
	Phrase
	Name         string        `json:"name,omitempty"`
	Lat          *float64      `json:"lat,omitempty"`
	Lon          *float64      `json:"lon,omitempty"`
	Country      string        `json:"country,omitempty"`
	Admin1       string        `json:"admin1,omitempty"`
	Accuracy     Accuracy      `json:"accuracy,omitempty"`
	ID           string        `json:"id,omitempty"`
	Within       []string      `json:"within,omitempty"`
	Zone         string        `json:"zone,omitempty"`
	Reason       string        `json:"reason,omitempty"`
	Alternatives []Alternative `json:"alternatives,omitempty"`
}

// An Alternative is a place that the same words could stand for, and why it was
// not chosen.
type Alternative struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Country string `json:"country,omitempty"`
	Reason  string `json:"reason"`
}

// A When is the period that words stand for, in days of the place.
type When struct {
	Phrase
	Period
}

// An Attacker is who is said to have done the harm.
type Attacker struct {
	Phrase
	Name     string   `json:"name,omitempty"` // canonical, where it is known
	Strength Strength `json:"strength,omitempty"`
}

// A MeansClass is the kind of weapon or method.
type MeansClass string

// The classes of means.
const (
	Airstrike   MeansClass = "airstrike"
	Drone       MeansClass = "drone"
	Artillery   MeansClass = "artillery"
	Rocket      MeansClass = "rocket"
	Bomb        MeansClass = "bomb"
	VehicleBomb MeansClass = "vehicle_bomb"
	Mine        MeansClass = "mine"
	Grenade     MeansClass = "grenade"
	Gun         MeansClass = "gun"
	Chemical    MeansClass = "chemical"
	Fire        MeansClass = "fire"
	Blade       MeansClass = "blade"
	OtherMeans  MeansClass = "other"
)

// Means is what the harm was done with.
type Means struct {
	Phrase
	Class MeansClass `json:"class"`
}

// A Stance is what a speaker does with a claim. The zero Stance only passes it
// on.
type Stance string

// The stances.
const (
	Asserts Stance = "asserts"
	Denies  Stance = "denies"
	Doubts  Stance = "doubts"
)

// A Saying is one link of the chain of who says it, outermost first.
type Saying struct {
	Phrase
	Name   string `json:"name,omitempty"` // canonical, where it is known
	Cue    string `json:"cue,omitempty"`
	Stance Stance `json:"stance,omitempty"`
}

// A Scope is a reservation under which a claim is made.
type Scope string

// The scopes.
const (
	Alleged       Scope = "alleged"
	ScopePossible Scope = "possible"
	ScopeDenied   Scope = "denied"
	Conditional   Scope = "conditional"
	Cumulative    Scope = "cumulative" // a toll over a period or area
	Historical    Scope = "historical"
	Background    Scope = "background"
	Subset        Scope = "subset"
	Addition      Scope = "addition"
)

// A Claim is one thing that one document says of one harm, each value tied to
// its words. Its JSON is that of the command-line contract. The zero N is a
// claim that was not yet numbered.
type Claim struct {
	N        int        `json:"n"`
	Harm     Harm       `json:"harm"`
	Figure   Figure     `json:"figure"`
	Range    Range      `json:"range"` // what the policy makes of this one claim
	Victims  Victims    `json:"victims"`
	SubsetOf int        `json:"subset_of,omitempty"`
	Where    *Where     `json:"where,omitempty"`
	When     *When      `json:"when,omitempty"`
	By       []Attacker `json:"by,omitempty"`
	Means    *Means     `json:"means,omitempty"`
	Says     []Saying   `json:"says,omitempty"`
	Scope    []Scope    `json:"scope,omitempty"`
	Locator
	Also    []Span   `json:"also,omitempty"`
	Rules   []string `json:"rules,omitempty"`
	Grounds []Ground `json:"grounds,omitempty"`
	Policy  string   `json:"policy,omitempty"`
	Machine int      `json:"machine,omitempty"` // how sure a program is of what it read off a picture, 1 to 100; 0 for typed text
}

// A Ground is what a claim rests on beside the words of its own values: the
// words that say the harm, those of a reservation, or, where there are none, the
// reason in words. For is "harm", "when", "where", "means" or a [Scope].
type Ground struct {
	For string `json:"for"`
	Phrase
	Reason string `json:"reason,omitempty"`
}

// Ground returns the ground of c for what, and whether there is one.
func (c Claim) Ground(what string) (Ground, bool) {
	for _, g := range c.Grounds {
		if g.For == what {
			return g, true
		}
	}
	return Ground{}, false
}

// Is reports whether c was made under reservation s.
func (c Claim) Is(s Scope) bool { return slices.Contains(c.Scope, s) }

// Campaign reports whether c is a toll of a period or an area and so belongs to
// no incident: it is shown as such and never summed with incidents.
func (c Claim) Campaign() bool { return c.Is(Cumulative) }

// A ClaimRef names a claim: its document, its number, and the reading that the
// number belongs to.
type ClaimRef struct {
	Document string `json:"document"`
	N        int    `json:"n"`
	Reading  string `json:"reading,omitempty"`
}
