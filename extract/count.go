package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// harmNoun applies "the killing of N", "N's death", "a population of N".
func (c *clause) harmNoun(k int) {
	h := c.items[k]
	sense, _ := h.node.Sense(lexicon.HarmNoun)
	harm := cairn.Harm(firstWord(sense.Value))
	if harm == cairn.Population {
		c.population(k)
		return
	}
	if isArrest(h) && c.precededBy(k, lexicon.Threat) {
		return // "demanded the arrest of"
	}
	if before := c.items[max(0, k-1)]; k > 0 && h.node.Has(lexicon.HarmCount) && (before.kind == number || before.kind == group && before.q != nil && before.g.class == cairn.Civilian) {
		c.harmCount(k)
		return
	}
	if k > 0 && harm == cairn.Killed && c.items[k-1].kind == number && c.items[k-1].q.Low == cairn.N(1) && !c.is(k+1, lexicon.Of) {
		c.add(harm, c.items[k-1], h, string(harm)+".count") // "one death"
		return
	}
	if h.node.Has(lexicon.HarmCount) && c.is(k-1, lexicon.Of) && k > 1 && c.items[k-2].kind == number {
		c.harmCount(k) // "dozens of deaths"
		return
	}
	if c.is(k+1, lexicon.Of) && (c.persons(k+2) || harm == cairn.Damaged && k+2 < len(c.items) && c.items[k+2].kind == building) {
		for _, i := range c.following(k + 2) {
			if v := c.items[i]; (v.kind == building) == (harm == cairn.Damaged) && !c.definiteMany(v) {
				c.generic(c.add(harm, v, h, string(harm)+".of"))
			}
		}
		return
	}
	if o := c.pastAdjectives(k - 1); o > 0 && c.owner(o) && c.persons(o-1) && !c.items[o-1].g.plural {
		c.add(harm, c.items[o-1], h, string(harm)+".owned")
		return
	}
}

// generic marks a claim of people in the plural whom nothing counts or singles
// out, as in "the kidnapping of journalists": it is of a practice and no event.
func (c *clause) generic(f *found) {
	if f != nil && f.claim.Figure.Op == cairn.OpPlural && !f.victims.g.definite {
		f.is(cairn.Background, cairn.Phrase{}, "people in the plural whom nothing counts or singles out: a practice and no event")
	}
}

// pastAdjectives steps over up to two words before a noun that are no items.
func (c *clause) pastAdjectives(k int) int {
	for i := 0; i < 2 && k > 0 && c.items[k].kind == plain && c.items[k].node == nil && c.signAt(k) == 0; i++ {
		k--
	}
	return k
}

// owner reports whether item k is a possessive ending.
func (c *clause) owner(k int) bool {
	s := c.signAt(k)
	return s == '\'' || s == '’'
}

