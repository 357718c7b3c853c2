package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn/lexicon"
)

// mostDigits is how many digits a number can have; more are no number.
const mostDigits = 15

// A ratio is a number while it is read: over is what n has to be divided by, 10
// for one decimal, 4 for quarters.
type ratio struct{ n, over int }

// times returns x multiplied by s where that is a whole number.
func (x ratio) times(s int) (int, bool) {
	if s <= 0 || x.over <= 0 || x.n > mostOfAll/s {
		return 0, false
	}
	return x.n * s / x.over, x.n*s%x.over == 0
}

// mostOfAll bounds what any number can mean.
const mostOfAll = 1_000_000_000_000_000

// digit returns the value of a digit of any script, or -1.
func digit(c rune) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case '٠' <= c && c <= '٩':
		return int(c - '٠')
	case '۰' <= c && c <= '۹':
		return int(c - '۰')
	}
	return -1
}

// A numeral is digits cut into the runs between their signs.
type numeral struct {
	runs  [8]string
	signs [8]rune // signs[i] stands before runs[i]
	n     int
	rest  string // what follows the last run
}

func numeralOf(s string) numeral {
	var x numeral
	for s != "" && x.n < len(x.runs) {
		sign, size := rune(0), 0
		if x.n > 0 {
			if sign, size = utf8.DecodeRuneInString(s); unicode.IsLetter(sign) {
				break
			}
		}
		end := size
		for end < len(s) {
			c, width := utf8.DecodeRuneInString(s[end:])
			if digit(c) < 0 {
				break
			}
			end += width
		}
		if end == size {
			break
		}
		x.runs[x.n], x.signs[x.n] = s[size:end], sign
		x.n++
		s = s[end:]
	}
	x.rest = s
	return x
}

// value reads the first runs of x: all but the last join in threes, and the
// last does or is the decimals. It returns how many runs it took.
func (x *numeral) value(spelling *lexicon.Spelling, decimals bool) (v ratio, runs int) {
	v = ratio{0, 1}
	v.n, runs = appendRun(0, x.runs[0]), 1
	for runs < x.n && x.groups(runs, spelling) {
		v.n = appendRun(v.n, x.runs[runs])
		runs++
	}
	if decimals && runs == x.n-1 && (runs == 1 || x.signs[runs] != x.signs[1]) && strings.ContainsRune(spelling.Groups+spelling.Decimals, x.signs[runs]) {
		for range utf8.RuneCountInString(x.runs[runs]) {
			v.over *= 10
		}
		v.n = appendRun(v.n, x.runs[runs])
		runs++
	}
	return v, runs
}

// groups reports whether run i is the next three digits of the number before it.
func (x *numeral) groups(i int, spelling *lexicon.Spelling) bool {
	sign := x.signs[i]
	if unicode.IsSpace(sign) {
		sign = ' '
	}
	known := sign == ' ' || strings.ContainsRune(spelling.Groups, sign)
	return known && utf8.RuneCountInString(x.runs[i]) == 3 && utf8.RuneCountInString(x.runs[0]) <= 3 && (i == 1 || x.signs[i] == x.signs[1])
}

func appendRun(n int, run string) int {
	for _, c := range run {
		n = n*10 + digit(c)
	}
	return n
}

// numeralAt reads the digits of term i with the groups that stand apart from
// them, a suffix and an exponent: "1 300", "10k", "1e6".
func (r *reading) numeralAt(i, last int) (v ratio, next int, ok bool) {
	s := r.terms[i].span.Of(r.text)
	if len(s) > 4*mostDigits || r.terms[i].tokens > 1 {
		return ratio{}, i, false
	}
	x := numeralOf(s)
	digits := 0
	for k := range x.n {
		digits += utf8.RuneCountInString(x.runs[k])
	}
	if x.n == 0 || digits > mostDigits {
		return ratio{}, i, false
	}
	v, runs := x.value(&r.lang.Spelling, true)
	if runs < x.n {
		return ratio{}, i, false
	}
	if x.rest != "" {
		v, ok = r.suffixed(v, x.rest)
		return v, i + 1, ok
	}
	next = i + 1
	if x.n == 1 && digits <= 3 && (r.wide || strings.ContainsRune(r.lang.Groups, ' ')) {
		for next < last && r.threeApart(next) && v.n < mostOfAll/1000 {
			v.n = appendRun(v.n, r.terms[next].span.Of(r.text))
			next++
		}
	}
	if s, is := r.suffixAt(next, last); is && v.n < mostOfAll/s {
		v.n, next = v.n*s, next+1
	}
	return v, next, true
}

// digitsAt reads the digits of term i alone, which may be of any script.
func (r *reading) digitsAt(i int) (int, bool) {
	v, next, ok := r.numeralAt(i, i+1)
	return v.n, ok && next == i+1 && v.over == 1
}

// threeApart reports whether term i is three digits, one space after others.
func (r *reading) threeApart(i int) bool {
	t := r.terms[i]
	if !t.digit || t.glued || utf8.RuneCountInString(t.span.Of(r.text)) != 3 || utf8.RuneCountInString(r.text[r.terms[i-1].span.End:t.span.Start]) != 1 {
		return false
	}
	for _, c := range t.span.Of(r.text) {
		if digit(c) < 0 {
			return false
		}
	}
	return true
}

// suffixed multiplies v by the letters behind its digits.
func (r *reading) suffixed(v ratio, letters string) (ratio, bool) {
	if !r.wide {
		return v, false
	}
	if power := numeralOf(letters[1:]); power.n == 1 && power.rest == "" && (letters[0] == 'e' || letters[0] == 'E') {
		for range min(appendRun(0, power.runs[0]), mostDigits+1) {
			v.n *= 10
		}
		return v, v.n < mostOfAll*10 && v.n >= 0
	}
	n, ok := r.suffix(letters)
	if !ok || v.n > mostOfAll/n {
		return v, false
	}
	return ratio{v.n * n, v.over}, true
}

// suffix returns what letters behind digits multiply them by.
func (r *reading) suffix(letters string) (int, bool) {
	r.key = lexicon.AppendFold(r.key[:0], letters)
	s, ok := r.lang.Root.Next(r.key).Sense(lexicon.Suffix)
	if !ok || s.N == 0 || strings.HasSuffix(s.Value, "capital") && (letters[0] < 'A' || letters[0] > 'Z') {
		return 0, false
	}
	return s.N, true
}

// ranked reports whether letters behind digits make them a rank: 98th.
func (r *reading) ranked(letters string) bool {
	r.key = lexicon.AppendFold(r.key[:0], letters)
	s, ok := r.lang.Root.Next(r.key).Sense(lexicon.Suffix)
	return ok && s.N == 0
}

func (r *reading) suffixAt(i, last int) (int, bool) {
	if !r.wide || i >= last || r.terms[i].tokens > 1 || !r.terms[i].figure.Has(lexicon.Suffix) {
		return 0, false
	}
	return r.suffix(r.terms[i].span.Of(r.text))
}

// digits reads whole digits, of any script, with their commas.
func digits(s string) (int, bool) {
	if len(s) > 4*mostDigits {
		return 0, false
	}
	x := numeralOf(s)
	if x.n == 0 || x.rest != "" {
		return 0, false
	}
	v, runs := x.value(&commas, false)
	return v.n, runs == x.n && v.n <= mostOfAll
}

var commas = lexicon.Spelling{Groups: ","}
