package cairn

import (
	"strings"
	"time"
)

// A Date is a day, month, year or minute in ISO 8601, as precise as it was
// stated: "2017", "2017-10", "2017-10-16", "2017-10-16T14:07". A harm's date is
// the calendar day of its place and is never shifted to UTC; the zone stands
// beside it. The zero Date is unknown.
type Date string

// A Precision says how much of a Date was stated.
type Precision string

// The precisions of a Date, from none to the minute.
const (
	NoDate Precision = ""
	Year   Precision = "year"
	Month  Precision = "month"
	Day    Precision = "day"
	Minute Precision = "minute"
)

var layouts = map[int]struct {
	layout    string
	precision Precision
}{
	4:  {"2006", Year},
	7:  {"2006-01", Month},
	10: {"2006-01-02", Day},
	16: {"2006-01-02T15:04", Minute},
}

// ParseDate reads a Date. A full time stamp is cut to its day, as it stands,
// without a change of zone.
func ParseDate(s string) (Date, error) {
	text := strings.TrimSpace(s)
	if text == "" {
		return "", nil
	}
	if len(text) > 16 {
		if _, err := time.Parse(time.RFC3339, strings.Replace(text, " ", "T", 1)); err == nil {
			text = text[:10]
		} else if _, err := time.Parse("2006-01-02T15:04:05", strings.Replace(text, " ", "T", 1)); err == nil {
			text = text[:10]
		}
	}
	if _, ok := parseDay(text); !ok {
		return "", Invalid{Field: "date", Reason: "want 2017, 2017-10 or 2017-10-16, not " + quote(s)}
	}
	return Date(text), nil
}

func parseDay(s string) (time.Time, bool) {
	l, ok := layouts[len(s)]
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(l.layout, s)
	return t, err == nil
}

// DayOf returns the Date of the day of t, in the zone of t.
func DayOf(t time.Time) Date { return Date(t.Format("2006-01-02")) }

// Known reports whether d says anything.
func (d Date) Known() bool { return d != "" }

// Precision returns how much of d is stated.
func (d Date) Precision() Precision { return layouts[len(d)].precision }

// First returns the first day that d can mean, at midnight; the zero time for
// an unknown Date.
func (d Date) First() time.Time {
	t, _ := parseDay(string(d))
	return t.Truncate(24 * time.Hour)
}

// Last returns the last day that d can mean, at midnight; the zero time for an
// unknown Date.
func (d Date) Last() time.Time {
	switch d.Precision() {
	case Year:
		return d.First().AddDate(1, 0, -1)
	case Month:
		return d.First().AddDate(0, 1, -1)
	}
	return d.First()
}

// Before reports whether d ends before e begins; false where either is unknown.
func (d Date) Before(e Date) bool {
	return d.Known() && e.Known() && d.Last().Before(e.First())
}

// A Period is the days from From to To, both included; either may be unknown.
// Zone is the IANA name of the zone of the place, where it is known.
type Period struct {
	From Date   `json:"from,omitempty"`
	To   Date   `json:"to,omitempty"`
	Zone string `json:"zone,omitempty"`
}

// Days returns the number of days that p spans, at least 1; 0 where an end is
// unknown.
func (p Period) Days() int {
	if !p.From.Known() || !p.To.Known() {
		return 0
	}
	return max(1, int(p.To.Last().Sub(p.From.First()).Hours()/24)+1)
}

// Meets reports whether some day can lie in both periods, with slack days of
// tolerance. A period without any date meets every other.
func (p Period) Meets(q Period, slack int) bool {
	return p.reaches(q, slack) && q.reaches(p, slack)
}

func (p Period) reaches(q Period, slack int) bool {
	from, to := p.From, q.To
	if !from.Known() {
		from = p.To
	}
	if !to.Known() {
		to = q.From
	}
	if !from.Known() || !to.Known() {
		return true
	}
	return !from.First().After(to.Last().AddDate(0, 0, slack))
}

// Holds reports whether the whole of q, as far as it is known, lies within p.
// An unknown end of p does not limit it.
func (p Period) Holds(q Period) bool {
	from, to := q.From, q.To
	if !from.Known() {
		from = to
	}
	if !to.Known() {
		to = from
	}
	if p.From.Known() && (!from.Known() || from.First().Before(p.From.First())) {
		return false
	}
	return !p.To.Known() || to.Known() && !to.Last().After(p.To.Last())
}
