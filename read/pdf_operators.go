package read

import (
	"bytes"
	"strconv"
)

// An operand is what stands before an operator in the content of a page: a
// number, the bytes of a string, a name, or an array of these.
type operand struct {
	kind   byte // one of those below
	number float64
	text   string
	array  []operand
}

const (
	operandOther  = 0
	operandNumber = '1'
	operandString = '('
	operandName   = '/'
	operandArray  = '['
)

const (
	mostOperands = 1 << 16 // before one operator; what comes first is dropped
	mostArrays   = 16      // within one another
)

// An operation reads the operators of content one after another. It comes to
// the end of any bytes whatever.
type operation struct {
	content []byte
	at      int
	picture bool // one stood in the content itself
}

// each calls do with each operator and the operands before it.
func (o *operation) each(do func(operator string, v []operand)) {
	var v []operand
	for {
		c, ok := o.skip()
		switch {
		case !ok:
			return
		case isRegular(c) && !startsNumber(c):
			operator := o.regular()
			if operator == "BI" {
				o.inlinePicture()
			} else {
				do(operator, v)
			}
			v = v[:0]
		default:
			if len(v) == mostOperands {
				v = v[:0]
			}
			v = append(v, o.operand(c, 0))
		}
	}
}

// skip passes over white space and remarks, and returns the next byte.
func (o *operation) skip() (byte, bool) {
	for ; o.at < len(o.content); o.at++ {
		switch c := o.content[o.at]; {
		case c == '%':
			for o.at < len(o.content) && o.content[o.at] != '\n' && o.content[o.at] != '\r' {
				o.at++
			}
		case !isBlank(c):
			return c, true
		}
	}
	return 0, false
}

func isBlank(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isRegular(c byte) bool { return !isBlank(c) && bytes.IndexByte([]byte("()<>[]{}/%"), c) < 0 }

func startsNumber(c byte) bool { return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' }

func (o *operation) regular() string {
	start := o.at
	for o.at < len(o.content) && isRegular(o.content[o.at]) {
		o.at++
	}
	return string(o.content[start:o.at])
}

// operand reads the operand that begins with c.
func (o *operation) operand(c byte, depth int) operand {
	switch {
	case startsNumber(c):
		n, _ := strconv.ParseFloat(o.regular(), 64)
		return operand{kind: operandNumber, number: n}
	case isRegular(c): // a word within an array
		o.regular()
		return operand{}
	}
	o.at++
	switch c {
	case '/':
		return operand{kind: operandName, text: o.name()}
	case '(':
		return operand{kind: operandString, text: o.literal()}
	case '<':
		if o.at < len(o.content) && o.content[o.at] == '<' {
			o.at++ // what stands in a dictionary is taken for operands, which no operator that is read asks for
			return operand{}
		}
		return operand{kind: operandString, text: o.hexadecimal()}
	case '[':
		return operand{kind: operandArray, array: o.array(depth)}
	}
	return operand{}
}

func (o *operation) name() string {
	name := o.regular()
	for i := 0; i+2 < len(name); i++ {
		if name[i] == '#' && isHex(name[i+1]) && isHex(name[i+2]) {
			name = name[:i] + string(rune(hex4([]byte(lower(name[i+1:i+3]))))) + name[i+3:]
		}
	}
	return name
}

func lower(s string) string { return string(bytes.ToLower([]byte(s))) }

func (o *operation) array(depth int) (array []operand) {
	for {
		c, ok := o.skip()
		if !ok {
			return array
		}
		if c == ']' {
			o.at++
			return array
		}
		if c == '[' && depth >= mostArrays {
			o.at++
			continue
		}
		array = append(array, o.operand(c, depth+1))
	}
}

// literal reads a string in brackets, whose own brackets pair or are escaped.
func (o *operation) literal() string {
	var s []byte
	for depth := 1; o.at < len(o.content); o.at++ {
		switch c := o.content[o.at]; c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				o.at++
				return string(s)
			}
		case '\\':
			s = o.escaped(s)
			continue
		}
		s = append(s, o.content[o.at])
	}
	return string(s)
}

// escaped appends what the escape at hand stands for, and goes to its last byte.
func (o *operation) escaped(s []byte) []byte {
	o.at++
	if o.at >= len(o.content) {
		return s
	}
	c := o.content[o.at]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(s, "\n\r\t\b\f"[i])
	}
	if c >= '0' && c <= '7' {
		n := 0
		for i := 0; i < 3 && o.at < len(o.content) && o.content[o.at] >= '0' && o.content[o.at] <= '7'; i++ {
			n = n*8 + int(o.content[o.at]-'0')
			o.at++
		}
		o.at--
		return append(s, byte(n))
	}
	if c == '\r' && o.at+1 < len(o.content) && o.content[o.at+1] == '\n' {
		o.at++
		return s
	}
	if c == '\n' || c == '\r' {
		return s
	}
	return append(s, c)
}

func (o *operation) hexadecimal() string {
	end := bytes.IndexByte(o.content[o.at:], '>')
	if end < 0 {
		end = len(o.content) - o.at
	}
	digits := make([]byte, 0, end+1)
	for _, c := range o.content[o.at : o.at+end] {
		if isHex(c) {
			digits = append(digits, c)
		}
	}
	o.at = min(len(o.content), o.at+end+1)
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	digits = bytes.ToLower(digits)
	s := make([]byte, 0, len(digits)/2)
	for i := 0; i < len(digits); i += 2 {
		s = append(s, byte(hex4(digits[i:i+2])))
	}
	return string(s)
}

// inlinePicture passes over a picture that stands in the content itself.
func (o *operation) inlinePicture() {
	o.picture = true
	rest := o.content[o.at:]
	for from := 0; ; {
		i := bytes.Index(rest[from:], []byte("EI"))
		if i < 0 {
			o.at = len(o.content)
			return
		}
		i += from
		if i > 0 && isBlank(rest[i-1]) && (i+2 == len(rest) || isBlank(rest[i+2])) {
			o.at += i + 2
			return
		}
		from = i + 2
	}
}
