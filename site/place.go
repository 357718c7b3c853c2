package site

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// placesView is every place and party of the release.
type placesView struct {
	Places  []namedSum
	Parties []namedSum
	Sides   []sided
}

// A namedSum is a place or party with what its incidents add up to.
type namedSum struct {
	Name, Slug, Within string
	Incidents          int
	Range              cairn.Range
	Bar                bar
}

func (placesView) title(t *tongue) string { return t.say("nav.places") }

func readPlaces(v *visit) (view, error) {
	var p placesView
	main := v.main()
	sums := map[string]cairn.Range{}
	for _, r := range (selection{All: true, By: total.ByBelligerent}).total(v.index).Rows {
		if r.Harm == main.Harm && r.Class == main.Class {
			sums[string(r.By)] = r.Range()
		}
	}
	for _, o := range v.index.places {
		p.Places = append(p.Places, namedSum{v.words.place(o.PublicPlace), o.slug, o.Admin1, len(o.incidents), v.sumOf(o.incidents, main), bar{}})
	}
	for _, o := range v.index.parties {
		p.Parties = append(p.Parties, namedSum{o.name, o.slug, "", len(o.incidents), sums[o.name], bar{}})
	}
	scaled(p.Places)
	scaled(p.Parties)
	p.Sides = v.sides(selection{All: true})
	return p, nil
}

// scaled draws bars of one scale.
func scaled(all []namedSum) {
	highest := 0
	for _, o := range all {
		highest = max(highest, o.Range.Max.N)
	}
	for i, o := range all {
		all[i].Bar = barOf(o.Range, highest)
	}
}

// sumOf adds up one figure over incidents, of whatever grade.
func (v *visit) sumOf(incidents []int, main cairn.Tally) cairn.Range {
	var sum cairn.Range
	for _, i := range incidents {
		if f, ok := v.index.listings[i].Figure(main.Harm, main.Class); ok {
			sum = sum.Plus(f.Range)
		}
	}
	return sum
}

// placeView is a place over time: harm, damage, people present, what else
// happened. It is the page of a party too, which has no map of its own.
type placeView struct {
	Heading   string
	Place     *cairn.PublicPlace // nil for a party
	Selection selection
	Sum       summary
	Chart     *chart
	Map       *worldMap
	Points    []point
	Rows      []rowView
	Harms     []total.Row
	Around    []cairn.Circumstance
	Parties   []namedSum
	Sides     []sided
	Positions []positionView
	Cite      citation
}

// A positionView is what a party says itself of one incident.
type positionView struct {
	cairn.Position
	Code, Slug string
}

func (p placeView) title(*tongue) string { return p.Heading }

func readPlace(v *visit) (view, error) {
	k := slices.IndexFunc(v.index.places, func(p placeAt) bool { return p.slug == v.name() })
	if k < 0 {
		return nil, cairn.ErrNotFound
	}
	at := v.index.places[k]
	p := placeView{Heading: v.words.place(at.PublicPlace), Place: &at.PublicPlace, Selection: selection{Place: at.asked, All: true}}
	if err := v.fill(&p, "places/"+at.slug+".html"); err != nil {
		return nil, err
	}
	for _, c := range v.index.release.Circumstances {
		if c.Place == "" || slices.Contains(at.Keys, fold(c.Place)) {
			p.Around = append(p.Around, c)
		}
	}
	return p, nil
}

func readParty(v *visit) (view, error) {
	k := slices.IndexFunc(v.index.parties, func(p partyAt) bool { return p.slug == v.name() })
	if k < 0 {
		return nil, cairn.ErrNotFound
	}
	at := v.index.parties[k]
	p := placeView{Heading: at.name, Selection: selection{Party: at.name, All: true}}
	if err := v.fill(&p, "parties/"+at.slug+".html"); err != nil {
		return nil, err
	}
	for _, i := range at.incidents {
		l := v.index.listings[i]
		for _, position := range l.Positions {
			if position.Party == at.name {
				p.Positions = append(p.Positions, positionView{position, l.Code, v.index.slugs[l.Code]})
			}
		}
	}
	return p, nil
}

func (v *visit) fill(p *placeView, page string) (err error) {
	main := v.main()
	chosen := p.Selection.taken(v.index)
	p.Sum = v.summary(p.Selection)
	p.Sides = v.sides(p.Selection)
	p.Chart = v.chart(p.Selection, p.Sum.drawn(main))
	p.Points = v.points(chosen, main)
	if p.Map, err = v.mapped(p.Points); err != nil {
		return err
	}
	if p.Sum.Known {
		p.Harms = append(p.Harms, p.Sum.Main)
	}
	p.Harms = append(p.Harms, p.Sum.Rest...)
	by := p.Selection
	by.By = total.ByBelligerent
	for _, r := range by.total(v.index).Rows {
		if r.Harm == main.Harm && r.Class == main.Class && r.By != total.None {
			p.Parties = append(p.Parties, namedSum{string(r.By), slugOf(string(r.By)), "", r.Incidents, r.Range(), bar{}})
		}
	}
	scaled(p.Parties)
	v.index.latestFirst(chosen)
	for _, i := range chosen[:min(len(chosen), mostOfPlace)] {
		p.Rows = append(p.Rows, v.row(i, main))
	}
	p.Cite = v.cite(p.Heading, v.words.Tag+"/"+page)
	return nil
}

// drawn is the harm and class that a timeline of s is of: the main one, or where
// nobody came to that harm the first that somebody came to.
func (s summary) drawn(main cairn.Tally) cairn.Tally {
	if s.Known && s.Main.Max.N > 0 {
		return main
	}
	for _, r := range s.Rest {
		if r.Max.N > 0 {
			return cairn.Tally{Harm: r.Harm, Class: r.Class}
		}
	}
	return main
}

// mostOfPlace is how many incidents a place's own page names; the map page has
// the rest.
const mostOfPlace = 100
