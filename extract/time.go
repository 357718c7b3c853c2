package extract

import (
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A timex is words that stand for a time, and the days they mean.
type timex struct {
	first, end int // terms
	span       cairn.Span
	from, to   cairn.Date
	unit       cairn.Precision
	context    bool // "now", "recently": says when, and moves no claim
}

const timeMask = 1<<lexicon.Month | 1<<lexicon.Weekday | 1<<lexicon.TimeWord | 1<<lexicon.TimeUnit | 1<<lexicon.Direction

// findTimes finds every expression of a date, anchored on the dateline or else
// on the day of publication.
func (r *reading) findTimes() {
	r.anchor = r.doc.Published
	for i := 0; i < len(r.terms); {
		x, ok := r.timex(i)
		if !ok {
			i++
			continue
		}
		x.span = cairn.Span{Start: r.terms[x.first].span.Start, End: r.terms[x.end-1].span.End}
		r.times = append(r.times, x)
		for k := x.first; k < x.end; k++ {
			r.terms[k].when = len(r.times)
		}
		if !r.anchor.Known() && x.unit == cairn.Day && x.span.Start < headBytes {
			r.anchor = x.from
		}
		i = x.end
	}
}

// headBytes is how far from its start a text is taken for its head.
const headBytes = 400

func (r *reading) timex(i int) (timex, bool) {
	t := r.terms[i]
	if !t.digit && !t.node.HasAny(timeMask) && !t.node.Has(lexicon.Number) {
		return timex{}, false
	}
	for _, try := range [...]func(int) (timex, bool){r.isoDate, r.dayMonth, r.monthDay, r.namedDay, r.weekday, r.relative, r.yearAlone} {
		if x, ok := try(i); ok {
			return x, true
		}
	}
	return timex{}, false
}

// isoDate reads 2017-10-16 and 10/16/2017, the month first where it can be.
func (r *reading) isoDate(i int) (timex, bool) {
	if i+4 >= len(r.terms) || !r.terms[i].digit || !r.terms[i+2].digit || !r.terms[i+4].digit {
		return timex{}, false
	}
	sign := r.sign(i + 1)
	if sign != r.sign(i+3) || sign != '-' && sign != '/' && sign != '.' || !r.terms[i+1].glued || !r.terms[i+4].glued {
		return timex{}, false
	}
	a, b, c := r.value(i), r.value(i+2), r.value(i+4)
	year, month, day := a, b, c
	if a < 32 {
		year, month, day = fullYear(c), a, b
		if a > 12 {
			month, day = b, a
		}
	}
	return r.dayOf(i, i+5, year, month, day)
}

func fullYear(n int) int {
	switch {
	case n < 50:
		return 2000 + n
	case n < 100:
		return 1900 + n
	}
	return n
}

func (r *reading) value(i int) int {
	if i < 0 || i >= len(r.terms) || !r.terms[i].digit {
		return -1
	}
	n, ok := digits(r.terms[i].span.Of(r.text))
	if !ok {
		return -1
	}
	return n
}

func (r *reading) dayOf(first, end, year, month, day int) (timex, bool) {
	if year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 {
		return timex{}, false
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if int(d.Month()) != month {
		return timex{}, false
	}
	date := cairn.DayOf(d)
	return timex{first: first, end: end, from: date, to: date, unit: cairn.Day}, true
}

// month returns the month that term i names, 0 for none. A name that is also
// another word counts only beside a number.
func (r *reading) month(i int, beside bool) int {
	if i < 0 || i >= len(r.terms) {
		return 0
	}
	s, ok := r.terms[i].node.Sense(lexicon.Month)
	if !ok || !r.terms[i].upper && !r.caseless && !beside {
		return 0
	}
	if !beside && (r.terms[i].span.Len() < 4 || r.terms[i].node.HasAny(1<<lexicon.Modal) || strings.EqualFold(r.terms[i].span.Of(r.text), "march")) {
		if !(r.is(i-1, "in") || r.is(i-1, "since") || r.is(i-1, "last") || r.is(i-1, "until")) || r.caseless && r.terms[i].node.Has(lexicon.Modal) {
			return 0
		}
	}
	return s.N
}

// dayMonth reads "16 October 2017", "5 JAN 90", "16th of October".
func (r *reading) dayMonth(i int) (timex, bool) {
	day, end := r.ordinal(i)
	if day < 1 || day > 31 {
		return timex{}, false
	}
	if r.is(end, "of") {
		end++
	}
	m := r.month(end, true)
	if m == 0 || r.terms[end].node.Has(lexicon.Modal) && !r.terms[end].upper {
		return timex{}, false
	}
	return r.withYear(i, end+1, m, day)
}

// monthDay reads "October 16, 2017", "October 2017", "October".
func (r *reading) monthDay(i int) (timex, bool) {
	if m := r.month(i, true); m > 0 {
		end := i + 1
		if r.sign(end) == '.' && r.terms[end].glued {
			end++
		}
		if day, next := r.ordinal(end); day >= 1 && day <= 31 && !(r.sign(next) == ':' && r.terms[next].glued) {
			return r.withYear(i, next, m, day)
		}
		if y := r.value(end); y >= 1900 && y <= 2100 {
			return monthOf(i, end+1, y, m), true
		}
	}
	m := r.month(i, false)
	if m == 0 || !r.anchor.Known() {
		return timex{}, false
	}
	a := r.anchor.Last()
	year := a.Year()
	if m > int(a.Month()) {
		year--
	}
	return monthOf(i, i+1, year, m), true
}

func monthOf(first, end, year, month int) timex {
	d := cairn.Date(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"))
	return timex{first: first, end: end, from: d, to: d, unit: cairn.Month}
}

// ordinal reads a day of a month: "16", "16th".
func (r *reading) ordinal(i int) (day, end int) {
	if i >= len(r.terms) || !r.terms[i].digit {
		return 0, i
	}
	word := r.terms[i].span.Of(r.text)
	for _, tail := range [...]string{"st", "nd", "rd", "th", "ST", "ND", "RD", "TH"} {
		word = strings.TrimSuffix(word, tail)
	}
	if len(word) > 2 {
		return 0, i
	}
	n, ok := digits(word)
	if !ok {
		return 0, i
	}
	return n, i + 1
}

// withYear ends a day of a month with its year where one follows, and otherwise
// takes the last such day up to the anchor.
func (r *reading) withYear(first, end, month, day int) (timex, bool) {
	next := end
	if r.sign(next) == ',' {
		next++
	}
	y := r.value(next)
	if y >= 1900 && y <= 2100 {
		return r.dayOf(first, next+1, y, month, day)
	}
	if y >= 0 && y < 100 && next == end && r.terms[next].span.Len() == 2 && first+2 == end && r.terms[first].digit {
		return r.dayOf(first, next+1, fullYear(y), month, day)
	}
	if !r.anchor.Known() {
		return timex{}, false
	}
	a := r.anchor.Last()
	year := a.Year()
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).After(a.AddDate(0, 0, 7)) {
		year--
	}
	return r.dayOf(first, end, year, month, day)
}

// namedDay reads "yesterday", "overnight", "over the weekend".
func (r *reading) namedDay(i int) (timex, bool) {
	s, ok := r.terms[i].node.Sense(lexicon.TimeWord)
	if !ok || !r.anchor.Known() {
		return timex{}, false
	}
	a := r.anchor.Last()
	x := timex{first: i, end: i + 1, unit: cairn.Day}
	_, what, _ := strings.Cut(s.Value, " ")
	switch what {
	case "day":
		x.from = cairn.DayOf(a.AddDate(0, 0, s.N))
		x.to = x.from
	case "overnight":
		x.from, x.to = cairn.DayOf(a.AddDate(0, 0, -1)), cairn.DayOf(a)
	case "weekend":
		back := (int(a.Weekday()) + 7) % 7 // days since Sunday
		x.from, x.to = cairn.DayOf(a.AddDate(0, 0, -back-1)), cairn.DayOf(a.AddDate(0, 0, -back))
		if a.Weekday() == time.Saturday {
			x.from, x.to = cairn.DayOf(a), cairn.DayOf(a.AddDate(0, 0, 1))
		}
	default:
		x.from, x.to, x.context = cairn.DayOf(a), cairn.DayOf(a), true
	}
	return x, true
}

// weekday reads "Monday": the last such day up to the anchor, or with "next"
// the one after it.
func (r *reading) weekday(i int) (timex, bool) {
	s, ok := r.terms[i].node.Sense(lexicon.Weekday)
	if !ok || !r.anchor.Known() || !r.terms[i].upper && !r.caseless {
		return timex{}, false
	}
	a := r.anchor.Last()
	back := (int(a.Weekday()) - s.N%7 + 7) % 7
	if r.is(i-1, "next") || r.is(i-1, "coming") {
		back -= 7
	}
	if r.is(i-1, "last") && back == 0 {
		back = 7
	}
	d := cairn.DayOf(a.AddDate(0, 0, -back))
	x := timex{first: i, end: i + 1, from: d, to: d, unit: cairn.Day}
	if i+1 < len(r.terms) && r.terms[i+1].node.Has(lexicon.TimeUnit) {
		if u, _ := r.terms[i+1].node.Sense(lexicon.TimeUnit); strings.HasSuffix(u.Value, "part") {
			x.end++
		}
	}
	if after := x.end; r.sign(after) == ',' && r.month(after+1, true) > 0 {
		if day, ok := r.monthDay(after + 1); ok && day.unit == cairn.Day {
			day.first = i
			return day, true
		}
	}
	return x, true
}

// relative reads "last week", "this month", "three days ago", "the past 24
// hours".
func (r *reading) relative(i int) (timex, bool) {
	if !r.anchor.Known() {
		return timex{}, false
	}
	if d, ok := r.terms[i].node.Sense(lexicon.Direction); ok && !strings.HasSuffix(d.Value, "ago") {
		k, n := i+1, 1
		if v, next, is := r.number(k, min(k+4, len(r.terms))); is {
			n, k = v, next
		}
		if k < len(r.terms) {
			if u, is := r.terms[k].node.Sense(lexicon.TimeUnit); is {
				return r.span(i, k+1, u, d.N, n, k > i+1)
			}
		}
		return timex{}, false
	}
	n, k, ok := r.number(i, min(i+4, len(r.terms)))
	if !ok || k+1 >= len(r.terms) || n > 400 {
		return timex{}, false
	}
	u, is := r.terms[k].node.Sense(lexicon.TimeUnit)
	if !is || !r.is(k+1, "ago") && !r.is(k+1, "earlier") {
		return timex{}, false
	}
	d, unit := back(r.anchor.Last(), u, n)
	return timex{first: i, end: k + 2, from: d, to: d, unit: unit}, true
}

// back returns the date n units before a.
func back(a time.Time, u lexicon.Sense, n int) (cairn.Date, cairn.Precision) {
	switch {
	case strings.HasSuffix(u.Value, "month"):
		return cairn.Date(a.AddDate(0, -n, 0).Format("2006-01")), cairn.Month
	case strings.HasSuffix(u.Value, "year"):
		return cairn.Date(a.AddDate(-n*u.N, 0, 0).Format("2006")), cairn.Year
	}
	return cairn.DayOf(a.AddDate(0, 0, -n*u.N)), cairn.Day
}

// span returns the days of "last week" and its like: of a counted stretch ("the
// past three months") those up to the anchor.
func (r *reading) span(first, end int, u lexicon.Sense, direction, n int, counted bool) (timex, bool) {
	a := r.anchor.Last()
	x := timex{first: first, end: end}
	if counted && direction < 0 {
		x.from, x.unit = back(a, u, n)
		x.from, x.to = cairn.DayOf(x.from.First()), cairn.DayOf(a)
		if u.N == 0 {
			x.from = cairn.DayOf(a.AddDate(0, 0, -max(1, n/24)))
		}
		return x, true
	}
	switch {
	case strings.HasSuffix(u.Value, "year"):
		x.from, x.unit = cairn.Date(a.AddDate(direction*u.N, 0, 0).Format("2006")), cairn.Year
		x.to = x.from
	case strings.HasSuffix(u.Value, "month"):
		x.from, x.unit = cairn.Date(a.AddDate(0, direction, 1-a.Day()).Format("2006-01")), cairn.Month
		x.to = x.from
	case u.N == 7:
		monday := a.AddDate(0, 0, -(int(a.Weekday())+6)%7+7*direction)
		x.from, x.to, x.unit = cairn.DayOf(monday), cairn.DayOf(monday.AddDate(0, 0, 6)), cairn.Day
	case strings.HasSuffix(u.Value, "part"):
		x.from = cairn.DayOf(a.AddDate(0, 0, min(direction, 0)))
		x.to, x.unit = x.from, cairn.Day
	default:
		return timex{}, false
	}
	return x, true
}

// yearAlone reads a year: "in 2014", "since 2011".
func (r *reading) yearAlone(i int) (timex, bool) {
	y := r.value(i)
	if y < 1900 || y > 2100 || r.terms[i].span.Len() != 4 || r.terms[i].glued && r.sign(i-1) != '(' && r.sign(i-1) != '-' && r.sign(i-1) != '–' {
		return timex{}, false
	}
	if i+1 < len(r.terms) && r.terms[i+1].node.HasAny(nounMask|1<<lexicon.Measure|1<<lexicon.Building) {
		return timex{}, false
	}
	before := i - 1
	dated := r.is(before, "in") || r.is(before, "since") || r.is(before, "of") || r.is(before, "during") || r.is(before, "until") || r.is(before, "late") || r.is(before, "early") || r.is(before, "by") ||
		r.is(before, "between") || r.is(before, "and") || r.is(before, "from") || r.is(before, "to") || r.sign(before) == '(' || r.is(before, "mid") || r.is(before, "the") || i > 0 && r.terms[before].node.Has(lexicon.Month)
	if !dated {
		return timex{}, false
	}
	d := cairn.Date(r.terms[i].span.Of(r.text))
	return timex{first: i, end: i + 1, from: d, to: d, unit: cairn.Year}, true
}
