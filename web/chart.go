package web

import (
	"math"
	"time"
)

// A chart draws one range a period, from left to right: the floor solid, and
// from there to the ceiling hatched. It is made of addresses, so that it works
// without a script, and the table under it says the same in words.
type chart struct {
	Width   int
	Step    float64 // from column to column
	Thick   float64 // of a column
	Columns []column
	Lines   []line
}

// A column is one period of a chart.
type column struct {
	groupRow
	X, Middle            float64
	Floor, Ceiling       float64 // heights
	FloorTop, CeilingTop float64
	Label                string // under it; empty for most
	Empty                bool   // no incident in it
}

// A line is a height of the chart with its number.
type line struct {
	Y     float64
	Label string
}

const (
	chartHeight = 180.0
	chartLeft   = 44.0
	labelWidth  = 60.0
	mostColumns = 120
	fewColumns  = 3
)

// chartOf returns the chart of g; nil where its rows do not go along time, or
// too few or too many periods lie between the first and the last.
func chartOf(g group, by string) *chart {
	if by != "year" && by != "month" || len(g.Rows) == 0 {
		return nil
	}
	rows := filled(g.Rows, by)
	if len(rows) < fewColumns || len(rows) > mostColumns {
		return nil
	}
	highest := 0
	for _, r := range rows {
		highest = most(highest, r.Range)
	}
	if highest == 0 {
		return nil
	}
	step := tick(highest)
	top := step * ((highest + step - 1) / step)
	across := max(26, min(72, 1080/float64(len(rows))))
	c := &chart{Width: int(chartLeft + across*float64(len(rows))), Step: across, Thick: across - 6}
	for n := 0; n <= top; n += step {
		c.Lines = append(c.Lines, line{height(top-n, top), count(n)})
	}
	every := int(math.Ceil(labelWidth / across))
	for i, r := range rows {
		col := column{groupRow: r, X: chartLeft + across*float64(i), Floor: height(r.Range.Min.N, top), Empty: r.Words == ""}
		col.Middle = col.X + across/2
		col.Ceiling = max(col.Floor, height(r.Range.Max.N, top))
		col.FloorTop, col.CeilingTop = chartHeight-col.Floor, chartHeight-col.Ceiling
		if i%every == 0 {
			col.Label = r.By
		}
		c.Columns = append(c.Columns, col)
	}
	return c
}

func height(n, top int) float64 {
	return math.Round(float64(n)*chartHeight/float64(top)*10) / 10
}

// tick returns the distance between two lines of a chart that reaches to n: a
// 1, 2 or 5 with noughts.
func tick(n int) int {
	for size := 1; ; size *= 10 {
		for _, t := range []int{1, 2, 5} {
			if t*size*5 >= n {
				return t * size
			}
		}
	}
}

// filled returns rows with one for each period between them. Rows without a
// date are left to the table.
func filled(rows []groupRow, by string) []groupRow {
	layout, next := "2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }
	if by == "month" {
		layout, next = "2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	}
	of := map[string]groupRow{}
	var first, last time.Time
	for _, r := range rows {
		t, err := time.Parse(layout, r.By)
		if err != nil {
			continue
		}
		of[r.By] = r
		if first.IsZero() || t.Before(first) {
			first = t
		}
		if t.After(last) {
			last = t
		}
	}
	var all []groupRow
	for t := first; !t.After(last) && len(of) > 0 && len(all) <= mostColumns; t = next(t) {
		r, ok := of[t.Format(layout)]
		if !ok {
			r = groupRow{By: t.Format(layout)}
		}
		all = append(all, r)
	}
	return all
}
