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

// groups returns the groups that a tally of an incident stands in: one, but for
// belligerents as many as it names.
func (b By) groups(i Assessed, t cairn.Tally) []string {
	switch b {
	case Whole:
		return []string{""}
	case ByBelligerent:
		return parties(i.Incident)
	}
	if value := b.value(i, t); value != "" {
		return []string{value}
	}
	return []string{None}
}

func (b By) value(i Assessed, t cairn.Tally) string {
	var where cairn.Where
	if i.Incident.Where != nil {
		where = *i.Incident.Where
	}
	switch b {
	case ByGrade:
		return string(i.Assessment.Grade)
	case ByPlace:
		return cmp.Or(where.Name, where.Words)
	case ByAdmin1:
		return where.Admin1
	case ByCountry:
		return where.Country
	case ByClass:
		return string(t.Class)
	case ByMeans:
		return string(i.Incident.Means)
	}
	return b.time(i.Incident.When)
}

// digits is how much of a date names a year, month or day.
var digits = map[By]int{ByYear: len("2017"), ByMonth: len("2017-10"), ByDay: len("2017-10-16")}

// time returns the year, month or day on which a period begins: an incident of
// several days counts at its first. It is "" where the date is not known so
// closely.
func (b By) time(p cairn.Period) string {
	first := cmp.Or(p.From, p.To)
	if n := digits[b]; n > 0 && len(first) >= n {
		return string(first[:n])
	}
	return ""
}

// parties returns each party that an incident is ascribed to, once. A party
// that is only denied to have done it is not among them.
func parties(i cairn.Incident) []string {
	var names []string
	for _, by := range i.By {
		name := cmp.Or(by.Name, by.Words)
		if name != "" && by.Strength != cairn.Denied && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return []string{None}
	}
	return names
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
