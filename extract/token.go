package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A token is a word, a number or one sign of punctuation of the text.
type token struct {
	span    cairn.Span
	node    *lexicon.Node // of the word alone; nil where the lexicon lacks it
	roles   lexicon.Role
	word    bool // begins with a letter
	digit   bool // begins with a digit
	upper   bool // begins with a capital letter
	glued   bool // no space before it
	opens   bool // first of a paragraph
	newline bool // first of a line
}

// A term is one or more tokens that the lexicon knows as one phrase, or a
// single token.
type term struct {
	token
	tokens int           // how many tokens it covers
	when   int           // 1 + index of the time expression that covers it, or 0
	figure *lexicon.Node // its node for the figure reader; node is nil where that alone knows the words
}

// tokens cuts text into tokens. Words are those of Unicode Annex 29; a
// possessive ending becomes a token of its own.
func (r *reading) tokens() {
	text := r.text
	at, opens, newline, space := 0, true, true, true
	iter := words.FromString(text)
	for iter.Next() {
		word := iter.Value()
		span := cairn.Span{Start: at, End: at + len(word)}
		at = span.End
		r.speak(span.Start)
		first, _ := utf8.DecodeRuneInString(word)
		if unicode.IsSpace(first) || first == '\u200e' || first == '\u200f' {
			if strings.Contains(word, "\n") {
				opens = opens || newline && !space || blankBefore(text, span)
				newline = true
			}
			space = true
			continue
		}
		if word == "#" && nextLetter(text, at) {
			continue // the mark of a hashtag is no word of the sentence
		}
		t := token{span: span, word: unicode.IsLetter(first), digit: unicode.IsDigit(first), upper: unicode.IsUpper(first), glued: !space, opens: opens, newline: newline}
		opens, newline, space = false, false, false
		if strings.IndexByte(word, '_') > 0 {
			r.underscored(t)
			continue
		}
		if cut := possessive(word); t.word && cut > 0 {
			tail := t
			t.span.End = span.Start + cut
			tail.span.Start, tail.word, tail.glued, tail.upper, tail.opens, tail.newline = t.span.End, false, true, false, false, false
			r.toks = append(r.toks, r.known(t), tail)
			continue
		}
		r.cut(t)
	}
}

// nextLetter reports whether a letter stands at byte i of text.
func nextLetter(text string, i int) bool {
	c, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(c)
}

// underscored cuts a word at its underscores, by which hashtags join words.
func (r *reading) underscored(t token) {
	start := t.span.Start
	for part := range strings.SplitSeq(t.span.Of(r.text), "_") {
		p := t
		p.span = cairn.Span{Start: start, End: start + len(part)}
		start += len(part) + 1
		if first, _ := utf8.DecodeRuneInString(part); part != "" {
			p.word, p.digit, p.upper = unicode.IsLetter(first), unicode.IsDigit(first), unicode.IsUpper(first)
			r.cut(p)
			t.glued, t.opens, t.newline = false, false, false
		}
	}
}

// blankBefore reports whether the line break in span ends a paragraph: a blank
// line, or a line so short that nobody wrapped it there.
func blankBefore(text string, span cairn.Span) bool {
	if strings.Count(text[span.Start:span.End], "\n") > 1 {
		return true
	}
	start := strings.LastIndexByte(text[:span.Start], '\n') + 1
	if strings.TrimSpace(text[start:span.Start]) == "" {
		return true
	}
	return span.Start-start < 45 || short(text, start, span)
}

// short reports whether the line from start up to the break in span ended before
// the next word had to go to the next line, which is longer: nobody wrapped it
// there.
func short(text string, start int, span cairn.Span) bool {
	next, _, _ := strings.Cut(text[span.End:], "\n")
	word, _, _ := strings.Cut(next, " ")
	long := utf8.RuneCountInString(next)
	return utf8.RuneCountInString(text[start:span.Start])+utf8.RuneCountInString(word)+shortBy < long
}

// shortBy is by how many letters a line that nobody wrapped is shorter than the
// next.
const shortBy = 12

func possessive(word string) int {
	for _, end := range [...]string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(word, end) && len(word) > len(end) {
			return len(word) - len(end)
		}
	}
	return 0
}

func (r *reading) known(t token) token {
	if t.word || t.digit || r.text[t.span.Start] == '%' || r.text[t.span.Start] == '&' {
		r.key = lexicon.AppendFold(r.key[:0], t.span.Of(r.text))
		t.node, t.roles = r.lang.Spelled(r.lang.Root, r.key), r.lang.Roles(r.key)
		if r.twinned(t.span) {
			t.node = nil
		}
	}
	return t
}

// twinned reports whether the word at span is another than the one that it folds
// to, because its line writes the two letters apart.
func (r *reading) twinned(span cairn.Span) bool {
	letter := r.lang.Twin(span.Of(r.text))
	if letter == "" {
		return false
	}
	start := strings.LastIndexByte(r.text[:span.Start], '\n') + 1
	line, _, _ := strings.Cut(r.text[start:], "\n")
	return strings.Contains(line, letter)
}

