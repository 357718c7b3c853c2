package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normal is s in the form in which spellings are compared: lower case, one
// space between words, without marks above and below letters, without
// punctuation; letters that hands use for one another made one (the seats of
// hamza, ta marbuta and ha, alef maqsura and ya, ё and е).
func Normal(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(s) {
		for _, r := range fold(r) {
			if r == ' ' {
				space = b.Len() > 0
				continue
			}
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain reports whether s is normal already, as most romanised names are once
// they are in lower case.
func plain(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			space = false
		case c == ' ' && !space:
			space = true
		default:
			return false
		}
	}
	return !space || s == ""
}

// folded is what single letters become; what is not named becomes its lower
// case, and marks nothing.
var folded = map[rune]string{
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا", 'ؤ': "و", 'ئ': "ي", 'ى': "ي", 'ی': "ي", 'ې': "ي", 'ة': "ه", 'ۀ': "ه", 'ە': "ه", 'ک': "ك", 'ھ': "ه", 'ہ': "ه",
	'ـ': "", 'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'ø': "o", 'Ø': "o", 'œ': "oe", 'Œ': "oe", 'đ': "d", 'Đ': "d", 'ł': "l", 'Ł': "l", 'ð': "dh", 'þ': "th",
	'ş': "sh", 'Ş': "sh", 'š': "sh", 'Š': "sh", 'ç': "ch", 'Ç': "ch", 'č': "ch", 'Č': "ch", 'ž': "zh", 'Ž': "zh", 'ı': "i", 'ғ': "г", 'ё': "е", 'Ё': "е",
	'ʿ': "", 'ʾ': "", '‘': "", '’': "", '\'': "", 'ʼ': "", '`': "", '´': "", '״': "", '"': "", '“': "", '”': "",
}

func fold(r rune) string {
	if to, ok := folded[r]; ok {
		return to
	}
	switch {
	case r >= '٠' && r <= '٩':
		return string('0' + r - '٠')
	case r >= '۰' && r <= '۹':
		return string('0' + r - '۰')
	case r == '׳':
		return "'"
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return ""
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return string(unicode.ToLower(r))
	}
	return " "
}

// A script is a way of writing that comparisons of letters stay within.
type script uint8

const (
	latin script = iota
	arabic
	cyrillic
	hebrew
	other
)

func scriptOf(s string) script {
	for _, r := range s {
		switch {
		case r < 0x250:
			if r >= 'a' {
				return latin
			}
		case unicode.Is(unicode.Arabic, r):
			return arabic
		case unicode.Is(unicode.Cyrillic, r):
			return cyrillic
		case unicode.Is(unicode.Hebrew, r):
			return hebrew
		default:
			return other
		}
	}
	return latin
}

// vowelless reports whether s is written without most vowels.
func (s script) vowelless() bool { return s == arabic || s == hebrew }
