package extract

import (
	"fmt"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// namedDay reads the words of time of the lexicon: "yesterday", "overnight",
// "the weekend", "last year", "third quarter".
func (r *reading) namedDay(i int) (timex, bool) {
	s, ok := r.terms[i].node.Sense(lexicon.TimeWord)
	_, what, _ := strings.Cut(s.Value, " ")
	if !ok || !r.anchor.Known() || what == "edge" {
		return timex{}, false
	}
	// what is earlier than something said before moves no claim of its own
	what, earlier := strings.CutSuffix(what, " earlier")
	x := r.namedAs(i, s.N, what)
	if what == "day" && r.sign(i+1) == ',' && i+2 < len(r.terms) && r.terms[i+2].digit {
		if day, ok := r.dayMonth(i + 2); ok && day.unit == cairn.Day { // "today, 17 September"
			day.first = i
			return day, true
		}
	}
	x.context = x.context || earlier
	return x, true
}

// namedAs reads one word of time by what the lexicon says that it does.
func (r *reading) namedAs(i, n int, what string) timex {
	a := r.anchor.Last()
	x := timex{first: i, end: i + 1, unit: cairn.Day}
	switch what {
	case "day":
		x.from = cairn.DayOf(a.AddDate(0, 0, n))
		x.to = x.from
	case "eve":
		return r.eve(i)
	case "newyear":
		x.from = cairn.DayOf(time.Date(a.Year(), 1, 1, 0, 0, 0, 0, time.UTC))
		x.to = x.from
	case "so far":
		x.from, x.to = cairn.DayOf(time.Date(a.Year(), 1, 1, 0, 0, 0, 0, time.UTC)), cairn.DayOf(a)
	case "past":
		x.from, x.to = cairn.DayOf(a.AddDate(0, 0, n)), cairn.DayOf(a)
	case "overnight":
		x.from, x.to = cairn.DayOf(a.AddDate(0, 0, -1)), cairn.DayOf(a)
	case "weekend":
		x.from, x.to = weekend(a)
	case "month":
		return monthOf(i, i+1, a.Year(), int(a.Month())+n)
	case "ytd":
		x.from, x.to = cairn.DayOf(time.Date(a.Year()+n, 1, 1, 0, 0, 0, 0, time.UTC)), cairn.DayOf(a)
	case "year":
		return yearOf(i, i+1, a.Year()+n)
	case "months":
		return r.monthsOf(i, n%100, n/100)
	default:
		x.from, x.to, x.context = cairn.DayOf(a), cairn.DayOf(a), true
	}
	return x
}

// eve reads "the night to 5 March": from the day before it to that day.
func (r *reading) eve(i int) timex {
	k := i + 1
	if v := r.value(k); v >= 0 && v < 32 && r.node(k+1).Has(lexicon.Prep) {
		k += 2 // "the night of 3 to 4 September"
	}
	x, ok := timex{}, false
	if k < len(r.terms) {
		x, ok = r.timex(k)
	}
	if !ok || x.unit != cairn.Day {
		a := r.anchor.Last()
		return timex{first: i, end: i + 1, unit: cairn.Day, from: cairn.DayOf(a.AddDate(0, 0, -1)), to: cairn.DayOf(a)}
	}
	x.first, x.to = i, x.from
	x.from = cairn.DayOf(x.to.First().AddDate(0, 0, -1))
	return x
}

// weekend returns the last Saturday and Sunday up to a, or the one that a is in.
func weekend(a time.Time) (from, to cairn.Date) {
	if a.Weekday() == time.Saturday {
		return cairn.DayOf(a), cairn.DayOf(a.AddDate(0, 0, 1))
	}
	sunday := a.AddDate(0, 0, -int(a.Weekday()))
	return cairn.DayOf(sunday.AddDate(0, 0, -1)), cairn.DayOf(sunday)
}

func yearOf(first, end, year int) timex {
	d := cairn.Date(fmt.Sprintf("%04d", year))
	return timex{first: first, end: end, from: d, to: d, unit: cairn.Year}
}

// monthsOf reads a part of a year, as a quarter, a half or its first months: the
// last such part that began by the anchor, or that of the year it is said to be
// of.
func (r *reading) monthsOf(i, from, to int) timex {
	a, end := r.anchor.Last(), i+1
	year := a.Year()
	if from > int(a.Month()) {
		year--
	}
	at := end
	if r.node(at).Has(lexicon.Of) {
		at++
	}
	if y := r.value(at); y >= 1900 && y <= 2100 {
		year, end = y, at+1
	} else if s, ok := r.node(at).Sense(lexicon.TimeWord); ok && strings.HasSuffix(s.Value, " year") {
		year, end = a.Year()+s.N, at+1
	}
	x := monthOf(i, end, year, from)
	if to < from {
		year++
	}
	x.to = monthOf(i, end, year, to).from
	return x
}

// widened returns the first term of an expression together with what stands
// before it and belongs to it: "early", "the end of", "last", "the".
func (r *reading) widened(x timex) int {
	first := x.first
	for first > 0 {
		k := first - 1
		if r.sign(k) == '-' && r.terms[k].glued && r.terms[first].glued {
			k--
		}
		n := r.node(k)
		s, named := n.Sense(lexicon.TimeWord)
		d, directed := n.Sense(lexicon.Direction)
		edge := named && strings.HasSuffix(s.Value, "edge")
		if !edge && !(directed && !strings.HasSuffix(d.Value, "ago")) {
			break
		}
		first = k
	}
	if k := first - 1; k >= 0 && r.definite(k) && (first < x.first || r.counted(x)) {
		return k
	}
	return first
}

// definite reports whether term k is a definite article.
func (r *reading) definite(k int) bool {
	s, ok := r.terms[k].node.Sense(lexicon.Det)
	return ok && s.N == 1 && strings.HasSuffix(s.Value, " definite")
}

// counted reports whether x is a stretch that takes an article: "the past three
// months", "the third quarter".
func (r *reading) counted(x timex) bool {
	n := r.terms[x.first].node
	s, _ := n.Sense(lexicon.TimeWord)
	part := strings.HasSuffix(s.Value, "months") && !strings.Contains(r.terms[x.first].span.Of(r.text), "-")
	return n.Has(lexicon.Direction) || part || strings.HasSuffix(s.Value, "weekend")
}

// weekday reads "Monday": the last such day up to the anchor, or with "next"
// the one after it.
func (r *reading) weekday(i int) (timex, bool) {
	s, ok := r.terms[i].node.Sense(lexicon.Weekday)
	if !ok || !r.anchor.Known() {
		return timex{}, false
	}
	a := r.anchor.Last()
	back := (int(a.Weekday()) - s.N%7 + 7) % 7
	switch way := r.direction(i); {
	case way > 0:
		back -= 7
	case way < 0 && back == 0:
		back = 7
	}
	d := cairn.DayOf(a.AddDate(0, 0, -back))
	x := timex{first: i, end: i + 1, from: d, to: d, unit: cairn.Day}
	if next := r.nextWeekday(i, s.N); next > 0 {
		x.to, x.end = cairn.DayOf(a.AddDate(0, 0, 1-back)), next
		return x, true
	}
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

// direction returns which way the word before the weekday at term i points, or
// behind it where a language has it there: 1 to the next, -1 to the last.
func (r *reading) direction(i int) int {
	d, ok := r.node(i - 1).Sense(lexicon.Direction)
	if !ok && r.lang.VerbFirst {
		d, _ = r.node(i + 1).Sense(lexicon.Direction)
	}
	if strings.HasSuffix(d.Value, " ago") {
		return 0
	}
	return d.N
}

// nextWeekday returns the end of a night that is named by both its days, "the
// night of Sunday to Monday", of which the first is at term i; 0 where there is
// none.
func (r *reading) nextWeekday(i, day int) int {
	k := i + 1
	if r.sign(k) == '-' || r.sign(k) == '–' || r.sign(k) == '/' {
		k++
	}
	edge, ok := r.node(i - 1).Sense(lexicon.TimeWord)
	next, is := r.node(k).Sense(lexicon.Weekday)
	if !ok || !is || !strings.HasSuffix(edge.Value, "edge") || next.N != day%7+1 {
		return 0
	}
	return k + 1
}

// relative reads "last week", "this month", "three days ago", "the past 24
// hours".
func (r *reading) relative(i int) (timex, bool) {
	if !r.anchor.Known() {
		return timex{}, false
	}
	if x, ok := r.unitsBehind(i); ok {
		return x, true
	}
	if d, ok := r.terms[i].node.Sense(lexicon.Direction); ok && !strings.HasSuffix(d.Value, "ago") {
		k, n := i+1, 1
		if v, next, is := r.number(k, min(k+4, len(r.terms))); is {
			n, k = v, next
		}
		if k < len(r.terms) {
			if u, is := r.terms[k].node.Sense(lexicon.TimeUnit); is {
				rolling := strings.HasSuffix(d.Value, "rolling") || strings.HasSuffix(u.Value, "rolling")
				return r.span(i, k+1, u, d.N, n, k > i+1 || rolling)
			}
		}
		return timex{}, false
	}
	n, k, ok := r.number(i, min(i+4, len(r.terms)))
	if !ok || k+1 >= len(r.terms) || n > 400 {
		return timex{}, false
	}
	u, is := r.terms[k].node.Sense(lexicon.TimeUnit)
	if way, _ := r.node(k + 1).Sense(lexicon.Direction); !is || !strings.HasSuffix(way.Value, " ago") || strings.HasSuffix(way.Value, "then ago") {
		return timex{}, false
	}
	way, _ := r.node(k + 1).Sense(lexicon.Direction)
	from, told := r.anchor.Last(), false
	if strings.HasSuffix(way.Value, "told ago") {
		from, told = r.lastTold(from)
	}
	d, unit := back(from, u, n)
	return timex{first: i, end: k + 2, from: d, to: d, unit: unit, told: told}, true
}

// lastTold returns the day that the text told of last, and whether it told of
// one; from otherwise.
func (r *reading) lastTold(from time.Time) (time.Time, bool) {
	for i := len(r.times) - 1; i >= 0; i-- {
		if x := r.times[i]; x.unit == cairn.Day && !x.context && !x.says && x.from == x.to {
			return x.from.First(), true
		}
	}
	return from, false
}

// unitsBehind reads a stretch of time in a language that says its direction
// before the whole or behind it: "before two days" for two days ago, "the hours
// 24 past".
func (r *reading) unitsBehind(i int) (timex, bool) {
	last := min(i+6, len(r.terms))
	d, directed := r.terms[i].node.Sense(lexicon.Direction)
	before := directed && strings.HasSuffix(d.Value, "before")
	k, n, counted := i, 1, false
	if before {
		k++
	}
	number := func() {
		for k < last && r.lang.Bare(r.fold(k)) {
			k++
		}
		if v, next, is := r.number(k, last); is {
			n, k, counted = v, next, true
		}
	}
	number()
	u, is := r.node(k).Sense(lexicon.TimeUnit)
	if !is || n > 400 {
		return timex{}, false
	}
	if strings.Contains(u.Value, "dual") {
		n, counted = 2, true
	}
	k++
	if !counted {
		number()
	}
	if before {
		from, unit := back(r.anchor.Last(), u, n)
		return timex{first: i, end: k, from: from, to: from, unit: unit}, true
	}
	d, directed = r.node(k).Sense(lexicon.Direction)
	if !directed || !counted || !strings.HasSuffix(d.Value, "behind") || d.N >= 0 {
		return timex{}, false
	}
	return r.span(i, k+1, u, d.N, n, true)
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
