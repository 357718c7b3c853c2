package linkage

import (
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// The grades of dates of birth.
const (
	dateNearYear grade = iota + 2
	dateSlipAndFar
	dateYear
	dateTwoSlips
	dateYearOnly
	dateSwapped
	dateYearFar
	dateMonthFar
	dateDayFar
	dateYearSlip
	dateMonthSlip
	dateDaySlip
	dateSame // and a rarer
)

var dateLabels = []string{"not stated", "differ", "years near", "a part agrees, another but for a slip", "year alone agrees", "two slips", "same year, no day stated", "day and month exchanged", "another year", "another month", "another day", "a slip in the year", "a slip in the month", "a slip in the day", "same, common", "same"}

// A calendar is a date whose parts can be unknown: 0.
type calendar struct{ year, month, day int }

func (c calendar) packed() uint32 { return uint32(c.year*10000 + c.month*100 + c.day) }

func unpack(v uint32) calendar { return calendar{int(v / 10000), int(v / 100 % 100), int(v % 100)} }

// whole reports whether every part is known.
func (c calendar) whole() bool { return c.year > 0 && c.month > 0 && c.day > 0 }

// An order is how the parts of a date stand in a column.
type order struct{ monthFirst bool }

// readDate reads a date as lists write them; unknown is zero. Eight digits are
// year, month and day, or day, month and year where that alone makes sense.
func readDate(s string, o order) calendar {
	parts := strings.FieldsFunc(names.Normal(s), func(r rune) bool { return r < '0' || r > '9' })
	var n []int
	for _, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 8 {
			return calendar{}
		}
		n = append(n, v)
	}
	switch {
	case len(n) == 0:
		return calendar{}
	case len(parts[0]) == 8:
		if c := (calendar{n[0] / 10000, n[0] / 100 % 100, n[0] % 100}); c.possible() {
			return c
		}
		return calendar{n[0] % 10000, n[0] / 10000 % 100, n[0] / 1000000}.orNone()
	case len(parts[0]) == 4 && len(n) >= 3:
		return calendar{n[0], n[1], n[2]}.orNone()
	case len(parts[0]) == 4 && len(n) == 2:
		return calendar{n[0], n[1], 0}.orNone()
	case len(parts[0]) == 4:
		return calendar{year: n[0]}.orNone()
	case len(n) >= 3 && o.monthFirst:
		return calendar{century(n[2]), n[0], n[1]}.orNone()
	case len(n) >= 3:
		return calendar{century(n[2]), n[1], n[0]}.orNone()
	}
	return calendar{}
}

func century(year int) int {
	switch {
	case year >= 100:
		return year
	case year > 30:
		return 1900 + year
	}
	return 2000 + year
}

func (c calendar) possible() bool {
	return c.year >= 1000 && c.year < 2200 && c.month <= 12 && c.day <= 31 && (c.month > 0 || c.day == 0)
}

// orNone is c with day and month exchanged where only that is possible, its year
// alone where neither is, and none where the year is none.
func (c calendar) orNone() calendar {
	if c.possible() {
		return c
	}
	if swapped := (calendar{c.year, c.day, c.month}); swapped.possible() {
		return swapped
	}
	if c.year >= 1000 && c.year < 2200 {
		return calendar{year: c.year}
	}
	return calendar{}
}

// orderOf tells from the values of a column whether months come first in it.
func orderOf(distinct []string) order {
	first, second := 0, 0
	for _, s := range distinct {
		parts := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		if len(parts) < 3 || len(parts[0]) > 2 {
			continue
		}
		a, _ := strconv.Atoi(parts[0])
		b, _ := strconv.Atoi(parts[1])
		if a > 12 {
			first++
		}
		if b > 12 {
			second++
		}
	}
	return order{monthFirst: second > 3*first}
}

