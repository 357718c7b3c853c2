package linkage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Plan is how candidates are sought: by rules, each of which takes together
// the records that share a key, or all pairs where they are few.
type Plan struct {
	Records int
	All     bool   // every pair is a candidate
	Rules   []Rule // otherwise
	Bound   int64  // the most pairs that the rules together may make
}

// A Rule is one way to find candidates.
type Rule struct {
	Keys    []string // what candidates share
	Pairs   int64    // how many it makes, counted before any is compared
	Largest int      // the largest block of records that is taken together; larger ones are left to finer rules
	Left    int64    // the pairs of the blocks that are left
}

// String is the rule as one line.
func (r Rule) String() string {
	s := fmt.Sprintf("%s: %d pairs", strings.Join(r.Keys, " + "), r.Pairs)
	if r.Left > 0 {
		s += fmt.Sprintf(" (%d in blocks of more than %d left out)", r.Left, r.Largest)
	}
	return s
}

// String is the plan, a line a rule.
func (p Plan) String() string {
	if p.All {
		return fmt.Sprintf("all pairs of %d records\n", p.Records)
	}
	var b strings.Builder
	for _, r := range p.Rules {
		fmt.Fprintln(&b, r)
	}
	return b.String()
}

// fewRecords is how many records are compared each with each.
const fewRecords = 2000

// bound is how many pairs n records may make.
func bound(n int) int64 { return 3_000_000 + 17*int64(n) }

// A plan is a Plan with the keys that its rules give to records.
type plan struct {
	Plan
	rules []ruleKeys
}

// A key of an aspect of a feature, to be put together with others.
type sought struct{ feature, aspect int }

// ruleKeys is the keys of every record under one rule. A record has several
// where a name has; 0 is none, also where its block is too large.
type ruleKeys struct {
	width int
	keys  []uint32 // width for each record
}

func (k *ruleKeys) of(r int) []uint32 { return k.keys[r*k.width : (r+1)*k.width] }

// shares reports whether the rule makes a pair of a and b.
func (k *ruleKeys) shares(a, b int) bool {
	for _, x := range k.of(a) {
		if x != 0 && slices.Contains(k.of(b), x) {
			return true
		}
	}
	return false
}

// leastRules is how many rules there may be however many records: each costs room
// for a key or two of every record.
const leastRules = 14

// planOf plans how the records of t are compared: it counts the pairs of each
// way to block before one is made, and keeps the ways that are within bounds:
// by one field where that makes few, otherwise one way for each two fields, each
// as wide as lets all of them in, and then further ways by other keys of the same
// fields while there is room.
func planOf(t *table, workers int) *plan {
	n := t.len()
	p := &plan{Plan: Plan{Records: n, Bound: bound(n)}}
	if n <= fewRecords {
		p.All = true
		return p
	}
	c := newCounter(t, workers)
	ways := c.ways()
	most := max(leastRules, min(64, 24_000_000/n))
	for share := int64(4); ; share += 1 + share/4 {
		kept, fit := choose(ways, p.Bound/share, p.Bound, most)
		if !fit && share < 400 {
			continue
		}
		kept = c.further(ways, kept, p.Bound/share, p.Bound, most)
		p.rules = make([]ruleKeys, len(kept))
		together(workers, len(kept), func(i int) { p.rules[i] = c.keys(kept[i]) })
		for _, w := range kept {
			p.Rules = append(p.Rules, w.rule)
		}
		return p
	}
}

// choose is the ways whose pairs are each within each, cut to size where they
// are not, fewest pairs first, and whether all that were wanted are within the
// bounds together. Of more than may be, those that make most are kept.
func choose(ways []*way, each, bound int64, mostRules int) (kept []counted, fit bool) {
	single := map[sought]bool{}
	best := map[[2]int]counted{}
	for _, w := range ways {
		cut := w.within(each)
		if len(w.by) == 1 {
			if cut.rule.Left == 0 {
				single[w.by[0]] = true
				kept = append(kept, cut)
			}
			continue
		}
		if single[w.by[0]] || single[w.by[1]] {
			continue
		}
		two := [2]int{w.by[0].feature, w.by[1].feature}
		if known, ok := best[two]; !ok || better(cut, known) {
			best[two] = cut
		}
	}
	for _, w := range best {
		kept = append(kept, w)
	}
	kept = keep(kept, func(w counted) bool { return w.rule.Pairs > 0 })
	slices.SortFunc(kept, fewest)
	kept = kept[max(0, len(kept)-mostRules):]
	total := int64(0)
	for i, w := range kept {
		if total += w.rule.Pairs; total > bound {
			return kept[:i], false
		}
	}
	return kept, true
}

func fewest(a, b counted) int {
	return cmp.Or(cmp.Compare(a.rule.Pairs, b.rule.Pairs), slices.Compare(a.rule.Keys, b.rule.Keys))
}

// better reports whether a leaves fewer pairs out than b, or makes more.
func better(a, b counted) bool {
	return cmp.Or(-cmp.Compare(a.rule.Left, b.rule.Left), cmp.Compare(a.rule.Pairs, b.rule.Pairs)) > 0
}

// further adds ways by other keys of fields that rules use already, such as year and
// day beside year and month, which a slip in one of them leaves whole: those that
// leave fewest pairs out first, while they are within the bounds.
func (c *counter) further(ways []*way, kept []counted, each, bound int64, mostRules int) []counted {
	left := bound
	for _, k := range kept {
		left -= k.rule.Pairs
	}
	var more []counted
	for _, w := range ways {
		if cut := w.within(each); len(w.by) == 2 && cut.rule.Pairs > 0 {
			more = append(more, cut)
		}
	}
	slices.SortFunc(more, func(a, b counted) int { return cmp.Or(cmp.Compare(a.rule.Left, b.rule.Left), fewest(b, a)) })
	for _, w := range more {
		if len(kept) < mostRules && w.rule.Pairs <= left && !slices.ContainsFunc(kept, func(k counted) bool { return c.implies(k, w) || c.same(k, w) }) {
			kept, left = append(kept, w), left-w.rule.Pairs
		}
	}
	slices.SortFunc(kept, fewest)
	return kept
}

// same reports whether k and w make the same pairs, as beginnings of names do that
// are no longer than that.
func (c *counter) same(k, w counted) bool {
	return k.rule.Pairs == w.rule.Pairs && k.rule.Left == w.rule.Left && c.implies(w, k)
}

// implies reports whether nearly every pair that w makes is one that k makes: of the
// fields that k uses w uses the same keys, or finer ones of which k's are a part.
func (c *counter) implies(k, w counted) bool {
	for _, x := range k.by {
		if !slices.ContainsFunc(w.by, func(y sought) bool {
			return x == y || x.feature == y.feature && c.features[x.feature].aspects[x.aspect].fine <= 1 || x.feature == y.feature && y.aspect == 0
		}) {
			return false
		}
	}
	return true
}
