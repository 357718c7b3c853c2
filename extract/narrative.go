package extract

import "time"

// A text tells history and no news where it names many different years, often,
// and nearly all of them lie years before its date.
const (
	manyYears    = 4
	manyMentions = 8
	yearsAgo     = 5
)

// narrates reports whether the text is a history.
func (r *reading) narrates() bool {
	last := 2100
	if r.doc.Published.Known() {
		last = r.doc.Published.First().Year() - yearsAgo
	}
	years, old, recent := map[int]bool{}, 0, 0
	for i := range r.terms {
		y := r.value(i)
		switch {
		case y < 1500 || y > 2100 || r.terms[i].span.Len() != 4:
		case y > last:
			recent++
		default:
			years[y] = true
			old++
		}
	}
	return len(years) >= manyYears && old >= manyMentions && old >= 4*recent
}

// toldYear returns the year of a day or month that states none in a history: that
// which puts it nearest to the time told of before; ok is false in other texts.
func (r *reading) toldYear(month, day int) (year int, ok bool) {
	if !r.narrative || len(r.times) == 0 {
		return 0, false
	}
	var before time.Time
	for k := len(r.times) - 1; k >= 0; k-- {
		if x := r.times[k]; x.from.Known() && !x.context {
			before = x.from.First()
			break
		}
	}
	if before.IsZero() {
		return 0, false
	}
	best := time.Duration(1 << 62)
	for _, y := range [...]int{before.Year() - 1, before.Year(), before.Year() + 1} {
		d := time.Date(y, time.Month(month), max(day, 1), 0, 0, 0, 0, time.UTC)
		if apart := d.Sub(before).Abs(); apart < best {
			best, year = apart, y
		}
	}
	return year, true
}

// monthTold is a month that states no year in a history.
func (r *reading) monthTold(i, month int) (timex, bool) {
	year, ok := r.toldYear(month, 1)
	if !ok {
		return timex{}, false
	}
	return monthOf(i, r.otherName(i+1, month), year, month), true
}
