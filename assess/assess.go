// Package assess proposes what to make of one incident: a casualty range for
// each harm and class, how well the harm is established, and how well it is
// established who did it, each with the claims it rests on and reasons in
// words.
//
// It goes in two steps. [Document] makes one toll of what one document says,
// however often and in whatever parts it says it; [Incident] sets the tolls of
// all its documents against each other under a policy. The two axes of a
// grading are those of Airwars and are computed apart: harm can be well
// reported where nobody says who did it. A person signs or overrides; nothing
// here does.
package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// Incident returns the assessment that p proposes for inc from the testimonies
// about it. Origins groups the documents that repeat one original; a document
// in no group stands alone. Known are the belligerents of the project, by whose
// aliases a party is recognised as accused and as speaking for itself. Victims
// are the persons of lists who are of the incident: they hold a floor up, and say
// nothing of how well the harm is established.
func Incident(inc cairn.Incident, testimonies []cairn.Testimony, origins [][]string, p policy.Policy, known []cairn.Belligerent, victims ...cairn.Victim) cairn.Assessment {
	testimonies = inOrder(testimonies)
	a := cairn.Assessment{Incident: inc.Code, Policy: p.ID(), Origins: grouped(testimonies, origins)}
	e := weigh(testimonies, voicesOf(testimonies, originOf(a.Origins)), standing(known, when(inc, testimonies)))
	told := outsiders(testimonies, e)
	tolls := tollsOf(told, p)
	a.Tallies, a.Reasons = tallies(told, victims, tolls, p)
	a.Contradictions = contradictions(testimonies, tolls, e.who)
	a.Warnings = parts(a.Tallies)
	var why string
	a.Grade, why = e.grade()
	a.Reasons = append([]string{why}, a.Reasons...)
	a.Strike, why = e.strike()
	if why != a.Reasons[0] {
		a.Reasons = slices.Insert(a.Reasons, 1, why)
	}
	for _, d := range e.denies {
		a.Reasons = append(a.Reasons, e.who.name(d)+" denies it, which is kept as its position and moves no figure")
	}
	a.Reasons = append(a.Reasons, conceded(testimonies, told, e)...)
	return WithVictims(a, victims)
}

// WithVictims returns a with who is of its incident, those who were found to be
// alive aside.
func WithVictims(a cairn.Assessment, victims []cairn.Victim) cairn.Assessment {
	a.Victims = nil
	for _, v := range victims {
		if !v.Alive {
			a.Victims = append(a.Victims, v.ID)
		}
	}
	return a
}

// inOrder returns testimonies by publication, then by document and number, so
// that one set of them always gives the same assessment.
func inOrder(testimonies []cairn.Testimony) []cairn.Testimony {
	out := slices.Clone(testimonies)
	slices.SortStableFunc(out, func(a, b cairn.Testimony) int {
		if d := a.Document.Published.First().Compare(b.Document.Published.First()); d != 0 {
			return d
		}
		if a.Ref.Document != b.Ref.Document {
			if a.Ref.Document < b.Ref.Document {
				return -1
			}
			return 1
		}
		return a.Ref.N - b.Ref.N
	})
	return out
}

// grouped returns the origins of the documents at hand, each document once, in
// the order of testimonies.
func grouped(testimonies []cairn.Testimony, origins [][]string) [][]string {
	var out [][]string
	placed := map[string]bool{}
	present := map[string]bool{}
	for _, t := range testimonies {
		present[t.Ref.Document] = true
	}
	for _, t := range testimonies {
		if placed[t.Ref.Document] {
			continue
		}
		group := []string{t.Ref.Document}
		for _, o := range origins {
			if !slices.Contains(o, t.Ref.Document) {
				continue
			}
			for _, id := range o {
				if present[id] && !placed[id] && !slices.Contains(group, id) {
					group = append(group, id)
				}
			}
		}
		for _, id := range group {
			placed[id] = true
		}
		out = append(out, group)
	}
	return out
}

// originOf returns for each document the first of its group.
func originOf(groups [][]string) map[string]string {
	of := map[string]string{}
	for _, g := range groups {
		for _, id := range g {
			of[id] = g[0]
		}
	}
	return of
}

// voicesOf returns for each document the first of those that are no second source
// beside it: the ones that repeat the same original, and the others of its
// publisher, who does not corroborate himself (Airwars, harm grading: two or
// more sources).
func voicesOf(testimonies []cairn.Testimony, origin map[string]string) map[string]string {
	voice, of := map[string]string{}, map[string]string{}
	for _, t := range testimonies {
		id, publisher := t.Ref.Document, strings.ToLower(strings.TrimSpace(t.Document.Source))
		if voice[id] != "" {
			continue
		}
		first := origin[id]
		if voice[first] != "" {
			first = voice[first]
		}
		if publisher != "" && of[publisher] != "" {
			first = of[publisher]
		}
		voice[id] = first
		if publisher != "" {
			of[publisher] = first
		}
	}
	return voice
}

// outsiders returns the testimonies whose figures set the range. What an
// accused party says of its own victims is kept beside it and not merged,
// unless nobody else says anything of that harm.
func outsiders(testimonies []cairn.Testimony, e evidence) []cairn.Testimony {
	own := func(t cairn.Testimony) bool { return e.who.own(t, e.suspected) != "" }
	others := map[cairn.Harm]bool{}
	for _, t := range testimonies {
		c := count{claim: t.Claim}
		if !own(t) && bears(t.Claim) && !c.denied() {
			others[t.Claim.Harm] = true
			if t.Claim.Harm == cairn.Casualties {
				others[cairn.Injured] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(testimonies), func(t cairn.Testimony) bool { return own(t) && others[t.Claim.Harm] })
}

// conceded says in words which figures of the accused stand beside the range.
func conceded(all, told []cairn.Testimony, e evidence) []string {
	var why []string
	for _, t := range all {
		kept := slices.ContainsFunc(told, func(o cairn.Testimony) bool { return o.Ref == t.Ref })
		c := count{claim: t.Claim}
		if kept || c.denied() || !t.Claim.Range.Known() {
			continue
		}
		why = append(why, fmt.Sprintf("%s itself says %s %s (%s), kept beside the range", e.who.name(e.who.own(t, e.suspected)), t.Claim.Range, t.Claim.Harm, t.Ref.Document))
	}
	return why
}
