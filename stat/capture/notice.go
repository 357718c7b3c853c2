package capture

import (
	"fmt"
	"strings"
)

// A Kind is what a notice is about.
type Kind string

// The kinds of notice.
const (
	FewLists        Kind = "few_lists"        // two lists only, so that nothing shows how they depend
	ManyLists       Kind = "many_lists"       // more than the method can compute with
	NoOverlap       Kind = "no_overlap"       // nobody is on two lists
	EmptyOverlap    Kind = "empty_overlap"    // two lists share nobody
	Disjoint        Kind = "disjoint"         // some lists share nobody with the rest
	SaysNothing     Kind = "says_nothing"     // a list of nobody, or of everybody
	TooSmall        Kind = "too_small"        // too few members, or too few on two lists
	OneCell         Kind = "one_cell"         // the estimate rests on one cell
	NotIdentifiable Kind = "not_identifiable" // the parameters cannot be told from the table
	ChainsDisagree  Kind = "chains_disagree"
	FewDraws        Kind = "few_draws"
	Wide            Kind = "wide"
	NoUpperBound    Kind = "no_upper_bound"
	GridEnds        Kind = "grid_ends" // the largest population that was considered is still likely
	ModelsDisagree  Kind = "models_disagree"
	Heterogeneous   Kind = "heterogeneous" // some members seem easier to list than others
	ListsDepend     Kind = "lists_depend"  // beyond what classes of members make of them
	Bound           Kind = "bound"         // no estimate but a lower bound
	Searched        Kind = "searched"      // not every model was compared
	NoConvergence   Kind = "no_convergence"
	StrataMissing   Kind = "strata_missing" // of some members the stratum is not known
	LinkageDoubt    Kind = "linkage_doubt"  // who is who was drawn several times
	StratumRefused  Kind = "stratum_refused"
	Uncovered       Kind = "uncovered"   // a list is used outside what it covers
	DrawsOn         Kind = "draws_on"    // a list draws on another
	Borrowed        Kind = "borrowed"    // a stratum's pooled estimate rests on the others alone
	ModelUnfit      Kind = "model_unfit" // the model asked for is none of this table
)

// A Notice is a refusal or a warning: what is the matter, in words, and what
// would help.
type Notice struct {
	Kind         Kind
	Reason, Help string
}

// String is the reason and what would help.
func (n Notice) String() string {
	if n.Help == "" {
		return n.Reason
	}
	return n.Reason + "; " + n.Help
}

// MarshalText writes n as [Notice.String] does.
func (n Notice) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// What a table must have for an estimate, and what makes one doubtful.
const (
	leastObserved  = 20   // fewer members than this carry no estimate
	leastOverlap   = 5    // nor do fewer on two lists or more
	thinOverlap    = 20   // fewer than this are doubtful
	mostFromOne    = 0.8  // of the overlap in one cell
	widest         = 3    // upper bound over lower
	mostByOne      = 0.1  // change of the unseen by one member in one cell
	mostOfEnd      = 0.01 // of the posterior in the last twentieth of a grid
	otherModels    = 0.1  // change of the population by another model that is nearly as good
	convergedRHat  = 1.05
	goodRHat       = 1.01
	goodESS        = 400
	leastESS       = 100
	exactListLimit = 10 // for methods that hold every history at once
)

// refusal is the reason why no method can estimate from t, if there is one.
func refusal(t Table) (Notice, bool) {
	n, multiple := t.Observed(), 0
	for _, c := range t.Cells {
		if c.History.Lists() > 1 {
			multiple += c.Count
		}
	}
	for j, name := range t.Lists {
		switch t.Size(j) {
		case 0:
			return Notice{SaysNothing, fmt.Sprintf("list %s names nobody", name), "leave it out"}, true
		case n:
			return Notice{SaysNothing, fmt.Sprintf("list %s names everybody who is on any list, so that the others show nobody whom it lacks", name), "leave it out, or look for lists made without it"}, true
		}
	}
	switch {
	case multiple == 0:
		return Notice{NoOverlap, "nobody is on two lists, and only overlap says how many are on none", "link the lists again, or find lists that cover the same people"}, true
	case n < leastObserved:
		return Notice{TooSmall, fmt.Sprintf("%s, fewer than %d", count(n, "member is", "members are")+" on any list", leastObserved), "join it with other strata"}, true
	case multiple < leastOverlap:
		return Notice{TooSmall, fmt.Sprintf("%s, fewer than %d", count(multiple, "member is", "members are")+" on two lists or more", leastOverlap), "join it with other strata, or find lists that overlap more"}, true
	}
	return Notice{}, false
}

