package cairn

import "slices"

// A Published is the public form of an incident: what a release says of it. It is
// composed once, from a signed assessment, and frozen. It is a noun of its own
// and not an Incident with something left out, so that whatever is not put into
// it cannot reach a reader: no draft, no name of a private person, no exact
// point, no text beyond the sentences that are quoted, nobody who worked on it.
type Published struct {
	Listing
	Reasons  []string     `json:"reasons,omitempty"` // for the grading, in words
	Policy   string       `json:"policy,omitempty"`
	Sources  []Publisher  `json:"sources"`
	Ascribed []Ascription `json:"ascribed,omitempty"`
	Disputes []Dispute    `json:"disputes,omitempty"` // what the sources do not agree on
	Set      []string     `json:"set,omitempty"`      // the values that a person set over the computed ones
	Related  []Relative   `json:"related,omitempty"`

	References []Reference `json:"references,omitempty"` // works of others that refer to it
	Mentions   []string    `json:"mentions,omitempty"`   // the published incidents whose texts name it, by code

	History []Revised `json:"history,omitempty"` // the releases that changed it, the last first

	Narratives []PublicNarrative `json:"narratives,omitempty"` // what happened, in words
	Tags       []string          `json:"tags,omitempty"`       // words of the project's own

	Victims []PublicVictim `json:"victims,omitempty"` // persons of lists, by family
	Unshown int            `json:"unshown,omitempty"` // persons of lists of whom nothing is shown
}

// A Listing is what tables, maps and totals show of a published incident.
type Listing struct {
	Code     string       `json:"id"`
	Former   []string     `json:"former,omitempty"` // codes that it once had
	Place    PublicPlace  `json:"place,omitzero"`
	When     Period       `json:"when,omitzero"`
	Means    MeansClass   `json:"means,omitempty"`
	Recorder string       `json:"recorder,omitempty"` // whose incident it is; empty for the project's own
	Grade    Grade        `json:"grading,omitempty"`
	Strike   StrikeStatus `json:"strike_status,omitempty"`
	Parties  []string     `json:"parties,omitempty"` // to whom it is ascribed, as totals count it
	Figures  []Figured    `json:"figures,omitempty"`
	Heard    int          `json:"heard"`            // sources
	Origins  int          `json:"origins"`          // of them, those that repeat nobody
	Review   bool         `json:"review,omitempty"` // evidence came after it was signed, and is being looked at

	Positions []Position `json:"positions,omitempty"` // of the parties themselves
}

// A PublicPlace is where a published incident was, no closer than the project
// lets the public know. Point is nil where nobody knows it, or nobody may. Keys
// are the names and identifiers, in small letters, by which a total of the place
// or of one that holds it finds the incident.
type PublicPlace struct {
	ID       string            `json:"id,omitempty"`
	Name     string            `json:"name,omitempty"`
	Names    map[string]string `json:"names,omitempty"` // by language tag
	Point    *Point            `json:"point,omitempty"`
	Accuracy Accuracy          `json:"accuracy,omitempty"`
	Admin1   string            `json:"admin1,omitempty"`
	Country  string            `json:"country,omitempty"`
	Keys     []string          `json:"keys,omitempty"`
}

// A Figured is a casualty range of a published incident, with the keys of the
// excerpts that set each end. An end that a person set names none.
type Figured struct {
	Harm    Harm     `json:"harm"`
	Class   Class    `json:"class"`
	Range   Range    `json:"range"`
	Floor   []string `json:"floor,omitempty"`
	Ceiling []string `json:"ceiling,omitempty"`
	Named   int      `json:"named,omitempty"` // of those at the floor, persons whom lists of victims name
}

// A PublicVictim is a person of lists as much as the public may see of them. Key
// names them without giving away who they are or what a list calls them; Also are
// keys under which they may stand elsewhere. Agreed says that their own record
// allows what is shown. Group counts families from 1, 0 for somebody of none.
type PublicVictim struct {
	Key      string   `json:"key"`
	Also     []string `json:"also,omitempty"`
	Display  Display  `json:"display"`
	Agreed   bool     `json:"agreed,omitempty"`
	Names    []string `json:"names,omitempty"`
	Initials string   `json:"initials,omitempty"`
	Sex      string   `json:"sex,omitempty"`
	Age      Range    `json:"age,omitzero"` // years
	Harm     Harm     `json:"harm"`
	Group    int      `json:"group,omitempty"`
}

// Down returns v with no more shown than d allows.
func (v PublicVictim) Down(d Display) PublicVictim {
	v.Display = v.Display.Within(d)
	if v.Display.rank() < FullName.rank() {
		v.Names = nil
	}
	if v.Display.rank() < Initials.rank() {
		v.Initials = ""
	}
	if v.Display.rank() < AgeAndSex.rank() {
		v.Sex, v.Age, v.Group = "", Range{}, 0
	}
	return v
}

