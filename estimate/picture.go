package estimate

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Pictures are drawn in the colour of the text around them and in no other, so
// that they work on any ground, without style and without a script. Each has a
// name for those who do not see it; a table beside it says the same.

// A drawing is a picture under way.
type drawing struct {
	strings.Builder
	wide, high float64
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.Builder, format, args...) }

// text writes words at a point; anchor is start, middle or end.
func (d *drawing) text(x, y float64, anchor, words string) {
	d.add(`<text x="%.1f" y="%.1f" text-anchor="%s" fill="currentColor" font-size="13">%s</text>`, x, y, anchor, template.HTMLEscapeString(words))
}

// picture is the drawing with a name.
func (d *drawing) picture(name string) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg class="estimate-picture" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" direction="ltr" role="img" aria-label="%s" xmlns="http://www.w3.org/2000/svg"><g translate="no" lang="en">%s</g></svg>`,
		d.wide, d.high, d.wide, d.high, template.HTMLEscapeString(name), d.String()))
}

// mostHistories is how many histories a picture shows; the table has all.
const mostHistories = 24

// Picture draws which lists share how many people, after UpSet (Lex and others
// 2014): a column a history, the largest first, with its lists marked below, and
// beside each list how many it has.
func (o Overlaps) Picture(name string) template.HTML {
	const left, top, across, down, most = 250.0, 24.0, 34.0, 26.0, 150.0
	rows := o.Rows[:min(mostHistories, len(o.Rows))]
	d := &drawing{wide: left + across*float64(len(rows)) + 16, high: top + most + 24 + down*float64(len(o.Lists)) + 8}
	if len(rows) == 0 {
		return ""
	}
	for i, r := range rows {
		x := left + across*(float64(i)+0.5)
		tall := most * float64(r.Count) / float64(rows[0].Count)
		d.add(`<rect x="%.1f" y="%.1f" width="22" height="%.1f" fill="currentColor" opacity="0.8"/>`, x-11, top+most-tall, tall)
		d.text(x, top+most-tall-6, "middle", cairn.Grouped(float64(r.Count)))
		first, last := -1, 0
		for j, on := range r.On {
			y := top + most + 24 + down*(float64(j)+0.5)
			opacity := 0.15
			if on {
				if opacity, last = 1, j; first < 0 {
					first = j
				}
			}
			d.add(`<circle cx="%.1f" cy="%.1f" r="7" fill="currentColor" opacity="%g"/>`, x, y, opacity)
		}
		if last > first {
			at := func(j int) float64 { return top + most + 24 + down*(float64(j)+0.5) }
			d.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="currentColor" stroke-width="3"/>`, x, at(first), x, at(last))
		}
	}
	largest := 1
	for _, l := range o.Lists {
		largest = max(largest, l.Members)
	}
	for j, l := range o.Lists {
		y := top + most + 24 + down*(float64(j)+0.5)
		long := 70 * float64(l.Members) / float64(largest)
		d.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="14" fill="currentColor" opacity="0.35"/>`, left-18-long, y-7, long)
		d.text(left-96, y+5, "end", short(l.Name, 20))
		d.text(left-22, y+5, "end", cairn.Grouped(float64(l.Members)))
	}
	return d.picture(name)
}

// short is a name cut to so many letters.
func short(name string, most int) string {
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	return string(letters[:most-1]) + "…"
}

// A Bar is one line of a picture of intervals.
type Bar struct {
	Label    string
	Interval *cairn.Interval // nil where there is no estimate
	Refused  string          // what stands in its place then
	Strong   bool            // put forward
}

