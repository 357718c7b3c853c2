package total

import (
	"cmp"
	"iter"
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

// A Toll is a campaign claim made ready to be grouped with others.
type Toll struct {
	Ref       cairn.ClaimRef
	ground    uint32 // its number in Grounds
	place     Text
	time      stretch
	low, high cairn.Bound // which it sets; unknown where it sets none
	open      bool
}

// Grounds number what campaign claims must share to be of one campaign. The zero
// Grounds are empty.
type Grounds struct {
	number map[ground]uint32
	all    []ground
}

// Toll makes a claim ready to be grouped, false where no campaign has it: people
// present are no toll; what is denied, or holds only if, is left out; what may
// have been, or comes on top of another toll, stands beside and sets no end.
func (g *Grounds) Toll(t cairn.Testimony) (Toll, bool) {
	c := t.Claim
	if !c.Campaign() || c.Harm == cairn.Population || c.Is(cairn.ScopeDenied) || c.Is(cairn.Conditional) {
		return Toll{}, false
	}
	toll := Toll{Ref: t.Ref, ground: g.of(groundOf(c)), place: placeOf(c)}
	if c.When != nil {
		toll.time = stretchOf(c.When.Period)
	} else {
		toll.time = stretchOf(cairn.Period{})
	}
	if c.Is(cairn.Addition) || c.Is(cairn.ScopePossible) {
		return toll, true
	}
	toll.low, toll.high, toll.open = c.Range.Min, c.Range.Max, c.Range.Open
	if !toll.high.Known {
		toll.high, toll.open = c.Range.Min, true
	}
	return toll, true
}

func (g *Grounds) of(at ground) uint32 {
	n, ok := g.number[at]
	if !ok {
		if g.number == nil {
			g.number = map[ground]uint32{}
		}
		n = uint32(len(g.all))
		g.all, g.number[at] = append(g.all, at), n
	}
	return n
}

// Campaigns groups claims by harm, class, place and overlapping period.
func Campaigns(testimonies []cairn.Testimony) []Campaign {
	var g Grounds
	return g.Campaigns(func(yield func(*Toll) bool) {
		for _, t := range testimonies {
			if toll, ok := g.Toll(t); ok && !yield(&toll) {
				return
			}
		}
	})
}

// group is a campaign on its way.
type group struct {
	Campaign
	time stretch
}

// Campaigns groups tolls by their ground and overlapping period, in their order.
func (g *Grounds) Campaigns(tolls iter.Seq[*Toll]) []Campaign {
	var groups []*group
	var on [][]*group // by the number of their ground
	for t := range tolls {
		for int(t.ground) >= len(on) {
			on = append(on, make([][]*group, max(64, len(g.all)-len(on)))...)
		}
		var of *group
		if k := slices.IndexFunc(on[t.ground], func(x *group) bool { return overlap(x.time, t.time) }); k >= 0 {
			of = on[t.ground][k]
		} else {
			at := g.all[t.ground]
			of = &group{time: t.time, Campaign: Campaign{Harm: at.harm, Class: at.class, Unit: at.unit, Place: t.place}}
			on[t.ground], groups = append(on[t.ground], of), append(groups, of)
		}
		of.time = union(of.time, t.time)
		of.take(t)
	}
	all := make([]Campaign, 0, len(groups))
	for _, of := range groups {
		of.From, of.To = Text(of.time.From), Text(of.time.To)
		all = append(all, of.Campaign)
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
func (c *Campaign) take(t *Toll) {
	c.Claims = append(c.Claims, t.Ref)
	switch low := t.low; {
	case !low.Known:
	case !c.Min.Known || low.N < c.Min.N:
		c.Min, c.MinFrom = low, []cairn.ClaimRef{t.Ref}
	case low.N == c.Min.N:
		c.MinFrom = append(c.MinFrom, t.Ref)
	}
	switch high := t.high; {
	case !high.Known:
	case !c.Max.Known || high.N > c.Max.N:
		c.Max, c.Open, c.MaxFrom = high, t.open, []cairn.ClaimRef{t.Ref}
	case high.N == c.Max.N:
		c.Open = c.Open && t.open
		c.MaxFrom = append(c.MaxFrom, t.Ref)
	}
}
