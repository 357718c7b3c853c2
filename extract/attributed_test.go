package extract

import (
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestAttributionsOfAText reads which words say that something is somebody's.
func TestAttributionsOfAText(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		cues []string
	}{
		"a body that no title names":          {"The workshop said its gates had held.", []string{"said"}},
		"not the words inside a quotation":    {"\"I think they told us little,\" the baker said.", []string{"said"}},
		"a quotation typed with apostrophes":  {"''They said it twice,'' the porter said.", []string{"said"}},
		"a speaker before a colon":            {"Doctor Hasan: the ward is full.", []string{":"}},
		"a label of one letter speaks not":    {"Q: where was the guard?", nil},
		"who is telling":                      {"Mayor Anka is telling villagers to wait.", []string{"telling"}},
		"an infinitive of speech":             {"Officials declined to explain the delay.", []string{"declined", "explain"}},
		"what somebody is sure of":            {"The mayor is confident that the bridge will hold.", []string{"confident that"}},
		"what is expected by nobody in words": {"The convoy is expected to leave at dawn.", []string{"expected"}},
		"a headline":                          {"Mayor Says Bridge Will Hold.", []string{"Says"}},
		"what a thing is called":              {"They met at a crossing called Three Poplars.", nil},
		"states that are no verb":             {"The coalition is of three states.", nil},
		"a letter in the third person":        {"The letter claims wards are full.", []string{"claims"}},
	} {
		t.Run(name, func(t *testing.T) {
			var cues []string
			for _, a := range New(invented).Spans(cairn.Document{ID: "t", Text: c.text}, Sayings).Attributions {
				cues = append(cues, a.Cue.Words)
			}
			if !slices.Equal(cues, c.cues) {
				t.Errorf("%s: cues %q, want %q", c.text, cues, c.cues)
			}
		})
	}
}
