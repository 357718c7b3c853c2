package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// Combine returns the casualty range of one harm and class of an incident from
// the tolls of its documents, as p combines them, and a reason in words for
// each end. Tolls of other harms and classes must not be among them; the order
// of documents is that of publication.
//
// Names are the persons whom the documents and lists of victims name between
// them: under a policy that keeps a floor and a ceiling, a floor is never below
// them.
func Combine(tolls []Toll, names Toll, p policy.Policy) (cairn.Tally, []string) {
	if len(tolls) == 0 {
		return cairn.Tally{}, nil
	}
	t := cairn.Tally{Harm: tolls[0].Harm, Class: tolls[0].Class}
	known := without(tolls, func(t Toll) bool { return !t.Range.Known() })
	if len(known) == 0 {
		for _, u := range tolls {
			t.MinFrom = append(t.MinFrom, u.MinFrom...)
		}
		return t, []string{label(t) + ": claimed with no figure that " + p.ID() + " bounds, so unknown, which is not nobody"}
	}
	var why []string
	switch p.Closing {
	case policy.Lowest:
		why = lowest(&t, known)
	case policy.Latest:
		why = latest(&t, known)
	case policy.Literal:
		why = literal(&t, known)
	default:
		why = highest(&t, known, names)
	}
	for i := range why {
		why[i] = label(t) + ": " + why[i]
	}
	return t, why
}

// without returns the tolls that are not such.
func without(tolls []Toll, such func(Toll) bool) []Toll {
	return slices.DeleteFunc(slices.Clone(tolls), such)
}

// highest is the rule of Airwars: from the lowest credible figure, or the
// number of named victims, to the highest figure of all.
func highest(t *cairn.Tally, tolls []Toll, names Toll) []string {
	var why []string
	why = append(why, floor(t, tolls)...)
	credible, capped := agreed(tolls, names)
	for _, d := range credible {
		most, from, open := ceilingOf(d)
		if most.Known && (!t.Range.Max.Known || most.N > t.Range.Max.N) {
			t.Range.Max, t.MaxFrom, t.Range.Open = most, from, open
		} else if most.Known && most.N == t.Range.Max.N && !open {
			t.Range.Open = false
		}
	}
	if t.Range.Open {
		why = append(why, fmt.Sprintf("the ceiling %s is the highest figure named (%s), whose account gives no upper end", t.Range.Max, t.MaxFrom[0].Document))
	} else if t.Range.Max.Known && t.Range.Max != t.Range.Min {
		why = append(why, fmt.Sprintf("the ceiling %s is the highest figure named (%s)", t.Range.Max, t.MaxFrom[0].Document))
	}
	if names.Range.Min.Known && (!t.Range.Min.Known || names.Range.Min.N > t.Range.Min.N) {
		t.Range.Min, t.MinFrom, t.Named = names.Range.Min, names.MinFrom, names.Named
		why = append(why, namedFloor(names))
	}
	why = append(why, namedWhole(t, credible, names)...)
	why = append(why, capped...)
	if n := names.Range.Max; n.Known && t.Range.Max.Known && n.N > t.Range.Max.N && n.N > names.Range.Min.N {
		t.Range.Max, t.MaxFrom = n, nil
		why = append(why, fmt.Sprintf("%s persons are named if those who may be one are several, so the ceiling is not below that", n))
	}
	if t.Range.Min.Known && (!t.Range.Max.Known || t.Range.Max.N < t.Range.Min.N) {
		t.Range.Max, t.MaxFrom = t.Range.Min, t.MinFrom
	}
	return why
}

// An outlier is a figure at least outlierRatio times the one that
// outlierQuorum accounts share exactly and that named victims bear out. The
// recorder may then cap the ceiling; with fewer voices, or no names, the
// highest figure stands.
const (
	outlierRatio  = 1.5
	outlierQuorum = 3
)

// agreed leaves out the one account that stands alone above a toll on which
// the others agree to the person.
func agreed(tolls []Toll, names Toll) (credible []Toll, why []string) {
	n := names.Range.Min
	if !n.Known {
		return tolls, nil
	}
	quorum, above := 0, []Toll(nil)
	for _, d := range tolls {
		switch {
		case d.Range == cairn.Exactly(n.N):
			quorum++
		case float64(top(d.Range)) >= outlierRatio*float64(n.N):
			above = append(above, d)
		default:
			return tolls, nil
		}
	}
	if quorum < outlierQuorum || len(above) != 1 {
		return tolls, nil
	}
	out := above[0].Document
	return without(tolls, func(d Toll) bool { return d.Document == out }),
		[]string{fmt.Sprintf("%d in %s is left out of the ceiling: %s accounts and as many names agree on %s", top(above[0].Range), out, number(quorum), n)}
}

