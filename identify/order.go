package identify

import (
	"slices"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// orders count, by field, the dates of a list that can only be day first, and
// those that can only be month first.
type orders map[string]*struct{ day, month int }

// enoughDates is how many dates of a field must tell the order, all the same way,
// for the others to be read by it.
const enoughDates = 3

// undecidedOrder is the note of a date that does not tell by itself.
const undecidedOrder = "day or month first cannot be told"

// see counts what a row says in the columns of dates.
func (o orders) see(header []string, kinds map[string]string, cells []string) {
	for i, cell := range cells[:min(len(cells), len(header))] {
		kind := kinds[header[i]]
		if kind != string(linkage.Date) && kind != string(linkage.BirthDate) {
			continue
		}
		m := numbers.FindStringSubmatch(western(cell))
		if m == nil || len(m[1]) == 4 {
			continue
		}
		if o[kind] == nil {
			o[kind] = new(struct{ day, month int })
		}
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		switch {
		case a > 12 && b <= 12:
			o[kind].day++
		case b > 12 && a <= 12:
			o[kind].month++
		}
	}
}

// settle reads the dates of an entry that do not tell their order by that of the
// others.
func (o orders) settle(e *cairn.Entry) {
	for field, seen := range o {
		at := slices.Index(e.Notes, field+": "+undecidedOrder)
		m := numbers.FindStringSubmatch(western(e.Values[field]))
		if at < 0 || m == nil {
			continue
		}
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		year, _ := strconv.Atoi(m[3])
		note := "day first, as all dates of the list that tell"
		switch {
		case seen.day >= enoughDates && seen.month == 0:
			a, b = b, a
		case seen.month >= enoughDates && seen.day == 0:
			note = "month first, as all dates of the list that tell"
		default:
			continue
		}
		if value, odd := iso(century(year), a, b, ""); odd == "" {
			if e.Written == nil {
				e.Written = map[string]string{}
			}
			e.Written[field], e.Values[field], e.Notes[at] = e.Values[field], value, field+": "+note
		}
	}
}
