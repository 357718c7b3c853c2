package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// An itemKind says what a run of terms is to the frames.
type itemKind uint8

const (
	plain     itemKind = iota // any other word or sign
	number                    // a quantity with no noun
	group                     // people, counted or not
	named                     // a run of capitals that may be a person
	pronoun                   // he, they
	verb                      // a harm verb with its auxiliaries
	outcome                   // dead, wounded
	harmNoun                  // the killing of
	harmCount                 // deaths
	toll                      // the death toll
	building                  // houses
	age                       // a number that is somebody's age
)

// An item is a run of terms of one sentence, as the frames see it.
type item struct {
	kind       itemKind
	first, end int // terms
	node       *lexicon.Node
	q          *quantity
	g          people
	v          action
}

// people is what an item says of the persons it stands for.
type people struct {
	class      cairn.Class
	sex        string
	unit       string
	plural     bool
	collective bool
	definite   bool
	possessive bool
	partitive  bool // some of a whole: "three of the passengers"
	addition   bool
	age        *cairn.Range
	name       string
	outcome    cairn.Harm // "wounded people"
	head       string     // folded head noun
	weak       bool       // a single capitalised word that opens a sentence
	things     bool       // counted by a noun that the lexicon lacks, so perhaps no people
}

// harmMask is the kinds without which a sentence holds no claim.
const harmMask = 1<<lexicon.Transitive | 1<<lexicon.Suffer | 1<<lexicon.Outcome | 1<<lexicon.HarmNoun | 1<<lexicon.HarmCount | 1<<lexicon.Toll | 1<<lexicon.Figure | 1<<lexicon.Rest | 1<<lexicon.Leave | 1<<lexicon.Reach

// nounMask is the kinds of heads of groups.
const nounMask = 1<<lexicon.Person | 1<<lexicon.People | 1<<lexicon.Collective

// stopMask is the kinds that no word inside a noun phrase has.
const stopMask = 1<<lexicon.Prep | 1<<lexicon.By | 1<<lexicon.Of | 1<<lexicon.And | 1<<lexicon.Or | 1<<lexicon.Be | 1<<lexicon.Have |
	1<<lexicon.Modal | 1<<lexicon.Will | 1<<lexicon.Not | 1<<lexicon.Pronoun | 1<<lexicon.Relative | 1<<lexicon.If | 1<<lexicon.Det |
	1<<lexicon.Suffer | 1<<lexicon.Leave | 1<<lexicon.Toll | 1<<lexicon.HarmNoun | 1<<lexicon.HarmCount | 1<<lexicon.None | 1<<lexicon.According

// items cuts a sentence into items, which last until the next sentence is cut.
func (r *reading) items(s sentence) []item {
	out := r.row[:0]
	for i := s.first; i < s.last; {
		if n, _ := r.projectParty(i, s.last); n > 1 && r.lang.NoCapitals {
			out = append(out, item{kind: plain, first: i, end: i + n})
			i += n
			continue
		}
		it, ok := r.people(i, s, len(out) == 0 || i == s.first)
		if !ok {
			it, ok = r.action(i, s)
		}
		if !ok {
			it = item{kind: plain, first: i, end: i + 1, node: r.terms[i].node}
			switch n := it.node; {
			case n.Has(lexicon.Outcome):
				it.kind = outcome
			case n.Has(lexicon.Toll):
				it.kind = toll
			case n.Has(lexicon.HarmCount) && !n.Has(lexicon.HarmNoun):
				it.kind = harmCount
			case n.Has(lexicon.HarmNoun):
				it.kind = harmNoun
			case n.Has(lexicon.Pronoun) && !(n.Has(lexicon.Det) && i+1 < s.last && r.terms[i+1].word && !r.terms[i+1].node.HasAny(stopMask)):
				p, _ := n.Sense(lexicon.Pronoun)
				it.kind, it.g = pronoun, people{plural: p.N == 2, class: cairn.UnknownStatus}
			}
		}
		if p, _ := it.node.Sense(lexicon.Prep); it.kind == plain && p.Value == "including" && r.sign(it.end) == '.' && it.end+1 < s.last {
			it.end++ // "incl."
		}
		if it.end <= i {
			it = item{kind: plain, first: i, end: i + 1, node: r.terms[i].node} // nothing was taken: the sentence must go on
		}
		out = append(out, it)
		i = it.end
	}
	r.row = out
	return out
}

