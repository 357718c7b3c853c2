package total

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

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
var Groupings = []By{ByYear, ByMonth, ByDay, ByGrade, ByBelligerent, ByPlace, ByAdmin1, ByCountry, ByClass, ByMeans}

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

// digits is how much of a date names a year, month or day.
var digits = map[By]int{ByYear: len("2017"), ByMonth: len("2017-10"), ByDay: len("2017-10-16")}

// time returns the year, month or day of the day on which an incident began: one
// of several days counts at its first. It is "" where the date is not known so
// closely.
func (b By) time(first cairn.Date) string {
	if n := digits[b]; n > 0 && len(first) >= n {
		return string(first[:n])
	}
	return ""
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
