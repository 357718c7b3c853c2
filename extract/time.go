package extract

import (
	"strconv"
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
	says       bool // dates what somebody said and no harm
	context    bool // "now", "recently": says when, and moves no claim
	told       bool // reckoned back from the day told of before: "two weeks earlier"
}

const timeMask = 1<<lexicon.Month | 1<<lexicon.Weekday | 1<<lexicon.TimeWord | 1<<lexicon.TimeUnit | 1<<lexicon.Direction

// findTimes finds every expression of a date, anchored on the dateline or else
// on the day of publication.
func (r *reading) findTimes() {
	r.anchor, r.narrative = r.doc.Published, r.narrates()
	for i := 0; i < len(r.terms); {
		r.speak(r.terms[i].span.Start)
		x, ok := r.timex(i)
		if !ok {
			i++
			continue
		}
		x.first = r.widened(x)
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
	if !t.digit && !t.node.HasAny(timeMask) && !t.node.Has(lexicon.Number) && !t.figure.Has(lexicon.Ordinal) {
		return timex{}, false
	}
	for _, try := range [...]func(int) (timex, bool){r.isoDate, r.dayRange, r.monthRange, r.dayMonth, r.monthDay, r.namedDay, r.weekday, r.relative, r.yearAlone} {
		if x, ok := try(i); ok {
			return x, true
		}
	}
	return timex{}, false
}

// isoDate reads 2017-10-16 and 10/16/2017, the month first where it can be.
func (r *reading) isoDate(i int) (timex, bool) {
	if x, ok := r.dottedDate(i); ok {
		return x, true
	}
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
		if a > 12 || r.lang.DayFirst && b <= 12 {
			month, day = b, a
		}
	}
	return r.dayOf(i, i+5, year, month, day)
}

// dottedDate reads 16.10.2017, the day first, where it is one term.
func (r *reading) dottedDate(i int) (timex, bool) {
	if !r.terms[i].digit || !r.lang.DayFirst {
		return timex{}, false
	}
	parts := strings.Split(r.terms[i].span.Of(r.text), ".")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return timex{}, false
	}
	day, a := digits(parts[0])
	month, b := digits(parts[1])
	year, c := digits(parts[2])
	if !a || !b || !c {
		return timex{}, false
	}
	return r.dayOf(i, i+1, year, month, day)
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
// another word counts only beside a number, or behind a word that dates.
func (r *reading) month(i int, beside bool) int {
	if i < 0 || i >= len(r.terms) {
		return 0
	}
	s, ok := r.terms[i].node.Sense(lexicon.Month)
	if !ok || beside || !strings.HasSuffix(s.Value, "doubtful") {
		return s.N
	}
	before := r.node(i - 1)
	if !r.terms[i].upper && !r.caseless && !r.lang.NoCapitals || !before.HasAny(1<<lexicon.Prep|1<<lexicon.Direction|1<<lexicon.Period|1<<lexicon.TimeUnit) {
		return 0
	}
	if r.caseless && r.terms[i].node.Has(lexicon.Modal) {
		return 0
	}
	return s.N
}

// node returns the word of term i, nil where there is no such term.
func (r *reading) node(i int) *lexicon.Node {
	if i < 0 || i >= len(r.terms) {
		return nil
	}
	return r.terms[i].node
}

// dayMonth reads "16 October 2017", "5 JAN 90", "16th of October".
func (r *reading) dayMonth(i int) (timex, bool) {
	day, end := r.ordinal(i)
	if day < 1 || day > 31 {
		return timex{}, false
	}
	if r.node(end).Has(lexicon.Of) {
		end++
	}
	m := r.month(end, true)
	if m == 0 || r.terms[end].node.Has(lexicon.Modal) && !r.terms[end].upper {
		return timex{}, false
	}
	return r.withYear(i, r.otherName(end+1, m), m, day)
}

// dayRange reads "between 1 and 29 February", "1-29 February".
func (r *reading) dayRange(i int) (timex, bool) {
	day, k := r.ordinal(i)
	if day < 1 || day > 31 || k >= len(r.terms) {
		return timex{}, false
	}
	before := i - 1
	if r.node(before).Has(lexicon.Det) {
		before--
	}
	if !r.dashAt(k) && !(r.opensRange(before) && r.joinsEnds(k)) {
		return timex{}, false
	}
	k++
	if r.node(k).Has(lexicon.Det) {
		k++
	}
	x, ok := r.dayMonth(k)
	if !ok || x.unit != cairn.Day || x.from.First().Day() <= day {
		return timex{}, false
	}
	x.first, x.from = i, cairn.DayOf(x.from.First().AddDate(0, 0, day-x.from.First().Day()))
	return x, true
}

// monthRange reads "between January and March 2023", "from May to July".
func (r *reading) monthRange(i int) (timex, bool) {
	m := r.month(i, true)
	if m == 0 || !r.anchor.Known() || !(r.node(i-1).Has(lexicon.TimeUnit) && r.opensRange(i-2)) && !r.opensRange(i-1) || i+2 >= len(r.terms) || !r.joinsEnds(i+1) {
		return timex{}, false
	}
	last := r.month(i+2, true)
	if last == 0 {
		return timex{}, false
	}
	x, ok := r.monthYear(i, i+3, last)
	if !ok {
		year := r.anchor.Last().Year()
		if last > int(r.anchor.Last().Month()) {
			year--
		}
		x = monthOf(i, i+3, year, last)
	}
	year := x.to.First().Year()
	if m > last {
		year--
	}
	x.from = monthOf(i, i+1, year, m).from
	return x, true
}

