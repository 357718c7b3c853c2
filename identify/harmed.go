package identify

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/stat/linkage"
	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// An Appearance is a person of the lists who may be one of those whom an incident
// claims, with what speaks for it. Counts says that the person is taken for a
// victim of it: the list gives the code of the incident, a claim of it names
// somebody called so, or a person decided it. What rests on the day and the place
// alone is a proposal, which counts once somebody accepts it.
type Appearance struct {
	Person   string           `json:"person"`
	Incident string           `json:"incident"`
	Sure     bool             `json:"sure"` // the list itself gives the code of the incident
	Counts   bool             `json:"counts"`
	Decided  bool             `json:"decided,omitempty"` // by a person
	Alive    bool             `json:"alive,omitempty"`   // was found to be alive, and is no victim
	Claims   []cairn.ClaimRef `json:"claims,omitempty"`  // that name somebody called so
	Reasons  []string         `json:"reasons"`
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
	Named    []NamedClaim // the victims whom its claims name
}

// A NamedClaim is a name that a claim gives a victim.
type NamedClaim struct {
	Name string
	Ref  cairn.ClaimRef
}

// Appear proposes which persons are victims of which incidents: by the code that
// a list gives, or by the day and either the place or a name that a claim has.
// What persons decided of it stands over that.
func Appear(persons []Person, accounts []Account, decided []cairn.Judgement) Harmed {
	out := Harmed{Appearances: []Appearance{}, Unmatched: []string{}, Nameless: []string{}}
	near, words := shelve(accounts), wordsOf(decided)
	claimed := map[string]bool{}
	for _, p := range persons {
		if !current(p) {
			continue
		}
		best := appearance(p, near, words)
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

// current reports whether some list still has p.
func current(p Person) bool {
	return slices.ContainsFunc(p.Entries, func(e cairn.Entry) bool { return e.Gone == 0 })
}

// A shelf is accounts by what they are found by.
type shelf struct {
	code map[string]*Account
	day  map[string][]*Account
	long []*Account // over more than mostDays, or whose days nobody knows
}

// mostDays is how many days an account may span to be found by each of them.
const mostDays = 62

func shelve(accounts []Account) shelf {
	s := shelf{code: map[string]*Account{}, day: map[string][]*Account{}}
	for i := range accounts {
		a := &accounts[i]
		for _, code := range append([]string{a.Incident.Code}, a.Incident.Former...) {
			s.code[code] = a
		}
		when := a.Incident.When
		if !when.From.Known() {
			continue
		}
		last := when.From
		if when.To.Known() {
			last = when.To
		}
		from, to := when.From.First().AddDate(0, 0, -1), last.Last().AddDate(0, 0, 1)
		if to.Sub(from) > mostDays*24*time.Hour {
			s.long = append(s.long, a)
			continue
		}
		for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
			s.day[d.Format(time.DateOnly)] = append(s.day[d.Format(time.DateOnly)], a)
		}
	}
	return s
}

// about returns the accounts of the time of a date.
func (s shelf) about(date cairn.Date) []*Account {
	if date.Precision() == cairn.Day {
		return append(slices.Clone(s.day[string(date)]), s.long...)
	}
	seen := map[*Account]bool{}
	all := slices.Clone(s.long)
	for d := date.First(); !d.After(date.Last()); d = d.AddDate(0, 0, 1) {
		for _, a := range s.day[d.Format(time.DateOnly)] {
			if !seen[a] {
				seen[a], all = true, append(all, a)
			}
		}
	}
	return all
}

// A word is what persons decided of the incidents of one entry.
type word struct {
	of    map[string]cairn.Judgement // by incident: Appears or Absent, the last
	alive bool
}

func wordsOf(decided []cairn.Judgement) map[string]*word {
	all := map[string]*word{}
	for _, j := range decided {
		if j.Kind != cairn.OfPersons || j.Decision != cairn.Appears && j.Decision != cairn.Absent && j.Decision != cairn.Alive {
			continue
		}
		w := all[j.Incident]
		if w == nil {
			w = &word{of: map[string]cairn.Judgement{}}
			all[j.Incident] = w
		}
		w.alive = w.alive || j.Decision == cairn.Alive
		for _, code := range j.Others {
			w.of[code] = j
		}
	}
	return all
}

// appearance returns the incident that most speaks for p; the zero Appearance
// where nothing does.
func appearance(p Person, near shelf, words map[string]*word) Appearance {
	decided, alive := map[string]cairn.Judgement{}, false
	for _, e := range p.Entries {
		if w := words[e.Name()]; w != nil {
			alive = alive || w.alive
			for code, j := range w.of {
				if former, ok := decided[code]; !ok || former.At.Before(j.At) {
					decided[code] = j
				}
			}
		}
	}
	var best Appearance
	most := 0
	weighed := func(a *Account) {
		x, score := weigh(p, a)
		for _, code := range append([]string{a.Incident.Code}, a.Incident.Former...) {
			switch decided[code].Decision {
			case cairn.Appears:
				x.Counts, x.Decided, score = true, true, byPerson
				x.Reasons = append(x.Reasons, "a person decided it")
			case cairn.Absent:
				score = 0
			}
		}
		if score > most || score == most && score > 0 && x.Incident < best.Incident {
			best, most = x, score
		}
	}
	for code := range decided {
		if a := near.code[code]; a != nil {
			weighed(a)
		}
	}
	if a := near.code[first(p, string(linkage.Incident))]; a != nil {
		weighed(a)
	}
	if date := dateOf(p); date.Known() && most < byCode {
		for _, a := range near.about(date) {
			weighed(a)
		}
	}
	if alive {
		best.Alive, best.Reasons = true, append(best.Reasons, "was found to be alive")
	}
	if best.Incident == "" {
		return Appearance{}
	}
	return best
}

// dateOf returns the day, month or year on which p was harmed; the zero Date
// where no list gives one that is understood.
func dateOf(p Person) cairn.Date {
	d, err := cairn.ParseDate(first(p, string(linkage.Date)))
	if err != nil {
		return ""
	}
	return d
}

// What speaks for an appearance: what a person decided and a code are certain,
// and otherwise the day is needed beside the name or the place.
const (
	byPerson = 1000
	byCode   = 100
	byName   = 10
	byPlace  = 3
)

func weigh(p Person, a *Account) (Appearance, int) {
	x := Appearance{Person: p.ID, Incident: a.Incident.Code}
	for _, n := range a.Named {
		if sameName(nameOf(p), n.Name) && !slices.Contains(x.Claims, n.Ref) {
			x.Claims = append(x.Claims, n.Ref)
		}
	}
	if code := first(p, string(linkage.Incident)); code != "" && (code == a.Incident.Code || slices.Contains(a.Incident.Former, code)) {
		x.Sure, x.Counts, x.Reasons = true, true, []string{"the list gives its code"}
		return x, byCode
	}
	date := dateOf(p)
	if !date.Known() || !a.Incident.When.From.Known() || !a.Incident.When.Meets(cairn.Period{From: date, To: date}, 1) {
		return x, 0
	}
	x.Reasons = append(x.Reasons, "the day is "+string(date))
	score := 0
	if len(x.Claims) > 0 {
		x.Counts, x.Reasons = true, append(x.Reasons, "a claim names somebody called so")
		score += byName
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

// mayBe reports whether nothing tells two names apart: neither the given nor the
// family name differs where both are stated.
func mayBe(a, b string) bool {
	given, _, family := names.Compare(a, b)
	return given != names.Differ && family != names.Differ
}

func samePlace(place string, w *cairn.Where) bool {
	folded := lexicon.Fold(place)
	return slices.ContainsFunc(append([]string{w.Name, w.Words}, w.Within...), func(name string) bool { return name != "" && folded == lexicon.Fold(name) })
}

// nameOf returns the whole name of p.
func nameOf(p Person) string {
	for _, e := range p.Entries {
		if name := nameIn(e); name != "" && e.Gone == 0 {
			return name
		}
	}
	return ""
}

// nameIn returns the whole name that an entry gives.
func nameIn(e cairn.Entry) string {
	return cmp.Or(e.Values[string(linkage.Name)],
		strings.Join(strings.Fields(e.Values[string(linkage.GivenName)]+" "+e.Values[string(linkage.FatherName)]+" "+e.Values[string(linkage.FamilyName)]), " "))
}
