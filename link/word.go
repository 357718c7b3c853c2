package link

import (
	"unicode"
	"unicode/utf8"
)

// A word is one run of letters or digits of a text, folded to lower case and
// kept as a hash, since texts are compared by the hundred thousand.
type word struct {
	hash   uint64
	start  int32 // byte offset
	size   uint8 // in runes, at most 255
	number int32 // its value where it is all digits and short, else -1
	upper  bool  // begins with a capital
	digit  bool  // begins with a digit
	first  bool  // begins a line or a sentence
	before rune  // the character that stands before it, past spaces
	after  rune  // the character right after it
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func mix(h, x uint64) uint64 {
	for range 8 {
		h = (h ^ x&0xff) * fnvPrime
		x >>= 8
	}
	return h
}

// wordsOf returns the words of text in their order.
func wordsOf(text string) []word {
	words := make([]word, 0, len(text)/6+1)
	first, before := true, rune(0)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			switch {
			case r == '\n' || r == '.' || r == '!' || r == '?' || r == '؟':
				first = true
			}
			if !unicode.IsSpace(r) || r == '\n' {
				before = r
			}
			i += n
			continue
		}
		w, end := wordAt(text, i)
		w.first, w.before = first, before
		words = append(words, w)
		first, before = false, 'a'
		i = end
	}
	return words
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// wordAt reads the word that begins at byte i, and where it ends.
func wordAt(text string, i int) (word, int) {
	w := word{hash: fnvOffset, start: int32(i)}
	r, _ := utf8.DecodeRuneInString(text[i:])
	w.upper, w.digit = unicode.IsUpper(r), unicode.IsDigit(r)
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			w.after = r
			break
		}
		if w.size < 255 {
			w.size++
		}
		if w.number >= 0 && r >= '0' && r <= '9' && w.number < 1e6 {
			w.number = w.number*10 + r - '0'
		} else {
			w.number = -1
		}
		w.hash = (w.hash ^ uint64(unicode.ToLower(r))) * fnvPrime
		i += n
	}
	return w, i
}
