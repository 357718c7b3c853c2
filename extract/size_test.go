package extract

import (
	"os"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestAnyTextIsReadInTimeThatItsLengthBounds reads texts that would take a
// reader with a quadratic step for ever; go test ends it if one does.
func TestAnyTextIsReadInTimeThatItsLengthBounds(t *testing.T) {
	for name, text := range map[string]string{
		"one endless sentence": strings.Repeat("seven people killed and ", 20_000),
		"numbers alone":        strings.Repeat("7 ", 300_000),
		"places alone":         strings.Repeat("Tel Marun, Qasr Sahil, ", 40_000),
		"a table of deaths":    strings.Repeat("Two people were killed in Tel Marun on Monday.\n", 20_000),
		"brackets":             strings.Repeat("(", 300_000) + "three killed",
		"dates":                strings.Repeat("On 3 March 2024 ", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			d := cairn.Document{ID: name, Text: text, Published: "2024-03-05"}
			sound(t, d, New(invented).Read(d).Claims)
		})
	}
}

// TestNumbersOfAnyWordsComeToAnEnd reads every two number words of a language
// behind each other and behind a verb of harm, however little sense they make.
func TestNumbersOfAnyWordsComeToAnEnd(t *testing.T) {
	r := New(invented)
	for tag, killed := range map[string]string{"en": "Raiders killed ", "ar": "قتل ", "es": "Murieron ", "uk": "Загинуло ", "ru": "Погибло "} {
		table, err := os.ReadFile("../lexicon/" + tag + "/numbers.tsv")
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for line := range strings.Lines(string(table)) {
			if first, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
				words = append(words, strings.FieldsFunc(first, func(r rune) bool { return r == ',' || r == '|' })[0])
			}
		}
		for _, one := range words {
			var text strings.Builder
			for _, other := range words {
				text.WriteString(killed + one + " " + other + ". " + killed + "١ " + other + ". " + killed + "1 " + one + " " + other + ".\n\n")
			}
			d := cairn.Document{ID: tag + " " + one, Text: text.String(), Language: tag, Published: "2024-03-05"}
			sound(t, d, r.Read(d).Claims)
		}
	}
}
