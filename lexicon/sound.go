package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// Sound returns the consonants of a name, so that spellings of one name in Latin,
// Arabic and Cyrillic letters come out alike: without vowels, articles and double
// letters, and with the consonants made one that writers interchange. It is for
// suggesting only: many names sound alike.
func Sound(name string) string {
	var words []string
	for word := range strings.FieldsFuncSeq(name, partsWords) {
		folded := Fold(word)
		if articles[folded] {
			continue
		}
		if s := consonants(strings.TrimPrefix(folded, "ال")); s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(words, " ")
}

var articles = map[string]bool{"al": true, "el": true, "ad": true, "an": true, "ar": true, "as": true, "ash": true, "at": true, "az": true, "ed": true, "en": true,
	"er": true, "es": true, "esh": true, "et": true, "ez": true, "ال": true}

// digraphs are the consonants that Latin letters write with two.
var digraphs = strings.NewReplacer("tch", "š", "sch", "š", "kh", "x", "sh", "š", "ch", "š", "th", "t", "dh", "d", "gh", "g", "ph", "f", "zh", "j", "dj", "j", "ts", "s")

func consonants(folded string) string {
	var b strings.Builder
	last := rune(0)
	for _, c := range digraphs.Replace(folded) {
		s, ok := sounds[c]
		if !ok {
			s = c
		}
		if s != 0 && s != last {
			b.WriteRune(s)
		}
		if s != 0 {
			last = s
		}
	}
	return b.String()
}

// sounds is the consonant that stands for each letter, 0 for one that is left
// out.
var sounds = soundsOf(
	" aeiouyhw'’`-ıąęåæøœ", " اويءعحهةىئؤآأإ", " аеєиіїйоуыэюяьъёһ",
	"bpبпб", "fvفвф", "kcqقكк", "xخх", "šشшщч", "sسصсц", "tتطثт", "dدضд", "zذظزз", "jجж", "gغгґ", "lلл", "mمм", "nنн", "rرр",
)

func soundsOf(classes ...string) map[rune]rune {
	all := map[rune]rune{}
	for _, class := range classes {
		letters := []rune(class)
		first := letters[0]
		if first == ' ' {
			first = 0
		}
		for _, c := range letters {
			all[c] = first
		}
	}
	return all
}

// Alike returns at most limit places whose first name, or for those of packs any
// name that names gives, sounds like a name; the most populous first, those in
// the countries of packs before others.
func (a *Atlas) Alike(name string, limit int, names func(kept string) []string) []int32 {
	want := Sound(name)
	if want == "" {
		return nil
	}
	var found []int32
	for i := range int32(a.base.Len()) {
		if Sound(a.base.Place(i).Name) == want {
			found = append(found, i)
		}
	}
	for n, p := range a.packs {
		for i := range int32(p.Len()) {
			if a.same[n][i] < 0 && slices.ContainsFunc(names(p.Kept(i)), func(s string) bool { return Sound(s) == want }) {
				found = append(found, a.starts[n]+i)
			}
		}
	}
	home := func(i int32) int { return min(1, a.homes[a.Country(i)]) }
	slices.SortStableFunc(found, func(x, y int32) int {
		return cmp.Or(cmp.Compare(home(y), home(x)), cmp.Compare(a.Population(y), a.Population(x)))
	})
	return found[:min(limit, len(found))]
}
