package identify

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/stat/linkage"
	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// A Family is persons who bear one family name, in whatever script and spelling, and
// were harmed on one day in one place: a proposal, for a person to look at.
type Family struct {
	Name    string   `json:"name"`
	Date    string   `json:"date"`
	Place   string   `json:"place"`
	Persons []string `json:"persons"`
}

// Families proposes which persons are of one family, the largest first.
func Families(persons []Person) []Family {
	type key struct{ name, date, place string }
	at := map[key]int{}
	var all []Family
	for _, p := range persons {
		f := Family{Name: familyName(p), Date: first(p, string(linkage.Date)), Place: first(p, string(linkage.Place))}
		if f.Name == "" || f.Place == "" || !cairn.Date(f.Date).Known() {
			continue
		}
		k := key{soundOf(f.Name), f.Date, lexicon.Fold(f.Place)}
		if _, ok := at[k]; !ok {
			at[k] = len(all)
			all = append(all, f)
		}
		all[at[k]].Persons = append(all[at[k]].Persons, p.ID)
	}
	all = slices.DeleteFunc(all, func(f Family) bool { return len(f.Persons) < 2 })
	slices.SortStableFunc(all, func(a, b Family) int {
		return cmp.Or(cmp.Compare(len(b.Persons), len(a.Persons)), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// soundOf is what spellings of one name have in common, its consonants.
func soundOf(name string) string {
	part := names.Prepare(names.Normal(name))
	return part.Keys[0]
}

// familyName returns the family name of p, or the last word of the name.
func familyName(p Person) string {
	if name := first(p, string(linkage.FamilyName)); name != "" {
		return name
	}
	words := strings.Fields(first(p, string(linkage.Name)))
	if len(words) < 2 {
		return ""
	}
	return words[len(words)-1]
}