// dates makes a feature of the whole date in one column, or of its parts in
// three.
func (b *builder) dates(f *feature, whole Kind, parts ...Kind) {
	for l := range b.lists {
		var in order
		for _, c := range b.columns(l, whole) {
			in = orderOf(b.lists[l].values[c].distinct)
		}
		values(b, l, b.columns(l, whole), func(s string) uint32 { return readDate(s, in).packed() }, func(r int, v uint32) { f.of[r] = v })
		for k, kind := range parts {
			scale := [3]uint32{10000, 100, 1}[k]
			most := [3]int{2200, 12, 31}[k]
			values(b, l, b.columns(l, kind), func(s string) uint32 {
				n, _ := strconv.ParseFloat(names.Normal(s), 64)
				if n < 1 || int(n) > most {
					return 0
				}
				return uint32(n) * scale
			}, func(r int, v uint32) {
				if f.of[r]/scale%[3]uint32{10000, 100, 100}[k] == 0 {
					f.of[r] += v
				}
			})
		}
	}
	f.coarsen()
	f.number()
}

// coarsen takes the first of January for the year alone where far more dates
// are that than chance has it: lists write so what they do not know.
func (f *feature) coarsen() {
	first, whole := 0, 0
	for _, v := range f.of {
		if c := unpack(v); c.whole() {
			whole++
			if c.month == 1 && c.day == 1 {
				first++
			}
		}
	}
	if first < 10 || first*365 < 8*whole {
		return
	}
	for r, v := range f.of {
		if c := unpack(v); c.whole() && c.month == 1 && c.day == 1 {
			f.of[r] = calendar{year: c.year}.packed()
		}
	}
}

// number gives the values of f small numbers, and keeps what they are.
func (f *feature) number() {
	numbers, packed := map[uint32]uint32{0: 0}, []uint32{0}
	for r, v := range f.of {
		n, ok := numbers[v]
		if !ok {
			n = uint32(len(packed))
			numbers[v] = n
			packed = append(packed, v)
		}
		f.of[r] = n
	}
	f.packed = packed
}

// birth makes the feature of dates of birth.
func (b *builder) birth() {
	if !b.has(BirthDate, BirthYear) {
		return
	}
	f := &feature{name: "date of birth", kind: BirthDate, labels: dateLabels, of: make([]uint32, b.len()), exact: [2]grade{0, 0}, mostDiff: .35,
		aspects: []aspect{{"date of birth", 4}, {"year and month of birth", 3}, {"day and month of birth", 2}, {"year and day of birth", 3}, {"year of birth", 1}}}
	b.dates(f, BirthDate, BirthYear, BirthMonth, BirthDay)
	f.compare = func(x, y uint32) (grade, float64) { return compareDates(unpack(f.packed[x]), unpack(f.packed[y])), 0 }
	f.compareSame = func(x uint32) grade {
		switch {
		case !unpack(f.packed[x]).whole():
			return dateYearOnly
		case f.share[x] < 1.0/2000:
			return dateSame + 1
		}
		return dateSame
	}
	f.keysOf = func(value, aspect int) []uint64 { return dateKeys(unpack(f.packed[value]), aspect) }
	b.features = append(b.features, f)
}

// dateKeys is the keys of a date: whole (with day and month in either order),
// two of its three parts, or its year.
func dateKeys(c calendar, aspect int) []uint64 {
	key := func(parts ...int) []uint64 {
		h := uint64(aspect + 1)
		for _, p := range parts {
			if p == 0 {
				return nil
			}
			h = stir(h*64 + uint64(p))
		}
		return []uint64{h}
	}
	switch aspect {
	case 0:
		return key(c.year, min(c.month, c.day), max(c.month, c.day))
	case 1:
		return key(c.year, c.month)
	case 2:
		return key(c.month, c.day)
	case 3:
		return key(c.year, c.day)
	}
	return key(c.year)
}

