package identify

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// Victims returns the persons of appearances that count, as victims of their
// incidents, in the order of incidents and persons. A person who may be the same
// as another of the incident, as matches that nobody judged have it, is With that
// other. A name that a claim gives and that may be theirs is among those Claimed.
func Victims(persons []Person, harmed Harmed, accounts []Account, matches []cairn.Match, decided []cairn.Judgement, lists []cairn.List) []cairn.Victim {
	byID, family := map[string]Person{}, map[string]string{}
	for _, p := range persons {
		byID[p.ID] = p
	}
	for _, f := range Families(persons) {
		for _, id := range f.Persons {
			family[id] = f.Persons[0]
		}
	}
	named := map[string][]NamedClaim{}
	for _, a := range accounts {
		named[a.Incident.Code] = a.Named
	}
	var all []cairn.Victim
	for _, x := range harmed.Appearances {
		if !x.Counts && !x.Alive {
			continue
		}
		v := victim(byID[x.Person], x, lists)
		v.Group = family[x.Person]
		for _, n := range named[x.Incident] {
			if mayBe(nameOf(byID[x.Person]), n.Name) && !slices.Contains(v.Called(), n.Name) {
				v.Claimed = append(v.Claimed, n.Name)
			}
		}
		all = append(all, v)
	}
	slices.SortStableFunc(all, func(a, b cairn.Victim) int {
		return cmp.Or(cmp.Compare(a.Incident, b.Incident), comparePersons(a.ID, b.ID))
	})
	doubled(all, matches, decided)
	return all
}

// victim is what the current entries of p say, the first that says something.
func victim(p Person, x Appearance, lists []cairn.List) cairn.Victim {
	v := cairn.Victim{ID: p.ID, Incident: x.Incident, Sex: first(p, string(linkage.Sex)), Alive: x.Alive, Claims: x.Claims, Reasons: x.Reasons, Harm: cairn.Killed}
	if v.Sex != "male" && v.Sex != "female" {
		v.Sex = ""
	}
	harms := map[cairn.Harm]bool{}
	for _, e := range p.Entries {
		if e.Gone > 0 {
			continue
		}
		v.Entries = append(v.Entries, e.Ref())
		if name := nameIn(e); name != "" && !slices.Contains(v.Names, name) {
			v.Names = append(v.Names, name)
		}
		if n, err := strconv.Atoi(e.Values[string(linkage.Age)]); err == nil {
			v.Age = spanning(v.Age, n)
		}
		for _, l := range lists {
			if l.ID == e.List {
				harms[l.Tells()] = true
				if title := cmp.Or(l.Title, l.ID); !slices.Contains(v.Lists, title) {
					v.Lists = append(v.Lists, title)
				}
			}
		}
	}
	for _, h := range cairn.Harms { // the gravest that a list tells of
		if harms[h] {
			v.Harm = h
			break
		}
	}
	slices.Sort(v.Lists)
	return v
}

// spanning is the range of ages that holds r and n.
func spanning(r cairn.Range, n int) cairn.Range {
	if !r.Known() {
		return cairn.Exactly(n)
	}
	return cairn.Between(min(r.Min.N, n), max(r.Max.N, n))
}

// doubled marks the later of two victims of one incident who may be the same.
func doubled(victims []cairn.Victim, matches []cairn.Match, decided []cairn.Judgement) {
	at := map[string]int{}
	for i, v := range victims {
		for _, ref := range v.Entries {
			at[ref] = i
		}
	}
	for _, m := range Doubts(matches, decided) {
		i, known := at[m.A]
		k, too := at[m.B]
		if !known || !too || i == k || victims[i].Incident != victims[k].Incident {
			continue
		}
		if k < i {
			i, k = k, i
		}
		if victims[k].With == "" {
			victims[k].With = victims[i].ID
		}
	}
}

// comparePersons orders persons by the number in their identifiers.
func comparePersons(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
