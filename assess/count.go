package assess

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// A count is one claim of harm as the policy bounds it, on its way into a
// range.
type count struct {
	ref   cairn.ClaimRef
	claim cairn.Claim
	bound cairn.Range
}

// counts returns the claims that can bear on a range, bounded by p, in the
// order of the text. Claims of other events, of shares and of what would happen
// if are left out.
func counts(testimonies []cairn.Testimony, p policy.Policy) []count {
	var out []count
	for _, t := range testimonies {
		c := t.Claim
		if c.Harm == cairn.Population || c.Figure.Unit == cairn.Percent {
			continue
		}
		if c.Is(cairn.Conditional) || c.Is(cairn.Historical) || c.Is(cairn.Background) || c.Campaign() && !oneDay(c) {
			continue
		}
		out = append(out, count{ref: t.Ref, claim: c, bound: bound(c, p)})
	}
	slices.SortStableFunc(out, func(a, b count) int { return a.claim.Span.Start - b.claim.Span.Start })
	return out
}

// bound returns what p makes of c. A claim that another policy bounded is
// bounded anew from its figure; a vague wording is found again in its rules.
func bound(c cairn.Claim, p policy.Policy) cairn.Range {
	if counted := c.Figure.Unit == cairn.Families || c.Figure.Unit == cairn.Households; counted && !(p.Families && c.Figure.Unit == cairn.Families && ofPeople(c)) {
		return cairn.Range{} // a number of families is no number of persons
	}
	words := c.Figure.Op == cairn.OpPlural || c.Figure.Op == cairn.OpVague
	if c.Figure.Op == "" || words && c.Policy == p.ID() {
		return c.Range
	}
	r, _ := p.Range(c.Harm, c.Figure, wordingOf(c, p))
	return r
}

func wordingOf(c cairn.Claim, p policy.Policy) string {
	for _, rule := range c.Rules {
		if _, ok := p.Wordings[rule]; ok {
			return rule
		}
	}
	return strings.ToLower(c.Figure.Words)
}

// oneDay reports whether c is a toll of several sites on one day: it bounds
// each of them from above (Airwars on one toll shared by two incidents).
func oneDay(c cairn.Claim) bool {
	return c.When != nil && c.When.From.Precision() == cairn.Day && c.When.Days() == 1
}

// denied reports whether a speaker of c denies or doubts it.
func (c count) denied() bool {
	return c.claim.Is(cairn.ScopeDenied) || slices.ContainsFunc(c.claim.Says, func(s cairn.Saying) bool {
		return s.Stance == cairn.Denies || s.Stance == cairn.Doubts
	})
}

// unsure reports whether c bears on the ceiling alone.
func (c count) unsure() bool { return c.claim.Is(cairn.ScopePossible) || c.claim.Campaign() }

// single reports whether c is about one person, named or described.
func (c count) single() bool {
	return c.claim.Figure.Op == cairn.OpExact && c.bound == cairn.Exactly(1)
}

// struck reports whether c says only that people were hit, as "shot" does, and
// not whether they lived.
func (c count) struck() bool {
	return slices.ContainsFunc(c.claim.Rules, func(rule string) bool { return strings.Contains(rule, ".struck.") })
}

// words reports whether c has a vague figure.
func (c count) words() bool {
	return c.claim.Figure.Op == cairn.OpPlural || c.claim.Figure.Op == cairn.OpVague
}

// generic reports whether the claim is of people without a sub-group.
func (c count) generic() bool { return !subgroup(c.claim.Victims.Class) }

// speaker returns who the claim rests on in the end; "" where the document
// itself asserts it.
func (c count) speaker() string {
	if len(c.claim.Says) == 0 {
		return ""
	}
	last := c.claim.Says[len(c.claim.Says)-1]
	if last.Name != "" {
		return strings.ToLower(last.Name)
	}
	return strings.ToLower(last.Words)
}

// accuses reports whether the claim names speaker among those who did it.
func (c count) accuses(speaker string) bool {
	return slices.ContainsFunc(c.claim.By, func(b cairn.Attacker) bool {
		return strings.EqualFold(b.Words, speaker) || strings.EqualFold(b.Name, speaker)
	})
}

// tollOfOne reports whether c is somebody's count of everybody, which came to one
// ("one civilian was killed, officials said"), and no person of whom it tells.
func (c count) tollOfOne() bool {
	return c.generic() && c.speaker() != "" && c.claim.SubsetOf == 0 && !c.claim.Is(cairn.Addition) && !c.struck() && len(c.claim.Victims.Names) == 0 && slices.Contains(c.claim.Rules, "figure.exact")
}

// risen reports whether c is the state that a toll came to.
func (c count) risen() bool {
	return len(c.claim.Rules) > 0 && (strings.HasSuffix(c.claim.Rules[0], ".toll") || strings.HasSuffix(c.claim.Rules[0], ".figure"))
}

// subgroup reports whether c is a part of the people harmed, so that its
// figure says nothing of the whole.
func subgroup(c cairn.Class) bool {
	return !slices.Contains([]cairn.Class{"", cairn.Civilian, cairn.UnknownStatus, cairn.All, cairn.Combatant, cairn.Buildings}, c)
}

func refs(counts ...count) []cairn.ClaimRef {
	var out []cairn.ClaimRef
	for _, c := range counts {
		if !slices.Contains(out, c.ref) {
			out = append(out, c.ref)
		}
	}
	return out
}
