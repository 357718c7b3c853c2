package site

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// A selection is what a reader asked to see. It stands in the address of a page,
// and map, timeline, table and totals all show it. The zero selection takes the
// headline grades of everything.
type selection struct {
	From, To cairn.Date
	Place    string // the key of a place
	Party    string
	Means    string
	Grades   []cairn.Grade
	All      bool // every grade, and those without
	Text     string
	By       total.By
}

// selectionOf reads the selection of an address. What cannot be is left out and
// named.
func selectionOf(q url.Values) (selection, []string) {
	s := selection{Place: q.Get("place"), Party: q.Get("party"), Means: q.Get("means"), Text: strings.TrimSpace(q.Get("text"))}
	var wrong []string
	var err error
	if s.From, err = cairn.ParseDate(q.Get("from")); err != nil {
		wrong = append(wrong, "from")
	}
	if s.To, err = cairn.ParseDate(q.Get("to")); err != nil {
		wrong = append(wrong, "to")
	}
	for _, g := range q["grade"] {
		switch {
		case g == "all":
			s.All = true
		case slices.Contains(cairn.Grades, cairn.Grade(g)):
			s.Grades = append(s.Grades, cairn.Grade(g))
		case g != "":
			wrong = append(wrong, "grade")
		}
	}
	if s.By, err = total.ParseBy(q.Get("by")); err != nil {
		wrong = append(wrong, "by")
	}
	return s, wrong
}

// Query returns s as the query of an address, "" for the zero selection.
func (s selection) Query() string {
	q := url.Values{}
	for _, pair := range [][2]string{{"from", string(s.From)}, {"to", string(s.To)}, {"place", s.Place}, {"party", s.Party}, {"means", s.Means}, {"text", s.Text}, {"by", string(s.By)}} {
		if pair[1] != "" {
			q.Set(pair[0], pair[1])
		}
	}
	for _, g := range s.Grades {
		q.Add("grade", string(g))
	}
	if s.All {
		q.Set("grade", "all")
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// grades are those that a total takes in, and whether they were not asked for.
func (s selection) grades(x *index) (grades []cairn.Grade, headline bool) {
	switch {
	case s.All:
		return cairn.Grades, false
	case len(s.Grades) > 0:
		return s.Grades, false
	}
	return x.release.Grades, true
}

// Has reports whether s asks for a grade.
func (s selection) Has(g cairn.Grade) bool { return !s.All && slices.Contains(s.Grades, g) }

// chosen returns which incidents s chooses, of every grade.
func (s selection) chosen(x *index) []int {
	var from, to string
	if s.From.Known() {
		from = string(cairn.DayOf(s.From.First()))
	}
	if s.To.Known() {
		to = string(cairn.DayOf(s.To.Last()))
	}
	place, text := fold(s.Place), fold(s.Text)
	var all []int
	for _, i := range s.among(x, place) {
		l, days := &x.listings[i], &x.days[i]
		switch {
		case from != "" && days[1] != "" && days[1] < from, to != "" && days[0] > to:
		case s.Party != "" && !slices.Contains(l.Parties, s.Party):
		case s.Means != "" && s.Means != string(l.Means):
		case text != "" && !strings.Contains(x.searched[i], text):
		default:
			all = append(all, i)
		}
	}
	return all
}

// among returns the incidents of the place or party that s asks for, or all.
func (s selection) among(x *index, place string) []int {
	switch {
	case place != "":
		return x.within[place]
	case s.Party != "":
		return x.ascribed[s.Party]
	}
	return x.every
}

// fold returns a word for comparing: small letters, single spaces.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// searched is what an incident is searched by.
func searched(l cairn.Listing) string {
	words := append([]string{l.Code, string(l.Means)}, l.Former...)
	words = append(append(words, l.Place.Keys...), l.Parties...)
	for _, tag := range slices.Sorted(maps.Keys(l.Place.Names)) {
		words = append(words, l.Place.Names[tag])
	}
	return fold(strings.Join(words, " "))
}

// taken returns what a selection counts, its grades included.
func (s selection) taken(x *index) []int {
	grades, headline := s.grades(x)
	return slices.DeleteFunc(slices.Clone(s.chosen(x)), func(i int) bool {
		l := &x.listings[i]
		return !slices.Contains(grades, l.Grade) && (l.Grade != "" || len(grades) != len(cairn.Grades) && (!headline || l.Recorder == ""))
	})
}

// total adds s up, as `cairn total --stage published` does.
func (s selection) total(x *index) total.Answer {
	grades, headline := s.grades(x)
	sel := total.Selection{Project: cairn.Project{Name: x.release.Project, Policy: x.release.Policy, Coverage: x.release.Coverage}, Policy: x.release.Policy,
		Stage: "published", Place: s.Place, From: s.From, To: s.To, Grades: grades, Headline: headline, By: s.By}
	if s.Place != "" {
		sel.Places = []string{s.Place}
	}
	for _, shared := range x.release.Shared {
		sel.Shared = append(sel.Shared, total.Shared{Incidents: shared.Incidents, Toll: shared.Toll})
	}
	sel.Counted = x.counts.of(s.chosen(x))
	return total.Of(sel)
}
