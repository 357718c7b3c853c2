package site

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// frontView is what is known, on one page: the sum with its floor and ceiling, to
// whom it is ascribed, when, where, and what is not known.
type frontView struct {
	Sum     summary
	Chart   *chart
	Map     *worldMap
	Points  []point
	Parties []rowOf
	Places  []rowOf
	Latest  []rowView
	Cite    citation
	Gaps    int // incidents without a figure
	Sides   []sided
}

func (frontView) title(t *tongue) string { return t.say("nav.front") }

func readFront(v *visit) (view, error) {
	var s selection
	main := v.main()
	f := frontView{Sum: v.summary(s), Chart: v.chart(s, main)}
	chosen := s.taken(v.index)
	f.Points = v.points(chosen, main)
	var err error
	if f.Map, err = v.mapped(f.Points); err != nil {
		return nil, err
	}
	f.Gaps = f.Sum.Main.Unknown
	f.Parties = v.ranked(s, total.ByBelligerent, main, 8)
	f.Places = v.ranked(s, total.ByPlace, main, 8)
	v.index.latestFirst(chosen)
	for _, i := range chosen[:min(len(chosen), 6)] {
		f.Latest = append(f.Latest, v.row(i, main))
	}
	f.Sides = v.sides(s)
	page := v.words.Tag + "/index.html"
	f.Cite = v.cite(v.index.release.Title, page)
	return f, nil
}

// A sided is a recorder whose incidents name the sides of the fighting, and of how
// many that is so.
type sided struct {
	Recorder  string
	Incidents int
}

// sides are the recorders of chosen incidents that name several parties of one
// incident: whoever fought there, and not who did the harm (UCDP names both sides of
// a clash).
func (v *visit) sides(s selection) []sided {
	var all []sided
	for _, i := range s.taken(v.index) {
		l := &v.index.listings[i]
		if l.Recorder == "" || len(l.Parties) < 2 {
			continue
		}
		k := slices.IndexFunc(all, func(o sided) bool { return o.Recorder == l.Recorder })
		if k < 0 {
			k, all = len(all), append(all, sided{Recorder: l.Recorder})
		}
		all[k].Incidents++
	}
	return all
}

// ranked are the rows of a total by something, the highest ceiling first.
func (v *visit) ranked(s selection, by total.By, main cairn.Tally, most int) []rowOf {
	s.By = by
	var all []rowOf
	highest := 0
	for _, r := range s.total(v.index).Rows {
		if r.Harm == main.Harm && r.Class == main.Class {
			all = append(all, v.rowOf(s, r))
			highest = max(highest, r.Max.N, r.Min.N)
		}
	}
	slices.SortStableFunc(all, func(a, b rowOf) int {
		if (a.By == total.None) != (b.By == total.None) {
			return map[bool]int{true: 1, false: -1}[a.By == total.None]
		}
		return b.Max.N - a.Max.N
	})
	all = all[:min(len(all), most)]
	for i, r := range all {
		all[i].Bar = barOf(r.Range(), highest)
	}
	return all
}
