package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// most bounds how many people a number can mean; larger ones are no tolls.
const most = 100_000_000

// A tally is a number while its words are read: its parts from the largest to
// the smallest, three hundred and six as 300 and 6.
type tally struct {
	parts [12]int
	n     int
	last  ratio // the last part, where it is not whole yet
	scale int   // the last scale word
	was   atom  // what was read last
}

// An atom is one word of a number.
type atom uint8

const (
	nothing atom = iota
	numberWord
	digitWord
	scaleWord
	fractionWord
)

// push adds a part that fits behind the others.
func (t *tally) push(v ratio, was atom) bool {
	if t.n == len(t.parts) {
		return false
	}
	t.last, t.was = v, was
	t.parts[t.n] = v.n / v.over
	t.n++
	return true
}

// whole returns the number, where it is one.
func (t *tally) whole() (int, bool) {
	if t.n == 0 || t.last.over > 1 && t.last.n%t.last.over != 0 {
		return 0, false
	}
	sum := 0
	for _, part := range t.parts[:t.n] {
		sum += part
	}
	return sum, sum <= mostOfAll
}

// multiply takes a scale word in: it multiplies the parts smaller than itself.
func (t *tally) multiply(scale int) bool {
	v := t.last
	floor := max(scale, 100)
	t.n--
	for t.n > 0 && t.parts[t.n-1] < floor {
		t.n--
		v.n += t.parts[t.n] * v.over
	}
	n, ok := v.times(scale)
	if !ok || t.n > 0 && !fits(t.parts[t.n-1], n) {
		return false
	}
	t.parts[t.n], t.last, t.scale, t.was = n, ratio{n, 1}, scale, scaleWord
	t.n++
	return true
}

// fits reports whether a part can follow a larger one: six fits behind twenty
// and three hundred, twenty behind neither six nor twenty.
func fits(large, small int) bool {
	place := 10
	for place <= small {
		place *= 10
	}
	return small > 0 && large > small && large%place == 0
}

// follows reports whether v can be the next part of t, glued by a word that
// wants at least floor before it, or by none (floor 0).
func (r *reading) follows(t *tally, v, floor int) bool {
	before := t.parts[t.n-1]
	if r.lang.UnitsFirst && floor > 0 && before > 0 && before < 10 && v >= 20 && v < 100 && v%10 == 0 && t.was == numberWord {
		return true
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
	if i >= last || r.terms[i].digit && !r.wide && r.noCount(i) {
		return 0, i, false
	}
	n, next, ok = r.tally(i, last, glue)
	return n, next, ok && n <= limit && (n > 0 || r.wide || r.terms[i].digit)
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

// share returns the number whose last words are a fraction: of the scale word
// before it, or a whole number of them.
func (t *tally) share() (int, bool) {
	if t.was != fractionWord {
		return 0, false
	}
	if t.n > 1 && t.last.n < t.last.over {
		v, ok := t.last.times(t.scale)
		if !ok {
			return 0, false
		}
		t.parts[t.n-1], t.last = v, ratio{v, 1}
	}
	return t.whole()
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

// divide makes the last parts the numerator of a fraction: three quarters,
// twenty fifths. Behind a scale word they are a fraction of it.
func (t *tally) divide(parts int) bool {
	if t.was == scaleWord && t.n > 1 || t.last.over > 1 {
		return false
	}
	n, large := 0, t.n
	for large > 0 && (t.parts[large-1] < 1000 || t.n == 1) {
		large--
		n += t.parts[large]
	}
	if large == t.n {
		return false
	}
	t.n = large
	if large > 0 && n < parts {
		t.parts[t.n], t.last, t.was = 0, ratio{n, parts}, fractionWord
		t.n++
		return true
	}
	return t.push(ratio{n, parts}, fractionWord)
}

// addFraction reads "and a half" behind what t holds: of the scale word that
// follows, or of the one before.
func (t *tally) addFraction(parts int, scaled bool) bool {
	large := t.parts[t.n-1] >= 1000 && t.last.over == 1
	switch {
	case scaled && large:
		return t.push(ratio{1, parts}, fractionWord)
	case scaled:
		t.last = ratio{t.parts[t.n-1]*parts + 1, parts}
		t.was = fractionWord
		return true
	case large && t.was != digitWord:
		if v, ok := (ratio{1, parts}).times(t.unit()); ok {
			return t.push(ratio{v, 1}, numberWord)
		}
	}
	return false
}

// unit returns the scale word behind the last part, or the one within it: a
// million of two million, though a dual is one word.
func (t *tally) unit() int {
	if t.was == scaleWord {
		return t.scale
	}
	unit := 1
	for t.parts[t.n-1]%(unit*1000) == 0 {
		unit *= 1000
	}
	return unit
}
