package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A quantity is a figure as read from the words, with the canonical wording of
// a vague one.
type quantity struct {
	cairn.Figure
	span     cairn.Span
	wording  string
	addition bool // "another three", "three more"
	bare     bool // a number without words around it, so perhaps an age
	rule     string
}

// quantity reads the quantity that begins at term i of a sentence that ends
// before term last, and returns the term after it; ok is false where none
// begins there.
func (r *reading) quantity(i, last int) (q quantity, next int, ok bool) {
	start := i
	op := cairn.OpExact
	for i < last-1 {
		o, next, is := r.bounder(i, last)
		if !is {
			break
		}
		if op == cairn.OpExact || op == cairn.OpAbout {
			op = o
		}
		i = next
	}
	if d, ok := r.terms[i].node.Sense(lexicon.Det); ok && i > start && d.N == 1 && i+1 < last && r.terms[i+1].digit {
		i++ // "at least the 80 %"
	}
	if n := r.terms[i].figure; n.Has(lexicon.Between) && i+3 < last {
		return r.between(start, i, last)
	} else if n.Has(lexicon.Extra) {
		q.addition = true
		i++
	}
	q.addition = q.addition || i < last && i > start && r.terms[i-1].figure.Has(lexicon.Addition)
	low, i, ok := r.amount(start, i, last)
	if !ok {
		return r.vague(start, i, last)
	}
	q.Low, q.High, q.Op = cairn.N(low), cairn.N(low), cairn.OpExact
	q.bare = i == start+1 && r.terms[start].digit && op == cairn.OpExact
	if low, high, j, is := r.rangeEnd(i, last, low); is {
		q.Low, q.High, q.Op, i = cairn.N(low), cairn.N(high), cairn.OpBetween, j
	} else {
		op, i = r.boundAfter(op, i, last)
		q.bound(op)
	}
	if i < last && (r.sign(i) == '%' || r.terms[i].figure.Has(lexicon.PerCent)) {
		q.Unit, i = cairn.Percent, i+1
	}
	return r.finished(q, start, i, "figure."+string(q.Op)), i, true
}

// amount reads the number of a quantity. Where a bound stands before it, that
// can be a rank, or a scale word that means several of them elsewhere.
func (r *reading) amount(start, i, last int) (n, next int, ok bool) {
	if i == start || i == start+1 && r.terms[start].figure.Has(lexicon.Extra) && !r.bounds(start) {
		return r.number(i, last)
	}
	if i >= last {
		return 0, i, false
	}
	if s, is := r.terms[i].figure.Sense(lexicon.Number); is && strings.HasSuffix(s.Value, "bounded") {
		return s.N, i + 1, true
	}
	return r.end(i, last, true)
}

// bounds reports whether term i bounds the number behind it.
func (r *reading) bounds(i int) bool { return r.terms[i].figure.HasAny(boundMask) }

// bound opens the end of an exact quantity that op leaves open.
func (q *quantity) bound(op cairn.Op) {
	q.Op = op
	switch op {
	case cairn.OpAtLeast, cairn.OpMoreThan:
		q.High = cairn.Bound{}
	case cairn.OpAtMost, cairn.OpLessThan:
		q.Low = cairn.Bound{}
	}
}

func (r *reading) finished(q quantity, start, end int, rule string) quantity {
	q.span = cairn.Span{Start: r.terms[start].span.Start, End: r.terms[end-1].span.End}
	span := q.span
	q.Words, q.Span, q.rule = span.Of(r.text), &span, rule
	return q
}

func (r *reading) numberAt(i int) bool {
	if i >= len(r.terms) {
		return false
	}
	t := r.terms[i]
	return t.digit || t.figure.Has(lexicon.Number) || r.isArticle(i) && i+1 < len(r.terms) && r.terms[i+1].figure.Has(lexicon.Number) || t.figure.Has(lexicon.Vague)
}

func (r *reading) isArticle(i int) bool {
	return i >= 0 && i < len(r.terms) && r.terms[i].figure.Has(lexicon.Article)
}

