package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// evidence is what the two axes of a grading are computed from.
type evidence struct {
	who        parties
	suspected  []string            // parties that some testimony accuses
	accusers   map[string][]string // the origins that accuse each
	joint      [][]string          // the parties that each testimony accuses together
	reporters  []string            // independent origins that report harm to people who are not stated combatants
	detailed   bool                // some claim of harm says more than a bare plural
	combatants bool                // some claim is of stated combatants
	admits     string              // the party that accepts having harmed civilians
	declares   string              // the party that reports the strike itself, with its time or place
	denies     []string
	vague      string // a party whose own report lacks time and place
}

// weigh gathers the evidence of testimonies, in their order.
func weigh(testimonies []cairn.Testimony, origins map[string]string, who parties) evidence {
	e := evidence{who: who, accusers: map[string][]string{}}
	for _, t := range testimonies {
		for _, a := range who.accused(t) {
			e.suspected = appendNew(e.suspected, a)
		}
		for _, a := range t.Claim.By {
			if k := who.key(a.Name, a.Words); a.Strength == cairn.Denied && slices.Contains(who.speakers(t), k) {
				e.suspected = appendNew(e.suspected, k)
			}
		}
	}
	for _, t := range testimonies {
		e.take(t, origins[t.Ref.Document])
	}
	return e
}

func appendNew(to []string, s string) []string {
	if slices.Contains(to, s) {
		return to
	}
	return append(to, s)
}

// take adds what one testimony says.
func (e *evidence) take(t cairn.Testimony, origin string) {
	c := count{ref: t.Ref, claim: t.Claim}
	if !bears(t.Claim) {
		return
	}
	own := e.who.own(t, e.suspected)
	if own == "" {
		own = e.who.own(t, e.who.denying(t))
	}
	if c.denied() || deniesOwn(t, own, e.who) {
		if own != "" {
			e.denies = appendNew(e.denies, own)
		}
		return
	}
	accused := e.who.accused(t)
	if own != "" && ofItself(own, accused, e.who) {
		e.takeOwn(t, own)
	}
	if len(accused) > 0 && !c.claim.Campaign() {
		e.joint = append(e.joint, accused)
		for _, a := range accused {
			e.accusers[a] = appendNew(e.accusers[a], origin)
		}
	}
	e.takeHarm(c, origin, own)
}

// denying returns the parties whose part t denies.
func (p parties) denying(t cairn.Testimony) []string {
	var keys []string
	for _, a := range t.Claim.By {
		if a.Strength == cairn.Denied {
			keys = append(keys, p.key(a.Name, a.Words))
		}
	}
	return keys
}

func deniesOwn(t cairn.Testimony, own string, who parties) bool {
	return own != "" && slices.ContainsFunc(who.denying(t), func(k string) bool { return who.oneSide(own, k) })
}

// bears reports whether a claim is of this event at all.
func bears(c cairn.Claim) bool {
	return !c.Is(cairn.Conditional) && !c.Is(cairn.Historical) && !c.Is(cairn.Background) && c.Harm != cairn.Population
}

func ofItself(own string, accused []string, who parties) bool {
	return slices.ContainsFunc(accused, func(a string) bool { return who.oneSide(own, a) })
}

// takeOwn adds what a party says of its own part. Its strike is declared where
// it gives the time or the place; a statement with neither is not enough.
func (e *evidence) takeOwn(t cairn.Testimony, own string) {
	placed := t.Claim.Where != nil && t.Claim.Where.Accuracy.Rank() < cairn.Admin1.Rank()
	timed := t.Claim.When != nil && (t.Claim.When.From.Precision() == cairn.Day || t.Claim.When.From.Precision() == cairn.Minute)
	if placed || timed {
		e.declares = own
	} else {
		e.vague = own
	}
	nobody := t.Claim.Figure.Op == cairn.OpZero || t.Claim.Range == cairn.Exactly(0)
	if ofPeople(t.Claim) && t.Claim.Victims.Class != cairn.Combatant && !nobody {
		e.admits = own
	}
}

