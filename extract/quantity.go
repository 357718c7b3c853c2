package extract

import (
	"strconv"
	"strings"

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

// most bounds how many people a number can mean; larger ones are no tolls.
const most = 100_000_000

var bounders = [...]struct {
	kind lexicon.Kind
	op   cairn.Op
}{
	{lexicon.AtLeast, cairn.OpAtLeast}, {lexicon.AtMost, cairn.OpAtMost}, {lexicon.MoreThan, cairn.OpMoreThan},
	{lexicon.LessThan, cairn.OpLessThan}, {lexicon.About, cairn.OpAbout},
}

// quantity reads the quantity that begins at term i of a sentence that ends
// before term last, and returns the term after it; ok is false where none
// begins there.
func (r *reading) quantity(i, last int) (q quantity, next int, ok bool) {
	start := i
	op := cairn.OpExact
	for i < last-1 {
		o, is := r.bounder(i)
		if !is {
			break
		}
		if op == cairn.OpExact || op == cairn.OpAbout {
			op = o
		}
		i++
	}
	if r.is(i, "between") && i+3 < last {
		return r.between(start, i, last)
	}
	if r.is(i, "another") || r.is(i, "additional") {
		q.addition = true
		i++
	}
	q.addition = q.addition || i < last && i > start && r.terms[i-1].node.Has(lexicon.Addition)
	low, i, ok := r.number(i, last)
	if !ok {
		return r.vague(start, i, last)
	}
	q.Low, q.High, q.Op = cairn.N(low), cairn.N(low), cairn.OpExact
	q.bare = i == start+1 && r.terms[start].digit && op == cairn.OpExact
	if high, j, is := r.rangeEnd(i, last, low); is {
		q.High, q.Op, i = cairn.N(high), cairn.OpBetween, j
	}
	if i < last && op == cairn.OpExact {
		if n := r.terms[i].node; n.Has(lexicon.OrMore) && !r.is(i, "plus") {
			op, i = cairn.OpAtLeast, i+1
		} else if n.Has(lexicon.OrFewer) {
			op, i = cairn.OpAtMost, i+1
		} else if r.sign(i) == '+' && r.terms[i].glued {
			op, i = cairn.OpAtLeast, i+1
		}
	}
	if op != cairn.OpExact && q.Op == cairn.OpExact {
		q.Op = op
		switch op {
		case cairn.OpAtLeast, cairn.OpMoreThan:
			q.High = cairn.Bound{}
		case cairn.OpAtMost, cairn.OpLessThan:
			q.Low = cairn.Bound{}
		}
	}
	if i < last && (r.sign(i) == '%' || r.is(i, "percent") || r.is(i, "per cent")) {
		q.Unit, i = cairn.Percent, i+1
	}
	return r.finished(q, start, i, "figure."+string(q.Op)), i, true
}

func (r *reading) finished(q quantity, start, end int, rule string) quantity {
	q.span = cairn.Span{Start: r.terms[start].span.Start, End: r.terms[end-1].span.End}
	span := q.span
	q.Words, q.Span, q.rule = span.Of(r.text), &span, rule
	return q
}

func (r *reading) bounder(i int) (cairn.Op, bool) {
	n := r.terms[i].node
	if n == nil {
		return "", false
	}
	for _, b := range bounders {
		if n.Has(b.kind) {
			if n.Has(lexicon.Prep) && !r.numberAt(i+1) {
				return "", false
			}
			return b.op, true
		}
	}
	return "", false
}

func (r *reading) numberAt(i int) bool {
	if i >= len(r.terms) {
		return false
	}
	t := r.terms[i]
	return t.digit || t.node.Has(lexicon.Number) || r.isArticle(i) && i+1 < len(r.terms) && r.terms[i+1].node.Has(lexicon.Number) || t.node.Has(lexicon.Vague)
}

func (r *reading) isArticle(i int) bool { return r.is(i, "a") || r.is(i, "an") }

// between reads "between 10 and 20"; exclusive wordings stay inclusive, since
// that is how recorders code them.
func (r *reading) between(start, i, last int) (quantity, int, bool) {
	low, j, ok := r.number(i+1, last)
	if !ok || j >= last || !(r.terms[j].node.Has(lexicon.And) || r.is(j, "to")) {
		return quantity{}, start, false
	}
	high, end, ok := r.number(j+1, last)
	if !ok || high < low {
		return quantity{}, start, false
	}
	q := quantity{Figure: cairn.Figure{Op: cairn.OpBetween, Low: cairn.N(low), High: cairn.N(high)}}
	return r.finished(q, start, end, "figure.between"), end, true
}

// rangeEnd reads the second half of "10 to 20", "10-20" or "10 or 11".
func (r *reading) rangeEnd(i, last, low int) (int, int, bool) {
	if i+1 >= last {
		return 0, i, false
	}
	dash := (r.sign(i) == '-' || r.sign(i) == '–') && r.terms[i].glued && r.terms[i+1].glued
	if !dash && !r.is(i, "to") && !r.terms[i].node.Has(lexicon.Or) {
		return 0, i, false
	}
	high, j, ok := r.number(i+1, last)
	if !ok || high <= low || r.is(i, "to") && r.isArticle(i+1) {
		return 0, i, false
	}
	return high, j, true
}

// number reads digits or number words from term i.
func (r *reading) number(i, last int) (n, next int, ok bool) {
	if i >= last {
		return 0, i, false
	}
	if r.isArticle(i) && i+1 < last {
		s, is := r.terms[i+1].node.Sense(lexicon.Number)
		if !is || !(strings.HasSuffix(s.Value, "scale") || s.N > 1) {
			return 0, i, false
		}
		n, next = s.N, i+2
		if strings.HasSuffix(s.Value, "scale") && s.N < 1000 {
			n, next = r.scaled(1, i+1, last)
		}
		return n, next, true
	}
	if r.terms[i].digit {
		n, ok = digits(r.terms[i].span.Of(r.text))
		if !ok || r.noCount(i) {
			return 0, i, false
		}
		n, next = r.scaled(n, i+1, last)
		return n, next, n <= most
	}
	return r.numberWords(i, last)
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
	if n := r.value(i); n >= 1900 && n < 2100 && t.span.Len() == 4 && (i+1 == len(r.terms) || !r.terms[i+1].node.Has(lexicon.People)) {
		return true
	}
	if i+1 < len(r.terms) && r.terms[i+1].glued {
		switch r.sign(i + 1) {
		case ':', '/', '°':
			return true
		}
	}
	return i > 0 && numbered[strings.ToLower(r.terms[i-1].span.Of(r.text))]
}

// numbered is the words after which a number is a name.
var numbered = map[string]bool{
	"highway": true, "route": true, "road": true, "street": true, "avenue": true, "kilometer": true, "km": true, "block": true, "resolution": true, "page": true, "chapter": true, "unit": true, "interstate": true,
	"room": true, "apt": true, "flight": true, "article": true, "section": true, "number": true, "no": true, "district": true,
	"channel": true, "age": true, "aged": true, "ages": true, "figure": true, "law": true, "decree": true, "phase": true, "day": true, "version": true, "$": true,
	"us$": true, "case": true, "ak": true, "m": true,
}

// scaled multiplies n by the scale words that follow: "2 million", "40
// thousand", and adds what follows them: "one hundred and six".
func (r *reading) scaled(n, i, last int) (int, int) {
	for i < last {
		s, ok := r.terms[i].node.Sense(lexicon.Number)
		if !ok || !strings.HasSuffix(s.Value, "scale") || n > most/s.N {
			break
		}
		n, i = n*s.N, i+1
	}
	return n, i
}

func (r *reading) numberWords(i, last int) (n, next int, ok bool) {
	total, current, lastValue := 0, 0, 0
	start := i
	for i < last {
		s, is := r.terms[i].node.Sense(lexicon.Number)
		if !is {
			and := r.is(i, "and") && i > start && current >= 100 && i+1 < last && r.terms[i+1].node.Has(lexicon.Number) && !r.terms[i+1].digit
			hyphen := r.sign(i) == '-' && r.terms[i].glued && i > start && i+1 < last && r.terms[i+1].glued && r.terms[i+1].node.Has(lexicon.Number)
			if !and && !hyphen {
				break
			}
			i++
			continue
		}
		if strings.HasSuffix(s.Value, "scale") {
			if i == start {
				return 0, start, false
			}
			if s.N >= 1000 {
				total, current = total+max(1, current)*s.N, 0
			} else {
				current = max(1, current) * s.N
			}
		} else {
			if i > start && lastValue < 20 && lastValue > 0 && current%100 != 0 {
				break
			}
			current += s.N
		}
		lastValue = s.N
		i++
	}
	if i == start || total+current > most {
		return 0, start, false
	}
	if p := r.terms[i-1]; !p.word {
		i--
	}
	return total + current, i, true
}

func digits(s string) (int, bool) {
	if len(s) > 14 || strings.Contains(s, ".") {
		return 0, false
	}
	if strings.Contains(s, ",") {
		for j, group := range strings.Split(s, ",") {
			if j > 0 && len(group) != 3 || group == "" || j == 0 && len(group) > 3 {
				return 0, false
			}
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0
}

// vague reads words that stand for a number: dozens, several, no, unknown.
func (r *reading) vague(start, i, last int) (quantity, int, bool) {
	if i >= last {
		return quantity{}, start, false
	}
	n := r.terms[i].node
	q := quantity{}
	switch {
	case n.Has(lexicon.Vague):
		s, _ := n.Sense(lexicon.Vague)
		q.Op, q.wording = cairn.OpVague, s.Value
		i++
		if i < last && s.Value == "several" && r.terms[i].node.Has(lexicon.Number) {
			if scale, _ := r.terms[i].node.Sense(lexicon.Number); strings.HasSuffix(scale.Value, "scale") {
				q.wording = map[int]string{12: "dozens", 100: "hundreds", 1000: "thousands"}[scale.N]
				i++
			}
		}
		if i < last && r.is(i, "more") || i < last && r.is(i, "others") {
			q.addition = true
			i++
		}
	case n.Has(lexicon.Unknown) && strings.Contains(r.terms[i].span.Of(r.text), " "):
		q.Op = cairn.OpUnknown
		i++
	case n.Has(lexicon.Both):
		s, _ := n.Sense(lexicon.Both)
		if !r.is(i, "both") {
			return quantity{}, start, false
		}
		q.Op, q.Low, q.High = cairn.OpExact, cairn.N(s.N), cairn.N(s.N)
		i++
	default:
		return quantity{}, start, false
	}
	return r.finished(q, start, i, "figure."+string(q.Op)), i, true
}

// is reports whether term i is the given lower-case words.
func (r *reading) is(i int, words string) bool {
	if i < 0 || i >= len(r.terms) {
		return false
	}
	s := r.terms[i].span
	return s.Len() == len(words) && strings.EqualFold(s.Of(r.text), words)
}
