package total

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Campaign is what documents claim of one harm and class for one place and
// period as a whole. Min is the lowest floor that is named and Max the highest
// figure, with the claims that name them; Open marks a Max whose account gives
// no upper end. It is nobody's assessment and is never part of the rows.
type Campaign struct {
	Harm    cairn.Harm       `json:"harm"`
	Class   cairn.Class      `json:"class"`
	Place   Text             `json:"place"`
	From    Text             `json:"from"`
	To      Text             `json:"to"`
	Unit    string           `json:"unit,omitempty"`
	Min     cairn.Bound      `json:"min"`
	Max     cairn.Bound      `json:"max"`
	Open    bool             `json:"open,omitempty"`
	MinFrom []cairn.ClaimRef `json:"min_from,omitempty"`
	MaxFrom []cairn.ClaimRef `json:"max_from,omitempty"`
	Claims  []cairn.ClaimRef `json:"claims"`
}

// ground is what campaign claims must share to be of one campaign, their
// periods aside.
type ground struct {
	harm  cairn.Harm
	class cairn.Class
	place string
	unit  string
}

func groundOf(c cairn.Claim) ground {
	g := ground{harm: c.Harm, class: c.Victims.Class, unit: c.Figure.Unit}
	if g.class == "" || g.class == cairn.UnknownStatus {
		g.class = cairn.Civilian // as in assessments: only stated combatants are left out
	}
	if c.Where != nil {
		g.place = cmp.Or(c.Where.ID, c.Where.Name, c.Where.Words)
	}
	return g
}

// Campaigns groups claims by harm, class, place and overlapping period. People
// present are no toll; what is denied, or holds only if, is left out; what may
// have been, or comes on top of another toll, stands beside and sets no end.
func Campaigns(testimonies []cairn.Testimony) []Campaign {
	type group struct {
		ground
		Campaign
		period cairn.Period
	}
	var groups []*group
	for _, t := range testimonies {
		if !t.Claim.Campaign() || t.Claim.Harm == cairn.Population || t.Claim.Is(cairn.ScopeDenied) || t.Claim.Is(cairn.Conditional) {
			continue
		}
		at, period := groundOf(t.Claim), cairn.Period{}
		if t.Claim.When != nil {
			period = t.Claim.When.Period
		}
		k := slices.IndexFunc(groups, func(g *group) bool { return g.ground == at && overlap(g.period, period) })
		if k < 0 {
			groups = append(groups, &group{ground: at, period: period, Campaign: Campaign{Harm: at.harm, Class: at.class, Unit: at.unit, Place: placeOf(t.Claim)}})
			k = len(groups) - 1
		}
		groups[k].period = union(groups[k].period, period)
		groups[k].take(t)
	}
	all := make([]Campaign, 0, len(groups))
	for _, g := range groups {
		g.From, g.To = Text(g.period.From), Text(g.period.To)
		all = append(all, g.Campaign)
	}
	slices.SortStableFunc(all, func(x, y Campaign) int {
		return cmp.Or(cmp.Compare(slices.Index(cairn.Harms, x.Harm), slices.Index(cairn.Harms, y.Harm)),
			cmp.Compare(slices.Index(cairn.Classes, x.Class), slices.Index(cairn.Classes, y.Class)),
			cmp.Compare(x.Place, y.Place), cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
	return all
}

func placeOf(c cairn.Claim) Text {
	if c.Where == nil {
		return ""
	}
	return Text(cmp.Or(c.Where.Name, c.Where.Words))
}

// take adds what one claim names.
func (c *Campaign) take(t cairn.Testimony) {
	c.Claims = append(c.Claims, t.Ref)
	if t.Claim.Is(cairn.Addition) || t.Claim.Is(cairn.ScopePossible) {
		return
	}
	r := t.Claim.Range
	if low := r.Min; low.Known {
		switch {
		case !c.Min.Known || low.N < c.Min.N:
			c.Min, c.MinFrom = low, []cairn.ClaimRef{t.Ref}
		case low.N == c.Min.N:
			c.MinFrom = append(c.MinFrom, t.Ref)
		}
	}
	high, open := r.Max, r.Open
	if !high.Known {
		high, open = r.Min, true
	}
	switch {
	case !high.Known:
	case !c.Max.Known || high.N > c.Max.N:
		c.Max, c.Open, c.MaxFrom = high, open, []cairn.ClaimRef{t.Ref}
	case high.N == c.Max.N:
		c.Open = c.Open && open
		c.MaxFrom = append(c.MaxFrom, t.Ref)
	}
}

// overlap reports whether two periods are of one campaign: where both are fully
// known they share at least half of the longer, since the toll of a month is no
// floor of the toll of a war; else they need only meet.
func overlap(p, q cairn.Period) bool {
	if p.Days() == 0 || q.Days() == 0 {
		return touch(p, q) && touch(q, p)
	}
	from, to := p.From.First(), p.To.Last()
	if f := q.From.First(); f.After(from) {
		from = f
	}
	if t := q.To.Last(); t.Before(to) {
		to = t
	}
	shared := int(to.Sub(from).Hours()/24) + 1
	return 2*shared >= max(p.Days(), q.Days())
}

// touch reports whether p may begin before q ends. An unknown end reaches
// everywhere.
func touch(p, q cairn.Period) bool {
	return !p.From.Known() || !q.To.Known() || !p.From.First().After(q.To.Last())
}

// union is the period from the earlier beginning to the later end that is known.
func union(p, q cairn.Period) cairn.Period {
	if !p.From.Known() || q.From.Known() && q.From.First().Before(p.From.First()) {
		p.From = q.From
	}
	if !p.To.Known() || q.To.Known() && q.To.Last().After(p.To.Last()) {
		p.To = q.To
	}
	return p
}
