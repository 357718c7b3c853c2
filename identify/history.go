package identify

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// Strata is what capture histories can be told apart by.
var Strata = []string{"place", "month", "year", "sex", "age"}

// Histories are which lists have each person, counted: the input of an estimate
// of those whom no list has. Only people with a name, a date and a place enter,
// since of others nobody can say that another list could have had them; Left
// counts the rest, by what they lack.
type Histories struct {
	Lists  []string
	Strata []string
	Rows   []History
	Left   map[string]int
}

// A History is how many persons of one stratum stand on the same lists.
type History struct {
	Draw   int      // from 1; 0 where linkages were not drawn
	Values []string // by stratum
	On     []bool   // by list
	Count  int
}

// HistoriesOf counts persons by the lists that have them and by strata. An entry
// that its list has left out since counts no more.
func HistoriesOf(persons []Person, lists []string, strata []string, draw int) Histories {
	out := Histories{Lists: lists, Strata: strata, Left: map[string]int{}}
	counts := map[string]*History{}
	for _, p := range persons {
		h, lacks := historyOf(p, lists, strata)
		if lacks != "" {
			out.Left[lacks]++
			continue
		}
		key := fmt.Sprint(h.Values, h.On)
		if counts[key] == nil {
			h.Draw = draw
			counts[key] = &h
		}
		counts[key].Count++
	}
	for _, h := range counts {
		out.Rows = append(out.Rows, *h)
	}
	slices.SortFunc(out.Rows, func(a, b History) int {
		return cmp.Or(slices.Compare(a.Values, b.Values), strings.Compare(bits(a.On), bits(b.On)))
	})
	return out
}

func bits(on []bool) string {
	var b strings.Builder
	for _, x := range on {
		b.WriteByte("01"[map[bool]int{true: 1}[x]])
	}
	return b.String()
}

// historyOf returns the history of one person, or what the person lacks to have
// one: "current entry", "name", "date" or "place".
func historyOf(p Person, lists, strata []string) (History, string) {
	h := History{On: make([]bool, len(lists))}
	current := false
	for _, e := range p.Entries {
		if k := slices.Index(lists, e.List); k >= 0 && e.Gone == 0 {
			h.On[k], current = true, true
		}
	}
	switch {
	case !current:
		return h, "current entry"
	case first(p, string(linkage.Name)) == "" && first(p, string(linkage.GivenName)) == "" && first(p, string(linkage.FamilyName)) == "":
		return h, "name"
	case !dateOf(p).Known():
		return h, "date"
	case first(p, string(linkage.Place)) == "":
		return h, "place"
	}
	for _, s := range strata {
		h.Values = append(h.Values, stratum(p, s))
	}
	return h, ""
}

// first returns the value of a field in the first current entry that has one.
func first(p Person, field string) string {
	for _, e := range p.Entries {
		if v := e.Values[field]; v != "" && e.Gone == 0 {
			return v
		}
	}
	return ""
}

// stratum returns the value of p in a stratum, "unknown" where it states none.
func stratum(p Person, s string) string {
	value := ""
	switch s {
	case "place", "sex":
		value = first(p, s)
	case "month":
		value = upTo(string(dateOf(p)), len("2006-01"))
	case "year":
		value = upTo(string(dateOf(p)), len("2006"))
	case "age":
		value = band(first(p, string(linkage.Age)))
	}
	return cmp.Or(value, "unknown")
}

func upTo(date string, n int) string {
	if len(date) < n {
		return ""
	}
	return date[:n]
}

// band returns the band of an age: under 18, to 59, from 60 on.
func band(age string) string {
	n, err := strconv.Atoi(age)
	switch {
	case err != nil:
		return ""
	case n < 18:
		return "0-17"
	case n < 60:
		return "18-59"
	}
	return "60+"
}

// Draw returns the matches of one linkage drawn from what is likely: each match
// joins with its own probability, so that over many draws the doubt about who is
// who becomes doubt about the count (Tancredi and Liseo 2011, "A hierarchical
// Bayesian approach to record linkage and population size problems", draw from
// the joint posterior; here pairs are drawn one by one).
func Draw(matches []cairn.Match, seed uint64, draw int) []cairn.Match {
	r := rand.New(rand.NewPCG(seed, uint64(draw)))
	all := slices.Clone(matches)
	slices.SortFunc(all, func(a, b cairn.Match) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	for i := range all {
		all[i].Joined = r.Float64() < all[i].Probability
	}
	return all
}

// ListsOf returns the names of the lists that persons stand on.
func ListsOf(persons []Person) []string {
	names := map[string]bool{}
	for _, p := range persons {
		for _, e := range p.Entries {
			names[e.List] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
