package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// parts links what is said of some of the victims to the claim of them all:
// "including three children", "two of them women", "among them a nurse". A part
// is never added to its whole.
func (c *clause) parts() {
	for _, f := range c.out[:len(c.out):len(c.out)] {
		if f.whole != nil || f.claim.Figure.Unit == cairn.Percent && f.claim.Harm != cairn.Damaged || f.claim.Figure.Op == cairn.OpExact && f.claim.Figure.High == cairn.N(1) {
			continue
		}
		for k := range c.items {
			if c.items[k].first >= f.victims.end {
				c.apposedParts(f, k)
				c.partsAfter(f, k)
				c.someOf(f, k-1)
				break
			}
		}
	}
	c.ofThem()
}

// partsAfter reads the parts of f from item k on.
func (c *clause) partsAfter(f *found, k int) {
	end := min(len(c.items), k+14)
	for i := k; i < end; i++ {
		it := c.items[i]
		switch {
		case i > k && c.otherHarm(f, it):
			return
		case c.including(i) && i > k && c.shareOf(i-1):
			return
		case c.lang.VerbFirst && it.kind == verb && it.v.harm != f.claim.Harm && i+1 < end && c.including(i+1):
			return // "of whom three died"
		case c.including(i):
			start := i + 1
			for start < end && (c.signAt(start) == ',' || c.is(start, lexicon.Adverb) || c.items[start].kind == pronoun) {
				start++
			}
			if !c.persons(start) && !(start < end && c.items[start].kind == building) {
				return
			}
			if start+2 < end && c.items[start].kind == number && c.is(start+1, lexicon.Be) && c.items[start+2].kind == group && c.items[start+2].q == nil {
				v := c.items[start+2] // "of whom 11 were children"
				v.q, v.first = c.items[start].q, c.items[start].first
				c.partOf(f, v)
				for _, j := range c.following(start + 2)[1:] {
					c.part(f, j)
				}
				return
			}
			for _, j := range c.following(start) {
				c.part(f, j)
			}
			return
		case it.kind == number && it.g.partitive && (i > k || c.lang.NoCapitals):
			next := i + 1
			if f.claim.Harm == cairn.Injured && c.hurtHow(i, next) {
				c.partOf(f, it) // "three of them seriously"
				return
			}
			for c.is(next, lexicon.Be) || c.is(next, lexicon.Adverb) {
				next++
			}
			if next < len(c.items) && c.items[next].kind == group {
				v := c.items[next]
				v.q, v.first = it.q, it.first
				c.partOf(f, v)
			}
			return
		case it.kind == plain && (c.signAt(i) == '.' || c.signAt(i) == ';' || it.node.HasAny(1<<lexicon.Cue)):
			return
		}
	}
}

// someOf reads of whom those are who are counted out of f, whose people are item
// k: "three of the eight dead were civilians", "of the 40 wounded, eight are
// children".
func (c *clause) someOf(f *found, k int) {
	if k < 1 || !c.is(k-1, lexicon.Of) || c.items[k].first != f.victims.first {
		return
	}
	some := k - 2
	be := k + 1
	if some < 0 || c.items[some].kind == plain && k-1 <= 1 {
		for some = k + 1; some < min(k+4, len(c.items)) && c.signAt(some) != ','; some++ {
		}
		some++
		be = some + 1
	}
	if some < 0 || some >= len(c.items) || c.items[some].kind != number || c.items[some].q == nil || !fewer(c.items[some].q, f.victims.q) {
		return
	}
	for _, o := range c.out {
		if o.victims.first == c.items[some].first {
			if o.claim.Harm == f.claim.Harm && o.whole == nil && o != f {
				c.within(o, f)
			}
			return
		}
	}
	for be < min(k+6, len(c.items)) && !c.is(be, lexicon.Be) && (c.items[be].kind == verb || c.items[be].kind == outcome || c.items[be].kind == harmCount) {
		be++
	}
	if !c.is(be, lexicon.Be) || be+1 >= len(c.items) || c.items[be+1].kind != group || c.items[be+1].q != nil {
		return
	}
	v := c.items[be+1]
	v.q, v.first = c.items[some].q, c.items[some].first
	c.partOf(f, v)
}

// fewer reports whether one figure is known to be less than another.
func fewer(a, b *quantity) bool {
	return a != nil && b != nil && a.Low.Known && b.High.Known && a.Low.N < b.High.N
}

// hurtHow reports whether item k, behind the number at n, says how badly those are
// hurt, and no noun for them follows.
func (c *clause) hurtHow(n, k int) bool {
	for ; k < len(c.items) && k <= n+2 && c.items[k].kind == plain && c.signAt(k) == 0; k++ {
		if c.plays(c.items[k].first, lexicon.Severe) {
			return k+1 == len(c.items) || c.items[k+1].kind == plain && (c.signAt(k+1) != 0 || c.is(k+1, lexicon.And) || c.is(k+1, lexicon.Cue))
		}
	}
	return false
}

