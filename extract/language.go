package extract

import (
	"strings"
	"unicode"
)

// functionWords is the commonest words of the languages that share a script.
var functionWords = map[string]string{
	"the": "en", "of": "en", "and": "en", "in": "en", "was": "en", "were": "en", "that": "en", "for": "en", "with": "en", "at": "en", "by": "en", "to": "en", "is": "en",
	"el": "es", "la": "es", "los": "es", "las": "es", "de": "es", "en": "es", "que": "es", "por": "es", "una": "es", "con": "es", "del": "es", "murieron": "es", "fueron": "es", "y": "es",
}

// language returns the language of a text by its script, then by letters that
// only one language of the script has, then by its function words. It returns
// "en" for a Latin text that none of them settles, and "" for one without
// letters.
func language(text string) string {
	if len(text) > 8000 {
		text = strings.ToValidUTF8(text[:8000], "")
	}
	var latin, arabic, cyrillic, hebrew, ukrainian, russian int
	for _, c := range text {
		switch {
		case c < unicode.MaxASCII && unicode.IsLetter(c), unicode.Is(unicode.Latin, c):
			latin++
		case unicode.Is(unicode.Arabic, c):
			arabic++
		case unicode.Is(unicode.Hebrew, c):
			hebrew++
		case unicode.Is(unicode.Cyrillic, c):
			cyrillic++
			switch c {
			case 'і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є':
				ukrainian++
			case 'ы', 'э', 'ъ', 'ё', 'Э':
				russian++
			}
		}
	}
	switch most := max(latin, arabic, cyrillic, hebrew); {
	case most == 0:
		return ""
	case most == arabic:
		return "ar"
	case most == hebrew:
		return "he"
	case most == cyrillic && ukrainian > russian:
		return "uk"
	case most == cyrillic:
		return "ru"
	}
	counts := map[string]int{}
	for word := range strings.FieldsSeq(text) {
		counts[functionWords[strings.ToLower(strings.Trim(word, ".,;:!?\"'()«»"))]]++
	}
	if counts["es"] > counts["en"] {
		return "es"
	}
	return "en"
}

// caseless reports whether capitals say nothing in text: nearly all of its
// letters are upper case, or none are.
func caseless(text string) bool {
	var upper, lower int
	for i, c := range text {
		if i > 20000 {
			break
		}
		if unicode.IsUpper(c) {
			upper++
		} else if unicode.IsLower(c) {
			lower++
		}
	}
	return upper > 4*lower || upper == 0 && lower > 200
}
