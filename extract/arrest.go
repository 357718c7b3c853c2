package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// arrested returns whoever is arrested where only a word that the lexicon lacks
// names them, as in "the culprits were arrested" and names in small letters:
// nothing but people is arrested.
func (c *clause) arrested(k int) []int {
	v := c.items[k].v
	if v.note != "arrest" || c.lang.VerbFirst || v.plural == 0 && c.lang.NoCapitals {
		return nil
	}
	i := c.headBefore(k - 1)
	if !v.passive {
		i = k + 1
		for i < len(c.items)-1 && c.items[i].kind == plain && (c.isArticle(c.items[i].first) || c.is(i, lexicon.Det)) {
			i++
		}
		if v.gerund || v.base || i < len(c.items) && !c.small() && !c.plainNoun(c.items[i].end-1) {
			return nil
		}
	}
	if i < 0 || i >= len(c.items) || !c.nameless(i) || v.passive && c.is(k-1, lexicon.Relative) {
		return nil
	}
	it := &c.items[i]
	it.kind = group
	it.g = people{class: cairn.UnknownStatus, plural: v.passive && v.plural == 2 || c.plainNoun(it.end-1), head: "arrested"}
	return []int{i}
}

// nameless reports whether item i is a word that can name people and that the
// lexicon does not know as such.
func (c *clause) nameless(i int) bool {
	it := c.items[i]
	t := c.terms[it.first]
	known := t.node.Known() && !t.node.Has(lexicon.Title) && !(t.node.Has(lexicon.Cue) && c.afterArticle(i)) || t.figure.Has(lexicon.None)
	return it.kind == plain && t.word && t.when == 0 && !known && t.span.Len() > 2
}

// afterArticle reports whether one of the two items before i is an article, so
// that i is a noun: "the prime accused".
func (c *clause) afterArticle(i int) bool {
	for n := 0; n < 2 && i > 0; n++ {
		i--
		if c.isArticle(c.items[i].first) || c.is(i, lexicon.Det) {
			return true
		} else if c.items[i].node.Known() {
			return false
		}
	}
	return false
}

// small reports whether the sentence has no capital letter, so that names have
// none in it.
func (c *clause) small() bool {
	for i := c.s.first; i < c.s.last; i++ {
		if c.terms[i].upper {
			return false
		}
	}
	return true
}

// headBefore returns the noun that the words in front of a verb up to item i are
// of: "the culprits" in "the culprits of the raid".
func (c *clause) headBefore(i int) int {
	if c.signAt(i) == ',' {
		for p := i - 1; p > 0 && p > i-12; p-- {
			if c.signAt(p) == ',' {
				return p - 1 // "pandya, head of the guild, was arrested"
			}
		}
	}
	for n := 0; n < 3; n++ {
		p := i - 1
		for p > 0 && c.items[p].kind == plain && (c.isArticle(c.items[p].first) || c.is(p, lexicon.Det)) {
			p--
		}
		if p < 1 || c.items[p].kind != plain || !c.items[p].node.HasAny(1<<lexicon.Of|1<<lexicon.Prep) {
			break
		}
		i = p - 1
	}
	return i
}

// held returns the people whom the verb "held" at k keeps, which are right beside
// it: a meeting is held too, and a view.
func (c *clause) held(k int) ([]int, string) {
	v := c.items[k].v
	near := c.persons(k-1) || k > 0 && c.items[k-1].kind == pronoun
	switch {
	case v.passive && near:
		return c.subject(k), "passive"
	case v.passive:
		return nil, ""
	case c.persons(k+1) && c.items[k+1].kind != named && !c.is(k+2, lexicon.Of) && !(k+2 < len(c.items) && c.plays(c.items[k+2].first, lexicon.Share)):
		return c.objects(k), "active"
	case c.persons(k-1) && c.items[k-1].q != nil && (k+1 == len(c.items) || c.items[k+1].node.HasAny(1<<lexicon.Prep|1<<lexicon.By)):
		return c.coordinated(k - 1), "reduced"
	}
	return nil, ""
}

// isArrest reports whether the harm words h are of what police do, and not of
// kidnapping.
func isArrest(h item) bool {
	if h.kind == verb {
		return firstWord(h.v.note) == "arrest"
	}
	noun, _ := h.node.Sense(lexicon.HarmNoun)
	count, _ := h.node.Sense(lexicon.HarmCount)
	return note(noun.Value) == "arrest" || note(count.Value) == "arrest"
}
