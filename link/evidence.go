package link

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// What agreement is worth and what disagreement costs. An account joins an
// incident from joinsFrom on: place and day together reach it, or one of them
// with names or figures that are not had by chance.
const (
	joinsFrom      = 4.4
	sameDay        = 2.4
	nextDay        = 0.3 // reports of a night are dated by either day
	inPeriod       = 0.6
	writtenNear    = 1.0 // neither gives a day, and they were published within writtenDays
	writtenDays    = 3
	longAfter      = -1.5 // one gives no day, and was written more than longDays away
	longDays       = 21
	sharedName     = 2.8
	sharedFigure   = 0.5
	sharedOne      = 0.2 // one person each: the commonest figure of all
	tellingFigure  = 1.2 // the same figure, and not a small one
	smallFigure    = 4
	otherFigure    = -0.3
	farFigure      = -1.2 // several times the other
	farTimes       = 3
	sharedHarm     = 0.3
	sharedParty    = 0.4
	otherParty     = -0.3
	sharedMeans    = 0.2
	otherMeans     = -0.7
	differentNames = -0.5
	sharedAge      = 0.8
	otherAge       = -1.2
	crowded        = -1.2 // for each doubling of the incidents known near in these days
	taken          = -0.5 // places that lie apart, one of which no words name
)

// Two reports of different incidents share a tenth of their rarer words; what
// they share beyond that speaks for one incident, in proportion. Texts that are
// muchAlike may say more than a place that no words name.
const (
	alikeByChance = 0.10
	alikeWorth    = 8.0
	muchAlike     = 0.35
)

// A verdict is what speaks for one incident and against it.
type verdict struct {
	score   float64
	reasons []string
	apart   bool // place or days rule it out
}

func (v *verdict) add(score float64, format string, args ...any) {
	v.score += score
	v.reasons = append(v.reasons, fmt.Sprintf(format, args...))
}

// compare weighs whether two accounts are of one incident.
func compare(a, b account) verdict {
	var v verdict
	n := nearness(a.where, b.where)
	alike := likeness(a.words, b.words)
	if n.kind == elsewhere && (alike < muchAlike || named(a.where) && named(b.where)) {
		return verdict{apart: true}
	}
	switch n.kind {
	case elsewhere:
		v.add(taken, "%s and %s lie apart, but one of them only follows from the rest of its report", nameOf(a.where), nameOf(b.where))
	case samePlace, aroundIt, besideIt, perhaps:
		v.add(n.score(), "%s", n.reason(a.where, b.where))
	}
	v.days(a, b)
	if v.apart {
		return v
	}
	v.texts(alike)
	v.names(a, b)
	v.ages(a, b)
	v.figures(a, b)
	v.parties(a, b)
	v.means(a, b)
	return v
}

// named reports whether words of a report name the place.
func named(w *cairn.Where) bool { return w != nil && w.Words != "" }

// texts weighs how alike the reports are. That they share no words says
// nothing: they may be in two languages.
func (v *verdict) texts(alike float64) {
	if worth := alikeWorth * (alike - alikeByChance); worth > 0 {
		v.add(worth, "the texts share %.0f %% of what is rare in them", 100*alike)
	}
}

// days compares when. Two days that are each stated must be the same or
// neighbours; a month or a year only must hold the other.
func (v *verdict) days(a, b account) {
	p, q := a.when, b.when
	switch {
	case p == (cairn.Period{}) || q == (cairn.Period{}):
		v.written(a, b)
	case p.Days() == 1 && q.Days() == 1 && p.From[:10] == q.From[:10]:
		v.add(sameDay, "the day is the same (%s)", p.From)
	case p.Days() == 1 && q.Days() == 1 && p.Meets(q, 1):
		v.add(nextDay, "the days are next to each other (%s, %s)", p.From, q.From)
	case p.Meets(q, tolerance(p, q)):
		v.add(inPeriod, "the periods meet")
	default:
		v.apart = true
	}
}

// tolerance is how many days two periods may miss each other by: one where both
// are of days, none where a month or year is so wide already.
func tolerance(p, q cairn.Period) int {
	if p.From.Precision() == cairn.Month || p.From.Precision() == cairn.Year || q.From.Precision() == cairn.Month || q.From.Precision() == cairn.Year {
		return 0
	}
	return 1
}

// written compares accounts of which one gives no day, by what was published
// when: nobody reports what is yet to come, a day's difference of clocks aside.
func (v *verdict) written(a, b account) {
	of := func(x account) cairn.Period {
		if x.when != (cairn.Period{}) {
			return x.when
		}
		return cairn.Period{From: x.written, To: x.written}
	}
	p, q := of(a), of(b)
	if !p.From.Known() || !q.From.Known() {
		return
	}
	early := func(x account, y cairn.Period) bool {
		return x.when == (cairn.Period{}) && x.written.Before(y.From) && !y.Meets(cairn.Period{From: x.written, To: x.written}, 1)
	}
	switch {
	case early(a, q) || early(b, p):
		v.apart = true
	case p.Meets(q, writtenDays):
		v.add(writtenNear, "reported within %d days", writtenDays)
	case !p.Meets(q, longDays):
		v.add(longAfter, "reported more than %d days apart, and a day is not given", longDays)
	}
}

