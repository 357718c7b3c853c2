package lexicon

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Spelling is how a language writes its numbers and joins its words. The zero
// Spelling has no signs in numbers and writes every word apart.
type Spelling struct {
	Groups    string   // signs between the thousands of a number; a space stands for every kind of space
	Decimals  string   // signs before its decimals
	Clitics   []string // words written as one with the next, folded: "و", "ب"
	Articles  []string // articles written as one with their noun, folded: "ال"
	Endings   []string // endings that say a word's case alone, folded
	Verbal    []string // endings of verbs, folded: a word with one is no part of a noun phrase
	Doers     []string // endings of the case of whoever does what a passive verb says, folded
	Adjective []string // endings of adjectives behind a preposition, folded
	Cases     []Case   // the endings of names in other cases than the first
	// UnitsFirst says that units stand before tens: five and twenty.
	UnitsFirst bool

	VerbFirst  bool     // verbs stand before their subjects
	FreeOrder  bool     // whoever is harmed stands before the verb or behind it, with no word between that says which
	Ordinary   []string // endings of common words, folded, which no name has
	DayFirst   bool     // dates in figures begin with the day
	NoCapitals bool     // its script has no capitals, so names look like other words
	Exact      []string // words that are others, and names, where their last letter is written as its twin: على is on, علي is Ali
}

// Twin returns the letter that ends the word which a word, as it is written, only
// folds to: ى for علي. Who writes both letters means two words. It is "" for every
// word that is none of Exact, or is one of them as it stands there.
func (s *Spelling) Twin(word string) string {
	for _, exact := range s.Exact {
		_, n := utf8.DecodeLastRuneInString(exact)
		stem := exact[:len(exact)-n]
		if len(word) == len(exact) && word != exact && strings.HasPrefix(word, stem) && Fold(word) == Fold(exact) {
			return exact[len(stem):]
		}
	}
	return ""
}

// add takes one row of kind spelling. Several words are parted by spaces.
func (s *Spelling) add(words, value string) error {
	switch value {
	case "groups":
		s.Groups += strings.ReplaceAll(words, "space", " ")
	case "decimals":
		s.Decimals += words
	case "clitic":
		s.Clitics = append(s.Clitics, foldedFields(words)...)
	case "article":
		s.Articles = append(s.Articles, foldedFields(words)...)
	case "ordinary ending":
		s.Ordinary = append(s.Ordinary, foldedFields(words)...)
	case "day first":
		s.DayFirst = true
	case "no capitals":
		s.NoCapitals = true
	case "verb first":
		s.VerbFirst = true
	case "free order":
		s.FreeOrder = true
	case "order":
		s.UnitsFirst = words == "units tens"
	case "ending":
		s.Endings = append(s.Endings, foldedFields(words)...)
	case "adjective":
		s.Adjective = append(s.Adjective, foldedFields(words)...)
	case "doer":
		s.Doers = append(s.Doers, foldedFields(words)...)
	case "exact":
		s.Exact = append(s.Exact, strings.Fields(words)...)
	case "verbal":
		s.Verbal = append(s.Verbal, foldedFields(words)...)
	default:
		return s.addCase(words, value)
	}
	return nil
}

// addCase takes a row that says which endings of names stand for that of their
// first case: "а у ом" of "case -", where - is none.
func (s *Spelling) addCase(words, value string) error {
	switch first, ok := strings.CutPrefix(value, "case "); {
	case ok:
		for _, ending := range foldedFields(words) {
			s.Cases = append(s.Cases, Case{strings.Trim(ending, "-"), strings.Trim(Fold(first), "-")})
		}
	default:
		return fmt.Errorf("no spelling %q", value)
	}
	return nil
}

// HasVerbal reports whether a word, folded, has an ending of verbs.
func (s *Spelling) HasVerbal(word []byte) bool { return hasEnding(word, s.Verbal) }

// HasDoer reports whether a word, folded, has an ending of the case of whoever
// does what a passive verb says.
func (s *Spelling) HasDoer(word []byte) bool { return hasEnding(word, s.Doers) }

// HasAdjective reports whether a word, folded, has an ending of adjectives that
// stand between a preposition and a noun.
func (s *Spelling) HasAdjective(word []byte) bool { return hasEnding(word, s.Adjective) }

func hasEnding(word []byte, endings []string) bool {
	for _, ending := range endings {
		if len(word) > len(ending)+shortestStem && bytes.HasSuffix(word, []byte(ending)) {
			return true
		}
	}
	return false
}

// A Case is an ending of names in another case than the first, and the ending
// that they have in the first; either may be empty. Both are folded.
type Case struct{ Ending, First string }

// shortestStem is the bytes that a name has at least before its ending.
const shortestStem = 2

// FirstCases calls yield with each form that a name, folded, may have in its
// first case, until it returns false; word itself is not among them.
func (s *Spelling) FirstCases(word []byte, yield func([]byte) bool) {
	var form []byte
	for _, c := range s.Cases {
		stem, ok := bytes.CutSuffix(word, []byte(c.Ending))
		if !ok || len(stem) < shortestStem {
			continue
		}
		if form = append(append(form[:0], stem...), c.First...); !yield(form) {
			return
		}
	}
}

// Bare reports whether a folded word is one of the articles by itself, as it is
// written before digits.
func (s *Spelling) Bare(word []byte) bool {
	for _, article := range s.Articles {
		if string(word) == article {
			return true
		}
	}
	return false
}

func foldedFields(words string) []string {
	out := strings.Fields(words)
	for i, word := range out {
		out[i] = Fold(word)
	}
	return out
}

// Spelled returns the Node after one more word, which is folded, as [Node.Next]
// does, or else after the word without its article or the ending of its case.
func (s *Spelling) Spelled(n *Node, word []byte) *Node {
	at := n.Next(word)
	if at != nil || n == nil || len(s.Articles)+len(s.Endings) == 0 {
		return at
	}
	return s.Stripped(n, word)
}

// Stripped returns the Node after one more word without its article or the ending
// of its case.
func (s *Spelling) Stripped(n *Node, word []byte) *Node {
	at := s.withoutEnding(n, word)
	if at != nil {
		return at
	}
	for _, article := range s.Articles {
		bare, ok := bytes.CutPrefix(word, []byte(article))
		if !ok || len(bare) == 0 {
			continue
		}
		if at = n.Next(bare); at == nil {
			at = s.withoutEnding(n, bare)
		}
		if at != nil {
			return at
		}
	}
	return nil
}

func (s *Spelling) withoutEnding(n *Node, word []byte) *Node {
	for _, ending := range s.Endings {
		if stem, ok := bytes.CutSuffix(word, []byte(ending)); ok && len(stem) > 0 {
			if at := n.Next(stem); at != nil {
				return at
			}
		}
	}
	return nil
}
