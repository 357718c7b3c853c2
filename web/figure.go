package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// orMore follows a range that has no upper end.
const orMore = " or more"

// number writes a range as figure does, without the words that follow it.
func number(r cairn.Range) string { return strings.TrimSuffix(figure(r), orMore) }

// more returns the words that follow the number of a range; "" for most.
func more(r cairn.Range) string {
	return strings.TrimSpace(strings.TrimPrefix(figure(r), number(r)))
}

// figure writes a range for a reader: "3–7", "5 or more" where nobody gave an
// upper end, "up to 9" where nobody gave a lower one, and "unknown" where
// nothing is known, which is not nobody.
func figure(r cairn.Range) string {
	switch {
	case !r.Known():
		return "unknown"
	case !r.Min.Known:
		return "up to " + count(r.Max.N)
	case !r.Max.Known, r.Open && r.Min == r.Max:
		return count(r.Min.N) + orMore
	case r.Min == r.Max:
		return count(r.Min.N)
	case r.Open:
		return count(r.Min.N) + "–" + count(r.Max.N) + orMore
	}
	return count(r.Min.N) + "–" + count(r.Max.N)
}

// bound writes one end of a range.
func bound(b cairn.Bound) string {
	if !b.Known {
		return "unknown"
	}
	return count(b.N)
}

// count writes n with a comma at every third digit.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// degrees writes a coordinate.
func degrees(d *float64) string { return strconv.FormatFloat(*d, 'f', 4, 64) }

// size writes a number of bytes.
func size(bytes int64) string { return plural(int(bytes), "byte", "bytes") }

// plural writes n of what one and many name: "1 claim", "1,300 claims".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

// date writes d as precisely as it is known.
func date(d cairn.Date) string {
	switch d.Precision() {
	case cairn.Minute:
		day, minute, _ := strings.Cut(string(d), "T")
		return date(cairn.Date(day)) + ", " + minute
	case cairn.Day:
		return d.First().Format("2 January 2006")
	case cairn.Month:
		return d.First().Format("January 2006")
	case cairn.Year:
		return string(d)
	}
	return "date unknown"
}

// period writes p, whose ends may be one day or unknown.
func period(p cairn.Period) string {
	switch {
	case p.From == p.To, !p.To.Known():
		return date(p.From)
	case !p.From.Known():
		return "until " + date(p.To)
	}
	return date(p.From) + " to " + date(p.To)
}

// moment writes a time of the record.
func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// day writes the day of a time of the record.
func day(t time.Time) string { return t.UTC().Format("2 January 2006") }

// A bar draws a range on a scale from 0 to the highest number beside it, in
// hundredths: the floor solid, and from there to the ceiling pale.
type bar struct {
	Floor, Ceiling float64
	Open           bool // no upper end was given
}

// barOf returns the bar of r on the scale to most; nil where there is nothing
// to draw.
func barOf(r cairn.Range, most int) *bar {
	if !r.Known() || most <= 0 {
		return nil
	}
	share := func(b cairn.Bound) float64 { return float64(min(b.N, most)) * 100 / float64(most) }
	b := &bar{Floor: share(r.Min), Ceiling: share(r.Max), Open: r.Open || !r.Max.Known}
	b.Ceiling = max(b.Floor, b.Ceiling)
	return b
}

// most returns the higher of n and the numbers of r.
func most(n int, r cairn.Range) int { return max(n, r.Min.N, r.Max.N) }
