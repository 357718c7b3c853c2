package explain

import "strings"

// A reason marks its parts as Unicode isolates do (UAX #9), which also keeps the
// words of one direction out of the order of another: a slot has words of its own in
// another language, unless it begins as Data does, as what stays in any: a name, or
// words of the document.
const (
	opens  = "\u2068"
	closes = "\u2069"

	// Data begins a slot that stays as it is.
	Data = "\u2060"
)

var unmarked = strings.NewReplacer(opens, "", closes, "", Data, "")

// slot marks words that have words of their own in another language.
func slot(s string) string { return opens + s + closes }

// data marks what stays as it is in any.
func data(s string) string { return slot(Data + unmarked.Replace(s)) }

// told marks what a step of the method gave for a reason, part by part.
func told(reason string) string {
	parts := strings.Split(unmarked.Replace(reason), "; ")
	for i, p := range parts {
		parts[i] = slot(p)
	}
	return strings.Join(parts, "; ")
}

// Form parts marked words: the form that stands around its outermost slots, with {}
// in the place of each, and what stands in them.
func Form(marked string) (form string, slots []string) {
	var b strings.Builder
	depth, begin := 0, 0
	for i, r := range marked {
		switch {
		case string(r) == opens:
			if depth++; depth == 1 {
				b.WriteString("{}")
				begin = i + len(opens)
			}
		case string(r) == closes && depth > 0:
			if depth--; depth == 0 {
				slots = append(slots, marked[begin:i])
			}
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String(), slots
}
