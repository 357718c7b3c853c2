package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// merged returns the claims with those that the document says twice made one:
// the first keeps the words, the others become its other spans.
func (r *reading) merged() []*found {
	type fact struct {
		harm      cairn.Harm
		op        cairn.Op
		low, high cairn.Bound
		unit      string
	}
	into, alike := map[*found]*found{}, map[fact][]*found{}
	var out []*found
	for _, f := range r.found {
		key := fact{f.claim.Harm, f.claim.Figure.Op, f.claim.Figure.Low, f.claim.Figure.High, f.claim.Figure.Unit}
		same := slices.IndexFunc(alike[key], func(o *found) bool { return r.sameFact(o, f) })
		if same < 0 {
			out = append(out, f)
			if len(alike[key]) < mostAlike {
				alike[key] = append(alike[key], f)
			}
			continue
		}
		o := alike[key][same]
		o.claim.Also = append(o.claim.Also, f.core)
		complete(&o.claim, f.claim)
		into[f] = o
	}
	for _, f := range out {
		for f.whole != nil && into[f.whole] != nil {
			f.whole = into[f.whole]
		}
		if f.whole == f {
			f.whole = nil
		}
	}
	return out
}

// mostAlike bounds how many claims of one figure are compared: a report has
// few, and what has more is a table.
const mostAlike = 200

// sameFact reports whether two claims of one document, of one harm and figure,
// state one fact.
func (r *reading) sameFact(a, b *found) bool {
	x, y := a.claim, b.claim
	if (a.whole == nil) != (b.whole == nil) || !equalScope(x, y) || !sameWhen(x.When, y.When) || !a.farPlace && !b.farPlace && !sameWhere(x.Where, y.Where) {
		return false
	}
	if a.sentence == b.sentence && b.refers != a {
		return false
	}
	if x.Figure.Op == cairn.OpExact && x.Figure.High == cairn.N(1) {
		return r.samePerson(a, b)
	}
	return sameClass(x.Victims.Class, y.Victims.Class)
}

func equalScope(x, y cairn.Claim) bool {
	for _, s := range []cairn.Scope{cairn.Cumulative, cairn.Historical, cairn.Conditional, cairn.ScopeDenied, cairn.Addition, cairn.ScopePossible} {
		if x.Is(s) != y.Is(s) {
			return false
		}
	}
	return true
}

func sameClass(a, b cairn.Class) bool {
	return a == b || a == cairn.UnknownStatus || b == cairn.UnknownStatus
}

// sameWhen reports whether no day that is stated parts two claims.
func sameWhen(a, b *cairn.When) bool {
	if a == nil || b == nil || a.Span == nil || b.Span == nil {
		return true
	}
	return a.Period.Meets(b.Period, 1)
}

func sameWhere(a, b *cairn.Where) bool {
	if a == nil || b == nil || a.Span == nil || b.Span == nil || a.ID == "" || b.ID == "" {
		return true
	}
	return a.ID == b.ID || slices.Contains(a.Within, b.ID) || slices.Contains(b.Within, a.ID) || a.Accuracy == cairn.Admin1 || b.Accuracy == cairn.Admin1
}

// samePerson reports whether two claims of one person each are about the same
// one: by name, by what was referred to, or by the words and the age.
func (r *reading) samePerson(a, b *found) bool {
	if b.refers == a {
		return true
	}
	if b.refers != nil && b.refers.refers == a {
		return true
	}
	x, y := a.claim.Victims, b.claim.Victims
	if contrary(x.Sex, y.Sex) || x.Age != nil && y.Age != nil && *x.Age != *y.Age {
		return false
	}
	if len(x.Names) > 0 && len(y.Names) > 0 {
		r.speak(a.claim.Span.Start)
		return r.oneName(x.Names[0], y.Names[0])
	}
	if x.Age != nil && y.Age != nil {
		return len(x.Names) == 0 || len(y.Names) == 0
	}
	return len(x.Names) == 0 && len(y.Names) == 0 && a.victims.g.head == b.victims.g.head && a.victims.g.head != ""
}