// namedWhole lowers a ceiling of "more than N" to N where exactly N persons
// are named: the names then are the whole of it.
func namedWhole(t *cairn.Tally, tolls []Toll, names Toll) []string {
	n := names.Range.Min
	if !n.Known || !t.Range.Open || t.Range.Max.N != n.N+1 || t.Range.Min != n {
		return nil
	}
	for _, d := range tolls {
		if d.Range.Max.Known && d.Range.Max.N > n.N {
			return nil
		}
	}
	t.Range.Max, t.MaxFrom, t.Range.Open = n, names.MinFrom, false
	return []string{fmt.Sprintf("%s persons are named, who are taken for the whole of the figure above %s", n, n)}
}

// floor sets the lowest figure among documents that count everybody. Where
// none does, their counts of children, women and men are of different people
// and are added.
func floor(t *cairn.Tally, tolls []Toll) []string {
	whole := without(tolls, func(d Toll) bool { return d.Partial || d.Unsure || !d.Range.Min.Known })
	if len(whole) == 0 {
		whole = without(tolls, func(d Toll) bool { return d.Unsure || !d.Range.Min.Known })
	}
	if len(whole) == 0 {
		whole = tolls
	}
	for _, d := range whole {
		if low := d.Range.Min; low.Known && (!t.Range.Min.Known || low.N < t.Range.Min.N) {
			t.Range.Min, t.MinFrom = low, d.MinFrom
		}
	}
	if !t.Range.Min.Known {
		return nil
	}
	why := []string{fmt.Sprintf("the floor %s is the lowest figure named (%s)", t.Range.Min, t.MinFrom[0].Document)}
	if len(tolls) == 1 {
		why[0] = fmt.Sprintf("the floor %s is what %s names", t.Range.Min, t.MinFrom[0].Document)
	}
	for _, d := range tolls {
		if low := d.Range.Min; d.Partial && !d.Unsure && low.Known && low.N > t.Range.Min.N {
			t.Range.Min, t.MinFrom = low, d.MinFrom
			why = append(why, fmt.Sprintf("%s of them are counted apart as a group (%s), so the floor is not below that", low, d.Document))
		}
	}
	return why
}

// ceilingOf returns the highest number that d names, the claims it rests on,
// and whether d left its end open.
func ceilingOf(d Toll) (cairn.Bound, []cairn.ClaimRef, bool) {
	if d.Range.Max.Known {
		return d.Range.Max, d.MaxFrom, d.Range.Open
	}
	return d.Range.Min, d.MinFrom, true
}

// lowest is the rule of ACLED: one number, the lowest.
func lowest(t *cairn.Tally, tolls []Toll) []string {
	for _, d := range tolls {
		n, from := d.Range.Min, d.MinFrom
		if !n.Known {
			n, from = d.Range.Max, d.MaxFrom
		}
		if !t.Range.Min.Known || n.N < t.Range.Min.N {
			t.Range = cairn.Range{Min: n, Max: n, Open: !d.Range.Max.Known}
			t.MinFrom, t.MaxFrom = from, from
		}
	}
	return []string{fmt.Sprintf("%s is the lowest figure named (%s)", t.Range.Min, t.MinFrom[0].Document)}
}

// latest is the rule of AOAV: the stated number of the most recent report.
func latest(t *cairn.Tally, tolls []Toll) []string {
	d := tolls[len(tolls)-1]
	t.Range, t.MinFrom, t.MaxFrom = d.Range, d.MinFrom, d.MaxFrom
	switch {
	case !d.Range.Max.Known:
		t.Range.Max, t.MaxFrom, t.Range.Open = d.Range.Min, d.MinFrom, true
	case !d.Range.Min.Known:
		t.Range.Min, t.MinFrom, t.Range.Open = d.Range.Max, d.MaxFrom, true
	}
	return []string{fmt.Sprintf("%s is stated by the most recent report (%s)", t.Range, d.Document)}
}

// literal keeps every open end: the lowest floor that is named and the highest
// ceiling, unless some account gives none.
func literal(t *cairn.Tally, tolls []Toll) []string {
	openLow, openHigh := false, false
	for _, d := range tolls {
		openLow, openHigh = openLow || !d.Range.Min.Known, openHigh || !d.Range.Max.Known
		if d.Range.Min.Known && (!t.Range.Min.Known || d.Range.Min.N < t.Range.Min.N) {
			t.Range.Min, t.MinFrom = d.Range.Min, d.MinFrom
		}
		if d.Range.Max.Known && (!t.Range.Max.Known || d.Range.Max.N > t.Range.Max.N) {
			t.Range.Max, t.MaxFrom = d.Range.Max, d.MaxFrom
		}
	}
	if openHigh {
		t.Range.Max, t.MaxFrom = cairn.Bound{}, nil
	}
	if openLow && openHigh || openLow && t.Range.Min.Known && t.Range.Max.Known && t.Range.Min.N > t.Range.Max.N {
		t.Range.Min, t.MinFrom = cairn.Bound{}, nil
	}
	return []string{t.Range.String() + " is what the claims say, with no end closed"}
}

// label names a tally in a reason: "killed", "children killed".
func label(t cairn.Tally) string { return strings.ReplaceAll(t.Key(), "_", " ") }
