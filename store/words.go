package store

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words of an index are of at most longestWord bytes, and those of one row of at most
// mostWords bytes together, which PostgreSQL bounds at a megabyte.
const (
	longestWord = 100
	mostWords   = 500_000
)

// indexWords returns the words of texts, each once, in order.
func indexWords(texts ...string) []string {
	var words []string
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !ofWord(r) }) {
			if w := foldedWord(word); w != "" && len(w) <= longestWord {
				words = append(words, w)
			}
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	size := 0
	for i, w := range words {
		if size += len(w) + 1; size > mostWords {
			return words[:i]
		}
	}
	return words
}

// ofWord reports whether a rune is part of a word.
func ofWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

// arabicPrefixes are the article of Arabic with what is written onto it, the longest
// first.
var arabicPrefixes = []string{"وال", "بال", "كال", "فال", "لل", "ال"}

// foldedWord is the form under which a word is found: small letters without accents,
// vowel marks or tatweel, the letters of Arabic that writers interchange made one, and
// without its article.
func foldedWord(word string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.M, r), r == 'ـ', !ofWord(r): // some letters come apart into more than letters
			return -1
		case r == 'ى':
			return 'ي'
		case r == 'ة':
			return 'ه'
		case r == 'ٱ':
			return 'ا'
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(word))
	for _, prefix := range arabicPrefixes {
		if rest, has := strings.CutPrefix(folded, prefix); has && len([]rune(rest)) >= 3 {
			return rest
		}
	}
	return folded
}

// sought returns what is asked of an index for a row that has, for each word of text,
// one that begins with it; "" where text has no words.
func sought(text string) string {
	var all []string
	for _, w := range indexWords(text) {
		all = append(all, `"`+w+`" *`)
	}
	return strings.Join(all, " AND ")
}

// An Excerpt is the first words of a text that something was found by, with some of
// the text around them. The zero Excerpt is of a text that has none of them.
type Excerpt struct {
	Before string `json:"before"`
	Words  string `json:"words"`
	After  string `json:"after"`
}

// around is how many bytes of a text stand on either side of what was found in it.
const around = 120

// ExcerptOf returns the Excerpt of text for what was sought in it.
func ExcerptOf(text, sought string) Excerpt {
	wanted := indexWords(sought)
	for start := 0; start < len(text); {
		r, size := utf8.DecodeRuneInString(text[start:])
		if !ofWord(r) {
			start += size
			continue
		}
		end := start + strings.IndexFunc(text[start:]+" ", func(r rune) bool { return !ofWord(r) })
		folded := foldedWord(text[start:end])
		if slices.ContainsFunc(wanted, func(w string) bool { return strings.HasPrefix(folded, w) }) {
			return Excerpt{lastOf(text[:start]), text[start:end], firstOf(text[end:])}
		}
		start = end
	}
	return Excerpt{}
}

// lastOf returns the last whole words of s, firstOf the first, with a mark where some
// are left out. Neither reads a long text to its end.
func lastOf(s string) string {
	whole := oneLine(strings.ToValidUTF8(s[max(0, len(s)-4*around):], ""))
	if len(whole) <= around {
		return whole
	}
	_, last, _ := strings.Cut(whole[len(whole)-around:], " ")
	return "… " + strings.ToValidUTF8(last, "")
}

func firstOf(s string) string {
	whole := oneLine(strings.ToValidUTF8(s[:min(len(s), 4*around)], ""))
	if len(whole) <= around {
		return whole
	}
	return strings.ToValidUTF8(whole[:max(0, strings.LastIndexByte(whole[:around], ' '))], "") + " …"
}

// oneLine returns s with one space in the place of all space in it, that at its ends
// too.
func oneLine(s string) string {
	var b strings.Builder
	spaced := false
	for _, r := range s {
		if space := unicode.IsSpace(r); !space {
			b.WriteRune(r)
			spaced = false
		} else if !spaced {
			b.WriteByte(' ')
			spaced = true
		}
	}
	return b.String()
}
