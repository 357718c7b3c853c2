package extract

import (
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn/lexicon"
)

// functionWords is the commonest words of the languages that share a script.
var functionWords = map[string]string{
	"the": "en", "of": "en", "and": "en", "in": "en", "was": "en", "were": "en", "that": "en", "for": "en", "with": "en", "at": "en", "by": "en", "to": "en", "is": "en",
	"el": "es", "la": "es", "los": "es", "las": "es", "de": "es", "en": "es", "que": "es", "por": "es", "una": "es", "con": "es", "del": "es", "murieron": "es", "fueron": "es", "y": "es",
	"al": "es", "se": "es", "su": "es", "un": "es", "más": "es", "menos": "es", "entre": "es", "hay": "es", "personas": "es", "muertos": "es", "heridos": "es", "fue": "es", "han": "es",
	"people": "en", "killed": "en", "on": "en", "from": "en", "are": "en", "than": "en", "least": "en", "between": "en", "it": "en", "has": "en",
	"та": "uk", "що": "uk", "було": "uk", "понад": "uk", "але": "uk", "поранено": "uk", "загинуло": "uk", "загинули": "uk", "щонайменше": "uk",
	"и": "ru", "что": "ru", "более": "ru", "около": "ru", "менее": "ru", "погибло": "ru", "погибли": "ru", "человек": "ru",
	"загинув": "uk", "загинула": "uk", "загинуть": "uk", "вбито": "uk", "вбили": "uk", "вбив": "uk", "убив": "uk", "двох": "uk", "трьох": "uk", "чотирьох": "uk",
	"внаслідок": "uk", "унаслідок": "uk", "після": "uk", "його": "uk", "вони": "uk", "як": "uk", "від": "uk", "під": "uk", "зі": "uk", "із": "uk", "цивільних": "uk",
	"поранених": "uk", "загиблих": "uk", "травмовано": "uk", "зруйновано": "uk", "пошкоджено": "uk", "затримано": "uk", "викрадено": "uk", "евакуйовано": "uk",
	"жінка": "uk", "жінку": "uk", "чоловік": "uk", "чоловіка": "uk", "дитина": "uk", "дитину": "uk", "учора": "uk", "вчора": "uk", "сьогодні": "uk", "помер": "uk",
	"померла": "uk", "померли": "uk", "постраждало": "uk", "обстріл": "uk", "обстрілу": "uk", "удару": "uk", "вибуху": "uk",
	"погиб": "ru", "погибла": "ru", "ранен": "ru", "ранена": "ru", "ранены": "ru", "ранено": "ru", "убит": "ru", "убита": "ru", "убиты": "ru", "двоих": "ru",
	"троих": "ru", "после": "ru", "его": "ru", "они": "ru", "как": "ru", "от": "ru", "из": "ru", "при": "ru", "с": "ru", "гражданских": "ru", "раненых": "ru",
	"погибших": "ru", "задержаны": "ru", "похищены": "ru", "разрушено": "ru", "повреждено": "ru", "женщина": "ru", "женщину": "ru", "мужчина": "ru", "мужчину": "ru",
	"ребенок": "ru", "вчера": "ru", "сегодня": "ru", "умер": "ru", "умерла": "ru", "скончался": "ru", "пострадал": "ru", "пострадали": "ru", "пострадало": "ru",
	"обстрел": "ru", "обстрела": "ru", "удара": "ru", "взрыва": "ru",
}

// language returns the language of a text by its script, then by letters that
// only one language of the script has, then by its function words. It returns
// "en" for a Latin text that none of them settles, and "" for one without
// letters.
func language(text string) string {
	tag, _ := languages(text)
	return tag
}

// languages returns the language of a text as [language] does, and whether many
// of its words are of another language in the same script.
func languages(text string) (tag string, mixed bool) {
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
		return "", false
	case most == arabic:
		return "ar", false
	case most == hebrew:
		return "he", false
	case most == cyrillic && ukrainian != russian:
		return larger("uk", ukrainian, "ru", russian), min(ukrainian, russian) > 0
	case most == cyrillic:
		return byWords(text, "ru", "uk")
	}
	return byWords(text, "en", "es")
}

