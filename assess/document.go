package assess

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// A Toll is what one document makes of one harm and class: its own differing
// figures made into one range, with the claims that set each end.
//
// The class Civilian takes in people of unstated status. Partial marks a Toll
// that is known only from sub-groups, such as "three children were killed",
// and so is no count of everybody; Unsure one that rests on what is only
// possible, and so has no say in a floor.
type Toll struct {
	Document string
	Harm     cairn.Harm
	Class    cairn.Class
	Range    cairn.Range
	MinFrom  []cairn.ClaimRef
	MaxFrom  []cairn.ClaimRef
	Partial  bool
	Unsure   bool
	Named    []string // persons of lists, where it is the toll of those who are named
	Lists    string   // the titles of these lists
}

// Document returns the tolls of one document, by harm and class. A toll that
// the document gives for everybody stands over what it says of some of them;
// where it gives none, the groups and persons that it tells apart are summed.
// Claims that are denied, conditional or of another event are passed over, and
// what is only possible reaches the ceiling alone.
func Document(testimonies []cairn.Testimony, p policy.Policy) []Toll {
	all := unsplit(counts(testimonies, p), p)
	var tolls []Toll
	for _, harm := range cairn.Harms {
		of := slices.DeleteFunc(slices.Clone(all), func(c count) bool { return c.claim.Harm != harm || c.denied() })
		for _, class := range cairn.Classes {
			if t, ok := toll(harm, class, of, all); ok {
				tolls = append(tolls, t)
			}
		}
	}
	return tolls
}

// toll returns the range of one class among the claims of one harm.
func toll(harm cairn.Harm, class cairn.Class, of, all []count) (Toll, bool) {
	var chosen []count
	for _, c := range of {
		if belongs(c, class) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) == 0 {
		return Toll{}, false
	}
	whole := class == cairn.Civilian
	if whole {
		chosen = withoutParts(withoutDenials(chosen, of), all)
		chosen = withoutFighters(chosen, all)
		if harm == cairn.Injured {
			chosen = withoutDead(chosen, all)
		}
	}
	sure := slices.DeleteFunc(slices.Clone(chosen), count.unsure)
	sum := combine(sure)
	sum = reach(sum, chosen, len(sure) == 0)
	t := Toll{Document: documentOf(of), Harm: harm, Class: class, Range: sum.r, MinFrom: sum.min, MaxFrom: sum.max, Unsure: len(sure) == 0}
	t.Partial = whole && len(chosen) > 0 && !slices.ContainsFunc(chosen, count.generic)
	if !t.Range.Known() {
		t.MinFrom = refs(chosen...)
	}
	return t, len(chosen) > 0
}

func documentOf(of []count) string { return of[0].ref.Document }

// belongs reports whether c is counted under class.
func belongs(c count, class cairn.Class) bool {
	stated := c.claim.Victims.Class
	switch class {
	case cairn.Civilian:
		return !slices.Contains([]cairn.Class{cairn.Combatant, cairn.All, cairn.Buildings}, stated)
	case cairn.UnknownStatus:
		return false
	case cairn.Child:
		return stated == class || c.single() && personOf(c).child
	}
	return stated == class
}

// withoutDenials leaves out that nobody was harmed where a party says so that tells of
// the fighters whom it killed, or that others accuse, and somebody else tells of people
// harmed: it is a fact about that party (Airwars, conceded and denied harm).
func withoutDenials(chosen, of []count) []count {
	return slices.DeleteFunc(slices.Clone(chosen), func(z count) bool {
		if z.claim.Figure.Op != cairn.OpZero || z.speaker() == "" {
			return false
		}
		party := slices.ContainsFunc(of, func(c count) bool {
			return c.claim.Victims.Class == cairn.Combatant && c.speaker() == z.speaker() || c.accuses(z.speaker())
		})
		return party && slices.ContainsFunc(chosen, func(c count) bool { return c.bound.Min.Known && c.bound.Min.N > 0 && c.speaker() != z.speaker() })
	})
}

// withoutParts leaves out the claims that are a part of another claim of the
// same harm.
func withoutParts(chosen, all []count) []count {
	return slices.DeleteFunc(slices.Clone(chosen), func(c count) bool {
		if c.claim.SubsetOf == 0 {
			return c.claim.Is(cairn.Subset) && slices.ContainsFunc(chosen, func(o count) bool { return !o.claim.Is(cairn.Subset) })
		}
		return slices.ContainsFunc(all, func(o count) bool {
			return o.claim.N == c.claim.SubsetOf && o.claim.Harm == c.claim.Harm && o.claim.Victims.Class != cairn.Combatant
		})
	})
}

