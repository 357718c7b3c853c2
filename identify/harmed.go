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

// An Appearance is a person of the lists who may be one of those whom an incident
// claims: a proposal, with what speaks for it.
type Appearance struct {
	Person   string   `json:"person"`
	Incident string   `json:"incident"`
	Sure     bool     `json:"sure"` // the list itself gives the code of the incident
	Reasons  []string `json:"reasons"`
}

// Harmed is how persons of lists and incidents lie to each other. Unmatched are
// persons of no incident that is known; Nameless the incidents that claim people
// and of whom no list has one.
type Harmed struct {
	Appearances []Appearance `json:"appearances"`
	Unmatched   []string     `json:"unmatched"`
	Nameless    []string     `json:"nameless"`
}

// An Account is what an incident says of when, where and who.
type Account struct {
	Incident cairn.Incident
	Names    []string // of victims, as its claims have them
}

// Appear proposes which persons are victims of which incidents: by the code that
// a list gives, or by the day and either the place or a name that a claim has.
func Appear(persons []Person, accounts []Account) Harmed {
	var out Harmed
	claimed := map[string]bool{}
	for _, p := range persons {
		best := appearance(p, accounts)
		if best.Incident == "" {
			out.Unmatched = append(out.Unmatched, p.ID)
			continue
		}
		claimed[best.Incident] = true
		out.Appearances = append(out.Appearances, best)
	}
	for _, a := range accounts {
		if !claimed[a.Incident.Code] {
			out.Nameless = append(out.Nameless, a.Incident.Code)
		}
	}
	return out
}

// appearance returns the incident that most speaks for p; the zero Appearance
// where nothing does.
func appearance(p Person, accounts []Account) Appearance {
	var all []Appearance
	scores := map[string]int{}
	for _, a := range accounts {
		x, score := weigh(p, a)
		if score > 0 {
			all, scores[a.Incident.Code] = append(all, x), score
		}
	}
	if len(all) == 0 {
		return Appearance{Person: p.ID}
	}
	slices.SortStableFunc(all, func(a, b Appearance) int {
		return cmp.Or(cmp.Compare(scores[b.Incident], scores[a.Incident]), cmp.Compare(a.Incident, b.Incident))
	})
	return all[0]
}

// What speaks for an appearance: a code is certain, and otherwise the day is
// needed beside the name or the place.
const (
	byCode  = 100
	byName  = 10
	byPlace = 3
)

func weigh(p Person, a Account) (Appearance, int) {
	x := Appearance{Person: p.ID, Incident: a.Incident.Code}
	if code := first(p, string(linkage.Incident)); code != "" && (code == a.Incident.Code || slices.Contains(a.Incident.Former, code)) {
		x.Sure, x.Reasons = true, []string{"the list gives its code"}
		return x, byCode
	}
	date := cairn.Date(first(p, string(linkage.Date)))
	if !date.Known() || !a.Incident.When.From.Known() || !a.Incident.When.Meets(cairn.Period{From: date, To: date}, 1) {
		return x, 0
	}
	x.Reasons = append(x.Reasons, "the day is "+string(date))
	score := 0
	for _, name := range a.Names {
		if sameName(nameOf(p), name) {
			x.Reasons = append(x.Reasons, "a claim names somebody called so")
			score += byName
			break
		}
	}
	if place := first(p, string(linkage.Place)); place != "" && a.Incident.Where != nil && samePlace(place, a.Incident.Where) {
		x.Reasons = append(x.Reasons, "the place is "+place)
		score += byPlace
	}
	return x, score
}

// sameName reports whether two names are of one person where the day is the same
// too: neither the given nor the family name differs, and both are stated.
func sameName(a, b string) bool {
	given, _, family := names.Compare(a, b)
	return given >= names.Near && family >= names.Near
}

func samePlace(place string, w *cairn.Where) bool {
	folded := lexicon.Fold(place)
	return folded == lexicon.Fold(w.Name) || folded == lexicon.Fold(w.Words)
}

// nameOf returns the whole name of p.
func nameOf(p Person) string {
	if name := first(p, string(linkage.Name)); name != "" {
		return name
	}
	return strings.Join(strings.Fields(first(p, string(linkage.GivenName))+" "+first(p, string(linkage.FatherName))+" "+first(p, string(linkage.FamilyName))), " ")
}
