package site

import (
	"cmp"
	"math"
	"strconv"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// A chart draws one range a month, or a year where there are too many: the floor
// solid, from there to the ceiling hatched. A month that nobody monitored is
// hatched whole, and never empty. The table under it says the same.
type chart struct {
	Width, Height int
	Columns       []column
	Lines         []line
	By            total.By
	Unit          cairn.Tally
	Axis          float64 // where the numbers of the lines stand
	Left, Right   float64 // of the lines
	Mirrored      bool    // time runs from the right
}

// A column is one month.
type column struct {
	total.Row
	When          cairn.Date
	Query         string // of the selection within it
	X, Wide, Mid  float64
	Floor, FloorY float64
	Top, TopY     float64
	Label         string
	Unwatched     bool
	Some          bool
}

// A line is a height of a chart with its number.
type line struct {
	Y     float64
	Label string
}

const (
	chartHeight = 170.0
	chartLeft   = 40.0
	mostColumns = 72
	labelWide   = 84.0
)

func itoa(n int) string { return strconv.Itoa(n) }

// chart returns the timeline of a selection; nil where nothing in it has a date.
func (v *visit) chart(s selection, main cairn.Tally) *chart {
	for _, by := range []total.By{total.ByMonth, total.ByYear} {
		s.By = by
		rows, when := v.timed(s, main)
		if len(when) > 0 && (len(when) <= mostColumns || by == total.ByYear) {
			return drawn(rows, when, s, v.words, main).watched(v.index.release)
		}
	}
	return nil
}

// timed returns the rows of a total by time and every month from the first to the
// last, those of the project's coverage included.
func (v *visit) timed(s selection, main cairn.Tally) (map[string]total.Row, []cairn.Date) {
	answer := s.total(v.index)
	rows := map[string]total.Row{}
	var first, last cairn.Date
	widen := func(d cairn.Date) {
		if d.Known() && len(d) >= digits(s.By) {
			d = d[:digits(s.By)]
			if !first.Known() || d < first {
				first = d
			}
			last = max(last, d)
		}
	}
	for _, row := range answer.Rows {
		if row.By != total.None {
			widen(cairn.Date(row.By))
		}
		if row.Harm == main.Harm && row.Class == main.Class {
			rows[string(row.By)] = row
		}
	}
	if first.Known() {
		widen(cmp.Or(s.From, coverageStart(v.index.release)))
		widen(s.To)
	}
	var when []cairn.Date
	for at := first.First(); first.Known() && !at.After(last.Last()) && len(when) <= 4*mostColumns; {
		d := cairn.Date(cairn.DayOf(at)[:digits(s.By)])
		when = append(when, d)
		at = d.Last().AddDate(0, 0, 1)
	}
	return rows, when
}

func digits(by total.By) int {
	if by == total.ByYear {
		return len("2006")
	}
	return len("2006-01")
}

func coverageStart(r cairn.Release) cairn.Date {
	var first cairn.Date
	for _, c := range r.Coverage {
		if d := c.Monitored.From; d.Known() && (!first.Known() || d < first) {
			first = d
		}
	}
	return first
}

func drawn(rows map[string]total.Row, when []cairn.Date, s selection, t *tongue, main cairn.Tally) *chart {
	highest := 1
	for _, r := range rows {
		highest = max(highest, r.Max.N, r.Min.N)
	}
	step := tick(highest)
	top := step * ((highest + step - 1) / step)
	height := func(n int) float64 { return math.Round(float64(n)*chartHeight/float64(top)*10) / 10 }
	across := min(150, max(14, 1040/float64(len(when))))
	c := &chart{Width: int(chartLeft + across*float64(len(when)) + 8), Height: int(chartHeight) + 40, By: s.By, Unit: main}
	c.Axis, c.Left, c.Right = chartLeft-7, chartLeft-2, float64(c.Width)
	if c.Mirrored = t.Dir == "rtl"; c.Mirrored {
		c.Axis, c.Left, c.Right = float64(c.Width)-chartLeft+7, 0, float64(c.Width)-chartLeft+2
	}
	for n := 0; n <= top; n += step {
		c.Lines = append(c.Lines, line{chartHeight - height(n) + 8, t.number(n)})
	}
	every := int(math.Ceil(labelWide / across))
	for i, d := range when {
		row, some := rows[string(d)]
		k := column{Row: row, When: d, X: chartLeft + across*float64(i), Wide: across - 4, Some: some, Unwatched: row.Watch == cairn.NotMonitored}
		at := s
		at.From, at.To, at.By = d, d, total.Whole
		k.Query = at.Query()
		k.Floor, k.Top = height(row.Min.N), height(max(row.Max.N, row.Min.N))
		if c.Mirrored {
			k.X = float64(c.Width) - k.X - k.Wide
		}
		k.Mid = k.X + k.Wide/2
		k.FloorY, k.TopY = chartHeight-k.Floor+8, chartHeight-k.Top+8
		if i%every == 0 {
			k.Label = label(d, s.By, t)
		}
		c.Columns = append(c.Columns, k)
	}
	return c
}

func label(d cairn.Date, by total.By, t *tongue) string {
	if by == total.ByYear {
		return string(d)
	}
	return shortMonth(d.First(), t)
}

func shortMonth(at time.Time, t *tongue) string {
	month := []rune(t.month(at))
	if t.Tag != "ar" && len(month) > 4 {
		month = month[:3]
	}
	return string(month) + " " + strconv.Itoa(at.Year())
}

// tick is the distance between two lines of a chart that reaches to n: a 1, 2 or
// 5 with noughts.
func tick(n int) int {
	for size := 1; ; size *= 10 {
		for _, t := range []int{1, 2, 5} {
			if t*size*5 >= n {
				return t * size
			}
		}
	}
}

// watched marks the columns that the project did not monitor.
func (c *chart) watched(r cairn.Release, places ...string) *chart {
	if c == nil {
		return nil
	}
	p := cairn.Project{Coverage: r.Coverage}
	for i, k := range c.Columns {
		c.Columns[i].Unwatched = p.Watched(cairn.Period{From: k.When, To: k.When}, places...) == cairn.NotMonitored
	}
	return c
}