// terms joins tokens into the longest phrases that the lexicon knows.
func (r *reading) joinTerms() {
	for i := 0; i < len(r.toks); {
		r.speak(r.toks[i].span.Start)
		n, node := r.longest(i)
		t := term{token: r.toks[i], tokens: n}
		if n > 1 {
			t.span.End = r.toks[i+n-1].span.End
			r.key = lexicon.AppendFold(r.key[:0], t.span.Of(r.text))
			t.roles = r.lang.Roles(r.key)
		}
		t.node, t.figure = node, node
		if node.ForFigures() || n == 1 && node.HasAny(1<<lexicon.Be|1<<lexicon.Pronoun) && r.initials(i) {
			t.node = nil
		}
		r.terms = append(r.terms, t)
		i += n
	}
}

// initials reports whether token i is two capitals between words that are not all
// capitals, and so no small word: "IS fighters", "a US soldier".
func (r *reading) initials(i int) bool {
	capitals := func(k int) bool {
		word := r.toks[k].span.Of(r.text)
		return strings.ToUpper(word) == word && strings.ToLower(word) != word
	}
	if r.toks[i].span.Len() != 2 || !capitals(i) {
		return false
	}
	return i+1 < len(r.toks) && r.toks[i+1].word && !capitals(i+1)
}

func (r *reading) longest(i int) (int, *lexicon.Node) {
	best, node := 1, r.toks[i].node
	if !node.More() {
		return best, senses(node)
	}
	at := node
	for j := i + 1; j < len(r.toks) && !r.toks[j].opens; j++ {
		if r.text[r.toks[j].span.Start] == '-' && r.toks[j].glued {
			continue
		}
		if !r.toks[j].word && !r.toks[j].digit || r.twinned(r.toks[j].span) {
			break
		}
		r.key = lexicon.AppendFold(r.key[:0], r.toks[j].span.Of(r.text))
		at = r.lang.Spelled(at, r.key)
		if at == nil {
			break
		}
		if at.Known() {
			best, node = j-i+1, at
		}
	}
	if !node.Known() { // it only begins phrases
		r.key = lexicon.AppendFold(r.key[:0], r.toks[i].span.Of(r.text))
		node = r.lang.Stripped(r.lang.Root, r.key)
	}
	return best, senses(node)
}

func senses(n *lexicon.Node) *lexicon.Node {
	if !n.Known() {
		return nil
	}
	return n
}

// longest bounds a sentence, in terms. A longer one is no prose, and is cut.
const longest = 400

// cutSentences cuts the terms into sentences.
func (r *reading) cutSentences() {
	r.sentences = make([]sentence, 0, len(r.terms)/20+1)
	start := 0
	for i := range r.terms {
		r.speak(r.terms[i].span.Start)
		if i > start && (r.terms[i].opens || i-start >= longest || r.endsBefore(i)) {
			r.sentences = append(r.sentences, sentence{first: start, last: i})
			start = i
		}
	}
	if start < len(r.terms) {
		r.sentences = append(r.sentences, sentence{first: start, last: len(r.terms)})
	}
	paragraph := 0
	for i := range r.sentences {
		s := &r.sentences[i]
		if r.terms[s.first].opens {
			paragraph = s.first
		}
		s.paragraph = paragraph
		s.span = cairn.Span{Start: r.terms[s.first].span.Start, End: r.terms[s.last-1].span.End}
		s.headline = r.isHeadline(*s)
	}
}

// endsBefore reports whether a sentence ends before term i: after a full stop
// that is no abbreviation's, and whatever closes quotes or brackets behind it.
func (r *reading) endsBefore(i int) bool {
	if r.terms[i].glued && !r.terms[i].upper {
		return false
	}
	j := i - 1
	for j > 0 && r.closes(j) {
		if r.closes(i) && r.terms[i].glued {
			return false
		}
		j--
	}
	switch r.sign(j) {
	case '!', '?', '؟':
		return true
	case '.', '…':
	default:
		return false
	}
	if r.closes(i) && r.terms[i].glued {
		return false
	}
	if t := r.terms[i]; !t.upper && !t.digit && t.word && !r.lang.NoCapitals {
		return false
	}
	if j == 0 {
		return true
	}
	before := r.terms[j-1]
	if !r.terms[j].glued || !before.word {
		return true
	}
	if before.span.Len() == 1 && before.upper {
		return false
	}
	if !before.node.Has(lexicon.Abbreviation) {
		return true
	}
	return before.span.Len() > 4 && !before.node.Has(lexicon.Title)
}

// closes reports whether term i is a closing quote or bracket.
func (r *reading) closes(i int) bool {
	switch r.sign(i) {
	case '"', '”', '’', '\'', ')', ']', '»':
		return true
	}
	return false
}

// sign returns the first rune of term i where it is punctuation, else 0; a comma
// and a semicolon of any script are those of ours.
func (r *reading) sign(i int) rune {
	if i < 0 || i >= len(r.terms) || r.terms[i].word || r.terms[i].digit {
		return 0
	}
	switch c, _ := utf8.DecodeRuneInString(r.text[r.terms[i].span.Start:]); c {
	case '،':
		return ','
	case '؛':
		return ';'
	default:
		return c
	}
}

// A sentence is a run of terms.
type sentence struct {
	first, last int // terms, half open
	paragraph   int // first term of its paragraph
	span        cairn.Span
	headline    bool // most of its words are capitalised, so capitals say nothing
}

// isHeadline reports whether most words of s are capitalised.
func (r *reading) isHeadline(s sentence) bool {
	upper, all := 0, 0
	for i := s.first; i < s.last; i++ {
		if t := r.terms[i]; t.word && t.span.Len() > 3 {
			all++
			if t.upper {
				upper++
			}
		}
	}
	return all >= 3 && upper*5 >= all*4
}
