package extract

import "github.com/cairn-recorder/cairn/lexicon"

// yearsOld reads "15-year-old" or "15 year old" at term k.
func (r *reading) yearsOld(k int, s sentence) (years, end int, ok bool) {
	n, j, ok := 0, k, false
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

// isAge reports whether a bare number is an age: "John Doe, 22, was".
func (r *reading) isAge(first, end int, s sentence) bool {
	q := r.terms[first]
	if !q.digit || q.span.Len() > 3 {
		return false
	}
	after, who := r.sign(end), first-2
	if r.sign(who) == '.' && r.terms[who].glued {
		who--
	}
	switch r.sign(first - 1) {
	case ',':
		return who >= s.first && (after == ',' || after == '.' || after == ';' || after == 0 && end < s.last && r.terms[end].node.HasAny(1<<lexicon.Prep|1<<lexicon.Be|1<<lexicon.Of|1<<lexicon.And)) && (r.terms[who].upper || r.caseless || r.terms[who].node.HasAny(nounMask)) && !r.terms[who].node.HasAny(harmMask)
	case '(':
		return after == ')'
	}
	return false
}
