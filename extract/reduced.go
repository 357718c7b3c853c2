package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// agedBefore returns the one person whose age stands between commas before the
// participle at k, "Yusuf, 12, killed by a shell"; -1 where there is none.
func (c *clause) agedBefore(k int) int {
	if k < 3 || c.signAt(k-1) != ',' || c.signAt(k-2) != ',' || !c.is(k+1, lexicon.By) && !c.is(k+1, lexicon.Prep) {
		return -1
	}
	if it := c.items[k-3]; it.g.age != nil && !it.g.plural && (it.kind == named || it.kind == group) {
		return k - 3
	}
	return -1
}

// mournedBefore returns the person with a full name whom the participle at k tells more
// of behind a comma, at the head of a line: "Nadim Sarmo, killed today in the
// shelling"; -1 where there is none.
func (c *clause) mournedBefore(k int) int {
	if k < 2 || c.signAt(k-1) != ',' || k+1 >= len(c.items) || c.items[k+1].kind != plain {
		return -1
	}
	it, next := c.items[k-2], c.items[k+1]
	full := it.kind == named && it.end-it.first > 1 || it.kind == group && it.g.name != ""
	if !full || it.g.plural || it.q != nil || !(next.node.HasAny(1<<lexicon.By|1<<lexicon.Prep|1<<lexicon.Adverb) || c.terms[next.first].when > 0) {
		return -1
	}
	for i := k + 1; i < len(c.items); i++ {
		if c.signAt(i) == ',' || c.items[i].kind == verb || c.items[i].node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Cue) {
			return -1 // the sentence goes on about him
		}
	}
	return k - 2
}

// hometown returns the counted people whom the name or family at k only says
// something of, as in "14 people from Mayada killed", "four members of one family
// (a mother and three children) killed"; -1 where there are none.
func (c *clause) hometown(k int) int {
	k = c.outOfBrackets(k)
	if k < 2 || c.items[k].kind != named && !c.items[k].g.collective || c.items[k].q != nil && c.items[k].q.Low != cairn.N(1) || c.items[k-1].kind != plain || !c.items[k-1].node.HasAny(1<<lexicon.Prep|1<<lexicon.Of) {
		return -1
	}
	if head := k - 2; c.items[head].kind == group && c.items[head].q != nil {
		return head
	}
	return -1
}

// counted reports whether item k is a number of an unknown noun right beside a
// verb that is done to people, so that it counts people too: "twelve Yazidis were
// killed", "arrested 63 picketers".
func (c *clause) counted(k int) bool {
	return k >= 0 && k < len(c.items) && c.items[k].g.things && c.items[k].q.Op != cairn.OpVague
}

// sharing returns the verb before k whose victims that of k has too, as in "shot
// in the head, killed"; -1 where there is none.
func (c *clause) sharing(k int) int {
	for j := k - 1; j >= 0 && j > k-9; j-- {
		if c.items[j].kind == verb {
			if len(c.taken[j]) > 0 && (c.items[j].v.passive || c.items[j].v.finite) && c.joined(j, k) {
				return j
			}
			return -1
		}
		if c.persons(j) || c.items[j].kind == plain && c.items[j].node.HasAny(1<<lexicon.Be|1<<lexicon.Relative) {
			return -1
		}
	}
	return -1
}

// harmedBy returns the items that the verb at j harmed.
func (c *clause) harmedBy(j int) []int {
	var out []int
	for _, f := range c.taken[j] {
		for i, it := range c.items {
			if it.first == f.victims.first && it.end == f.victims.end {
				out = append(out, i)
			}
		}
	}
	return out
}

// closed reports whether what stands behind the participle at k leaves no room
// for an object of its own: a preposition, the end of the clause, or after
// counted people anything.
func (c *clause) closed(k int) bool {
	next := c.pastAdverbs(k + 1)
	if next < len(c.items) && struck(c.items[k].v) != "" && c.items[k-1].q == nil && (c.plays(c.items[next].first, lexicon.Aim) || c.items[k-1].g.plural && c.is(next, lexicon.Prep) && c.persons(next+1) && c.items[next+1].q == nil && c.items[next+1].kind == group) {
		return false // "gunmen shot into a crowd"
	}
	if next >= len(c.items) || c.items[k-1].q != nil && c.signAt(next) != ',' {
		return true
	}
	if it := c.items[next]; it.kind != plain {
		return it.kind == verb || it.kind == outcome
	}
	if first := c.items[next].first; next == k+1 && (c.isArticle(first) || c.items[next].end > first+1 && c.numberAt(first)) {
		return false // "a bomber struck a van", "troops shot two dogs"
	}
	return c.signAt(next) != ',' || c.items[k-1].q != nil || c.s.headline || !c.items[k-1].g.plural
}

// adverbial reports whether a participle stands at the end of its noun phrase
// with an adverb between, or after "and": "three people critically injured".
func (c *clause) adverbial(k int) bool {
	i, and := k-1, false
	for i >= 0 && c.items[i].kind == plain && c.items[i].node.HasAny(1<<lexicon.Adverb|1<<lexicon.And|1<<lexicon.Or) {
		and = and || !c.items[i].node.Has(lexicon.Adverb)
		i--
	}
	return i < k-1 && i >= 0 && (c.persons(i) && !and || c.items[i].kind == verb)
}

// reduced reports whether what follows a participle is not its object: a number
// of victims before it and a time or place behind it.
func (c *clause) reduced(k, object int) bool {
	return c.items[k].v.finite && k > 0 && c.items[k-1].q != nil && c.items[object].q == nil && c.items[object].kind == named
}
