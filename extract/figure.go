package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// figureSpans returns every figure of the text, whatever it counts.
func (r *reading) figureSpans() []FigureSpan {
	r.wide = true
	defer func() { r.wide = false }()
	out := []FigureSpan{}
	for _, s := range r.sentences {
		r.speak(s.span.Start)
		from, end := len(out), s.first
		for i := s.first; i < s.last; {
			if x := r.terms[i].when; x > 0 && r.worded(r.times[x-1]) {
				i++
				continue
			}
			q, next, ok := r.figure(i, s.last)
			if !ok {
				if r.terms[i].digit {
					out = r.numerals(out, i)
				}
				i++
				continue
			}
			f := FigureSpan{Words: q.Words, Span: *q.Span, Op: q.Op, Low: q.Low, High: q.High, Unit: q.Unit}
			if len(out) > from && r.joint(end, i) && meet(out[len(out)-1], f) {
				out[len(out)-1] = met(r.text, out[len(out)-1], f)
			} else {
				out = append(out, f)
			}
			i, end = next, next
		}
	}
	return out
}

// worded reports whether a time has words, so that its numbers are a day's or a
// year's beyond doubt.
func (r *reading) worded(x timex) bool {
	for i := x.first; i < x.end; i++ {
		if r.terms[i].word {
			return true
		}
	}
	return false
}

// figure reads one figure, with the word that opens a range of two ends.
func (r *reading) figure(i, last int) (quantity, int, bool) {
	if r.terms[i].figure.Has(lexicon.From) && i+3 < last {
		first := i + 1
		if r.terms[first].figure.Has(lexicon.Det) {
			first++
		}
		if q, next, ok := r.quantity(first, last); ok && q.Op == cairn.OpBetween {
			return r.finished(q, i, next, q.rule), next, true
		}
	}
	if q, next, ok := r.quantity(i, last); ok {
		return q, next, true
	}
	if n := r.terms[i].figure; n.Has(lexicon.None) {
		if s, _ := n.Sense(lexicon.None); s.Value == "0" {
			q := quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(0), High: cairn.N(0)}}
			return r.finished(q, i, i+1, "figure.exact"), i + 1, true
		}
	}
	return quantity{}, i, false
}

// numerals appends the numbers in the digits of term i that are no number
// together: "22,24,26".
func (r *reading) numerals(out []FigureSpan, i int) []FigureSpan {
	span := r.terms[i].span
	whole := numeralOf(span.Of(r.text))
	if whole.n == 0 || whole.rest != "" && r.ranked(whole.rest) {
		return out
	}
	if _, runs := whole.value(&r.lang.Spelling, true); runs == whole.n && whole.n > 1 {
		return out // decimals
	}
	for span.Len() > 0 {
		x := numeralOf(span.Of(r.text))
		if x.n == 0 {
			break
		}
		v, runs := x.value(&r.lang.Spelling, false)
		size := 0
		for k := range runs {
			size += len(x.runs[k])
			if k > 0 {
				size += len(string(x.signs[k]))
			}
		}
		s := cairn.Span{Start: span.Start, End: span.Start + size}
		if size <= 2*mostDigits {
			out = append(out, FigureSpan{Words: s.Of(r.text), Span: s, Op: cairn.OpExact, Low: cairn.N(v.n), High: cairn.N(v.n)})
		}
		span.Start = s.End
		for span.Len() > 0 && digit(first(span.Of(r.text))) < 0 {
			span.Start += len(string(first(span.Of(r.text))))
		}
	}
	return out
}

func first(s string) rune {
	for _, c := range s {
		return c
	}
	return 0
}

// joint reports whether the terms from i to j join two bounds of one figure.
func (r *reading) joint(i, j int) bool {
	words := 0
	for k := i; k < j; k++ {
		n := r.terms[k].figure
		switch {
		case n.Has(lexicon.And), n.Has(lexicon.Glue), n.Has(lexicon.Joint):
			words++
		case r.sign(k) != ',':
			return false
		}
	}
	return j > i && j-i <= 2 && words <= 1
}

// meet reports whether a and b are the two bounds of one range.
func meet(a, b FigureSpan) bool {
	low, high := a, b
	if b.Low.Known {
		low, high = b, a
	}
	return low.Low.Known && !low.High.Known && high.High.Known && !high.Low.Known && lowest(low) <= highest(high)
}

func lowest(f FigureSpan) int {
	if f.Op == cairn.OpMoreThan {
		return f.Low.N + 1
	}
	return f.Low.N
}

func highest(f FigureSpan) int {
	if f.Op == cairn.OpLessThan {
		return f.High.N - 1
	}
	return f.High.N
}

// met returns the range between the bounds a and b.
func met(text string, a, b FigureSpan) FigureSpan {
	low, high := a, b
	if b.Low.Known {
		low, high = b, a
	}
	span := cairn.Span{Start: a.Span.Start, End: b.Span.End}
	return FigureSpan{Words: span.Of(text), Span: span, Op: cairn.OpBetween, Low: cairn.N(lowest(low)), High: cairn.N(highest(high)), Unit: a.Unit}
}
