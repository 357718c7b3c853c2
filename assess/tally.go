package assess

import (
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// tallies returns the range of each harm and class, with the reasons for their
// ends.
func tallies(testimonies []cairn.Testimony, victims []cairn.Victim, tolls []Toll, p policy.Policy) ([]cairn.Tally, []string) {
	n := naming{testimonies, victims, disputed(testimonies)}
	var out []cairn.Tally
	var reasons []string
	for _, harm := range cairn.Harms {
		for _, class := range cairn.Classes {
			of := slices.DeleteFunc(slices.Clone(tolls), func(t Toll) bool { return t.Harm != harm || t.Class != class })
			if len(of) == 0 {
				continue
			}
			tally, why := Combine(of, n.of(harm, class), p)
			out, reasons = append(out, tally), append(reasons, why...)
		}
	}
	out, reasons = n.unclaimed(out, reasons, p)
	out, reasons = shift(out, reasons, n.contested)
	out, reasons = returned(out, reasons, testimonies)
	out, reasons = n.alive(out, reasons, p)
	out, reasons = silent(out, reasons, p)
	cairn.SortTallies(out)
	return out, reasons
}

// tollsOf returns the tolls of every document.
func tollsOf(testimonies []cairn.Testimony, p policy.Policy) []Toll {
	var tolls []Toll
	for _, group := range byDocument(testimonies) {
		tolls = append(tolls, Document(group, p)...)
	}
	return tolls
}

// silent books what p counts where an incident says nothing of a harm.
func silent(tallies []cairn.Tally, reasons []string, p policy.Policy) ([]cairn.Tally, []string) {
	for _, harm := range cairn.Harms {
		n, ok := p.Silent[harm]
		of := func(t cairn.Tally) bool { return t.Harm == harm && t.Class == cairn.Civilian }
		i := slices.IndexFunc(tallies, of)
		if !ok || len(tallies) == 0 || i >= 0 && tallies[i].Range.Known() {
			continue
		}
		tallies = append(slices.DeleteFunc(tallies, of), cairn.Tally{Harm: harm, Class: cairn.Civilian, Range: cairn.Exactly(n)})
		reasons = append(reasons, fmt.Sprintf("%s: nothing is said, which %s counts as %d", harm, p.ID(), n))
	}
	return tallies, reasons
}

// byDocument returns testimonies of one document together, in their order.
func byDocument(testimonies []cairn.Testimony) [][]cairn.Testimony {
	var out [][]cairn.Testimony
	at := map[string]int{}
	for _, t := range testimonies {
		i, ok := at[t.Ref.Document]
		if !ok {
			i = len(out)
			at[t.Ref.Document] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], t)
	}
	return out
}

// A disputedPerson is somebody whom one account calls a combatant and another
// does not.
type disputedPerson struct {
	name                  []string
	harm                  cairn.Harm
	civilian, combatant   []cairn.ClaimRef
	inCivilian, inFighter bool
}

// disputed returns the named persons whose civilian status accounts contradict.
func disputed(testimonies []cairn.Testimony) []disputedPerson {
	var all []disputedPerson
	for _, m := range testimonies {
		c := count{ref: m.Ref, claim: m.Claim}
		if c.denied() || !bears(c.claim) || !ofPeople(c.claim) {
			continue
		}
		for _, name := range c.claim.Victims.Names {
			words := nameWords(name)
			i := slices.IndexFunc(all, func(d disputedPerson) bool { return d.harm == c.claim.Harm && sameName(d.name, words) })
			if i < 0 {
				all, i = append(all, disputedPerson{name: words, harm: c.claim.Harm}), len(all)
			}
			if c.claim.Victims.Class == cairn.Combatant {
				all[i].combatant, all[i].inFighter = append(all[i].combatant, m.Ref), true
			} else {
				all[i].civilian, all[i].inCivilian = append(all[i].civilian, m.Ref), true
			}
		}
	}
	return slices.DeleteFunc(all, func(d disputedPerson) bool { return !d.inCivilian || !d.inFighter })
}

// shift takes disputed persons out of both floors and leaves them in both
// ceilings (Airwars on contested civilian status).
func shift(tallies []cairn.Tally, reasons []string, contested []disputedPerson) ([]cairn.Tally, []string) {
	for _, d := range contested {
		for i, t := range tallies {
			if t.Harm != d.harm || t.Class != cairn.Civilian && t.Class != cairn.Combatant {
				continue
			}
			if t.Range.Min.Known && t.Range.Min.N > 0 {
				tallies[i].Range.Min = cairn.N(t.Range.Min.N - 1)
			}
		}
		reasons = append(reasons, fmt.Sprintf("%s: accounts differ on whether one person (%s, %s) was a civilian, who counts in the ceilings and in no floor", d.harm, d.civilian[0].Document, d.combatant[0].Document))
	}
	return tallies, reasons
}

// returned lowers both ends by each named person whom a later account says to
// be alive.
func returned(tallies []cairn.Tally, reasons []string, testimonies []cairn.Testimony) ([]cairn.Tally, []string) {
	for _, m := range testimonies {
		c := count{ref: m.Ref, claim: m.Claim}
		if !c.denied() || len(m.Claim.Victims.Names) != 1 || !listed(m, testimonies) {
			continue
		}
		for i, t := range tallies {
			if t.Harm != m.Claim.Harm || t.Class != cairn.Civilian || !t.Range.Known() {
				continue
			}
			tallies[i].Range = cairn.Range{Min: one(t.Range.Min), Max: one(t.Range.Max), Open: t.Range.Open}
			reasons = append(reasons, fmt.Sprintf("%s: one person listed is later said not to be (%s), so both ends are lower by one", t.Harm, m.Ref.Document))
		}
	}
	return tallies, reasons
}

// listed reports whether an account asserts what m denies of a named person.
func listed(m cairn.Testimony, testimonies []cairn.Testimony) bool {
	name := nameWords(m.Claim.Victims.Names[0])
	return slices.ContainsFunc(testimonies, func(o cairn.Testimony) bool {
		c := count{claim: o.Claim}
		return !c.denied() && o.Claim.Harm == m.Claim.Harm && slices.ContainsFunc(o.Claim.Victims.Names, func(n string) bool { return sameName(nameWords(n), name) })
	})
}

func one(b cairn.Bound) cairn.Bound {
	if !b.Known || b.N == 0 {
		return b
	}
	return cairn.N(b.N - 1)
}
