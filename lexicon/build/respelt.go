package main

import (
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn/lexicon"
)

// articles are the forms of the Arabic article before each letter.
var articles = setOf("ad al an ar as ash at az el ed en er es esh et ez ul uz аль эль ад ан ар ас аш ат аз эр эд эс эш эт эн")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// commonParts are the words that many Arabic names of places begin with, by
// their spelling in tables, and how reports spell them.
var commonParts = map[string][]string{
	"dayr": {"Deir"}, "tall": {"Tal", "Tel"}, "tal": {"Tel"}, "bayt": {"Beit"}, "kafr": {"Kafar", "Kfar"}, "ayn": {"Ain"},
	"jabal": {"Jebel"}, "shaykh": {"Sheikh"}, "khirbat": {"Khirbet"}, "qaryat": {"Qaryet"}, "madinat": {"Medinat"}, "bi'r": {"Bir"},
	"abu": {"Abou"}, "birkat": {"Birket"}, "nahr": {"Nahr"}, "bani": {"Beni"}, "sidi": {"Sidi"}, "jisr": {"Jisr"},
}

// mostSpellings bounds the spellings of one name.
const mostSpellings = 24

// respelt returns a Latin name of an Arabic place in the spellings of reports:
// with the article unbent, joined or left out (al-Dana and Dana for Ad Danah,
// Deir Ezzor for Deir ez Zor), with the usual forms of common words, and without
// a silent h at its end; a Cyrillic one without the article.
func respelt(name string) []string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	switch script(name) {
	case scriptArabic:
		return nil
	case scriptOther:
		if rest := strings.Join(words[min(1, len(words)):], " "); len(words) > 1 && articles[lexicon.Fold(words[0])] && utf8.RuneCountInString(rest) > 3 {
			return []string{rest}
		}
		return nil
	}
	var all []string
	for _, spelt := range spellings(words) {
		all = append(all, spelt)
		if bare := strings.TrimSuffix(spelt, "ah"); bare != spelt && len(bare) > 3 {
			all = append(all, bare+"a")
		}
	}
	return all
}

// spellings returns each way to write the words of a name one after another.
func spellings(words []string) []string {
	if len(words) == 0 {
		return []string{""}
	}
	if len(words) == 1 {
		return partOf(words[0])
	}
	var all []string
	rest := spellings(words[1:])
	word := lexicon.Fold(words[0])
	for _, r := range rest {
		switch {
		case articles[word] && utf8.RuneCountInString(r) > 2:
			all = append(all, "al-"+r, "el-"+r, words[0]+r)
			if utf8.RuneCountInString(r) > 4 {
				all = append(all, r)
			}
		default:
			for _, part := range partOf(words[0]) {
				all = append(all, part+" "+r)
			}
		}
	}
	return all[:min(len(all), mostSpellings)]
}

func partOf(word string) []string {
	return append([]string{word}, commonParts[strings.ToLower(word)]...)
}
