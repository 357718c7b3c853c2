package web

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	plurals "golang.org/x/text/feature/plural"
)

// holes are the places of a text that something else is put into.
var holes = regexp.MustCompile(`\{[^}]*\}`)

// Every table has the words that any table has: a language is whole or absent.
func TestEveryTableHasTheSameWords(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	say, count := map[string]string{}, map[string]string{}
	for tag, of := range tongues {
		for key := range of.Say {
			say[key] = tag
		}
		for noun := range of.Count {
			count[noun] = tag
		}
	}
	for tag, of := range tongues {
		for _, key := range slices.Sorted(maps.Keys(say)) {
			if of.Say[key] == "" {
				t.Errorf("%s has no words for %q, which %s has", tag, key, say[key])
			}
		}
		for _, noun := range slices.Sorted(maps.Keys(count)) {
			if of.Count[noun] == nil {
				t.Errorf("%s cannot count %q, which %s can", tag, noun, count[noun])
			}
		}
	}
}

// What is said has the holes of what it stands for, each once, by name, by number or
// in their order.
func TestWordsHaveTheHolesOfWhatTheyStandFor(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag, of := range tongues {
		for key, said := range of.Say {
			want, got := holes.FindAllString(key, -1), holes.FindAllString(said, -1)
			if slices.ContainsFunc(got, func(h string) bool { return h == "{1}" }) {
				for i := range want {
					want[i] = "{" + string(rune('1'+i)) + "}"
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s says %q with %q where %q has %q", tag, said, got, key, want)
			}
		}
	}
}

// Every noun that is counted has each form that the rules of its language ask for.
func TestEveryNounHasTheFormsOfItsLanguage(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag, of := range tongues {
		wanted := map[string]bool{}
		for _, n := range append(upTo(200), 1000, 1_000_000) {
			wanted[categories[plurals.Cardinal.MatchPlural(of.rules, n, 0, 0, 0, 0)]] = true
		}
		for noun, forms := range of.Count {
			for form := range wanted {
				if forms[form] == "" {
					t.Errorf("%s has no form %q of %q", tag, form, noun)
				}
			}
			for form, said := range forms {
				if !wanted[form] && form != "other" {
					t.Errorf("%s has a form %q of %q that no number takes", tag, form, noun)
				}
				if form != "zero" && form != "one" && form != "two" && !strings.Contains(said, "{n}") {
					t.Errorf("%s says %q without how many", tag, said)
				}
			}
		}
	}
}

func upTo(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i)
	}
	return all
}

func TestEveryLanguageHasItsMonths(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag, of := range tongues {
		if len(of.Months) != 12 || len(of.Alone) != 12 || slices.Contains(of.Months, "") || slices.Contains(of.Alone, "") || of.Name == "" || of.Dir == "" {
			t.Errorf("%s: %d months, %d alone, called %q, %q", tag, len(of.Months), len(of.Alone), of.Name, of.Dir)
		}
	}
}

// A language may put words in another order, bend a month beside a day, and write
// numbers with other signs.
func TestALanguageOrdersAndBendsItsWords(t *testing.T) {
	of, err := newTongue("uk", []byte(`{
		"months": ["січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"],
		"alone": ["січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"],
		"day": "{d} {m} {y}", "month": "{m} {y} р.", "group": " ", "point": ",", "range": "{a}–{b}", "more": "{a} або більше",
		"say": {"{} of {} on {}": "{3}: {1} з {2}", "{} to {}": "{} – {}"},
		"count": {"claims": {"one": "{n} твердження", "few": "{n} твердження!", "many": "{n} тверджень", "other": "{n} твердження"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"4 May 2031":             "4 травня 2031",
		"May 2031":               "травень 2031 р.",
		"1 May 2031 to May 2032": "1 травня 2031 – травень 2032 р.",
		"1 of 2 on 4 May 2031":   "4 травня 2031: 1 з 2",
		"{2} of {1} on 3":        "3: {2} з {1}",
		"1,300–2,000 or more":    "1 300–2 000 або більше",
		"1,300 claims":           "1 300 тверджень",
		"2 claims":               "2 твердження!",
		"21 claims":              "21 твердження",
		"0.62":                   "0,62",
		"95.5 %":                 "95,5 %",
		"35.9506, 39.0102":       "35.9506, 39.0102",
		"12,345,678":             "12 345 678",
	} {
		if got, _ := of.say(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}