// people reads a group, a name or a bare quantity that begins at term i.
func (r *reading) people(i int, s sentence, opens bool) (item, bool) {
	it := item{first: i, g: people{class: cairn.UnknownStatus}}
	j := i
	for j+1 < s.last && r.terms[j].node.Has(lexicon.Adverb) && !r.terms[j].node.HasAny(nounMask|1<<lexicon.Prep) && r.numberAt(j+1) && !r.numberAt(j) {
		j++
	}
	if r.is(j, "that") && r.numberAt(j+1) {
		return item{}, false
	}
	if r.terms[j].node.Has(lexicon.None) && r.terms[j].node.Has(lexicon.Det) {
		if none, ok := r.none(it, j, s); ok {
			return none, true
		}
	}
	if r.is(j+1, "further") && r.isArticle(j) && r.numberAt(j+2) {
		it.g.addition, j = true, j+2 // "a further 13"
	} else if n := r.terms[j].node; n.Has(lexicon.Det) && j+1 < s.last {
		d, _ := n.Sense(lexicon.Det)
		it.g.definite, it.g.possessive = d.N == 1, strings.HasSuffix(d.Value, "possessive")
		if !r.numberAt(j) || !r.isArticle(j) {
			j++
		} else if _, _, ok := r.number(j, s.last); !ok {
			j++
		}
	}
	if r.lang.NoCapitals && r.plays(j, lexicon.OneOfThem) {
		q := r.finished(quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(1), High: cairn.N(1)}}, j, j+1, "figure.one")
		it.q, it.kind, it.end, it.g.partitive = &q, number, j+1, true
		return it, true
	}
	if _, end, ok := r.yearsOld(j, s); ok {
		return r.noun(it, j, end, s)
	}
	if r.isArticle(j) && j+1 < s.last {
		if _, end, ok := r.yearsOld(j+1, s); ok {
			return r.noun(it, j+1, end, s) // "a nine-year-old"
		}
	}
	if end := r.nextOne(it, j, s); end > 0 {
		it.kind, it.end, it.g.head = group, end, "next"
		return it, true
	}
	if r.is(j, "both") && j+1 < s.last && r.terms[j+1].digit {
		return item{kind: plain, first: i, end: j + 2}, true
	}
	if q, next, ok := r.countAt(j, s.last); ok && r.measured(next, s) {
		return item{kind: plain, first: i, end: next}, true
	} else if ok {
		counted := q
		counted.addition = counted.addition || it.g.addition
		it.q, j = &counted, next
		if j < s.last && r.terms[j].node.Has(lexicon.Addition) {
			it.q.addition, j = true, j+1
			if r.is(j-1, "others") && (j >= s.last || !r.terms[j].node.HasAny(nounMask)) {
				it.kind, it.end, it.g.plural, it.g.head = group, j, true, "others"
				return it, true
			}
		}
		if p, ok := r.ofThese(it, j, s); ok {
			return p, true
		}
		if j+1 < s.last && r.terms[j].node.Has(lexicon.Of) {
			k := j + 1
			partitive := false
			if r.terms[k].node.Has(lexicon.Det) && k+1 < s.last {
				k, partitive = k+1, true
			}
			if inner, ok := r.noun(item{first: i, q: it.q, g: it.g}, k, k, s); ok && inner.kind == group && !r.numberAt(k) {
				inner.g.partitive = partitive && it.q.Unit == ""
				return inner, true
			}
			if r.is(k, "others") {
				it.kind, it.end, it.g.plural, it.g.head, it.q.addition = group, k+1, true, "others", true
				return it, true
			}
			if r.terms[k].node.Has(lexicon.Pronoun) {
				it.g.partitive, it.g.plural, it.kind, it.end = true, true, number, k+1
				return it, true
			}
		}
	} else if n := r.terms[j].node; r.is(j, "none") && j+1 < s.last && r.terms[j+1].node.HasAny(1<<lexicon.Suffer|1<<lexicon.Be|1<<lexicon.Transitive) {
		q := r.finished(quantity{Figure: cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}}, j, j+1, "figure.zero")
		it.q, it.kind, it.end, it.g.plural = &q, group, j+1, true
		return it, true
	} else if n.Has(lexicon.None) && !r.is(j, "none") {
		return r.none(it, j, s)
	} else if n.Has(lexicon.Addition) && j+1 <= s.last && (r.is(j, "another") || r.is(j, "other") || r.is(j, "others")) {
		it.g.addition = true
		if r.is(j, "others") {
			it.kind, it.end, it.g.plural = group, j+1, true
			it.g.head = "others"
			return it, true
		}
		if r.is(j, "another") && !r.node(j-1).Has(lexicon.Of) && r.standsForOne(j+1, s) {
			it.kind, it.end, it.g.head = group, j+1, "others"
			return it, true
		}
		j++
		if q, next, ok := r.countAt(j, s.last); ok && r.is(j-1, "other") && !r.measured(next, s) {
			q.addition = true // "the other thirteen villagers"
			it.q, j = &q, next
		}
	}
	return r.noun(it, j, j, s)
}

