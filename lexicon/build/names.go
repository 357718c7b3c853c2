package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn/lexicon"
)

// The scripts that names are told apart by.
const (
	scriptOther = iota
	scriptLatin
	scriptArabic
)

// script returns that of the first letter of a name.
func script(name string) int {
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Latin, r):
			return scriptLatin
		case unicode.Is(unicode.Arabic, r):
			return scriptArabic
		case unicode.IsLetter(r):
			return scriptOther
		}
	}
	return scriptOther
}

// worthy returns the names of p that texts can be searched for, each once: mended
// where tables write them oddly, and without those that are noise.
func worthy(p lexicon.NamedPlace) []string {
	var names []string
	seen := map[lexicon.Key]bool{0: true}
	add := func(name string) {
		if key := lexicon.KeyOf(name); !seen[key] {
			seen[key] = true
			names = append(names, name)
		}
	}
	for i, name := range p.Names {
		name = mended(name)
		if noise(name, i > 1 && strings.HasPrefix(p.ID, "geonames:")) {
			continue
		}
		add(name)
		add(strings.ReplaceAll(name, "ґ", "г")) // which most Ukrainian reports write
		if arabic[p.Country] {
			for _, spelt := range respelt(name) {
				add(spelt)
			}
		}
	}
	return names
}

var (
	oddQuotes  = strings.NewReplacer("`", "'", "´", "'", "ʻ", "'", "΄", "'", "\u200B", "", "\u200E", "", "\u200F", "", "\u00AD", "", "_", " ", "=", "-")
	cutsBehind = "([,،፣፥٬"
)

// mended returns a name as texts write it: with one kind of apostrophe, and
// without remarks in brackets and the area behind a comma.
func mended(name string) string {
	name = oddQuotes.Replace(name)
	if i := strings.IndexAny(name, cutsBehind); i >= 0 {
		name = name[:i]
	}
	return strings.TrimSpace(name)
}

// noise reports whether a name finds more of what is no place than of the place:
// numbers, scraps, addresses, codes of airports and, among alternates, the
// letter-by-letter transcripts that are written without a capital.
func noise(name string, alternate bool) bool {
	letters, capitals, digits := 0, 0, 0
	for _, r := range name {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r):
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		case unicode.IsDigit(r):
			digits++
		case unicode.IsControl(r), strings.ContainsRune(`/*:%_№«»”"~+\<>;±¬`, r):
			return true
		}
	}
	size := utf8.RuneCountInString(name)
	if script(name) != scriptLatin {
		return letters < 2
	}
	code := alternate && size == 3 && capitals == 3
	return letters < 3 || code || alternate && capitals == 0
}

// arabic are the countries whose names of places English writes in several ways.
var arabic = map[string]bool{"AE": true, "BH": true, "DZ": true, "EG": true, "IQ": true, "JO": true, "KW": true, "LB": true, "LY": true,
	"MA": true, "OM": true, "PS": true, "QA": true, "SA": true, "SD": true, "SY": true, "TN": true, "YE": true, "IL": true, "EH": true, "MR": true}
