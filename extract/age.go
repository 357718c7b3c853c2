package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// yearsOld reads "15-year-old" or "15 year old" at term k.
func (r *reading) yearsOld(k int, s sentence) (years, end int, ok bool) {
	n, j, ok := 0, k, false
	if k < s.last && r.agedWord(k) > 0 {
		return r.agedWord(k), k + 1, true
	}
	if k < s.last && r.terms[k].digit {
		n, ok = r.digitsAt(k)
		j = k + 1
	} else if k < s.last && r.terms[k].figure.Has(lexicon.Number) {
		n, j, ok = r.number(k, s.last)
	}
	if !ok || n > 120 {
		return 0, k, false
	}
	hyphen := func() {
		if j < s.last && (r.sign(j) == '-' || r.sign(j) == '–') {
			j++
		}
	}
	hyphen()
	if a, is := r.node(j).Sense(lexicon.Aged); is && j < s.last && a.N == 0 {
		if strings.HasSuffix(a.Value, "month") {
			n /= 12
		}
		return n, j + 1, true
	}
	if j >= s.last || !(r.is(j, "year") || r.is(j, "years") || r.is(j, "month") || r.is(j, "yr")) {
		return 0, k, false
	}
	if r.is(j, "month") {
		n /= 12
	}
	j++
	hyphen()
	if j >= s.last || !(r.is(j, "old") || r.is(j, "olds")) {
		return 0, k, false
	}
	return n, j + 1, true
}

// agedWord returns the years of a word that says how old somebody is by itself,
// 0 where term k is none.
func (r *reading) agedWord(k int) int {
	s, _ := r.terms[k].node.Sense(lexicon.Aged)
	return s.N
}

// isAge reports whether a bare number is an age: "John Doe, 22, was".
func (r *reading) isAge(first, end int, s sentence) bool {
	q := r.terms[first]
	if !q.digit || q.span.Len() > 3 {
		return false
	}
	if p, ok := r.node(end).Sense(lexicon.Prep); ok && p.Value == "including" {
		return false // "14 protesters, 3 of them"
	}
	after, who := r.sign(end), first-2
	if r.sign(who) == '.' && r.terms[who].glued {
		who--
	}
	switch r.sign(first - 1) {
	case ',':
		return who >= s.first && (after == ',' || after == '.' || after == ';' || after == 0 && end < s.last && r.terms[end].node.HasAny(1<<lexicon.Prep|1<<lexicon.Be|1<<lexicon.Of|1<<lexicon.And)) && (r.terms[who].upper || r.caseless || r.terms[who].node.HasAny(nounMask) || r.plays(who, lexicon.Ranked)) && !r.terms[who].node.HasAny(harmMask)
	case '(':
		return after == ')'
	}
	return false
}

// pastAges returns the item whose ages end with the number at k, as in "two boys,
// ages 14 and 17"; k where it is none of several ages.
func (c *clause) pastAges(k int) int {
	if k < 3 || c.items[k].kind != number {
		return k
	}
	i := k
	for i > 0 && (c.items[i].kind == number || c.items[i].kind == age || c.signAt(i) == ',' || c.is(i, lexicon.And) || c.terms[c.items[i].first].digit) {
		i--
	}
	if c.items[i].kind != plain || !c.plays(c.items[i].first, lexicon.Ages) {
		return k
	}
	for i--; i >= 0 && (c.signAt(i) == ',' || c.signAt(i) == '('); i-- {
	}
	if i < 0 || !c.persons(i) {
		return k
	}
	return i
}