// compareDates grades two dates that are not the same.
func compareDates(a, b calendar) grade {
	year := part(a.year, b.year)
	if !a.whole() || !b.whole() {
		switch {
		case year == equal && (a.month == b.month || a.month == 0 || b.month == 0):
			return dateYearOnly
		case year == equal:
			return dateYear
		case a.year-b.year == 1 || b.year-a.year == 1:
			return dateNearYear
		}
		return differ
	}
	month, day := part(a.month, b.month), part(a.day, b.day)
	switch {
	case month == equal && day == equal && year == slip:
		return dateYearSlip
	case month == equal && day == equal:
		return dateYearFar
	case year == equal && a.month == b.day && a.day == b.month:
		return dateSwapped
	case year == equal && month == equal && day == slip:
		return dateDaySlip
	case year == equal && month == equal:
		return dateDayFar
	case year == equal && day == equal && month == slip:
		return dateMonthSlip
	case year == equal && day == equal:
		return dateMonthFar
	case year >= slip && month >= slip && day >= slip && (year == equal || month == equal || day == equal):
		return dateTwoSlips
	case year == equal:
		return dateYear
	case max(year, month, day) == equal && year+month+day == equal+slip+far:
		return dateSlipAndFar
	case a.year-b.year == 1 || b.year-a.year == 1:
		return dateNearYear
	}
	return differ
}

const (
	far = iota
	slip
	equal
)

// part compares two numbers of a date: equal, one digit or one step apart, or
// far.
func part(x, y int) int {
	switch {
	case x == y:
		return equal
	case x-y == 1 || y-x == 1:
		return slip
	}
	wrong := 0
	s, t := x, y
	for s > 0 || t > 0 {
		if s%10 != t%10 {
			wrong++
		}
		s, t = s/10, t/10
	}
	if wrong == 1 || wrong == 2 && exchanged(x, y) {
		return slip
	}
	return far
}

// exchanged reports whether x is y with two neighbouring digits exchanged.
func exchanged(x, y int) bool {
	for scale := 1; scale < x || scale < y; scale *= 10 {
		low, high := x/scale%10, x/scale/10%10
		if x-low*scale-high*scale*10+high*scale+low*scale*10 == y {
			return true
		}
	}
	return false
}

// The grades of the days on which something happened.
const (
	dayYear grade = iota + 2
	dayMonth
	dayTenDays
	dayThreeDays
	dayNext
	daySame // and a rarer
)

// days makes the feature of the dates of what happened, which accounts often
// give a day or some apart.
func (b *builder) days() {
	if !b.has(Date) {
		return
	}
	f := &feature{name: "date", kind: Date, kin: true, of: make([]uint32, b.len()), exact: [2]grade{daySame, daySame + 1}, mostDiff: .4,
		labels:  []string{"not stated", "differ", "same year", "same month", "within ten days", "within three days", "a day apart", "same, common", "same"},
		aspects: []aspect{{"date", 2}, {"month", 1}}}
	b.dates(f, Date)
	f.compare = func(x, y uint32) (grade, float64) { return compareDays(unpack(f.packed[x]), unpack(f.packed[y])), 0 }
	f.keysOf = func(value, aspect int) []uint64 { return dateKeys(unpack(f.packed[value]), aspect) }
	b.features = append(b.features, f)
}

func compareDays(a, b calendar) grade {
	switch {
	case a.year != b.year && (!a.whole() || !b.whole()):
		return differ
	case !a.whole() || !b.whole():
		if a.month == b.month || a.month == 0 || b.month == 0 {
			return dayMonth
		}
		return dayYear
	}
	apart := a.number() - b.number()
	switch apart = max(apart, -apart); {
	case apart <= 1:
		return dayNext
	case apart <= 3:
		return dayThreeDays
	case apart <= 10:
		return dayTenDays
	case a.year == b.year && a.month == b.month:
		return dayMonth
	case a.year == b.year:
		return dayYear
	}
	return differ
}

// number counts days.
func (c calendar) number() int {
	return int(time.Date(c.year, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
