package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// possessed makes of somebody and whoever is his one item, which is of the latter,
// "the chief's two sons", and no person of the owner of a thing, "the mayor's
// office was hit". It does so in the space of items.
func possessed(r *reading, items []item) []item {
	out := items[:0]
	for i := 0; i < len(items); i++ {
		it := items[i]
		if past := r.childrenOf(items, i); past > i {
			it.end, i = items[past].end, past
			out = append(out, it)
			continue
		}
		whose := r.whose(items, i)
		if whose == 0 {
			out = append(out, it)
			continue
		}
		switch owned := ownedAt(r, items, whose); {
		case owned >= 0:
			own := items[owned]
			own.g.possessive = true
			if own.q == nil {
				own.first = it.first
			} else if it.g.partitive && fewer(it.q, own.q) {
				own.q, own.first = it.q, it.first // "two of the couple's five children"
			}
			out, i = append(out, own), owned
		case it.kind == group && !harmedAt(items, whose):
			out = append(out, item{kind: plain, first: it.first, end: it.end})
		default:
			out = append(out, it)
		}
	}
	return out
}

// someOfOwn makes one item of some of those who are somebody's, "two of his four
// children", in the space of items.
func someOfOwn(r *reading, items []item) []item {
	out := items[:0]
	for _, it := range items {
		n := len(out)
		if n > 1 && it.kind == group && it.g.possessive && it.q != nil && out[n-1].node.Has(lexicon.Of) && out[n-1].kind == plain && out[n-2].kind == number && fewer(out[n-2].q, it.q) {
			it.q, it.first = out[n-2].q, out[n-2].first
			out = out[:n-2]
		}
		out = append(out, it)
	}
	return out
}

// childrenOf returns the item that says how many children the one person at i has,
// "a father of five", of whom nothing more is said; i where there is none.
func (r *reading) childrenOf(items []item, i int) int {
	it, k := items[i], i+1
	if it.kind != group || it.g.plural || it.g.collective || it.q != nil && it.q.High != cairn.N(1) || !r.plays(it.end-1, lexicon.Parent) || k >= len(items) {
		return i
	}
	if r.hyphen(items, k) {
		k++ // "a mother-of-three"
	}
	if k < len(items) && items[k].kind == plain && items[k].node.Has(lexicon.Of) {
		if k++; r.hyphen(items, k) {
			k++
		}
	} else if len(r.lang.Cases) == 0 {
		return i
	}
	if k >= len(items) || items[k].q == nil || items[k].q.Op != cairn.OpExact || items[k].q.Unit != "" || items[k].g.partitive || items[k].g.things {
		return i
	}
	if child := items[k].kind == group && items[k].g.class == cairn.Child; !child && (items[k].kind != number || len(r.lang.Cases) > 0) {
		return i
	}
	if next := k + 1; it.g.definite && !it.g.possessive && next < len(items) && items[next].kind == verb && !items[next].v.passive && !items[next].v.suffer {
		return i // "the father of two boys killed in the raid"
	}
	return k
}

// hyphen reports whether item k is a sign that joins words.
func (r *reading) hyphen(items []item, k int) bool {
	return k < len(items) && items[k].kind == plain && r.sign(items[k].first) == '-' && r.terms[items[k].first].glued
}

// whose returns the item behind the possessive ending of the people at i; 0 where
// they have none.
func (r *reading) whose(items []item, i int) int {
	if it := items[i]; it.kind != group && it.kind != named || it.q != nil && it.kind == named || i+2 >= len(items) {
		return 0
	}
	sign := items[i+1]
	if c := r.sign(sign.first); sign.kind != plain || c != '\'' && c != '’' || !r.terms[sign.first].glued {
		return 0
	}
	if ending := r.spanOf(sign).Of(r.text); strings.HasSuffix(strings.ToLower(ending), "s") || items[i].g.plural && !r.terms[items[i+2].first].glued {
		return i + 2
	}
	return 0
}

// ownedAt returns the people at item k, past up to two words that say more of them;
// -1 where there are none.
func ownedAt(r *reading, items []item, k int) int {
	for n := 0; n < 3 && k < len(items); n, k = n+1, k+1 {
		if it := items[k]; it.kind == group {
			return k
		} else if it.kind != plain || r.sign(it.first) != 0 || it.node.HasAny(stopMask) || it.node.Has(lexicon.Cue) {
			break
		}
	}
	return -1
}

// harmedAt reports whether item k, or one of the two behind it, tells of a harm to
// somebody before them: "the guard's sudden death".
func harmedAt(items []item, k int) bool {
	if items[k].kind == verb && items[k].v.note == "body" {
		return true
	}
	for _, it := range items[k:min(k+3, len(items))] {
		if it.kind == harmNoun || it.kind == harmCount || it.kind == toll {
			return true
		}
	}
	return false
}

// possessor returns whoever the word before the verb at k says that something is of,
// "his body was found", "the teacher's body was found"; -1 where it says nothing of
// the kind.
func (c *clause) possessor(k int) int {
	if k == 0 || c.items[k].v.note != "body" || c.items[k-1].kind != plain {
		return -1
	}
	if c.owner(k-1) && k > 1 && c.persons(k-2) {
		return k - 2
	}
	if d, ok := c.items[k-1].node.Sense(lexicon.Det); !ok || !strings.HasSuffix(d.Value, "possessive") {
		return -1
	}
	c.items[k-1].kind, c.items[k-1].g = pronoun, people{class: cairn.UnknownStatus}
	return k - 1
}