// noCount reports whether the digits of term i are part of a date, a sum of
// money, a time of day, a name or an address.
func (r *reading) noCount(i int) bool {
	t := r.terms[i]
	if t.when > 0 {
		return true
	}
	if t.glued {
		switch r.sign(i - 1) {
		case '$', '£', '€', '#', '/', ':', '.', '@', '°', '₪':
			return true
		case '-':
			return !r.terms[i-1].glued || !(i > 1 && r.terms[i-2].digit)
		}
	}
	if r.yearLike(i) && (i+1 == len(r.terms) || !r.terms[i+1].node.Has(lexicon.People)) && !r.node(i-1).Has(lexicon.Reach) && !(i > 0 && r.terms[i-1].tokens > 1 && r.bounds(i-1)) {
		return true
	}
	if i+2 < len(r.terms) && r.sign(i+1) == '-' && r.terms[i+1].glued && r.terms[i+2].glued {
		if s, ok := r.terms[i+2].figure.Sense(lexicon.Suffix); ok && s.N == 0 {
			return true // a rank: "the 10-th corps"
		}
	}
	if i+1 < len(r.terms) && r.terms[i+1].glued {
		switch r.sign(i + 1) {
		case '/', '°':
			return true
		case ':':
			return i+2 < len(r.terms) && r.terms[i+2].glued // "27:30", and not "27: two of them"
		}
	}
	return i > 0 && r.terms[i-1].figure.Has(lexicon.Numbered)
}

// yearLike reports whether term i is four digits that are a year of our time.
func (r *reading) yearLike(i int) bool {
	s := r.terms[i].span.Of(r.text)
	if len(s) > 8 || utf8.RuneCountInString(s) != 4 {
		return false
	}
	n := 0
	for _, c := range s {
		if digit(c) < 0 {
			return false
		}
		n = n*10 + digit(c)
	}
	return n >= 1900 && n < 2100
}

// vague reads words that stand for a number: dozens, several, no, unknown.
func (r *reading) vague(start, i, last int) (quantity, int, bool) {
	if i >= last {
		return quantity{}, start, false
	}
	n := r.terms[i].figure
	q := quantity{}
	switch {
	case n.Has(lexicon.Vague):
		q.Op = cairn.OpVague
		q.wording, i = r.wording(i, last)
		if i < last && r.terms[i].figure.Has(lexicon.Trailing) {
			q.addition = true
			i++
		}
	case n.Has(lexicon.Unknown) && (strings.Contains(r.terms[i].span.Of(r.text), " ") || r.howMany(i)):
		q.Op = cairn.OpUnknown
		i++
	case n.Has(lexicon.Both):
		s, _ := n.Sense(lexicon.Both)
		if !strings.HasSuffix(s.Value, "alone") {
			return quantity{}, start, false
		}
		q.Op, q.Low, q.High = cairn.OpExact, cairn.N(s.N), cairn.N(s.N)
		i++
	default:
		return quantity{}, start, false
	}
	return r.finished(q, start, i, "figure."+string(q.Op)), i, true
}

// howMany reports whether term i asks for a number: "how many".
func (r *reading) howMany(i int) bool {
	s, _ := r.terms[i].figure.Sense(lexicon.Unknown)
	return s.Value == "how many"
}

// wording returns the canonical wording of the vague words at term i, and the
// term after them: several hundred are hundreds.
func (r *reading) wording(i, last int) (string, int) {
	s, _ := r.terms[i].figure.Sense(lexicon.Vague)
	i++
	if i >= last || s.Value != "several" && s.Value != "few" {
		return s.Value, i
	}
	if scale, ok := r.terms[i].figure.Sense(lexicon.Number); ok && isScale(scale) {
		return plurals(scale.N), i + 1
	}
	if many, ok := r.terms[i].figure.Sense(lexicon.Vague); ok && strings.HasSuffix(many.Value, "s") {
		return many.Value, i + 1
	}
	return s.Value, i
}

// plurals returns the wording for several of a scale.
func plurals(scale int) string {
	switch {
	case scale < 12:
		return "tens"
	case scale < 100:
		return "dozens"
	case scale < 1000:
		return "hundreds"
	case scale < 1_000_000:
		return "thousands"
	}
	return "millions"
}

// is reports whether term i is the given lower-case words.
func (r *reading) is(i int, words string) bool {
	if i < 0 || i >= len(r.terms) {
		return false
	}
	s := r.terms[i].span
	return s.Len() == len(words) && strings.EqualFold(s.Of(r.text), words)
}
