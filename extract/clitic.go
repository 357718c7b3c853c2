package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn/lexicon"
)

// cut appends t to the tokens, in pieces where the text writes several words as
// one: clitics before a word that the lexicon knows or before digits, and
// letters of a script that has no place in a number after digits.
func (r *reading) cut(t token) {
	if t.digit {
		if n := r.ageBehind(t.span.Of(r.text)); n > 0 {
			t = r.piece(t, n)
			t.word, t.digit = true, false
		} else if n := foreignLetter(t.span.Of(r.text)); n > 0 {
			t = r.piece(t, n)
			t.word = true
		}
		r.toks = append(r.toks, r.known(t))
		return
	}
	t = r.known(t)
	for t.node == nil && t.word && len(r.lang.Clitics) > 0 && !r.opensName(r.key) {
		n := r.clitic(t.span.Of(r.text))
		if n == 0 {
			break
		}
		t = r.piece(t, n)
		t = r.known(t)
	}
	if n := digitsBehind(t.span.Of(r.text)); n > 0 && t.word {
		t = r.known(r.piece(t, n))
	}
	r.toks = append(r.toks, t)
}

// piece appends the first n bytes of t as a token and returns the rest of it.
func (r *reading) piece(t token, n int) token {
	rest := t
	rest.span.Start += n
	t.span.End = rest.span.Start
	first, _ := utf8.DecodeRuneInString(r.text[rest.span.Start:])
	rest.glued, rest.opens, rest.newline, rest.upper = true, false, false, false
	rest.digit, rest.word = unicode.IsDigit(first), unicode.IsLetter(first)
	r.toks = append(r.toks, r.known(t))
	return rest
}

// ageBehind returns where letters that make an age of the digits before them begin,
// "16yo"; 0 where there are none.
func (r *reading) ageBehind(word string) int {
	n := strings.IndexFunc(word, unicode.IsLetter)
	if n <= 0 || n > 2 {
		return 0
	}
	r.key = lexicon.AppendFold(r.key[:0], word[n:])
	if !r.lang.Spelled(r.lang.Root, r.key).Has(lexicon.Aged) {
		return 0
	}
	return n
}

// foreignLetter returns where a letter beyond ASCII stands in digits, or 0.
func foreignLetter(digits string) int {
	for i, c := range digits {
		if c >= utf8.RuneSelf && unicode.IsLetter(c) {
			return i
		}
	}
	return 0
}

// digitsBehind returns where digits stand behind a letter beyond ASCII, or 0.
func digitsBehind(word string) int {
	before := rune(0)
	for i, c := range word {
		if before >= utf8.RuneSelf && unicode.IsDigit(c) {
			return i
		}
		before = c
	}
	return 0
}

// clitic returns how many bytes of word are a clitic of the language, or its
// article before digits, where what follows is known; 0 where it begins with none.
func (r *reading) clitic(word string) int {
	for i, all := range [...][]string{r.lang.Clitics, r.lang.Articles} {
		for _, clitic := range all {
			n := prefixed(word, clitic)
			if n == 0 || n == len(word) {
				continue
			}
			first, _ := utf8.DecodeRuneInString(word[n:])
			if unicode.IsDigit(first) || r.joined(word[n:], i == 0) {
				return n
			}
		}
	}
	return 0
}

// joined reports whether rest is known, or, where more may follow, is more clitics
// before what is.
func (r *reading) joined(rest string, more bool) bool {
	r.key = lexicon.AppendFold(r.key[:0], rest)
	if len(r.key) <= 2 {
		return false
	}
	if node := r.lang.Spelled(r.lang.Root, r.key); len(r.key) <= 4 && node.Has(lexicon.Month) {
		return false
	}
	return r.lang.Spelled(r.lang.Root, r.key) != nil || r.opensName(r.key) || r.lang.Plays(r.key, lexicon.Given) || more && r.clitic(rest) > 0
}

// shortestName is the bytes of the shortest word that is taken for a name behind
// a clitic.
const shortestName = 6

// opensName reports whether a folded word begins the name of one of the
// project's parties or places.
func (r *reading) opensName(word []byte) bool {
	var k lexicon.Key
	k = k.Then(word)
	own := r.places.own[k]
	if len(word) < shortestName {
		return own.more && len(word) >= shortestName-2
	}
	return len(own.places) > 0 || own.more || r.parties.in(k, r.on) != "" || r.parties.more[k]
}

// prefixed returns how many bytes of word are prefix, with the marks and the
// tatweel behind it, or 0.
func prefixed(word, prefix string) int {
	if !strings.HasPrefix(word, prefix) {
		return 0
	}
	for i, c := range word[len(prefix):] {
		if !unicode.Is(unicode.Mn, c) && c != 'ـ' {
			return len(prefix) + i
		}
	}
	return len(word)
}
