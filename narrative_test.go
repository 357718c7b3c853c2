package cairn_test

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestTellings(t *testing.T) {
	cites := []cairn.Cite{{Mark: "wire#1"}, {Mark: "herald#2"}}
	for text, want := range map[string]string{
		"":                                 "",
		"Nobody knows.":                    "Nobody knows.|",
		"Seven died [[wire#1]].":           "Seven died |<wire#1>.|",
		"[[wire#1]][[ herald#2 ]] said so": "<wire#1><herald#2> said so|",
		"[[post#9]] is cited nowhere":      "[[post#9]] is cited nowhere|",
		"one [[[[wire#1]]":                 "one [[|<wire#1>",
		"not closed [[wire#1":              "not closed [[wire#1|",
		"قتل سبعة [[wire#1]]، بحسب الرئيس.": "قتل سبعة |<wire#1>، بحسب الرئيس.|",
	} {
		got := ""
		for _, part := range (cairn.Narrative{Text: text, Cites: cites}).Tellings() {
			if part.Cite != nil {
				got += "<" + part.Cite.Mark + ">"
			} else {
				got += part.Words + "|"
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for _, test := range []struct{ name, runs, want string }{
		{"one", "a b", "a b"},
		{"two in one run", "a\n\nb", "a / b"},
		{"a mark within", "a |[1]| b\n\nc", "a |[1]| b / c"},
		{"a mark that begins one", "a\n\n|[1]|b", "a / [1]|b"},
		{"blank lines at either end", "\n\na\n\n", "a"},
		{"several blank lines", "a\n\n\n\nb", "a / b"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			words := func(run string) string {
				if strings.HasPrefix(run, "[") {
					return ""
				}
				return run
			}
			var got []string
			for _, p := range cairn.Paragraphs(strings.Split(test.runs, "|"), words, func(w string) string { return w }) {
				got = append(got, strings.Join(p, "|"))
			}
			if strings.Join(got, " / ") != test.want {
				t.Errorf("the paragraphs are %q, want %q", strings.Join(got, " / "), test.want)
			}
		})
	}
}
