package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// most bounds how many people a number can mean; larger ones are no tolls.
const most = 100_000_000

// follows reports whether v can be the next part of t, glued by a word that
// wants at least floor before it, or by none (floor 0).
func (r *reading) follows(t *tally, v, floor int) bool {
	before := t.parts[t.n-1]
	if r.lang.UnitsFirst && floor > 0 && before > 0 && before < 10 && v >= 20 && v < 100 && v%10 == 0 && t.was == numberWord {
		return true
	}
	if r.lang.UnitsFirst && before < 100 {
		return false // twenty and five are two numbers there
	}
	if floor == 0 && before == 10 || before < floor || t.was == digitWord || t.last.over > 1 {
		return false
	}
	return fits(before, v)
}

// number reads digits or number words from term i.
func (r *reading) number(i, last int) (n, next int, ok bool) {
	return r.numberGlued(i, last, true)
}

func (r *reading) numberGlued(i, last int, glue bool) (n, next int, ok bool) {
	limit := most
	if r.wide {
		limit = mostOfAll
	}
	if i >= last || !r.numeric(i) || r.terms[i].digit && !r.wide && r.noCount(i) {
		return 0, i, false
	}
	n, next, ok = r.tally(i, last, glue)
	return n, next, ok && n <= limit && (n > 0 || r.wide || r.terms[i].digit)
}

// numeric reports whether a number can begin at term i.
func (r *reading) numeric(i int) bool {
	n := r.terms[i].figure
	return r.terms[i].digit || n != nil && (n.Has(lexicon.Number) || n.Has(lexicon.Article) || n.Has(lexicon.Fraction))
}

// tally reads the number that begins at term i, as long as it goes on.
func (r *reading) tally(i, last int, glue bool) (n, next int, ok bool) {
	var t tally
	at, going := r.opening(&t, i, last)
	if !going {
		return 0, i, false
	}
	before, beforeNext := 0, 0 // the number without its last part
	for going {
		if whole, is := t.whole(); is {
			if t.was != scaleWord {
				before, beforeNext = n, next
			}
			n, next, ok = whole, at, true
		}
		at, going = r.goOn(&t, at, last, glue)
	}
	if whole, is := t.share(); is {
		return whole, at, true
	} else if t.was == fractionWord || t.last.over > 1 && !ok {
		return 0, i, false
	}
	if r.scaleAt(at, last) && t.n > 1 && t.was != scaleWord && beforeNext > 0 {
		return before, beforeNext, true // what was taken for a part begins the next number
	}
	return n, next, ok
}

// opening reads the first word of a number.
func (r *reading) opening(t *tally, i, last int) (int, bool) {
	x := r.terms[i]
	if x.digit {
		v, next, ok := r.numeralAt(i, last)
		if !ok || v.over > 1 && !r.wide && !r.scaleAt(next, last) {
			return i, false
		}
		return next, t.push(v, digitWord)
	}
	if s, is := x.figure.Sense(lexicon.Number); is {
		if !isScale(s) {
			return i + 1, t.push(ratio{s.N, 1}, numberWord)
		}
		if strings.HasSuffix(s.Value, "dual") {
			return i, t.push(ratio{2, 1}, numberWord)
		}
		if !strings.HasSuffix(s.Value, "alone") && (!r.wide || x.figure.Has(lexicon.Vague)) {
			return i, false
		}
		return i, t.push(ratio{1, 1}, numberWord)
	}
	if r.isArticle(i) && i+1 < last {
		s, is := r.terms[i+1].figure.Sense(lexicon.Number)
		if is && isScale(s) {
			return i + 1, t.push(ratio{1, 1}, numberWord)
		}
		if is && s.N > 1 {
			return i + 2, t.push(ratio{s.N, 1}, numberWord)
		}
	}
	if f, j, is := r.fraction(i, last); is && r.scaleAt(j, last) {
		return j, t.push(f, fractionWord)
	}
	return i, false
}