// needsThree is the refusal of a method that two lists cannot feed.
func needsThree(t Table) (Notice, bool) {
	if n, refused := refusal(t); refused {
		return n, true
	}
	if len(t.Lists) < 3 {
		return Notice{FewLists, "two lists cannot show whether one depends on the other, so that they give bounds only", "take the lower bound (chao), or find a third list"}, true
	}
	return Notice{}, false
}

// doubts are the warnings that the table alone gives rise to.
func doubts(t Table) []Notice {
	var all []Notice
	if apart := groups(t); len(apart) > 1 {
		all = append(all, Notice{Disjoint, "nobody on " + strings.Join(apart[1:], " or on ") + " is on any other list, so that nothing shows how many these lists miss", "leave them out and compare, or check the linkage"})
	} else if empty := emptyPairs(t); len(empty) > 0 {
		all = append(all, Notice{EmptyOverlap, "nobody is on both " + strings.Join(empty, ", nor on both "), "check whether these lists could have named the same people"})
	}
	multiple, most := 0, Cell{}
	for _, c := range t.Cells {
		if c.History.Lists() > 1 {
			multiple += c.Count
			if c.Count > most.Count {
				most = c
			}
		}
	}
	if multiple < thinOverlap {
		all = append(all, Notice{TooSmall, fmt.Sprintf("only %s on two lists or more", count(multiple, "member is", "members are")), "take the estimate as a rough one"})
	}
	if len(t.Lists) > 2 && float64(most.Count) > mostFromOne*float64(multiple) {
		all = append(all, Notice{OneCell, fmt.Sprintf("%d of the %d who are on two lists or more are on %s: the estimate rests on that one cell", most.Count, multiple, names(t, most.History)), "check whether these lists draw on each other"})
	}
	return all
}

// emptyPairs are the pairs of lists that share nobody.
func emptyPairs(t Table) []string {
	var empty []string
	t.pairs(func(i, j int, both History) {
		if t.Overlap(both) == 0 {
			empty = append(empty, t.Lists[i]+" and "+t.Lists[j])
		}
	})
	return empty
}

// groups are the sets of lists that chains of overlap hold together, in words,
// the one with most members first.
func groups(t Table) []string {
	group := make([]History, len(t.Lists))
	for j := range group {
		group[j] = 1 << j
	}
	for range t.Lists {
		t.pairs(func(i, j int, both History) {
			if t.Overlap(both) > 0 {
				group[i] |= group[j]
				group[j] = group[i]
			}
		})
	}
	var words []string
	largest := -1
	seen := History(0)
	for j, g := range group {
		if seen.On(j) {
			continue
		}
		seen |= g
		members := 0
		for _, c := range t.Cells {
			if c.History&g != 0 {
				members += c.Count
			}
		}
		if members > largest {
			largest = members
			words = append([]string{names(t, g)}, words...)
		} else {
			words = append(words, names(t, g))
		}
	}
	return words
}

// names are the lists of h, in words.
func names(t Table, h History) string {
	var all []string
	for j, name := range t.Lists {
		if h.On(j) {
			all = append(all, name)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// judge adds the warnings that the table and the finished interval give rise
// to.
func (r *Result) judge(t Table) {
	i := r.Estimate
	if i == nil {
		return
	}
	if i.Low != nil && i.High == nil {
		r.warn(Notice{NoUpperBound, "the table sets no upper bound", "take the lower end as a bound"})
	}
	if i.Low != nil && i.High != nil && *i.High > widest**i.Low {
		r.warn(Notice{Wide, fmt.Sprintf("the upper end of the interval is %.1f times the lower", *i.High / *i.Low), "say both ends wherever the estimate is said"})
	}
	if bound, ok := unequal(t); ok {
		if i.High != nil && *i.High < bound {
			r.warn(Notice{Heterogeneous, fmt.Sprintf("some members seem easier to list than others, and the whole interval lies below the lower bound that allows for this (%.0f)", bound), "prefer methods that allow for it: lcmcr, coverage, chao"})
		}
	}
	r.outdone(t)
	r.warn(doubts(t)...)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
