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
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// An Assessed is an incident with its assessment at the stage of the total; nil
// where nobody has assessed it.
type Assessed struct {
	Incident   cairn.Incident
	Assessment *cairn.Assessment
}

// A Selection is what a total is made of. Incidents and Campaigns are those of
// the place and period asked for; the grades are chosen here, since those left
// out are counted. Places are the identifiers and names by which the project's
// coverage may know the place.
type Selection struct {
	Project   cairn.Project
	Stage     string
	Policy    string
	Place     string
	Places    []string
	From, To  cairn.Date
	Grades    []cairn.Grade // taken into rows; none takes every one
	Headline  bool          // Grades were not asked for: incidents of recorders that do not grade count too
	AsOf      string
	By        By
	Incidents []Assessed
	Campaigns []cairn.Testimony
	Shared    []Shared // tolls of several incidents together
	Backlog   Backlog
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
	Unmonitored []string            `json:"unmonitored,omitempty"` // years, months or days that were not, in a total by them
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
		Grades: s.Grades, Excluded: map[cairn.Grade]int{}, Backlog: s.Backlog, Campaigns: campaigns(s.Campaigns)}
	if len(a.Grades) == 0 {
		a.Grades = cairn.Grades
	}
	for _, g := range cairn.Grades {
		if !slices.Contains(a.Grades, g) {
			a.Excluded[g] = 0
		}
	}
	counted := rows{by: s.By, at: map[key]*Row{}, shared: s.Shared, held: held{}}
	several, theirs := false, map[string]int{}
	for i, counts := range s.assessed() {
		if !counts {
			a.Excluded[cmp.Or(i.Assessment.Grade, Ungraded)]++
			continue
		}
		several = counted.add(i) || several
		if from := i.Incident.Elsewhere; from != nil {
			theirs[from.Recorder]++
		}
	}
	joint := counted.joint(s.Shared)
	a.Rows = counted.sorted()
	a.Note = note(several, joint, theirs)
	watch(&a, s)
	return a
}

// assessed yields each assessed incident once, with whether it counts.
func (s Selection) assessed() iter.Seq2[Assessed, bool] {
	grades := s.Grades
	if len(grades) == 0 {
		grades = cairn.Grades
	}
	return func(yield func(Assessed, bool) bool) {
		seen := map[string]bool{}
		for _, i := range s.Incidents {
			if i.Assessment == nil || seen[i.Incident.Code] {
				continue
			}
			seen[i.Incident.Code] = true
			if !yield(i, s.takes(grades, i)) {
				return
			}
		}
	}
}

// Counted returns the incidents that s adds up, each once.
func (s Selection) Counted() []Assessed {
	var all []Assessed
	for i, counts := range s.assessed() {
		if counts {
			all = append(all, i)
		}
	}
	return all
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

// takes reports whether an incident counts. Every grading asked for takes in
// those without one, and so does the headline where their recorder does not
// grade: its rules of entry stand in for a grade.
func (s Selection) takes(grades []cairn.Grade, i Assessed) bool {
	g := i.Assessment.Grade
	return slices.Contains(grades, g) || g == "" && (len(grades) == len(cairn.Grades) || s.Headline && i.Incident.Elsewhere != nil)
}

// A key is what a row adds up.
type key struct {
	by    string
	harm  cairn.Harm
	class cairn.Class
}

type rows struct {
	by     By
	at     map[key]*Row
	shared []Shared
	held   held
}

// add counts an incident once in each row it belongs to, and reports whether it
// stands in several groups.
func (r rows) add(i Assessed) bool {
	several := false
	for _, t := range i.Assessment.Tallies {
		groups := r.by.groups(i, t)
		several = several || len(groups) > 1
		for _, g := range groups {
			r.count(key{g, t.Harm, t.Class}, i.Incident.Code, t.Range)
		}
	}
	return several
}

func (r rows) count(k key, code string, figure cairn.Range) {
	row := r.at[k]
	if row == nil {
		row = &Row{By: Text(k.by), Harm: k.harm, Class: k.class}
		r.at[k] = row
	}
	if n := len(row.Codes); n > 0 && row.Codes[n-1] == code {
		return
	}
	r.held.add(r.shared, k, code, figure)
	row.Codes = append(row.Codes, code)
	row.Incidents++
	if !figure.Known() {
		row.Unknown++
		return
	}
	sum := row.Range().Plus(figure)
	row.Min, row.Max, row.Open = sum.Min, sum.Max, sum.Open
}

func (r rows) sorted() []Row {
	all := make([]Row, 0, len(r.at))
	for _, row := range r.at {
		all = append(all, *row)
	}
	slices.SortFunc(all, func(x, y Row) int {
		return cmp.Or(r.by.compare(string(x.By), string(y.By)),
			cmp.Compare(slices.Index(cairn.Harms, x.Harm), slices.Index(cairn.Harms, y.Harm)),
			cmp.Compare(slices.Index(cairn.Classes, x.Class), slices.Index(cairn.Classes, y.Class)),
			cmp.Compare(x.Harm, y.Harm), cmp.Compare(x.Class, y.Class))
	})
	return all
}