// harmCount applies "12 deaths", "no casualties", "caused casualties".
func (c *clause) harmCount(k int) {
	h := c.items[k]
	sense, _ := h.node.Sense(lexicon.HarmCount)
	harm := cairn.Harm(firstWord(sense.Value))
	if v := c.items[max(k-1, 0)]; k > 0 && v.kind == verb && v.v.harm == cairn.Killed && harm == cairn.Injured && c.lang.VerbFirst && !v.v.finite {
		harm = cairn.Killed // "the death of two wounded"
	}
	if c.noneEither(k, harm, h) {
		return
	}
	if c.victimsAre(k, harm) || harm == cairn.Injured && c.diedHere(k-1) {
		return
	}
	i := k - 1
	for i >= 0 && i >= k-4 && c.items[i].kind == plain && !c.items[i].node.HasAny(stopMask&^(1<<lexicon.Or)|1<<lexicon.Cue) && c.signAt(i) == 0 {
		i--
	}
	if c.lang.FreeOrder && c.is(i, lexicon.Det) && i > 0 && c.items[i-1].kind == number {
		i-- // "eleven the dead"
	}
	if i == k-1 && c.is(i, lexicon.Of) && i > 0 && c.items[i-1].kind == number {
		i--
	}
	one := c.lang.NoCapitals && k > 0 && c.plays(c.items[k-1].first, lexicon.OneOf)
	if one {
		i = -1 // "one of the wounded"
	}
	v := h
	if not := c.uncaused(k); not >= 0 && (i < 0 || c.items[i].kind != number) {
		q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}}, not, not+1, "figure.zero")
		v.kind, v.q, v.first, v.g.class = number, &q, not, cairn.UnknownStatus
		c.add(harm, v, h, string(harm)+".nobody")
		return
	}
	switch {
	case (i < 0 || c.items[i].kind != number) && c.listed(k, harm):
		return
	case (harm == cairn.Killed || len(c.lang.Cases) > 0 && (i < 0 || c.items[i].kind != number)) && c.corpses(k) > 0:
		for _, i := range c.allCorpses(c.corpses(k)) { // "the bodies of 7 people"
			c.add(harm, c.items[i], h, string(harm)+".bodies")
		}
		return
	case c.lang.NoCapitals && c.withArticle(h.first) && c.numberBehind(k) > 0 && (k == 0 || one || c.items[k-1].kind != number):
		v = c.items[c.numberBehind(k)] // "the wounded, the ten"
	case h.node.Has(lexicon.Both):
		v.g.plural = true
	case note(sense.Value) == "one" && c.lang.FreeOrder && c.signAt(k-1) == ',' && c.persons(k-2) && c.items[k-2].q == nil:
		c.add(harm, c.items[k-2], h, string(harm)+".attribute") // "of a girl, wounded in the strike"
		return
	case note(sense.Value) == "one" && (i < 0 || c.items[i].kind != number) && !c.withArticle(h.first):
		v.g.plural = false
	case (i < 0 || c.items[i].kind != number) && c.caused(k):
		v.g.plural = true
	case i >= 0 && c.items[i].kind == number && c.items[i].q != nil:
		v.q, v.first = c.items[i].q, c.items[i].first
	case i >= 0 && c.items[i].kind == group && c.items[i].g.class == cairn.Civilian && c.items[i].q != nil:
		v.q, v.first, v.g = c.items[i].q, c.items[i].first, c.items[i].g
	case note(sense.Value) == "losses" && c.is(k-1, lexicon.Cause):
		q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpVague}, wording: "human losses"}, h.first, h.end, "figure.vague")
		v.q = &q
	case (harm == cairn.Casualties || harm == cairn.Injured) && c.is(k-1, lexicon.Cause):
		v.g.plural = true
	case harm == cairn.Casualties && (c.is(k-1, lexicon.Cue) || k > 0 && c.items[k-1].kind == verb) && !c.is(k-1, lexicon.Of):
		v.g.plural = true
	case harm == cairn.Killed && note(sense.Value) == "one" && c.opensObituary(k):
		v.g.plural = false
	default:
		return
	}
	if v.g.class = c.classBefore(k, v.g.class); v.g.class == cairn.UnknownStatus {
		v.g.class = c.classBehind(k + 1)
	}
	if c.amongFighters(k + 1) {
		v.g.class = cairn.Combatant
	}
	if harm == cairn.Population && v.g.class != cairn.DisplacedPerson {
		v.g.class = cairn.UnknownStatus
	}
	if k+1 < len(c.items) && c.items[k+1].kind == outcome {
		if s, _ := c.items[k+1].node.Sense(lexicon.Outcome); s.Value == string(cairn.Casualties) {
			harm = cairn.Casualties // "dozens of victims, dead and wounded"
		}
	}
	if harm == cairn.Killed && v.q != nil && c.untold(k) {
		harm = cairn.Casualties // "dozens of dead and wounded"
	}
	f := c.add(harm, v, h, string(harm)+".count")
	if f != nil {
		f.claim.Victims = cairn.Victims{Class: v.g.class}
	}
	if f != nil && v.q != nil && v.q.Op == cairn.OpExact && c.lang.VerbFirst {
		c.boundCount(f, h)
	}
	if f != nil && c.hypothetical(v.first) {
		c.drop(f)
	}
	if f != nil && c.is(k-1, lexicon.Cause) {
		c.reserve(f, c.causing(k-1))
	}
}

// opensObituary reports whether the sentence opens with the title of one who fell, at k,
// and a name in a script without capitals: "the martyr Omar Said, who fell today".
func (c *clause) opensObituary(k int) bool {
	if !c.lang.NoCapitals || k > 0 || !c.withArticle(c.items[k].first) || c.known() {
		return false
	}
	n := 0
	for t := c.items[k].end; t < c.s.last && c.terms[t].word && c.terms[t].node == nil && c.terms[t].when == 0; t++ {
		n++
	}
	return n >= 2
}

// diedHere reports whether a verb before item i said of the number there that they
// died: "in hospital died two of the wounded".
func (c *clause) diedHere(i int) bool {
	for _, f := range c.out {
		if i >= 0 && f.claim.Harm == cairn.Killed && f.victims.first == c.items[i].first && f.harm.kind == verb && f.harm.v.suffer {
			return true
		}
	}
	return false
}