func ofPeople(c cairn.Claim) bool {
	return c.Harm == cairn.Killed || c.Harm == cairn.Injured || c.Harm == cairn.Casualties
}

// takeHarm adds a report of harm by somebody other than the accused.
func (e *evidence) takeHarm(c count, origin, own string) {
	nobody := c.claim.Figure.Op == cairn.OpZero || c.claim.Range == cairn.Exactly(0)
	if nobody || !ofPeople(c.claim) {
		return
	}
	if c.claim.Victims.Class == cairn.Combatant {
		e.combatants = true
		return
	}
	if own != "" {
		return
	}
	e.reporters = appendNew(e.reporters, origin)
	bare := c.claim.Figure.Op == cairn.OpPlural || c.claim.Figure.Op == cairn.OpUnknown || c.claim.Harm == cairn.Casualties
	if !bare || len(c.claim.Victims.Names) > 0 || subgroup(c.claim.Victims.Class) {
		e.detailed = true
	}
}

// competing reports whether testimonies accuse parties that are not one side,
// and never the same together.
func (e evidence) competing() bool {
	if len(e.joint) == 0 {
		return false
	}
	return !slices.ContainsFunc(e.joint[0], func(a string) bool {
		return !slices.ContainsFunc(e.joint, func(set []string) bool { return !ofItself(a, set, e.who) })
	})
}

// strike returns the strike status: how well it is established who did it.
func (e evidence) strike() (cairn.StrikeStatus, string) {
	switch {
	case e.declares != "":
		return cairn.Declared, e.who.name(e.declares) + " itself reports the strike, with its time or place"
	case len(e.suspected) == 0 || len(e.joint) == 0:
		return cairn.ContestedStrike, "no source says who did it"
	case e.competing():
		return cairn.ContestedStrike, "sources name different parties: " + e.named()
	}
	var from []string
	for _, a := range e.suspected {
		for _, o := range e.accusers[a] {
			from = appendNew(from, o)
		}
	}
	if len(from) > 1 {
		return cairn.Likely, fmt.Sprintf("%s independent origins name %s%s", number(len(from)), e.named(), e.unmatched())
	}
	return cairn.SingleSource, fmt.Sprintf("one origin alone (%s) names %s%s", from[0], e.named(), e.unmatched())
}

func (e evidence) unmatched() string {
	if e.vague == "" {
		return ""
	}
	return "; the statement of " + e.who.name(e.vague) + " gives neither time nor place"
}

func (e evidence) named() string {
	var names []string
	for _, a := range e.suspected {
		if len(e.accusers[a]) > 0 {
			names = append(names, e.who.name(a))
		}
	}
	return strings.Join(names, ", ")
}

// grade returns how well harm to civilians is established.
func (e evidence) grade() (cairn.Grade, string) {
	switch {
	case e.admits != "":
		return cairn.Confirmed, e.who.name(e.admits) + " accepts that it harmed civilians"
	case len(e.reporters) == 0 && e.combatants:
		return cairn.Discounted, "all who are said to be harmed are stated combatants"
	case len(e.reporters) == 0 && len(e.denies) > 0:
		return cairn.Discounted, "the harm is known from the denial of " + e.who.name(e.denies[0]) + " alone"
	case len(e.reporters) == 0:
		return "", "no source reports harm to people"
	case len(e.reporters) == 1:
		return cairn.Weak, "one origin alone reports harm (" + e.reporters[0] + ")"
	case !e.detailed:
		return cairn.Weak, number(len(e.reporters)) + " independent origins report harm, and none gives any detail of it"
	case e.competing():
		return cairn.Contested, "sources name different parties: " + e.named()
	case len(e.joint) == 0:
		return cairn.Contested, "no source says who did it"
	}
	return cairn.Fair, number(len(e.reporters)) + " independent origins report harm"
}

// number writes small numbers as words.
func number(n int) string {
	if words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}; n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}
