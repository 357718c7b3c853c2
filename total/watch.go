package total

import (
	"cmp"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// mostSpans bounds how many years, months, weeks or days are looked through for ones
// that were not monitored.
const mostSpans = 40_000

// A span is from the first to the last day on which incidents began, as far as
// they are known to the year, month, week or day of a total by these.
type span struct{ first, last, from, to cairn.Date }

func (p *span) take(by By, first cairn.Date) {
	p.join(span{first: by.closely(first), last: by.closely(first), from: first, to: first})
}

// join widens p to take in q.
func (p *span) join(q span) {
	p.first, p.from = earlier(p.first, q.first), earlier(p.from, q.from)
	p.last, p.to = later(p.last, q.last), later(p.to, q.to)
}

// earlier returns the date that begins first, the one that is known of two.
func earlier(a, b cairn.Date) cairn.Date {
	if !a.Known() || b.Known() && b < a {
		return b
	}
	return a
}

// later returns the date that ends last: a year ends after each of its months.
func later(a, b cairn.Date) cairn.Date {
	if b.Known() && (strings.HasPrefix(string(a), string(b)) || b > a && (!a.Known() || !strings.HasPrefix(string(b), string(a)))) {
		return b
	}
	return a
}

// watch marks what the project says of its coverage: of the whole period, of
// each row by time, and which years, months, weeks or days were not monitored at all.
// A project that says nothing leaves no mark. A period without an end is that of
// its incidents.
func watch(a *Answer, s Selection, found span) {
	if len(s.Project.Coverage) == 0 {
		return
	}
	whole := cairn.Period{From: cmp.Or(s.From, found.from), To: cmp.Or(s.To, found.to)}
	a.Watch = s.Project.Watched(whole, s.Places...)
	if digits[s.By] == 0 {
		return
	}
	for i, row := range a.Rows {
		if row.By != None {
			a.Rows[i].Watch = s.watched(string(row.By))
		}
	}
	for _, span := range s.spans(found) {
		if s.watched(span) == cairn.NotMonitored {
			a.Unmonitored = append(a.Unmonitored, span)
		}
	}
}

func (s Selection) watched(span string) cairn.Watch {
	return s.Project.Watched(DaysOf(span), s.Places...)
}

// spans returns each year, month, week or day of the period asked for, or else
// from the first to the last that has an incident.
func (s Selection) spans(found span) []string {
	first, last := cmp.Or(s.From, found.first), cmp.Or(s.To, found.last)
	if !first.Known() || !last.Known() {
		return nil
	}
	var all []string
	for day := first.First(); !day.After(last.Last()) && len(all) < mostSpans; {
		span := s.By.time(cairn.DayOf(day))
		all = append(all, span)
		day = DaysOf(span).To.Last().AddDate(0, 0, 1)
	}
	return all
}
