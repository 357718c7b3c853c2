package assess

import (
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// contradictions returns what the documents of an incident do not agree on. Only
// what excludes one another is a contradiction: "at least five" and "seven" are
// none.
func contradictions(testimonies []cairn.Testimony, tolls []Toll, who parties) []cairn.Contradiction {
	var all []cairn.Contradiction
	for _, harm := range cairn.Harms {
		for _, class := range cairn.Classes {
			all = addSides(all, cairn.Tally{Harm: harm, Class: class}.Key(), figuresOf(tolls, harm, class))
		}
	}
	all = addSides(all, "when", daysOf(testimonies))
	all = addSides(all, "where", placesOf(testimonies))
	return addSides(all, "by", partiesOf(testimonies, who))
}

func addSides(all []cairn.Contradiction, about string, sides []cairn.Side) []cairn.Contradiction {
	if len(sides) < 2 {
		return all
	}
	return append(all, cairn.Contradiction{About: about, Sides: sides})
}

// sided gathers documents by what they say, in the order in which it is first
// said.
type sided struct {
	sides []cairn.Side
}

func (s *sided) add(says, document string) {
	i := slices.IndexFunc(s.sides, func(o cairn.Side) bool { return o.Says == says })
	if i < 0 {
		s.sides = append(s.sides, cairn.Side{Says: says})
		i = len(s.sides) - 1
	}
	if !slices.Contains(s.sides[i].Documents, document) {
		s.sides[i].Documents = append(s.sides[i].Documents, document)
	}
}

// figuresOf returns the differing figures of one harm and class. A toll that is
// known from sub-groups alone counts nobody else, and one that only may be
// settles nothing: neither contradicts.
func figuresOf(tolls []Toll, harm cairn.Harm, class cairn.Class) []cairn.Side {
	of := without(tolls, func(t Toll) bool {
		return t.Harm != harm || t.Class != class || t.Partial || t.Unsure || !t.Range.Known()
	})
	apart := slices.ContainsFunc(of, func(t Toll) bool {
		return slices.ContainsFunc(of, func(o Toll) bool { return excludes(t.Range, o.Range) })
	})
	if !apart {
		return nil
	}
	var s sided
	for _, t := range of {
		s.add(t.Range.String(), t.Document)
	}
	return s.sides
}

// excludes reports whether a ends below b begins.
func excludes(a, b cairn.Range) bool { return a.Max.Known && b.Min.Known && a.Max.N < b.Min.N }

// daysOf returns the differing days that documents give, where none of one meets
// any of another. A night is of either of its days.
func daysOf(testimonies []cairn.Testimony) []cairn.Side {
	var s sided
	var periods []cairn.Period
	for _, t := range testimonies {
		w := t.Claim.When
		if w == nil || w.Span == nil || !bears(t.Claim) || !w.From.Known() || w.Days() > 7 {
			continue
		}
		same := slices.IndexFunc(periods, func(p cairn.Period) bool { return p.Meets(w.Period, 1) })
		if same < 0 {
			periods = append(periods, w.Period)
			same = len(periods) - 1
		}
		s.add(day(periods[same]), t.Ref.Document)
	}
	return s.sides
}

func day(p cairn.Period) string {
	if p.To == p.From || !p.To.Known() {
		return string(p.From)
	}
	return fmt.Sprintf("%s to %s", p.From, p.To)
}

// farApart is the distance, in kilometres, from which two named places of one
// incident are held to be different ones.
const farApart = 10

// placesOf returns the differing places that documents name.
func placesOf(testimonies []cairn.Testimony) []cairn.Side {
	var s sided
	var places []*cairn.Where
	for _, t := range testimonies {
		w := t.Claim.Where
		if w == nil || w.Span == nil || !bears(t.Claim) || w.ID == "" {
			continue
		}
		same := slices.IndexFunc(places, func(p *cairn.Where) bool { return onePlace(p, w) })
		if same < 0 {
			places = append(places, w)
			same = len(places) - 1
		}
		s.add(places[same].Name, t.Ref.Document)
	}
	return s.sides
}

// onePlace reports whether two places can be one: they are, one holds the other,
// or they lie near each other.
func onePlace(a, b *cairn.Where) bool {
	if a.ID == b.ID || slices.Contains(a.Within, b.ID) || slices.Contains(b.Within, a.ID) {
		return true
	}
	if a.Lat == nil || a.Lon == nil || b.Lat == nil || b.Lon == nil {
		return true // nobody knows
	}
	return cairn.Point{Lat: *a.Lat, Lon: *a.Lon}.Kilometres(cairn.Point{Lat: *b.Lat, Lon: *b.Lon}) <= farApart
}

// partiesOf returns the parties that documents accuse, where they are not one
// side and no document accuses them together.
func partiesOf(testimonies []cairn.Testimony, who parties) []cairn.Side {
	var s sided
	var sides []string
	for _, t := range testimonies {
		accused := who.accused(t)
		if len(accused) != 1 || !bears(t.Claim) {
			continue
		}
		same := slices.IndexFunc(sides, func(o string) bool { return who.oneSide(o, accused[0]) })
		if same < 0 {
			sides = append(sides, accused[0])
			same = len(sides) - 1
		}
		s.add(who.name(sides[same]), t.Ref.Document)
	}
	return s.sides
}

// parts returns, in words, where the parts of a toll do not fit into the whole:
// one group larger than all, or children, women and men together.
func parts(tallies []cairn.Tally) []string {
	var warnings []string
	of := func(h cairn.Harm, c cairn.Class) cairn.Range {
		for _, t := range tallies {
			if t.Harm == h && t.Class == c {
				return t.Range
			}
		}
		return cairn.Range{}
	}
	for _, h := range cairn.Harms {
		whole := of(h, cairn.Civilian)
		if !whole.Max.Known || whole.Open {
			continue
		}
		sum := 0
		for _, c := range []cairn.Class{cairn.Child, cairn.Woman, cairn.Man, cairn.Journalist, cairn.Medic, cairn.AidWorker} {
			part := of(h, c)
			if c == cairn.Child || c == cairn.Woman || c == cairn.Man {
				sum += part.Min.N
			}
			if part.Min.Known && part.Min.N > whole.Max.N {
				warnings = append(warnings, fmt.Sprintf("%s: %s at least, which is more than %s in all", label(cairn.Tally{Harm: h, Class: c}), part.Min, whole.Max))
			}
		}
		if sum > whole.Max.N {
			warnings = append(warnings, fmt.Sprintf("%s: children, women and men are %d at least, which is more than %s in all", h, sum, whole.Max))
		}
	}
	return warnings
}
