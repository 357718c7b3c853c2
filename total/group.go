package total

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A By says what the rows of a total are grouped by. The zero By makes one
// group of all.
type By string

// The groupings.
const (
	Whole         By = ""
	ByYear        By = "year"
	ByMonth       By = "month"
	ByWeek        By = "week" // from Monday to Sunday, as ISO 8601 numbers them
	ByDay         By = "day"
	ByGrade       By = "grade"
	ByBelligerent By = "belligerent"
	ByPlace       By = "place"
	ByAdmin1      By = "admin1"
	ByCountry     By = "country"
	ByClass       By = "class"
	ByMeans       By = "means"
)

// Groupings is every By but the zero one, as they are offered.
var Groupings = []By{ByYear, ByMonth, ByWeek, ByDay, ByGrade, ByBelligerent, ByPlace, ByAdmin1, ByCountry, ByClass, ByMeans}

// ParseBy returns the By that s names, or Invalid.
func ParseBy(s string) (By, error) {
	if s == "" || slices.Contains(Groupings, By(s)) {
		return By(s), nil
	}
	names := make([]string, len(Groupings))
	for i, b := range Groupings {
		names[i] = string(b)
	}
	return "", cairn.Invalid{Field: "by", Reason: "want one of " + strings.Join(names, ", ") + ", not " + s}
}

// None is the group of incidents without the value that is grouped by.
const None = "none"

// number returns the number of what decides in which groups a figure stands: of a
// list of parties, or of a word.
func (b By) number(f *Figure) uint32 {
	switch b {
	case Whole:
		return 0
	case ByBelligerent:
		return f.Parties
	case ByGrade:
		return f.Grade
	case ByPlace:
		return f.Place
	case ByAdmin1:
		return f.Admin1
	case ByCountry:
		return f.Country
	case ByClass:
		return f.Class
	case ByMeans:
		return f.Means
	}
	return f.First
}

// groups returns the groups of figures that have such a number: one for each
// party, and one for any other word.
func (b By) groups(w *Words, n uint32) []string {
	var name string
	switch {
	case b == Whole:
		return []string{""}
	case b == ByBelligerent && n > 0:
		return w.parties.Words(n)
	case b == ByBelligerent:
	case digits[b] > 0:
		name = b.time(cairn.Date(w.words.word(n)))
	default:
		name = w.words.word(n)
	}
	return []string{cmp.Or(name, None)}
}

// digits is how much of a date must be known to tell the year, month, week or day.
var digits = map[By]int{ByYear: len("2017"), ByMonth: len("2017-10"), ByWeek: len("2017-10-16"), ByDay: len("2017-10-16")}

// closely returns as much of the day on which an incident began as tells its year,
// month, week or day: one of several days counts at its first. It is "" where the
// date is not known so closely.
func (b By) closely(first cairn.Date) cairn.Date {
	if n := digits[b]; n > 0 && len(first) >= n {
		return first[:n]
	}
	return ""
}

// time returns the year, month, week or day of such a date.
func (b By) time(first cairn.Date) string {
	close := b.closely(first)
	if b != ByWeek || close == "" {
		return string(close)
	}
	year, week := close.First().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// DaysOf returns the days of a row of a total by year, month, week or day; no
// period where its name is of no such time.
func DaysOf(row string) cairn.Period {
	var year, week int
	if n, _ := fmt.Sscanf(row, "%d-W%d", &year, &week); n == 2 {
		// The fourth of January is in the first week of its year.
		fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
		monday := fourth.AddDate(0, 0, 7*(week-1)-(int(fourth.Weekday())+6)%7)
		return cairn.Period{From: cairn.DayOf(monday), To: cairn.DayOf(monday.AddDate(0, 0, 6))}
	}
	if d, err := cairn.ParseDate(row); err == nil {
		return cairn.Period{From: d, To: d}
	}
	return cairn.Period{}
}

// compare orders groups as they are shown: grades and classes by rank, all else
// by name, and what is not known last.
func (b By) compare(x, y string) int {
	rank := func(s string) int {
		switch {
		case s == None:
			return 1 << 20
		case b == ByGrade:
			return slices.Index(cairn.Grades, cairn.Grade(s))
		case b == ByClass:
			return slices.Index(cairn.Classes, cairn.Class(s))
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(x, y))
}

func quoted(s string) ([]byte, error) { return json.Marshal(s) }