// oneName reports whether two names may be one person's: every word of one stands
// in the other, or both begin and end alike. Initials and titles are no words of a
// name; what two brothers share, or a mother and a father called after one son, is
// not enough.
func (r *reading) oneName(a, b string) bool {
	x, y := r.ownWords(a), r.ownWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return false
	}
	other := func(w string) bool { return !slices.Contains(y, w) }
	return !slices.ContainsFunc(x, other) || len(x) > 1 && x[0] == y[0] && x[len(x)-1] == y[len(y)-1]
}

// ownWords returns the words of a name, folded, without titles and initials.
func (r *reading) ownWords(name string) []string {
	var own []string
	for _, w := range strings.Fields(name) {
		w = lexicon.Fold(strings.Trim(w, ",.\"“”'’()"))
		if len(w) > 2 && !r.lang.Spelled(r.lang.Root, []byte(w)).HasAny(1<<lexicon.Title) {
			own = append(own, w)
		}
	}
	return own
}

// complete fills in what the first telling of a fact left out.
func complete(c *cairn.Claim, more cairn.Claim) {
	v, m := &c.Victims, more.Victims
	if v.Class == cairn.UnknownStatus || v.Class == "" {
		v.Class = m.Class
	}
	if v.Age == nil {
		v.Age = m.Age
	}
	if v.Sex == "" {
		v.Sex = m.Sex
	}
	if len(v.Names) == 0 || len(m.Names) > 0 && len(m.Names[0]) > len(v.Names[0]) {
		if len(m.Names) > 0 {
			v.Names = m.Names
		}
	}
	if len(c.Says) == 0 {
		c.Says = more.Says
	}
	if len(c.By) == 0 {
		c.By = more.By
	}
	if c.Where == nil || c.Where.Span == nil && more.Where != nil && more.Where.Span != nil {
		c.Where = more.Where
		reground(c, "where", more)
	}
	if c.When == nil || c.When.Span == nil && more.When != nil && more.When.Span != nil {
		c.When = more.When
		reground(c, "when", more)
	}
	if c.Means == nil || c.Means.Span == nil && more.Means != nil && more.Means.Span != nil {
		c.Means = more.Means
		reground(c, "means", more)
	}
}

// reground gives c the ground of another claim for what it has from there.
func reground(c *cairn.Claim, what string, from cairn.Claim) {
	c.Grounds = slices.DeleteFunc(slices.Clone(c.Grounds), func(g cairn.Ground) bool { return g.For == what })
	if g, ok := from.Ground(what); ok {
		c.Grounds = append(c.Grounds, g)
	}
}

// numbered puts claims in the order of the text, numbers them from 1, links
// parts to wholes by number and bounds each under the policy.
func (r *reading) numbered(all []*found) []cairn.Claim {
	sort.SliceStable(all, func(i, j int) bool { return all[i].core.Start < all[j].core.Start })
	number := map[*found]int{}
	for i, f := range all {
		number[f] = i + 1
	}
	out := make([]cairn.Claim, 0, len(all))
	for i, f := range all {
		c := f.claim
		c.N, c.Span, c.Policy = i+1, f.core, r.pack.Policy.ID()
		c.Page, _ = r.doc.Page(c.Span.Start)
		if cell, ok := r.doc.CellAt(c.Span); ok {
			c.Table, c.Row, c.Column = cell.Table, cell.Row, cell.Column
		}
		c.SubsetOf = number[f.whole]
		if f.whole != nil && c.SubsetOf == 0 {
			c.Scope = slices.DeleteFunc(slices.Clone(c.Scope), func(s cairn.Scope) bool { return s == cairn.Subset })
		}
		c.Range, c.Rules = r.bounded(c)
		out = append(out, c)
	}
	return out
}

// bounded returns what the policy makes of a claim, and its rules with the
// wording under which a vague figure was looked up.
func (r *reading) bounded(c cairn.Claim) (cairn.Range, []string) {
	wording := ""
	if len(c.Rules) > 2 {
		wording = c.Rules[2]
	}
	bound, _ := r.pack.Policy.Range(c.Harm, c.Figure, wording)
	return bound, c.Rules
}