// shareOf reports whether item i is a share or an unknown number of whom the words
// behind it stand for, "two thirds of them", which is no figure.
func (c *clause) shareOf(i int) bool {
	n := c.terms[c.items[i].end-1].figure
	return c.items[i].kind == plain && (n.Has(lexicon.Fraction) || n.Has(lexicon.Ordinal) || n.Has(lexicon.Vague))
}

// otherHarm reports whether item it is who suffered another harm than f tells of,
// of whom rather than of those before a part that follows is.
func (c *clause) otherHarm(f *found, it item) bool {
	for _, o := range c.out {
		if o != f && o.whole == nil && o.claim.Harm != f.claim.Harm && o.victims.first == it.first {
			return true
		}
	}
	return false
}

// including reports whether item i opens a part: "including", "among them".
func (c *clause) including(i int) bool {
	if c.items[i].kind != plain {
		return false
	}
	s, _ := c.items[i].node.Sense(lexicon.Prep)
	return s.Value == "including"
}

// partsBefore reads the parts of a claim of an earlier sentence, where this one
// says of whom they are: "Among the wounded are two women", "Among them is a
// nurse", "Two women are among the dead".
func (c *clause) partsBefore() {
	for k := range c.items {
		harm := c.partsOf(k)
		if harm == "" {
			continue
		}
		if c.is(k-1, lexicon.Be) && c.persons(k-2) && c.items[k-2].kind != pronoun {
			for _, j := range c.coordinated(k - 2) {
				c.partOfBefore(harm, c.items[j], c.items[k])
			}
			return
		}
		start := c.pastInsertion(k + 1)
		for i := start; i < min(start+6, len(c.items)) && c.signAt(i) != ',' && !c.items[i].node.HasAny(1<<lexicon.According|1<<lexicon.Cue); i++ {
			if !c.persons(i) || c.items[i].kind == pronoun {
				continue
			}
			for _, j := range c.following(i) {
				c.partOfBefore(harm, c.items[j], c.items[k])
			}
			return
		}
	}
}

// pastInsertion steps over what stands between two commas at item k, "among the
// dead, a nurse said, were".
func (c *clause) pastInsertion(k int) int {
	if c.signAt(k) != ',' {
		return k
	}
	for i := k + 1; i < min(k+8, len(c.items)); i++ {
		if c.signAt(i) == ',' {
			return i + 1
		}
	}
	return len(c.items)
}

// partsOf returns what those suffered of whom item k says that others are a part;
// "" where it says nothing of the kind.
func (c *clause) partsOf(k int) cairn.Harm {
	if of, ok := c.items[k].node.Sense(lexicon.HarmCount); ok {
		if p, _ := c.items[k].node.Sense(lexicon.Prep); p.Value == "including" {
			return cairn.Harm(firstWord(of.Value))
		}
		return ""
	}
	if !c.including(k) {
		return ""
	}
	opens := k == 0 || k == 1 && c.is(0, lexicon.And)
	if !opens || len(c.out) > 0 || len(c.found) == 0 {
		return ""
	}
	if last := c.found[len(c.found)-1]; last.whole == nil && last.sentence == c.index-1 {
		return last.claim.Harm
	}
	return ""
}

// partOfBefore records v as a part of the last claim of a harm to several.
func (c *clause) partOfBefore(harm cairn.Harm, v, h item) {
	if v.kind == named && v.g.weak {
		return
	}
	f := c.add(harm, v, h, string(harm)+".among")
	for i := len(c.found) - 1; f != nil && f.whole == nil && i >= 0; i-- {
		if w := c.found[i]; w.claim.Harm == harm && w.whole == nil && w.claim.Figure.High != cairn.N(1) {
			c.within(f, w)
		}
	}
}

func (c *clause) part(f *found, j int) {
	if v := c.items[j]; v.kind == building && f.claim.Harm == cairn.Damaged || v.kind == group || v.kind == number || v.kind == named && !v.g.weak {
		c.partOf(f, v)
	}
}

// partOf records v as a part of f, where it is not recorded in its own right.
func (c *clause) partOf(f *found, v item) {
	for _, o := range c.out {
		if o != f && o.victims.first == v.first {
			fatal := f.claim.Harm == cairn.Injured && o.claim.Harm == cairn.Killed
			if (o.claim.Harm == f.claim.Harm || fatal) && o.whole == nil && o.victims.first > f.victims.first {
				c.within(o, f)
			}
			return
		}
	}
	if v.g.addition {
		return
	}
	if p := c.add(f.claim.Harm, v, f.harm, string(f.claim.Harm)+".part"); p != nil && p != f {
		p.core = c.spanOf(v)
		c.within(p, f)
		for _, s := range reservations(f.claim.Scope) {
			p.is(s, cairn.Phrase{}, "as the whole that it is a part of")
		}
	}
}