// withoutFighters takes out of each figure those of its people who are told to be
// fighters, "five people, two of them militants": they are in the range of combatants
// (Airwars, method, civilian status).
func withoutFighters(chosen, all []count) []count {
	var out []count
	for _, c := range chosen {
		for _, f := range all {
			if f.claim.SubsetOf == c.claim.N && f.claim.Harm == c.claim.Harm && f.claim.Victims.Class == cairn.Combatant && !f.denied() && !f.unsure() && f.bound.Known() {
				c.bound = less(c.bound, f.bound)
			}
		}
		out = append(out, c)
	}
	return out
}

// withoutDead leaves out of the injured whoever the document also counts among
// the dead: the same person, the fatal part of a group that was hurt, and of
// those who are only said to have been struck, anybody who can be one of the
// dead.
func withoutDead(injured, all []count) []count {
	dead := persons(slices.DeleteFunc(slices.Clone(all), func(c count) bool {
		return c.claim.Harm != cairn.Killed || !c.single() || c.denied() || c.unsure() || c.claim.Victims.Class == cairn.Combatant
	}))
	toll := told(all, cairn.Killed)
	died := struckDead(injured, dead)
	var out []count
	for _, c := range injured {
		switch {
		case c.single() && (sharesWith(c, dead) || slices.Contains(died, c.claim.N)):
			continue
		case c.single() && c.struck() && len(dead) == 0 && toll == cairn.Exactly(1):
			continue
		case c.single():
		case c.struck() && !besideDead(c, all):
			c.bound = less(c.bound, toll)
		default:
			c.bound = less(c.bound, fatal(c, all))
		}
		out = append(out, c)
	}
	return out
}

// sharesWith reports whether the injured person of c shares a name or an age with
// one of the dead.
func sharesWith(c count, dead []person) bool {
	p := personOf(c)
	return slices.ContainsFunc(dead, p.identical)
}

// struckDead returns the numbers of the claims whose person was struck and is one
// of the dead: whoever nothing tells apart from them, each of the dead once.
func struckDead(injured []count, dead []person) []int {
	struck := slices.DeleteFunc(slices.Clone(injured), func(c count) bool {
		return !c.single() || !c.struck() || c.claim.Is(cairn.Addition) || sharesWith(c, dead)
	})
	spent := make([]bool, len(dead))
	var out []int
	for _, p := range persons(struck) {
		for i, d := range dead {
			if spent[i] || !p.compatible(d) || apart(p, d) {
				continue
			}
			spent[i] = true
			for _, c := range p.counts {
				out = append(out, c.claim.N)
			}
			break
		}
	}
	return out
}

// besideDead reports whether the sentence of c counts the dead apart, as "one
// dead, four shot" does.
func besideDead(c count, all []count) bool {
	return slices.ContainsFunc(all, func(k count) bool {
		gap := max(k.claim.Span.Start-c.claim.Span.End, c.claim.Span.Start-k.claim.Span.End)
		return k.claim.Harm == cairn.Killed && k.claim.SubsetOf == 0 && !k.denied() && gap < sameSentence
	})
}

// sameSentence is how many bytes may part two claims that are taken to be told
// in one breath.
const sameSentence = 24

// fatal returns the dead who are a part of c.
func fatal(c count, all []count) cairn.Range {
	var r cairn.Range
	for _, k := range all {
		if k.claim.Harm == cairn.Killed && k.claim.SubsetOf == c.claim.N && !k.denied() {
			r = r.Plus(k.bound)
		}
	}
	return r
}

// less returns r without the people of s, who are some of them.
func less(r, s cairn.Range) cairn.Range {
	if r.Min.Known {
		r.Min = cairn.N(max(0, r.Min.N-top(s)))
	}
	if r.Max.Known && s.Min.Known {
		r.Max = cairn.N(max(0, r.Max.N-s.Min.N))
	}
	return r
}

// reach raises the ceiling of sum to what is only possible. Where nothing else
// is claimed, the floor is nobody.
func reach(sum account, chosen []count, only bool) account {
	for _, c := range chosen {
		if !c.unsure() {
			continue
		}
		most := c.bound.Max
		if !most.Known {
			most = c.bound.Min
		}
		if !most.Known {
			continue
		}
		if only && !sum.r.Min.Known {
			sum.r.Min, sum.min = cairn.N(0), refs(c)
		}
		if !sum.r.Max.Known && !only && sum.r.Min.Known && sum.r.Min.N >= most.N {
			continue
		}
		if !sum.r.Max.Known || most.N > sum.r.Max.N {
			sum.r.Max, sum.max = most, refs(c)
		}
	}
	return sum
}
