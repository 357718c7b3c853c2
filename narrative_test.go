package cairn_test

import (
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