// fraction reads "half", "a quarter", "half a", "a quarter of a" before a scale
// word. The table gives the parts and, where it is not 1, how many of them.
func (r *reading) fraction(i, last int) (f ratio, next int, ok bool) {
	if i < last && r.isArticle(i) {
		i++
	}
	if i >= last {
		return f, i, false
	}
	s, ok := r.terms[i].figure.Sense(lexicon.Fraction)
	if !ok || s.N < 2 {
		return f, i, false
	}
	f = ratio{1, s.N}
	if strings.HasSuffix(s.Value, "of 3") {
		f.n = 3
	}
	next = i + 1
	if next+2 < last && r.terms[next].figure.Has(lexicon.Of) && r.isArticle(next+1) && r.scaleAt(next+2, last) {
		return f, next + 2, true
	}
	if next+1 < last && r.isArticle(next) && r.scaleAt(next+1, last) {
		next++
	}
	return f, next, true
}

func isScale(s lexicon.Sense) bool { return strings.Contains(s.Value, "scale") }

func (r *reading) scaleAt(i, last int) bool {
	if i >= last {
		return false
	}
	s, ok := r.terms[i].figure.Sense(lexicon.Number)
	return ok && isScale(s)
}

// goOn reads one more word of a number, with the glue before it; it reports
// false, and leaves i, where the number ends.
func (r *reading) goOn(t *tally, i, last int, glue bool) (int, bool) {
	if i >= last {
		return i, false
	}
	if r.scaleAt(i, last) {
		s, _ := r.terms[i].figure.Sense(lexicon.Number)
		before := *t
		if (r.wide || s.N <= most) && t.multiply(s.N) {
			return i + 1, true
		}
		*t = before
		return i, false
	}
	j, floor := r.glueAt(i, last)
	if j > i && !glue {
		return i, false
	}
	if end, ok := r.part(t, j, last, floor); ok {
		return end, true
	}
	if s, is := r.terms[j].figure.Sense(lexicon.Fraction); is && s.N > 1 && !r.terms[i].figure.Has(lexicon.Glue) {
		return j + 1, t.divide(s.N)
	}
	if f, end, is := r.fraction(j, last); is && j > i && f.n == 1 {
		return end, t.addFraction(f.over, r.scaleAt(end, last))
	}
	return i, false
}

// glueAt returns the term after a word or hyphen that joins two parts of a
// number, and how large what stands before it has to be.
func (r *reading) glueAt(i, last int) (next, floor int) {
	if i+1 >= last {
		return i, 0
	}
	if s, is := r.terms[i].figure.Sense(lexicon.Glue); is {
		return i + 1, max(1, s.N)
	}
	if r.sign(i) == '-' && (r.terms[i].glued && r.terms[i+1].glued || r.wide) && !r.terms[i+1].digit {
		return i + 1, 1
	}
	return i, 0
}

// part reads a number word, or digits after a scale word, as the next part.
func (r *reading) part(t *tally, i, last, floor int) (int, bool) {
	x := r.terms[i]
	if x.digit {
		if t.was != scaleWord || floor > 0 && !r.wide || r.noCount(i) && !r.wide {
			return i, false
		}
		v, next, ok := r.numeralAt(i, last)
		if !ok || v.over > 1 || !r.follows(t, v.n, floor) {
			return i, false
		}
		return next, t.push(v, digitWord)
	}
	v, next := 0, i+1
	if s, is := x.figure.Sense(lexicon.Number); is && !isScale(s) {
		v = s.N
	} else if is && strings.HasSuffix(s.Value, "alone") {
		v, next = s.N, i
	}
	if v == 0 || !r.follows(t, v, floor) && !r.scaledFits(t, next, last, v, floor) {
		return i, false
	}
	if next == i {
		v = 1
	}
	return next, t.push(ratio{v, 1}, numberWord)
}

// scaledFits reports whether v and the scale words behind it are the next part,
// though v alone is not: three thousand four hundred.
func (r *reading) scaledFits(t *tally, i, last, v, floor int) bool {
	if !r.scaleAt(i, last) || t.parts[t.n-1] < floor || t.was == digitWord {
		return false
	}
	s, _ := r.terms[i].figure.Sense(lexicon.Number)
	return v < mostOfAll/s.N && t.n > 0 && fits(t.parts[t.n-1], v*s.N)
}