// Intervals draws intervals on one scale of people, by its logarithm, with a line
// where those stand whom the lists name. One that nothing bounds above ends in an
// arrow.
func Intervals(name string, bars []Bar, observed int) template.HTML {
	const left, right, top, down = 230.0, 40.0, 14.0, 28.0
	low, high := float64(max(1, observed)), float64(max(1, observed))*1.05
	for _, b := range bars {
		if b.Interval == nil {
			continue
		}
		for _, end := range []*float64{b.Interval.Low, b.Interval.High} {
			if end != nil && *end > 0 {
				low, high = min(low, *end), max(high, *end)
			}
		}
		low, high = min(low, b.Interval.Center()), max(high, b.Interval.Center())
	}
	d := &drawing{wide: 820, high: top + down*float64(len(bars)) + 34}
	span := math.Log(high / low)
	at := func(v float64) float64 { return left + (d.wide-left-right)*math.Log(max(v, low)/low)/span }
	bottom := top + down*float64(len(bars))
	last := math.Inf(-1)
	for _, v := range marks(low, high) {
		x := at(v)
		d.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="currentColor" opacity="0.2"/>`, x, top, x, bottom)
		if x-last > 58 {
			d.text(x, bottom+18, "middle", cairn.Grouped(v))
			last = x
		}
	}
	d.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="currentColor" stroke-dasharray="4 3"/>`, at(float64(observed)), top-8, at(float64(observed)), bottom)
	for i, b := range bars {
		y := top + down*(float64(i)+0.5)
		d.text(left-12, y+5, "end", short(b.Label, 32))
		if b.Interval == nil {
			d.text(left+8, y+5, "start", b.Refused)
			continue
		}
		wide := 2.5
		if b.Strong {
			wide = 5
		}
		if b.Interval.Low != nil {
			end := d.wide - right
			if b.Interval.High != nil {
				end = at(*b.Interval.High)
			} else {
				d.add(`<path d="M%.1f %.1f l10 6 l-10 6 z" fill="currentColor"/>`, end, y-6)
			}
			d.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="currentColor" stroke-width="%g"/>`, at(*b.Interval.Low), y, end, y, wide)
		}
		d.add(`<circle cx="%.1f" cy="%.1f" r="%g" fill="currentColor"/>`, at(b.Interval.Center()), y, wide+2.5)
	}
	return d.picture(name)
}

// marks are round numbers between two.
func marks(low, high float64) []float64 {
	var all []float64
	for size := math.Pow(10, math.Floor(math.Log10(low))); size <= high; size *= 10 {
		for _, m := range []float64{1, 1.5, 2, 3, 5, 7} {
			if v := m * size; v >= low && v <= high {
				all = append(all, v)
			}
		}
	}
	return all
}

// PosteriorPicture draws how the draws of a population lie, with the interval of
// the answer marked.
func PosteriorPicture(name string, p cairn.Posterior, i *cairn.Interval) template.HTML {
	const left, top, wide, tall = 12.0, 12.0, 560.0, 110.0
	d := &drawing{wide: left + wide + 12, high: top + tall + 30}
	highest := 1e-9
	for _, s := range p.Shares {
		highest = max(highest, s)
	}
	at := func(v float64) float64 { return left + wide*(min(max(v, p.From), p.To)-p.From)/(p.To-p.From) }
	step := wide / float64(len(p.Shares))
	for k, s := range p.Shares {
		h := tall * s / highest
		d.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="currentColor" opacity="0.55"/>`, left+step*float64(k), top+tall-h, step-0.6, h)
	}
	d.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="currentColor"/>`, left, top+tall, left+wide, top+tall)
	if i != nil {
		for _, end := range []*float64{i.Low, i.Median, i.High} {
			if end != nil {
				d.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="currentColor" stroke-dasharray="4 3"/>`, at(*end), top, at(*end), top+tall)
			}
		}
	}
	d.text(left, top+tall+18, "start", cairn.Grouped(p.From))
	d.text(left+wide/2, top+tall+18, "middle", cairn.Grouped((p.From+p.To)/2))
	d.text(left+wide, top+tall+18, "end", cairn.Grouped(p.To))
	return d.picture(name)
}
