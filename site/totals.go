package site

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// totalsView is what a selection adds up to, by one thing or another.
type totalsView struct {
	Selection selection
	Wrong     []string
	Sum       summary
	Groups    []groupView
	Ladder    []rungView
	Choices   choices
	By        []total.By
	Watch     cairn.Watch
	Gaps      []string // months or years that nobody monitored
	Shown     string   // Query of the map page
	Sides     []sided
	Cite      citation
}

// A groupView is the rows of one harm and class.
type groupView struct {
	Harm  cairn.Harm
	Class cairn.Class
	Rows  []rowOf
}

// A rowOf is a row of a total with its bar and the selection behind it.
type rowOf struct {
	total.Row
	Name   string
	Query  string
	Linked bool // whether there is a selection of what is behind it
	Behind []behind
	Bar    bar
}

// A behind is an incident behind a number.
type behind struct{ Code, Slug string }

// mostBehind is how many incidents a row names; the map page has more.
const mostBehind = 30

// A rungView is what a total would be if it took in the grades down to one.
type rungView struct {
	Grade     cairn.Grade
	Range     cairn.Range
	Incidents int
	Bar       bar
	Query     string
	Counted   bool // within the headline
}

func (totalsView) title(t *tongue) string { return t.say("nav.totals") }

func readTotals(v *visit) (view, error) {
	s := v.selection
	w := totalsView{Selection: s, Wrong: v.wrong, Sum: v.summary(s), Choices: v.choices(), By: total.Groupings}
	answer := s.total(v.index)
	w.Watch, w.Gaps = answer.Watch, answer.Unmonitored
	whole := s
	whole.By = total.Whole
	w.Shown = whole.Query()
	for _, r := range answer.Rows {
		key := cairn.Tally{Harm: r.Harm, Class: r.Class}
		k, ok := tallyAt(w.Groups, key)
		if !ok {
			k = len(w.Groups)
			w.Groups = append(w.Groups, groupView{Harm: r.Harm, Class: r.Class})
		}
		w.Groups[k].Rows = append(w.Groups[k].Rows, v.rowOf(s, r))
	}
	if s.By == total.Whole && len(w.Groups) > 0 {
		w.Groups = []groupView{v.together(w.Groups)}
	}
	for _, g := range w.Groups {
		highest := 0
		for _, r := range g.Rows {
			highest = max(highest, r.Max.N, r.Min.N)
		}
		for i, r := range g.Rows {
			g.Rows[i].Bar = barOf(r.Range(), highest)
		}
	}
	if s.By == total.ByBelligerent {
		w.Sides = v.sides(s)
	}
	w.Ladder = v.ladder(s)
	w.Cite = v.cite(v.words.say("nav.totals")+", "+v.words.figure(w.Sum.Main.Range()), v.words.Tag+"/totals.html"+s.Query())
	return w, nil
}

// together makes one table of everything, a row for each harm and class.
func (v *visit) together(groups []groupView) groupView {
	var all groupView
	for _, g := range groups {
		for _, r := range g.Rows {
			r.Name = v.words.of(r.Harm, r.Class)
			all.Rows = append(all.Rows, r)
		}
	}
	return all
}

func tallyAt(groups []groupView, t cairn.Tally) (int, bool) {
	for i, g := range groups {
		if g.Harm == t.Harm && g.Class == t.Class {
			return i, true
		}
	}
	return 0, false
}

// rowOf names a row and the selection that shows its incidents.
func (v *visit) rowOf(s selection, r total.Row) rowOf {
	o := rowOf{Row: r, Name: v.groupName(s.By, string(r.By)), Linked: string(r.By) != total.None, Behind: v.behind(r)}
	in := s
	in.By = total.Whole
	value := string(r.By)
	switch {
	case value == total.None:
		return o
	case s.By == total.ByYear, s.By == total.ByMonth, s.By == total.ByWeek, s.By == total.ByDay:
		days := total.DaysOf(value)
		in.From, in.To = days.From, days.To
	case s.By == total.ByGrade:
		in.Grades, in.All = []cairn.Grade{cairn.Grade(value)}, false
	case s.By == total.ByBelligerent:
		in.Party = value
	case s.By == total.ByPlace, s.By == total.ByAdmin1, s.By == total.ByCountry:
		in.Place = value
	case s.By == total.ByMeans:
		in.Means = value
	}
	o.Query = in.Query()
	if s.By == total.ByPlace { // an area's own selection has what it holds too
		o.Linked = !slices.ContainsFunc(in.taken(v.index), func(i int) bool { return v.index.listings[i].Place.Name != value })
	}
	return o
}

// behind are the incidents of a row, where they are few enough to be named.
func (v *visit) behind(r total.Row) []behind {
	if len(r.Codes) > mostBehind {
		return nil
	}
	var all []behind
	for _, code := range r.Codes {
		all = append(all, behind{code, v.index.slugs[code]})
	}
	return all
}

func (v *visit) groupName(by total.By, value string) string {
	t := v.words
	switch {
	case value == total.None:
		return t.say("none")
	case by == total.Whole:
		return t.say("all")
	case by == total.ByYear, by == total.ByMonth, by == total.ByDay:
		return t.date(cairn.Date(value))
	case by == total.ByWeek:
		return t.period(total.DaysOf(value))
	case by == total.ByGrade:
		return t.term("grade", value)
	case by == total.ByClass:
		return t.term("class", value)
	case by == total.ByMeans:
		return t.term("weapon", value)
	case by == total.ByCountry:
		return t.country(value)
	case by == total.ByPlace:
		for _, p := range v.index.places {
			if p.Name == value {
				return t.place(p.PublicPlace)
			}
		}
	}
	return cmp.Or(value, t.say("none"))
}

// ladder is the main figure with one grade after another taken in.
func (v *visit) ladder(s selection) []rungView {
	var rungs []rungView
	headline, _ := (selection{}).grades(v.index)
	main := v.main()
	highest := 0
	for i, g := range cairn.Grades {
		in := s
		in.By, in.All, in.Grades = total.Whole, false, cairn.Grades[:i+1]
		r := rungView{Grade: g, Query: in.Query()}
		for _, h := range headline {
			r.Counted = r.Counted || h == g
		}
		for _, row := range in.total(v.index).Rows {
			if row.Harm == main.Harm && row.Class == main.Class {
				r.Range, r.Incidents = row.Range(), row.Incidents
			}
		}
		highest = max(highest, r.Range.Max.N)
		rungs = append(rungs, r)
	}
	for i, r := range rungs {
		rungs[i].Bar = barOf(r.Range, highest)
	}
	if graded := slices.ContainsFunc(v.index.listings, func(l cairn.Listing) bool { return l.Grade != "" }); highest == 0 || !graded {
		return nil
	}
	return rungs
}
