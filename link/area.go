package link

import (
	"math"
	"slices"
	"time"

	"github.com/cairn-recorder/cairn"
)

// An Area says where and when to look for incidents that an account of a report
// may be of: between From and To, and at or in one of Places, in Box, or among
// those that are known no closer than Country. An Area without any of the three
// is everywhere.
type Area struct {
	From, To cairn.Date
	Places   []string
	Box      *Box
	Country  string
}

// A Box is bounded by two parallels and two meridians, in degrees. West is
// greater than East where it crosses the 180th meridian.
type Box struct{ South, West, North, East float64 }

// Areas returns where and when to look for what a report tells of, one an
// account. An account that gives neither a day nor a day of publication is
// looked for nowhere, since nothing would tell it from another year's.
func Areas(r Report) []Area {
	var all []Area
	for _, a := range accountsOf(r) {
		area, ok := a.span()
		if !ok {
			continue
		}
		area.place(a.where)
		all = append(all, area)
	}
	return all
}

// span returns the days in which an incident that a is of can lie.
func (a account) span() (Area, bool) {
	if a.when.From.Known() {
		to := a.when.To
		if !to.Known() {
			to = a.when.From
		}
		return Area{From: daysFrom(a.when.From.First(), -writtenDays-1), To: daysFrom(to.Last(), writtenDays+1)}, true
	}
	if !a.written.Known() {
		return Area{}, false
	}
	return Area{From: daysFrom(a.written.First(), -writtenDays-1), To: daysFrom(a.written.Last(), writtenDays+1)}, true
}

func (a *Area) place(w *cairn.Where) {
	if w == nil {
		return
	}
	if w.Accuracy == cairn.Country || w.Lat == nil || w.Lon == nil {
		a.Country = w.Country
	}
	for _, p := range []string{w.ID, w.Name, w.Words} {
		if p != "" && !slices.Contains(a.Places, p) {
			a.Places = append(a.Places, p)
		}
	}
	if w.Lat != nil && w.Lon != nil && w.Accuracy != cairn.Country {
		a.Box = around(*w.Lat, *w.Lon, reachOf(w)+reach[cairn.City])
		a.Country = w.Country
	}
}

// daysFrom returns the day that lies n days from t.
func daysFrom(t time.Time, n int) cairn.Date { return cairn.DayOf(t.AddDate(0, 0, n)) }

const kilometresPerDegree = 111.2

// around is the box that reaches km to each side of a point.
func around(lat, lon, km float64) *Box {
	high := km / kilometresPerDegree
	wide := min(180, high/max(0.01, math.Cos(lat*math.Pi/180)))
	turned := func(lon float64) float64 {
		switch {
		case lon > 180:
			return lon - 360
		case lon < -180:
			return lon + 360
		}
		return lon
	}
	return &Box{South: max(-90, lat-high), North: min(90, lat+high), West: turned(lon - wide), East: turned(lon + wide)}
}
