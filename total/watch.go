package total

import (
	"cmp"

	"github.com/cairn-recorder/cairn"
)

// mostSpans bounds how many years, months or days are looked through for ones
// that were not monitored.
const mostSpans = 40_000

// watch marks what the project says of its coverage: of the whole period, of
// each row by time, and which years, months or days were not monitored at all.
// A project that says nothing leaves no mark.
func watch(a *Answer, s Selection) {
	if len(s.Project.Coverage) == 0 {
		return
	}
	a.Watch = s.Project.Watched(s.period(), s.Places...)
	if digits[s.By] == 0 {
		return
	}
	for i, row := range a.Rows {
		if row.By != None {
			a.Rows[i].Watch = s.watched(cairn.Date(row.By))
		}
	}
	for _, span := range spans(s) {
		if s.watched(span) == cairn.NotMonitored {
			a.Unmonitored = append(a.Unmonitored, string(span))
		}
	}
}

// period is the period asked for; an end that is not is that of the incidents.
func (s Selection) period() cairn.Period {
	p := cairn.Period{From: s.From, To: s.To}
	for _, i := range s.Incidents {
		first := cmp.Or(i.Incident.When.From, i.Incident.When.To)
		if !s.From.Known() && first.Known() && (!p.From.Known() || first.First().Before(p.From.First())) {
			p.From = first
		}
		if !s.To.Known() && first.Known() && (!p.To.Known() || first.Last().After(p.To.Last())) {
			p.To = first
		}
	}
	return p
}

func (s Selection) watched(span cairn.Date) cairn.Watch {
	return s.Project.Watched(cairn.Period{From: span, To: span}, s.Places...)
}

// spans returns each year, month or day of the period asked for, or else from
// the first to the last that has an incident.
func spans(s Selection) []cairn.Date {
	first, last := s.From, s.To
	for _, i := range s.Incidents {
		day := cairn.Date(s.By.time(i.Incident.When))
		if !s.From.Known() && day.Known() && (!first.Known() || day < first) {
			first = day
		}
		if !s.To.Known() && day.Known() && day > last {
			last = day
		}
	}
	if !first.Known() || !last.Known() {
		return nil
	}
	var all []cairn.Date
	for day := first.First(); !day.After(last.Last()) && len(all) < mostSpans; {
		span := cairn.DayOf(day)[:digits[s.By]]
		all = append(all, span)
		day = span.Last().AddDate(0, 0, 1)
	}
	return all
}
