package extract

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