// victimsAre applies "a mother and her four children, victims of the raid", where the
// count of harm at k only says what those before it are, and reports whether it does.
func (c *clause) victimsAre(k int, harm cairn.Harm) bool {
	if !c.lang.NoCapitals || k == 0 || c.items[k-1].kind != group || c.withArticle(c.items[k].first) || c.items[k].node.Has(lexicon.Both) {
		return false
	}
	it := c.items[k-1]
	byMeans := k+1 < len(c.items) && c.items[k+1].node.Has(lexicon.Means) && (it.q != nil || it.node.Has(lexicon.Both) || !it.g.plural) // "two children, victims of a shell"
	if !byMeans && (it.q == nil && it.g.plural || !c.is(k-2, lexicon.And)) {
		return false
	}
	for _, i := range c.coordinated(k - 1) {
		c.add(harm, c.items[i], c.items[k], string(harm)+".state")
	}
	return true
}

// uncaused returns the term by which the clause says that the harm at k was not
// caused, "did not cause any casualties"; -1 where it does not say so.
func (c *clause) uncaused(k int) int {
	caused := false
	for i := k - 1; i >= max(0, k-7); i-- {
		it := c.items[i]
		if it.kind == number || it.kind == verb || c.signAt(i) != 0 || it.node.HasAny(1<<lexicon.Relative|1<<lexicon.And|1<<lexicon.Cue|1<<lexicon.Modal|1<<lexicon.If) {
			return -1
		}
		if caused && it.kind == plain && it.node.Has(lexicon.Not) {
			return it.first
		}
		caused = caused || it.node.Has(lexicon.Cause) || it.node.Has(lexicon.Leave)
	}
	return -1
}

// causing returns under what reservation the word of cause at k stands: "may
// have caused", "did not cause".
func (c *clause) causing(k int) action {
	var a action
	for i := k - 1; i >= 0 && i >= k-4 && c.items[i].kind == plain; i-- {
		n := c.items[i].node
		switch {
		case n.Has(lexicon.Modal):
			a.possible = true
		case n.Has(lexicon.Not):
			a.negated = true
		case !n.HasAny(1<<lexicon.Have | 1<<lexicon.Adverb | 1<<lexicon.Be):
			return a
		}
	}
	return a
}

// numberBehind returns the bare number right behind item k, past an article that
// is written apart from it; 0 where there is none.
func (c *clause) numberBehind(k int) int {
	k++
	if k < len(c.items) && c.lang.Bare(c.fold(c.items[k].first)) {
		k++
	}
	if k < len(c.items) && c.items[k].kind == number {
		return k
	}
	return 0
}

// boundCount reads what bounds a count of harm behind its noun: "31 dead at
// least".
func (c *clause) boundCount(f *found, h item) {
	op, end := c.boundAfter(cairn.OpExact, h.end, c.s.last)
	if op == cairn.OpExact {
		return
	}
	q := *f.victims.q
	q.bound(op)
	span := cairn.Span{Start: q.Span.Start, End: c.terms[end-1].span.End}
	q.Words, q.Span = span.Of(c.text), &span
	f.claim.Figure, f.core = q.Figure, f.core.Cover(span)
	f.claim.Rules[1] = "figure." + string(op)
}

// corpses returns the people counted behind the count of dead at k, whose bodies
// it speaks of; 0 where there are none.
func (c *clause) corpses(k int) int {
	if !c.lang.VerbFirst || !c.lang.NoCapitals && c.is(k+1, lexicon.Of) {
		if !c.is(k+1, lexicon.Of) || k > 0 && c.items[k-1].kind == number {
			return 0
		}
		k++
	}
	if sign := c.signAt(k + 1); c.lang.FreeOrder && (sign == '—' || sign == '–') {
		k++ // "of dead, thousands"
	}
	if c.persons(k+1) && (c.items[k+1].q != nil || c.items[k+1].node.Has(lexicon.Both) || !c.lang.VerbFirst && c.items[k+1].kind == group && !c.items[k+1].g.plural && (c.isArticle(c.items[k+1].first) || c.items[k+1].g.definite && len(c.following(k+1)) > 1) || c.lang.VerbFirst && c.lang.NoCapitals && !c.items[k+1].g.plural && (k == 0 || c.items[k-1].kind != number)) {
		return k + 1
	}
	return 0
}

// untold reports whether the count of dead at k is joined to one of wounded that
// has no figure of its own.
func (c *clause) untold(k int) bool {
	if !c.is(k+1, lexicon.And) || k+2 >= len(c.items) || c.items[k+2].kind != harmCount {
		return false
	}
	s, _ := c.items[k+2].node.Sense(lexicon.HarmCount)
	return firstWord(s.Value) == string(cairn.Injured) && note(s.Value) != "one" && !c.items[k+2].node.Has(lexicon.Both)
}