// byWords returns which of two languages has more of its function words in text,
// the first where none has, and whether the other has a fifth of them.
func byWords(text, first, second string) (tag string, mixed bool) {
	counts := map[string]int{}
	for word := range strings.FieldsSeq(text) {
		counts[functionWords[strings.ToLower(strings.Trim(word, ".,;:!?¿¡\"'()«»"))]]++
	}
	a, b := counts[first], counts[second]
	if mixed = 4*min(a, b) >= max(a, b) && a+b > 0; a == b {
		a, b = known(text, first), known(text, second)
	}
	return larger(second, b, first, a), mixed
}

// known returns how many words at the head of a text the tables of a language have,
// which tells the language of a line that is too short for function words.
func known(text, tag string) int {
	const words = 60
	lang, _ := lexicon.In(tag)
	n, i := 0, 0
	for word := range strings.FieldsSeq(text) {
		if i++; lang == nil || i > words {
			break
		}
		if lang.Root.Next(lexicon.AppendFold(nil, strings.Trim(word, ".,;:!?¿¡\"'()«»"))) != nil {
			n++
		}
	}
	return n
}

// larger returns a where m is larger than n, else b.
func larger(a string, m int, b string, n int) string {
	if m > n {
		return a
	}
	return b
}

// A tongue is the language of a text from a byte on.
type tongue struct {
	start int
	lang  *lexicon.Language
}

// tongues returns the languages of the paragraphs of a text that is on the whole
// in one: a paragraph in another script has its own, and in a mixed text one whose
// words are of another language.
func tongues(text, main string, lang *lexicon.Language, mixed bool) []tongue {
	out := []tongue{{0, lang}}
	home, at := scriptOf(main), 0
	for line := range strings.Lines(text) {
		own := lang
		if s := script(line); s != 0 && (s != home || mixed) {
			if l, ok := lexicon.In(paragraphLanguage(line, main, s == home)); ok {
				own = l
			}
		}
		if strings.TrimSpace(line) != "" && own != out[len(out)-1].lang {
			out = append(out, tongue{at, own})
		}
		at += len(line)
	}
	return out
}

// paragraphLanguage returns the language of a paragraph of a text in main, which
// it is in unless its words say otherwise where it is in the script of main.
func paragraphLanguage(line, main string, home bool) string {
	if !home {
		return language(line)
	}
	other := map[string]string{"en": "es", "es": "en", "uk": "ru", "ru": "uk"}[main]
	tag, _ := byWords(line, main, other)
	return tag
}

// speak sets the language to that of the paragraph at a byte of the text.
func (r *reading) speak(at int) {
	i := len(r.tongues) - 1
	for r.tongues[i].start > at {
		i--
	}
	r.lang = r.tongues[i].lang
}

// script returns the script that most letters of a line have, by the first bytes
// of their UTF-8 form: 'l' Latin, 'c' Cyrillic, 'a' Arabic; 0 where it has none.
func script(line string) byte {
	var latin, cyrillic, arabic int
	for i := range len(line) {
		switch b := line[i]; {
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			latin++
		case b >= 0xD0 && b <= 0xD3:
			cyrillic++
		case b >= 0xD8 && b <= 0xDB:
			arabic++
		}
	}
	switch most := max(latin, cyrillic, arabic); {
	case most == 0:
		return 0
	case most == latin:
		return 'l'
	case most == cyrillic:
		return 'c'
	}
	return 'a'
}

// scriptOf returns the script of a language, as [script] names them.
func scriptOf(language string) byte {
	switch language, _, _ := strings.Cut(language, "-"); language {
	case "ar":
		return 'a'
	case "uk", "ru":
		return 'c'
	}
	return 'l'
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
