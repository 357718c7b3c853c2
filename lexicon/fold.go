package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of a word under which it is looked up: lower case,
// without accents, presentation forms, vowel marks or tatweel, with the letters
// of Arabic that writers interchange made one.
func Fold(word string) string { return string(AppendFold(nil, word)) }

// AppendFold appends the folded form of word to dst.
func AppendFold(dst []byte, word string) []byte {
	ascii := true
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		if out, ok := appendPlain(dst, word); ok {
			return out
		}
		return appendFolded(dst, word)
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != '.' && c != '\'' {
			dst = append(dst, c)
		}
	}
	return dst
}

// appendPlain is appendFolded for words of the common letters of Arabic and
// Cyrillic, whose forms need no table of Unicode; ok is false for others.
func appendPlain(dst []byte, word string) (out []byte, ok bool) {
	for _, r := range word {
		switch {
		case 'ء' <= r && r <= 'ي':
			r = plainArabic(r)
		case 'А' <= r && r <= 'я', r == 'Ё', r == 'ё', r == 'Є', r == 'є', r == 'І', r == 'і', r == 'Ї', r == 'ї':
			r = plainCyrillic(r)
		default:
			return dst, false
		}
		if r != 'ـ' {
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst, true
}

func plainArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ى', 'ئ':
		return 'ي'
	case 'ة':
		return 'ه'
	}
	return r
}

func plainCyrillic(r rune) rune {
	switch {
	case r <= 'Џ':
		r += 'ѐ' - 'Ѐ'
	case r <= 'Я':
		r += 'а' - 'А'
	}
	switch r {
	case 'ё':
		return 'е'
	case 'й':
		return 'и'
	case 'ї':
		return 'і'
	}
	return r
}

func appendFolded(dst []byte, word string) []byte {
	for _, r := range norm.NFKD.String(strings.ToLower(word)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == 'ـ', r == '’', r == 'ʼ', r == '‘', r == '.', r == '\'':
			continue
		case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
			r = 'ا'
		case r == 'ى':
			r = 'ي'
		case r == 'ة':
			r = 'ه'
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
