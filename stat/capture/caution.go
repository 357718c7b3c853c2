package capture

import (
	"fmt"
	"slices"
	"strings"
)

// A Cover says that a list could only name members with some values of a
// column: a register of one district, lists that began in one year.
type Cover struct {
	List, Column string
	Values       []string
}

// ParseCover reads LIST=COLUMN:VALUE,VALUE, as in "press=region:north,coast".
func ParseCover(text string, lists []string) (Cover, error) {
	name, rest, _ := strings.Cut(text, "=")
	column, values, found := strings.Cut(rest, ":")
	c := Cover{List: strings.TrimSpace(name), Column: strings.TrimSpace(column)}
	for v := range strings.SplitSeq(values, ",") {
		if v = strings.TrimSpace(v); v != "" {
			c.Values = append(c.Values, v)
		}
	}
	switch {
	case !found || c.Column == "" || len(c.Values) == 0:
		return c, fmt.Errorf("cover %q: want LIST=COLUMN:VALUE,… as in press=region:north", text)
	case !slices.Contains(lists, c.List):
		return c, fmt.Errorf("cover %q: %q is none of the lists %s", text, c.List, strings.Join(lists, ", "))
	}
	return c, nil
}

// Caution is the warning that a list is used outside what it covers, if it is
// among the members of h that have the values of a stratum, all of them where it
// has none. h must be apart by the cover's column. Members of whom the value is
// not known are left out of account.
func (c Cover) Caution(h Histories, stratum map[string]string) (Notice, bool) {
	j, column := slices.Index(h.Lists, c.List), slices.Index(h.By, c.Column)
	all, outside, named := 0, 0, 0
	for _, s := range h.Strata {
		if !s.in(h.By, stratum) || s.Values[column] == "" {
			continue
		}
		all += s.Table.Observed()
		if !slices.Contains(c.Values, s.Values[column]) {
			outside += s.Table.Observed()
			named += s.Table.Size(j)
		}
	}
	covers := fmt.Sprintf("list %s covers %s %s alone", c.List, c.Column, strings.Join(c.Values, " and "))
	switch {
	case outside == 0:
		return Notice{}, false
	case named > 0:
		return Notice{Uncovered, fmt.Sprintf("%s, it is said, and yet names %s elsewhere", covers, count(named, "member", "members")), "check what it covers, and where these members belong"}, true
	case outside == all:
		return Notice{Uncovered, covers + ", and nobody here is of that: that it names nobody says nothing of how many there are", "leave it out here"}, true
	}
	return Notice{Uncovered, fmt.Sprintf("%s, and %d of the %d members here are of none of that, so that it could not have named them", covers, outside, all), "estimate by " + c.Column + ", without it where it does not cover"}, true
}

// in reports whether the members of s have the values of a coarser stratum.
func (s Stratum) in(by []string, stratum map[string]string) bool {
	for k, name := range by {
		if v, has := stratum[name]; has && v != s.Values[k] {
			return false
		}
	}
	return true
}

// A Source says that a list draws on another: who is on From is likelier on
// List for that alone.
type Source struct{ List, From string }

// ParseSource reads LIST=FROM, as in "press=hospital".
func ParseSource(text string, lists []string) (Source, error) {
	list, from, found := strings.Cut(text, "=")
	s := Source{strings.TrimSpace(list), strings.TrimSpace(from)}
	if !found || s.List == s.From {
		return s, fmt.Errorf("source %q: want LIST=LIST, as in press=hospital where press draws on hospital", text)
	}
	for _, name := range []string{s.List, s.From} {
		if !slices.Contains(lists, name) {
			return s, fmt.Errorf("source %q: %q is none of the lists %s", text, name, strings.Join(lists, ", "))
		}
	}
	return s, nil
}

// Caution is the warning that an estimate takes the two lists for independent
// of each other, if it does: [LowerBound] stays a bound, [Coverage] allows for
// pairs that depend, and so does a model that has their interaction.
func (s Source) Caution(r Result, lists []string) (Notice, bool) {
	if r.Method == (LowerBound{}).Name() || r.Method == (Coverage{}).Name() {
		return Notice{}, false
	}
	taken := "this method takes lists for independent of each other within classes of members"
	if r.Diagnostics != nil && r.Diagnostics.Model != "" {
		if together(r.Diagnostics.Model, slices.Index(lists, s.List), slices.Index(lists, s.From)) {
			return Notice{}, false
		}
		taken = "the model " + r.Diagnostics.Model + " has no interaction of the two"
	}
	return Notice{DrawsOn, fmt.Sprintf("list %s draws on list %s, so that they overlap by more than chance, and %s: the estimate is likely too low", s.List, s.From, taken), "take the two as one (--sensitivity shows it), or methods that allow for it: coverage, a loglinear model with both in a term"}, true
}

// together reports whether a generator of a model, as its String is, has both
// lists.
func together(model string, i, j int) bool {
	for generator := range strings.SplitSeq(strings.Trim(model, "[]"), ",") {
		if strings.Contains(generator, listDigit(i)) && strings.Contains(generator, listDigit(j)) {
			return true
		}
	}
	return false
}
