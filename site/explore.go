package site

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// exploreView is the map, the timeline and the table of one selection.
type exploreView struct {
	Selection selection
	Wrong     []string
	Sum       summary
	Map       *worldMap
	Chart     *chart
	Rows      []rowView
	More      int    // incidents that are on further pages
	Next      string // the query of the next page
	Choices   choices
	Points    []point
	Idle      bool // nothing of the selection stands in the chart, which a script may fill
}

func (exploreView) title(t *tongue) string { return t.say("nav.map") }

// A summary is what a selection adds up to.
type summary struct {
	Main     total.Row
	Known    bool // whether there is a main figure
	Rest     []total.Row
	Counted  int // incidents
	Excluded []excluded
	Watch    cairn.Watch
	Note     string
}

// An excluded is how many incidents of a grade a total leaves out.
type excluded struct {
	Grade cairn.Grade
	Count int
}

// choices are what a reader may choose from, with how many incidents each has.
type choices struct {
	Places  []choice
	Parties []choice
	Means   []choice
}

// A choice is one value of a filter.
type choice struct {
	Value, Name string
	Count       int
	Chosen      bool
}

// A rowView is an incident in a table.
type rowView struct {
	cairn.Listing
	Slug   string
	Figure cairn.Figured
	Harms  []cairn.Figured // the others with a number
}

const (
	mostRows    = 50
	mostChoices = 300
)

func readExplore(v *visit) (view, error) {
	e := exploreView{Selection: v.selection, Wrong: v.wrong, Sum: v.summary(v.selection), Choices: v.choices()}
	main := v.main()
	chosen := v.selection.taken(v.index)
	page := max(0, number(v.request.URL.Query().Get("page")))
	v.index.latestFirst(chosen)
	from, to := min(page*mostRows, len(chosen)), min((page+1)*mostRows, len(chosen))
	for _, i := range chosen[from:to] {
		e.Rows = append(e.Rows, v.row(i, main))
	}
	if e.More = len(chosen) - to; e.More > 0 {
		e.Next = paged(v.selection.Query(), page+1)
	}
	e.Points = v.points(chosen, main)
	var err error
	if e.Map, err = v.mapped(e.Points); err != nil {
		return nil, err
	}
	e.Chart = v.chart(v.selection, main)
	if v.site.settings.Static {
		return v.waiting(e, main)
	}
	return e, nil
}

// waiting gives the page of a folder a map and a chart for its script to fill, where
// nothing that it shows at first has a place or a date.
func (v *visit) waiting(e exploreView, main cairn.Tally) (view, error) {
	if e.Map == nil {
		all, err := v.mapped(v.points(v.index.every, main))
		if err != nil {
			return nil, err
		}
		if all != nil {
			all.Spots = nil
		}
		e.Map = all
	}
	if e.Idle = e.Chart == nil; e.Idle {
		e.Chart = v.chart(selection{All: true}, main)
	}
	return e, nil
}

// main is the harm and class that the pages put first: civilians killed, or else
// the first that anything is known of.
func (v *visit) main() cairn.Tally {
	best := cairn.Tally{Harm: cairn.Killed, Class: cairn.Civilian}
	for i := range v.index.listings {
		if _, ok := v.index.listings[i].Figure(best.Harm, best.Class); ok {
			return best
		}
	}
	for i := range v.index.listings {
		for _, f := range v.index.listings[i].Figures {
			return cairn.Tally{Harm: f.Harm, Class: f.Class}
		}
	}
	return best
}

func (v *visit) summary(s selection) summary {
	s.By = total.Whole
	answer := s.total(v.index)
	sum := summary{Watch: answer.Watch, Note: answer.Note, Counted: len(s.taken(v.index))}
	main := v.main()
	for _, row := range answer.Rows {
		if row.Harm == main.Harm && row.Class == main.Class {
			sum.Main, sum.Known = row, true
			continue
		}
		sum.Rest = append(sum.Rest, row)
	}
	for _, g := range append(slices.Clone(cairn.Grades), total.Ungraded) {
		if n := answer.Excluded[g]; n > 0 {
			sum.Excluded = append(sum.Excluded, excluded{g, n})
		}
	}
	return sum
}

func (v *visit) row(i int, main cairn.Tally) rowView {
	l := v.index.listings[i]
	r := rowView{Listing: l, Slug: v.index.slugs[l.Code]}
	r.Figure, _ = l.Figure(main.Harm, main.Class)
	for _, f := range l.Figures {
		if f.Range.Known() && (f.Harm != main.Harm || f.Class != main.Class) && f.Range.Max.N > 0 {
			r.Harms = append(r.Harms, f)
		}
	}
	return r
}

func (v *visit) choices() choices {
	var c choices
	for _, p := range v.index.places[:min(len(v.index.places), mostChoices)] {
		c.Places = append(c.Places, choice{p.asked, v.words.place(p.PublicPlace), len(p.incidents), fold(v.selection.Place) == fold(p.asked)})
	}
	if v.selection.Place != "" && !slices.ContainsFunc(c.Places, func(o choice) bool { return o.Chosen }) {
		c.Places = append([]choice{{v.selection.Place, v.selection.Place, 0, true}}, c.Places...)
	}
	for _, p := range v.index.parties {
		c.Parties = append(c.Parties, choice{p.name, p.name, len(p.incidents), v.selection.Party == p.name})
	}
	for _, m := range v.index.means() {
		c.Means = append(c.Means, choice{m, v.words.term("weapon", m), 0, v.selection.Means == m})
	}
	return c
}

// number reads a whole number, 0 for anything else.
func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1_000_000 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// paged returns a query that asks for a page.
func paged(query string, page int) string {
	sign := "?"
	if query != "" {
		sign = query + "&"
	}
	return sign + "page=" + itoa(page)
}
