package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// Near says which incidents a claim may be about: those whose days can meet the
// period from From to To and that lie at one of Places, in Box or, where only
// the country is known, in Country. Whoever asks widens the period by the
// tolerance it works with. Unknown dates meet every period; without Places, Box
// and Country an incident may lie anywhere.
type Near struct {
	From, To cairn.Date
	Places   []string // identifiers or names; an incident in one of them is near
	Box      *Box
	Country  string // incidents that are known no closer than this country
}

// A Box is an area between two parallels and two meridians, in degrees. West is
// greater than East where it crosses the 180th meridian.
type Box struct{ South, West, North, East float64 }

// IncidentsNear returns the incidents of project that n describes, by code,
// those that were merged into others included.
func (v View) IncidentsNear(ctx context.Context, project string, n Near) ([]cairn.Incident, error) {
	var c conditions
	query := c.near(project, n)
	found, err := all(ctx, v, query, c.args, body[cairn.Incident])
	return found, wrap("incidents near", err)
}

// near returns a query over two sorts of incidents: the short ones by the day
// on which they began, and the few lengthy ones.
func (c *conditions) near(project string, n Near) string {
	from, to := days(cairn.Period{From: n.From, To: n.To})
	if from == "" {
		return `SELECT i.body FROM incidents i WHERE ` + c.nearPlace(project, n) + ` ORDER BY i.code`
	}
	earliest := string(cairn.DayOf(cairn.Date(from).First().AddDate(0, 0, 1-lengthyDays)))
	short := `SELECT i.code, i.body FROM incidents i WHERE ` + c.nearPlace(project, n) +
		c.bind(` AND i.lengthy = FALSE AND i.from_day BETWEEN ? AND ? AND i.to_day >= ?`, earliest, to, from)
	lengthy := `SELECT i.code, i.body FROM incidents i WHERE ` + c.nearPlace(project, n) +
		c.bind(` AND i.lengthy = TRUE AND i.from_day <= ? AND (i.to_day >= ? OR i.to_day = '')`, to, from)
	return `SELECT n.body FROM (` + short + ` UNION ALL ` + lengthy + `) n ORDER BY n.code`
}

func (c *conditions) nearPlace(project string, n Near) string {
	var any conditions
	any.args = c.args
	base := any.bind(`i.project = ? AND i.replaced IS NULL`, project)
	if places := keys(n.Places...); len(places) > 0 {
		any.add(`(i.code, i.revision) IN (SELECT q.code, q.revision FROM incident_places q WHERE q.project = ? AND q.place IN (?))`, project, places)
	}
	if n.Box != nil {
		any.add(n.Box.fragment(), n.Box.South, n.Box.North, n.Box.West, n.Box.East)
	}
	if n.Country != "" {
		any.add(`(i.country = ? AND i.accuracy IN ('country', ''))`, n.Country)
	}
	c.args = any.args
	if len(any.where) == 0 {
		return base
	}
	base += ` AND (` + any.where[0]
	for _, w := range any.where[1:] {
		base += ` OR ` + w
	}
	return base + `)`
}

func (b Box) fragment() string {
	if b.West > b.East {
		return `(i.lat BETWEEN ? AND ? AND (i.lon >= ? OR i.lon <= ?))`
	}
	return `(i.lat BETWEEN ? AND ? AND i.lon BETWEEN ? AND ?)`
}