func (v *verdict) names(a, b account) {
	if len(a.names) == 0 || len(b.names) == 0 {
		return
	}
	for _, x := range a.names {
		for _, y := range b.names {
			if sameName(x, y) {
				v.add(sharedName, "both name the same victim")
				return
			}
		}
	}
	v.add(differentNames, "they name different victims")
}

// sameName reports whether two names are of one person as they stand: the same
// words in any order, or at least two of them.
func sameName(a, b string) bool {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	both := 0
	for _, word := range x {
		if slices.Contains(y, word) {
			both++
		}
	}
	return both >= 2 || both == 1 && len(x) == 1 && len(y) == 1
}

// ages compares the ages that both give of people harmed. Reports differ by a
// year now and then.
func (v *verdict) ages(a, b account) {
	met := false
	for _, c := range a.claims {
		for _, d := range b.claims {
			x, y := c.Victims.Age, d.Victims.Age
			if x == nil || y == nil {
				continue
			}
			if *x == *y {
				v.add(sharedAge, "both tell of a victim aged %s", x)
				return
			}
			met = met || x.Max.N+1 < y.Min.N || y.Max.N+1 < x.Min.N
		}
	}
	if met {
		v.add(otherAge, "the ages of the victims differ")
	}
}

// among weighs that n other incidents are known near in place and time: where
// much happens, place and day say less.
func (v *verdict) among(n int) {
	if n > 0 {
		v.add(crowded*math.Log2(float64(1+n)), "%d other incidents are known near it in these days", n)
	}
}

// figures compares the counts of each harm and class that both give.
func (v *verdict) figures(a, b account) {
	best, harm, met := 0.0, false, false
	why := ""
	for _, c := range a.claims {
		for _, d := range b.claims {
			if c.Harm != d.Harm {
				continue
			}
			harm = true
			if c.SubsetOf > 0 || d.SubsetOf > 0 || !comparable(c, d) {
				continue
			}
			if s, w := agreement(c, d); !met || s > best {
				best, why, met = s, w, true
			}
		}
	}
	if harm {
		v.add(sharedHarm, "both tell of the same harm")
	}
	if met {
		v.add(best, "%s", why)
	}
}

func comparable(c, d cairn.Claim) bool {
	general := func(k cairn.Class) bool {
		return k == "" || k == cairn.UnknownStatus || k == cairn.Civilian || k == cairn.All
	}
	return (c.Victims.Class == d.Victims.Class || general(c.Victims.Class) && general(d.Victims.Class)) &&
		c.Figure.Unit == d.Figure.Unit && c.Range.Known() && d.Range.Known()
}

// agreement compares two figures of one harm.
func agreement(c, d cairn.Claim) (float64, string) {
	x, y := c.Range, d.Range
	switch {
	case x.Min == y.Min && x.Max == y.Max && max(x.Min.N, x.Max.N) >= smallFigure:
		return tellingFigure, fmt.Sprintf("both say %s %s", x, c.Harm)
	case x == cairn.Exactly(1) && y == x:
		return sharedOne, fmt.Sprintf("both tell of one %s", c.Harm)
	case meets(x, y):
		return sharedFigure, fmt.Sprintf("the figures of %s agree (%s, %s)", c.Harm, x, y)
	case far(x, y):
		return farFigure, fmt.Sprintf("the figures of %s are far apart (%s, %s)", c.Harm, x, y)
	}
	return otherFigure, fmt.Sprintf("the figures of %s differ (%s, %s)", c.Harm, x, y)
}

func meets(x, y cairn.Range) bool {
	below := func(x, y cairn.Range) bool { return x.Max.Known && y.Min.Known && x.Max.N < y.Min.N }
	return !below(x, y) && !below(y, x)
}

func far(x, y cairn.Range) bool {
	low := func(r cairn.Range) int { return max(1, r.Min.N) }
	high := func(r cairn.Range) int { return max(low(r), r.Max.N) }
	return high(x)*farTimes <= low(y) || high(y)*farTimes <= low(x)
}

func (v *verdict) parties(a, b account) {
	if len(a.by) == 0 || len(b.by) == 0 {
		return
	}
	for _, x := range a.by {
		for _, y := range b.by {
			if partyOf(x) == partyOf(y) {
				v.add(sharedParty, "both name %s", partyOf(x))
				return
			}
		}
	}
	v.add(otherParty, "they name different parties")
}

// fromAir are the means that reports of one strike take for each other.
var fromAir = []cairn.MeansClass{cairn.Airstrike, cairn.Drone, cairn.Rocket, cairn.Artillery, cairn.Bomb, cairn.OtherMeans}

func (v *verdict) means(a, b account) {
	if len(a.means) == 0 || len(b.means) == 0 {
		return
	}
	alike := false
	for _, x := range a.means {
		if slices.Contains(b.means, x) {
			v.add(sharedMeans, "both tell of the same means (%s)", x)
			return
		}
		for _, y := range b.means {
			alike = alike || slices.Contains(fromAir, x) && slices.Contains(fromAir, y)
		}
	}
	if !alike {
		v.add(otherMeans, "the means differ (%s, %s)", a.means[0], b.means[0])
	}
}