// A Publisher is a document behind a published incident, by who published it.
// Number counts from 1 within the incident; those of one Origin repeat one
// original. Key names it without giving its identifier away. A witness has no
// name, nor has a source that asked not to be named.
type Publisher struct {
	Number    int       `json:"number"`
	Key       string    `json:"key"`
	Name      string    `json:"name,omitempty"`
	Witness   bool      `json:"witness,omitempty"`
	Title     string    `json:"title,omitempty"`
	Address   string    `json:"address,omitempty"`
	Published Date      `json:"published,omitempty"`
	Language  string    `json:"language,omitempty"`
	Origin    int       `json:"origin"`
	Excerpts  []Excerpt `json:"excerpts"`
	Withheld  int       `json:"withheld,omitempty"` // excerpts that a person suppressed
}

// An Excerpt is the sentence that a claim rests on, with the words of its figure
// apart. Names of private persons are replaced by [Masked].
type Excerpt struct {
	Key    string  `json:"key"`
	Harm   Harm    `json:"harm"`
	Class  Class   `json:"class,omitempty"`
	Range  Range   `json:"range"`
	Before string  `json:"before,omitempty"`
	Words  string  `json:"words"`
	After  string  `json:"after,omitempty"`
	Scope  []Scope `json:"scope,omitempty"`
	Denied bool    `json:"denied,omitempty"`
}

// Masked stands in published words where a name was.
const Masked = "███"

// A PublicNarrative is what happened in a published incident, told in one language.
// Draft says that cairn wrote it from the claims and that who signed changed
// nothing; Recorder is whose text it is, where it is not the project's own.
type PublicNarrative struct {
	Language string       `json:"language,omitempty"`
	Draft    bool         `json:"draft,omitempty"`
	Recorder string       `json:"recorder,omitempty"`
	Parts    []PublicPart `json:"parts"`
}

// A PublicPart is a run of a published narrative: words, or the key of the excerpt
// that stands behind them.
type PublicPart struct {
	Words   string `json:"words,omitempty"`
	Excerpt string `json:"excerpt,omitempty"`
}

// An Ascription is a party that sources name, with how firmly and which of them.
type Ascription struct {
	Party    string   `json:"party"`
	Strength Strength `json:"strength,omitempty"`
	Sources  []int    `json:"sources"`
}

// A Dispute is a matter on which the sources of a published incident exclude one
// another, with what each side says and which sources say so.
type Dispute struct {
	About string `json:"about"` // the key of a tally, or when, where, by
	Sides []Told `json:"sides"`
}

// A Told is what some sources of a published incident say in a dispute.
type Told struct {
	Says    string `json:"says"`
	Sources []int  `json:"sources"`
}

// A Relative is another published incident and what it has to do with this one.
type Relative struct {
	As   Relation `json:"as"`
	Code string   `json:"code"`
}

// A Revised is what one release changed of an incident.
type Revised struct {
	Release int       `json:"release"`
	Day     Date      `json:"day"`
	Changes []Changed `json:"changes,omitempty"` // none where it was first published
}

// A Changed is a value that a release gave otherwise than the one before. From is
// empty where it was not known, To where it no longer is; both are where the text of
// an incident was changed.
type Changed struct {
	Field string `json:"field"` // grading, strike_status, place, when, by, means, tags, narrative_en and the like, or the key of a tally
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// Counts returns what l gives a total; it is what [Incident.Counts] gives of the
// incident that l was composed from.
func (l Listing) Counts() []Counted {
	c := Counted{Code: l.Code, Grade: l.Grade, Recorder: l.Recorder, When: l.When, Means: l.Means, Parties: l.Parties,
		Place: l.Place.Name, Admin1: l.Place.Admin1, Country: l.Place.Country, First: l.First()}
	if len(l.Figures) == 0 {
		return []Counted{c}
	}
	all := make([]Counted, 0, len(l.Figures))
	for _, f := range l.Figures {
		c.Harm, c.Class, c.Range = f.Harm, f.Class, f.Range
		all = append(all, c)
	}
	return all
}

// First returns the day, month or year on which l began.
func (l Listing) First() Date {
	if l.When.From.Known() {
		return l.When.From
	}
	return l.When.To
}

// Figure returns the casualty range of a harm and class, and whether l has one.
func (l Listing) Figure(h Harm, c Class) (Figured, bool) {
	i := slices.IndexFunc(l.Figures, func(f Figured) bool { return f.Harm == h && f.Class == c })
	if i < 0 {
		return Figured{}, false
	}
	return l.Figures[i], true
}