// opensRange reports whether term i opens a range: between, from.
func (r *reading) opensRange(i int) bool {
	return i >= 0 && (r.terms[i].figure.Has(lexicon.Between) || r.terms[i].figure.Has(lexicon.From))
}

// longestAbbreviation is the bytes of the longest short name of a month, "sept".
const longestAbbreviation = 4

// monthDay reads "October 16, 2017", "October 2017", "October".
func (r *reading) monthDay(i int) (timex, bool) {
	if m := r.month(i, true); m > 0 {
		end := i + 1
		if r.sign(end) == '.' && r.terms[end].glued && r.terms[i].span.Len() <= longestAbbreviation {
			end++
		}
		if day, next := r.ordinal(end); day >= 1 && day <= 31 && !(r.sign(next) == ':' && r.terms[next].glued) {
			return r.withYear(i, next, m, day)
		}
		if x, ok := r.monthYear(i, r.otherName(end, m), m); ok {
			return x, true
		}
	}
	m := r.month(i, false)
	if m == 0 || !r.anchor.Known() {
		return timex{}, false
	}
	if x, ok := r.monthTold(i, m); ok {
		return x, true
	}
	a := r.anchor.Last()
	year := a.Year()
	if d, ok := r.node(i - 1).Sense(lexicon.Direction); m > int(a.Month()) || ok && d.N < 0 && m == int(a.Month()) {
		year--
	}
	return monthOf(i, r.otherName(i+1, m), year, m), true
}

// monthYear reads the year behind a month: "2017", "of 2017", "last year".
func (r *reading) monthYear(first, end, month int) (timex, bool) {
	if s, ok := r.node(end).Sense(lexicon.TimeWord); ok && strings.HasSuffix(s.Value, " year") && r.anchor.Known() {
		return monthOf(first, end+1, r.anchor.Last().Year()+s.N, month), true
	}
	if r.node(end).Has(lexicon.Of) {
		end++
	}
	if y := r.value(end); y >= 1500 && y <= 2100 {
		return monthOf(first, end+1, y, month), true
	}
	return timex{}, false
}

// otherName skips a second name of the same month: "October/Tishrin I".
func (r *reading) otherName(end, month int) int {
	if sign := r.sign(end); (sign == '/' || sign == '(') && r.month(end+1, true) == month {
		if end += 2; sign == '(' && r.sign(end) == ')' {
			end++
		}
	}
	return end
}

func monthOf(first, end, year, month int) timex {
	d := cairn.Date(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"))
	return timex{first: first, end: end, from: d, to: d, unit: cairn.Month}
}

// ordinal reads a day of a month: "16", "16th".
func (r *reading) ordinal(i int) (day, end int) {
	if i < len(r.terms) && !r.terms[i].digit {
		if s, ok := r.terms[i].figure.Sense(lexicon.Ordinal); ok && s.N <= 31 {
			if tens, is := r.node(i + 2).Sense(lexicon.Number); is && s.N < 10 && (tens.N == 20 || tens.N == 30) && r.node(i+1).Has(lexicon.And) {
				return s.N + tens.N, i + 3 // "the third and twentieth"
			}
			return s.N, i + 1
		}
	}
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
	if r.sign(next) == ',' || r.node(next).Has(lexicon.Of) {
		next++
	}
	y := r.value(next)
	if y >= 1500 && y <= 2100 {
		return r.dayOf(first, next+1, y, month, day)
	}
	if y >= 0 && y < 100 && next == end && r.terms[next].span.Len() == 2 && first+2 == end && r.terms[first].digit {
		return r.dayOf(first, next+1, fullYear(y), month, day)
	}
	if !r.anchor.Known() {
		return timex{}, false
	}
	if year, ok := r.toldYear(month, day); ok {
		return r.dayOf(first, end, year, month, day)
	}
	a := r.anchor.Last()
	year := a.Year()
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).After(a.AddDate(0, 0, 7)) {
		year--
	}
	return r.dayOf(first, end, year, month, day)
}

// ofYears reports whether term i is the unit of a year.
func (r *reading) ofYears(i int) bool {
	u, ok := r.node(i).Sense(lexicon.TimeUnit)
	return ok && strings.HasSuffix(u.Value, " year")
}

// yearAlone reads a year: "in 2014", "since 2011".
func (r *reading) yearAlone(i int) (timex, bool) {
	y := r.value(i)
	if y < 1900 && !(y >= 1000 && r.ofYears(i+1)) || y > 2100 || r.terms[i].span.Len() != 4 || r.terms[i].glued && r.sign(i-1) != '(' && r.sign(i-1) != '-' && r.sign(i-1) != '–' {
		return timex{}, false
	}
	after := r.node(i + 1)
	if after.Has(lexicon.Born) {
		return timex{}, false
	}
	if r.node(i+1).HasAny(nounMask|1<<lexicon.Measure|1<<lexicon.Building) && !after.Has(lexicon.TimeUnit) || r.sign(i+1) == '%' {
		return timex{}, false
	}
	d := cairn.Date(strconv.Itoa(y))
	return timex{first: i, end: i + 1, from: d, to: d, unit: cairn.Year}, true
}
