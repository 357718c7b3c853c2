package assess

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// unsplit books figures of casualties, dead and injured not told apart, under
// the harms that p names. A document that tells them apart elsewhere needs no
// such figure; one that counts only the dead leaves the rest as injured, where there is a rest.
func unsplit(all []count, p policy.Policy) []count {
	dead, hurt := told(all, cairn.Killed), told(all, cairn.Injured)
	var out []count
	for _, c := range all {
		if c.claim.Harm != cairn.Casualties {
			out = append(out, c)
			continue
		}
		switch {
		case (dead.Known() || hurt.Known() || fighters(all)) && c.claim.Figure.Op == cairn.OpPlural: // "casualties on both sides", which are then told of
		case dead.Known() && hurt.Known() && c.claim.Figure.Op != cairn.OpZero:
		case dead.Known() && c.claim.Figure.Op != cairn.OpZero:
			rest := c
			rest.claim.Harm, rest.bound = cairn.Injured, less(c.bound, dead)
			if rest.bound.Max != cairn.N(0) {
				out = append(out, rest)
			}
		default:
			out = append(out, booked(c, p, hurt.Known())...)
		}
	}
	return out
}

// fighters reports whether the document counts fighters who were killed or injured.
func fighters(all []count) bool {
	return slices.ContainsFunc(all, func(c count) bool {
		return c.claim.Victims.Class == cairn.Combatant && c.claim.Harm != cairn.Casualties && c.bound.Known()
	})
}

// told returns the range that claims give for one harm apart.
func told(all []count, harm cairn.Harm) cairn.Range {
	var of []count
	for _, c := range all {
		if c.claim.Harm == harm && !c.denied() && belongs(c, cairn.Civilian) {
			of = append(of, c)
		}
	}
	return combine(withoutParts(of, all)).r
}

// booked returns the claims that p makes of one unsplit figure. That there were
// none says so of the dead and of the injured.
func booked(c count, p policy.Policy, hurt bool) []count {
	shares := p.Casualties.Alone
	if c.claim.Figure.Op == cairn.OpZero {
		shares = map[cairn.Harm]policy.Share{cairn.Killed: policy.Whole, cairn.Injured: policy.Whole}
	}
	if bothNamed(c.claim) {
		shares = p.Casualties.Unsplit
	}
	var out []count
	for _, harm := range []cairn.Harm{cairn.Killed, cairn.Injured} {
		share, ok := shares[harm]
		if !ok || harm == cairn.Injured && hurt && c.claim.Figure.Op != cairn.OpZero {
			continue
		}
		part := c
		part.claim.Harm = harm
		if share == policy.NoneOf {
			part.bound = cairn.Exactly(0)
		}
		out = append(out, part)
	}
	return out
}

// The stems by which a figure names the dead and the injured both, in the
// languages that are read.
var (
	deadStems = []string{"dead", "killed", "died", "death", "martyr", "muert", "fallecid", "قتل", "قتيل", "شهيد", "شهداء", "وفاة", "загиб", "вбит", "погиб", "убит"}
	hurtStems = []string{"wound", "injur", "hurt", "herid", "lesionad", "جريح", "جرحى", "إصاب", "اصاب", "مصاب", "поранен", "ранен"}
)

// bothNamed reports whether the words of a claim name dead and injured, as
// "dozens of dead and wounded" does and "casualties" does not.
func bothNamed(c cairn.Claim) bool {
	if slices.Contains(c.Rules, "casualties.unsplit") || slices.Contains(c.Rules, "casualties.joint") {
		return true
	}
	words := strings.ToLower(c.Figure.Words + " " + c.Victims.Words)
	has := func(stems []string) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return strings.Contains(words, s) })
	}
	return has(deadStems) && has(hurtStems)
}
