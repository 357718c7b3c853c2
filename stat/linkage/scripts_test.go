package linkage_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// inArabic is an invented word as it would be written in Arabic: its consonants,
// and the vowel that it begins or ends with.
func inArabic(word string) string {
	letters := strings.NewReplacer("b", "ب", "d", "د", "f", "ف", "g", "غ", "h", "ه", "j", "ج", "k", "ك", "l", "ل", "m", "م", "n", "ن", "r", "ر", "s", "س", "t", "ت", "w", "و", "y", "ي", "z", "ز", "a", "", "i", "", "u", "")
	ends := map[byte]string{'a': "ه", 'i': "ي", 'u': "و"}
	return letters.Replace(word) + ends[word[len(word)-1]]
}

// inFrench is the word as a hand would write it that learned to in French, with
// some vowels heard otherwise.
func (g *generator) inFrench(word string) string {
	word = strings.NewReplacer("w", "ou", "u", "ou", "j", "dj", "y", "i").Replace(word)
	if g.IntN(2) == 0 {
		return strings.Replace(word, "i", "e", 1)
	}
	return strings.Replace(word, "a", "e", 1)
}

// Names of two consonants are common in Arabic, and a father less and a date not
// stated are common on lists: such pairs must be among the candidates too.
func TestListsInTwoScripts(t *testing.T) {
	const people, both = 12000, 6000
	g := newGenerator(5)
	var short []string
	for _, word := range g.given {
		if len(word) == 4 {
			short = append(short, word)
		}
	}
	given, family := short[:100], short[100:180]
	columns := []linkage.Column{{Header: "name", Kind: linkage.Name}, {Header: "date of birth", Kind: linkage.BirthDate}, {Header: "sex", Kind: linkage.Sex}, {Header: "age", Kind: linkage.Age}}
	registry, press := linkage.NewList("registry", columns), linkage.NewList("press", columns)
	add := func(l *linkage.List, values ...string) {
		if err := l.Add(values); err != nil {
			t.Fatal(err)
		}
	}
	for i := range people {
		chain := []string{g.of(given), g.of(given), g.of(given), g.of(family)}
		year, sex := 1940+g.IntN(80), []string{"m", "f"}[g.IntN(2)]
		born := fmt.Sprintf("%d-%02d-%02d", year, 1+g.IntN(12), 1+g.IntN(28))
		arabic, latin := make([]string, 4), make([]string, 0, 4)
		for k, word := range chain {
			arabic[k] = inArabic(word)
			if k != 2 || g.IntN(8) > 0 {
				latin = append(latin, g.inFrench(word))
			}
		}
		add(registry, strings.Join(arabic, " "), born, sex, fmt.Sprint(2024-year))
		if g.IntN(2) == 0 {
			born = ""
		}
		if i < both {
			add(press, strings.Join(latin, " "), born, sex, fmt.Sprint(2023-year))
		}
	}
	found, right := link(t, linkage.Options{}, registry, press), 0
	for _, p := range found.Pairs {
		if p.A.List != p.B.List && p.A.Number == p.B.Number {
			right++
		}
	}
	if precision, recall := float64(right)/float64(len(found.Pairs)), float64(right)/both; precision < .99 || recall < .98 {
		t.Errorf("precision %.4f, recall %.4f\n%s", precision, recall, found.Plan)
	}
}