func (c *clause) within(part, whole *found) {
	part.whole = whole
	part.claim.Scope = append(part.claim.Scope, cairn.Subset)
}

// reservations returns the scopes that a part has from its whole.
func reservations(scope []cairn.Scope) []cairn.Scope {
	var out []cairn.Scope
	for _, s := range scope {
		if s != cairn.Addition && s != cairn.Subset {
			out = append(out, s)
		}
	}
	return out
}

// ofThem links a count of some of the people spoken of in the claim before: "two
// of them died", "three of the wounded".
func (c *clause) ofThem() {
	for n, f := range c.out {
		if f.whole != nil || !f.victims.g.partitive {
			continue
		}
		if w := c.wholeBefore(f, c.out[:n]); w != nil {
			if !c.ofOtherSide(f, w) {
				c.within(f, w)
			}
			continue
		}
		for i := len(c.found) - 1; i >= 0 && c.index-c.found[i].sentence <= 3; i-- {
			w := c.found[i]
			many := !(w.claim.Figure.Op == cairn.OpExact && w.claim.Figure.High == cairn.N(1))
			if part, whole := f.claim.Figure.Low, w.claim.Figure.High; part.Known && whole.Known && part.N >= whole.N {
				break
			}
			if w.whole == nil && many && w.claim.Victims.Class != cairn.Buildings && !c.ofOtherSide(f, w) {
				if f.claim.Victims.Class == cairn.UnknownStatus {
					f.claim.Victims.Class = w.claim.Victims.Class
				}
				c.within(f, w)
				break
			}
		}
	}
}

// ofOtherSide reports whether f counts some of the fighters and w people of whom they
// are none: "two policemen and one of the attackers".
func (c *clause) ofOtherSide(f, w *found) bool {
	return f.victims.kind == group && f.claim.Victims.Class == cairn.Combatant && w.claim.Victims.Class != cairn.Combatant
}

// wholeBefore returns the claim of the same harm right before f of whom those of f
// are some, "nine were wounded, three of them are in danger"; nil where there is
// none.
func (c *clause) wholeBefore(f *found, before []*found) *found {
	if len(before) == 0 {
		return nil
	}
	w := before[len(before)-1]
	part, whole := f.claim.Figure.Low, w.claim.Figure.High
	if w.claim.Harm != f.claim.Harm || w.whole != nil || w.victims.end > f.victims.first || !part.Known || !whole.Known || part.N >= whole.N {
		return nil
	}
	return w
}

// additions keeps the mark of an addition only where the same harm was claimed
// before: "killed one and wounded three others" adds nothing to anybody.
func (c *clause) additions() {
	for i, f := range c.out {
		if !f.claim.Is(cairn.Addition) {
			continue
		}
		same, other := false, false
		for _, o := range c.out[:i] {
			same = same || o.claim.Harm == f.claim.Harm
			other = other || o.claim.Harm != f.claim.Harm
		}
		reach := 4
		contrast := c.contrasts(f.victims)
		if contrast {
			reach = 1
		}
		for k := len(c.found) - 1; !other && k >= 0 && c.index-c.found[k].sentence <= reach; k-- {
			same = same || c.found[k].claim.Harm == f.claim.Harm
		}
		if w := c.largerBefore(f.victims); same && contrast && f.victims.g.definite && f.whole == nil && w != nil && w.claim.Harm == f.claim.Harm {
			c.within(f, w) // "the bodies of the other three"
		}
		if !same || contrast && f.victims.g.definite {
			f.claim.Scope = slices.DeleteFunc(f.claim.Scope, func(s cairn.Scope) bool { return s == cairn.Addition })
		}
	}
}

// contrasts reports whether v are set against whoever was spoken of last, as "the
// other two" and "three others" are, and need not come on top of a figure.
func (c *clause) contrasts(v item) bool {
	for t := v.first; t < v.end; t++ {
		if c.plays(t, lexicon.Others) {
			return true
		}
	}
	return false
}

// apposedParts links the groups that say over again, one kind of people at a
// time, whom the figure before them counts: "three people, a man and two
// women".
func (c *clause) apposedParts(f *found, k int) {
	if c.signAt(k) != ',' && c.signAt(k) != ':' && c.signAt(k) != '—' || !c.persons(k+1) || f.claim.Figure.Op != cairn.OpExact {
		return
	}
	groups, sum := c.following(k+1), 0
	for _, j := range groups {
		v := c.items[j]
		switch {
		case v.g.possessive && f.victims.node.Has(lexicon.Both):
			return // "a couple, their daughter and a neighbour"
		case v.q != nil && v.q.Op == cairn.OpExact:
			sum += v.q.Low.N
		case v.node.Has(lexicon.Both):
			both, _ := v.node.Sense(lexicon.Both)
			sum += both.N
		case !v.g.plural:
			sum++
		}
	}
	if len(groups) > 1 && sum == f.claim.Figure.Low.N {
		for _, j := range groups {
			c.part(f, j)
		}
	}
}
