package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// A naming is who is named as harmed in one incident: by its claims, and by lists
// of victims.
type naming struct {
	testimonies []cairn.Testimony
	victims     []cairn.Victim
	contested   []disputedPerson
}

// of returns the toll of distinct persons named as harmed so. Those whose
// civilian status is disputed are left out, as is whoever was found to be alive.
// Somebody of a list who may be the same as another of the list, or whom a claim
// may name, is counted once.
func (n naming) of(harm cairn.Harm, class cairn.Class) Toll {
	t := Toll{Harm: harm, Class: class}
	var known [][]string
	for _, m := range n.testimonies {
		c := count{ref: m.Ref, claim: m.Claim}
		if c.claim.Harm != harm || !belongs(c, class) || c.denied() || c.unsure() || !bears(c.claim) {
			continue
		}
		for _, name := range c.claim.Victims.Names {
			words := nameWords(name)
			if len(words) == 0 || slices.ContainsFunc(known, func(k []string) bool { return sameName(k, words) }) || n.disputes(words) || n.lists(harm, words) {
				continue
			}
			known = append(known, words)
			t.MinFrom = append(t.MinFrom, refs(c)...)
		}
	}
	most := len(known)
	for _, v := range n.victims {
		if v.Harm != harm || v.Alive || !v.Is(class) || slices.ContainsFunc(v.Called(), func(name string) bool { return n.disputes(nameWords(name)) }) {
			continue
		}
		if most++; v.With == "" {
			t.Named = append(t.Named, v.ID)
		}
	}
	if all := len(known) + len(t.Named); all > 0 {
		t.Range, t.MinFrom, t.Lists = cairn.Between(all, most), slices.Compact(t.MinFrom), n.titles(t.Named)
	}
	return t
}

// lists reports whether somebody of a list may be called so.
func (n naming) lists(harm cairn.Harm, words []string) bool {
	return slices.ContainsFunc(n.victims, func(v cairn.Victim) bool {
		return v.Harm == harm && slices.ContainsFunc(v.Called(), func(name string) bool { return sameName(nameWords(name), words) })
	})
}

func (n naming) disputes(words []string) bool {
	return slices.ContainsFunc(n.contested, func(d disputedPerson) bool { return sameName(d.name, words) })
}

// titles names the lists on which persons stand.
func (n naming) titles(persons []string) string {
	var all []string
	for _, v := range n.victims {
		if slices.Contains(persons, v.ID) {
			all = append(all, v.Lists...)
		}
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), ", ")
}

// namedFloor is the reason for a floor that names set.
func namedFloor(t Toll) string {
	if len(t.Named) == 0 {
		return fmt.Sprintf("%s persons are named, so the floor is not below that", t.Range.Min)
	}
	return fmt.Sprintf("%s, so the floor is not below that", namedOn(t))
}

func namedOn(t Toll) string {
	return fmt.Sprintf("%s persons are named, %s on lists (%s)", t.Range.Min, of(len(t.Named), t.Range.Min.N), t.Lists)
}

func of(some, all int) string {
	if some == all {
		return "all of them"
	}
	return fmt.Sprintf("%d of them", some)
}

// unclaimed adds a tally of persons whom lists name where no account gives a
// figure that can be bounded: as many at least, and nobody knows how many more.
func (n naming) unclaimed(tallies []cairn.Tally, reasons []string, p policy.Policy) ([]cairn.Tally, []string) {
	if !keepsNames(p) {
		return tallies, reasons
	}
	for _, harm := range cairn.Harms {
		of := func(t cairn.Tally) bool { return t.Harm == harm && t.Class == cairn.Civilian }
		i, names := slices.IndexFunc(tallies, of), n.of(harm, cairn.Civilian)
		if len(names.Named) == 0 || i >= 0 && tallies[i].Range.Known() {
			continue
		}
		tally := cairn.Tally{Harm: harm, Class: cairn.Civilian, Range: names.Range, MinFrom: names.MinFrom, Named: names.Named}
		tally.Range.Open = true
		tallies = append(slices.DeleteFunc(tallies, of), tally)
		reasons = append(reasons, label(tally)+": "+namedOn(names)+"; no account gives a figure, and nobody says that there are no more")
	}
	return tallies, reasons
}

// keepsNames reports whether p keeps a floor that names hold up.
func keepsNames(p policy.Policy) bool {
	return p.Closing != policy.Lowest && p.Closing != policy.Latest && p.Closing != policy.Literal
}

// alive lowers both ends by each person of a list whom an account names as harmed
// and who was found to be alive (Airwars, corrections of persons reported dead);
// never below the number of those who are named besides.
func (n naming) alive(tallies []cairn.Tally, reasons []string, p policy.Policy) ([]cairn.Tally, []string) {
	for _, v := range n.victims {
		if !v.Alive {
			continue
		}
		for i, t := range tallies {
			if t.Harm != v.Harm || t.Class != cairn.Civilian && !(subgroup(t.Class) && v.Is(t.Class)) || !t.Range.Known() || !n.asserts(v, t.Class) {
				continue
			}
			low := one(t.Range.Min)
			if names := n.of(t.Harm, t.Class).Range.Min; names.Known && low.N < names.N && keepsNames(p) {
				low = t.Range.Min // whom the names leave has never counted there
			}
			high := one(t.Range.Max)
			if low.Known && high.Known && high.N < low.N {
				high = low
			}
			tallies[i].Range = cairn.Range{Min: low, Max: high, Open: t.Range.Open}
			reasons = append(reasons, fmt.Sprintf("%s: one person whom an account names was found to be alive, who counts no more", label(t)))
		}
	}
	return tallies, reasons
}

// asserts reports whether an account that counts for a class names v as harmed.
func (n naming) asserts(v cairn.Victim, class cairn.Class) bool {
	return slices.ContainsFunc(n.testimonies, func(m cairn.Testimony) bool {
		c := count{claim: m.Claim}
		return m.Claim.Harm == v.Harm && belongs(c, class) && !c.denied() && slices.ContainsFunc(m.Claim.Victims.Names, func(name string) bool {
			return slices.ContainsFunc(v.Called(), func(own string) bool { return sameName(nameWords(own), nameWords(name)) })
		})
	})
}