// caused reports whether the count of harm at k is what something left behind,
// so that its plural is a claim: "left dead and wounded", said in a language that
// counts both, or opens a sentence.
func (c *clause) caused(k int) bool {
	if k == 0 || c.is(k-1, lexicon.Leave) {
		return c.lang.VerbFirst && !c.withArticle(c.items[k].first) && !(k == 0 && c.lang.FreeOrder)
	}
	if c.lang.VerbFirst && c.is(k-1, lexicon.And) && c.signAt(k-2) == ',' && !c.withArticle(c.items[k].first) {
		return true // "no martyrs in the shelling, and slight wounds"
	}
	return c.is(k-1, lexicon.And) && k > 1 && c.items[k-2].kind == harmCount && c.caused(k-2)
}

// withArticle reports whether the word of term i has its article joined to it.
func (r *reading) withArticle(i int) bool {
	for _, article := range r.lang.Articles {
		if strings.HasPrefix(r.terms[i].span.Of(r.text), article) {
			return true
		}
	}
	return false
}

// classBefore returns the class that a word before a count of harm states, as
// in "12 civilian deaths".
func (c *clause) classBefore(k int, class cairn.Class) cairn.Class {
	for i := k - 1; i >= max(0, k-3) && !(c.is(i, lexicon.Cue) && c.items[i].kind == plain); i-- {
		if c.lang.VerbFirst && (c.is(i, lexicon.And) || c.signAt(i) == ',' || c.items[i].kind == number && len(c.lang.Cases) == 0) {
			break
		}
		if class := c.classWord(c.items[i].first); class != "" {
			return class
		}
		if c.plays(c.items[i].first, lexicon.Fighters) {
			return cairn.Combatant
		}
		if n := c.items[i].node; n.HasAny(nounMask) {
			for _, kind := range [...]lexicon.Kind{lexicon.Person, lexicon.People} {
				if s, ok := n.Sense(kind); ok {
					found, _ := classOf(s.Value)
					return found
				}
			}
		}
	}
	if class == "" {
		return cairn.UnknownStatus
	}
	return class
}

// classBehind returns the class of the people whom a count of harm is of: "dead
// civilians" in a language that puts the count first, "12 dead of the civilians".
func (c *clause) classBehind(k int) cairn.Class {
	if c.is(k, lexicon.Of) {
		k++
	} else if !c.lang.VerbFirst && !c.placing(k, "among") {
		return cairn.UnknownStatus
	}
	if c.is(k, lexicon.Prep) && c.placing(k, "among") {
		k++
	}
	if k < len(c.items) && c.items[k].kind == group && c.items[k].q == nil && c.items[k].g.plural {
		return c.items[k].g.class
	}
	return cairn.UnknownStatus
}

// placing reports whether item k is a preposition of the given value.
func (c *clause) placing(k int, value string) bool {
	if k < 0 || k >= len(c.items) {
		return false
	}
	s, ok := c.items[k].node.Sense(lexicon.Prep)
	return ok && s.Value == value
}

// amongFighters reports whether what stands behind a count of harm says that
// fighters suffered it: "casualties among the troops", "inflicted on the army".
func (c *clause) amongFighters(k int) bool {
	for i := k; i < min(k+6, len(c.items)); i++ {
		it := c.items[i]
		if it.kind == group {
			return it.g.class == cairn.Combatant
		}
		if it.node.Has(lexicon.By) {
			return false
		}
		if c.plays(it.first, lexicon.Fighters) || it.node.Has(lexicon.Army) && i > k && (c.is(i-1, lexicon.Of) || c.placing(i-1, "among")) {
			return true
		}
		if it.kind != plain || c.signAt(i) != 0 {
			return false
		}
	}
	return false
}

func foldedOf(r *reading, term int) string { return lexicon.Fold(r.terms[term].span.Of(r.text)) }

// hypothetical reports whether the sentence up to term speaks of what may come.
func (c *clause) hypothetical(term int) bool {
	for i := max(c.s.first, term-4); i < term; i++ {
		if c.terms[i].node.Has(lexicon.Will) {
			return true
		}
	}
	return false
}

func (c *clause) drop(f *found) {
	for i, o := range c.out {
		if o == f {
			c.out = append(c.out[:i], c.out[i+1:]...)
			return
		}
	}
}

// allCorpses returns the people at k and whoever is joined to them, also where a
// verb follows that says of the bodies that they were found.
func (c *clause) allCorpses(k int) []int {
	all := c.following(k)
	last := all[len(all)-1]
	if c.is(last+1, lexicon.And) && c.items[last+1].kind == plain && c.persons(last+2) && c.is(last+3, lexicon.Be) && c.items[last+3].kind == plain {
		all = append(all, last+2)
	}
	return all
}