// standsForOne reports whether no noun follows from term j on, so that the word before
// stands for one more person: "and another was hit", "wounded another".
func (r *reading) standsForOne(j int, s sentence) bool {
	if j >= s.last {
		return true
	}
	n := r.terms[j].node
	return n.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Suffer|1<<lexicon.And) || r.sign(j) == ',' || r.sign(j) == '.' || r.sign(j) == ';'
}

// ofThese reads a count of some of those spoken of before, where "of them" is
// one term right behind the number, and skips whose the counted are, as in "three
// her neighbours".
func (r *reading) ofThese(it item, j int, s sentence) (item, bool) {
	if j >= s.last {
		return it, false
	}
	if p, ok := r.node(j).Sense(lexicon.Prep); ok && p.Value == "including" && (r.lang.FreeOrder || r.lang.NoCapitals && !r.partFollows(j+1, s)) {
		it.g.partitive, it.g.plural, it.kind, it.end = true, true, number, j+1
		return it, true
	}
	if d, ok := r.node(j).Sense(lexicon.Det); ok && strings.HasSuffix(d.Value, "possessive") {
		it, ok = r.noun(it, j+1, j+1, s)
		return it, ok && it.kind == group
	}
	return it, false
}

// partFollows reports whether a part is counted from term j on, so that the number
// before "among them" is of the whole: "31, among them six women".
func (r *reading) partFollows(j int, s sentence) bool {
	return j < s.last && (r.numberAt(j) || r.terms[j].node.Has(lexicon.Person) && !r.terms[j].node.Has(lexicon.People))
}

// bracketed reads a number in brackets before the noun that it counts: "(13)
// wounded".
func (r *reading) bracketed(j int, s sentence) (quantity, int, bool) {
	if r.sign(j) != '(' || j+3 >= s.last || !r.terms[j+1].digit || r.sign(j+2) != ')' {
		return quantity{}, j, false
	}
	n, _, ok := r.number(j+1, j+2)
	if !ok || !r.terms[j+3].node.HasAny(nounMask|1<<lexicon.HarmCount|1<<lexicon.Outcome) {
		return quantity{}, j, false
	}
	q := quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(n), High: cairn.N(n)}}
	return r.finished(q, j+1, j+2, "figure.exact"), j + 3, true
}

// countAt reads the quantity that begins at term j, with the word that opens a
// range of two ends in a language where that is a preposition: "from 30 to 40".
func (r *reading) countAt(j, last int) (quantity, int, bool) {
	if q, next, ok := r.bracketed(j, sentence{first: j, last: last}); ok {
		return q, next, true
	}
	if r.lang.FreeOrder && r.terms[j].figure.Has(lexicon.From) && j+3 < last {
		if q, next, ok := r.quantity(j+1, last); ok && q.Op == cairn.OpBetween {
			return r.finished(q, j, next, q.rule), next, true
		}
	}
	q, next, ok := r.quantity(j, last)
	return q, next, ok && next > j
}

// none reads "no one", "no casualties", "no civilians".
func (r *reading) none(it item, j int, s sentence) (item, bool) {
	q := quantity{Figure: cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}}
	sense, _ := r.terms[j].node.Sense(lexicon.None)
	if sense.Value == "nobody" {
		q = r.finished(q, j, j+1, "figure.zero")
		it.q, it.kind, it.end, it.g.plural = &q, group, j+1, true
		return it, true
	}
	if sense.Value == "nobody negated" {
		for k := j - 1; k >= max(s.first, j-4); k-- {
			if r.terms[k].node.Has(lexicon.Not) {
				q = r.finished(q, j, j+1, "figure.zero")
				it.q, it.kind, it.end, it.g.plural = &q, group, j+1, true
				return it, true
			}
		}
		return item{}, false
	}
	if r.lang.FreeOrder && j+2 < s.last && r.terms[j+1].node.Has(lexicon.Of) {
		return r.noneOf(it, r.finished(q, j, j+1, "figure.zero"), j+2, s), true
	}
	near := j + 7
	if sense.Value == "adjacent" {
		near = j + 2
	}
	for k := j + 1; k < min(near, s.last); k++ {
		n := r.terms[k].node
		if n.HasAny(nounMask | 1<<lexicon.HarmCount | 1<<lexicon.HarmNoun | 1<<lexicon.Building) {
			q = r.finished(q, j, j+1, "figure.zero")
			it.q = &q
			if n.HasAny(nounMask) {
				return r.noun(it, j+1, j+1, s)
			}
			it.kind, it.end = number, j+1
			return it, true
		}
		if state := n.Has(lexicon.Outcome) && k == j+1 && (k+1 == s.last || !r.terms[k+1].node.HasAny(nounMask)); state {
			q = r.finished(q, j, j+1, "figure.zero")
			it.q, it.kind, it.end = &q, number, j+1 // "no dead"
			return it, true
		}
		if n.HasAny(stopMask &^ (1 << lexicon.Or)) {
			break
		}
	}
	return item{}, false
}
