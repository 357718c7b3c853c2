package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// endAt reports whether a number, or in formulas a rank, stands at term i or
// behind an article there.
func (r *reading) endAt(i, last int) bool {
	if i >= last {
		return false
	}
	if r.numberAt(i) {
		return true
	}
	if !r.wide {
		return false
	}
	n := r.terms[i].figure
	return n.Has(lexicon.Ordinal) || n.Has(lexicon.Fraction) || n.Has(lexicon.Det) && i+1 < last && (r.numberAt(i+1) || r.terms[i+1].figure.Has(lexicon.Ordinal))
}

// end reads a number that ends a range or follows a comparison, or a rank there.
func (r *reading) end(i, last int, glue bool) (n, next int, ok bool) {
	if n, next, ok = r.numberGlued(i, last, glue); ok || !r.wide || i >= last {
		return n, next, ok
	}
	if r.terms[i].figure.Has(lexicon.Det) && i+1 < last {
		i++
		if n, next, ok = r.numberGlued(i, last, glue); ok {
			return n, next, ok
		}
	}
	s, ok := r.terms[i].figure.Sense(lexicon.Ordinal)
	return s.N, i + 1, ok
}

// between reads "between 10 and 20"; exclusive wordings stay inclusive, since
// that is how recorders code them.
func (r *reading) between(start, i, last int) (quantity, int, bool) {
	for _, glue := range [...]bool{true, false} {
		low, j, ok := r.end(i+1, last, glue)
		if !ok || j >= last || !r.joinsEnds(j) {
			continue
		}
		high, end, ok := r.end(j+1, last, true)
		low = r.shared(low, j-1, high, end-1)
		if !ok || high < low {
			continue
		}
		q := quantity{Figure: cairn.Figure{Op: cairn.OpBetween, Low: cairn.N(low), High: cairn.N(high)}}
		return r.finished(q, start, end, "figure.between"), end, true
	}
	return quantity{}, start, false
}

func (r *reading) joinsEnds(i int) bool {
	n := r.terms[i].figure
	return n.Has(lexicon.And) || n.Has(lexicon.Glue) || n.Has(lexicon.Joint) || n.Has(lexicon.To)
}

// rangeEnd reads the second half of "10 to 20", "10-20" or "10 or 11", and
// returns both ends.
func (r *reading) rangeEnd(i, last, low int) (lowest, high, next int, ok bool) {
	if i+1 >= last {
		return 0, 0, i, false
	}
	n := r.terms[i].figure
	dash := r.dashAt(i)
	if !dash && !n.Has(lexicon.To) && !n.Has(lexicon.Or) {
		return 0, 0, i, false
	}
	high, j, ok := r.end(i+1, last, true)
	low = r.shared(low, i-1, high, j-1)
	if !ok || high <= low || n.Has(lexicon.To) && r.isArticle(i+1) || r.wide && n.Has(lexicon.Or) && high > 2*low {
		return 0, 0, i, false
	}
	if dash && (r.dashAt(j) || i > 1 && r.dashAt(i-2)) {
		return 0, 0, i, false // three numbers between dashes are a telephone's
	}
	return low, high, j, true
}

// shared returns the lower end of a range with the scale word that stands only
// behind the upper one: "two to three hundred". The terms are the last of each.
func (r *reading) shared(low, lowTerm, high, highTerm int) int {
	s, ok := r.terms[highTerm].figure.Sense(lexicon.Number)
	if !ok || !isScale(s) || high%s.N != 0 || low >= high/s.N || r.scaleAt(lowTerm, len(r.terms)) {
		return low
	}
	return low * s.N
}

// dashAt reports whether term i is a dash between two numbers.
func (r *reading) dashAt(i int) bool {
	if i < 1 || i+1 >= len(r.terms) {
		return false
	}
	switch r.sign(i) {
	case '-', '–':
		return r.terms[i].glued && r.terms[i+1].glued || r.wide && !r.terms[i].glued && !r.terms[i+1].glued && r.terms[i+1].digit
	case '~':
		return r.wide
	}
	return false
}
