// Package total adds casualty ranges up over incidents, and says what was
// counted, what was not, and why.
//
// A total is a sum of floors and a sum of ceilings over assessed incidents, each
// counted once (Airwars, headline totals). What is not known is never added as
// nobody: an incident that claims a harm with no figure is counted as unknown.
// Tolls that documents claim for a period or an area stand beside the rows and
// are never part of them, and days that a project did not monitor are named as
// such. Every row names its incidents, so that it unrolls.
package total

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Selection is what a total is made of. Counted are the figures of the place
// and period asked for; the grades are chosen here, since those left out are
// counted. Places are the identifiers and names by which the project's coverage
// may know the place.
type Selection struct {
	Project  cairn.Project
	Stage    string
	Policy   string
	Place    string
	Places   []string
	From, To cairn.Date
	Grades   []cairn.Grade // taken into rows; none takes every one
	Headline bool          // Grades were not asked for: incidents of recorders that do not grade count too
	AsOf     string
	By       By
	Counted  Figures
	Shared   []Shared // tolls of several incidents together
}

// A Backlog counts how far what was collected has come.
type Backlog struct {
	Collected int `json:"collected"`
	InReview  int `json:"in_review"`
	Published int `json:"published"`
}

// An Answer is a total, as `cairn total` prints it.
type Answer struct {
	Stage       string              `json:"stage"`
	Policy      string              `json:"policy"`
	Place       Text                `json:"place"`
	From        Text                `json:"from"`
	To          Text                `json:"to"`
	Grades      []cairn.Grade       `json:"grades"`
	AsOf        Text                `json:"as_of"`
	Watch       cairn.Watch         `json:"watch,omitempty"`       // whether the period was monitored, where the project says
	Unmonitored []string            `json:"unmonitored,omitempty"` // years, months, weeks or days that were not, in a total by them
	Rows        []Row               `json:"rows"`
	Campaigns   []Campaign          `json:"campaigns"`
	Excluded    map[cairn.Grade]int `json:"excluded"` // incidents of the other grades
	Backlog     Backlog             `json:"backlog"`
	Note        string              `json:"note,omitempty"`
	ID          string              `json:"id,omitempty"` // by which it can be made again, with the same numbers
}

// A Text is a word that may be unknown: null in JSON where it is empty.
type Text string

// MarshalJSON writes the word, or null for none.
func (t Text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return quoted(string(t))
}

// A Row is the sum of one harm and class in one group. Min and Max are unknown
// where no incident gives a figure, or where one gives no such end and the
// policy leaves it open. Incidents counts those with this harm and class,
// Unknown those of them that give no figure; Codes names them all.
type Row struct {
	By        Text        `json:"by"`
	Harm      cairn.Harm  `json:"harm"`
	Class     cairn.Class `json:"class"`
	Min       cairn.Bound `json:"min"`
	Max       cairn.Bound `json:"max"`
	Open      bool        `json:"open,omitempty"`
	Incidents int         `json:"incidents"`
	Unknown   int         `json:"unknown"`
	Watch     cairn.Watch `json:"watch,omitempty"`
	Codes     []string    `json:"codes"`
}

// Range returns the casualty range of the row.
func (r Row) Range() cairn.Range { return cairn.Range{Min: r.Min, Max: r.Max, Open: r.Open} }

// Of adds a selection up.
func Of(s Selection) Answer {
	a := Answer{Stage: s.Stage, Policy: s.Policy, Place: Text(s.Place), From: Text(s.From), To: Text(s.To), AsOf: Text(s.AsOf),
		Grades: s.Grades, Excluded: map[cairn.Grade]int{}, Campaigns: []Campaign{}}
	if len(a.Grades) == 0 {
		a.Grades = cairn.Grades
	}
	for _, g := range cairn.Grades {
		if !slices.Contains(a.Grades, g) {
			a.Excluded[g] = 0
		}
	}
	sum := s.add(a.Grades)
	for g, n := range sum.excludedBy() {
		a.Excluded[g] += n
	}
	joint := sum.rows.joint(s.Shared)
	a.Rows = sum.rows.sorted()
	a.Note = note(sum.several, joint, sum.theirsBy())
	watch(&a, s, sum.span)
	return a
}

// Taken yields the figures that s adds up, without those of other grades.
func (s Selection) Taken() iter.Seq[cairn.Counted] {
	return func(yield func(cairn.Counted) bool) {
		for f := range s.taken() {
			if !yield(s.Counted.Words.Counted(f)) {
				return
			}
		}
	}
}

// taken yields the figures that s adds up.
func (s Selection) taken() iter.Seq[*Figure] {
	grades := s.Grades
	if len(grades) == 0 {
		grades = cairn.Grades
	}
	return func(yield func(*Figure) bool) {
		takes := s.taking(grades)
		for _, part := range s.Counted.Parts {
			for f := range part {
				if takes(f) && !yield(f) {
					return
				}
			}
		}
	}
}

// note says what to know of the rows: that an incident stands in several of them,
// and how many incidents are other recorders'.
func note(several, joint bool, theirs map[string]int) string {
	var all []string
	if several {
		all = append(all, "an incident that names several parties stands under each of them, so that these rows do not add up to the total")
	}
	if joint {
		all = append(all, "accounts give one toll for several of the incidents, which is counted once")
	}
	for _, recorder := range slices.Sorted(maps.Keys(theirs)) {
		all = append(all, fmt.Sprintf("%d of the incidents are those of %s, with its own ranges and grades", theirs[recorder], recorder))
	}
	return strings.Join(all, "; ")
}

// Ungraded stands among the excluded for incidents whose harm to people nothing
// grades, such as one that only tells of damage.
const Ungraded cairn.Grade = "ungraded"

// taking returns what reports whether an incident counts. Every grading asked for
// takes in those without one, and so does the headline where their recorder does
// not grade: its rules of entry stand in for a grade.
func (s Selection) taking(grades []cairn.Grade) func(*Figure) bool {
	asked := memo[bool]{ask: func(grade uint32) bool {
		return slices.Contains(grades, cairn.Grade(s.Counted.Words.words.word(grade)))
	}}
	return func(f *Figure) bool {
		return asked.at(f.Grade) || f.Grade == 0 && (len(grades) == len(cairn.Grades) || s.Headline && f.Recorder > 0)
	}
}
